package participation

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

func wantKind(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s gives %v, want %v", what, err, kind)
	}
}

func TestAServiceIsManagedByItsUnitOnly(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, _ := h.ktp(t)
		s.Name = "Kartu Tanda Penduduk"
		changed, err := h.SaveService(t.Context(), officer, s)
		if err != nil || changed.Version != 2 {
			t.Fatalf("%+v %v", changed, err)
		}
		_, err = h.SaveService(t.Context(), officer, s)
		wantKind(t, "a change of an older version", err, fault.Conflict)
		_, err = h.SaveService(t.Context(), stranger, changed)
		wantKind(t, "another unit's officer", err, fault.Forbidden)
		stolen := changed
		stolen.UnitID = "rsud"
		_, err = h.SaveService(t.Context(), stranger, stolen)
		wantKind(t, "moving another unit's service to one's own", err, fault.Forbidden)
		_, err = h.SaveService(t.Context(), account.Actor{}, changed)
		wantKind(t, "the public", err, fault.Unauthenticated)
		_, err = h.SaveService(t.Context(), auditor, changed)
		wantKind(t, "the auditor", err, fault.Forbidden)
		_, err = h.SaveService(t.Context(), officer, Service{Code: "KTP-EL", UnitID: "disduk", Name: "x"})
		wantKind(t, "a code that is taken", err, fault.Invalid)
		_, err = h.SaveService(t.Context(), officer, Service{Code: "ktp el/../", UnitID: "disduk", Name: strings.Repeat("x", 500)})
		wantKind(t, "a code that is none", err, fault.Invalid)
		list, err := h.Services(t.Context())
		if err != nil || len(list) != 1 || list[0].Unit != "Dinas Kependudukan dan Pencatatan Sipil" {
			t.Fatalf("%+v %v", list, err)
		}
	})
}

func TestAWaveIsPlannedOnce(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, w := h.ktp(t)
		if w.Target != 343 {
			t.Errorf("target for 3,180 users is %d", w.Target)
		}
		_, err := h.OpenWave(t.Context(), officer, h.quarter(s))
		wantKind(t, "a wave over another", err, fault.Invalid)
		for name, spoil := range map[string]func(*Wave){
			"ends before it opens": func(w *Wave) { w.EndsOn = "2026-01-01" },
			"no date":              func(w *Wave) { w.OpensOn = "soon" },
			"no basis":             func(w *Wave) { w.Basis = nil },
			"an element twice":     func(w *Wave) { w.Elements = []string{"time", "time"} },
			"no elements":          func(w *Wave) { w.Elements = nil },
			"unknown element":      func(w *Wave) { w.Elements = []string{"smell"} },
			"weights above one":    func(w *Wave) { w.Elements = []string{"time", "cost"}; w.Weights = []string{"0.5", "0.6"} },
			"weights of words":     func(w *Wave) { w.Elements = []string{"time", "cost"}; w.Weights = []string{"half", "half"} },
			"one weight missing":   func(w *Wave) { w.Elements = []string{"time", "cost"}; w.Weights = []string{"1"} },
		} {
			bad := h.quarter(s)
			bad.OpensOn, bad.EndsOn = "2027-01-01", "2027-03-31"
			spoil(&bad)
			_, err := h.OpenWave(t.Context(), officer, bad)
			wantKind(t, name, err, fault.Invalid)
		}
		_, err = h.OpenWave(t.Context(), stranger, h.quarter(s))
		wantKind(t, "another unit's officer", err, fault.Forbidden)
		if kinds := ledgerKinds(t, h); !slices.Equal(kinds, []string{"participation.service_added", "participation.wave_opened"}) {
			t.Errorf("the ledger holds %v", kinds)
		}
	})
}

func TestOwnElementsHaveOwnWeights(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, _ := h.ktp(t)
		e := Element{
			Key: "queue", Name: "Antrean", NameEN: "Queue", Question: "Bagaimana antreannya?", QuestionEN: "How was the queue?",
			Answers: [4]string{"Buruk", "Cukup", "Baik", "Sangat baik"}, AnswersEN: [4]string{"Bad", "Fair", "Good", "Very good"},
		}
		hr := account.Actor{ID: "hr", Grants: []account.Grant{{Role: account.HR}}}
		wantKind(t, "a unit's officer adding for all", h.AddElement(t.Context(), officer, e), fault.Forbidden)
		if err := h.AddElement(t.Context(), hr, e); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "the same again", h.AddElement(t.Context(), hr, e), fault.Invalid)
		e.Key = "time"
		wantKind(t, "one of the nine", h.AddElement(t.Context(), hr, e), fault.Invalid)
		w := h.quarter(s)
		w.OpensOn, w.EndsOn, w.Elements, w.Weights = "2027-01-01", "2027-03-31", []string{"time", "queue"}, []string{"0.4", "0.6"}
		w, err := h.OpenWave(t.Context(), officer, w)
		if err != nil {
			t.Fatal(err)
		}
		_, back, err := h.Wave(t.Context(), w.ID)
		if err != nil || !slices.Equal(back.Weights, w.Weights) || !slices.Equal(back.Elements, w.Elements) {
			t.Fatalf("%+v %v", back, err)
		}
		all, err := h.Elements(t.Context())
		if err != nil || all["queue"].Answers[3] != "Sangat baik" {
			t.Fatalf("%+v %v", all, err)
		}
	})
}

func TestAnAnswerIsCountedAsItIsStored(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		f, err := h.Form(t.Context(), "ktp-el")
		if err != nil || f.Wave.ID != w.ID {
			t.Fatalf("%+v %v", f, err)
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 10 {
					m, _ := ParseMarks("43434.443")
					if err := h.Submit(t.Context(), Submission{Wave: w, Answer: Answer{Stratum: Open, Marks: m}}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		_, w, err = h.Wave(t.Context(), w.ID)
		if err != nil || w.Answers != 80 {
			t.Fatalf("%d answers counted, %v", w.Answers, err)
		}
		rows, err := tallies(t.Context(), h.db, w.ID)
		if err != nil || len(rows) != 1 || rows[0].moments.Respondents() != 80 || rows[0].moments.Count(5) != 0 || rows[0].moments.Sum(0) != 320 {
			t.Fatalf("%+v %v", rows, err)
		}
		list, err := answers(t.Context(), h.db, w.ID)
		if err != nil || len(list) != 80 || list[0].Day != h.day || len(list[0].ID) != 32 {
			t.Fatalf("%d stored, %v", len(list), err)
		}
	})
}

func TestAnswersThatCannotBe(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		submit := func(a Answer) error { return h.Submit(t.Context(), Submission{Wave: w, Answer: a}) }
		wantKind(t, "eight marks", submit(Answer{Stratum: Open, Marks: Marks{1, 2, 3, 4, 1, 2, 3, 4}}), fault.Invalid)
		wantKind(t, "no marks", submit(Answer{Stratum: Open, Marks: make(Marks, 9)}), fault.Invalid)
		wantKind(t, "a novel", submit(Answer{Stratum: Open, Marks: Marks{1, 1, 1, 1, 1, 1, 1, 1, 1}, Words: strings.Repeat("a", 1001)}), fault.Invalid)
		values := map[string]string{"requirements": "0", "procedure": "5", "time": "four", "cost": "4 OR 1=1", "product": "-1"}
		_, err := ReadMarks(Nine(), func(k string) string { return values[k] }, false)
		wantKind(t, "wrong values", err, fault.Invalid)
		if f := err.(*fault.Error); len(f.Fields) != 9 {
			t.Errorf("%d mistakes are named, want 9", len(f.Fields))
		}
		_, err = h.Form(t.Context(), "no-such")
		wantKind(t, "an unknown code", err, fault.NotFound)
		if _, w, err = h.Wave(t.Context(), w.ID); err != nil || w.Answers != 0 {
			t.Errorf("%d answers after all that, %v", w.Answers, err)
		}
	})
}

func TestATokenMakesAnAnswerVisitBound(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		codes, err := h.IssueCodes(t.Context(), officer, w.ID, 3)
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.IssueCodes(t.Context(), stranger, w.ID, 3)
		wantKind(t, "another unit's officer", err, fault.Forbidden)
		give := func(code string) error {
			return h.Submit(t.Context(), Submission{Wave: w, Answer: Answer{Stratum: Open, Marks: Marks{4, 4, 4, 4, 4, 4, 4, 4, 4}}, Token: code})
		}
		if err := give(string(codes[0])); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "a replay", give(string(codes[0])), fault.Conflict)
		wantKind(t, "a mistyped code", give("AAAA-AAAA-AAAB"), fault.Invalid)
		wantKind(t, "a wrong answer", h.Submit(t.Context(), Submission{Wave: w, Answer: Answer{Marks: Marks{4}}, Token: string(codes[1])}), fault.Invalid)
		if err := give(string(codes[1])); err != nil {
			t.Errorf("a wrong answer used up its code: %v", err)
		}
		if err := h.SetVisits(t.Context(), officer, w.ID, h.day, 12); err != nil {
			t.Fatal(err)
		}
		_, w, err = h.Wave(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		turn, err := h.Turnout(t.Context(), w)
		if err != nil || turn.Issued != 3 || turn.Used != 2 || turn.VisitAnswers != 2 || turn.Visits != 12 || len(turn.Fingerprint) != 32 {
			t.Fatalf("%+v %v", turn, err)
		}
	})
}

func TestAClosedWaveTakesNothingAndIsSealed(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		for range 30 {
			h.say(t, w, Open, "434343434")
			h.say(t, w, Paper, "333333333")
		}
		wantKind(t, "another unit closing it", h.CloseWave(t.Context(), stranger, w.ID), fault.Forbidden)
		if err := h.CloseWave(t.Context(), officer, w.ID); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "closing twice", h.CloseWave(t.Context(), officer, w.ID), fault.Conflict)
		m, _ := ParseMarks("444444444")
		wantKind(t, "an answer afterwards", h.Submit(t.Context(), Submission{Wave: w, Answer: Answer{Stratum: Open, Marks: m}}), fault.Conflict)
		_, err := h.Form(t.Context(), "ktp-el")
		wantKind(t, "the form afterwards", err, fault.Conflict)
		_, w, err = h.Wave(t.Context(), w.ID)
		if err != nil || len(w.Seal) != 64 || w.Answers != 60 {
			t.Fatalf("%+v %v", w, err)
		}
		if holds, err := h.SealHolds(t.Context(), w); err != nil || !holds {
			t.Fatalf("the seal of untouched answers is broken, %v", err)
		}
		err = h.db.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `UPDATE survey_answer SET marks = $1 WHERE id = (SELECT min(id) FROM survey_answer)`, "444444444")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if holds, err := h.SealHolds(t.Context(), w); err != nil || holds {
			t.Fatalf("a changed answer is not noticed, %v", err)
		}
	})
}

func TestTheNightTurnsWaves(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, _ := h.ktp(t)
		w := h.quarter(s)
		w.OpensOn, w.EndsOn, w.Repeat = "2027-01-01", "2027-03-31", 3
		w, err := h.OpenWave(t.Context(), officer, w)
		if err != nil {
			t.Fatal(err)
		}
		h.day = "2027-04-01"
		if err := h.Night(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := h.Night(t.Context()); err != nil {
			t.Fatalf("a second night: %v", err)
		}
		waves, err := h.Waves(t.Context(), s.ID)
		if err != nil || len(waves) != 3 {
			t.Fatalf("%+v %v", waves, err)
		}
		next := waves[0]
		if next.OpensOn != "2027-04-01" || next.EndsOn != "2027-06-30" || next.Name != "Triwulan II 2027" || next.StateOn(h.day) != Running {
			t.Errorf("next is %+v", next)
		}
		if waves[1].ClosedOn == "" || waves[2].ClosedOn == "" {
			t.Error("ended waves are still open")
		}
		f, err := h.Form(t.Context(), "ktp-el")
		if err != nil || f.Wave.ID != next.ID {
			t.Errorf("the form is of %+v, %v", f.Wave, err)
		}
	})
}

func TestPeriodNames(t *testing.T) {
	for _, c := range [][3]string{
		{"2026-10-01", "2026-12-31", "Triwulan IV 2026"},
		{"2026-07-01", "2026-12-31", "Semester II 2026"},
		{"2026-01-01", "2026-12-31", "2026"},
		{"2026-02-01", "2026-04-30", "2026-02 – 2026-04"},
		{"2026-10-05", "2026-12-31", "2026-10 – 2026-12"},
	} {
		if got := PeriodName(c[0], c[1]); got != c[2] {
			t.Errorf("%s to %s is %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
