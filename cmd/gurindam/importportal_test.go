package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
)

// A former portal's dump is tried, loaded, and loaded again without effect.
func TestImportPortal(t *testing.T) {
	eachStore(t, func(t *testing.T, flags []string) {
		s := newSurveys(t, flags)
		load := append([]string{"import", "skm-portal", "testdata/skm-portal.sql"}, flags...)
		for _, c := range []struct {
			what   string
			args   []string
			says   string
			stored int
		}{
			{"tried", slices.Concat(load, []string{"--dry-run"}), "3", 0},
			{"loaded", load, "Left out, because its office is not on the map: Peluncuran", 3},
			{"loaded again", slices.Concat(load, []string{"--json"}), `"unchanged": 3`, 3},
		} {
			out, errs, status := gurindam(t, c.args...)
			if status != 0 || !strings.Contains(out, c.says) {
				t.Errorf("%s: %d %s%s", c.what, status, out, errs)
			}
			n, err := db.One(t.Context(), s.DB, `SELECT count(*) FROM survey_answer`, db.Value[int])
			s.must(err)
			if n != c.stored {
				t.Errorf("%s: %d answers, not %d", c.what, n, c.stored)
			}
		}
	})
}
