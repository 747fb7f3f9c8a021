package chart

import (
	"context"
	"io"
	"math"
)

// Columns are upright bars: a distribution, a histogram. A column may have a
// least and a most it should be (the expectation of a distribution).
type Columns struct {
	Name    Head
	Heads   []string // table heads: column, value, and bounds where there are any
	Columns []Column
}

// Column is one bar. Value is written as the reader's language does.
type Column struct {
	Label  string
	At     float64
	Value  string
	Least  float64 // NaN or zero together with Most: no bounds
	Most   float64
	Bounds string // the bounds as written, for the table
	Strong bool
	Bad    bool
}

// Head names the chart.
func (c Columns) Head() Head { return c.Name }

const columnPlot = 140.0

// Render writes the chart as SVG.
func (c Columns) Render(_ context.Context, w io.Writer) error {
	var s svg
	sp := span{0, c.top()}
	s.begin(c.Name, "c-columns", columnPlot+44)
	s.line("axis-line", "0", num(columnPlot+20), "100%", num(columnPlot+20))
	each := 100 / float64(max(len(c.Columns), 1))
	for i, col := range c.Columns {
		left, middle := each*float64(i)+each*0.15, each*(float64(i)+0.5)
		h := columnPlot * sp.at(col.At) / 100
		y := 20 + columnPlot - h
		s.rect(columnClass(col), num(left)+"%", num(y), num(each*0.7)+"%", num(h))
		s.text("val", "middle", num(middle)+"%", num(y-6), col.Value)
		s.text("", "middle", num(middle)+"%", num(columnPlot+36), col.Label)
		if col.bounded() {
			c.bounds(&s, sp, col, middle+each*0.42)
		}
	}
	s.end()
	return s.writeTo(w)
}

func (c Columns) top() float64 {
	most := 0.0
	for _, col := range c.Columns {
		most = math.Max(most, col.At)
		if col.bounded() {
			most = math.Max(most, col.Most)
		}
	}
	if most == 0 {
		return 1
	}
	return most * 1.05
}

func (col Column) bounded() bool {
	return known(col.Least) && known(col.Most) && (col.Least != 0 || col.Most != 0)
}

func columnClass(col Column) string {
	return barClass(Bar{Strong: col.Strong, Bad: col.Bad})
}

// bounds draws the expectation as an upright whisker beside the column.
func (c Columns) bounds(s *svg, sp span, col Column, place float64) {
	x := num(place) + "%"
	low, high := 20+columnPlot*(1-sp.at(col.Least)/100), 20+columnPlot*(1-sp.at(col.Most)/100)
	s.line("whisker", x, num(low), x, num(high))
	for _, y := range []float64{low, high} {
		s.line("whisker", num(place-1)+"%", num(y), num(place+1)+"%", num(y))
	}
}

// Table returns the figures.
func (c Columns) Table() Table {
	t := Table{Caption: c.Name.Title, Columns: c.Heads}
	for _, col := range c.Columns {
		row := []string{col.Label, col.Value}
		if len(c.Heads) > 2 {
			row = append(row, col.Bounds)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
