package monthclose

import (
	"context"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Person is everything the month says about one person: the sum line by line,
// and what would change it.
type Person struct {
	Head Head
	Row
	Input      Input
	Pay        Pay
	Because    rulebook.Because
	Changes    []Change
	Objections []Objection
	Split      Split
	Source     string // the rule
	Own        bool   // it is the reader's own
	Object     bool   // the reader may object now
	Decide     bool   // the reader may decide about objections
	formula    Formula
}

// ChangeKind says what would change a sum.
type ChangeKind string

// What can change a sum.
const (
	WithoutCuts    ChangeKind = "tanpa_potongan"
	BetterRating   ChangeKind = "predikat"
	OnceRated      ChangeKind = "setelah_dinilai"
	MoreMinutes    ChangeKind = "menit"
	NotBeyondLimit ChangeKind = "batas"
)

// Change is one thing that would have led to another gross sum.
type Change struct {
	Kind  ChangeKind
	Gross int64
}

// changes returns what would change a sum, each by itself.
func (f Formula) changes(in Input, p Pay) []Change {
	var all []Change
	note := func(kind ChangeKind, other Input) {
		if gross := f.Pay(other).Gross; gross > p.Gross {
			all = append(all, Change{kind, gross})
		}
	}
	if p.Ceiling == 0 {
		return nil
	}
	clean := in
	clean.Events = nil
	kind := WithoutCuts
	for _, l := range p.Lines {
		if l.Kind == NothingLine {
			kind = NotBeyondLimit
		}
	}
	note(kind, clean)
	better := in
	switch {
	case f.rule.Basis == ByMinutes:
		full := f.rule.Minutes.Target
		better.Minutes = &full
		note(MoreMinutes, better)
	case in.Predicate == "":
		better.Predicate = appraisal.Good
		note(OnceRated, better)
	default:
		better.Predicate = appraisal.Good
		note(BetterRating, better)
	}
	return all
}

// formulaOf returns the formula a month's sums were last made with.
func (s *Service) formulaOf(ctx context.Context, h Head) (Formula, error) {
	book, err := s.book(ctx, h.Month)
	if err == nil && book.Hash() != h.Book && h.State == Closed {
		book, err = s.Books.Kept(ctx, h.Book)
	}
	if err != nil {
		return Formula{}, err
	}
	r, err := s.rules.of(book)
	return r.formula, err
}

// personIn returns one person of a month, or NotFound.
func (s *Service) personIn(ctx context.Context, q db.Queryer, m Month, person string) (*Person, error) {
	h, err := s.head(ctx, q, m)
	if err != nil {
		return nil, err
	}
	p := &Person{Head: h}
	p.Row, err = db.One(ctx, q, `SELECT `+listColumns+`, input FROM monthclose_row WHERE month = $1 AND person_id = $2`, scanWhole, string(m), person)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Missing("monthclose.person.none")
	}
	if err != nil {
		return nil, err
	}
	if p.Input, err = ReadInput(p.Row.input); err != nil {
		return nil, err
	}
	if p.formula, err = s.formulaOf(ctx, h); err != nil {
		return nil, err
	}
	p.explain()
	p.Objections, err = objectionsOf(ctx, q, m, person)
	return p, err
}

// explain makes the sum and the way to it from the stored input.
func (p *Person) explain() {
	f := p.formula
	p.Pay = f.Pay(p.Input)
	p.Because = f.Because(p.Input, p.Pay)
	p.Changes = f.changes(p.Input, p.Pay)
	p.Split, p.Source = f.rule.Splits[f.split(p.Class)], f.source
}

// seen returns the row of a person the actor may see: the own, or one within
// reach.
func (s *Service) seen(ctx context.Context, actor account.Actor, m Month, person string) (Row, error) {
	snap, err := s.snapshot(ctx, m)
	if err != nil {
		return Row{}, err
	}
	r, has := snap.person(person)
	if actor.PersonID != "" && actor.PersonID == person && has {
		return r, nil
	}
	reach, err := s.reachOf(ctx, actor)
	if err != nil {
		return Row{}, err
	}
	if !has {
		return Row{}, fault.Missing("monthclose.person.none")
	}
	if !reach.has(r.UnitID) {
		return Row{}, fault.Denied("account.denied")
	}
	return r, nil
}

// Person returns one person of a month: the own, or one within reach.
func (s *Service) Person(ctx context.Context, actor account.Actor, m Month, person string) (*Person, error) {
	if _, err := s.seen(ctx, actor, m, person); err != nil {
		return nil, err
	}
	p, err := s.personIn(ctx, s.DB, m, person)
	if err != nil {
		return nil, err
	}
	p.Own = person == actor.PersonID
	p.Object = p.Own && p.Head.State != Closed && s.Today() <= p.Head.Dates.ObjectUntil && p.State != Excluded && p.State != Outside
	p.Decide = !p.Own && p.Head.State != Closed && s.may(ctx, actor) == nil
	return p, nil
}

// Own returns the actor's own month: the estimate while it is open. NotFound
// for who is nobody of the roster or not on the list.
func (s *Service) Own(ctx context.Context, actor account.Actor, m Month) (*Person, error) {
	if actor.PersonID == "" {
		return nil, fault.Missing("monthclose.person.none")
	}
	return s.Person(ctx, actor, m, actor.PersonID)
}

// OwnMonths returns the months in whose lists a person stands, the latest
// first, at most most.
func (s *Service) OwnMonths(ctx context.Context, actor account.Actor, most int) ([]Month, error) {
	if actor.PersonID == "" {
		return nil, nil
	}
	return db.All(ctx, s.DB, `SELECT month FROM monthclose_row WHERE person_id = $1 ORDER BY month DESC LIMIT $2`, db.Value[Month], actor.PersonID, most)
}
