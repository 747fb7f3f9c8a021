package appraisal

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/rulebook"
)

var year2025 = AnnualOf(2025)

func TestAnEvaluationMovesOnlyAlongItsStates(t *testing.T) {
	want := map[EvaluationState]map[EvaluationAct]EvaluationState{
		Running:  {SendSelfAct: Running, SendSuperiorAct: Running, DecideAct: Decided},
		Decided:  {TakeBackAct: Running, ReceiveAct: Received, ObjectAct: Objected},
		Received: {ObjectAct: Objected},
		Objected: {ExplainAct: Objected, SettleAct: Settled},
		Settled:  {},
	}
	for _, from := range []EvaluationState{Running, Decided, Received, Objected, Settled} {
		for _, act := range []EvaluationAct{SendSelfAct, SendSuperiorAct, DecideAct, ReceiveAct, ObjectAct, ExplainAct, SettleAct, TakeBackAct} {
			to, ok := from.next(act)
			expected, possible := want[from][act]
			if ok != possible || ok && to != expected {
				t.Errorf("%s from %s: got %s %v, want %s %v", act, from, to, ok, expected, possible)
			}
		}
	}
}

// version returns the version of the superior's side as a page would show it.
func (w world) version(p Part) int64 {
	w.t.Helper()
	e, err := evaluationOf(w.ctx, w.db, p.ID, year2025)
	w.must(err)
	return e.Version
}

func good() Ratings { return Ratings{Results: Meets, Conduct: Meets, Note: "Pertahankan."} }

// rated brings dewi's evaluation to where only the decision is missing.
func (w world) rated(r Ratings) Part {
	w.t.Helper()
	p := w.part(dewi)
	plan := w.agreed(asDewi, asBoss, p)
	w.on("2026-01-05")
	_, err := w.MovePeriod(w.ctx, asHR, 2025, 1, InExecution)
	w.must(err)
	_, err = w.MovePeriod(w.ctx, asHR, 2025, 2, InRating)
	w.must(err)
	in := plan.Results[0].Indicators[0].ID
	w.must(w.SaveSelf(w.ctx, asDewi, p.ID, year2025, 0, Words{Indicators: map[string]Say{in: {Value: "2314", Text: "Selesai Oktober."}}}, true))
	w.must(w.SaveSuperior(w.ctx, asBoss, p.ID, year2025, 0, Words{
		Indicators: map[string]Say{in: {Text: "Terlampaui.", Value: "9999", Mark: Above}},
		Values:     map[string]Say{"kolaboratif": {Text: "Membantu tiga rekan.", Mark: Above}},
	}, r, true))
	return p
}

// set brings dewi's evaluation to a predicate.
func (w world) set(r Ratings, org OrganisationPredicate) (Part, Outcome) {
	w.t.Helper()
	p := w.rated(r)
	_, err := w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: org, Reason: "Capaian perjanjian kinerja."})
	w.must(err)
	o, err := w.Decide(w.ctx, asBoss, p.ID, year2025, w.version(p))
	w.must(err)
	return p, o
}

func TestNobodysPredicateBeforeTheOrganisations(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.rated(good())
		_, err := w.Decide(w.ctx, asBoss, p.ID, year2025, w.version(p))
		w.refused(err, fault.Conflict, "before the organisation's")
		var f *fault.Error
		if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Name != "organisation" {
			t.Fatalf("what is missing must be named: %v", err)
		}
		_, err = w.SetOrganisation(w.ctx, asBoss, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationGood})
		w.refused(err, fault.Forbidden, "set from within")
		_, err = w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationExcellent})
		w.refused(err, fault.Invalid, "istimewa without a reason")
		o, err := w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationGood})
		w.must(err)
		if o.By.Name != mayor.Name || o.By.Post != mayor.Post {
			t.Fatalf("set by: %+v", o.By)
		}
		_, err = w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationPoor, Reason: "x"})
		w.refused(err, fault.Conflict, "set again from an old page")
		out, err := w.Decide(w.ctx, asBoss, p.ID, year2025, w.version(p))
		w.must(err)
		if out.Predicate != Good {
			t.Fatalf("predicate: %s", out.Predicate)
		}
		_, err = w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationPoor, Reason: "x", Version: 1})
		w.refused(err, fault.Conflict, "changed under a predicate that stands on it")
	})
}

func TestRatingsNeedReasonsAndOnlyTheEvaluatorGivesThem(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		w.agreed(asDewi, asBoss, p)
		w.on("2026-01-05")
		err := w.SaveSuperior(w.ctx, asBoss, p.ID, year2025, 0, Words{}, Ratings{Results: Above, Conduct: Below}, true)
		var f *fault.Error
		if !errors.As(err, &f) || len(f.Fields) != 2 || f.Fields[0].Name != "results_reason" || f.Fields[1].Name != "conduct_reason" {
			t.Fatalf("reasons: %v", err)
		}
		w.refused(w.SaveSuperior(w.ctx, asBoss, p.ID, year2025, 0, Words{}, Ratings{Conduct: Meets}, true), fault.Invalid, "one rating missing")
		for _, a := range []account.Actor{asDewi, asAndi, asHR, asHead, asAdmin, asMayor} {
			w.refused(w.SaveSuperior(w.ctx, a, p.ID, year2025, 0, Words{}, good(), true), fault.Forbidden, a.Name)
		}
		_, err = w.Decide(w.ctx, asHR, p.ID, year2025, 0)
		w.refused(err, fault.Forbidden, "HR decides")
		w.must(w.SaveSuperior(w.ctx, asBoss, p.ID, year2025, 0, Words{}, good(), true))
		w.refused(w.SaveSuperior(w.ctx, asBoss, p.ID, year2025, 0, Words{}, good(), true), fault.Conflict, "from an old page")
	})
}

func TestAResultExplainsItselfFromItsStoredInputs(t *testing.T) {
	eachWorld(t, func(w world) {
		p, o := w.set(Ratings{Results: Meets, Conduct: Above, ConductReason: "Tiga nilai melampaui."}, OrganisationGood)
		v, err := w.Evaluation(w.ctx, asDewi, p.ID, year2025)
		w.must(err)
		e := v.Explained
		if e == nil || e.Predicate != Good || e.Book != o.BookHash || len(e.Because) != 4 {
			t.Fatalf("explained: %+v", e)
		}
		wantChanges := []Change{{Results: Above, Predicate: VeryGood}, {Results: Below, Predicate: NeedsImprovement}, {Conduct: Below, Predicate: Poor}}
		if !slices.Equal(e.Changes, wantChanges) {
			t.Fatalf("what would change it: %+v", e.Changes)
		}
		in, err := ReadInputs(v.Evaluation.Outcome.Inputs)
		w.must(err)
		if in.Indicators[0].Value != "2314" || in.Organisation.Predicate != OrganisationGood || in.Conduct.By.Name != boss.Name {
			t.Fatalf("inputs: %+v", in)
		}
		if e.Because[1].Args[0] != 1 || e.Because[1].Args[1] != 1 {
			t.Errorf("targets reached: %v", e.Because[1].Args)
		}
	})
}

func TestTheHeadsRatingIsTheUnitsAchievement(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(head)
		w.agreed(asHead, asMayor, p)
		w.on("2026-02-20") // the days for the person's own words are over
		w.must(w.SaveSuperior(w.ctx, asMayor, p.ID, year2025, 0, Words{}, Ratings{Results: Above, ResultsReason: "x", Conduct: Meets}, true))
		_, err := w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationNeedsImprovement, Reason: "Serapan rendah."})
		w.must(err)
		o, err := w.Decide(w.ctx, asMayor, p.ID, year2025, w.version(p))
		w.must(err)
		if o.Results != Below || o.Predicate != NeedsImprovement {
			t.Fatalf("head: %+v", o)
		}
	})
}

func TestAnObjectionKeepsTheOldResult(t *testing.T) {
	eachWorld(t, func(w world) {
		p, first := w.set(Ratings{Results: Below, ResultsReason: "Target tidak tercapai.", Conduct: Meets}, OrganisationGood)
		w.refused(w.Receive(w.ctx, asBoss, p.ID, year2025, w.version(p)), fault.Forbidden, "received by another")
		w.must(w.Receive(w.ctx, asDewi, p.ID, year2025, w.version(p)))
		w.on("2026-01-19")
		w.refused(w.Object(w.ctx, asDewi, p.ID, year2025, w.version(p), "  "), fault.Invalid, "without reasons")
		w.must(w.Object(w.ctx, asDewi, p.ID, year2025, w.version(p), "Realisasi 2.314 melampaui target 2.200."))
		filed, err := w.Evaluation(w.ctx, asHead, p.ID, year2025)
		w.must(err)
		if filed.Evaluation.Objection.DecideBy != "2026-02-02" {
			t.Fatalf("to be decided by %s", filed.Evaluation.Objection.DecideBy)
		}
		w.must(w.Explain(w.ctx, asBoss, p.ID, year2025, w.version(p), "Saya keliru membaca rekap."))
		_, err = w.Settle(w.ctx, asBoss, p.ID, year2025, w.version(p), good(), "Diterima.")
		w.refused(err, fault.Forbidden, "decided by the evaluator")
		o, err := w.Settle(w.ctx, asHead, p.ID, year2025, w.version(p), good(), "Keberatan diterima.")
		w.must(err)
		v, err := w.Evaluation(w.ctx, asDewi, p.ID, year2025)
		w.must(err)
		e := v.Evaluation
		if e.State != Settled || o.Predicate != Good || o.Number != 2 || !e.Objection.Changed || e.Objection.DecidedBy.Name != head.Name {
			t.Fatalf("settled: %+v %+v", e, o)
		}
		if len(e.Earlier) != 1 || e.Earlier[0].Predicate != NeedsImprovement || !bytes.Equal(e.Earlier[0].Inputs, first.Inputs) {
			t.Fatalf("the first result must stay as it was: %+v", e.Earlier)
		}
		raw, err := w.ObjectionPDF(w.ctx, asDewi, p.ID, year2025)
		w.must(err)
		inOrder(t, "the record of the objection", pdfText(t, raw, "keberatan.pdf"), "Berita Acara Keberatan", "Hasil yang dikeberatani", "Butuh Perbaikan",
			"Realisasi 2.314 melampaui target", "Saya keliru membaca rekap.", "Putusan", "Keberatan diterima.", "Baik", "Putusan ini bersifat akhir")
		old, err := w.Verify(w.ctx, first.Code)
		w.must(err)
		now, err := w.Verify(w.ctx, " "+o.Code[:5]+o.Code[6:])
		w.must(err)
		if old.InForce || !now.InForce || !old.Recomputed || !now.Recomputed || now.Unit != "Unit bidang" {
			t.Fatalf("verification: %+v %+v", old, now)
		}
	})
}

func TestAnObjectionHasItsDays(t *testing.T) {
	eachWorld(t, func(w world) {
		p, _ := w.set(good(), OrganisationGood)
		w.must(w.Receive(w.ctx, asDewi, p.ID, year2025, w.version(p)))
		v, err := w.Evaluation(w.ctx, asDewi, p.ID, year2025)
		w.must(err)
		if v.Evaluation.ObjectUntil != "2026-01-19" {
			t.Fatalf("until %s", v.Evaluation.ObjectUntil)
		}
		w.on("2026-01-20")
		w.refused(w.Object(w.ctx, asDewi, p.ID, year2025, w.version(p), "Terlambat."), fault.Conflict, "a day late")
	})
}

func TestTasksFollowTheDesk(t *testing.T) {
	eachWorld(t, func(w world) {
		inbox := task.NewInbox(w.db, w.office, nil)
		kinds := func(a account.Actor) []string {
			waiting, err := inbox.Waiting(w.ctx, a, task.Filter{})
			w.must(err)
			var all []string
			for _, k := range waiting {
				all = append(all, k.Kind)
			}
			slices.Sort(all)
			return all
		}
		is := func(what string, a account.Actor, want ...string) {
			t.Helper()
			if got := kinds(a); !slices.Equal(got, want) {
				t.Fatalf("%s: %s has %v, want %v", what, a.Name, got, want)
			}
		}
		is("at the start", asDewi, taskDraft)
		p := w.part(dewi)
		plan := w.draft(asDewi, p)
		plan, err := w.Act(w.ctx, asDewi, p.ID, plan.Version, SubmitAct, "")
		w.must(err)
		is("submitted", asDewi)
		is("submitted", asBoss, taskAgree, taskDraft)
		plan, err = w.Act(w.ctx, asBoss, p.ID, plan.Version, ReturnAct, "Lengkapi target.")
		w.must(err)
		is("returned", asDewi, taskMend)
		plan, err = w.Act(w.ctx, asDewi, p.ID, plan.Version, SubmitAct, "")
		w.must(err)
		_, err = w.Act(w.ctx, asBoss, p.ID, plan.Version, ApproveAct, "")
		w.must(err)
		is("approved", asBoss, taskDraft)
		is("approved", asDewi)
	})
}

func TestTasksOfAnEvaluation(t *testing.T) {
	eachWorld(t, func(w world) {
		inbox := task.NewInbox(w.db, w.office, nil)
		has := func(a account.Actor, kind string) bool {
			waiting, err := inbox.Waiting(w.ctx, a, task.Filter{Kind: kind})
			w.must(err)
			return len(waiting) > 0
		}
		p := w.rated(good())
		if !has(asBoss, taskDecide) || has(asDewi, taskSelf) || has(asBoss, taskRate) || !has(asMayor, taskOrg) {
			t.Fatal("rated: the decision waits for the superior, the organisation's predicate for the mayor")
		}
		_, err := w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationGood})
		w.must(err)
		_, err = w.Decide(w.ctx, asBoss, p.ID, year2025, w.version(p))
		w.must(err)
		if has(asMayor, taskOrg) || has(asBoss, taskDecide) || !has(asDewi, taskReceive) {
			t.Fatal("decided: receipt waits for the person")
		}
		w.must(w.Object(w.ctx, asDewi, p.ID, year2025, w.version(p), "Tidak setuju."))
		if !has(asBoss, taskExplain) || !has(asHead, taskSettle) || has(asDewi, taskReceive) {
			t.Fatal("objected: explanation and decision wait")
		}
	})
}

func TestABatchComputesAndDecidesNothing(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.rated(good())
		before := w.version(p)
		b, err := w.EvaluateAll(w.ctx, year2025)
		w.must(err)
		if b.Counts.Parts != 4 || b.Counts.Computed != 0 || len(b.Missing) != 4 {
			t.Fatalf("before the organisation's predicate: %+v", b.Counts)
		}
		i := slices.IndexFunc(b.Missing, func(m BatchMissing) bool { return m.Person == dewi.PersonID })
		if !slices.Equal(b.Missing[i].Missing, []string{"organisation"}) || b.Missing[i].Desk != DeskOrg || b.Missing[i].DeskName != mayor.Name {
			t.Fatalf("missing: %+v", b.Missing[i])
		}
		_, err = w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationGood})
		w.must(err)
		b, err = w.EvaluateAll(w.ctx, year2025)
		w.must(err)
		if len(b.Computed) != 1 || b.Computed[0].Predicate != Good || b.Computed[0].State != Running || b.Counts.Missing != 3 {
			t.Fatalf("computed: %+v", b)
		}
		if w.version(p) != before {
			t.Fatal("a batch must not write")
		}
	})
}

// Recompute is a function: the same book and inputs give the same result, the
// stored bytes give the same inputs, and the predicate is the matrix's.
func TestRecomputeIsStoredAndRead(t *testing.T) {
	library, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	book, err := library.At("2026-01-01", "")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		in := drawInputs(t)
		first, err := Recompute(book, in)
		if err != nil {
			t.Fatal(err)
		}
		body, err := in.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, err := ReadInputs(body)
		if err != nil {
			t.Fatal(err)
		}
		second, err := Recompute(book, again)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := plainJSON(first)
		b, _ := plainJSON(second)
		if !bytes.Equal(a, b) {
			t.Fatalf("differs:\n%s\n%s", a, b)
		}
		for _, c := range first.Changes {
			if c.Predicate == first.Predicate {
				t.Fatalf("%+v changes nothing", c)
			}
		}
	})
}

func drawInputs(t *rapid.T) Inputs {
	rating := rapid.SampledFrom(AllRatings())
	in := Inputs{
		Format: inputsFormat, Evaluation: "e", Part: "p", Window: "2025", Kind: Year, Head: rapid.Bool().Draw(t, "head"),
		Organisation: &OrganisationInput{Unit: rapid.String().Draw(t, "unit"), Predicate: rapid.SampledFrom(AllOrganisationPredicates()).Draw(t, "organisation")},
		Results:      RatingInput{Rating: rating.Draw(t, "results"), Reason: rapid.String().Draw(t, "reason")},
		Conduct:      RatingInput{Rating: rating.Draw(t, "conduct")},
		Indicators:   []IndicatorInput{}, Values: []ValueInput{},
	}
	for range rapid.IntRange(0, 4).Draw(t, "indicators") {
		in.Indicators = append(in.Indicators, IndicatorInput{
			Text: rapid.String().Draw(t, "text"), Target: rapid.SampledFrom([]string{"", "0", "2.5", "100"}).Draw(t, "target"),
			Direction: rapid.SampledFrom(Directions()).Draw(t, "direction"), Value: rapid.SampledFrom([]string{"", "0", "2.50", "99.999"}).Draw(t, "value"),
			Mark: rapid.SampledFrom([]Rating{"", Above, Meets, Below}).Draw(t, "mark"),
		})
	}
	return in
}
