package monthclose

import (
	"context"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/task"
)

// ObjectionState says what became of an objection.
type ObjectionState string

// The states: filed, the cut was withdrawn, the cut stands.
const (
	Filed  ObjectionState = "diajukan"
	Undone ObjectionState = "dicabut"
	Stands ObjectionState = "tetap"
)

// Objection is what a person says against one cut, and the decision. Amount is
// what the cut took when the objection was filed.
type Objection struct {
	ID          string
	Month       Month
	PersonID    string
	Name        string // of the person, where a list shows it
	Office      string
	Cut         string
	Code        string // of the deduction
	Day         Day
	Amount      int64
	Reason      string
	FiledAt     time.Time
	State       ObjectionState
	Words       string // of the decision
	DecidedAt   time.Time
	DecidedName string
	Version     int64
}

const selectObjection = `SELECT id, month, person_id, cut, code, day, amount, reason, filed_at, state, words, decided_at, decided_name, version FROM monthclose_objection `

func scanObjection(r db.Row) (Objection, error) {
	var o Objection
	err := r.Scan(&o.ID, &o.Month, &o.PersonID, &o.Cut, &o.Code, &o.Day, &o.Amount, &o.Reason, db.TimeTo(&o.FiledAt), &o.State, &o.Words,
		db.TimeTo(&o.DecidedAt), &o.DecidedName, &o.Version)
	return o, err
}

// objectionsBy returns by person the cuts that were withdrawn and how many
// objections wait.
func (s *Service) objectionsBy(ctx context.Context, q db.Queryer, m Month) (withdrawn map[string][]Withdrawn, waiting map[string]int, err error) {
	withdrawn, waiting = map[string][]Withdrawn{}, map[string]int{}
	all, err := db.All(ctx, q, selectObjection+`WHERE month = $1 AND state <> 'tetap' ORDER BY cut`, scanObjection, string(m))
	for _, o := range all {
		if o.State == Filed {
			waiting[o.PersonID]++
		} else {
			withdrawn[o.PersonID] = append(withdrawn[o.PersonID], Withdrawn{Key: o.Cut, Reason: o.Words, On: string(s.day(o.DecidedAt)), By: o.DecidedName})
		}
	}
	return withdrawn, waiting, err
}

// objectionsOf returns the objections of one person in a month.
func objectionsOf(ctx context.Context, q db.Queryer, m Month, person string) ([]Objection, error) {
	return db.All(ctx, q, selectObjection+`WHERE month = $1 AND person_id = $2 ORDER BY filed_at, id`, scanObjection, string(m), person)
}

// Objections returns the objections of a month, those that wait first, the
// oldest first. An officer sees those of the own offices.
func (s *Service) Objections(ctx context.Context, actor account.Actor, m Month) ([]Objection, error) {
	reach, err := s.reachOf(ctx, actor)
	if err != nil {
		return nil, err
	}
	all, err := db.All(ctx, s.DB, selectObjection+`WHERE month = $1 ORDER BY CASE WHEN state = 'diajukan' THEN 0 ELSE 1 END, filed_at, id`, scanObjection, string(m))
	if err != nil {
		return nil, err
	}
	snap, err := s.snapshot(ctx, m)
	if err != nil {
		return nil, err
	}
	kept := all[:0]
	for _, o := range all {
		r, there := snap.person(o.PersonID)
		if there && reach.has(r.UnitID) {
			o.Name, o.Office = r.Name, r.Office
			kept = append(kept, o)
		}
	}
	return kept, nil
}

func objectionSubject(id string) string { return "objection:" + id }

// Kinds of tasks.
const (
	kindLate      = "monthclose.late"
	kindObjection = "monthclose.objection"
)

// Object files an objection of the actor against one of the own cuts, until the
// last day of objections and while the month is not closed. A cut can be
// objected to once.
func (s *Service) Object(ctx context.Context, actor account.Actor, m Month, cut, reason string) error {
	if actor.PersonID == "" {
		return fault.Denied("account.denied")
	}
	dates, err := s.dates(ctx, m)
	if err != nil {
		return err
	}
	if s.Today() > dates.ObjectUntil {
		return fault.Clash("monthclose.objection.over")
	}
	reason = strings.TrimSpace(reason)
	var wrong fault.Fields
	wrong.Check(reason != "", "reason", "form.required")
	wrong.Check(len([]rune(reason)) <= mostWords, "reason", "form.too_long", mostWords)
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		if _, err := writable(ctx, tx, m); err != nil {
			return err
		}
		p, err := s.personIn(ctx, tx, m, actor.PersonID)
		if err != nil {
			return err
		}
		o, ok := p.objectTo(cut)
		if !ok {
			return fault.WrongField("cut", "monthclose.objection.no_cut")
		}
		return s.file(ctx, tx, actor, m, p.Row, o, reason)
	})
}

// objectTo returns an objection against one of a person's cuts; ok is false
// when there is no such cut or it was objected to.
func (p *Person) objectTo(cut string) (o Objection, ok bool) {
	for _, l := range p.Pay.Lines {
		for _, c := range l.Cuts {
			if c.Key == cut && l.Gone == nil {
				o.Cut, o.Code, o.Day = c.Key, l.Code, Day(c.Day)
				o.Amount += l.Amount * c.Times / l.Times
				ok = true
			}
		}
	}
	for _, have := range p.Objections {
		ok = ok && have.Cut != cut
	}
	return o, ok
}

func (s *Service) file(ctx context.Context, tx *db.Tx, actor account.Actor, m Month, r Row, o Objection, reason string) error {
	now := s.Now()
	o.ID = db.NewID()
	err := db.Insert(ctx, tx, "monthclose_objection",
		[]string{"id", "month", "person_id", "cut", "code", "day", "amount", "reason", "filed_at", "state", "words", "decided_by", "decided_name", "version"},
		[][]any{{o.ID, string(m), r.PersonID, o.Cut, o.Code, string(o.Day), o.Amount, reason, db.Time(now), string(Filed), "", "", "", 1}})
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `UPDATE monthclose_row SET objections = objections + 1 WHERE month = $1 AND person_id = $2`, string(m), r.PersonID); err != nil {
		return err
	}
	dates, err := s.dates(ctx, m)
	if err != nil {
		return err
	}
	err = task.File(ctx, tx, task.Task{
		Kind: kindObjection, Subject: objectionSubject(o.ID), For: task.Role(account.HR, ""), From: r.PersonID,
		Title: task.Say("monthclose.task.objection", r.Name), Why: task.Say("monthclose.task.objection_why"), Await: task.Say("monthclose.task.objection_await"),
		Button: "monthclose.task.objection_button", Link: "/tutup-bulan/" + string(m) + "/keberatan", Due: string(dates.CloseOn), At: now,
	})
	if err != nil {
		return err
	}
	err = ledger.Append(ctx, tx, ledger.Entry{
		Kind: "monthclose.objected", Subject: objectionSubject(o.ID), Actor: actor.ID, At: now,
		Payload: map[string]any{"month": string(m), "person": r.PersonID, "cut": o.Cut, "amount": o.Amount, "reason": reason},
	})
	if err != nil {
		return err
	}
	return touch(ctx, tx, m)
}

// Decide withdraws a cut or lets it stand, with words. What stood before stays
// in the record. Nobody decides about the own objection. Needs the whole agency.
func (s *Service) Decide(ctx context.Context, actor account.Actor, id string, version int64, withdraw bool, words string) error {
	if err := s.may(ctx, actor); err != nil {
		return err
	}
	words = strings.TrimSpace(words)
	var wrong fault.Fields
	wrong.Check(words != "", "words", "form.required")
	wrong.Check(len([]rune(words)) <= mostWords, "words", "form.too_long", mostWords)
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error { return s.decide(ctx, tx, actor, id, version, withdraw, words) })
}

func (s *Service) decide(ctx context.Context, tx *db.Tx, actor account.Actor, id string, version int64, withdraw bool, words string) error {
	o, err := db.One(ctx, tx, selectObjection+`WHERE id = $1`, scanObjection, id)
	if fault.Is(err, fault.NotFound) {
		return fault.Missing("monthclose.objection.none")
	}
	if err != nil {
		return err
	}
	if o.PersonID == actor.PersonID {
		return fault.Denied("monthclose.objection.own")
	}
	if _, err := writable(ctx, tx, o.Month); err != nil {
		return err
	}
	state := Stands
	if withdraw {
		state = Undone
	}
	now := s.Now()
	n, err := db.Exec(ctx, tx, `UPDATE monthclose_objection SET state = $1, words = $2, decided_at = $3, decided_by = $4, decided_name = $5, version = version + 1
		WHERE id = $6 AND version = $7 AND state = 'diajukan'`, string(state), words, db.Time(now), actor.ID, actor.Name, id, version)
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.Clash("monthclose.changed")
	}
	before, after, err := s.again(ctx, tx, o.Month, o.PersonID)
	if err != nil {
		return err
	}
	if err := task.Close(ctx, tx, task.Done{Kind: kindObjection, By: actor.ID, At: now}, objectionSubject(id)); err != nil {
		return err
	}
	err = ledger.Append(ctx, tx, ledger.Entry{
		Kind: "monthclose.decided", Subject: objectionSubject(id), Actor: actor.ID, At: now,
		Payload: map[string]any{"month": string(o.Month), "person": o.PersonID, "cut": o.Cut, "state": string(state), "words": words, "before": before, "after": after},
	})
	if err != nil {
		return err
	}
	return touch(ctx, tx, o.Month)
}

// again reckons one person's row anew from its stored input and the decisions
// on objections.
func (s *Service) again(ctx context.Context, tx *db.Tx, m Month, person string) (before, after Sum, err error) {
	p, err := s.personIn(ctx, tx, m, person)
	if err != nil {
		return before, after, err
	}
	before = sumOf(p.Pay)
	withdrawn, waiting, err := s.objectionsBy(ctx, tx, m)
	if err != nil {
		return before, after, err
	}
	p.Input.Withdrawn = withdrawn[person]
	r := p.Row
	pay := p.formula.Pay(p.Input)
	r.takeSums(pay)
	r.Objections = waiting[person]
	if r.input, err = p.Input.Bytes(); err != nil {
		return before, after, err
	}
	return before, sumOf(pay), db.Upsert(ctx, tx, "monthclose_row", []string{"month", "person_id"}, rowColumns, [][]any{r.values(m)})
}
