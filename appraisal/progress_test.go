package appraisal

import (
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/file"
	"github.com/gurindam/gurindam/internal/repotest"
)

func TestProgressCarriesItsEvidence(t *testing.T) {
	repotest.EachDB(t, append(testMigrations(), file.Migrations()), func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, 2025)
		w.files = file.New(d, t.TempDir(), w.now)
		p := w.part(dewi)
		plan := w.agreed(asDewi, asBoss, p)
		in := plan.Results[0].Indicators[0].ID
		w.on("2025-03-10")
		entry := func() Progress {
			return Progress{PartID: p.ID, IndicatorID: in, Month: "2025-02", Value: "300", Note: "Dua bulan pertama"}
		}
		_, err := w.Attach(w.ctx, asAndi, p.ID, "rekap.txt", strings.NewReader("Rekap"))
		w.refused(err, fault.Forbidden, "a colleague attaches")
		f, err := w.Attach(w.ctx, asDewi, p.ID, "rekap.txt", strings.NewReader("Rekap pembersihan data Februari"))
		w.must(err)
		e := entry()
		e.Evidence = []Evidence{f, {Label: "SIAK", URL: "https://siak.example.go.id/rekap"}}
		e, err = w.SaveProgress(w.ctx, asDewi, e)
		w.must(err)
		v, err := w.Progress(w.ctx, asBoss, p.ID)
		w.must(err)
		if len(v.Entries) != 1 || len(v.Entries[0].Evidence) != 2 || v.Entries[0].Evidence[0].Type != "text/plain" || v.Reached[in].Percent != 13 || v.Reached[in].Met || v.Write {
			t.Fatalf("progress: %+v", v)
		}
		got, err := w.EvidenceFile(w.ctx, asBoss, f.File)
		w.must(err)
		if got.Name != "rekap.txt" {
			t.Fatalf("file: %+v", got)
		}
		_, err = w.EvidenceFile(w.ctx, asAndi, f.File)
		w.refused(err, fault.Forbidden, "a colleague downloads")
		_, err = w.EvidenceFile(w.ctx, asBoss, "none")
		w.refused(err, fault.NotFound, "a file that is none")

		// Andi names Dewi's file in his own progress: it stays hers.
		q := w.part(andi)
		own := w.agreed(asAndi, asBoss, q)
		_, err = w.SaveProgress(w.ctx, asAndi, Progress{PartID: q.ID, IndicatorID: own.Results[0].Indicators[0].ID, Month: "2025-02", Value: "1", Evidence: []Evidence{{File: f.File}}})
		w.refused(err, fault.Invalid, "somebody else's file")

		e.Value = "350"
		e, err = w.SaveProgress(w.ctx, asDewi, e)
		w.must(err)
		stale := e
		stale.Version = 1
		_, err = w.SaveProgress(w.ctx, asDewi, stale)
		w.refused(err, fault.Conflict, "an old version")
		w.refused(w.RemoveProgress(w.ctx, asDewi, p.ID, e.ID, 1), fault.Conflict, "removed from an old page")
		w.must(w.RemoveProgress(w.ctx, asDewi, p.ID, e.ID, e.Version))
		left, err := db.One(w.ctx, w.db, `SELECT count(*) FROM appraisal_evidence`, db.Value[int])
		w.must(err)
		if left != 0 {
			t.Fatalf("%d pieces of evidence left", left)
		}
	})
}

func TestProgressRefusesWhatItCannotKeep(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		plan := w.agreed(asDewi, asBoss, p)
		in := plan.Results[0].Indicators[0].ID
		w.on("2025-03-10")
		for name, e := range map[string]Progress{
			"nothing said":          {IndicatorID: in, Month: "2025-02"},
			"no month":              {IndicatorID: in, Value: "1"},
			"a month to come":       {IndicatorID: in, Month: "2025-04", Value: "1"},
			"a month that is none":  {IndicatorID: in, Month: "2025-13", Value: "1"},
			"no number":             {IndicatorID: in, Month: "2025-02", Value: "1,5"},
			"an unknown indicator":  {IndicatorID: "x", Month: "2025-02", Value: "1"},
			"indicator and step":    {IndicatorID: in, StepID: "s", Month: "2025-02", Value: "1"},
			"a link that runs":      {IndicatorID: in, Month: "2025-02", Evidence: []Evidence{{URL: "javascript:alert(1)"}}},
			"a link with a key":     {IndicatorID: in, Month: "2025-02", Evidence: []Evidence{{URL: "https://a:b@example.org/"}}},
			"neither link nor file": {IndicatorID: in, Month: "2025-02", Evidence: []Evidence{{Label: "x"}}},
		} {
			e.PartID = p.ID
			_, err := w.SaveProgress(w.ctx, asDewi, e)
			w.refused(err, fault.Invalid, name)
		}
		_, err := w.SaveProgress(w.ctx, asBoss, Progress{PartID: p.ID, IndicatorID: in, Month: "2025-02", Value: "1"})
		w.refused(err, fault.Forbidden, "written by the superior")
		_, err = w.SaveProgress(w.ctx, asDewi, Progress{ID: "none", Version: 1, PartID: p.ID, IndicatorID: in, Month: "2025-02", Value: "1"})
		w.refused(err, fault.NotFound, "an entry that is none")
	})
}

func TestAResultWithProgressCannotBeRemoved(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		plan := w.agreed(asDewi, asBoss, p)
		r := plan.Results[0]
		w.on("2025-03-10")
		_, err := w.SaveProgress(w.ctx, asDewi, Progress{PartID: p.ID, IndicatorID: r.Indicators[0].ID, Month: "2025-02", Value: "1"})
		w.must(err)
		plan, err = w.Act(w.ctx, asDewi, p.ID, plan.Version, ReviseAct, "")
		w.must(err)
		_, err = w.RemoveResult(w.ctx, asDewi, p.ID, plan.Version, r.ID)
		w.refused(err, fault.Conflict, "the result")
		_, err = w.RemoveIndicator(w.ctx, asDewi, p.ID, plan.Version, r.ID, r.Indicators[0].ID)
		w.refused(err, fault.Conflict, "the indicator")
	})
}

func TestFeedbackIsGivenAskedAnsweredAndRead(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		plan := w.agreed(asDewi, asBoss, p)
		given := func(by string, err error, rel Relation, f Feedback) {
			t.Helper()
			w.must(err)
			if f.Relation != rel {
				t.Errorf("%s stands as %s, want %s", by, f.Relation, rel)
			}
		}
		f, err := w.GiveFeedback(w.ctx, asBoss, Feedback{PartID: p.ID, About: AboutResult, Ref: plan.Results[0].ID, Text: "Cara kerja ini dipakai tiga rekan."})
		given("boss", err, FromSuperior, f)
		f, err = w.GiveFeedback(w.ctx, asAndi, Feedback{PartID: p.ID, About: AboutValue, Ref: "kolaboratif", Text: "Sabar menjelaskan."})
		given("andi", err, FromPeer, f)
		f, err = w.GiveFeedback(w.ctx, asDewi, Feedback{PartID: w.part(boss).ID, About: AboutGeneral, Text: "Rapat singkat dan jelas."})
		given("dewi", err, FromSubordinate, f)
		_, err = w.GiveFeedback(w.ctx, asDewi, Feedback{PartID: p.ID, About: AboutGeneral, Text: "Saya hebat."})
		w.refused(err, fault.Forbidden, "about oneself")
		_, err = w.GiveFeedback(w.ctx, asAndi, Feedback{PartID: p.ID, About: AboutValue, Ref: "rajin", Text: "x"})
		w.refused(err, fault.Invalid, "about a value that is none")
		_, err = w.GiveFeedback(w.ctx, asAdmin, Feedback{PartID: p.ID, About: AboutGeneral, Text: "x"})
		w.refused(err, fault.Forbidden, "by an account that is nobody")

		_, err = w.AskFeedback(w.ctx, asAndi, Feedback{PartID: p.ID, About: AboutGeneral, Question: "Bagaimana?", AskedOf: boss.PersonID})
		w.refused(err, fault.Forbidden, "asked about somebody else")
		asked, err := w.AskFeedback(w.ctx, asDewi, Feedback{PartID: p.ID, About: AboutGeneral, Question: "Apa yang bisa lebih baik?", AskedOf: andi.PersonID})
		w.must(err)
		open, err := w.AskedOfMe(w.ctx, asAndi)
		w.must(err)
		if len(open) != 1 || open[0].Part.Who.Name != dewi.Name || open[0].Question != asked.Question {
			t.Fatalf("asked: %+v", open)
		}
		_, err = w.GiveFeedback(w.ctx, asHead, Feedback{ID: asked.ID, PartID: p.ID, About: AboutGeneral, Text: "Saya saja."})
		w.refused(err, fault.NotFound, "answered by another")
		_, err = w.GiveFeedback(w.ctx, asAndi, Feedback{ID: asked.ID, PartID: p.ID, About: AboutGeneral, Text: "Catat lebih rutin."})
		w.must(err)
		_, err = w.GiveFeedback(w.ctx, asAndi, Feedback{ID: asked.ID, PartID: p.ID, About: AboutGeneral, Text: "Lagi."})
		w.refused(err, fault.Conflict, "answered twice")

		v, err := w.Progress(w.ctx, asDewi, p.ID)
		w.must(err)
		if len(v.Feedback) != 3 || !v.Feedback[0].ReadAt.IsZero() {
			t.Fatalf("feedback: %+v", v.Feedback)
		}
		n, err := w.ReadFeedback(w.ctx, asDewi, p.ID)
		w.must(err)
		again, err := w.ReadFeedback(w.ctx, asDewi, p.ID)
		w.must(err)
		if n != 3 || again != 0 {
			t.Fatalf("read %d, then %d", n, again)
		}
		target, err := w.FeedbackTarget(w.ctx, asAndi, dewi.PersonID)
		w.must(err)
		if target.PartID != p.ID || len(target.Results) != 0 || len(target.Values) != 7 {
			t.Fatalf("a colleague sees %+v", target)
		}
	})
}
