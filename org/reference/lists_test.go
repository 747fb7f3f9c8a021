package reference

import (
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/org"
)

func TestLists(t *testing.T) {
	l := New()
	titles, err := l.Titles("pengelola umum", 5)
	if err != nil || len(titles) == 0 || titles[0] != "PENGELOLA UMUM" || len(titles) != 5 {
		t.Errorf("titles: %v, %v", titles, err)
	}
	for _, title := range titles {
		if !strings.Contains(title, "PENGELOLA") || !strings.Contains(title, "UMUM") {
			t.Errorf("%q does not match", title)
		}
	}
	jobs, err := l.Jobs("administrator database kependudukan ahli muda", 5)
	if err != nil || !slices.Contains(jobs, Job{"Administrator Database Kependudukan Ahli Muda", "ahli_muda", 58, "Administrator Database Kependudukan"}) {
		t.Errorf("jobs: %+v, %v", jobs, err)
	}
	if none, err := l.Jobs("nakhoda sungai", 5); len(none) > 0 || err != nil {
		t.Errorf("a job that is not there: %v, %v", none, err)
	}
	ranks, err := l.Ranks()
	if err != nil || len(ranks) != len(org.Ranks()) {
		t.Fatalf("ranks: %v, %v", ranks, err)
	}
	for i, r := range ranks {
		if r.Code != org.Ranks()[i] || r.Name == "" {
			t.Errorf("rank %d: %+v", i, r)
		}
	}
	studies, err := l.Studies("s-1 ilmu komunikasi", 3)
	if err != nil || len(studies) == 0 || studies[0].Level != "s1" {
		t.Errorf("studies: %v, %v", studies, err)
	}
	for _, query := range []string{"", "  ", "–", "tidak ada yang seperti ini"} {
		if got, err := l.Titles(query, 5); err != nil || len(got) != 0 {
			t.Errorf("%q: %v, %v", query, got, err)
		}
	}
}

// The defects of the source are known and counted, so that a new edition of
// the lists does not bring others unseen.
func TestKnownDefects(t *testing.T) {
	l := New()
	jobs, err := l.jobs()
	if err != nil {
		t.Fatal(err)
	}
	noGroup, noLevel, noAge := 0, 0, 0
	for _, j := range jobs.rows {
		if j.Group == "" {
			noGroup++
		}
		if j.Level == "" {
			noLevel++
		}
		if j.Age == 0 {
			noAge++
		}
	}
	if len(jobs.rows) != 1464 || noGroup != 186 || noLevel != 2 || noAge != 2 {
		t.Errorf("%d jobs, %d without group, %d without level, %d without age", len(jobs.rows), noGroup, noLevel, noAge)
	}
	titles, err := l.titles()
	if err != nil || len(titles.rows) != 70867 {
		t.Errorf("%d titles, %v", len(titles.rows), err)
	}
	seen := map[string]bool{}
	for _, title := range titles.rows {
		if seen[title] || title == "" {
			t.Errorf("%q stands there twice", title)
		}
		seen[title] = true
	}
	studies, err := l.studies()
	if err != nil || len(studies.rows) != 27161 {
		t.Errorf("%d studies, %v", len(studies.rows), err)
	}
	for _, s := range studies.rows {
		if s.Level == "" || s.Name == "" {
			t.Errorf("%+v has no level or no name", s)
		}
	}
}

func BenchmarkTitles(b *testing.B) {
	l := New()
	for b.Loop() {
		if got, err := l.Titles("pengelola data", 20); err != nil || len(got) != 20 {
			b.Fatal(got, err)
		}
	}
}
