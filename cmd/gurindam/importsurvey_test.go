package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/participation"
)

// A file of answers is tried, loaded, and loaded again without effect; the row
// that is wrong is named.
func TestImportSurvey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "skm.csv")
	text := "year,quarter,requirements,procedure,time,cost,product,competence,behaviour,charter,complaints\n" +
		"2018,4,3,4,3,4,3,4,3,3,4\n2018,4,3,3,3,3,3,3,3,3,4\n2018,4,3,3,7,3,3,3,3,3,4\n2019,1,4,4,4,4,4,4,4,4,4\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	eachStore(t, func(t *testing.T, flags []string) {
		s := newSurveys(t, flags)
		_, err := s.Areas.Participation.SaveService(t.Context(), s.hr, participation.Service{Code: "ktp", UnitID: s.unit, Name: "KTP"})
		s.must(err)
		stored := func(what string, want int) {
			t.Helper()
			n, err := db.One(t.Context(), s.DB, `SELECT count(*) FROM survey_answer`, db.Value[int])
			s.must(err)
			if n != want {
				t.Errorf("%s: %d answers, not %d", what, n, want)
			}
		}
		load := append([]string{"import", "survey", file, "--service", "ktp"}, flags...)
		for _, c := range []struct {
			what   string
			args   []string
			says   string
			stored int
		}{
			{"tried", slices.Concat(load, []string{"--dry-run"}), "3", 0},
			{"loaded", load, "3", 3},
			{"loaded again", slices.Concat(load, []string{"--json"}), `"unchanged": 3`, 3},
		} {
			out, errs, status := gurindam(t, c.args...)
			if status != 0 || !strings.Contains(out, c.says) {
				t.Errorf("%s: %d %s%s", c.what, status, out, errs)
			}
			stored(c.what, c.stored)
		}
		if out, errs, status := gurindam(t, append([]string{"import", "survey", file, "--service", "nothing"}, flags...)...); status == 0 || out != "" || errs == "" {
			t.Errorf("an unknown service: %d %s%s", status, out, errs)
		}
		stored("an unknown service", 3)
	})
}
