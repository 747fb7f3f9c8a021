package org

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/rulebook"
)

var (
	hr      = account.Actor{ID: "a-hr", Name: "Hendri", PersonID: "hendri", Grants: []account.Grant{{Role: account.HR}}}
	asDewi  = account.Actor{ID: "a-dewi", Name: "Dewi", PersonID: "dewi", Grants: []account.Grant{{Role: account.Staff}}}
	asRina  = account.Actor{ID: "a-rina", Name: "Rina", PersonID: "rina"}
	officer = account.Actor{ID: "a-off", Name: "Ani", Grants: []account.Grant{{Role: account.UnitAdmin, Unit: "capil"}}}
	auditor = account.Actor{ID: "a-aud", Name: "Zul", Grants: []account.Grant{{Role: account.Auditor}}}
)

// nationalBooks is a rulebook without decisions of an agency.
type nationalBooks struct{ *rulebook.Library }

func (b nationalBooks) At(_ context.Context, day string) (*rulebook.Book, error) {
	return b.Library.At(rulebook.Day(day), "")
}

// eachService runs a test over the small city on both engines.
func eachService(t *testing.T, fn func(t *testing.T, s *Service)) {
	t.Helper()
	library, err := rulebook.National()
	must(t, err)
	all := []db.Migrations{ledger.Migrations(), task.Migrations(), Migrations()}
	repotest.EachDB(t, all, func(t *testing.T, d *db.DB) {
		store := filled(t, d)
		fn(t, New(Config{Store: store, Access: account.NewAccess(store), Books: nationalBooks{library}}))
	})
}

// wrongFields returns the names of the fields a fault marks.
func wrongFields(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	var names []string
	for _, fd := range f.Fields {
		names = append(names, fd.Name)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}

func (s *Service) mapOf(t *testing.T, on Day) *Map {
	t.Helper()
	m, err := s.store.Map(t.Context(), s.store.db, on)
	must(t, err)
	return m
}

func TestSaveUnit(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := t.Context()
		id, err := s.SaveUnit(ctx, hr, UnitEdit{From: "2026-12-01", Name: " Bidang Baru ", Kind: Field, Parent: "capil", Decree: "Perwako 1/2026"})
		must(t, err)
		if u, ok := s.mapOf(t, "2026-12-01").tree.Unit(id); !ok || u.Name != "Bidang Baru" {
			t.Errorf("new unit: %+v", u)
		}
		if _, ok := s.mapOf(t, "2026-11-30").tree.Unit(id); ok {
			t.Error("it is there a day too early")
		}
		edit := UnitEdit{ID: "sipil", Version: 1, From: today, Name: "Bidang Catatan Sipil", Kind: Field, Parent: "dinkes"}
		_, err = s.SaveUnit(ctx, hr, edit)
		must(t, err)
		if got := s.mapOf(t, today).tree.Parent("sipil"); got != "dinkes" {
			t.Errorf("moved under %q", got)
		}
		if _, err := s.SaveUnit(ctx, hr, edit); !fault.Is(err, fault.Conflict) {
			t.Errorf("the second of two editors is told: %v", err)
		}
		periods, log, err := s.UnitHistory(ctx, asDewi, "sipil")
		must(t, err)
		if len(periods) != 2 || len(log) != 1 || log[0].By != "Hendri" || len(log[0].Changes) != 2 || log[0].Changes[0] != (FieldChange{"name", "Bidang Pencatatan Sipil", "Bidang Catatan Sipil"}) {
			t.Errorf("history: %+v %+v", periods, log)
		}
	})
}

func TestSaveUnitRefuses(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		good := UnitEdit{ID: "capil", Version: 1, From: today, Name: "Dinas", Kind: Office, Parent: "kota"}
		for _, c := range []struct {
			name   string
			change func(*UnitEdit)
			fields string
		}{
			{"no name", func(e *UnitEdit) { e.Name = "  " }, "name"},
			{"a name too long", func(e *UnitEdit) { e.Name = strings.Repeat("a", MaxName+1) }, "name"},
			{"no such kind", func(e *UnitEdit) { e.Kind = "kapal" }, "kind"},
			{"below itself", func(e *UnitEdit) { e.Parent = "daftar" }, "parent"},
			{"under itself", func(e *UnitEdit) { e.Parent = "capil" }, "parent"},
			{"under nothing there is", func(e *UnitEdit) { e.Parent = "nowhere" }, "parent"},
			{"no day", func(e *UnitEdit) { e.From = "" }, "from"},
			{"no such day", func(e *UnitEdit) { e.From = "2026-02-30" }, "from"},
			{"before it began", func(e *UnitEdit) { e.From, e.Parent = "2020-01-01", "" }, "from"},
		} {
			e := good
			c.change(&e)
			if _, err := s.SaveUnit(t.Context(), hr, e); wrongFields(err) != c.fields {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		for _, who := range []account.Actor{{}, asDewi, officer, auditor} {
			if _, err := s.SaveUnit(t.Context(), who, good); !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("%s: %v", who.Name, err)
			}
		}
		if got := s.mapOf(t, today).tree.Name("capil"); got != "Dinas Kependudukan" {
			t.Errorf("something was written: %s", got)
		}
		if err := s.CloseUnit(t.Context(), hr, "capil", 1, today, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("a unit in use: %v", err)
		}
	})
}

func TestMerge(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx, day := t.Context(), Day("2026-12-01")
		g := Merger{Units: []string{"capil"}, Into: "dinkes", On: day, Decree: "Perwako 9/2026"}
		e, err := s.PlanMerger(ctx, hr, g)
		must(t, err)
		if names(e.Children) != "sipil daftar" || len(e.Heads) != 1 || len(e.Positions) != 1 || len(e.Ending) != 1 {
			t.Errorf("effect: %+v", e)
		}
		_, err = s.Merge(ctx, hr, g)
		must(t, err)
		m := s.mapOf(t, day)
		if _, there := m.tree.Unit("capil"); there || m.tree.Now("capil") != "dinkes" || m.tree.Parent("daftar") != "dinkes" {
			t.Errorf("the units: %s", names(m.tree.All()))
		}
		if p, ok := m.Position("sekdis"); !ok || p.Unit != "dinkes" {
			t.Errorf("a position that moves: %+v", p)
		}
		if _, ok := m.Position("kadis"); ok || len(m.Held("nurhayati")) != 0 {
			t.Error("the old head goes on")
		}
		if m.Superior("kabid-daftar") != "kadinkes" {
			t.Errorf("superior: %s", m.Superior("kabid-daftar"))
		}
		if before := s.mapOf(t, "2026-11-30"); before.Evaluator("rina").PersonID != "nurhayati" {
			t.Error("the day before has changed")
		}
		if _, err := s.Merge(ctx, hr, Merger{Units: []string{"dinkes"}, Into: "pkm", On: day}); wrongFields(err) != "into" {
			t.Errorf("into what lies below: %v", err)
		}
	})
}

func TestSplit(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		day := Day("2026-12-01")
		ids, err := s.Split(t.Context(), hr, Split{
			Unit: "capil", Version: 1, On: day, Decree: "Perwako 9/2026",
			Parts: []UnitEdit{{Name: "Dinas Satu", Kind: Office}, {Name: "Dinas Dua", Kind: Office}},
			Moves: map[string]int{"daftar": 0, "sipil": 1, "sekdis": 0, "kadis": 1},
		})
		must(t, err)
		m := s.mapOf(t, day)
		if m.tree.Parent("daftar") != ids[0] || m.tree.Parent("sipil") != ids[1] || m.UnitOf("kadis") != ids[1] {
			t.Errorf("parts: %s", names(m.tree.All()))
		}
		if u, _ := m.tree.Unit(ids[0]); u.SplitFrom != "capil" || u.Parent != "kota" {
			t.Errorf("new unit: %+v", u)
		}
		if _, there := m.tree.Unit("capil"); there {
			t.Error("nothing is left in the old unit, but it goes on")
		}
	})
}

func TestSavePosition(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := t.Context()
		good := PositionEdit{Position: Position{Unit: "sipil", Title: "Arsiparis Ahli Muda", Kind: Functional, Level: "ahli_muda", Class: 9, RankLow: "III/c", RankHigh: "III/d", Need: "1.5", Group: "umum"}, From: today}
		id, err := s.SavePosition(ctx, hr, good)
		must(t, err)
		if p, ok := s.mapOf(t, today).Position(id); !ok || p.Wanted() != 2 {
			t.Errorf("got %+v", p)
		}
		for _, c := range []struct {
			change func(*PositionEdit)
			fields string
		}{
			{func(e *PositionEdit) { e.Title = "" }, "title"},
			{func(e *PositionEdit) { e.Level = "" }, "level"},
			{func(e *PositionEdit) { e.Class = 18 }, "class"},
			{func(e *PositionEdit) { e.Need = "-1" }, "need"},
			{func(e *PositionEdit) { e.Need = "banyak" }, "need"},
			{func(e *PositionEdit) { e.Need = "1e15" }, "need"},
			{func(e *PositionEdit) { e.RankLow, e.RankHigh = "IV/a", "III/a" }, "rank_high"},
			{func(e *PositionEdit) { e.RankLow = "V/z" }, "rank_low"},
			{func(e *PositionEdit) { e.Unit = "nowhere" }, "unit"},
			{func(e *PositionEdit) { e.AnswersTo = "nobody" }, "answers_to"},
			{func(e *PositionEdit) { e.ID, e.Version, e.AnswersTo = "kadis", 1, "analis" }, "answers_to"},
		} {
			e := good
			c.change(&e)
			if _, err := s.SavePosition(ctx, hr, e); wrongFields(err) != c.fields {
				t.Errorf("want %s wrong: %v", c.fields, err)
			}
		}
		if err := s.ClosePosition(ctx, hr, "analis", 1, today, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("a position that is held: %v", err)
		}
		must(t, s.ClosePosition(ctx, hr, "sekdis", 1, today, ""))
		if _, ok := s.mapOf(t, today).Position("sekdis"); ok {
			t.Error("it was not closed")
		}
	})
}

func TestAppoint(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := t.Context()
		_, err := s.Appoint(ctx, hr, Appointment{Person: "arif", Position: "sekdis", Kind: Definitive, From: "2026-12-01", Decree: "821/1"})
		must(t, err)
		before, after := s.mapOf(t, "2026-11-30"), s.mapOf(t, "2026-12-01")
		if p, _ := before.Post("arif"); p.Position != "analis" {
			t.Errorf("before: %+v", p)
		}
		if p, _ := after.Post("arif"); p.Position != "sekdis" || len(after.Held("arif")) != 1 {
			t.Errorf("after: %+v", after.Held("arif"))
		}
		for _, c := range []struct {
			a      Appointment
			fields string
		}{
			{Appointment{Person: "arif", Position: "analis", Kind: Definitive, From: "2026-11-01", Decree: "x"}, "person"},
			{Appointment{Person: "arif", Position: "analis-sipil", Kind: Definitive, From: "2024-01-01", Decree: "x"}, "from"},
			{Appointment{Person: "rina", Position: "kabid-sipil", Kind: Plt, From: today, Decree: "x"}, "kind"},
			{Appointment{Person: "nobody", Position: "sekdis", Kind: Plt, From: today, Decree: "x"}, "person"},
			{Appointment{Person: "rina", Position: "sekdis", Kind: Plt, From: "2020-01-01", Decree: "x"}, "from"},
			{Appointment{Person: "rina", Position: "sekdis", Kind: "raja", From: today, To: "2026-01-01"}, "decree kind to"},
		} {
			if _, err := s.Appoint(ctx, hr, c.a); wrongFields(err) != c.fields {
				t.Errorf("%+v: %v", c.a, err)
			}
		}
		id, err := s.Appoint(ctx, hr, Appointment{Person: "rina", Position: "sekdis", Kind: Plt, From: today, Decree: "821/2"})
		must(t, err)
		if p, _ := s.mapOf(t, today).Post("rina"); p.Position != "kabid-daftar" {
			t.Errorf("a Plt keeps the own post: %+v", p)
		}
		must(t, s.ExtendTenure(ctx, hr, id, 1, "2027-02-01", "821/3"))
		if err := s.ExtendTenure(ctx, hr, id, 2, "2027-05-01", "821/4"); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second extension: %v", err)
		}
		must(t, s.EndTenure(ctx, hr, id, 2, "2027-03-01", "", "definitif ditunjuk"))
		if err := s.EndTenure(ctx, hr, id, 2, "2027-04-01", "", ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old version: %v", err)
		}
		f, err := s.File(ctx, hr, "rina", today)
		must(t, err)
		if len(f.History) != 3 || f.History[0].Kind != "org.tenure.ended" || f.Tenures[0].Note != "definitif ditunjuk" {
			t.Errorf("history: %+v", f.History)
		}
	})
}

func TestSavePerson(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := t.Context()
		p := smallPeople()[3]
		e := PersonEdit{Person: p, From: today, Decree: "SK 1"}
		e.NIP, e.Rank, e.Back, e.Sex = "19860926 201505 2 001", "III/d", "S.Kom.", "P"
		_, err := s.SavePerson(ctx, hr, e)
		must(t, err)
		f, err := s.File(ctx, asDewi, "dewi", today)
		must(t, err)
		if f.Person.Rank != "III/d" || f.Person.FullName() != "Dewi Rahmawati, S.Kom." || len(f.Periods) != 2 || len(f.History) != 1 {
			t.Errorf("got %+v", f)
		}
		for _, c := range []struct {
			change func(*PersonEdit)
			fields string
		}{
			{func(e *PersonEdit) { e.NIP = "19860926" }, "nip"},
			{func(e *PersonEdit) { e.NIP = "" }, "nip"},
			{func(e *PersonEdit) { e.NIP = "196901011995012001" }, "nip"}, // Nurhayati's, and another birthday
			{func(e *PersonEdit) { e.NIP, e.Born, e.Sex = "196901011995012001", "1969-01-01", "P" }, "nip"},
			{func(e *PersonEdit) { e.Sex = "L" }, "nip"},
			{func(e *PersonEdit) { e.Name, e.Email = "", "not an address" }, "email name"},
			{func(e *PersonEdit) { e.Employment, e.Education, e.LegalStatus = "x", "y", "" }, "education employment legal_status"},
		} {
			x := e
			x.Version = 3
			c.change(&x)
			if _, err := s.SavePerson(ctx, hr, x); wrongFields(err) != c.fields {
				t.Errorf("want %s wrong: %v", c.fields, err)
			}
		}
		id, err := s.SavePerson(ctx, hr, PersonEdit{Person: Person{Name: "Wakil Baru", Employment: Politician, LegalStatus: Active}, From: today})
		must(t, err)
		if got, err := s.People(ctx, hr, Filter{Nowhere: true}, today); err != nil || people(got) != id {
			t.Errorf("somebody without a post: %+v, %v", got, err)
		}
	})
}

func TestWhoSeesAFile(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := t.Context()
		for _, c := range []struct {
			who   account.Actor
			whole bool
		}{
			{asDewi, true},
			{asRina, true},
			{hr, true},
			{officer, true},
			{auditor, true},
			{account.Actor{ID: "x", PersonID: "nurhayati"}, true}, // the evaluator's superior
			{account.Actor{ID: "y", PersonID: "budi"}, false},
		} {
			f, err := s.File(ctx, c.who, "dewi", today)
			must(t, err)
			if f.Whole != c.whole || (f.Person.NIP != "") != c.whole || f.Person.Name != "Dewi Rahmawati" || len(f.Tenures) != 1 {
				t.Errorf("%s: %+v", c.who.ID, f.Person)
			}
			if _, err := s.File(ctx, c.who, "dewi", today); err != nil { // a second look the same day
				t.Error(err)
			}
		}
		f, err := s.File(ctx, asDewi, "dewi", today)
		must(t, err)
		if len(f.Looks) != 5 {
			t.Errorf("looks: %+v", f.Looks)
		}
		if f, err := s.File(ctx, hr, "dewi", today); err != nil || f.Looks != nil {
			t.Errorf("others do not see who looked: %+v, %v", f.Looks, err)
		}
		if _, err := s.File(ctx, account.Actor{}, "dewi", today); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("the public: %v", err)
		}
		if _, err := s.File(ctx, hr, "nobody", today); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody: %v", err)
		}
	})
}

func TestPeopleWithinReach(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := t.Context()
		got, err := s.People(ctx, officer, Filter{}, today)
		must(t, err)
		if people(got) != "arif dewi fadli nurhayati rina" {
			t.Errorf("got %s", people(got))
		}
		if got, err = s.People(ctx, officer, Filter{Units: []string{"kota"}}, today); err != nil || got.Total != 5 {
			t.Errorf("asking for more: %d, %v", got.Total, err)
		}
		if _, err = s.People(ctx, officer, Filter{Units: []string{"dinkes"}}, today); !fault.Is(err, fault.Forbidden) {
			t.Errorf("elsewhere: %v", err)
		}
		for _, who := range []account.Actor{{}, asDewi} {
			if _, err := s.People(ctx, who, Filter{}, today); err == nil {
				t.Errorf("%q lists everybody", who.Name)
			}
		}
	})
}

func TestOverrideOfAnEvaluator(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := t.Context()
		must(t, s.SetOverride(ctx, hr, Override{Person: "dewi", Evaluator: "fadli", From: today, Reason: "diperbantukan"}))
		if e := s.mapOf(t, today).Evaluator("dewi"); e.PersonID != "fadli" || e.How != ByOverride {
			t.Errorf("got %+v", e)
		}
		must(t, s.DropOverride(ctx, hr, "dewi", "2026-12-01"))
		if e := s.mapOf(t, "2026-12-01").Evaluator("dewi"); e.PersonID != "rina" {
			t.Errorf("after: %+v", e)
		}
		for _, o := range []Override{
			{Person: "dewi", Evaluator: "dewi", From: today, Reason: "x"},
			{Person: "dewi", Evaluator: "hantu", From: today, Reason: "x"},
			{Person: "dewi", Evaluator: "", From: today, Reason: "x"},
		} {
			if err := s.SetOverride(ctx, hr, o); wrongFields(err) != "evaluator" {
				t.Errorf("%+v: %v", o, err)
			}
		}
		if err := s.SetOverride(ctx, asRina, Override{Person: "dewi", Evaluator: "fadli", From: today, Reason: "x"}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the superior cannot: %v", err)
		}
	})
}

func TestCorrection(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := t.Context()
		must(t, s.Propose(ctx, asDewi, "dewi", "superior", "Atasan saya sebenarnya Bu Nurhayati."))
		if err := s.Propose(ctx, account.Actor{ID: "y", PersonID: "budi"}, "dewi", "superior", "x"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a stranger: %v", err)
		}
		if err := s.Propose(ctx, asDewi, "dewi", "weather", " "); wrongFields(err) != "about text" {
			t.Errorf("wrong fields: %v", err)
		}
		inbox := task.NewInbox(s.store.db, s.store, s.store)
		waiting, err := inbox.Waiting(ctx, hr, task.Filter{})
		must(t, err)
		open, err := s.OpenCorrections(ctx, hr)
		must(t, err)
		if len(waiting) != 1 || len(open) != 1 || waiting[0].Link != "/koreksi/"+open[0].ID {
			t.Fatalf("waiting %+v, open %+v", waiting, open)
		}
		if _, err := s.Correction(ctx, asDewi, open[0].ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("only HR decides: %v", err)
		}
		must(t, s.Decide(ctx, hr, open[0].ID, open[0].Version, true, "Diperbaiki mulai Desember."))
		if err := s.Decide(ctx, hr, open[0].ID, open[0].Version, false, "x"); !fault.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		if waiting, err = inbox.Waiting(ctx, hr, task.Filter{}); err != nil || len(waiting) != 0 {
			t.Errorf("still waiting: %+v, %v", waiting, err)
		}
		f, err := s.File(ctx, asDewi, "dewi", today)
		must(t, err)
		if len(f.Corrections) != 1 || f.Corrections[0].State != AcceptedCorrected || f.Corrections[0].Answer == "" {
			t.Errorf("corrections: %+v", f.Corrections)
		}
	})
}

func TestDecisions(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		tell := func(list []Decision) string {
			var parts []string
			for _, d := range list {
				late := ""
				if d.Late {
					late = "!"
				}
				parts = append(parts, string(d.Kind)+late+" "+d.Position.ID+" "+string(d.Date))
			}
			return strings.Join(parts, ", ")
		}
		all, err := s.Decisions(t.Context(), hr, today)
		must(t, err)
		want := "acting! kabid-sipil 2026-08-12, vacant sekdis 2021-01-01, vacant kadinkes 2021-01-01, contract perawat 2026-12-31"
		if got := tell(all); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if all[0].Month != 7 || all[0].Name != "Fadli Rahman" || all[0].Rule != "acting" || len(all[0].Because) != 3 {
			t.Errorf("the Plt: %+v", all[0])
		}
		later, err := s.Decisions(t.Context(), officer, "2028-06-01")
		must(t, err)
		if got, want := tell(later), "acting! kabid-sipil 2026-08-12, vacant sekdis 2021-01-01, retirement kadis 2029-02-01"; got != want {
			t.Errorf("within reach, later:\n got %s\nwant %s", got, want)
		}
	})
}
