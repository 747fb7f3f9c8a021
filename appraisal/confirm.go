package appraisal

import (
	"context"
	"errors"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// Confirmation is a superior's word on one person in a month or quarter: the
// two ratings with their reasons. Version is Evaluation.Version as it was
// shown.
type Confirmation struct {
	PartID  string
	Version int64
	Ratings Ratings
}

// Confirmed counts what Confirm did: ratings handed over, and of them those
// whose predicate is set; the others wait for something named in their
// evaluation.
type Confirmed struct{ Sent, Decided int }

// mostConfirmed is the most people confirmed in one transaction.
const mostConfirmed = 200

// Confirm hands over the ratings of many people in a month or quarter and sets
// the predicate of everybody for whom nothing else is missing: all of them in
// one transaction, each with its own entries in the ledger, or none. Fields of
// an Invalid fault are "PART.results", "PART.results_reason", "PART.conduct",
// "PART.conduct_reason". The year is not confirmed this way: it is written
// about by both.
func (s *Service) Confirm(ctx context.Context, actor account.Actor, w Window, all []Confirmation) (Confirmed, error) {
	year, book, err := s.confirmable(ctx, w, all)
	if err != nil {
		return Confirmed{}, err
	}
	var done Confirmed
	err = s.tx(ctx, func(tx *db.Tx) error {
		cases, err := s.chosen(ctx, tx, actor, year, w, book, all)
		if err != nil {
			return err
		}
		done, err = s.confirm(ctx, tx, actor, cases, all)
		return err
	})
	return done, err
}

// confirmable checks what does not need the people.
func (s *Service) confirmable(ctx context.Context, w Window, all []Confirmation) (Period, *rulebook.Book, error) {
	year, err := s.period(ctx, w.Year)
	if err != nil {
		return year, nil, err
	}
	var wrong fault.Fields
	wrong.Check(!w.Annual() && w.From() <= s.today(), "window", "appraisal.confirm.window")
	wrong.Check(len(all) > 0, "", "appraisal.confirm.none")
	wrong.Check(len(all) <= mostConfirmed, "", "appraisal.too_many", mostConfirmed)
	if err := wrong.Err(); err != nil {
		return year, nil, err
	}
	if !year.Open() {
		return year, nil, fault.Clash("appraisal.closed")
	}
	book, err := s.bookOf(ctx, w)
	return year, book, err
}

// chosen returns the cases of the people who are confirmed, in their order.
// Somebody whom the actor does not evaluate in the window is Forbidden.
func (s *Service) chosen(ctx context.Context, tx *db.Tx, actor account.Actor, year Period, w Window, book *rulebook.Book, all []Confirmation) ([]*evidenceCase, error) {
	if actor.PersonID == "" {
		return nil, fault.Denied("account.denied")
	}
	mine, err := partsOfEvaluator(ctx, tx, year, actor.PersonID, w)
	if err != nil {
		return nil, err
	}
	parts := make([]Part, 0, len(all))
	for _, c := range all {
		i := slices.IndexFunc(mine, func(p Part) bool { return p.ID == c.PartID })
		if i < 0 || slices.ContainsFunc(parts, func(p Part) bool { return p.ID == c.PartID }) {
			return nil, fault.Denied("account.denied")
		}
		if err := s.access.Can(ctx, actor, account.ActAppraisalReview, mine[i].thing()); err != nil {
			return nil, err
		}
		if key := readOnly(mine[i], year); key != "" {
			return nil, fault.Clash(key)
		}
		parts = append(parts, mine[i])
	}
	return gatherAll(ctx, tx, parts, w, book)
}

// confirm applies the ratings, then stores everything.
func (s *Service) confirm(ctx context.Context, tx *db.Tx, actor account.Actor, cases []*evidenceCase, all []Confirmation) (Confirmed, error) {
	var wrong fault.Fields
	for i, c := range cases {
		r, err := checkRatings(all[i].Ratings, c.part.head(), true)
		all[i].Ratings = r
		var f *fault.Error
		if errors.As(err, &f) {
			for _, x := range f.Fields {
				wrong.Add(c.part.ID+"."+x.Name, x.Key, x.Args...)
			}
		}
	}
	if err := wrong.Err(); err != nil {
		return Confirmed{}, err
	}
	done := Confirmed{Sent: len(cases)}
	var outcomes []Outcome
	var entries []ledger.Entry
	for i, c := range cases {
		entry, err := s.rateCase(actor, c, all[i])
		if err != nil {
			return done, err
		}
		entries = append(entries, entry)
		missing, err := c.missing(s.today())
		if err != nil {
			return done, err
		}
		if len(missing) > 0 {
			continue
		}
		o, err := s.decideCase(actor, c)
		if err != nil {
			return done, err
		}
		outcomes = append(outcomes, o)
		entries = append(entries, s.entry(actor, "appraisal.predicate.set", "evaluation:"+c.evaluation.ID, o.record()))
	}
	if done.Decided = len(outcomes); done.Decided > 0 {
		if err := s.books.Keep(ctx, tx, cases[0].book); err != nil {
			return done, err
		}
	}
	return done, s.storeCases(ctx, tx, actor, cases, outcomes, entries)
}

// rateCase puts ratings into a case and returns what is recorded of it.
func (s *Service) rateCase(actor account.Actor, c *evidenceCase, k Confirmation) (ledger.Entry, error) {
	e := &c.evaluation
	if !c.approved {
		return ledger.Entry{}, fault.Clash("appraisal.confirm.plan", c.part.Who.Name)
	}
	if e.Version != k.Version || e.State != Running {
		return ledger.Entry{}, changedMeanwhile(c.part)
	}
	if e.ID == "" {
		e.ID = db.NewID()
	}
	before := e.Ratings
	e.Ratings, e.RatedAt, e.RatedBy, e.Version = k.Ratings, s.now(), signerOf(actor, c.part), e.Version+1
	if e.Ratings.Note == "" {
		e.Ratings.Note = before.Note
	}
	if !e.Superior.Sent() {
		e.Superior.SentAt = s.now()
	}
	return s.entry(actor, "appraisal.evaluation.sent_superior", "evaluation:"+e.ID, map[string]any{
		"before": before, "ratings": e.Ratings, "words": e.Superior.Words,
	}), nil
}

// decideCase sets the predicate of a case for which nothing is missing.
func (s *Service) decideCase(actor account.Actor, c *evidenceCase) (Outcome, error) {
	e := &c.evaluation
	e.State = Decided
	o, err := s.newOutcome(actor, c, c.book, c.inputs(e.Ratings, e.RatedBy, Day(s.inZone(e.RatedAt)), Day(s.inZone(c.organisation.At))))
	e.Outcome = &o
	return o, err
}
