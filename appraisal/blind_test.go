package appraisal

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
)

func TestTheTwoWriteBlindUntilBothHaveSent(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		plan := w.agreed(asDewi, asBoss, p)
		in := plan.Results[0].Indicators[0].ID
		w.on("2026-01-05")
		secret := Words{Indicators: map[string]Say{in: {Text: "Rahasia sampai dikirim.", Value: "2000.75"}}}
		w.must(w.SaveSelf(w.ctx, asDewi, p.ID, year2025, 0, secret, true))
		v, err := w.Evaluation(w.ctx, asBoss, p.ID, year2025)
		w.must(err)
		if !v.Blind || len(v.Evaluation.Self.Words.Indicators) != 0 || !v.Evaluation.Self.Sent() {
			t.Fatalf("the superior sees %+v", v.Evaluation.Self)
		}
		w.must(w.SaveSuperior(w.ctx, asBoss, p.ID, year2025, 0, Words{Indicators: map[string]Say{in: {Text: "Baik."}}}, good(), false))
		_, err = w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationGood})
		w.must(err)
		v, err = w.Evaluation(w.ctx, asBoss, p.ID, year2025)
		w.must(err)
		if shown, err := json.Marshal(v); err != nil || v.Explained == nil || bytes.Contains(shown, []byte("2000.75")) {
			t.Fatalf("the preview of the result tells what the person wrote: %v %s", err, shown)
		}
		v, err = w.Evaluation(w.ctx, asDewi, p.ID, year2025)
		w.must(err)
		if len(v.Evaluation.Superior.Words.Indicators) != 0 || v.Evaluation.Ratings != (Ratings{}) || v.Explained != nil || !v.WriteSelf {
			t.Fatalf("the person sees a draft: %+v", v.Evaluation)
		}
		w.must(w.SaveSuperior(w.ctx, asBoss, p.ID, year2025, 1, Words{Indicators: map[string]Say{in: {Text: "Baik."}}}, good(), true))
		v, err = w.Evaluation(w.ctx, asDewi, p.ID, year2025)
		w.must(err)
		if v.Blind || v.Evaluation.Superior.Words.Indicators[in].Text != "Baik." || v.Evaluation.Ratings != (Ratings{}) {
			t.Fatalf("released words, no ratings: %+v", v.Evaluation)
		}
		err = w.SaveSelf(w.ctx, asDewi, p.ID, year2025, 1, secret, true)
		w.refused(err, fault.Conflict, "changed after the release")
		v, err = w.Evaluation(w.ctx, asHR, p.ID, year2025)
		w.must(err)
		if v.Evaluation.Ratings != (Ratings{}) || v.WriteRatings {
			t.Fatalf("HR sees ratings before the decision: %+v", v.Evaluation.Ratings)
		}
	})
}

// A draft that was never sent stays the person's own, also once the days are
// over and the predicate is set without it.
func TestADraftThatWasNotSentIsNobodyElses(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		plan := w.agreed(asDewi, asBoss, p)
		in := plan.Results[0].Indicators[0].ID
		w.on("2026-01-05")
		w.must(w.SaveSelf(w.ctx, asDewi, p.ID, year2025, 0, Words{Indicators: map[string]Say{in: {Text: "Masih kasar.", Value: "1987"}}}, false))
		w.must(w.SaveSuperior(w.ctx, asBoss, p.ID, year2025, 0, Words{}, good(), true))
		_, err := w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: year2025, Predicate: OrganisationGood})
		w.must(err)
		w.on("2026-01-12") // the day for the own words is over
		_, err = w.Decide(w.ctx, asBoss, p.ID, year2025, w.version(p))
		w.must(err)
		for _, who := range []account.Actor{asBoss, asHead, asHR} {
			v, err := w.Evaluation(w.ctx, who, p.ID, year2025)
			w.must(err)
			if shown, err := json.Marshal(v); err != nil || bytes.Contains(shown, []byte("1987")) || bytes.Contains(shown, []byte("kasar")) {
				t.Errorf("%s reads the draft: %v", who.Name, err)
			}
		}
		raw, err := w.EvaluationPDF(w.ctx, asBoss, p.ID, year2025)
		w.must(err)
		if text := pdfText(t, raw, "draf.pdf"); strings.Contains(text, "1.987") || strings.Contains(text, "kasar") {
			t.Error("the printed form tells the draft")
		}
	})
}
