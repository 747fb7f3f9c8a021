package calibration

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
)

// Sessions returns the calibrations the actor is a member of, the latest first.
func (s *Service) Sessions(ctx context.Context, actor account.Actor) ([]Session, error) {
	if !s.access.May(actor, account.ActAppraisalCalib) {
		return nil, s.access.Can(ctx, actor, account.ActAppraisalCalib, account.Thing{})
	}
	units, whole := s.access.Units(actor, account.ActAppraisalCalib)
	return sessionsOf(ctx, s.db, actor.PersonID, units, whole)
}

// Session returns a calibration as the actor sees it: everybody under a number
// and every superior under a letter, until the actor shows the names.
func (s *Service) Session(ctx context.Context, actor account.Actor, id string) (View, error) {
	x, u, err := s.enter(ctx, actor, id)
	if err != nil {
		return View{}, err
	}
	v := View{Session: x, Close: x.Open() && (leads(actor, u) || x.OpenerID != "" && x.OpenerID == actor.PersonID), Write: x.Open() && actor.PersonID != ""}
	if v.Changes, err = changesOf(ctx, s.db, id); err != nil {
		return v, err
	}
	if v.Shown, err = shownOf(ctx, s.db, id); err != nil {
		return v, err
	}
	v.Names = slices.ContainsFunc(v.Shown, func(k Consent) bool { return k.PersonID == actor.PersonID })
	v.number(u.Cases, actor)
	if !v.Names {
		v.hide()
	}
	return v, nil
}

// Case returns one case of a session.
func (v View) Case(part string) (Case, error) {
	for _, c := range v.Cases {
		if c.PartID == part {
			return c, nil
		}
	}
	return Case{}, fault.Missing("calibration.no_case")
}

// number gives superiors and people their numbers: in an order that says
// nothing about them and stays for the session.
func (v *View) number(cases []appraisal.CalibrationCase, actor account.Actor) {
	of := map[string]int{}
	for i, id := range shuffled(v.ID, superiors(cases)) {
		of[id] = i
		v.Superior = append(v.Superior, Superior{Number: i + 1, Mine: id != "" && id == actor.PersonID, Counts: appraisal.PredicateCounts{}})
	}
	ids := make([]string, len(cases))
	by := map[string]appraisal.CalibrationCase{}
	for i, c := range cases {
		ids[i], by[c.PartID] = c.PartID, c
	}
	open := map[string]string{}
	for _, k := range v.Changes {
		if k.State == Proposed {
			open[k.PartID] = k.ID
		}
	}
	for i, id := range shuffled(v.ID, ids) {
		c := by[id]
		n := of[c.Evaluator.PersonID]
		sup := &v.Superior[n]
		sup.Name, sup.Total = c.Evaluator.Name, sup.Total+1
		sup.Counts[c.Predicate]++
		v.Cases = append(v.Cases, Case{CalibrationCase: c, Number: i + 1, Evaluator: n + 1, Mine: sup.Mine, Change: open[id]})
	}
}

// superiors lists who evaluates the cases.
func superiors(cases []appraisal.CalibrationCase) []string {
	var all []string
	for _, c := range cases {
		if !slices.Contains(all, c.Evaluator.PersonID) {
			all = append(all, c.Evaluator.PersonID)
		}
	}
	return all
}

// shuffled orders ids by a hash with the session's id.
func shuffled(session string, ids []string) []string {
	out := slices.Clone(ids)
	slices.SortFunc(out, func(a, b string) int {
		x, y := sha256.Sum256([]byte(session+a)), sha256.Sum256([]byte(session+b))
		return cmp.Or(slices.Compare(x[:], y[:]), cmp.Compare(a, b))
	})
	return out
}

// hide takes out whatever names somebody, in the reasons too.
func (v *View) hide() {
	who := v.namesOf()
	for i := range v.Changes {
		v.Changes[i].Reason = who.hide(v.Changes[i].Reason)
	}
	for i := range v.Superior {
		v.Superior[i].Name = ""
	}
	for i := range v.Cases {
		c := &v.Cases[i]
		c.Name, c.Post, c.Unit, c.UnitID, c.PersonID = "", "", "", "", ""
		c.CalibrationCase.Evaluator = appraisal.Identity{}
		c.Ratings.Note = ""
		c.Ratings.ResultsReason, c.Ratings.ConductReason = who.hide(c.Ratings.ResultsReason), who.hide(c.Ratings.ConductReason)
	}
}
