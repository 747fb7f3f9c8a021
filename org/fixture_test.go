package org

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
)

// The small city of these tests:
//
//	kota ─ wali kota (raja)
//	├─ capil ─ kadis (nurhayati) ── umum: sekretaris (vacant)
//	│  ├─ daftar ─ kabid daftar (rina) ── analis ×3 (dewi, arif)
//	│  └─ sipil  ─ kabid sipil (Plt fadli, an analis of sipil) ── analis sipil (fadli)
//	└─ dinkes ─ kadinkes (vacant)
//	   └─ puskesmas ─ kepala (tugas tambahan: dokter lia) ── dokter (lia), perawat (budi)
const (
	longAgo = Day("2021-01-01")
	today   = Day("2026-11-23")
)

func smallUnits() []Unit {
	u := func(id, parent string, kind UnitKind, name string) Unit {
		return Unit{ID: id, SourceID: "S-" + id, Parent: parent, Kind: kind, Name: name, From: longAgo}
	}
	return []Unit{
		u("kota", "", City, "Pemerintah Kota"),
		u("capil", "kota", Office, "Dinas Kependudukan"),
		u("daftar", "capil", Field, "Bidang Pendaftaran"),
		u("sipil", "capil", Field, "Bidang Pencatatan Sipil"),
		u("dinkes", "kota", Office, "Dinas Kesehatan"),
		u("pkm", "dinkes", HealthCentre, "Puskesmas Sei Jang"),
	}
}

func smallPositions() []Position {
	p := func(id, unit, title string, kind PositionKind, need int, head bool) Position {
		return Position{ID: id, Unit: unit, Title: title, Kind: kind, Need: strconv.Itoa(need), Head: head, Class: 8, From: longAgo, Group: "umum"}
	}
	list := []Position{
		p("walikota", "kota", "Wali Kota", Political, 1, true),
		p("kadis", "capil", "Kepala Dinas", JPTPratama, 1, true),
		p("sekdis", "capil", "Sekretaris", Administrator, 1, false),
		p("kabid-daftar", "daftar", "Kepala Bidang Pendaftaran", Administrator, 1, true),
		p("analis", "daftar", "Analis", Functional, 3, false),
		p("kabid-sipil", "sipil", "Kepala Bidang Sipil", Administrator, 1, true),
		p("analis-sipil", "sipil", "Analis", Functional, 2, false),
		p("kadinkes", "dinkes", "Kepala Dinas Kesehatan", JPTPratama, 1, true),
		p("kapus", "pkm", "Kepala Puskesmas", Additional, 1, true),
		p("dokter", "pkm", "Dokter", Functional, 1, false),
		p("perawat", "pkm", "Perawat", Functional, 1, false),
	}
	list[4].Level, list[6].Level, list[9].Level, list[10].Level = "ahli_muda", "ahli_muda", "ahli_muda", "terampil"
	return list
}

func smallTenures() []Tenure {
	t := func(person, position string, kind TenureKind, from Day) Tenure {
		return Tenure{ID: person + "@" + position, Person: person, Position: position, Kind: kind, From: from, Version: 1}
	}
	return []Tenure{
		t("raja", "walikota", Definitive, "2025-02-20"),
		t("nurhayati", "kadis", Definitive, "2022-01-01"),
		t("rina", "kabid-daftar", Definitive, "2023-01-01"),
		t("dewi", "analis", Definitive, "2024-01-01"),
		t("arif", "analis", Definitive, "2024-03-01"),
		t("fadli", "analis-sipil", Definitive, "2022-06-01"),
		t("fadli", "kabid-sipil", Plt, "2026-05-12"),
		t("lia", "dokter", Definitive, "2022-06-01"),
		t("lia", "kapus", AdditionalDuty, "2025-01-01"),
		t("budi", "perawat", Definitive, "2022-06-01"),
	}
}

func smallPeople() []Person {
	p := func(id, nip, name, born string, e Employment) Person {
		return Person{
			ID: id, NIP: nip, Name: name, Born: Day(born), Employment: e, Rank: "III/c", Education: "s1", LegalStatus: Active, From: longAgo, Version: 1,
		}
	}
	list := []Person{
		p("raja", "", "Raja Amirul", "1977-01-01", Politician),
		p("nurhayati", "196901011995012001", "Nurhayati Ismail", "1969-01-01", PNS),
		p("rina", "197505052000032001", "Rina Marlina", "1975-05-05", PNS),
		p("dewi", "198609262015052001", "Dewi Rahmawati", "1986-09-26", PNS),
		p("arif", "199001012020121001", "Arif Setiawan", "1990-01-01", PNS),
		p("fadli", "198202022008011001", "Fadli Rahman", "1982-02-02", PNS),
		p("lia", "198003032006042001", "Lia Kartika", "1980-03-03", PNS),
		p("budi", "199304042025211001", "Budi Santoso", "1993-04-04", PPPK),
	}
	list[1].Front, list[1].Back = "Hj.", "S.Sos., M.Si."
	list[7].ContractEnd = "2026-12-31"
	return list
}

func smallMap(on Day) *Map {
	return NewMap(NewChart(NewTree(smallUnits(), on), smallPositions()), smallTenures(), nil)
}

// migrated lists the tables org needs.
func migrated() []db.Migrations { return []db.Migrations{ledger.Migrations(), Migrations()} }

func clock() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }

// filled returns a store over a database with the small city in it.
func filled(t testing.TB, d *db.DB) *Store {
	t.Helper()
	s := NewStore(d, clock, nil)
	must(t, d.Tx(t.Context(), func(tx *db.Tx) error { return s.fill(t.Context(), tx) }))
	return s
}

func (s *Store) fill(ctx context.Context, tx *db.Tx) error {
	if err := s.AddUnits(ctx, tx, smallUnits()); err != nil {
		return err
	}
	if err := s.AddPositions(ctx, tx, smallPositions()); err != nil {
		return err
	}
	if err := s.AddPeople(ctx, tx, smallPeople()); err != nil {
		return err
	}
	return s.AddTenures(ctx, tx, smallTenures())
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
