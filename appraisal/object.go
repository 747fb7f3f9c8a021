package appraisal

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// advanceTo moves an evaluation to a state and records why.
func (s *Service) advanceTo(ctx context.Context, tx *db.Tx, actor account.Actor, c *evidenceCase, to EvaluationState, kind string, payload any) error {
	e := &c.evaluation
	e.State = to
	e.Version++
	if err := storeSuperior(ctx, tx, *e); err != nil {
		return err
	}
	if err := s.record(ctx, tx, actor, kind, "evaluation:"+e.ID, payload); err != nil {
		return err
	}
	return s.moveEvaluationDesk(ctx, tx, actor, c)
}

// received starts the days of an objection on a day.
func (e *Evaluation) received(r ObjectionRule, at time.Time, today Day) {
	e.ReceivedAt, e.ObjectUntil = at, r.Until(today)
}

// Receive notes that the person has received the result (Diterima). The days
// of an objection count from here.
func (s *Service) Receive(ctx context.Context, actor account.Actor, part string, w Window, version int64) error {
	limit, err := rule[ObjectionRule](ctx, s, s.today())
	if err != nil {
		return err
	}
	return s.hearing(ctx, actor, part, w, account.ActAppraisalOwn, func(tx *db.Tx, c *evidenceCase) error {
		to, err := c.evaluation.step(ReceiveAct, version)
		if err != nil {
			return err
		}
		c.evaluation.received(limit, s.now(), s.today())
		return s.advanceTo(ctx, tx, actor, c, to, "appraisal.evaluation.received", nil)
	})
}

// Object files an objection with its reasons (Keberatan) within the days of the
// rulebook. It goes to the evaluator's superior.
func (s *Service) Object(ctx context.Context, actor account.Actor, part string, w Window, version int64, text string) error {
	text, err := wordsRequired("text", text)
	if err != nil {
		return err
	}
	limit, err := rule[ObjectionRule](ctx, s, s.today())
	if err != nil {
		return err
	}
	return s.hearing(ctx, actor, part, w, account.ActAppraisalOwn, func(tx *db.Tx, c *evidenceCase) error {
		e := &c.evaluation
		to, err := e.step(ObjectAct, version)
		if err != nil {
			return err
		}
		if c.part.Above.PersonID == "" {
			return fault.Clash("appraisal.objection.nobody")
		}
		if e.ReceivedAt.IsZero() {
			e.received(limit, s.now(), s.today())
		}
		if s.today() > e.ObjectUntil {
			return fault.Clash("appraisal.objection.late", e.ObjectUntil)
		}
		o := Objection{ID: db.NewID(), EvaluationID: e.ID, Text: text, FiledAt: s.now(), DecideBy: limit.DecideBy(s.today())}
		if err := storeObjection(ctx, tx, o); err != nil {
			return err
		}
		e.Objection = &o
		return s.advanceTo(ctx, tx, actor, c, to, "appraisal.objection.filed", o)
	})
}

// Explain stores what the evaluator, or the person, says in the hearing of an
// objection. Each side can say it again until the decision.
func (s *Service) Explain(ctx context.Context, actor account.Actor, part string, w Window, version int64, text string) error {
	text, err := wordsRequired("text", text)
	if err != nil {
		return err
	}
	need := account.ActAppraisalReview
	if p, err := partOf(ctx, s.db, part); err == nil && actor.PersonID == p.Who.PersonID {
		need = account.ActAppraisalOwn
	}
	return s.hearing(ctx, actor, part, w, need, func(tx *db.Tx, c *evidenceCase) error {
		e := &c.evaluation
		to, err := e.step(ExplainAct, version)
		if err != nil {
			return err
		}
		o := *e.Objection
		if need == account.ActAppraisalOwn {
			o.Person, o.PersonAt = text, s.now()
		} else {
			o.Evaluator, o.EvaluatorAt = text, s.now()
		}
		if err := storeObjection(ctx, tx, o); err != nil {
			return err
		}
		e.Objection = &o
		return s.advanceTo(ctx, tx, actor, c, to, "appraisal.objection.heard", o)
	})
}

func wordsRequired(name, text string) (string, error) {
	text = tidy(text)
	var wrong fault.Fields
	wrong.Check(text != "", name, "form.required")
	checkLength(&wrong, name, text, mostLong)
	return text, wrong.Err()
}

// Settle decides an objection (Diputus): the ratings stay or are changed; the
// old result stays in the record beside the new one. Only the evaluator's
// superior may. The rulebook is the one of the first result.
func (s *Service) Settle(ctx context.Context, actor account.Actor, part string, w Window, version int64, r Ratings, decision string) (Outcome, error) {
	decision, err := wordsRequired("decision", decision)
	if err != nil {
		return Outcome{}, err
	}
	book, err := s.firstBook(ctx, part, w)
	if err != nil {
		return Outcome{}, err
	}
	var o Outcome
	err = s.hearing(ctx, actor, part, w, account.ActAppraisalAbove, func(tx *db.Tx, c *evidenceCase) error {
		e := &c.evaluation
		to, err := e.step(SettleAct, version)
		if err != nil {
			return err
		}
		if r, err = checkRatings(r, c.part.head(), true); err != nil {
			return err
		}
		if o, err = s.settled(ctx, tx, actor, c, r, book); err != nil {
			return err
		}
		ob := *e.Objection
		ob.Changed = o.Results != e.Outcome.Results || o.Conduct != e.Outcome.Conduct
		ob.Decision, ob.DecidedAt, ob.DecidedBy = decision, s.now(), signerOf(actor, c.part)
		if err := storeObjection(ctx, tx, ob); err != nil {
			return err
		}
		e.Objection, e.Outcome = &ob, &o
		return s.advanceTo(ctx, tx, actor, c, to, "appraisal.objection.settled", ob)
	})
	return o, err
}

// firstBook returns the rulebook of the result in force. It is read before
// anything is checked, so an evaluation without a result gives nil: settling
// then fails by its state.
func (s *Service) firstBook(ctx context.Context, part string, w Window) (*rulebook.Book, error) {
	e, err := evaluationOf(ctx, s.db, part, w)
	if err != nil || e.Outcome == nil {
		return nil, err
	}
	return s.books.Kept(ctx, e.Outcome.BookHash)
}

// settled computes the result after an objection: the inputs of the result in
// force with the ratings as decided, by the same rulebook.
func (s *Service) settled(ctx context.Context, tx *db.Tx, actor account.Actor, c *evidenceCase, r Ratings, book *rulebook.Book) (Outcome, error) {
	if book == nil {
		return Outcome{}, fault.Clash("appraisal.evaluation.changed")
	}
	in, err := ReadInputs(c.evaluation.Outcome.Inputs)
	if err != nil {
		return Outcome{}, err
	}
	by, on := signerOf(actor, c.part), s.today()
	in.Results = RatingInput{Rating: r.Results, Reason: r.ResultsReason, By: by, On: on}
	in.Conduct = RatingInput{Rating: r.Conduct, Reason: r.ConductReason, By: by, On: on}
	if err := settledHere(&in, r, c, book); err != nil {
		return Outcome{}, err
	}
	return s.addOutcome(ctx, tx, actor, c, book, in)
}

// settledHere replaces a predicate that was set in another application by the
// matrix's cell, once an objection has changed a rating. Its organisation may
// be known to that application only, so the order of the two is not asked for.
func settledHere(in *Inputs, r Ratings, c *evidenceCase, book *rulebook.Book) error {
	o := c.evaluation.Outcome
	if in.Stated == "" {
		return nil
	}
	if c.part.head() {
		r.Results, in.Results.Rating = o.Results, o.Results
	}
	if r.Results == o.Results && r.Conduct == o.Conduct {
		return nil
	}
	matrix, err := rulebook.Load[PredicateRule](book)
	if err != nil {
		return err
	}
	in.Pen, in.Stated = PenGurindam, matrix.Of(r.Results, r.Conduct)
	return nil
}
