package praise

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

var rule = Rule{MostPercent: 120, LeastGain: 5, LeastPeers: 3, LeastPeople: 5, LeastIndicators: 2}

func TestOnlyLikeIsComparedWithLike(t *testing.T) {
	unit := func(name, kind string, now, last, people int) Row {
		return Row{What: Units, SubjectID: name, Name: name, Kind: kind, Now: now, Last: last, Size: people}
	}
	rows := rule.Compare([]Row{
		unit("a", "kelurahan", 9000, 8000, 9), unit("b", "kelurahan", 8000, 7000, 9), unit("c", "kelurahan", 7000, 5000, 9), // c gained most and is below the middle
		unit("d", "kelurahan", 11000, 10900, 9),                                // above, but hardly gained
		unit("e", "kelurahan", 12000, 0, 9),                                    // no last year
		unit("thin", "kelurahan", 12000, 100, 4),                               // too few people
		unit("x", "dinas", 12000, 100, 90), unit("y", "dinas", 12000, 100, 90), // too few of the kind
		{What: People, SubjectID: "p", Kind: "kelurahan", Now: 1, Last: 1, Size: 9}, // another kind of thing
	})
	got := map[string]bool{}
	for _, r := range rows {
		got[r.Name] = r.Praised
		if r.Middle != 9000 || r.Compared != 5 {
			t.Errorf("%s: middle %d of %d", r.Name, r.Middle, r.Compared)
		}
	}
	want := map[string]bool{"a": true, "b": false, "c": false, "d": false, "e": false}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for name, praised := range want {
		if got[name] != praised {
			t.Errorf("%s recognised: %v", name, got[name])
		}
	}
}

// Whatever is compared: nobody below the middle is recognised, nobody in a
// group that is too small, nobody too thin, and the order tells no rank.
func TestNobodyIsRecognisedUnfairly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []Row
		for i := range rapid.IntRange(0, 40).Draw(t, "rows") {
			rows = append(rows, Row{
				What: rapid.SampledFrom([]What{Units, People}).Draw(t, "what"), SubjectID: string(rune('A' + i)), Name: rapid.SampledFrom([]string{"Ani", "Budi", "Cici"}).Draw(t, "name"),
				Kind: rapid.SampledFrom([]string{"k", "l"}).Draw(t, "kind"), Now: rapid.IntRange(0, 12000).Draw(t, "now"), Last: rapid.IntRange(0, 12000).Draw(t, "last"),
				Size: rapid.IntRange(0, 9).Draw(t, "size"),
			})
		}
		out := rule.Compare(rows)
		for i, r := range out {
			least := rule.LeastIndicators
			if r.What == Units {
				least = rule.LeastPeople
			}
			if r.Compared < rule.LeastPeers || r.Size < least || r.Praised && (r.Now < r.Middle || r.Gain() < rule.LeastGain*100 || r.Last == 0) {
				t.Fatalf("%+v", r)
			}
			if i > 0 && out[i-1].Kind == r.Kind && out[i-1].Name > r.Name {
				t.Fatal("not in the order of names")
			}
		}
	})
}

func TestRecognitionIsReckonedAndKeptToThoseWhoMay(t *testing.T) {
	repotest.EachDB(t, appraisaltest.Migrations(Migrations()), func(t *testing.T, d *db.DB) {
		c := appraisaltest.New(t, d)
		s := New(Config{DB: d, Access: c.Access, Appraisal: c.Service, Org: c.Org, Books: c.Books, Now: c.Now})
		ctx := t.Context()
		c.Must(s.Turn(ctx)) // nothing recorded: nobody is compared
		c.Must(d.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `INSERT INTO appraisal_praise (what, subject_id, name, note, kind, praised, now_value, last_value, middle, compared, size, day)
				VALUES ('unit', 'rsud', 'RSUD Kota', '', 'rsud', true, 9500, 8000, 9000, 6, 12, '2026-03-16'),
				('unit', 'sd1', 'SD Negeri 1', '', 'sekolah', false, 7000, 8000, 9000, 6, 12, '2026-03-16'),
				('orang', 'lia', 'Lia Kartika', 'Perawat', 'Perawat Terampil', true, 10100, 9000, 9500, 5, 3, '2026-03-16')`)
			return err
		}))
		_, err := s.List(ctx, appraisaltest.As("lia"), Query{What: Units})
		if !fault.Is(err, fault.Forbidden) {
			t.Fatalf("staff read the list: %v", err)
		}
		l, err := s.List(ctx, appraisaltest.As("raja", account.Grant{Role: account.Leader}), Query{What: Units})
		c.Must(err)
		if len(l.Rows) != 1 || l.Rows[0].Name != "RSUD Kota" || l.Total[People] != 1 {
			t.Fatalf("%+v", l)
		}
		own, err := s.Own(ctx, appraisaltest.As("tono"))
		c.Must(err)
		if own.Me != nil || len(own.Units) != 1 || own.Units[0].SubjectID != "sd1" || len(own.Peers) != 0 {
			t.Fatalf("%+v", own)
		}
		own, err = s.Own(ctx, appraisaltest.As("lia"))
		c.Must(err)
		if own.Me == nil || len(own.Peers) != 1 {
			t.Fatalf("%+v", own)
		}
	})
}
