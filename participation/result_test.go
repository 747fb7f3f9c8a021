package participation

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// load stores n answers whose marks turn through the given ones.
func (h *house) load(t testing.TB, w Wave, stratum Stratum, n int, marks ...string) {
	t.Helper()
	for i := range n {
		h.say(t, w, stratum, marks[i%len(marks)])
	}
}

func (h *house) closed(t testing.TB, w Wave) (Service, Wave) {
	t.Helper()
	if err := h.CloseWave(t.Context(), officer, w.ID); err != nil {
		t.Fatal(err)
	}
	s, w, err := h.Wave(t.Context(), w.ID)
	if err != nil {
		t.Fatal(err)
	}
	return s, w
}

func TestAPublishedIndexCanBeComputedAgainFromTheSafeAnswers(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		h.load(t, w, Paper, 101, "434343434", "333333333", "443434.43", "221134321", "444444444")
		_, err := h.Publish(t.Context(), officer, w.ID, "")
		wantKind(t, "publishing a running wave", err, fault.Conflict)
		_, w = h.closed(t, w)
		_, err = h.Publish(t.Context(), stranger, w.ID, "")
		wantKind(t, "another unit's officer", err, fault.Forbidden)
		p, err := h.Publish(t.Context(), officer, w.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		safe, err := h.SafeAnswers(t.Context(), w)
		if err != nil || len(safe) != 101 {
			t.Fatalf("%d safe answers, %v", len(safe), err)
		}
		if got := recompute(t, h, safe, w.Elements); got != p.Result.Index+" "+p.Result.Grade {
			t.Errorf("published %s %s, computed again %s", p.Result.Index, p.Result.Grade, got)
		}
		if p.Result.Lo >= p.Result.Index || p.Result.Hi <= p.Result.Index || p.Result.Thin {
			t.Errorf("interval %s to %s around %s", p.Result.Lo, p.Result.Hi, p.Result.Index)
		}
		back, err := h.PublishedOf(t.Context(), w.ID)
		if err != nil || back.Result.Index != p.Result.Index || len(back.Result.Elements) != 9 || len(back.Result.Because) == 0 {
			t.Fatalf("%+v %v", back, err)
		}
		hashStands(t, h, p)
	})
}

// recompute does what `gurindam skm` does with the safe answers.
func recompute(t *testing.T, h *house, safe []Marks, elements []string) string {
	t.Helper()
	rows := make([][]any, len(safe))
	for i, m := range safe {
		for _, v := range m {
			if v == 0 {
				rows[i] = append(rows[i], nil)
			} else {
				rows[i] = append(rows[i], int(v))
			}
		}
	}
	in, err := json.Marshal(map[string]any{"answers": rows, "elements": elements})
	if err != nil {
		t.Fatal(err)
	}
	rule, err := rulebook.Named(Rules(), "skm")
	if err != nil {
		t.Fatal(err)
	}
	book, err := h.books.At(t.Context(), h.day)
	if err != nil {
		t.Fatal(err)
	}
	out, err := rule.Eval(book, "", in)
	if err != nil {
		t.Fatal(err)
	}
	r := out.Value.(SKMResult)
	return r.Index.String() + " " + r.Grade
}

// hashStands compares the hash in the ledger with the stored body.
func hashStands(t *testing.T, h *house, p Published) {
	t.Helper()
	body, err := db.One(t.Context(), h.db, `SELECT body FROM survey_result WHERE id = $1`, db.Value[[]byte], p.ID)
	if err != nil {
		t.Fatal(err)
	}
	payload, err := db.One(t.Context(), h.db, `SELECT payload FROM ledger_entry WHERE kind = 'participation.published' ORDER BY id DESC`, db.Value[[]byte])
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(body)
	if !strings.Contains(string(payload), hex.EncodeToString(sum[:])) {
		t.Errorf("the ledger has %s, not the hash of the result", payload)
	}
}

func TestTooFewAnswersAreNoIndex(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		h.load(t, w, Paper, 9, "444444444")
		s, w := h.closed(t, w)
		p, err := h.Publish(t.Context(), officer, w.ID, "")
		if err != nil || p.Result.Index != "" || p.Result.Answers != 9 || !p.Result.Thin || len(p.Result.Elements) != 0 {
			t.Fatalf("%+v %v", p.Result, err)
		}
		_, err = h.SafeAnswers(t.Context(), w)
		wantKind(t, "nine raw answers", err, fault.NotFound)
		list, err := h.Listed(t.Context())
		if err != nil || len(list) != 1 || list[0].Answers != 9 || list[0].Index != "" || list[0].Code != s.Code {
			t.Fatalf("%+v %v", list, err)
		}
	})
}

func TestTwentyTwoAnswersAreCalledThin(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, w := h.ktp(t)
		h.load(t, w, Paper, 22, "434343434", "333434443", "444443434")
		r, err := h.Result(t.Context(), s, w)
		if err != nil || !r.Thin || r.Index == "" {
			t.Fatalf("%+v %v", r, err)
		}
		minimum, err := h.Minimum(t.Context())
		if err != nil || minimum.Counts(r.Answers, 1) {
			t.Errorf("22 answers count in an appraisal, %v", err)
		}
	})
}

func TestHeldAnswersAreShownBesideAndCanComeBack(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, w := h.ktp(t)
		h.load(t, w, Paper, 40, "333333333")
		h.load(t, w, Paper, 20, "444444444")
		before, err := h.Result(t.Context(), s, w)
		if err != nil {
			t.Fatal(err)
		}
		list, err := answers(t.Context(), h.db, w.ID)
		if err != nil {
			t.Fatal(err)
		}
		var fours []string
		for _, a := range list {
			if a.Marks.String() == "444444444" {
				fours = append(fours, a.ID)
			}
		}
		wantKind(t, "another unit", h.Hold(t.Context(), stranger, w.ID, fours, HeldManual, "x"), fault.Forbidden)
		wantKind(t, "without saying why", h.Hold(t.Context(), officer, w.ID, fours, HeldManual, ""), fault.Invalid)
		if err := h.Hold(t.Context(), officer, w.ID, fours, HeldManual, "ditulis satu tangan"); err != nil {
			t.Fatal(err)
		}
		aside, err := h.Result(t.Context(), s, w)
		if err != nil || aside.Index != "75.00" || aside.Held != 20 || aside.WithHeld == nil || aside.WithHeld.Index != before.Index {
			t.Fatalf("%+v %v; before %s", aside, err, before.Index)
		}
		if err := h.Hold(t.Context(), officer, w.ID, fours, HeldNone, "ternyata benar"); err != nil {
			t.Fatal(err)
		}
		after, err := h.Result(t.Context(), s, w)
		if err != nil || after.Index != before.Index || after.Lo != before.Lo || after.Held != 0 || after.Answers != 60 {
			t.Fatalf("%+v %v", after, err)
		}
	})
}

func TestStrataAreNeverMixedSilently(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, _ := h.ktp(t)
		w := h.quarter(s)
		w.OpensOn, w.EndsOn, w.Basis = "2027-01-01", "2027-03-31", Basis{Visit, Paper}
		w, err := h.OpenWave(t.Context(), officer, w)
		if err != nil {
			t.Fatal(err)
		}
		h.day = "2027-01-15"
		h.load(t, w, Paper, 30, "333333333")
		h.load(t, w, Open, 30, "444444444")
		h.load(t, w, Assisted, 3, "111111111")
		r, err := h.Result(t.Context(), s, w)
		if err != nil || r.Index != "75.00" || r.Answers != 30 || r.Outside != 33 {
			t.Fatalf("%+v %v", r, err)
		}
		said := map[Stratum]string{}
		for _, f := range r.Strata {
			said[f.Stratum] = fmt.Sprint(f.Answers, " ", f.Index)
		}
		if said[Assisted] != "3 " || said[Open] == "30 100.00" && said[Paper] == "30 75.00" {
			t.Errorf("three assisted answers can be worked out: %v", said)
		}
	})
}

func TestWeightsFollowKnownVisitors(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		tell := func(n int, sex, marks string) {
			for range n {
				m, _ := ParseMarks(marks)
				a := Answer{Stratum: Paper, Marks: m, Profile: Profile{Sex: sex}}
				if err := h.Submit(t.Context(), Submission{Wave: w, Answer: a}); err != nil {
					t.Fatal(err)
				}
			}
		}
		tell(45, "f", "444444444")
		tell(45, "f", "444444443")
		tell(10, "m", "222222222")
		if err := h.SetMargin(t.Context(), officer, w.ID, "sex", map[string]int{"f": 500, "m": 500}); err != nil {
			t.Fatal(err)
		}
		_, w = h.closed(t, w)
		p, err := h.Publish(t.Context(), officer, w.ID, "")
		if err != nil || p.Result.Weighted == nil {
			t.Fatalf("%+v %v", p.Result, err)
		}
		if p.Result.Index != "93.75" || p.Result.Weighted.Index != "74.31" || p.Result.Weighted.Effective > 50 {
			t.Errorf("plain %s, weighted %+v", p.Result.Index, p.Result.Weighted)
		}
	})
}

func TestOwnWeightsMakeTheIndex(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, _ := h.ktp(t)
		w := h.quarter(s)
		w.OpensOn, w.EndsOn, w.Elements, w.Weights = "2027-01-01", "2027-03-31", []string{"time", "cost"}, []string{"0.75", "0.25"}
		w, err := h.OpenWave(t.Context(), officer, w)
		if err != nil {
			t.Fatal(err)
		}
		h.day = "2027-02-01"
		h.load(t, w, Paper, 20, "24")
		r, err := h.Result(t.Context(), s, w)
		if err != nil || r.Index != "62.50" || r.Grade != "D" || len(r.Printed) != 0 {
			t.Fatalf("%+v %v", r, err)
		}
	})
}

func TestARevisionSupersedesAndSaysWhy(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, w := h.ktp(t)
		h.load(t, w, Paper, 30, "333333333", "444444444")
		_, w = h.closed(t, w)
		first, err := h.Publish(t.Context(), officer, w.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.Publish(t.Context(), officer, w.ID, "")
		wantKind(t, "a revision without a reason", err, fault.Invalid)
		second, err := h.Publish(t.Context(), officer, w.ID, "pembobotan diperbaiki")
		if err != nil {
			t.Fatal(err)
		}
		history, err := h.History(t.Context(), s.ID)
		if err != nil || len(history) != 1 || history[0].ID != second.ID || history[0].ID == first.ID {
			t.Fatalf("%+v %v", history, err)
		}
	})
}
