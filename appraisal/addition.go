package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/task"
)

// Addition is what is put into one SKP from outside its page: results of the
// Perjanjian Kinerja, or of the role-result matrix. Change gets the content as
// it stands; results and indicators it makes have their ids already.
type Addition struct {
	Part   string
	Change func(*Content) error
}

// Add changes several SKP in the caller's transaction, in a few statements
// however many there are. It begins those that do not exist yet, and opens a
// new revision of the actor's own approved one. What waits for the superior
// stays as it is: then it returns a Conflict fault, as it does where the pen is
// elsewhere. It returns the plans in the order of the additions.
func (s *Service) Add(ctx context.Context, tx *db.Tx, actor account.Actor, all []Addition) ([]Plan, error) {
	if len(all) == 0 {
		return nil, nil
	}
	parts, err := s.additionParts(ctx, tx, actor, all)
	if err != nil {
		return nil, err
	}
	have, err := plansOf(ctx, tx, parts)
	if err != nil {
		return nil, err
	}
	a := addition{s: s, actor: actor, loader: loader{s: s, actor: actor, rules: map[string]loadRule{}}}
	plans := make([]Plan, len(all))
	for i, x := range all {
		plan, known := have[parts[i].ID]
		if !known {
			plan = Plan{PartID: parts[i].ID, State: NotMade, Content: Content{Approach: Quantitative, Form: parts[i].Form}}
		}
		if plans[i], err = a.plan(ctx, parts[i], plan, x.Change); err != nil {
			return nil, err
		}
	}
	tx.AfterCommit(s.wrote)
	return plans, a.store(ctx, tx)
}

// additionParts returns the parts of the additions, which the actor may write
// and which are written here.
func (s *Service) additionParts(ctx context.Context, q db.Queryer, actor account.Actor, all []Addition) ([]Part, error) {
	ids := make([]any, len(all))
	for i, x := range all {
		ids[i] = x.Part
	}
	found, err := db.All(ctx, q, selectPart+`WHERE p.id IN (`+db.In(1, len(ids))+`)`, scanPart, ids...)
	if err != nil {
		return nil, err
	}
	years := map[int]Period{}
	parts := make([]Part, len(all))
	for i, x := range all {
		k := slices.IndexFunc(found, func(p Part) bool { return p.ID == x.Part })
		if k < 0 {
			return nil, fault.Missing("appraisal.part.absent")
		}
		p := found[k]
		if parts[i] = p; !s.can(ctx, actor, account.ActAppraisalOwn, p) && !s.can(ctx, actor, account.ActAppraisalDraft, p) {
			return nil, fault.Denied("account.denied")
		}
		if _, known := years[p.Year]; !known {
			if years[p.Year], err = periodOf(ctx, q, p.Year); err != nil {
				return nil, err
			}
		}
		if key := readOnly(p, years[p.Year]); key != "" {
			return nil, fault.Clash(key)
		}
	}
	return parts, nil
}

// addition is one run of Add.
type addition struct {
	s     *Service
	actor account.Actor
	loader
	ids   []any
	tasks []task.Task
}

// plan changes one SKP and notes what has to be stored.
func (a *addition) plan(ctx context.Context, p Part, plan Plan, change func(*Content) error) (Plan, error) {
	rule, err := a.rule(ctx, AnnualOf(p.Year))
	if err != nil {
		return plan, err
	}
	kind := ""
	switch {
	case plan.State == NotMade:
		plan.State, kind = Draft, "appraisal.plan.started"
	case plan.State == Approved && a.s.can(ctx, a.actor, account.ActAppraisalOwn, p):
		plan.State, kind = Draft, "appraisal.plan."+string(ReviseAct)
		a.tasks = append(a.tasks, a.s.draftTask(p, ""))
	case !plan.State.editable():
		return plan, fault.Clash("appraisal.plan.locked", plan.State.word())
	}
	plan.Content = plan.Content.clone()
	if err := change(&plan.Content); err != nil {
		return plan, err
	}
	if len(plan.Results) > mostResults {
		return plan, fault.WrongField("text", "appraisal.too_many", mostResults)
	}
	plan.Version++
	plan.UpdatedAt, plan.UpdatedBy = a.s.now(), a.actor.ID
	row, err := plan.row(hardFlaws(rule.quality.Flaws(plan.Content)))
	if err != nil {
		return plan, err
	}
	a.ids, a.plans = append(a.ids, p.ID), append(a.plans, row)
	a.results = append(a.results, plan.resultRows()...)
	if kind != "" {
		a.entries = append(a.entries, a.s.entry(a.actor, kind, p.subject(), map[string]any{"version": plan.Version, "revision": plan.Revision}))
	}
	return plan, nil
}

func (a *addition) store(ctx context.Context, tx *db.Tx) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM appraisal_result WHERE part_id IN (`+db.In(1, len(a.ids))+`)`, a.ids...); err != nil {
		return err
	}
	if err := db.Upsert(ctx, tx, "appraisal_plan", []string{"part_id"}, planInsert, a.plans); err != nil {
		return err
	}
	if err := db.Insert(ctx, tx, "appraisal_result", resultInsert, a.results); err != nil {
		return err
	}
	if err := task.File(ctx, tx, a.tasks...); err != nil {
		return err
	}
	return ledger.AppendAll(ctx, tx, a.entries)
}
