package orgimport

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
)

// drawRoster draws rows that are good, wrong, doubled, contradictory, moved and
// of unknown units. Few names and numbers, so that they meet.
func drawRoster(t *rapid.T) []string {
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	n := rapid.IntRange(0, 12).Draw(t, "rows")
	rows := make([]string, n)
	for i := range rows {
		rows[i] = strings.Join([]string{
			pick("nip", "198609262015051001", "'199003092021042001", "199507172022211003", "198801012012011004", "1.98609E+17", "", "12"),
			pick("name", "BUDI", "SARI", "", "  ANDI  "),
			pick("unit", "D", "B", "Z9", ""),
			pick("unitname", "", "Bidang Sekolah Dasar", "UPT Entah"),
			pick("title", "Kepala Dinas Pendidikan", "Guru Ahli Pertama", "GURU AHLI PERTAMA", "Pengelola Umum", ""),
			pick("kind", "1", "2", "4", ""),
			pick("since", "01-03-2021", "", "31/02/2021", "2026-11-30"),
			pick("rank", "III/d", "IX", "", "aneh"),
		}, ";")
	}
	return rows
}

// picture is what the map says, in words that do not depend on ids.
func picture(t testing.TB, s *Service, d *db.DB) []string {
	t.Helper()
	m, err := s.Store.Map(t.Context(), d, day)
	if err != nil {
		t.Fatal(err)
	}
	_, byNIP, err := s.Store.PersonIDs(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for nip, id := range byNIP {
		p, err := s.Store.Person(t.Context(), d, id, day)
		if err != nil {
			t.Fatal(err)
		}
		post, _ := m.Post(id)
		x, _ := m.Position(post.Position)
		all = append(all, fmt.Sprint(nip, p.Name, p.Rank, p.Employment, p.Born, p.Sex, post.From, post.Note, x.Title, x.Kind, x.Level, x.Group, x.Head, m.Tree().Name(x.Unit)))
	}
	slices.Sort(all)
	return all
}

// counts are the figures of a report, without row numbers.
func counts(r *Report) string {
	warnings := map[string]int{}
	for _, w := range r.Warnings {
		warnings[w.Code+"/"+w.Value] += w.Rows
	}
	reasons := map[string]int{}
	for _, x := range r.Rejected {
		reasons[x.Key+"/"+x.Value]++
	}
	return fmt.Sprint(r.Rows, r.Created, r.Updated, r.Unchanged, len(r.Rejected), r.Made, warnings, reasons, len(r.Absent))
}

// Loading twice is loading once; the order of rows leaves no trace; every row
// ends in exactly one of the four.
func TestLawsOfTheRoster(t *testing.T) {
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		rapid.Check(t, func(rt *rapid.T) {
			rows := drawRoster(rt)
			shuffled := rapid.Permutation(rows).Draw(rt, "order")
			first, pictureOne := fresh(t, d, rows)
			second, pictureTwo := fresh(t, d, shuffled)
			if counts(first[0]) != counts(second[0]) {
				rt.Errorf("the order of rows changes the report:\n%s\n%s", counts(first[0]), counts(second[0]))
			}
			if !slices.Equal(pictureOne, pictureTwo) {
				rt.Errorf("the order of rows changes the map:\n%s\n\n%s", strings.Join(pictureOne, "\n"), strings.Join(pictureTwo, "\n"))
			}
			for _, loads := range [][]*Report{first, second} {
				if again := loads[1]; again.Changed() || again.Refused() != loads[0].Refused() {
					rt.Errorf("loaded again: %s after %s", counts(again), counts(loads[0]))
				}
			}
		})
	})
}

// fresh loads rows twice into an empty map and returns both reports and what
// the map says; the database is as before afterwards.
func fresh(t *testing.T, d *db.DB, rows []string) (reports []*Report, said []string) {
	t.Helper()
	for _, table := range []string{"tenure", "position_state", "position", "person_state", "person", "unit_state", "unit"} {
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `DELETE FROM `+table)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	s := newService(t, d)
	loadUnits(t, s)
	for range 2 {
		reports = append(reports, loadRoster(t, s, day, rows...))
	}
	return reports, picture(t, s, d)
}

// The same laws for a tree: parents anywhere, unknown, themselves, in circles.
func TestLawsOfTheTree(t *testing.T) {
	d := repotest.OpenSQLite(t, tables())
	rapid.Check(t, func(rt *rapid.T) {
		id := rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "6"})
		n := rapid.IntRange(0, 10).Draw(rt, "rows")
		rows := make([]string, n)
		for i := range rows {
			rows[i] = strings.Join([]string{
				id.Draw(rt, "id"), rapid.SampledFrom([]string{"", "1", "2", "3", "4", "9"}).Draw(rt, "parent"),
				rapid.SampledFrom([]string{"Dinas A", "Bidang B", ""}).Draw(rt, "name"),
			}, ",")
		}
		shuffled := rapid.Permutation(rows).Draw(rt, "order")
		one, mapOne := freshTree(t, d, rows)
		two, mapTwo := freshTree(t, d, shuffled)
		if counts(one) != counts(two) || !slices.Equal(mapOne, mapTwo) {
			rt.Errorf("the order of rows matters:\n%s\n%s\n%v\n%v", counts(one), counts(two), mapOne, mapTwo)
		}
	})
}

func freshTree(t *testing.T, d *db.DB, rows []string) (*Report, []string) {
	t.Helper()
	fresh(t, d, nil)
	s := newService(t, d)
	o := Order{Kind: Units, Path: text(t, "u.csv", "id,parent,name\n"+strings.Join(rows, "\n")+"\n"), At: day}
	r := load(t, s, o)
	if again := load(t, s, o); again.Changed() {
		t.Errorf("loaded again: %s", counts(again))
	}
	tree, err := s.Store.Units(t.Context(), d, day)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, u := range tree.All() {
		all = append(all, fmt.Sprint(u.SourceID, u.Name, tree.Name(u.Parent), u.ParentSource))
	}
	if r.Created > 0 && tree.Len() != 7+r.Created {
		t.Errorf("%d units of %d created: some were dropped", tree.Len(), r.Created)
	}
	slices.SortFunc(all, cmp.Compare[string])
	return r, all
}
