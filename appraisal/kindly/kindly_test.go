package kindly

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gurindam/gurindam/internal/i18n"
)

// sentence is one line of a labelled list.
type sentence struct {
	lang, text string
	person     bool // judges the person
}

func labelled(t testing.TB, file string) []sentence {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []sentence
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		cols := strings.Split(lines.Text(), "\t")
		if len(cols) != 3 || cols[1] != "person" && cols[1] != "fine" {
			t.Fatalf("%s: %q", file, lines.Text())
		}
		all = append(all, sentence{lang: cols[0], text: cols[2], person: cols[1] == "person"})
	}
	return all
}

// score counts what a checker says against what people said.
type score struct{ right, false, missed, fine int }

func (s *score) add(found, person bool) {
	switch {
	case found && person:
		s.right++
	case found:
		s.false++
	case person:
		s.missed++
	default:
		s.fine++
	}
}

func (s score) precision() float64 { return float64(s.right) / float64(max(s.right+s.false, 1)) }
func (s score) recall() float64    { return float64(s.right) / float64(max(s.right+s.missed, 1)) }

func measure(t *testing.T, what string, list []sentence, show bool) score {
	t.Helper()
	c := New()
	var total score
	for _, lang := range []string{"id", "en"} {
		var s score
		for _, x := range list {
			if x.lang != lang {
				continue
			}
			found := len(c.Check(x.text)) > 0
			s.add(found, x.person)
			total.add(found, x.person)
			if found != x.person && show {
				t.Logf("%s: person %v, found %v: %s", lang, x.person, found, x.text)
			}
		}
		t.Logf("%s, %s: precision %.2f, recall %.2f (%d right, %d false, %d missed, %d fine)", what, lang, s.precision(), s.recall(), s.right, s.false, s.missed, s.fine)
	}
	return total
}

// The first list was in view while the words were chosen, so it shows that
// nothing got worse. The second was written afterwards and shows what the hint
// is worth on words nobody prepared it for: it must stay quiet where nothing is
// wrong, and misses some.
func TestPrecisionAndRecallOnTheLabelledLists(t *testing.T) {
	known, fresh := labelled(t, "testdata/labelled.tsv"), labelled(t, "testdata/fresh.tsv")
	if len(known) < 300 {
		t.Fatalf("only %d sentences", len(known))
	}
	texts := map[string]bool{}
	for _, x := range append(slices.Clone(known), fresh...) {
		if texts[x.text] {
			t.Errorf("twice: %s", x.text)
		}
		texts[x.text] = true
	}
	guard(t, measure(t, "words chosen with these in view", known, true), 0.97, 0.95)
	guard(t, measure(t, "written afterwards", fresh, os.Getenv("SHOW") != ""), 0.9, 0.75)
}

func guard(t *testing.T, s score, precision, recall float64) {
	t.Helper()
	if s.precision() < precision || s.recall() < recall {
		t.Errorf("precision %.3f, recall %.3f; at least %.2f and %.2f", s.precision(), s.recall(), precision, recall)
	}
}

func TestHintsPointAtTheirWords(t *testing.T) {
	text := "Terima kasih. Anda ceroboh, dan aplikasinya lambat."
	hints := New().Check(text)
	if len(hints) != 1 || hints[0].Said != "ceroboh" || text[hints[0].From:hints[0].To] != "ceroboh" || hints[0].Kind != Character || hints[0].Lang != "id" {
		t.Fatalf("%+v", hints)
	}
	if !strings.Contains(hints[0].Better, "?") {
		t.Errorf("a better sentence asks: %s", hints[0].Better)
	}
}

func TestBetterSentencesAreKindThemselves(t *testing.T) {
	c := New()
	for _, x := range c.lexicons {
		seen := map[Kind]bool{Absolute: x.better != ""}
		for _, g := range x.groups {
			seen[g.Code] = true
			if h := c.Check(g.Better); len(h) > 0 || g.Better == "" {
				t.Errorf("%s: %q gives %+v", x.lang, g.Better, h)
			}
			if !slices.Contains(Kinds(), g.Code) || g.Code == Absolute {
				t.Errorf("%s: kind %q", x.lang, g.Code)
			}
		}
		for _, k := range Kinds() {
			if !seen[k] {
				t.Errorf("%s has no words of kind %s", x.lang, k)
			}
		}
	}
}

func TestEveryKindIsExplainedInBothLanguages(t *testing.T) {
	b, err := i18n.NewBundle(Locale)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Langs() {
		for _, k := range Kinds() {
			if p := b.Printer(l); !strings.Contains(p.T(Hint{Kind: k}.Why(), "xyz"), "xyz") {
				t.Errorf("%s: %s is not explained", l, k)
			}
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"Anda malas.", "You're n't", "\"", "kemalasanmu nya mu", "don’t", "selalu", "tidak pernah", "\xff-'’"} {
		f.Add(s)
	}
	c := New()
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, h := range c.Check(s) {
			if h.From < last || h.To <= h.From || h.To > len(s) || s[h.From:h.To] != h.Said || utf8.ValidString(s) && !utf8.ValidString(h.Said) {
				t.Fatalf("%q gives %+v", s, h)
			}
			last = h.To
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	c := New()
	text := strings.Repeat("Laporan bulan September diterima tiga hari setelah tanggal yang disepakati, sehingga rapat ditunda. ", 20) + "Anda malas."
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		c.Check(text)
	}
}
