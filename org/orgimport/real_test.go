package orgimport

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
)

func TestReal(t *testing.T) {
	dir := os.Getenv("GURINDAM_DATA")
	if dir == "" {
		t.Skip()
	}
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s, err := service(d, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			kind          Kind
			file, mapping string
		}{
			{Units, "jobs/unor-banyuwangi.sql", "banyuwangi-unor"},
			{Positions, "organograms/ministry_of_defence-2016-03-31-senior.csv", "uk-organogram-senior"},
			{Positions, "organograms/ministry_of_defence-2016-03-31-junior.csv", "uk-organogram-junior"},
			{Positions, "organograms/cabinet_office-2012-03-31-senior.csv", "uk-organogram-senior"},
			{Positions, "organograms/department_for_communities_and_local_government-2011-09-30-senior.csv", "uk-organogram-senior"},
			{Positions, "organograms/department_for_communities_and_local_government-2011-09-30-junior.csv", "uk-organogram-junior"},
		} {
			m, err := ShippedMapping(x.mapping)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				start := time.Now()
				r, err := s.Machine().Import(t.Context(), Order{Kind: x.kind, Path: filepath.Join(dir, x.file), Mapping: m, At: "2026-11-23"})
				if err != nil {
					t.Fatal(x.file, err)
				}
				codes := map[string]int{}
				for _, w := range r.Warnings {
					codes[w.Code]++
				}
				t.Log(x.file, time.Since(start), r.Rows, r.Created, r.Updated, r.Unchanged, len(r.Rejected), codes, r.Made, r.Posts)
				if len(r.Rejected) > 0 {
					b, _ := json.Marshal(r.Rejected[:min(3, len(r.Rejected))])
					t.Log(string(b))
				}
				b, _ := json.Marshal(r.Warnings[:min(14, len(r.Warnings))])
				t.Log(string(b))
			}
		}
	})
}
