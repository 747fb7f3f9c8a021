package monthclose

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
)

// writeAttendance stores the events of each person. A list of days replaces the
// days it tells of; a list of sums replaces everything, and is replaced by a
// list of days, so that nothing counts twice.
func (l *loading) writeAttendance(ctx context.Context, tx *db.Tx) error {
	stored, err := eventsOf(ctx, tx, l.w.month)
	if err != nil {
		return err
	}
	changed := map[string][]Event{}
	seen := map[string][]Event{} // by person and day: what this file has said
	var lost []attendanceRow
	taken := map[string]bool{}
	for _, r := range l.attendance {
		person, ok := l.find(r.who)
		if !ok {
			lost = append(lost, r)
			continue
		}
		taken[person] = true
		key := person + " " + string(r.day)
		if first, twice := seen[key]; twice {
			if slices.Equal(first, r.events) {
				l.rep.Unchanged++
			} else {
				l.rep.Reject(r.number, "nip", r.NIP, "monthclose.wrong.twice")
			}
			continue
		}
		seen[key] = r.events
		now, under := changed[person]
		if !under {
			now = stored[person]
		}
		l.place(person, r, now, changed)
	}
	if err := l.loseAttendance(lost, taken); err != nil {
		return err
	}
	return storeEvents(ctx, tx, l.w.month, changed)
}

// place puts one row's events among a person's and counts what that changes.
func (l *loading) place(person string, r attendanceRow, now []Event, changed map[string][]Event) {
	kept := make([]Event, 0, len(now)+len(r.events))
	var before []Event
	for _, e := range now {
		switch {
		case r.day == "" || e.Day == "":
			before = append(before, e)
		case Day(e.Day) == r.day:
			before = append(before, e)
		default:
			kept = append(kept, e)
		}
	}
	switch {
	case slices.Equal(before, r.events):
		l.rep.Unchanged++
		return
	case len(kept)+len(r.events) > mostEvents:
		l.rep.Reject(r.number, "nip", r.NIP, "monthclose.wrong.events")
		return
	case len(before) == 0:
		l.rep.Created++
	default:
		l.rep.Updated++
	}
	kept = append(kept, r.events...)
	tidyEvents(kept)
	changed[person] = kept
}

func tidyEvents(all []Event) {
	in := Input{Events: all}
	in.tidy()
}

func storeEvents(ctx context.Context, tx *db.Tx, m Month, changed map[string][]Event) error {
	rows := make([][]any, 0, len(changed))
	for person, events := range changed {
		body, err := json.Marshal(events)
		if err != nil {
			return err
		}
		rows = append(rows, []any{string(m), person, string(body)})
	}
	return db.Upsert(ctx, tx, "monthclose_attendance", []string{"month", "person_id"}, []string{"month", "person_id", "events"}, rows)
}

// loseAttendance keeps the rows nobody was found for: of one person's days one
// row is kept with the events of all.
func (l *loading) loseAttendance(lost []attendanceRow, taken map[string]bool) error {
	type bundle struct {
		first attendanceRow
		all   []Event
	}
	byAsk := map[string]*bundle{}
	var order []string
	for _, r := range lost {
		ask := r.listed().Key()
		b := byAsk[ask]
		if b == nil {
			b = &bundle{first: r}
			byAsk[ask] = b
			order = append(order, ask)
		} else {
			l.rep.Unmatched++
			l.rep.Reject(r.number, "nip", r.NIP, "monthclose.wrong.unmatched")
		}
		if len(b.all)+len(r.events) <= mostEvents {
			b.all = append(b.all, r.events...)
		}
	}
	for _, ask := range order {
		b := byAsk[ask]
		if err := l.lost(Attendance, b.first.number, b.first.who, taken, keptRow{Who: b.first.who, Events: b.all}); err != nil {
			return err
		}
	}
	return nil
}
