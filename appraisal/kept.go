package appraisal

import (
	"sync"
	"time"
)

// Kept keeps what is counted from thousands of parts: counting for each page
// would cost many times the page. The zero value is ready; it is safe for
// concurrent use.
//
// A value is counted again when this process has written anything since: the
// first who asks counts, the others wait for it. Other processes write too, so
// after two seconds it is counted again beside those who ask, who still get the
// old one, and after ten seconds nobody gets that any more. What it returns is
// shared and must not be changed.
type Kept[T any] struct {
	mu   sync.Mutex
	kept map[string]*keptValue[T]
}

type keptValue[T any] struct {
	writes uint64
	at     time.Time
	done   chan struct{} // closed once value and err are there
	again  bool          // somebody counts it again
	value  T
	err    error
}

const (
	keptFresh = 2 * time.Second
	keptLong  = 10 * time.Second
	mostKept  = 256
)

// Of returns the value of a key, counted by count where the kept one does not
// do any more. writes tells one state of what this process has written from
// another (Service.Writes and the caller's own). count may still run when the
// request of the one who asked is over.
func (k *Kept[T]) Of(key string, writes uint64, now time.Time, count func() (T, error)) (T, error) {
	k.mu.Lock()
	v := k.kept[key]
	if v != nil && v.writes == writes && now.Sub(v.at).Abs() <= keptLong {
		if !v.again && now.Sub(v.at).Abs() > keptFresh {
			v.again = true
			go k.count(key, &keptValue[T]{writes: writes, at: now, done: make(chan struct{})}, v, count)
		}
		k.mu.Unlock()
		<-v.done
		return v.value, v.err
	}
	v = &keptValue[T]{writes: writes, at: now, done: make(chan struct{})}
	k.put(key, v)
	k.mu.Unlock()
	k.count(key, v, v, count)
	return v.value, v.err
}

// count counts v and puts it in the place of old, unless somebody else's stands
// there by now. What failed is forgotten, so that the next one tries again.
func (k *Kept[T]) count(key string, v, old *keptValue[T], count func() (T, error)) {
	v.value, v.err = count()
	close(v.done)
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case k.kept[key] != old:
	case v.err != nil:
		delete(k.kept, key)
	default:
		k.put(key, v)
	}
}

func (k *Kept[T]) put(key string, v *keptValue[T]) {
	if k.kept == nil || len(k.kept) >= mostKept {
		k.kept = map[string]*keptValue[T]{}
	}
	k.kept[key] = v
}
