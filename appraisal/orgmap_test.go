package appraisal

import (
	"slices"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

// realMap fills org with a small city:
//
//	kota ─ mayor
//	├─ capil  ─ head (hendri); staff dewi, who moves to dinkes in June
//	├─ dinkes ─ vacant, Plt fadli (doctor of the puskesmas) from March
//	│  └─ pkm ─ head lia, a doctor with the additional duty
//	└─ sd     ─ head of school, a teacher, a part-time clerk
func realMap(t *testing.T, d *db.DB, now func() time.Time) *org.Store {
	t.Helper()
	const from = Day("2024-01-01")
	store := org.NewStore(d, now, time.UTC)
	unit := func(id, parent, name string, kind org.UnitKind) org.Unit {
		return org.Unit{ID: id, Parent: parent, Name: name, Kind: kind, From: from}
	}
	post := func(id, unit, title string, kind org.PositionKind, head bool, group string) org.Position {
		return org.Position{ID: id, Unit: unit, Title: title, Kind: kind, Head: head, Need: "1", Group: group, From: from}
	}
	person := func(id, name string, e org.Employment) org.Person {
		return org.Person{ID: id, Name: name, Employment: e, Rank: "III/c", From: from}
	}
	tenure := func(person, post string, kind org.TenureKind, from, to Day) org.Tenure {
		return org.Tenure{ID: person + "@" + post, Person: person, Position: post, Kind: kind, From: from, To: to}
	}
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		if err := store.AddUnits(t.Context(), tx, []org.Unit{
			unit("kota", "", "Pemerintah Kota", org.City), unit("capil", "kota", "Dinas Kependudukan", org.Office), unit("dinkes", "kota", "Dinas Kesehatan", org.Office),
			unit("pkm", "dinkes", "Puskesmas Sei Jang", org.HealthCentre), unit("sd", "kota", "SD Negeri 1", org.School),
		}); err != nil {
			return err
		}
		if err := store.AddPositions(t.Context(), tx, []org.Position{
			post("mayor", "kota", "Wali Kota", org.Political, true, "umum"), post("kadis", "capil", "Kepala Dinas Kependudukan", org.JPTPratama, true, "umum"),
			post("analis", "capil", "Analis", org.Pelaksana, false, "umum"), post("kadinkes", "dinkes", "Kepala Dinas Kesehatan", org.JPTPratama, true, "umum"),
			post("penyuluh", "dinkes", "Penyuluh", org.Pelaksana, false, "umum"), post("kapus", "pkm", "Kepala Puskesmas", org.Additional, true, "kesehatan"),
			post("dokter", "pkm", "Dokter", org.Functional, false, "kesehatan"), post("kasek", "sd", "Kepala Sekolah", org.Additional, true, "guru"),
			post("guru", "sd", "Guru Kelas", org.Functional, false, "guru"), post("tu", "sd", "Tenaga Administrasi", org.Pelaksana, false, "paruh_waktu"),
		}); err != nil {
			return err
		}
		if err := store.AddPeople(t.Context(), tx, []org.Person{
			person("raja", "Lis", org.Politician), person("hendri", "Hendri", org.PNS), person("dewi", "Dewi", org.PNS), person("fadli", "Fadli", org.PNS),
			person("lia", "Lia", org.PNS), person("sri", "Sri", org.PNS), person("guntur", "Guntur", org.PPPK), person("ayu", "Ayu", org.PPPKPartTime),
		}); err != nil {
			return err
		}
		return store.AddTenures(t.Context(), tx, []org.Tenure{
			tenure("raja", "mayor", org.Definitive, from, ""), tenure("hendri", "kadis", org.Definitive, from, ""),
			tenure("dewi", "analis", org.Definitive, from, "2025-06-16"), tenure("dewi", "penyuluh", org.Definitive, "2025-06-16", ""),
			tenure("fadli", "dokter", org.Definitive, from, ""), tenure("fadli", "kadinkes", org.Plt, "2025-03-01", ""),
			tenure("lia", "kapus", org.AdditionalDuty, from, ""), tenure("sri", "kasek", org.AdditionalDuty, from, ""),
			tenure("guntur", "guru", org.Definitive, from, ""), tenure("ayu", "tu", org.Definitive, from, ""),
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func TestPartsOfARealMap(t *testing.T) {
	repotest.EachDB(t, append(testMigrations(), org.Migrations()), func(t *testing.T, d *db.DB) {
		clock := time.Date(2025, 12, 1, 8, 0, 0, 0, time.UTC)
		now := func() time.Time { return clock }
		store := realMap(t, d, now)
		library, err := rulebook.National()
		if err != nil {
			t.Fatal(err)
		}
		access := account.NewAccess(store)
		w := world{Service: New(Config{DB: d, Access: access, Map: NewOrgMap(store), Books: policy.New(d, access, library, now), Now: now}), t: t, ctx: t.Context(), clock: &clock}
		_, err = w.OpenPeriod(w.ctx, asHR, NewPeriod{Year: 2025})
		w.must(err)
		parts, err := w.Parts(w.ctx, d, 2025)
		w.must(err)
		type line struct {
			tenure, org, evaluator string
			from, to               Day
			form                   Form
			group                  Group
			last                   bool
		}
		got := map[string]line{}
		for _, p := range parts {
			got[p.TenureID+" "+string(p.From)] = line{p.Tenure, p.OrgUnit, p.Evaluator.Name + ", " + p.Evaluator.Post, p.From, p.To, p.Form, p.Group, p.Last}
		}
		want := map[string]line{
			"hendri@kadis 2025-01-01":   {"definitive", "capil", "Lis, Wali Kota", "2025-01-01", "2025-12-31", LeaderForm, "pns", true},
			"dewi@analis 2025-01-01":    {"definitive", "capil", "Hendri, Kepala Dinas Kependudukan", "2025-01-01", "2025-06-15", StaffForm, "pns", false},
			"dewi@penyuluh 2025-06-16":  {"definitive", "dinkes", "Fadli, Plt. Kepala Dinas Kesehatan", "2025-06-16", "2025-12-31", StaffForm, "pns", true},
			"fadli@kadinkes 2025-03-01": {"plt", "dinkes", "Lis, Wali Kota", "2025-03-01", "2025-12-31", LeaderForm, "pns", false},
			"ayu@tu 2025-01-01":         {"definitive", "sd", "Sri, Kepala Sekolah", "2025-01-01", "2025-12-31", StaffForm, "pppk_paruh_waktu", true},
			"guntur@guru 2025-01-01":    {"definitive", "sd", "Sri, Kepala Sekolah", "2025-01-01", "2025-12-31", StaffForm, "guru", true},
			"sri@kasek 2025-01-01":      {"tugas_tambahan", "sd", "Lis, Wali Kota", "2025-01-01", "2025-12-31", LeaderForm, "kepala_sekolah", true},
		}
		for key, l := range want {
			if got[key] != l {
				t.Errorf("%s:\n got %+v\nwant %+v", key, got[key], l)
			}
		}
		if p := parts[0]; p.Who.Rank != "Penata, III/c" {
			t.Errorf("rank: %s", p.Who.Rank)
		}
		if i := slices.IndexFunc(parts, func(p Part) bool { return p.Who.PersonID == "raja" }); i >= 0 {
			t.Error("the mayor is not evaluated")
		}
		again, err := w.SyncParts(w.ctx, asHR, 2025)
		w.must(err)
		if again != (SyncReport{Unchanged: len(parts)}) {
			t.Fatalf("twice is once: %+v", again)
		}
	})
}

func TestWhatIsDueIsFiledOnceAMorning(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		w.agreed(asDewi, asBoss, p)
		inbox := task.NewInbox(w.db, w.office, nil)
		count := func() int {
			n := 0
			for _, k := range []string{taskSelf, taskRate, taskOrg} {
				for _, i := range []Identity{dewi, boss, mayor} {
					all, err := inbox.Waiting(w.ctx, actorOf(i), task.Filter{Kind: k})
					w.must(err)
					n += len(all)
				}
			}
			return n
		}
		w.must(w.FileDue(w.ctx))
		if n := count(); n != 0 {
			t.Fatalf("in January nothing has ended: %d", n)
		}
		w.on("2025-04-03")
		for range 2 {
			w.must(w.FileDue(w.ctx))
			if n := count(); n != 3 {
				t.Fatalf("after the first quarter: %d tasks, want words, rating and the organisation's predicate", n)
			}
		}
		w.on("2026-01-02")
		w.must(w.FileDue(w.ctx))
		if n := count(); n != 9 {
			t.Fatalf("after the year: %d tasks", n)
		}
	})
}
