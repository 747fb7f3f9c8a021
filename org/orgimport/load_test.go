package orgimport

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/org"
)

func newService(t testing.TB, d *db.DB) *Service {
	t.Helper()
	s, err := service(d, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// load imports a file that can be read.
func load(t testing.TB, s *Service, o Order) *Report {
	t.Helper()
	r, err := s.Machine().Import(t.Context(), o)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(o.Path), err)
	}
	if sum := r.Created + r.Updated + r.Unchanged + len(r.Rejected); sum != r.Rows {
		t.Errorf("%s: %d rows, but %d created + %d updated + %d unchanged + %d rejected", filepath.Base(o.Path), r.Rows, r.Created, r.Updated, r.Unchanged, len(r.Rejected))
	}
	return r
}

// text writes a file of that content.
func text(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func readFixture(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// warned counts the rows with a warning.
func warned(r *Report, code string) int {
	n := 0
	for _, w := range r.Warnings {
		if w.Code == code {
			n += w.Rows
		}
	}
	return n
}

func count(t testing.TB, d *db.DB, table string) int {
	t.Helper()
	n, err := db.One(t.Context(), d, `SELECT count(*) FROM `+table, db.Value[int])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const (
	day   = org.Day("2026-11-23")
	units = `id,parent,name
K,,Pemerintah Kota Contoh
D,K,Dinas Pendidikan
B,D,Bidang Sekolah Dasar
P,X9,Puskesmas Pulau
S,S,SD Negeri 001
A,C,Bagian Satu
C,A,Bagian Dua
`
)

func loadUnits(t testing.TB, s *Service) *Report {
	return load(t, s, Order{Kind: Units, Path: text(t, "units.csv", units), At: day, Since: "2026-01-01"})
}

func TestUnitsThatHangFromNothingAreLoadedAndNamed(t *testing.T) {
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s := newService(t, d)
		r := loadUnits(t, s)
		if r.Created != 7 {
			t.Errorf("%d created", r.Created)
		}
		for code, n := range map[string]int{"parent_unknown": 1, "parent_itself": 1, "parent_below": 1} {
			if warned(r, code) != n {
				t.Errorf("%s: %d, want %d", code, warned(r, code), n)
			}
		}
		tree, err := s.Store.Units(t.Context(), d, day)
		if err != nil {
			t.Fatal(err)
		}
		root, _ := tree.Root()
		if tree.Len() != 7 || len(tree.Unreachable()) != 4 || root.Name != "Pemerintah Kota Contoh" || root.Kind != org.City || root.From != "2026-01-01" {
			t.Errorf("%d units, %d unreachable, root %+v", tree.Len(), len(tree.Unreachable()), root)
		}
		if again := loadUnits(t, s); again.Changed() || again.Unchanged != 7 {
			t.Errorf("again: %+v", again)
		}
	})
}

// Somebody who mends the parent of a unit here does not lose it to the next
// load of a file that still has it wrong.
func TestAMendedParentStays(t *testing.T) {
	d := repotest.OpenSQLite(t, tables())
	s := newService(t, d)
	loadUnits(t, s)
	ids, err := s.Store.UnitIDs(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	mended := org.Unit{ID: ids["P"], Name: "Puskesmas Pulau", Kind: org.HealthCentre, Parent: ids["D"]}
	err = d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := s.Store.PutUnits(t.Context(), tx, day, []org.Unit{mended})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if r := loadUnits(t, s); r.Changed() || warned(r, "parent_kept") != 1 {
		t.Errorf("changed %v, warnings %+v", r.Changed(), r.Warnings)
	}
}

func TestSIASNUnitsAreReadFromJSON(t *testing.T) {
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s := newService(t, d)
		o := Order{Kind: Units, Path: filepath.Join("testdata", "ref-unor.json"), At: day}
		r := load(t, s, o)
		if r.Rows != 5 || r.Created != 4 || r.Unchanged != 1 || warned(r, "inactive") != 1 {
			t.Errorf("%+v", r)
		}
		u, err := s.Store.UnitIDs(t.Context(), d)
		if err != nil || u["8ae4-0003"] == "" || u["8ae4-0005"] != "" {
			t.Errorf("units %v, %v", u, err)
		}
		if again := load(t, s, o); again.Changed() {
			t.Errorf("again: %+v", again)
		}
	})
}

func TestADumpIsReadAndConverted(t *testing.T) {
	d := repotest.OpenSQLite(t, tables())
	s := newService(t, d)
	m, err := ShippedMapping("banyuwangi-unor")
	if err != nil {
		t.Fatal(err)
	}
	dump := filepath.Join("testdata", "unor.sql")
	r := load(t, s, Order{Kind: Units, Path: dump, Mapping: m, At: day})
	if r.Created != 5 || warned(r, "top_unit") != 1 || warned(r, "parent_itself") != 1 || warned(r, "parent_unknown") != 1 || warned(r, "parent_missing") != 1 {
		t.Errorf("%+v", r)
	}
	var out strings.Builder
	if err := Convert(dump, "", sheet.CSV, &out); err != nil {
		t.Fatal(err)
	}
	if want := `8801000002,SD Ma'arif "Contoh",,8801000000,`; !strings.Contains(out.String(), `SD Ma'arif ""Contoh""`) {
		t.Errorf("no %s in\n%s", want, out.String())
	}
	csv := text(t, "unor.csv", out.String())
	if again := load(t, s, Order{Kind: Units, Path: csv, Mapping: m, At: day}); again.Changed() || again.Unchanged != 5 {
		t.Errorf("the converted file changes something: %+v", again)
	}
}

// roster is the smallest header that says where somebody works.
const roster = "NIP BARU;NAMA;UNOR ID;UNOR NAMA;JABATAN NAMA;JENIS JABATAN ID;TMT JABATAN;GOL\n"

func loadRoster(t testing.TB, s *Service, on org.Day, lines ...string) *Report {
	t.Helper()
	return load(t, s, Order{Kind: Roster, Path: text(t, "roster.csv", roster+strings.Join(lines, "\n")+"\n"), At: on, Since: "2026-01-01"})
}

const (
	budi = "198609262015051001;BUDI;D;;Kepala Dinas Pendidikan;1;01-03-2021;IV/b"
	sari = "'199003092021042001;SARI;;bidang sekolah dasar;Guru Ahli Pertama;2;1/3/2021;III.a"
	andi = "199507172022211003;ANDI;Z9;UPT Entah;Pengelola Umum;4;;IX"
)

func TestTheRosterPutsPeopleWhereTheyWork(t *testing.T) {
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s := newService(t, d)
		loadUnits(t, s)
		r := loadRoster(t, s, day, budi, sari, andi)
		if r.Created != 3 || warned(r, "unknown_unit") != 1 || r.Made != (Made{Units: 1, Positions: 3}) {
			t.Fatalf("%+v", r)
		}
		m, err := s.Store.Map(t.Context(), d, day)
		if err != nil {
			t.Fatal(err)
		}
		_, byNIP, err := s.Store.PersonIDs(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		for nip, want := range map[string]struct {
			unit  string
			kind  org.PositionKind
			from  org.Day
			group string
		}{
			"198609262015051001": {"Dinas Pendidikan", org.JPTPratama, "2021-03-01", "umum"},
			"199003092021042001": {"Bidang Sekolah Dasar", org.Functional, "2021-03-01", "guru"},
			"199507172022211003": {"Belum terpetakan", org.Pelaksana, "2026-01-01", "umum"},
		} {
			post, _ := m.Post(byNIP[nip])
			p, _ := m.Position(post.Position)
			if got := m.Tree().Name(p.Unit); got != want.unit || p.Kind != want.kind || post.From != want.from || p.Group != want.group {
				t.Errorf("%s: %s, %+v, %+v", nip, got, p, post)
			}
		}
		andi, err := s.Store.Person(t.Context(), d, byNIP["199507172022211003"], day)
		if err != nil || andi.Employment != org.PPPK || andi.Rank != "IX" || andi.Born != "1995-07-17" || andi.Sex != "L" || andi.LegalStatus != org.Active {
			t.Errorf("%+v, %v", andi, err)
		}
		if e := m.Evaluator(byNIP["199003092021042001"]); e.PersonID != byNIP["198609262015051001"] {
			t.Errorf("the evaluator of Sari is %+v", e)
		}
	})
}

func TestASnapshotMovesAndNeverEnds(t *testing.T) {
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s := newService(t, d)
		loadUnits(t, s)
		loadRoster(t, s, "2026-06-01", budi, sari, andi)
		moved := "199003092021042001;SARI;D;;Pengelola Umum;4;01-11-2026;III/b"
		r := loadRoster(t, s, day, budi, moved)
		if r.Updated != 1 || r.Unchanged != 1 || len(r.Absent) != 1 || r.Absent[0].Name != "ANDI" || r.Absent[0].Unit != "Belum terpetakan" {
			t.Fatalf("%+v", r)
		}
		if len(r.Changes) != 1 || len(r.Changes[0].Fields) != 2 || r.Changes[0].Fields[1].Now != "Pengelola Umum, Dinas Pendidikan" {
			t.Errorf("changes %+v", r.Changes)
		}
		_, byNIP, err := s.Store.PersonIDs(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		held, err := s.Store.TenuresOf(t.Context(), d, byNIP["199003092021042001"], "", "")
		if err != nil || len(held) != 2 || held[0].From != "2026-11-01" || held[1].To != "2026-11-01" {
			t.Errorf("%+v, %v", held, err)
		}
		gone, err := s.Store.TenuresOf(t.Context(), d, byNIP["199507172022211003"], "", "")
		if err != nil || len(gone) != 1 || gone[0].To != "" {
			t.Errorf("somebody absent was ended: %+v, %v", gone, err)
		}
	})
}

func TestRowsAreRejectedWithTheirReason(t *testing.T) {
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s := newService(t, d)
		loadUnits(t, s)
		r := loadRoster(t, s, day,
			budi,
			"1.98609E+17;RUSAK;D;;X;4;;",
			";TANPA NIP;D;;X;4;;",
			"199001012015011001;;D;;X;4;;",
			"19900101;PENDEK;D;;X;4;;",
			"199013012015011001;TANGGAL;D;;X;4;31/02/2021;",
			sari, strings.Replace(sari, "SARI", "SARAH", 1),
			andi, andi,
		)
		want := map[int]string{
			3: "sheet.cell_scientific", 4: "import.reject.no_nip", 5: "import.reject.no_name", 6: "rulebook.fault.nip.length",
			7: "sheet.cell_date", 8: "import.reject.twin_person", 9: "import.reject.twin_person",
		}
		if len(r.Rejected) != len(want) || r.Created != 2 || r.Unchanged != 1 || warned(r, "copy") != 1 {
			t.Fatalf("%+v", r)
		}
		for _, x := range r.Rejected {
			if x.Key != want[x.Row] {
				t.Errorf("row %d: %s, want %s", x.Row, x.Key, want[x.Row])
			}
		}
		if first := r.Rejected[0]; first.Column != "NIP BARU" || first.Value != "1.98609E+17" {
			t.Errorf("%+v", first)
		}
		if also := r.Rejected[4].Also; len(also) != 1 || also[0].Key != "rulebook.fault.nip.born" {
			t.Errorf("also %+v", also)
		}
	})
}

// A number that names somebody else than the source's own number is nobody's.
func TestANIPOfSomebodyElseIsRejected(t *testing.T) {
	d := repotest.OpenSQLite(t, tables())
	s := newService(t, d)
	head := "PNS ID,NIP,NAMA\n"
	first := text(t, "a.csv", head+"A,198609262015051001,BUDI\nB,199003092021042001,SARI\n")
	load(t, s, Order{Kind: Roster, Path: first, At: day})
	swapped := text(t, "b.csv", head+"A,199003092021042001,BUDI\nC,198609262015051001,CITRA\n")
	r := load(t, s, Order{Kind: Roster, Path: swapped, At: day})
	if len(r.Rejected) != 2 || r.Rejected[0].Key != "import.reject.nip_of_other" || r.Changed() {
		t.Errorf("%+v", r)
	}
}

func TestADryRunChangesNothing(t *testing.T) {
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s := newService(t, d)
		loadUnits(t, s)
		entries := count(t, d, "ledger_entry")
		r := load(t, s, Order{Kind: Roster, Path: text(t, "r.csv", roster+budi+"\n"+andi+"\n"), At: day, DryRun: true})
		if r.Created != 2 || !r.DryRun {
			t.Errorf("%+v", r)
		}
		if count(t, d, "person") != 0 || count(t, d, "position") != 0 || count(t, d, "unit") != 7 || count(t, d, "ledger_entry") != entries {
			t.Error("something was written")
		}
	})
}

func TestEveryChangeIsInTheLedgerAndNothingElse(t *testing.T) {
	d := repotest.OpenSQLite(t, tables())
	s := newService(t, d)
	loadUnits(t, s)
	loadUnits(t, s)
	entries, err := db.All(t.Context(), d, `SELECT kind FROM ledger_entry`, db.Value[string])
	if err != nil || len(entries) != 1 || entries[0] != "org.import.units" {
		t.Errorf("%v, %v", entries, err)
	}
	if _, err := ledger.Verify(t.Context(), d, ledger.Trust{}); err != nil {
		t.Error(err)
	}
}

func TestAFileThatCannotBeReadChangesNothing(t *testing.T) {
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s := newService(t, d)
		for name, content := range map[string]string{
			"quote.csv": "NIP,NAMA\n198609262015051001,BUDI\n2,\"open\n", "other.csv": "a,b\n1,2\n", "empty.csv": "", "x.pdf": "%PDF-1.7",
			"cut.json": `[{"Id":"1","NamaUnor":"A"},{"Id":`, "words.json": `["a","b"]`, "no.json": `{"status":1}`, "two.sql": "CREATE TABLE `a` (\n  `x` int\n);\nCREATE TABLE `b` (\n  `x` int\n);\n",
		} {
			for _, k := range Kinds() {
				_, err := s.Machine().Import(t.Context(), Order{Kind: k, Path: text(t, name, content), At: day})
				if !fault.Is(err, fault.Invalid) {
					t.Errorf("%s as %s: %v", name, k, err)
				}
			}
		}
		if count(t, d, "person")+count(t, d, "unit")+count(t, d, "ledger_entry") != 0 {
			t.Error("something was written")
		}
	})
}

func TestUnfitOrdersAreRefused(t *testing.T) {
	s := newService(t, repotest.OpenSQLite(t, tables()))
	file := text(t, "units.csv", units)
	m, err := ShippedMapping("uk-organogram-senior")
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]Order{
		"no day":          {Kind: Units, Path: file, At: "2026-02-30"},
		"since after":     {Kind: Units, Path: file, At: day, Since: "2026-12-01"},
		"no kind":         {Kind: "salaries", Path: file, At: day},
		"another mapping": {Kind: Units, Path: file, At: day, Mapping: m},
	} {
		if _, err := s.Machine().Import(t.Context(), o); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Machine().Import(t.Context(), Order{Kind: Units, Path: file + "x", At: day}); !fault.Is(err, fault.NotFound) {
		t.Errorf("missing file: %v", err)
	}
}
