package appraisaltest

import (
	"context"
	"testing"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/file"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

// City is the small city on one database.
type City struct {
	T      *testing.T
	DB     *db.DB
	Org    *org.Store
	Access *account.Access
	Books  *policy.Service
	Files  *file.Store
	*appraisal.Service
	clock time.Time
}

// Migrations are the tables of the city; more are those of the package that is
// tested.
func Migrations(more ...db.Migrations) []db.Migrations {
	return append([]db.Migrations{ledger.Migrations(), task.Migrations(), policy.Migrations(), file.Migrations(), org.Migrations(), appraisal.Migrations()}, more...)
}

// HR is the city's HR officer, who is nobody of the map.
func HR() account.Actor {
	return account.Actor{ID: "acc-hr", Name: "Siti", Grants: []account.Grant{{Role: account.HR}}}
}

// As is the account of one of the city's people.
func As(person string, grants ...account.Grant) account.Actor {
	return account.Actor{ID: "acc-" + person, Name: person, PersonID: person, Grants: grants}
}

// New fills a database and opens 2025 and 2026. It stands on 2026-03-16.
func New(t *testing.T, d *db.DB) *City {
	t.Helper()
	c := &City{T: t, DB: d, clock: time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC)}
	c.Org = org.NewStore(d, c.Now, time.UTC)
	c.Must(d.Tx(t.Context(), func(tx *db.Tx) error { return c.fill(t.Context(), tx) }))
	library, err := rulebook.National()
	c.Must(err)
	c.Access = account.NewAccess(c.Org)
	c.Books = policy.New(d, c.Access, library, c.Now)
	c.Files = file.New(d, t.TempDir(), c.Now)
	c.Service = appraisal.New(appraisal.Config{DB: d, Access: c.Access, Map: appraisal.NewOrgMap(c.Org), Books: c.Books, Now: c.Now, Files: c.Files})
	for _, year := range []int{2025, 2026} {
		_, err := c.OpenPeriod(t.Context(), HR(), appraisal.NewPeriod{Year: year})
		c.Must(err)
	}
	return c
}

// Now is the city's clock.
func (c *City) Now() time.Time { return c.clock }

// On turns the clock to nine in the morning of a day.
func (c *City) On(day string) {
	c.T.Helper()
	t, err := time.Parse(time.DateOnly, day)
	c.Must(err)
	c.clock = t.Add(9 * time.Hour)
}

// Must ends the test when there is an error.
func (c *City) Must(err error) {
	c.T.Helper()
	if err != nil {
		c.T.Fatal(err)
	}
}

// Part returns somebody's deciding part of a year.
func (c *City) Part(person string, year int) appraisal.Part {
	c.T.Helper()
	parts, err := c.MyParts(c.T.Context(), As(person), year)
	c.Must(err)
	if len(parts) == 0 {
		c.T.Fatalf("%s has no part in %d", person, year)
	}
	return parts[0]
}

const since = org.Day("2021-01-01")

func (c *City) fill(ctx context.Context, tx *db.Tx) error {
	if err := c.Org.AddUnits(ctx, tx, units()); err != nil {
		return err
	}
	if err := c.Org.AddPositions(ctx, tx, positions()); err != nil {
		return err
	}
	if err := c.Org.AddPeople(ctx, tx, people()); err != nil {
		return err
	}
	var tenures []org.Tenure
	for _, h := range holders() {
		tenures = append(tenures, org.Tenure{ID: h[0] + "@" + h[1], Person: h[0], Position: h[1], Kind: org.Definitive, From: since, Version: 1})
	}
	return c.Org.AddTenures(ctx, tx, tenures)
}

func units() []org.Unit {
	u := func(id, parent string, kind org.UnitKind, name string) org.Unit {
		return org.Unit{ID: id, SourceID: "S-" + id, Parent: parent, Kind: kind, Name: name, From: since}
	}
	return []org.Unit{
		u("kota", "", org.City, "Pemerintah Kota"),
		u("capil", "kota", org.Office, "Dinas Kependudukan"),
		u("daftar", "capil", org.Field, "Bidang Pendaftaran"),
		u("rsud", "kota", org.Hospital, "RSUD Kota"),
		u("sd1", "kota", org.School, "SD Negeri 1"),
	}
}

func positions() []org.Position {
	p := func(id, unit, title string, kind org.PositionKind, group string, head bool) org.Position {
		return org.Position{ID: id, Unit: unit, Title: title, Kind: kind, Need: "3", Head: head, Class: 8, From: since, Group: group}
	}
	return []org.Position{
		p("walikota", "kota", "Wali Kota", org.Political, "umum", true),
		p("kadis", "capil", "Kepala Dinas", org.JPTPratama, "umum", true),
		p("kabid", "daftar", "Kepala Bidang Pendaftaran", org.Administrator, "umum", true),
		p("analis", "daftar", "Analis Kependudukan", org.Functional, "umum", false),
		p("direktur", "rsud", "Direktur RSUD", org.JPTPratama, "kesehatan", true),
		p("perawat", "rsud", "Perawat Terampil", org.Functional, "kesehatan", false),
		p("kepsek", "sd1", "Kepala SD Negeri 1", org.Additional, "guru", true),
		p("guru", "sd1", "Guru Kelas", org.Functional, "guru", false),
	}
}

func holders() [][2]string {
	return [][2]string{
		{"raja", "walikota"},
		{"nurhayati", "kadis"},
		{"rina", "kabid"},
		{"dewi", "analis"},
		{"arif", "analis"},
		{"yusuf", "direktur"},
		{"lia", "perawat"},
		{"budi", "perawat"},
		{"sari", "kepsek"},
		{"tono", "guru"},
		{"wati", "guru"},
	}
}

func people() []org.Person {
	p := func(id, nip, name string, e org.Employment) org.Person {
		source := ""
		if nip != "" {
			source = "PNS-" + id
		}
		return org.Person{ID: id, SourceID: source, NIP: nip, Name: name, Employment: e, Rank: "III/c", Education: "s1", LegalStatus: org.Active, From: since, Version: 1}
	}
	return []org.Person{
		p("raja", "", "Raja Amirul", org.Politician),
		p("nurhayati", "196901011995012001", "Nurhayati Ismail", org.PNS),
		p("rina", "197505052000032001", "Rina Marlina", org.PNS),
		p("dewi", "198609262015052001", "Dewi Rahmawati", org.PNS),
		p("arif", "199001012020121001", "Arif Setiawan", org.PNS),
		p("yusuf", "197001011998031001", "Yusuf Hidayat", org.PNS),
		p("lia", "198003032006042001", "Lia Kartika", org.PNS),
		p("budi", "199304042025211001", "Budi Santoso", org.PPPK),
		p("sari", "197202021997022001", "Sari Puspita", org.PNS),
		p("tono", "198505052010011002", "Tono Wibowo", org.PNS),
		p("wati", "198806062012022003", "Wati Lestari", org.PNS),
	}
}
