package chart

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func drawn(t interface{ Fatal(...any) }, c Chart) string {
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestBarsAreDrawnExactly(t *testing.T) {
	c := Bars{
		Name: Head{"un", "Sembilan unsur", "Biaya tertinggi"}, Min: 25, Max: 100,
		Marks: []Mark{{76.61, "B"}},
		Rows:  []Bar{{Label: "Biaya <gratis>", At: 98.3, Low: 97.5, High: 99.1, Value: "98,3"}, {Label: "Waktu", At: 79.4, Value: "79,4", Strong: true}},
	}
	want := `<svg class="c-bars" id="un" role="img" aria-labelledby="un-t un-d" width="100%" height="100">` +
		`<title id="un-t">Sembilan unsur</title><desc id="un-d">Biaya tertinggi</desc>` +
		`<text class="lbl" x="0" y="34">Biaya &lt;gratis&gt;</text><text class="val" x="100%" y="34" text-anchor="end">98,3</text>` +
		`<rect class="track" x="0" y="40" width="100%" height="12"></rect><rect class="bar" x="0" y="40" width="97.73%" height="12"></rect>` +
		`<line class="halo" x1="96.67%" y1="46" x2="98.8%" y2="46"></line><line class="whisker" x1="96.67%" y1="46" x2="98.8%" y2="46"></line>` +
		`<line class="whisker" x1="96.67%" y1="42" x2="96.67%" y2="50"></line><line class="whisker" x1="98.8%" y1="42" x2="98.8%" y2="50"></line>` +
		`<text class="lbl" x="0" y="74">Waktu</text><text class="val" x="100%" y="74" text-anchor="end">79,4</text>` +
		`<rect class="track" x="0" y="80" width="100%" height="12"></rect><rect class="s1" x="0" y="80" width="72.53%" height="12"></rect>` +
		`<line class="limit" x1="68.81%" y1="20" x2="68.81%" y2="100"></line><text x="68.81%" y="12" text-anchor="middle">B</text></svg>`
	if got := drawn(t, c); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestScaleShowsGradeAndInterval(t *testing.T) {
	got := drawn(t, Scale{
		Name: Head{"ix", "Indeks", "86,42"}, Min: 25, Max: 100, Low: 84.9, High: 87.9,
		Grades: []Grade{{25, 65, "D", false}, {65, 76.61, "C", false}, {76.61, 88.31, "B baik", true}, {88.31, 100, "A", false}},
	})
	for _, part := range []string{
		`<rect class="bar" x="68.81%" y="8" width="15.6%" height="8">`,
		`<rect class="s1" x="79.87%" y="4" width="4%" height="16">`,
		`<text class="val" x="76.61%" y="36" text-anchor="middle">B baik</text>`,
	} {
		if !strings.Contains(got, part) {
			t.Errorf("%s\nis missing in\n%s", part, got)
		}
	}
}

func TestLinesBreakAtGaps(t *testing.T) {
	c := Lines{
		Name: Head{"tr", "Tren", ""}, Corner: "Bulan", X: []string{"Jan", "Feb", "Mar", "Apr"}, Max: 10, Target: math.NaN(),
		Series: []Series{{Name: "Jawaban", Values: []float64{0, 10, math.NaN(), 5}}},
		Write:  num,
	}
	got := drawn(t, c)
	if want := `<path class="curve" d="M0 100L33.33 0M100 50"></path>`; !strings.Contains(got, want) {
		t.Errorf("%s\nis missing in\n%s", want, got)
	}
	if rows := c.Table().Rows; rows[2][1] != "–" || rows[3][1] != "5" {
		t.Errorf("table %v", rows)
	}
}

func TestColumnsShowTheirBounds(t *testing.T) {
	c := Columns{
		Name: Head{"di", "Sebaran", ""}, Heads: []string{"Predikat", "Pegawai", "Seharusnya"},
		Columns: []Column{{Label: "Baik", At: 14, Value: "14", Least: 8, Most: 20, Bounds: "8 sampai 20"}, {Label: "Kurang", At: 0, Value: "0"}},
	}
	got := drawn(t, c)
	if n := strings.Count(got, `class="whisker"`); n != 3 {
		t.Errorf("%d strokes for the bounds, want 3 (one column has none)\n%s", n, got)
	}
	if row := c.Table().Rows[0]; row[2] != "8 sampai 20" {
		t.Errorf("table %v", row)
	}
}

func TestStacksFillTheWidthOnlyAsShares(t *testing.T) {
	rows := []Stack{{"A", []float64{6, 2}, []string{"6", "2"}, "8"}, {"B", []float64{1, 1}, []string{"1", "1"}, "2"}}
	c := Stacks{Name: Head{"me", "Meja", ""}, Parts: []string{"Pegawai", "Atasan"}, Rows: rows}
	if got, want := drawn(t, c), `<rect class="s2" x="12.5%" y="80" width="12.5%" height="12">`; !strings.Contains(got, want) {
		t.Errorf("one scale: %s\nis missing in\n%s", want, got)
	}
	c.Share = true
	if got, want := drawn(t, c), `<rect class="s2" x="50%" y="80" width="50%" height="12">`; !strings.Contains(got, want) {
		t.Errorf("shares: %s\nis missing in\n%s", want, got)
	}
}

// Whatever the numbers and words, a chart is well-formed and holds no style.
func TestEveryChartIsWellFormed(t *testing.T) {
	value := rapid.OneOf(rapid.Float64(), rapid.Just(math.NaN()), rapid.Just(math.Inf(1)), rapid.Float64Range(0, 100))
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-zA-Z<>&"'éÀ ]*`).Draw(t, "word")
		a, b, lo, hi := value.Draw(t, "a"), value.Draw(t, "b"), value.Draw(t, "min"), value.Draw(t, "max")
		head := Head{"id", word, word}
		for _, c := range []Chart{
			Bars{Name: head, Min: lo, Max: hi, Marks: []Mark{{a, word}}, Rows: []Bar{{Label: word, At: a, Low: b, High: hi}}},
			Scale{Name: head, Min: lo, Max: hi, Low: a, High: b, Grades: []Grade{{a, b, word, true}}},
			Lines{Name: head, Min: lo, Max: hi, Target: a, X: []string{word, word}, Series: []Series{{word, []float64{a, b}, []float64{a, a}, []float64{b, b}}}, Write: num},
			Columns{Name: head, Columns: []Column{{Label: word, At: a, Least: b, Most: hi}}},
			Stacks{Name: head, Parts: []string{word}, Rows: []Stack{{Label: word, Parts: []float64{a, b}}}},
		} {
			wellFormed(t, drawn(t, c))
		}
	})
}

func wellFormed(t *rapid.T, svg string) {
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range el.Attr {
			if a.Name.Local == "style" || strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
				t.Fatalf("attribute %s=%q in\n%s", a.Name.Local, a.Value, svg)
			}
		}
	}
}
