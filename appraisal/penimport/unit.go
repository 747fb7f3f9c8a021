package penimport

import (
	"context"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/listed"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
)

// UnitView is one unit's people who write elsewhere: who has nothing left to do
// here, who is missing, and what somebody has to decide.
type UnitView struct {
	appraisal.List // one page of them, as asked
	Unit           string
	Pen            appraisal.Pen
	People         int // in all
	Done           int // with a result
	Questions      []Question
	Decide         bool // the actor may decide the questions
}

// Unit returns the people of a unit and below it who write elsewhere, to who
// may see their lists: HR, the officers of the unit, and who evaluates them.
func (s *Service) Unit(ctx context.Context, actor account.Actor, q appraisal.ListQuery) (UnitView, error) {
	q.Elsewhere = true
	v := UnitView{}
	whole, err := s.Appraisal.List(ctx, actor, appraisal.ListQuery{Window: q.Window, Unit: q.Unit, Elsewhere: true, Size: 1})
	if err != nil {
		return v, err
	}
	if len(whole.Rows) == 0 {
		return v, s.nobody(ctx, actor)
	}
	v.People, v.Pen = whole.Total, whole.Rows[0].Part.Pen
	v.Done = whole.Total - whole.Evaluations[appraisal.Running]
	if v.List, err = s.Appraisal.List(ctx, actor, q); err != nil {
		return v, err
	}
	called, err := s.unitNames(ctx, q.Window.Year)
	if err != nil {
		return v, err
	}
	v.Unit = called[q.Unit]
	asked, err := s.openQuestions(ctx, q.Window.Year)
	if err != nil {
		return v, err
	}
	for _, x := range asked {
		if x.about(q.Unit, v.Unit) {
			v.Questions = append(v.Questions, x)
		}
	}
	v.Decide = s.may(ctx, actor) == nil
	return v, nil
}

// nobody is the answer about a unit nobody of whom the actor may see: HR is
// told that nobody writes elsewhere there.
func (s *Service) nobody(ctx context.Context, actor account.Actor) error {
	if err := s.may(ctx, actor); err != nil {
		return err
	}
	return fault.Missing("penimport.unit.absent")
}

// AnswerNIP decides a question about who is meant by the number of that person,
// when the proposal is wrong or there is none. Somebody who writes here, and
// somebody who has a result of the window already, are not meant.
func (s *Service) AnswerNIP(ctx context.Context, actor account.Actor, id, number string, words *i18n.Printer) error {
	if err := s.may(ctx, actor); err != nil {
		return err
	}
	q, err := db.One(ctx, s.DB, selectQuestion+`WHERE q.state = 'terbuka' AND q.id = $1`, scanQuestion, id)
	if fault.Is(err, fault.NotFound) {
		return fault.Clash("penimport.file.changed")
	}
	if err != nil {
		return err
	}
	parts, err := s.Appraisal.Parts(ctx, s.DB, q.Window.Year)
	if err != nil {
		return err
	}
	who, err := rollOf(parts).numbered(number)
	if err != nil {
		return err
	}
	if q.Kind == PersonQuestion {
		if who.Pen == appraisal.PenGurindam {
			return fault.WrongField("nip", "penimport.wrong.here")
		}
		taken, err := db.Exists(ctx, s.DB, `SELECT 1 FROM appraisal_evaluation e JOIN appraisal_outcome o ON o.evaluation_id = e.id WHERE e.part_id = $1 AND e.win = $2`, who.ID, q.Window.Code())
		if err != nil {
			return err
		}
		if taken && q.Row.Predicate != "" {
			return fault.WrongField("nip", "penimport.nip.has_result", who.Who.Name)
		}
	}
	_, err = s.Answer(ctx, actor, true, who.Who.PersonID, words, id)
	return err
}

// numbered returns the part of who has a number, or Invalid.
func (r roll) numbered(number string) (appraisal.Part, error) {
	id, known := r.ByNIP(listed.NIP(number))
	if !known {
		return appraisal.Part{}, fault.WrongField("nip", "penimport.nip.absent")
	}
	return r.part[id], nil
}
