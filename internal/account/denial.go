package account

import (
	"sync"
	"time"
)

// denials remembers which refusals were recorded lately, so that somebody who
// reloads a forbidden page does not fill the record.
type denials struct {
	mu   sync.Mutex
	last map[string]time.Time
}

func newDenials() *denials { return &denials{last: map[string]time.Time{}} }

// first reports whether this refusal was not recorded within the last minute.
func (d *denials) first(what string, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now.Sub(d.last[what]) < time.Minute {
		return false
	}
	trimMap(d.last, func(at time.Time) bool { return now.Sub(at) >= time.Minute })
	d.last[what] = now
	return true
}
