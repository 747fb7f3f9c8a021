package participation

import (
	"strings"
	"sync"
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
)

func TestAKioskSendsAnAnswerTwiceAndItCountsOnce(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, w := h.ktp(t)
		a := Submission{Wave: w, Answer: Answer{Marks: Marks{3, 3, 3, 3, 3, 3, 3, 3, 4}}}
		ref := strings.Repeat("a1", 16)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if err := h.SubmitKiosk(t.Context(), a, "2026-11-20", ref); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if err := h.SubmitKiosk(t.Context(), a, "2026-11-21", strings.Repeat("b2", 16)); err != nil {
			t.Fatal(err)
		}
		list, err := answers(t.Context(), h.db, w.ID)
		if err != nil || len(list) != 2 {
			t.Fatalf("%d answers, %v", len(list), err)
		}
		_, w, err = h.Wave(t.Context(), w.ID)
		if err != nil || w.Answers != 2 {
			t.Errorf("the wave counts %d answers, %v", w.Answers, err)
		}
		for _, x := range list {
			if x.Stratum != Kiosk || x.Day != "2026-11-20" && x.Day != "2026-11-21" || strings.Contains(x.ID, "a1a1") {
				t.Errorf("stored as %+v", x)
			}
		}
		if r, err := h.Result(t.Context(), s, w); err != nil || r.Answers != 2 {
			t.Errorf("the result stands on %d answers, %v", r.Answers, err)
		}
		if err := h.CloseWave(t.Context(), officer, w.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.SubmitKiosk(t.Context(), a, "2026-11-22", ref); err != nil {
			t.Errorf("what was stored before the wave was closed is not acknowledged again: %v", err)
		}
		if err := h.SubmitKiosk(t.Context(), a, "2026-11-22", strings.Repeat("c3", 16)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a late answer to a closed wave: %v", err)
		}
	})
}

func TestAKioskIsKnownByItsKeyUntilItIsEnded(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, _ := h.ktp(t)
		if _, err := h.AddKiosk(t.Context(), stranger, s, "Loket 1"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an officer of another unit: %v", err)
		}
		key, err := h.AddKiosk(t.Context(), officer, s, "Loket 1")
		if err != nil {
			t.Fatal(err)
		}
		k, err := h.Kiosk(t.Context(), s, key)
		if err != nil || k.Name != "Loket 1" || k.MadeOn != "2026-11-23" {
			t.Fatalf("%+v, %v", k, err)
		}
		for name, wrong := range map[string]string{"empty": "", "another": strings.Repeat("0", 32)} {
			if _, err := h.Kiosk(t.Context(), s, wrong); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s key: %v", name, err)
			}
		}
		if _, err := h.Kiosk(t.Context(), Service{ID: "other"}, key); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the key of another service: %v", err)
		}
		if err := h.EndKiosk(t.Context(), stranger, s, k.ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("ended by an officer of another unit: %v", err)
		}
		if err := h.EndKiosk(t.Context(), officer, s, k.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Kiosk(t.Context(), s, key); !fault.Is(err, fault.Forbidden) {
			t.Errorf("after it was ended: %v", err)
		}
		if err := h.EndKiosk(t.Context(), officer, s, k.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("ended twice: %v", err)
		}
	})
}

func TestTheDayOfAKiosksAnswer(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		for said, want := range map[string]string{
			"2026-11-23": "2026-11-23", "2026-11-02": "2026-11-02", "2026-11-24": "2026-11-23", "2020-01-01": "2026-11-23",
			"": "2026-11-23", "kemarin": "2026-11-23", "2026-13-45": "2026-11-23",
		} {
			if got := h.KioskDay(said); got != want {
				t.Errorf("%q counts for %s, want %s", said, got, want)
			}
		}
	})
}
