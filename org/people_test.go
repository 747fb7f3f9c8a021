package org

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
)

func people(p Page) string {
	return strings.Join(idsOf(p.Rows, func(l Listed) string { return l.ID }), " ")
}

func TestPeople(t *testing.T) {
	repotest.EachDB(t, migrated(), func(t *testing.T, d *db.DB) {
		s, ctx := filled(t, d), t.Context()
		must(t, d.Tx(ctx, func(tx *db.Tx) error {
			return s.AddPeople(ctx, tx, []Person{
				{ID: "zahra", Name: "Zahra Tanpa Jabatan", From: "2026-01-01", LegalStatus: "cltn", Employment: PNS},
				{ID: "mantan", Name: "Mantan Pegawai", From: longAgo, To: "2026-01-01", Employment: PNS},
			})
		}))
		for _, c := range []struct {
			f     Filter
			want  string
			total int
		}{
			{Filter{}, "arif budi dewi fadli lia nurhayati raja rina zahra", 9},
			{Filter{Size: 2, Page: 2}, "dewi fadli", 9},
			{Filter{Size: 2, Page: 99}, "", 9},
			{Filter{Sort: "-name", Size: 2}, "zahra rina", 9},
			{Filter{Sort: "nip", Size: 3}, "nurhayati rina lia", 9},
			{Filter{Sort: "unit"}, "raja nurhayati fadli arif dewi rina budi lia zahra", 9},
			{Filter{Sort: "no such"}, "arif budi dewi fadli lia nurhayati raja rina zahra", 9},
			{Filter{Query: "rah"}, "dewi fadli", 2},
			{Filter{Query: "dewi RAHMA"}, "dewi", 1},
			{Filter{Query: "ahma"}, "", 0},
			{Filter{Query: "19860926"}, "", 0},
			{Filter{Query: "19860926", ByNIP: true}, "dewi", 1},
			{Filter{Query: "1986 0926 2015", ByNIP: true}, "dewi", 1},
			{Filter{Query: "'; DROP TABLE person; --"}, "", 0},
			{Filter{Units: []string{"capil"}}, "arif dewi fadli nurhayati rina", 5},
			{Filter{Units: []string{"daftar", "pkm"}}, "arif budi dewi lia rina", 5},
			{Filter{Units: []string{"nowhere"}}, "", 0},
			{Filter{Kind: Administrator}, "rina", 1},
			{Filter{Employment: PPPK}, "budi", 1},
			{Filter{Status: "cltn"}, "zahra", 1},
			{Filter{Nowhere: true}, "zahra", 1},
			{Filter{Left: true}, "mantan", 1},
			{Filter{Size: -1, Units: []string{"kota"}, Query: "r"}, "dewi fadli raja rina", 4},
		} {
			got, err := s.People(ctx, d, c.f, today)
			must(t, err)
			if people(got) != c.want || got.Total != c.total {
				t.Errorf("%+v: %d: %s", c.f, got.Total, people(got))
			}
		}
		got, err := s.People(ctx, d, Filter{Query: "rina"}, today)
		must(t, err)
		if r := got.Rows[0]; r.Title != "Kepala Bidang Pendaftaran" || r.Unit != "Bidang Pendaftaran" || r.Post.Kind != Definitive {
			t.Errorf("got %+v", r)
		}
	})
}

func TestSearchFindsAllThreeAndNoNIP(t *testing.T) {
	repotest.EachDB(t, migrated(), func(t *testing.T, d *db.DB) {
		s, ctx := filled(t, d), t.Context()
		h, err := s.Search(ctx, d, "kep", today, 2)
		must(t, err)
		if len(h.Positions) != 2 || !h.More || names(h.Units) != "capil" {
			t.Errorf("got %+v", h)
		}
		h, err = s.Search(ctx, d, "  sei  jang ", today, 5)
		must(t, err)
		if names(h.Units) != "pkm" || h.More || len(h.People) != 0 {
			t.Errorf("got %+v", h)
		}
		h, err = s.Search(ctx, d, "nurha", today, 5)
		must(t, err)
		if len(h.People) != 1 || h.People[0].NIP != "" || h.People[0].Title != "Kepala Dinas" {
			t.Errorf("got %+v", h.People)
		}
		if h, err = s.Search(ctx, d, " – ", today, 5); err != nil || len(h.Units)+len(h.Positions)+len(h.People) > 0 {
			t.Errorf("nothing was asked for: %+v, %v", h, err)
		}
	})
}

func TestIdentities(t *testing.T) {
	repotest.EachDB(t, migrated(), func(t *testing.T, d *db.DB) {
		s, ctx := filled(t, d), t.Context()
		some, err := s.Identities(ctx, d, today, "dewi", "raja", "dewi", "nobody")
		must(t, err)
		want := Identity{"dewi", "Dewi Rahmawati", "198609262015052001", "III/c", PNS, "analis", "Analis", "daftar", "Bidang Pendaftaran", ""}
		if len(some) != 2 || some["dewi"] != want {
			t.Errorf("got %+v", some)
		}
		all, err := s.Identities(ctx, d, today)
		must(t, err)
		if len(all) != len(smallPeople()) || all["dewi"] != want {
			t.Errorf("got %+v", all)
		}
		called, err := s.Names(ctx, d, "nurhayati", "nurhayati", "x")
		must(t, err)
		if len(called) != 1 || called["nurhayati"] != "Hj. Nurhayati Ismail, S.Sos., M.Si." {
			t.Errorf("got %v", called)
		}
	})
}

// A page of 50 of 5,000 people, as the list shows it.
func BenchmarkPeople(b *testing.B) {
	for engine, open := range map[string]func(testing.TB, []db.Migrations) *db.DB{"sqlite": repotest.OpenSQLite, "postgres": repotest.OpenPostgres} {
		b.Run(engine, func(b *testing.B) {
			d := open(b, migrated())
			s := filled(b, d)
			must(b, d.Tx(b.Context(), func(tx *db.Tx) error { return s.crowd(b, tx, 5000) }))
			for _, c := range []struct {
				name string
				f    Filter
			}{{"first", Filter{}}, {"middle", Filter{Page: 50}}, {"search", Filter{Query: "dewi"}}, {"office", Filter{Units: []string{"capil"}}}} {
				b.Run(c.name, func(b *testing.B) {
					for b.Loop() {
						p, err := s.People(b.Context(), d, c.f, today)
						must(b, err)
						if len(p.Rows) == 0 {
							b.Fatal("an empty page")
						}
					}
				})
			}
		})
	}
}

// crowd adds n people to the office of civil registration.
func (s *Store) crowd(t testing.TB, tx *db.Tx, n int) error {
	var list []Person
	var posts []Tenure
	given := []string{"Dewi", "Ahmad", "Siti", "Rizki", "Putri", "Fajar", "Nur"}
	for i := range n {
		id := fmt.Sprintf("p%06d", i)
		list = append(list, Person{
			ID: id, NIP: fmt.Sprintf("1980010120060410%02d", i)[:12] + fmt.Sprintf("%06d", i), Name: fmt.Sprintf("%s Warga %d", given[i%len(given)], i),
			Born: "1980-01-01", Employment: PNS, Rank: "III/a", Education: "s1", LegalStatus: Active, From: longAgo,
		})
		posts = append(posts, Tenure{ID: "t" + id, Person: id, Position: "analis", Kind: Definitive, From: longAgo})
	}
	if err := s.AddPeople(t.Context(), tx, list); err != nil {
		return err
	}
	return s.AddTenures(t.Context(), tx, posts)
}
