package cascade

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
)

// RolesView is everything the page of somebody's proposed results shows.
type RolesView struct {
	Period appraisal.Period
	Part   appraisal.Part
	Plan   appraisal.PlanState
	Roles  []Role // those that wait first, then the latest
	Locked string // key of the sentence that says why none can be taken now
	Mine   bool
}

// Roles returns what was proposed to the person of a part. Who may read the SKP
// may read it.
func (s *Service) Roles(ctx context.Context, actor account.Actor, part string) (RolesView, error) {
	var v RolesView
	var err error
	if v.Part, err = s.Appraisal.PartByID(ctx, s.DB, part); err != nil {
		return v, err
	}
	if err := s.Access.Can(ctx, actor, account.ActAppraisalView, thingOf(v.Part)); err != nil {
		return v, err
	}
	if v.Period, err = s.Appraisal.YearOf(ctx, v.Part.Year); err != nil {
		return v, err
	}
	plans, _, err := s.Appraisal.PlansOf(ctx, s.DB, []appraisal.Part{v.Part})
	if err != nil {
		return v, err
	}
	v.Plan = appraisal.NotMade
	if p, known := plans[part]; known {
		v.Plan = p.State
	}
	v.Mine = actor.PersonID != "" && actor.PersonID == v.Part.Who.PersonID
	if v.Locked = v.Part.ReadOnly(v.Period); v.Locked == "" && v.Plan == appraisal.Submitted {
		v.Locked = "cascade.waits"
	}
	v.Roles, err = db.All(ctx, s.DB, selectRole+`WHERE part_id = $1 ORDER BY CASE WHEN state = 'usulan' THEN 0 ELSE 1 END, made_at DESC, goal_text, id LIMIT 300`, scanRole, part)
	return v, err
}

// Waiting counts the roles that wait.
func (v RolesView) Waiting() int {
	n := 0
	for _, r := range v.Roles {
		if r.State == Waiting {
			n++
		}
	}
	return n
}

// Decide takes proposed results into the actor's own SKP, or declines them with
// a reason. It begins an SKP that does not exist and opens a new revision of an
// approved one.
func (s *Service) Decide(ctx context.Context, actor account.Actor, part string, ids []string, accept bool, remark string) (int, error) {
	v, err := s.Roles(ctx, actor, part)
	if err != nil {
		return 0, err
	}
	if !v.Mine {
		return 0, fault.Denied("account.denied")
	}
	remark = strings.TrimSpace(remark)
	chosen := slices.DeleteFunc(slices.Clone(v.Roles), func(r Role) bool { return r.State != Waiting || !slices.Contains(ids, r.ID) })
	var wrong fault.Fields
	wrong.Check(len(chosen) > 0, "id", "cascade.choose_roles")
	wrong.Check(accept || remark != "", "remark", "cascade.say_why")
	checkLength(&wrong, "remark", remark, mostText)
	if err := wrong.Err(); err != nil {
		return 0, err
	}
	if accept && v.Locked != "" {
		return 0, fault.Clash(v.Locked)
	}
	return len(chosen), s.tx(ctx, func(tx *db.Tx) error { return s.decide(ctx, tx, actor, v, chosen, accept, remark) })
}

func (s *Service) decide(ctx context.Context, tx *db.Tx, actor account.Actor, v RolesView, chosen []Role, accept bool, remark string) error {
	state := Declined
	if accept {
		state = Accepted
		if err := s.take(ctx, tx, actor, v.Part, chosen); err != nil {
			return err
		}
	}
	args := []any{string(state), s.Now(), remark}
	for _, r := range chosen {
		args = append(args, r.ID)
	}
	n, err := db.Exec(ctx, tx, `UPDATE cascade_role SET state = $1, decided_at = $2, remark = $3 WHERE state = 'usulan' AND id IN (`+db.In(4, len(chosen))+`)`, args...)
	if err != nil {
		return err
	}
	if int(n) != len(chosen) {
		return fault.Clash("cascade.changed")
	}
	left, err := db.Exists(ctx, tx, `SELECT 1 FROM cascade_role WHERE part_id = $1 AND state = 'usulan'`, v.Part.ID)
	if err != nil {
		return err
	}
	if !left {
		if err := task.Close(ctx, tx, task.Done{Kind: taskRoles, By: actor.ID, At: s.Now()}, "roles:"+v.Part.ID); err != nil {
			return err
		}
	}
	return s.record(ctx, tx, actor, "cascade.roles.decided", "part:"+v.Part.ID, map[string]any{"state": state, "roles": args[3:], "remark": remark})
}

// take puts accepted roles into the SKP of their person. The ids of their
// results are those of the roles.
func (s *Service) take(ctx context.Context, tx *db.Tx, actor account.Actor, p appraisal.Part, chosen []Role) error {
	leaders := map[string]*appraisal.Part{}
	for _, r := range chosen {
		if _, known := leaders[r.Leader]; known {
			continue
		}
		l, err := s.Appraisal.PartByID(ctx, tx, r.Leader)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		leaders[r.Leader] = nil
		if err == nil {
			leaders[r.Leader] = &l
		}
	}
	_, err := s.Appraisal.Add(ctx, tx, actor, []appraisal.Addition{{Part: p.ID, Change: func(c *appraisal.Content) error {
		for _, r := range chosen {
			r.ResultID = r.ID
			r.into(c, leaders[r.Leader])
		}
		return nil
	}}})
	return err
}

// Withdraw takes back a proposal that waits.
func (s *Service) Withdraw(ctx context.Context, actor account.Actor, board, role string) error {
	b, err := s.editable(ctx, actor, board)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		r, err := db.One(ctx, tx, selectRole+`WHERE id = $1 AND leader = $2`, scanRole, role, b.ID)
		if err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, `DELETE FROM cascade_role WHERE id = $1 AND state = 'usulan'`, role)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.Clash("cascade.changed")
		}
		left, err := db.Exists(ctx, tx, `SELECT 1 FROM cascade_role WHERE part_id = $1 AND state = 'usulan'`, r.Part)
		if err != nil {
			return err
		}
		if !left {
			if err := task.Close(ctx, tx, task.Done{Kind: taskRoles, By: actor.ID, At: s.Now()}, "roles:"+r.Part); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, actor, "cascade.role.withdrawn", "part:"+r.Part, map[string]any{"role": r.ID, "words": r.Words})
	})
}
