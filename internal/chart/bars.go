package chart

import (
	"context"
	"io"
)

// Bars are horizontal bars, one a row, with the interval of each value where it
// has one. A row's name stands above its bar, so that long names fit a phone.
type Bars struct {
	Name     Head
	Columns  [3]string // table heads: row, value, interval
	Min, Max float64
	Marks    []Mark
	Rows     []Bar
}

// Mark is a line across all bars: a threshold, a grade's border.
type Mark struct {
	At    float64
	Label string
}

// Bar is one row. Value and Interval are written as the reader's language
// does. Low and High bound the interval; equal values mean there is none.
type Bar struct {
	Label    string
	At       float64
	Low      float64
	High     float64
	Value    string
	Interval string
	Strong   bool // one of those the text speaks of
	Bad      bool
}

const (
	barRow    = 40.0
	barHeight = 12.0
	barHead   = 20.0
)

// Head names the chart.
func (b Bars) Head() Head { return b.Name }

// Render writes the chart as SVG.
func (b Bars) Render(_ context.Context, w io.Writer) error {
	var s svg
	sp := span{b.Min, b.Max}
	top := 0.0
	if b.labelled() {
		top = barHead
	}
	height := top + barRow*float64(len(b.Rows))
	s.begin(b.Name, "c-bars", height)
	for i, row := range b.Rows {
		y := top + float64(i)*barRow
		b.row(&s, sp, row, y)
	}
	for _, m := range b.Marks {
		s.line("limit", sp.pct(m.At), num(top), sp.pct(m.At), num(height))
		s.text("", "middle", sp.pct(m.At), "12", m.Label)
	}
	s.end()
	return s.writeTo(w)
}

func (b Bars) labelled() bool {
	for _, m := range b.Marks {
		if m.Label != "" {
			return true
		}
	}
	return false
}

func (b Bars) row(s *svg, sp span, row Bar, y float64) {
	s.text("lbl", "", "0", num(y+14), row.Label)
	s.text("val", "end", "100%", num(y+14), row.Value)
	s.rect("track", "0", num(y+20), "100%", num(barHeight))
	s.rect(barClass(row), "0", num(y+20), sp.pct(row.At), num(barHeight))
	if row.Low < row.High {
		whisker(s, sp, row.Low, row.High, y+20+barHeight/2)
	}
}

func barClass(row Bar) string {
	switch {
	case row.Bad:
		return "bad"
	case row.Strong:
		return "s1"
	default:
		return "bar"
	}
}

// whisker draws an interval lying along a bar, on a halo so that it is seen on
// any ground.
func whisker(s *svg, sp span, low, high, y float64) {
	s.line("halo", sp.pct(low), num(y), sp.pct(high), num(y))
	s.line("whisker", sp.pct(low), num(y), sp.pct(high), num(y))
	s.line("whisker", sp.pct(low), num(y-4), sp.pct(low), num(y+4))
	s.line("whisker", sp.pct(high), num(y-4), sp.pct(high), num(y+4))
}

// Table returns the figures.
func (b Bars) Table() Table {
	t := Table{Caption: b.Name.Title, Columns: b.Columns[:]}
	for _, r := range b.Rows {
		t.Rows = append(t.Rows, []string{r.Label, r.Value, r.Interval})
	}
	return t
}
