package participation

import (
	"math/rand/v2"
	"testing"
)

// testQuality is the rule as shipped, without the rulebook around it.
func testQuality(t *testing.T) Quality {
	t.Helper()
	h := newHouse(t, nil)
	q, err := h.Quality(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// people draws honest answers: most respondents have a mood, some tick a single
// column, as in real files.
func people(r *rand.Rand, n int, days []string, stratum Stratum) []Answer {
	var out []Answer
	for range n {
		m := make(Marks, 9)
		mood := 3
		if r.IntN(100) < 25 {
			mood = 4
		}
		straight := r.IntN(100) < 40
		for i := range m {
			m[i] = uint8(mood)
			if !straight && r.IntN(100) < 40 {
				m[i] = uint8(max(1, min(4, mood-1+r.IntN(3))))
			}
		}
		out = append(out, Answer{ID: newAnswerID(), Stratum: stratum, Day: days[r.IntN(len(days))], Marks: m})
	}
	return out
}

func weekdays(n int) []string {
	var out []string
	for d := range n {
		out = append(out, months(2026, 10, 1).from[:8]+string(rune('0'+(d+1)/10))+string(rune('0'+(d+1)%10)))
	}
	return out
}

func TestHonestAnswersAreLeftAlone(t *testing.T) {
	q := testQuality(t)
	r := rand.New(rand.NewPCG(1, 2))
	wrongly, total := 0, 0
	for range 50 {
		list := people(r, 200, weekdays(20), Open)
		total += len(list)
		for _, f := range examine(q, list).Findings {
			wrongly += len(f.Suspects)
		}
	}
	if wrongly*200 > total {
		t.Errorf("%d of %d honest answers are suspect", wrongly, total)
	}
}

func TestABurstIsFound(t *testing.T) {
	q := testQuality(t)
	r := rand.New(rand.NewPCG(3, 4))
	list := people(r, 200, weekdays(20), Open)
	fake := map[string]bool{}
	for range 80 {
		a := Answer{ID: newAnswerID(), Stratum: Open, Day: weekdays(20)[9], Marks: Marks{4, 4, 4, 4, 4, 4, 4, 4, 4}}
		fake[a.ID] = true
		list = append(list, a)
	}
	found, wrong := 0, 0
	for _, f := range examine(q, list).Findings {
		for _, id := range f.Suspects {
			if fake[id] {
				found++
			} else {
				wrong++
			}
		}
	}
	if found < 70 || wrong > 5 {
		t.Errorf("%d of 80 stuffed answers found, %d honest ones suspect", found, wrong)
	}
}

func TestCopiedWordsAreFound(t *testing.T) {
	q := testQuality(t)
	var list []Answer
	for i := range 9 {
		words := "Pelayanan sangat memuaskan sekali, terima kasih"
		if i == 8 {
			words = "Ruang tunggu terlalu panas dan sempit"
		}
		list = append(list, Answer{ID: newAnswerID(), Stratum: Open, Day: "2026-10-0" + string(rune('1'+i)), Marks: Marks{uint8(1 + i%4), 3, 3, 3, 3, 3, 3, 3, 3}, Words: words})
	}
	c := examine(q, list)
	if len(c.Findings) != 1 || c.Findings[0].Kind != HeldCopied || len(c.Findings[0].Suspects) != 7 {
		t.Errorf("%+v", c.Findings)
	}
}

func TestStraightLinesAreCountedNotHeld(t *testing.T) {
	q := testQuality(t)
	var list []Answer
	for i := range 10 {
		m := Marks{3, 3, 3, 3, 3, 3, 3, 3, 3}
		if i < 4 {
			m[2] = 4
		}
		list = append(list, Answer{ID: newAnswerID(), Stratum: Paper, Day: "2026-10-01", Marks: m})
	}
	c := examine(q, list)
	if c.Straight != 0.6 || len(c.Findings) != 1 || c.Findings[0].Suspects != nil {
		t.Errorf("%+v", c)
	}
}

func TestAFindingIsHeldAndReleased(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		for i := range 12 {
			m := Marks{3, 3, 4, 3, 3, 3, 3, 3, uint8(1 + i%4)}
			a := Answer{Stratum: Paper, Marks: m, Words: "Pelayanan sangat memuaskan sekali"}
			if err := h.Submit(t.Context(), Submission{Wave: w, Answer: a}); err != nil {
				t.Fatal(err)
			}
		}
		c, err := h.Check(t.Context(), officer, w.ID)
		if err != nil || len(c.Findings) != 1 {
			t.Fatalf("%+v %v", c, err)
		}
		if err := h.HoldFound(t.Context(), officer, w.ID, 0, "kata yang sama"); err != nil {
			t.Fatal(err)
		}
		if c, err = h.Check(t.Context(), officer, w.ID); err != nil || c.Held[HeldCopied] != 11 || len(c.Findings) != 0 {
			t.Fatalf("%+v %v", c, err)
		}
		if err := h.HoldFound(t.Context(), officer, w.ID, 0, "lagi"); err != nil {
			t.Fatalf("holding what is gone: %v", err)
		}
		if err := h.ReleaseAll(t.Context(), officer, w.ID, HeldCopied, "ternyata wajar"); err != nil {
			t.Fatal(err)
		}
		if c, err = h.Check(t.Context(), officer, w.ID); err != nil || len(c.Held) != 0 {
			t.Fatalf("%+v %v", c, err)
		}
	})
}
