package appraisal

import (
	"errors"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

func TestAPlanMovesOnlyAlongItsStates(t *testing.T) {
	acts := []PlanAct{StartAct, SubmitAct, WithdrawAct, ReturnAct, ApproveAct, ReviseAct, DiscardAct}
	want := map[PlanState]map[PlanAct]PlanState{
		NotMade:   {StartAct: Draft},
		Draft:     {SubmitAct: Submitted, DiscardAct: Approved},
		Submitted: {WithdrawAct: Draft, ReturnAct: Returned, ApproveAct: Approved},
		Returned:  {SubmitAct: Submitted, DiscardAct: Approved},
		Approved:  {ReviseAct: Draft},
	}
	for _, from := range PlanStates() {
		for _, act := range acts {
			to, ok := from.next(act)
			expected, possible := want[from][act]
			if ok != possible || ok && to != expected {
				t.Errorf("%s from %s: got %s %v, want %s %v", act, from, to, ok, expected, possible)
			}
		}
	}
	if _, err := (Plan{State: Draft}).after(DiscardAct); !fault.Is(err, fault.Conflict) {
		t.Errorf("a first draft has nothing to go back to: %v", err)
	}
}

func TestAPlanIsAgreedAndRevisedWithoutLosingTheOld(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		plan := w.agreed(asDewi, asBoss, p)
		if plan.State != Approved || plan.Revision != 1 || plan.DecidedBy.Name != boss.Name {
			t.Fatalf("approved: %+v", plan)
		}
		plan, err := w.Act(w.ctx, asDewi, p.ID, plan.Version, ReviseAct, "")
		w.must(err)
		plan, _, err = w.SaveResult(w.ctx, asDewi, p.ID, plan.Version, Result{Kind: Additional, Text: "Arsip kota tertata menurut jadwal retensi"})
		w.must(err)
		v, err := w.Plan(w.ctx, asDewi, p.ID)
		w.must(err)
		if v.InForce == nil || len(v.InForce.Results) != 1 || len(v.Plan.Results) != 2 {
			t.Fatalf("the approved SKP must stay in force while a new one is written")
		}
		_, err = w.Act(w.ctx, asDewi, p.ID, plan.Version, SubmitAct, "")
		w.refused(err, fault.Invalid, "a result without an indicator")
		var f *fault.Error
		if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Name != plan.Results[1].ID {
			t.Fatalf("the fault must name the result: %v", err)
		}
		plan, err = w.Act(w.ctx, asDewi, p.ID, plan.Version, DiscardAct, "")
		w.must(err)
		if plan.State != Approved || len(plan.Results) != 1 {
			t.Fatalf("discarded: %+v", plan)
		}
		revisions, err := w.Revisions(w.ctx, asDewi, p.ID)
		w.must(err)
		if len(revisions) != 1 || len(revisions[0].Hash) != 64 || cleanCode(revisions[0].Code) != revisions[0].Code {
			t.Fatalf("revisions: %+v", revisions)
		}
	})
}

func TestTheSecondOfTwoEditorsIsToldAndNothingIsLost(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		plan := w.draft(asDewi, p)
		result, shown := plan.Results[0].ID, plan.Version
		_, _, err := w.SaveIndicator(w.ctx, asDewi, p.ID, shown, result, Indicator{Text: "Data ganda tersisa pada akhir tahun", Target: "0.5", Unit: "%", Direction: Down, Face: "kualitas"})
		w.must(err)
		_, _, err = w.SaveIndicator(w.ctx, asDewi, p.ID, shown, result, Indicator{Text: "Waktu pemutakhiran", Target: "2", Unit: "hari", Direction: Down, Face: "waktu"})
		w.refused(err, fault.Conflict, "an editor with an old version")
		v, err := w.Plan(w.ctx, asDewi, p.ID)
		w.must(err)
		if got := v.Plan.Results[0].Indicators; len(got) != 2 || got[1].Text != "Data ganda tersisa pada akhir tahun" {
			t.Fatalf("stored: %+v", got)
		}
		_, _, err = w.SaveIndicator(w.ctx, asDewi, p.ID, v.Plan.Version, result, Indicator{Text: "Waktu pemutakhiran", Target: "2", Unit: "hari", Direction: Down, Face: "waktu"})
		w.must(err)
	})
}

func TestTheOfficerDraftsWhereNobodyHasByMidJanuary(t *testing.T) {
	eachWorld(t, func(w world) {
		d, a := w.part(dewi), w.part(andi)
		w.on("2025-01-14")
		_, err := w.StartPlan(w.ctx, asOfficer, d.ID, "")
		w.refused(err, fault.Conflict, "a day early")
		if v, err := w.Plan(w.ctx, asOfficer, d.ID); err != nil || v.Edit {
			t.Fatalf("nothing to edit before the day: %v", err)
		}
		w.on("2025-01-15")
		plan, err := w.StartPlan(w.ctx, asOfficer, d.ID, "")
		w.must(err)
		plan, _, err = w.SaveResult(w.ctx, asOfficer, d.ID, plan.Version, Result{Kind: Main, Text: "Data kependudukan mutakhir", Supports: Support{Text: "Warga memiliki dokumen"}})
		w.must(err)
		_, err = w.Act(w.ctx, asOfficer, d.ID, plan.Version, SubmitAct, "")
		w.refused(err, fault.Forbidden, "handing it over is the person's")
		_, _, err = w.SaveResult(w.ctx, asDewi, d.ID, plan.Version, Result{Kind: Main, Text: "Diambil alih", Supports: Support{Text: "Warga memiliki dokumen"}})
		w.must(err)
		_, _, err = w.SaveResult(w.ctx, asOfficer, d.ID, plan.Version+1, Result{Kind: Main, Text: "x", Supports: Support{Text: "y"}})
		w.refused(err, fault.Conflict, "after the person has taken it over")
		w.draft(asAndi, a)
		_, _, err = w.SaveResult(w.ctx, asOfficer, a.ID, 3, Result{Kind: Main, Text: "x", Supports: Support{Text: "y"}})
		w.refused(err, fault.Conflict, "where the person has one")
	})
}

func TestOnlyThoseConcernedTouchAPlan(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		_, err := w.StartPlan(w.ctx, asAndi, p.ID, "")
		w.refused(err, fault.Forbidden, "a colleague starts it")
		plan := w.draft(asDewi, p)
		_, err = w.Plan(w.ctx, asAndi, p.ID)
		w.refused(err, fault.Forbidden, "a colleague reads it")
		_, err = w.Plan(w.ctx, asAdmin, p.ID)
		w.refused(err, fault.Forbidden, "the system administrator reads it")
		plan, err = w.Act(w.ctx, asDewi, p.ID, plan.Version, SubmitAct, "")
		w.must(err)
		_, err = w.Act(w.ctx, asDewi, p.ID, plan.Version, ApproveAct, "")
		w.refused(err, fault.Forbidden, "the person approves it")
		_, err = w.Act(w.ctx, asHR, p.ID, plan.Version, ApproveAct, "")
		w.refused(err, fault.Forbidden, "HR approves it")
		_, err = w.Act(w.ctx, asBoss, p.ID, plan.Version, ReturnAct, " ")
		w.refused(err, fault.Invalid, "returned without a word")
		_, err = w.Plan(w.ctx, asAudit, p.ID)
		w.must(err)
		looks, err := w.Looks(w.ctx, asDewi, p.ID)
		w.must(err)
		if len(looks) != 1 || looks[0].Reader != asAudit.Name {
			t.Fatalf("looks: %+v", looks)
		}
	})
}

func TestAPlanWrittenElsewhereIsReadOnly(t *testing.T) {
	eachWorld(t, func(w world) {
		w.on("2026-01-05")
		_, err := w.OpenPeriod(w.ctx, asHR, NewPeriod{Year: 2026})
		w.must(err)
		w.office.postings = newOffice(2026).postings
		_, err = w.SyncParts(w.ctx, asHR, 2026)
		w.must(err)
		parts, err := w.MyParts(w.ctx, asDewi, 2026)
		w.must(err)
		if len(parts) != 1 || parts[0].Pen != PenEKinerja || parts[0].Cadence != Monthly {
			t.Fatalf("parts: %+v", parts)
		}
		_, err = w.StartPlan(w.ctx, asDewi, parts[0].ID, "")
		w.refused(err, fault.Conflict, "written in e-Kinerja")
	})
}

func TestLastYearsPlanIsCopiedWithItsDifferencesMarked(t *testing.T) {
	eachWorld(t, func(w world) {
		before := w.agreed(asDewi, asBoss, w.part(dewi))
		w.on("2026-01-05")
		w.office.postings = newOffice(2026).postings
		_, err := w.OpenPeriod(w.ctx, asHR, NewPeriod{Year: 2026, Pens: map[Group]Pen{"pns": PenGurindam}})
		w.must(err)
		parts, err := w.MyParts(w.ctx, asDewi, 2026)
		w.must(err)
		plan, err := w.StartPlan(w.ctx, asDewi, parts[0].ID, "")
		w.must(err)
		plan, err = w.CopyPlan(w.ctx, asDewi, parts[0].ID, plan.Version, "")
		w.must(err)
		if len(plan.Results) != 1 || plan.Results[0].ID != before.Results[0].ID {
			t.Fatalf("copied: %+v", plan.Results)
		}
		in := plan.Results[0].Indicators[0]
		in.Target = "2400"
		_, _, err = w.SaveIndicator(w.ctx, asDewi, parts[0].ID, plan.Version, plan.Results[0].ID, in)
		w.must(err)
		diff, err := w.ComparePlan(w.ctx, asDewi, parts[0].ID, "")
		w.must(err)
		if len(diff) != 1 || diff[0] != (Difference{Changed, "target", in.ID, "2200 data", "2400 data"}) {
			t.Fatalf("differences: %+v", diff)
		}
		_, err = w.CopyPlan(w.ctx, asDewi, parts[0].ID, plan.Version+1, w.part(andi).ID)
		w.refused(err, fault.Forbidden, "copying a colleague's")
	})
}

func TestAPlanIsBegunAsACopyOfLastYears(t *testing.T) {
	eachWorld(t, func(w world) {
		before := w.agreed(asDewi, asBoss, w.part(dewi))
		w.on("2026-01-05")
		w.office.postings = newOffice(2026).postings
		_, err := w.OpenPeriod(w.ctx, asHR, NewPeriod{Year: 2026, Pens: map[Group]Pen{"pns": PenGurindam}})
		w.must(err)
		parts, err := w.MyParts(w.ctx, asDewi, 2026)
		w.must(err)
		plan, err := w.CopyPlan(w.ctx, asDewi, parts[0].ID, 0, "")
		w.must(err)
		if plan.State != Draft || plan.Approach != before.Approach || len(plan.Results) != len(before.Results) {
			t.Fatalf("copied: %+v", plan)
		}
		v, err := w.Plan(w.ctx, asDewi, parts[0].ID)
		w.must(err)
		if v.Plan.State != Draft || v.Plan.Version != plan.Version || !v.Edit {
			t.Fatalf("stored: %+v", v.Plan)
		}
		_, err = w.CopyPlan(w.ctx, asDewi, parts[0].ID, 0, "")
		w.refused(err, fault.Conflict, "beginning it twice")
	})
}

func TestResultsAreTiedToTheSuperiorsAsProposalsFirst(t *testing.T) {
	eachWorld(t, func(w world) {
		up, p := w.part(boss), w.part(dewi)
		above := w.draft(asBoss, up)
		plan, err := w.StartPlan(w.ctx, asDewi, p.ID, "")
		w.must(err)
		_, _, err = w.SaveResult(w.ctx, asDewi, p.ID, plan.Version, Result{Kind: Main, Text: "Sesuatu yang cukup panjang", Supports: Support{Result: "unknown"}})
		w.refused(err, fault.Invalid, "a tie to nothing")
		_, _, err = w.SaveResult(w.ctx, asDewi, p.ID, plan.Version, Result{Kind: Main, Text: "Sesuatu yang cukup panjang", Supports: Support{Result: above.Results[0].ID}})
		w.must(err)
		v, err := w.Plan(w.ctx, asDewi, p.ID)
		w.must(err)
		if len(v.Superior) != 1 || v.Superior[0].Final || v.Plan.Results[0].Supports.Part != up.ID {
			t.Fatalf("while the superior drafts: %+v", v.Superior)
		}
		above, err = w.Act(w.ctx, asBoss, up.ID, above.Version, SubmitAct, "")
		w.must(err)
		_, err = w.Act(w.ctx, asHead, up.ID, above.Version, ApproveAct, "")
		w.must(err)
		v, err = w.Plan(w.ctx, asDewi, p.ID)
		w.must(err)
		if !v.Superior[0].Final {
			t.Fatal("once approved the tie is final")
		}
	})
}

func TestEveryActLeavesALedgerEntry(t *testing.T) {
	eachWorld(t, func(w world) {
		w.agreed(asDewi, asBoss, w.part(dewi))
		kinds, err := db.All(w.ctx, w.db, `SELECT kind FROM ledger_entry ORDER BY id`, db.Value[string])
		w.must(err)
		want := []string{"appraisal.period.opened", "appraisal.plan.started", "appraisal.plan.submit", "appraisal.plan.approve"}
		if len(kinds) != len(want) {
			t.Fatalf("entries: %v", kinds)
		}
		for i := range want {
			if kinds[i] != want[i] {
				t.Errorf("entry %d: %s, want %s", i, kinds[i], want[i])
			}
		}
	})
}
