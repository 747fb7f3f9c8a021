package orgimport

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/org"
)

func organogram(t testing.TB, level string) Order {
	t.Helper()
	m, err := ShippedMapping("uk-organogram-" + level)
	if err != nil {
		t.Fatal(err)
	}
	return Order{Kind: Positions, Path: filepath.Join("testdata", "organogram-"+level+".csv"), Mapping: m, At: day, Since: "2026-01-01"}
}

func TestOrganogramsBecomePositions(t *testing.T) {
	repotest.EachDB(t, tables(), func(t *testing.T, d *db.DB) {
		s := newService(t, d)
		senior := load(t, s, organogram(t, "senior"))
		if senior.Created != 7 || senior.Unchanged != 1 || senior.Made.Units != 3 || senior.Posts != (Posts{Filled: 1, Vacant: 2, Gone: 1, Unknown: 4}) {
			t.Fatalf("%+v", senior)
		}
		for code, n := range map[string]int{"superior_unknown": 1, "gone_post": 1, "twin_post": 1, "superior_itself": 1} {
			if warned(senior, code) != n {
				t.Errorf("%s: %d rows, want %d", code, warned(senior, code), n)
			}
		}
		junior := load(t, s, organogram(t, "junior"))
		if junior.Created != 4 || warned(junior, "many_superiors") != 1 || warned(junior, "superior_unknown") != 0 {
			t.Fatalf("%+v", junior)
		}
		m, err := s.Store.Map(t.Context(), d, day)
		if err != nil {
			t.Fatal(err)
		}
		byTitle := map[string]org.Position{}
		for _, p := range m.All() {
			byTitle[p.Title] = p
		}
		chief, finance, clerk := byTitle["Permanent Secretary"], byTitle["Director of Finance"], byTitle["Clerk"]
		if chief.Kind != org.JPTUtama || !chief.Head || m.Superior(finance.ID) != chief.ID || finance.Need != "0.8" || finance.RankLow != "SCS2" {
			t.Errorf("chief %+v, finance %+v", chief, finance)
		}
		if m.Superior(clerk.ID) != finance.ID || clerk.Kind != org.Pelaksana || clerk.Need != "2.5" {
			t.Errorf("clerk %+v answers to %s", clerk, m.Superior(clerk.ID))
		}
		// Its superior was eliminated: it answers to the one above that.
		if got := m.Superior(byTitle["Head of Audit"].ID); got != chief.ID {
			t.Errorf("Head of Audit answers to %s", got)
		}
		for _, o := range []Order{organogram(t, "senior"), organogram(t, "junior")} {
			if again := load(t, s, o); again.Changed() {
				t.Errorf("again: %+v", again)
			}
		}
	})
}

func TestPositionsAreCheckedCellByCell(t *testing.T) {
	d := repotest.OpenSQLite(t, tables())
	s := newService(t, d)
	loadUnits(t, s)
	file := text(t, "posts.csv", "ID JABATAN;NAMA JABATAN;UNOR ID;JENIS JABATAN;KELAS JABATAN;KEBUTUHAN;ID JABATAN ATASAN\n"+
		"1;Kepala Dinas;D;JPT Pratama;14;1;\n"+
		"2;;D;Pelaksana;5;1;1\n"+
		"3;Analis Ahli Muda;D;Fungsional;18;1;1\n"+
		"4;Analis Ahli Muda;D;Fungsional;9;-2;1\n"+
		"5;Analis Ahli Muda;D;Fungsional;9;banyak;1\n"+
		"6;Analis Ahli Muda;D;Ketua;9;1;1\n"+
		"7;Analis Ahli Muda;D;Fungsional;9;1,5;1\n"+
		"8;Pengelola;Q;Pelaksana;;2;9\n"+
		"9;Ajudan;D;Pelaksana;;1;8\n")
	r := load(t, s, Order{Kind: Positions, Path: file, At: day})
	want := map[int]string{
		3: "import.reject.no_title", 4: "import.reject.class", 5: "import.reject.need", 6: "sheet.cell_number", 7: "import.reject.kind",
	}
	if len(r.Rejected) != len(want) || r.Created != 4 || warned(r, "unknown_unit") != 1 || warned(r, "superior_circle") != 2 {
		t.Fatalf("%+v", r)
	}
	for _, x := range r.Rejected {
		if x.Key != want[x.Row] {
			t.Errorf("row %d: %s, want %s", x.Row, x.Key, want[x.Row])
		}
	}
}

// An empty cell says nothing: what the map knows stays.
func TestEmptyCellsKeepWhatIsKnown(t *testing.T) {
	d := repotest.OpenSQLite(t, tables())
	s := newService(t, d)
	loadUnits(t, s)
	full := text(t, "full.csv", "id,title,unit,kind,class,need,head,group\n1,Guru Ahli Muda,B,Fungsional,9,3,ya,guru\n")
	load(t, s, Order{Kind: Positions, Path: full, At: day})
	bare := text(t, "bare.csv", "id,title,unit\n1,Guru Ahli Muda,\n")
	if r := load(t, s, Order{Kind: Positions, Path: bare, At: day}); r.Changed() {
		t.Errorf("%+v", r.Changes)
	}
	changed := text(t, "changed.csv", "id,title,class\n1,Guru Ahli Muda,10\n")
	r := load(t, s, Order{Kind: Positions, Path: changed, At: day})
	if r.Updated != 1 || len(r.Changes) != 1 || len(r.Changes[0].Fields) != 1 || r.Changes[0].Fields[0] != (Field{"class", "9", "10"}) {
		t.Errorf("%+v", r)
	}
}

func TestMappingsAreReadStrictly(t *testing.T) {
	for name, source := range map[string]string{
		"import.map.line":       "kind = ",
		"import.map.kind":       "kind = \"salaries\"\n[columns]\nid = \"a\"\n",
		"import.map.no_columns": "kind = \"units\"\n",
		"import.map.setting":    "kind = \"units\"\ncolour = \"red\"\n[columns]\nid = \"a\"\n",
		"import.map.field":      "kind = \"units\"\n[columns]\nsalary = \"a\"\n",
		"import.map.dates":      "kind = \"units\"\ndates = \"year_first\"\n[columns]\nid = \"a\"\n",
		"import.map.large":      strings.Repeat("#", maxMapping+1),
	} {
		_, err := ParseMapping(source)
		var f *fault.Error
		if !asFault(err, &f) || f.Key != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ParseMapping("kind = \"units\"\n[columns]\nid = [1]\n"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a number as a column: %v", err)
	}
	if _, err := ShippedMapping("../words/siasn"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a file that is no mapping: %v", err)
	}
	all, err := Shipped()
	if err != nil || len(all) < 3 {
		t.Fatalf("%d mappings, %v", len(all), err)
	}
	for _, m := range all {
		if m.Title.ID == "" || m.Title.EN == "" {
			t.Errorf("%s has no title in both languages", m.Name)
		}
	}
}

func TestAMappingMustFitTheFile(t *testing.T) {
	s := newService(t, repotest.OpenSQLite(t, tables()))
	o := organogram(t, "senior")
	o.Path = text(t, "x.csv", "Job Title,FTE\nClerk,1\n")
	_, err := s.Machine().Import(t.Context(), o)
	var f *fault.Error
	if !asFault(err, &f) || f.Key != "import.columns_mapped" || !strings.Contains(f.Args[0].(string), "Post Unique Reference") {
		t.Errorf("%v", err)
	}
}
