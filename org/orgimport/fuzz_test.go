package orgimport

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

func asFault(err error, f **fault.Error) bool { return errors.As(err, f) }

// memory is a table in memory.
type memory struct {
	head []string
	body [][]string
}

func (m memory) names() []string        { return m.head }
func (m memory) index(field string) int { return findField(m.head, rosterFields(), field) }
func (m memory) close() error           { return nil }
func (m memory) rows(fn func(int, []string) error) error {
	for i, cells := range m.body {
		if err := fn(i+2, cells); err != nil {
			return err
		}
	}
	return nil
}

func rosterReaderFor(t testing.TB) *rosterReader {
	t.Helper()
	lib, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.At(rulebook.Day(day), "")
	if err != nil {
		t.Fatal(err)
	}
	rule, err := rulebook.Load[org.NIPRule](book)
	if err != nil {
		t.Fatal(err)
	}
	w, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	return &rosterReader{words: w, nip: rule, places: map[string]place{}}
}

// FuzzRoster throws cells at the reader of a roster: it never panics, and what
// it takes can be stored.
func FuzzRoster(f *testing.F) {
	f.Add("198609262015051001|BUDI|26-09-1986|L|Aktif|III/d|1|Kepala Dinas|01-03-2021|S-1/Sarjana|D")
	f.Add("1.98609E+17|BUDI|1986-09-26|M|PPPK|IX|2|Guru Ahli Pertama|44256|40|")
	f.Add("'199003092021042001|O'Neil|31/02/1990|X|Pensiun|gol. III d|4||2021|Profesi|\x00")
	f.Add(strings.Repeat("|", 10))
	head := []string{"NIP BARU", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN", "KEDUDUKAN HUKUM NAMA", "GOL AKHIR NAMA", "JENIS JABATAN ID", "JABATAN NAMA", "TMT JABATAN", "TINGKAT PENDIDIKAN NAMA", "UNOR ID"}
	reader := rosterReaderFor(f)
	f.Fuzz(func(t *testing.T, row string) {
		cells := strings.SplitN(row, "|", len(head))
		for len(cells) < len(head) {
			cells = append(cells, "")
		}
		l := &lens{table: memory{head: head}, kind: Roster, cols: map[string][]int{}, empty: map[string]bool{}}
		if err := l.focus(); err != nil {
			t.Fatal(err)
		}
		x := &line{lens: l}
		x.begin(2, cells)
		p := reader.read(x)
		j := newJournal()
		if !x.settle(j) {
			if len(j.rejected) != 1 || j.rejected[2].Key == "" {
				t.Errorf("rejected without a reason: %+v", j.rejected)
			}
			return
		}
		for _, text := range p.texts() {
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || len([]rune(text)) > maxText {
				t.Errorf("%q cannot be stored", text)
			}
		}
		if len(p.NIP) != 18 || p.Name == "" || p.Sex != "L" && p.Sex != "P" || p.Employment == "" || p.Kind == "" {
			t.Errorf("%+v", p)
		}
		for _, d := range []org.Day{p.Born, p.Since} {
			if _, ok := rulebook.ParseDay(string(d)); d != "" && !ok {
				t.Errorf("%q is no day", d)
			}
		}
	})
}

// FuzzMapping throws text at the reader of mappings.
func FuzzMapping(f *testing.F) {
	f.Add("kind = \"units\"\n[columns]\nid = [\"a\", \"b\"]\n")
	f.Add("kind = \"roster\"\n[values.sex]\nX = \"L\"\n")
	f.Fuzz(func(t *testing.T, source string) {
		m, err := ParseMapping(source)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%v", err)
		}
		if err == nil && (fieldsOf(m.Kind) == nil || len(m.Columns) == 0) {
			t.Errorf("%+v", m)
		}
	})
}
