package appraisal

import (
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
)

func TestListsShowWhoHasWhatStateAndOnWhoseDesk(t *testing.T) {
	eachWorld(t, func(w world) {
		plan := w.draft(asDewi, w.part(dewi))
		_, err := w.Act(w.ctx, asDewi, w.part(dewi).ID, plan.Version, SubmitAct, "")
		w.must(err)
		l, err := w.List(w.ctx, asHR, ListQuery{})
		w.must(err)
		if l.Total != 4 || l.Plans[NotMade] != 3 || l.Plans[Submitted] != 1 || l.Desks[DeskPerson] != 3 || l.Desks[DeskEvaluator] != 1 {
			t.Fatalf("counts: %+v", l)
		}
		if l.Rows[0].Part.Who.Name != andi.Name || l.Rows[1].Desk != DeskEvaluator || l.Rows[1].DeskName != boss.Name || l.Rows[1].Indicators != 1 {
			t.Fatalf("rows: %+v", l.Rows[1])
		}
		for name, c := range map[string]struct {
			q    ListQuery
			want int
		}{
			"by state":         {ListQuery{Plan: Submitted}, 1},
			"by desk":          {ListQuery{Desk: DeskEvaluator}, 1},
			"by name":          {ListQuery{Text: "rahma dewi"}, 1},
			"by post":          {ListQuery{Text: "analis"}, 2},
			"by NIP":           {ListQuery{Text: "199001012015041004"}, 1},
			"by unit":          {ListQuery{Unit: "bidang"}, 3},
			"by unit and text": {ListQuery{Unit: "dinas", Text: "kepala"}, 2},
			"nobody":           {ListQuery{Text: "' OR 1=1 --"}, 0},
			"no predicate":     {ListQuery{Predicate: Good}, 0},
			"sorted":           {ListQuery{Sort: "-unit"}, 4},
			"by window":        {ListQuery{Window: Window{2025, Quarter, 1}}, 4},
		} {
			l, err := w.List(w.ctx, asHR, c.q)
			w.must(err)
			if l.Total != c.want || len(l.Rows) != c.want {
				t.Errorf("%s: %d of %d, want %d", name, len(l.Rows), l.Total, c.want)
			}
		}
		first, err := w.List(w.ctx, asHR, ListQuery{Size: 3})
		w.must(err)
		second, err := w.List(w.ctx, asHR, ListQuery{Size: 3, Page: 2})
		w.must(err)
		if len(first.Rows) != 3 || len(second.Rows) != 1 || second.Total != 4 {
			t.Fatalf("pages of %d and %d", len(first.Rows), len(second.Rows))
		}
	})
}

func TestAListReachesAsFarAsTheRole(t *testing.T) {
	eachWorld(t, func(w world) {
		seen := func(a account.Actor) int {
			l, err := w.List(w.ctx, a, ListQuery{})
			w.must(err)
			return l.Total
		}
		field := account.Actor{ID: "x", Name: "x", Grants: []account.Grant{{Role: account.PerformanceOfficer, Unit: "bidang"}}}
		for _, c := range []struct {
			who  account.Actor
			want int
		}{{asHR, 4}, {asAudit, 4}, {asOfficer, 4}, {field, 3}, {asBoss, 2}, {asHead, 3}, {asDewi, 0}, {asMayor, 4}} {
			if got := seen(c.who); got != c.want {
				t.Errorf("%s sees %d, want %d", c.who.Name, got, c.want)
			}
		}
		_, err := w.List(w.ctx, asAdmin, ListQuery{})
		w.refused(err, fault.Forbidden, "the system administrator")
		_, err = w.List(w.ctx, account.Actor{}, ListQuery{})
		w.refused(err, fault.Unauthenticated, "the public")
		l, err := w.List(w.ctx, field, ListQuery{Unit: "dinas", Text: "hendri"})
		w.must(err)
		if l.Total != 0 {
			t.Error("asking for a unit must not widen the scope")
		}
		team, err := w.Team(w.ctx, asBoss, Window{})
		w.must(err)
		if len(team) != 2 {
			t.Fatalf("team: %d", len(team))
		}
	})
}

func TestTheDeskInTheYearsEnd(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.rated(good())
		desk := func() (Desk, string) {
			l, err := w.List(w.ctx, asHR, ListQuery{Text: "dewi"})
			w.must(err)
			return l.Rows[0].Desk, l.Rows[0].DeskName
		}
		if d, name := desk(); d != DeskOrg || name != mayor.Name {
			t.Fatalf("rated: %s %s", d, name)
		}
		_, err := w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationGood})
		w.must(err)
		if d, _ := desk(); d != DeskEvaluator {
			t.Fatalf("to be decided: %s", d)
		}
		l, err := w.List(w.ctx, asHR, ListQuery{Text: "dewi"})
		w.must(err)
		if r := l.Rows[0]; r.ResultsRating != "" || r.Predicate != "" {
			t.Fatalf("ratings before the decision: %+v", r)
		}
		_, err = w.Decide(w.ctx, asBoss, p.ID, year2025, w.version(p))
		w.must(err)
		l, err = w.List(w.ctx, asHR, ListQuery{Predicate: Good})
		w.must(err)
		if len(l.Rows) != 1 || l.Rows[0].Desk != DeskPerson || l.Rows[0].ResultsRating != Meets {
			t.Fatalf("decided: %+v", l.Rows)
		}
	})
}

func TestOrganisationsAreSeenByWhoSetsThem(t *testing.T) {
	eachWorld(t, func(w world) {
		rows, err := w.Organisations(w.ctx, asMayor, year2025)
		w.must(err)
		if len(rows) != 1 || rows[0].UnitID != "dinas" || rows[0].People != 4 || !rows[0].May || rows[0].Rater.Name != mayor.Name || rows[0].Head.Name != head.Name {
			t.Fatalf("rows: %+v", rows)
		}
		rows, err = w.Organisations(w.ctx, asHR, year2025)
		w.must(err)
		if len(rows) != 1 || rows[0].May {
			t.Fatalf("HR sees and does not set: %+v", rows)
		}
		_, err = w.SetOrganisation(w.ctx, asHR, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationGood})
		w.refused(err, fault.Forbidden, "HR sets it")
	})
}
