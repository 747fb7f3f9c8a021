package appraisal

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// evaluating reads an evaluation for writing and runs change on it in one
// transaction. Rulebooks are read before it: inside, only the transaction may
// be asked.
func (s *Service) evaluating(ctx context.Context, actor account.Actor, part string, w Window, need account.Action, change func(tx *db.Tx, c *evidenceCase) error) error {
	p, _, err := s.write(ctx, actor, part, need)
	if err != nil {
		return err
	}
	return s.gathered(ctx, p, w, change)
}

// hearing is evaluating for what follows a result: receiving it, objecting,
// being heard and deciding happen here wherever the result was set.
func (s *Service) hearing(ctx context.Context, actor account.Actor, part string, w Window, need account.Action, change func(tx *db.Tx, c *evidenceCase) error) error {
	p, year, err := s.enter(ctx, actor, part, need)
	if err != nil {
		return err
	}
	if !year.Open() {
		return fault.Clash("appraisal.closed")
	}
	return s.gathered(ctx, p, w, change)
}

func (s *Service) gathered(ctx context.Context, p Part, w Window, change func(tx *db.Tx, c *evidenceCase) error) error {
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		c, err := gather(ctx, tx, p, w, book)
		if err != nil {
			return err
		}
		return change(tx, &c)
	})
}

// step checks that an act is possible now and that the version is the one
// shown, and returns the state it leads to.
func (e Evaluation) step(act EvaluationAct, version int64) (EvaluationState, error) {
	if e.Version != version {
		return "", fault.Clash("appraisal.evaluation.changed")
	}
	to, ok := e.State.next(act)
	if !ok {
		return "", fault.Clash("appraisal.evaluation.not_now", string(act), e.State.word())
	}
	return to, nil
}

// SaveSelf stores the person's words as a draft, or hands them over with send.
// version is Self.Version. Words sent can be taken back (send false) while the
// other side has not sent.
func (s *Service) SaveSelf(ctx context.Context, actor account.Actor, part string, w Window, version int64, words Words, send bool) error {
	return s.evaluating(ctx, actor, part, w, account.ActAppraisalOwn, func(tx *db.Tx, c *evidenceCase) error {
		e := &c.evaluation
		switch {
		case !c.approved:
			return fault.Clash("appraisal.missing.plan")
		case e.State != Running:
			return fault.Clash("appraisal.evaluation.not_now", string(SendSelfAct), e.State.word())
		case e.Self.Version != version:
			return fault.Clash("appraisal.evaluation.changed")
		case e.Self.Sent() && e.Superior.Sent():
			return fault.Clash("appraisal.evaluation.released")
		}
		kept, err := checkWords(words, c.content, c.values, false)
		if err != nil {
			return err
		}
		if err := beginEvaluation(ctx, tx, e); err != nil {
			return err
		}
		e.Self.Words, e.Self.Version = kept, version+1
		e.Self.SentAt = time.Time{}
		if send {
			e.Self.SentAt = s.now()
		}
		if err := storeSelf(ctx, tx, *e); err != nil {
			return err
		}
		return s.said(ctx, tx, actor, c, "self", kept, send)
	})
}

// said records words that were handed over; drafts leave no entry.
func (s *Service) said(ctx context.Context, tx *db.Tx, actor account.Actor, c *evidenceCase, side string, payload any, send bool) error {
	if !send {
		return nil
	}
	if err := s.record(ctx, tx, actor, "appraisal.evaluation.sent_"+side, "evaluation:"+c.evaluation.ID, payload); err != nil {
		return err
	}
	return s.moveEvaluationDesk(ctx, tx, actor, c)
}

// SaveSuperior stores the superior's words and ratings as a draft, or hands
// them over with send; then both ratings are required (of a unit's head only
// conduct), with reasons where they are di_atas or di_bawah. version is
// Evaluation.Version. Until the predicate is set they can be changed; a change
// after both have sent is recorded with what stood before.
func (s *Service) SaveSuperior(ctx context.Context, actor account.Actor, part string, w Window, version int64, words Words, r Ratings, send bool) error {
	return s.evaluating(ctx, actor, part, w, account.ActAppraisalReview, func(tx *db.Tx, c *evidenceCase) error {
		e := &c.evaluation
		if !c.approved {
			return fault.Clash("appraisal.missing.plan")
		}
		if _, err := e.step(SendSuperiorAct, version); err != nil {
			return err
		}
		r, err := checkRatings(r, c.part.head(), send)
		if err != nil {
			return err
		}
		kept, err := checkWords(words, c.content, c.values, true)
		if err != nil {
			return err
		}
		if err := beginEvaluation(ctx, tx, e); err != nil {
			return err
		}
		before := e.Ratings
		e.Superior.Words, e.Ratings, e.Version = kept, r, version+1
		e.RatedAt, e.RatedBy = s.now(), signerOf(actor, c.part)
		switch {
		case !send && !(e.Self.Sent() && e.Superior.Sent()):
			e.Superior.SentAt = time.Time{}
		case send && !e.Superior.Sent():
			e.Superior.SentAt = s.now()
		}
		if err := storeSuperior(ctx, tx, *e); err != nil {
			return err
		}
		return s.said(ctx, tx, actor, c, "superior", map[string]any{"before": before, "ratings": r, "words": kept}, send || e.Superior.Sent())
	})
}

// checkRatings tidies ratings and reports what is missing before they can be
// handed over.
func checkRatings(r Ratings, head, send bool) (Ratings, error) {
	r.ResultsReason, r.ConductReason, r.Note = tidy(r.ResultsReason), tidy(r.ConductReason), tidy(r.Note)
	if head {
		r.Results = ""
	}
	var wrong fault.Fields
	check := func(name string, rating Rating, reason string, optional bool) {
		wrong.Check(rating == "" || rating.Known(), name, "form.choose")
		checkLength(&wrong, name+"_reason", reason, mostLong)
		if !send {
			return
		}
		wrong.Check(rating.Known() || optional, name, "appraisal.missing."+name)
		needs := rating == Above || rating == Below
		wrong.Check(!needs || reason != "", name+"_reason", "appraisal.reason.required")
	}
	check("results", r.Results, r.ResultsReason, head)
	check("conduct", r.Conduct, r.ConductReason, false)
	checkLength(&wrong, "note", r.Note, mostLong)
	return r, wrong.Err()
}

// Decide sets the predicate (Ditetapkan): both ratings sent and the unit's
// organisation predicate set, else a Conflict fault whose fields name what is
// missing. The inputs and the rulebook are kept, so that the result can be
// computed again.
func (s *Service) Decide(ctx context.Context, actor account.Actor, part string, w Window, version int64) (Outcome, error) {
	var o Outcome
	err := s.evaluating(ctx, actor, part, w, account.ActAppraisalReview, func(tx *db.Tx, c *evidenceCase) error {
		e := &c.evaluation
		to, err := e.step(DecideAct, version)
		if err != nil {
			return err
		}
		missing, err := c.missing(s.today())
		if err != nil {
			return err
		}
		if len(missing) > 0 {
			return incomplete(missing)
		}
		e.State, e.Version = to, version+1
		in := c.inputs(e.Ratings, e.RatedBy, Day(s.inZone(e.RatedAt)), Day(s.inZone(c.organisation.At)))
		if o, err = s.addOutcome(ctx, tx, actor, c, c.book, in); err != nil {
			return err
		}
		e.Outcome = &o
		if err := storeSuperior(ctx, tx, *e); err != nil {
			return err
		}
		return s.moveEvaluationDesk(ctx, tx, actor, c)
	})
	return o, err
}

func incomplete(missing []string) error {
	f := fault.Clash("appraisal.evaluation.incomplete", len(missing))
	for _, key := range missing {
		f.Fields = append(f.Fields, fault.Field{Name: key[len("appraisal.missing."):], Key: key})
	}
	return f
}

// addOutcome computes a result, keeps it with its inputs and book, and records
// it.
func (s *Service) addOutcome(ctx context.Context, tx *db.Tx, actor account.Actor, c *evidenceCase, book *rulebook.Book, in Inputs) (Outcome, error) {
	o, err := s.newOutcome(actor, c, book, in)
	if err != nil {
		return o, err
	}
	if err := s.books.Keep(ctx, tx, book); err != nil {
		return o, err
	}
	if err := db.Insert(ctx, tx, "appraisal_outcome", outcomeInsert, [][]any{o.row()}); err != nil {
		return o, err
	}
	return o, s.record(ctx, tx, actor, "appraisal.predicate.set", "evaluation:"+c.evaluation.ID, o.record())
}

// newOutcome computes a result; it stands beside the one it replaces.
func (s *Service) newOutcome(actor account.Actor, c *evidenceCase, book *rulebook.Book, in Inputs) (Outcome, error) {
	explained, err := Recompute(book, in)
	if err != nil {
		return Outcome{}, err
	}
	body, err := in.Bytes()
	if err != nil {
		return Outcome{}, err
	}
	o := Outcome{
		ID: db.NewID(), EvaluationID: c.evaluation.ID, Number: 1, Predicate: explained.Predicate, Results: explained.Results, Conduct: explained.Conduct,
		BookHash: book.Hash(), Inputs: body, Code: newCode(), At: s.now(), By: signerOf(actor, c.part),
	}
	if c.evaluation.Outcome != nil {
		o.Number = c.evaluation.Outcome.Number + 1
	}
	return o, nil
}

// record is what the ledger keeps of a result.
func (o Outcome) record() map[string]any {
	return map[string]any{
		"outcome": o.ID, "number": o.Number, "predicate": o.Predicate, "results": o.Results, "conduct": o.Conduct,
		"book": o.BookHash, "inputs": hashOf(o.Inputs), "code": o.Code,
	}
}
