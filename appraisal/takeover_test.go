package appraisal

import (
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// elsewhereYear opens 2026, in which civil servants write in e-Kinerja.
func (w world) elsewhereYear() (Part, Part) {
	w.t.Helper()
	w.office.postings = append(w.office.postings, newOffice(2026).postings...)
	_, err := w.OpenPeriod(w.ctx, asHR, NewPeriod{Year: 2026})
	w.must(err)
	find := func(i Identity) Part {
		parts, err := partsOfPerson(w.ctx, w.db, i.PersonID, 2026)
		w.must(err)
		return parts[0]
	}
	p := find(dewi)
	if p.Pen != PenEKinerja {
		w.t.Fatalf("the pen of 2026 is %s", p.Pen)
	}
	return p, find(andi)
}

func (w world) takeOver(all ...Elsewhere) []TakenOver {
	w.t.Helper()
	var out []TakenOver
	w.must(w.db.Tx(w.ctx, func(tx *db.Tx) (err error) {
		out, err = w.TakeOver(w.ctx, tx, asHR, all)
		return err
	}))
	return out
}

func planElsewhere() *Content {
	return &Content{Approach: Quantitative, Results: []Result{
		{Kind: Main, Text: "Data mutakhir", Indicators: []Indicator{{Text: "Anomali dibersihkan", Face: "kuantitas", Target: "2400", Unit: "data", Direction: Up}}},
		{Kind: Additional, Text: "Perekaman keliling"},
	}}
}

func TestWhatWasWrittenElsewhereIsTakenOverOnce(t *testing.T) {
	eachWorld(t, func(w world) {
		p, other := w.elsewhereYear()
		month := Window{2026, Month, 3}
		result := ElsewhereResult{Window: month, Results: Meets, Conduct: Above, Predicate: Good, By: Signer{Name: boss.Name}, On: "2026-04-03"}
		first := w.takeOver(
			Elsewhere{Part: p, Plan: planElsewhere(), Results: []ElsewhereResult{result}},
			Elsewhere{Part: other, Results: []ElsewhereResult{{Window: month, Predicate: VeryGood, On: "2026-04-03"}}},
		)
		if first[0].Plan != TookCreated || first[0].Results[0] != TookCreated || first[1].Plan != TookNothing || first[1].Results[0] != TookCreated {
			t.Fatalf("first: %+v", first)
		}
		again := w.takeOver(Elsewhere{Part: p, Plan: planElsewhere(), Results: []ElsewhereResult{result}})
		if again[0].Plan != TookUnchanged || again[0].Results[0] != TookUnchanged {
			t.Fatalf("again: %+v", again)
		}
		v, err := w.Evaluation(w.ctx, asDewi, p.ID, month)
		w.must(err)
		if v.Evaluation.Outcome == nil || v.Evaluation.Outcome.Predicate != Good || v.Evaluation.State != Decided || len(v.Explained.Because) != 4 {
			t.Fatalf("shown: %+v", v.Explained)
		}
		l, err := w.List(w.ctx, asHR, ListQuery{Window: month, Predicate: VeryGood})
		w.must(err)
		if l.Total != 1 || l.Rows[0].Part.ID != other.ID || l.Rows[0].Desk != DeskNobody {
			t.Fatalf("list: %+v", l.Rows)
		}
	})
}

func TestAChangeElsewhereKeepsWhatWasBefore(t *testing.T) {
	eachWorld(t, func(w world) {
		p, _ := w.elsewhereYear()
		year := AnnualOf(2026)
		w.takeOver(Elsewhere{Part: p, Plan: planElsewhere(), Results: []ElsewhereResult{{Window: year, Results: Meets, Conduct: Meets, Predicate: Good, On: "2027-01-05"}}})
		before, err := planOf(w.ctx, w.db, p)
		w.must(err)
		changed := planElsewhere()
		changed.Results[0].Indicators[0].Target = "2600"
		out := w.takeOver(Elsewhere{Part: p, Plan: changed, Results: []ElsewhereResult{{Window: year, Results: Below, Conduct: Meets, Predicate: NeedsImprovement, On: "2027-01-08"}}})
		if out[0].Plan != TookUpdated || out[0].Results[0] != TookUpdated {
			t.Fatalf("%+v", out)
		}
		after, err := planOf(w.ctx, w.db, p)
		w.must(err)
		if after.Revision != 2 || after.Results[0].ID != before.Results[0].ID || after.Results[0].Indicators[0].ID != before.Results[0].Indicators[0].ID {
			t.Fatalf("ids moved: %+v %+v", before.Results[0], after.Results[0])
		}
		old, err := revisionsOf(w.ctx, w.db, p.ID)
		w.must(err)
		if len(old) != 2 || old[0].Replaced.IsZero() == old[1].Replaced.IsZero() {
			t.Fatalf("revisions: %+v", old)
		}
		e, err := evaluationOf(w.ctx, w.db, p.ID, year)
		w.must(err)
		if e.Outcome.Predicate != NeedsImprovement || len(e.Earlier) != 1 || e.Earlier[0].Predicate != Good {
			t.Fatalf("outcomes: %+v %+v", e.Outcome, e.Earlier)
		}
		seen, err := w.Verify(w.ctx, e.Outcome.Code)
		w.must(err)
		if !seen.Recomputed || !seen.InForce {
			t.Fatalf("verification: %+v", seen)
		}
	})
}

func TestAPartWrittenHereIsNotTakenOver(t *testing.T) {
	eachWorld(t, func(w world) {
		err := w.db.Tx(w.ctx, func(tx *db.Tx) error {
			_, err := w.TakeOver(w.ctx, tx, asHR, []Elsewhere{{Part: w.part(dewi), Plan: planElsewhere()}})
			return err
		})
		w.refused(err, fault.Conflict, "a part written here")
	})
}
