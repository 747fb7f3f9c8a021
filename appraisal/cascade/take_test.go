package cascade

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
)

func drawTerms(t *rapid.T) Terms {
	var terms Terms
	for i := range rapid.IntRange(1, 5).Draw(t, "goals") {
		g := Goal{ID: fmt.Sprint("g", i), Text: fmt.Sprint("Sasaran ", rapid.IntRange(0, 9).Draw(t, "goal")+10*i)}
		for k := range rapid.IntRange(0, 3).Draw(t, "measures") {
			g.Measures = append(g.Measures, Measure{
				ID: fmt.Sprint("m", i, "-", k), Text: fmt.Sprint("Indikator ", i, " ", k), Target: fmt.Sprint(rapid.IntRange(1, 3).Draw(t, "target")), Unit: "%", Direction: appraisal.Up,
			})
		}
		terms.Goals = append(terms.Goals, g)
	}
	return terms
}

func drawContent(t *rapid.T, terms Terms) appraisal.Content {
	c := appraisal.Content{Form: appraisal.LeaderForm, Results: []appraisal.Result{{ID: "own", Kind: appraisal.Main, Text: "Hasil sendiri"}}}
	for _, g := range terms.Goals {
		if !rapid.Bool().Draw(t, "there") {
			continue
		}
		r := appraisal.Result{ID: g.ID, Kind: appraisal.Main, Text: g.Text}
		if rapid.Bool().Draw(t, "by words") {
			r.ID = "other-" + g.ID
		} else if rapid.Bool().Draw(t, "reworded") {
			r.Text += " lama"
		}
		for _, m := range g.Measures {
			if rapid.Bool().Draw(t, "measured") {
				in := m.indicator(c.Form)
				in.Target = fmt.Sprint(rapid.IntRange(1, 3).Draw(t, "have"))
				r.Indicators = append(r.Indicators, in)
			}
		}
		c.Results = append(c.Results, r)
	}
	return c
}

// Taking everything leaves no difference, taking it twice is taking it once,
// and what was not chosen stays as it was.
func TestTakingIsChosenAndDoneOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := drawTerms(t)
		c := drawContent(t, terms)
		before, _ := offersOf(terms, c)
		var some, all []string
		for _, o := range before {
			all = append(all, o.Key)
			if rapid.Bool().Draw(t, "chosen") {
				some = append(some, o.Key)
			}
		}
		if n := take(terms, &c, some); n != len(some) {
			t.Fatalf("%d taken of %v", n, some)
		}
		left, _ := offersOf(terms, c)
		if len(left) != len(before)-len(some) {
			t.Fatalf("%d differences before, %d taken, %d left: %+v", len(before), len(some), len(left), left)
		}
		take(terms, &c, all)
		if left, _ = offersOf(terms, c); len(left) != 0 {
			t.Fatalf("left: %+v", left)
		}
		whole := fmt.Sprintf("%+v", c)
		if n := take(terms, &c, all); n != 0 || fmt.Sprintf("%+v", c) != whole {
			t.Fatal("taking twice changed something")
		}
		if own, _ := c.Find("own"); own == nil || own.Text != "Hasil sendiri" {
			t.Fatal("a result of one's own was touched")
		}
	})
}

// Loading rows twice is loading them once.
func TestRowsLoadedTwiceAreLoadedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []Line
		for range rapid.IntRange(1, 20).Draw(t, "rows") {
			l := Line{Goal: fmt.Sprint("S", rapid.IntRange(0, 3).Draw(t, "goal"))}
			l.Measure = Measure{Text: fmt.Sprint("I", rapid.IntRange(0, 3).Draw(t, "measure")), Target: "5", Unit: "%"}
			if rapid.Bool().Draw(t, "program") {
				l.Program, l.Budget = fmt.Sprint("P", rapid.IntRange(0, 3).Draw(t, "name")), 7
			}
			lines = append(lines, l)
		}
		var terms Terms
		for _, l := range lines {
			terms.meet(l)
		}
		once := fmt.Sprintf("%+v", terms)
		for _, l := range lines {
			if _, what, after := terms.meet(l); what != "" {
				t.Fatalf("again: %s %s", what, after)
			}
		}
		if fmt.Sprintf("%+v", terms) != once {
			t.Fatal("the second loading changed the agreement")
		}
	})
}

// A matrix that is exported and loaded back says what it said.
func TestAMatrixComesBackAsItWent(t *testing.T) {
	bundle, err := i18n.NewBundle(Locale)
	if err != nil {
		t.Fatal(err)
	}
	p := bundle.Printer(i18n.Indonesian)
	rapid.Check(t, func(t *rapid.T) {
		b := Board{ID: "b"}
		for i := range rapid.IntRange(1, 6).Draw(t, "columns") {
			b.Columns = append(b.Columns, Column{ID: fmt.Sprint("g", i), Number: i + 1, Text: fmt.Sprintf("Hasil pimpinan %c", 'A'+i)})
		}
		want := map[Wish]bool{}
		words := rapid.StringMatching(`[A-Z][a-z]{2,8}( [a-z0-9,;"=+]{1,9}){1,4}`)
		for i := range rapid.IntRange(1, 8).Draw(t, "people") {
			m := Member{Part: appraisal.Part{ID: fmt.Sprint("p", i), Who: appraisal.Identity{NIP: fmt.Sprintf("1986092620150520%02d", i), Name: fmt.Sprintf("Orang %c, S.T.", 'A'+i)}}, Cells: map[string][]Cell{}}
			for _, c := range b.Columns {
				for range rapid.IntRange(0, 2).Draw(t, "cells") {
					text := oneLine(words.Draw(t, "words"))
					m.Cells[c.ID] = append(m.Cells[c.ID], Cell{Text: text})
					want[Wish{m.Part.ID, c.ID, text}] = true
				}
			}
			b.People = append(b.People, m)
		}
		format := rapid.SampledFrom([]string{sheet.XLSX, sheet.CSV}).Draw(t, "format")
		var out bytes.Buffer
		if err := sheet.Write(&out, format, b.Doc(p)); err != nil {
			t.Fatal(err)
		}
		wishes, rep, err := b.ReadGrid(out.Bytes())
		if err != nil || len(rep.Rejected)+len(rep.Warnings) > 0 || rep.Rows != len(b.People) {
			t.Fatalf("%v %+v", err, rep)
		}
		got := map[Wish]bool{}
		for _, w := range wishes {
			got[w] = true
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: %v, want %v", format, got, want)
		}
		for _, j := range judge(b, nil, wishes, true) {
			if j.Verdict != Stands {
				t.Fatalf("what stands there would be given again: %+v", j)
			}
		}
	})
}

func TestPlaceholders(t *testing.T) {
	m := Member{Part: appraisal.Part{Who: appraisal.Identity{Name: "Dewi", Post: "Analis", Unit: "Bidang"}}, Team: "Data"}
	if got := fillWords("{nomor} {hasil} · {jabatan} {nama} {unit} {tim}", m, Column{Number: 2, Text: "Data bersih"}); got != "2 Data bersih · Analis Dewi Bidang Data" {
		t.Error(got)
	}
	for words, want := range map[string]string{"{hasil}": "", "{gaji} {hasil}": "gaji", "tanpa": "", "{terbuka": ""} {
		if got := unknownPlaceholder(words); got != want {
			t.Errorf("%s: %q", words, got)
		}
	}
}
