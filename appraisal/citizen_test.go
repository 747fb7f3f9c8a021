package appraisal

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// townsfolk are the published results of the tests.
type townsfolk struct{ figures []CitizenFigure }

func (t *townsfolk) CitizenFigures(_ context.Context, _ string, from, to Day) ([]CitizenFigure, error) {
	var all []CitizenFigure
	for _, f := range t.figures {
		if f.To >= from && f.To <= to {
			all = append(all, f)
		}
	}
	return all, nil
}

func (t *townsfolk) CitizenServices(context.Context, string) ([]CitizenService, error) {
	return []CitizenService{{"ktp-el", "KTP-el"}, {"akta", "Akta"}}, nil
}

func figure(result string, from, to Day, index string) CitizenFigure {
	return CitizenFigure{
		Result: result, UnitID: "dinas", Service: "KTP-el", Code: "ktp-el", Period: "Triwulan", From: from, To: to,
		Index: index, Lo: "80.1", Hi: "83.2", Answers: 412, Target: 500, Rate: 82, Enough: true,
	}
}

// headPlan is the head's approved plan with an indicator citizens measure.
func (w world) headPlan() (Part, string) {
	p := w.part(head)
	return p, w.agreed(asHead, asMayor, p).Results[0].Indicators[0].ID
}

func (w world) citizenLine(p Part) CitizenLine {
	w.t.Helper()
	v, err := w.CitizenFigures(w.ctx, asMayor, p.ID)
	w.must(err)
	if len(v.Lines) != 1 {
		w.t.Fatalf("lines: %+v", v.Lines)
	}
	return v.Lines[0]
}

func TestACitizensFigureArrivesOnceTheSuperiorConfirms(t *testing.T) {
	eachWorld(t, func(w world) {
		town := &townsfolk{[]CitizenFigure{figure("r1", "2025-01-01", "2025-03-31", "81.6")}}
		w.voices = town
		p, in := w.headPlan()
		w.on("2025-04-12")
		w.must(w.TieCitizens(w.ctx, asHead, p.ID, CitizenTie{in, "ktp-el", IndexMeasure}))
		l := w.citizenLine(p)
		if l.Offer == nil || !l.Offer.Counts || l.Confirmed != nil || len(l.Offer.Because) != 5 {
			t.Fatalf("offer: %+v", l.Offer)
		}
		w.refused(w.DecideCitizens(w.ctx, asHead, p.ID, in, "r1", true, ""), fault.Forbidden, "the head confirms their own figure")
		w.refused(w.DecideCitizens(w.ctx, asMayor, p.ID, in, "r0", true, ""), fault.Conflict, "a figure that is not offered")
		w.must(w.DecideCitizens(w.ctx, asMayor, p.ID, in, "r1", true, ""))
		w.refused(w.DecideCitizens(w.ctx, asMayor, p.ID, in, "r1", true, ""), fault.Conflict, "twice")
		v, err := w.Evaluation(w.ctx, asHead, p.ID, AnnualOf(2025))
		w.must(err)
		if v.Latest[in].Value != "81.6" || v.Citizens[in].Figure.Answers != 412 || len(v.Citizens) != 1 {
			t.Fatalf("the evaluation shows %+v and %+v", v.Latest[in], v.Citizens[in])
		}
		e := v.Latest[in]
		e.Value = "99"
		_, err = w.SaveProgress(w.ctx, asHead, e)
		w.refused(err, fault.Conflict, "the head changes the confirmed figure")
		w.refused(w.RemoveProgress(w.ctx, asHead, p.ID, e.ID, e.Version), fault.Conflict, "the head removes it")

		// A later figure is offered beside the one in force and changes nothing.
		w.on("2025-07-12")
		town.figures = append([]CitizenFigure{figure("r2", "2025-04-01", "2025-06-30", "79.1")}, town.figures...)
		w.must(w.OfferCitizens(w.ctx))
		l = w.citizenLine(p)
		if l.Offer == nil || l.Change != "-2.5" || l.Confirmed.Figure.Result != "r1" {
			t.Fatalf("later: %+v, change %q", l.Offer, l.Change)
		}
		w.refused(w.DecideCitizens(w.ctx, asMayor, p.ID, in, "r2", false, ""), fault.Invalid, "left out without a reason")
		w.must(w.DecideCitizens(w.ctx, asMayor, p.ID, in, "r2", false, "Loket pindah; survei diulang."))
		l = w.citizenLine(p)
		if l.Offer != nil || l.Confirmed.Value() != "81.6" || len(l.Taken) != 2 || len(l.Taken[0].Because) != 5 {
			t.Fatalf("left out: %+v", l)
		}
		waiting, err := db.One(w.ctx, w.db, `SELECT count(*) FROM task WHERE kind = 'appraisal.citizen.confirm' AND done_at IS NULL`, db.Value[int])
		w.must(err)
		if waiting != 0 {
			t.Errorf("%d tasks still wait", waiting)
		}
	})
}

func TestAThinFigureIsShownAndDoesNotCount(t *testing.T) {
	eachWorld(t, func(w world) {
		thin := figure("r1", "2025-01-01", "2025-03-31", "87.75")
		thin.Answers, thin.Enough = 22, false
		w.voices = &townsfolk{[]CitizenFigure{thin}}
		p, in := w.headPlan()
		w.on("2025-04-12")
		w.refused(w.TieCitizens(w.ctx, asHead, p.ID, CitizenTie{in, "lain", IndexMeasure}), fault.Invalid, "an unknown service")
		w.refused(w.TieCitizens(w.ctx, asBoss, p.ID, CitizenTie{in, "ktp-el", IndexMeasure}), fault.Forbidden, "somebody else ties")
		w.must(w.TieCitizens(w.ctx, asHead, p.ID, CitizenTie{in, "ktp-el", IndexMeasure}))
		w.must(w.DecideCitizens(w.ctx, asMayor, p.ID, in, "r1", true, ""))
		v, err := w.Evaluation(w.ctx, asMayor, p.ID, AnnualOf(2025))
		w.must(err)
		if _, recorded := v.Latest[in]; recorded || v.Citizens[in].Counts || v.Citizens[in].Value() != "87.75" {
			t.Fatalf("latest %+v, citizens %+v", v.Latest[in], v.Citizens[in])
		}
		c := evidenceCase{part: p, content: v.Plan, citizens: v.Citizens}
		steps := indicatorSteps(c.inputs(Ratings{}, Signer{}, "", ""))
		if len(steps) != 1 || len(steps[0].Parts) != 1 || steps[0].Parts[0].Parts[0].Key != "appraisal.citizen.step.shown" {
			t.Fatalf("steps: %+v", steps)
		}
	})
}

func TestOnlyAClearShareCountsForAPerson(t *testing.T) {
	library, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	book, err := library.At("2026-11-23", "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	rule, err := rulebook.Load[CitizenRule](book)
	if err != nil {
		t.Fatal(err)
	}
	f := figure("r", "2026-07-01", "2026-09-30", "83")
	for name, c := range map[string]struct {
		part Part
		want bool
	}{
		"the whole quarter":     {Part{HeadOf: "dinas", From: "2026-01-01", To: "2026-12-31"}, true},
		"three quarters of it":  {Part{HeadOf: "dinas", From: "2026-07-24", To: "2026-12-31"}, true},
		"a day less":            {Part{HeadOf: "dinas", From: "2026-07-25", To: "2026-12-31"}, false},
		"came afterwards":       {Part{HeadOf: "dinas", From: "2026-10-01", To: "2026-12-31"}, false},
		"heads the unit above":  {Part{HeadOf: "kota", From: "2026-01-01", To: "2026-12-31"}, false},
		"heads nothing":         {Part{From: "2026-01-01", To: "2026-12-31"}, false},
		"left before it closed": {Part{HeadOf: "dinas", From: "2026-01-01", To: "2026-08-10"}, false},
	} {
		if got, because := rule.Weigh(citizenInput(c.part, IndexMeasure, f)); got != c.want || len(because) != 5 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		in := CitizenInput{Figure: f, Leads: true, Days: rapid.IntRange(1, 400).Draw(t, "days")}
		in.Held = rapid.IntRange(0, in.Days-1).Draw(t, "held")
		less, _ := rule.Weigh(in)
		in.Held++
		more, _ := rule.Weigh(in)
		if less && !more {
			t.Fatalf("a day more in the post takes the figure away: %+v", in)
		}
	})
}

func TestWordsOfCitizensReachAPersonOnce(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		parts, err := w.Holders(w.ctx, []string{"dinas", "bidang"})
		w.must(err)
		if len(parts) != 4 || parts[0].Form != LeaderForm {
			t.Fatalf("%d holders", len(parts))
		}
		pass := func(text string) error {
			return w.db.Tx(w.ctx, func(tx *db.Tx) error { return w.PassOn(w.ctx, tx, asOfficer, CitizenWord{"quote:1", p.ID, text}) })
		}
		w.refused(pass(" "), fault.Invalid, "no words")
		w.must(pass("Dilayani dengan sabar."))
		w.refused(pass("Dilayani dengan sabar."), fault.Conflict, "twice")
		v, err := w.Progress(w.ctx, asDewi, p.ID)
		w.must(err)
		if len(v.Feedback) != 1 || v.Feedback[0].Relation != FromCitizen || v.Feedback[0].Author.PersonID != "" {
			t.Errorf("feedback: %+v", v.Feedback)
		}
	})
}

func TestAPromiseBecomesAResultInOneStep(t *testing.T) {
	eachWorld(t, func(w world) {
		promise := Promise{Text: "Perekaman tiga kali sebulan di Penyengat", Assignment: "Forum Konsultasi Publik", Due: "2025-06-30"}
		p := w.part(dewi)
		before := w.agreed(asDewi, asBoss, p)
		part, result, err := w.TakePromise(w.ctx, asDewi, promise)
		w.must(err)
		v, err := w.Plan(w.ctx, asDewi, p.ID)
		w.must(err)
		r, _ := v.Plan.Find(result)
		if part != p.ID || r == nil || r.Kind != Additional || len(r.Indicators) != 1 || len(r.Steps) != 1 || r.Steps[0].Due != "2025-06" || v.Plan.State != Draft || v.InForce.Number != before.Revision {
			t.Fatalf("plan: %+v", v.Plan)
		}
		_, err = w.Act(w.ctx, asDewi, p.ID, v.Plan.Version, SubmitAct, "")
		w.must(err)
		_, _, err = w.TakePromise(w.ctx, asDewi, promise)
		w.refused(err, fault.Conflict, "a plan on the superior's desk")
	})
}
