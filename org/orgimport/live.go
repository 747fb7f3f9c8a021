package orgimport

import "sync"

// liveProgress is how far the loads of this process are. While a transaction
// writes, the database cannot be told: on SQLite nobody else can write, and on
// PostgreSQL the job's row would be changed by two.
type liveProgress struct{ runs sync.Map }

// Progress is how far a run is.
type Progress struct {
	Stage       Stage
	Done, Total int64 // Total is 0 while unknown
}

func (l *liveProgress) set(run string, p Progress) { l.runs.Store(run, p) }
func (l *liveProgress) forget(run string)          { l.runs.Delete(run) }

func (l *liveProgress) get(run string) (Progress, bool) {
	v, ok := l.runs.Load(run)
	if !ok {
		return Progress{}, false
	}
	return v.(Progress), true
}
