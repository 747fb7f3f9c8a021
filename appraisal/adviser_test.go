package appraisal

import (
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
)

func TestThePerformanceTeamRecommendsAndTheEvaluatorDecides(t *testing.T) {
	eachWorld(t, func(w world) {
		p, _ := w.quarter()
		for name, who := range map[string]account.Actor{"the person": asDewi, "the head above": asHead, "HR": asHR, "a colleague": asAndi} {
			w.refused(w.NameAdviser(w.ctx, who, p.ID, andi.PersonID, TeamLead), fault.Forbidden, "named by "+name)
		}
		w.refused(w.NameAdviser(w.ctx, asBoss, p.ID, dewi.PersonID, TeamLead), fault.Invalid, "the person itself")
		w.refused(w.NameAdviser(w.ctx, asBoss, p.ID, head.PersonID, TeamLead), fault.Invalid, "who decides an objection")
		w.refused(w.NameAdviser(w.ctx, asBoss, p.ID, "nobody", TeamLead), fault.Invalid, "nobody of the map")
		w.refused(w.Recommend(w.ctx, asAndi, p.ID, firstQuarter, Above, Meets, "Cepat."), fault.Forbidden, "before being named")
		w.must(w.NameAdviser(w.ctx, asBoss, p.ID, andi.PersonID, TeamLead))
		w.refused(w.Recommend(w.ctx, asAndi, p.ID, firstQuarter, Above, "", ""), fault.Invalid, "half a recommendation")
		w.must(w.Recommend(w.ctx, asAndi, p.ID, firstQuarter, Above, Meets, "Memimpin pemadanan lintas bidang."))
		mine, err := w.Advisees(w.ctx, asAndi, 2025)
		w.must(err)
		if len(mine) != 1 || mine[0].Part.ID != p.ID || mine[0].As != TeamLead {
			t.Fatalf("%+v", mine)
		}
		v, err := w.Advice(w.ctx, asAndi, p.ID, firstQuarter)
		w.must(err)
		if !v.Open || len(v.Lines) != 1 || v.Own.Results != Above {
			t.Fatalf("%+v", v)
		}
		seen := func(who account.Actor) []Adviser {
			e, err := w.Evaluation(w.ctx, who, p.ID, firstQuarter)
			w.must(err)
			return e.Advisers
		}
		if a := seen(asBoss); len(a) != 1 || a[0].Text == "" || a[0].Post != andi.Post {
			t.Fatalf("the evaluator sees %+v", a)
		}
		if a := seen(asDewi); len(a) != 0 {
			t.Fatalf("the person sees it before the predicate: %+v", a)
		}
		_, err = w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: firstQuarter, Predicate: OrganisationGood})
		w.must(err)
		done, err := w.Confirm(w.ctx, asBoss, firstQuarter, []Confirmation{confirmation(p, 0, Meets, Meets)})
		w.must(err)
		if done.Decided != 1 {
			t.Fatalf("the evaluator decides otherwise: %+v", done)
		}
		if a := seen(asDewi); len(a) != 1 {
			t.Fatalf("afterwards the person reads it: %+v", a)
		}
		w.refused(w.Recommend(w.ctx, asAndi, p.ID, firstQuarter, Meets, Meets, "Lagi."), fault.Conflict, "after the predicate")
	})
}
