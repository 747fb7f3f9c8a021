package appraisal

import (
	"sync"
	"time"
)

// Kept keeps what the packages around the year count from thousands of parts:
// counting for each page would cost many times the page. The zero value is
// ready; it is safe for concurrent use.
//
// A value is counted again when this process has written anything since, and
// otherwise every two seconds, since other processes write too: by the first
// who asks, while the others still get the old one. What it returns is shared
// and must not be changed.
type Kept[T any] struct {
	mu   sync.Mutex
	kept map[string]*keptValue[T]
}

type keptValue[T any] struct {
	writes   uint64
	at       time.Time
	counting bool
	value    T
}

// Of returns the value of a key, counted by count where the kept one does not
// do any more. writes tells one state of what this process has written from
// another (Service.Writes and the caller's own).
func (k *Kept[T]) Of(key string, writes uint64, now time.Time, count func() (T, error)) (T, error) {
	k.mu.Lock()
	v := k.kept[key]
	if v != nil && v.writes == writes {
		if v.counting || now.Sub(v.at).Abs() <= countsLast {
			k.mu.Unlock()
			return v.value, nil
		}
		v.counting = true
	}
	k.mu.Unlock()
	value, err := count()
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil {
		delete(k.kept, key)
		return value, err
	}
	if k.kept == nil || len(k.kept) >= mostKept {
		k.kept = map[string]*keptValue[T]{}
	}
	k.kept[key] = &keptValue[T]{writes: writes, at: now, value: value}
	return value, nil
}

// mostKept is how many values are kept at once: a few years and windows people
// look at.
const mostKept = 8
