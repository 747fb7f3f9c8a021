package participation

import "testing"

func TestAThinIndexIsShownAndDoesNotCount(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		h.load(t, w, Paper, 150, "434343434", "333333333", "443434443", "221134321")
		_, w = h.closed(t, w)
		if _, err := h.Publish(t.Context(), officer, w.ID, ""); err != nil {
			t.Fatal(err)
		}
		s, err := h.SaveService(t.Context(), officer, Service{Code: "akta", UnitID: "disduk", Name: "Akta"})
		if err != nil {
			t.Fatal(err)
		}
		thin, err := h.OpenWave(t.Context(), officer, h.quarter(s))
		if err != nil {
			t.Fatal(err)
		}
		h.load(t, thin, Paper, 22, "434343434", "333333333")
		_, thin = h.closed(t, thin)
		if _, err := h.Publish(t.Context(), officer, thin.ID, ""); err != nil {
			t.Fatal(err)
		}
		list, err := h.Achievements(t.Context(), []string{"disduk", "rsud"}, "2026-01-01", "2026-12-31")
		if err != nil || len(list) != 2 {
			t.Fatalf("%+v %v", list, err)
		}
		byCode := map[string]Achievement{}
		for _, a := range list {
			byCode[a.Code] = a
		}
		if a := byCode["ktp-el"]; !a.Counts || a.UnitID != "disduk" || a.Lo >= a.Index || a.ResponseRate() != 43 {
			t.Errorf("a solid result: %+v, rate %d", a, a.ResponseRate())
		}
		if a := byCode["akta"]; a.Counts || a.Why != WhyFew || a.Index == "" {
			t.Errorf("a thin result: %+v", a)
		}
		for _, c := range [][]string{{"rsud"}, {}} {
			if list, err := h.Achievements(t.Context(), c, "2026-01-01", "2026-12-31"); err != nil || len(list) != 0 {
				t.Errorf("%v have %+v, %v", c, list, err)
			}
		}
		if list, err := h.Achievements(t.Context(), []string{"disduk"}, "2025-01-01", "2025-12-31"); err != nil || len(list) != 0 {
			t.Errorf("another year has %+v, %v", list, err)
		}
	})
}
