package appraisal

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

// fileDrafts gives everybody with a new part the task to write its SKP.
func (s *Service) fileDrafts(ctx context.Context, tx *db.Tx, p Period, parts []Part) error {
	return nil
}

// moveDesk hands what waits for an evaluator to the new one.
func (s *Service) moveDesk(ctx context.Context, tx *db.Tx, p Part, from string) error { return nil }

// movePlanDesk closes the task of whoever had the plan and gives it to the
// next desk.
func (s *Service) movePlanDesk(ctx context.Context, tx *db.Tx, actor account.Actor, p Part, plan Plan) error {
	return nil
}

// feedbackDesk closes the task of whoever was asked.
func (s *Service) feedbackDesk(ctx context.Context, tx *db.Tx, p Part, f Feedback) error { return nil }

// askDesk gives whoever is asked for feedback the task to answer.
func (s *Service) askDesk(ctx context.Context, tx *db.Tx, p Part, f Feedback) error { return nil }

// moveEvaluationDesk gives an evaluation to whoever has to act next.
func (s *Service) moveEvaluationDesk(ctx context.Context, tx *db.Tx, actor account.Actor, p Part, e Evaluation) error {
	return nil
}

// organisationDesk closes the task of setting a unit's predicate.
func (s *Service) organisationDesk(ctx context.Context, tx *db.Tx, o Organisation) error { return nil }
