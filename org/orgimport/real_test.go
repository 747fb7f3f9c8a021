package orgimport

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

// realData is the directory of files nobody here made; tests that need it are
// left out where it is absent.
func realData(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("GURINDAM_DATA")
	if dir == "" {
		t.Skip("GURINDAM_DATA is not set")
	}
	return dir
}

// real is what is known of a file.
type real struct {
	kind          Kind
	file, mapping string
	rows, created int
	unchanged     int
	codes         map[string]int // rows of warnings by code
}

func TestRealFilesLoadOnceAndWhole(t *testing.T) {
	dir := realData(t)
	files := []real{
		{
			Units, "jobs/unor-banyuwangi.sql", "banyuwangi-unor", 2745, 2745, 0,
			map[string]int{"parent_itself": 1152, "top_unit": 1, "parent_unknown": 2, "parent_missing": 1},
		},
		{
			Positions, "organograms/ministry_of_defence-2016-03-31-senior.csv", "uk-organogram-senior", 705, 705, 0,
			map[string]int{"superior_unknown": 11, "twin_post": 1},
		},
		{
			Positions, "organograms/ministry_of_defence-2016-03-31-junior.csv", "uk-organogram-junior", 6350, 6350, 0,
			map[string]int{"many_superiors": 24},
		},
		{
			Positions, "organograms/cabinet_office-2012-03-31-senior.csv", "uk-organogram-senior", 228, 226, 2,
			map[string]int{"superior_unknown": 2, "gone_post": 2},
		},
		{
			Positions, "organograms/department_for_communities_and_local_government-2011-09-30-senior.csv", "uk-organogram-senior", 103, 103, 0,
			map[string]int{"superior_unknown": 3, "twin_post": 1},
		},
		{
			Positions, "organograms/department_for_communities_and_local_government-2011-09-30-junior.csv", "uk-organogram-junior", 609, 609, 0,
			map[string]int{"many_superiors": 14},
		},
	}
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s := newService(t, d)
		for _, f := range files {
			m, err := ShippedMapping(f.mapping)
			if err != nil {
				t.Fatal(err)
			}
			o := Order{Kind: f.kind, Path: filepath.Join(dir, f.file), Mapping: m, At: "2026-11-23"}
			r := load(t, s, o)
			if r.Rows != f.rows || r.Created != f.created || r.Unchanged != f.unchanged || r.Refused() != 0 {
				t.Errorf("%s: %d rows, %d created, %d unchanged, %d rejected", f.file, r.Rows, r.Created, r.Unchanged, r.Refused())
			}
			for code, n := range f.codes {
				if got := warned(r, code); got != n {
					t.Errorf("%s: %d rows with %s, want %d", f.file, got, code, n)
				}
			}
			if again := load(t, s, o); again.Changed() {
				t.Errorf("%s: loaded again it changes %d and makes %d", f.file, again.Updated, again.Created)
			}
		}
	})
}

// Rows without an id of their own: 9,228 positions of a county, by a mapping
// that reads month before day.
func TestRealRowsWithoutAnID(t *testing.T) {
	file := filepath.Join(realData(t), "people/montgomery-county-md-2016-employee_salaries.csv")
	m, err := ParseMapping(readFixture(t, "county-positions.toml"))
	if err != nil {
		t.Fatal(err)
	}
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s := newService(t, d)
		o := Order{Kind: Positions, Path: file, Mapping: m, At: "2026-11-23"}
		r := load(t, s, o)
		if r.Rows != 9228 || r.Created != 9228 {
			t.Errorf("%d rows, %d created, %d rejected", r.Rows, r.Created, r.Refused())
		}
		if again := load(t, s, o); again.Changed() || again.Unchanged != 9228 {
			t.Errorf("again: %d unchanged", again.Unchanged)
		}
	})
}

// Files that are no roster, no tree and no positions are refused with a
// sentence, and nothing is written.
func TestRealCorporaAreRefused(t *testing.T) {
	dir := realData(t)
	d := repotest.OpenSQLite(t, tables())
	s := newService(t, d)
	n := 0
	for _, folder := range []string{"messytables", "csv-spectrum/csvs", "csv-spectrum/json", "excelize/test", "naughty", "injection"} {
		entries, err := os.ReadDir(filepath.Join(dir, "corpora", folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			n++
			path := filepath.Join(dir, "corpora", folder, e.Name())
			_, err := s.Machine().Import(t.Context(), Order{Kind: Roster, Path: path, At: "2026-11-23"})
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s/%s: %v", folder, e.Name(), err)
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d files", n)
	}
	if people := count(t, d, "person"); people != 0 {
		t.Errorf("%d people were made", people)
	}
}
