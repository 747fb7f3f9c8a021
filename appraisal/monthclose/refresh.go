package monthclose

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/task"
)

// loaded is everything of a month that this package stores and that sums are
// made of, by person.
type loaded struct {
	listed     bool // a list of results was loaded
	results    map[string]result
	events     map[string][]Event
	exclusions map[string]string // reason
	withdrawn  map[string][]Withdrawn
	waiting    map[string]int    // objections without a decision
	proposed   map[string]string // name a row that is not matched yet calls the person by
}

// result is what a list says about somebody.
type result struct {
	results, conduct appraisal.Rating
	predicate        appraisal.Predicate
	desk             Desk
	lack             Lack
	minutes          *int64
	by               string
	on               Day
}

func (s *Service) loaded(ctx context.Context, q db.Queryer, m Month, d Dates) (loaded, error) {
	l := loaded{}
	var err error
	if l.results, err = resultsOf(ctx, q, m); err != nil {
		return l, err
	}
	l.listed = len(l.results) > 0
	if l.events, err = eventsOf(ctx, q, m); err != nil {
		return l, err
	}
	if l.exclusions, err = exclusionsOn(ctx, q, d.AttendanceTo); err != nil {
		return l, err
	}
	if l.withdrawn, l.waiting, err = s.objectionsBy(ctx, q, m); err != nil {
		return l, err
	}
	l.proposed = map[string]string{}
	return l, db.Each(ctx, q, `SELECT person_id, ask FROM monthclose_loose WHERE month = $1 AND kind = 'hasil' AND state = 'terbuka' AND person_id <> ''`, func(r db.Row) error {
		var person, ask string
		err := r.Scan(&person, &ask)
		l.proposed[person] = ask
		return err
	}, string(m))
}

func resultsOf(ctx context.Context, q db.Queryer, m Month) (map[string]result, error) {
	all := map[string]result{}
	err := db.Each(ctx, q, `SELECT person_id, results, conduct, predicate, desk, lack, minutes, rated_by, rated_on FROM monthclose_result WHERE month = $1`, func(r db.Row) error {
		var person string
		var x result
		err := r.Scan(&person, &x.results, &x.conduct, &x.predicate, &x.desk, &x.lack, &x.minutes, &x.by, &x.on)
		all[person] = x
		return err
	}, string(m))
	return all, err
}

func eventsOf(ctx context.Context, q db.Queryer, m Month) (map[string][]Event, error) {
	all := map[string][]Event{}
	err := db.Each(ctx, q, `SELECT person_id, events FROM monthclose_attendance WHERE month = $1`, func(r db.Row) error {
		var person, body string
		if err := r.Scan(&person, &body); err != nil {
			return err
		}
		var events []Event
		err := json.Unmarshal([]byte(body), &events)
		all[person] = events
		return err
	}, string(m))
	return all, err
}

// refresh makes every row of an open month anew and writes what differs.
func (s *Service) refresh(ctx context.Context, tx *db.Tx, w *world) error {
	return s.refreshTelling(ctx, tx, w, func(Progress) {})
}

// refreshTelling is refresh that tells how far it is.
func (s *Service) refreshTelling(ctx context.Context, tx *db.Tx, w *world, tell func(Progress)) error {
	l, err := s.loaded(ctx, tx, w.month, w.dates)
	if err != nil {
		return err
	}
	before, err := rowsOf(ctx, tx, w.month)
	if err != nil {
		return err
	}
	var changed [][]any
	var desks deskChange
	for i := range w.staff {
		if i%tellEvery == 0 {
			tell(Progress{StageCount, i, len(w.staff)})
		}
		r, err := w.row(&w.staff[i], l)
		if err != nil {
			return err
		}
		old, had := before[r.PersonID]
		delete(before, r.PersonID)
		desks.note(old, r)
		if !had || !old.same(r) {
			changed = append(changed, r.values(w.month))
		}
	}
	if err := db.Upsert(ctx, tx, "monthclose_row", []string{"month", "person_id"}, rowColumns, changed); err != nil {
		return err
	}
	if err := dropRows(ctx, tx, w.month, before); err != nil {
		return err
	}
	if err := task.Close(ctx, tx, task.Done{Kind: kindLate, At: s.Now()}, desks.settled(w.month)...); err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `UPDATE monthclose_month SET version = version + 1, book = $1, computed_at = $2 WHERE month = $3`,
		w.book.Hash(), db.Time(s.Now()), string(w.month))
	return err
}

// same reports whether two rows say the same.
func (r Row) same(o Row) bool {
	a, b := r, o
	a.input, b.input = nil, nil
	x, y := a.values(""), b.values("")
	return slices.EqualFunc(x[:len(x)-1], y[:len(y)-1], func(p, q any) bool { return p == q }) && bytes.Equal(r.input, o.input)
}

// dropRows removes the rows of people who are not on the list any more.
func dropRows(ctx context.Context, tx *db.Tx, m Month, gone map[string]Row) error {
	ids := make([]string, 0, len(gone))
	for id := range gone {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for some := range slices.Chunk(ids, 500) {
		args := []any{string(m)}
		for _, id := range some {
			args = append(args, id)
		}
		if _, err := db.Exec(ctx, tx, `DELETE FROM monthclose_row WHERE month = $1 AND person_id IN (`+db.In(2, len(some))+`)`, args...); err != nil {
			return err
		}
	}
	return nil
}

// row makes one person's row: the input, the sum, and where it lies.
func (w *world) row(p *staff, l loaded) (Row, error) {
	r := Row{
		PersonID: p.ID, Name: p.Name, NIP: p.NIP, Post: p.Title, UnitID: p.UnitID, Unit: p.Unit,
		OfficeID: p.office.ID, Office: p.office.Name, Class: p.class, Rank: p.Rank, Objections: l.waiting[p.ID],
	}
	r.names()
	in := Input{
		Class: p.class, Group: p.group, Employment: string(p.Employment), Rank: p.Rank, Window: p.window.Code(),
		Events: l.events[p.ID], Withdrawn: l.withdrawn[p.ID], Excluded: w.excluded(p, l),
	}
	in.Minutes = l.results[p.ID].minutes
	gap := w.rated(p, l, &in)
	w.place(&r, in, gap)
	r.Predicate, r.Excluded = in.Predicate, in.Excluded
	r.takeSums(w.formula.Pay(in))
	var err error
	r.input, err = in.Bytes()
	return r, err
}

// excluded returns why somebody is left out: what HR has entered, else the
// legal status of the roster.
func (w *world) excluded(p *staff, l loaded) string {
	if reason := l.exclusions[p.ID]; reason != "" {
		return reason
	}
	return p.status
}

// rated fills in the predicate, or tells what is missing and where it lies.
//
// What was set in Gurindam counts where the pen is here. Otherwise the month's
// list counts, and before it what was taken over from elsewhere.
func (w *world) rated(p *staff, l loaded, in *Input) missing {
	key := p.ID + " " + p.window.Code()
	set, isSet := w.decided[key]
	row, listed := l.results[p.ID]
	if isSet && (p.pen == appraisal.PenGurindam || !listed || row.predicate == "") {
		in.Predicate, in.RatedBy, in.RatedOn = set.predicate, set.by, string(set.on)
		return missing{}
	}
	if listed && row.predicate != "" {
		in.Predicate, in.RatedBy, in.RatedOn = row.predicate, row.by, string(row.on)
		return missing{}
	}
	if listed {
		return p.toldBy(row)
	}
	if l.proposed[p.ID] != "" {
		return missing{lack: LacksMatch, desk: DataDesk}
	}
	if gap, has := w.missing[key]; has {
		return gap
	}
	return missing{lack: LacksRow, desk: DataDesk}
}

// toldBy returns where a row of the list without a predicate lies.
func (p *staff) toldBy(row result) missing {
	m := missing{lack: row.lack, desk: row.desk}
	switch row.desk {
	case PersonDesk:
		m.person, m.name = p.ID, p.Name
	case SuperiorDesk:
		if p.part != nil {
			m.person, m.name = p.part.Evaluator.PersonID, p.part.Evaluator.Name
		}
		if m.person == "" {
			m.lack, m.desk = LacksEvaluator, DataDesk
		}
	}
	return m
}

// place says where the person stands, and on whose desk it lies.
func (w *world) place(r *Row, in Input, gap missing) {
	f := w.formula
	switch {
	case in.Excluded != "" && f.exclusions[in.Excluded] == 0:
		r.State = Excluded
		return
	case !f.Receives(in.Group):
		r.State = Outside
		return
	}
	if f.rule.Basis == ByMinutes {
		gap = missing{}
		if in.Minutes == nil {
			gap = missing{lack: LacksMinutes, desk: DataDesk}
		}
	}
	if gap.lack == "" {
		if lack := f.Knows(in); lack != "" {
			gap = missing{lack: lack, desk: DataDesk}
		}
	}
	if gap.lack == "" {
		r.State = Ready
		return
	}
	r.State, r.Desk, r.Lack, r.DeskPerson, r.DeskName = Late, gap.desk, gap.lack, gap.person, gap.name
	window, err := appraisal.ParseWindow(in.Window)
	if err == nil {
		r.Due = w.calendar.RateDue(window)
	}
}

// LateDays says for how many days something is late on a day; 0 when it is not.
func (r Row) LateDays(today Day) int {
	if r.State != Late || r.Due == "" || today <= r.Due {
		return 0
	}
	from, err := time.Parse(time.DateOnly, string(r.Due))
	if err != nil {
		return 0
	}
	to, err := time.Parse(time.DateOnly, string(today))
	if err != nil {
		return 0
	}
	return int(to.Sub(from).Hours() / 24)
}
