package chart

import (
	"context"
	"io"
)

// Stacks are horizontal bars made of parts, one a row: what a whole is made of.
// All rows share one scale unless Share is set; then each fills the width.
type Stacks struct {
	Name   Head
	Corner string   // table head of the first column
	Parts  []string // names of the parts, at most four
	Rows   []Stack
	Share  bool
}

// Stack is one row: its parts, as numbers and as written.
type Stack struct {
	Label   string
	Parts   []float64
	Written []string
	Total   string
}

// Head names the chart.
func (c Stacks) Head() Head { return c.Name }

// Render writes the chart as SVG; the key of the parts stands above the rows.
func (c Stacks) Render(_ context.Context, w io.Writer) error {
	var s svg
	s.begin(c.Name, "c-stacks", barHead+barRow*float64(len(c.Rows)))
	step := 100 / float64(max(len(c.Parts), 1))
	for i, name := range c.Parts {
		x := step * float64(i)
		s.rect(partClass(i), num(x)+"%", "3", "10", "10")
		s.tag("<svg", "x", num(x)+"%", "y", "0", "overflow", "visible")
		s.text("", "", "16", "12", name)
		s.WriteString("</svg>")
	}
	most := c.most()
	for i, row := range c.Rows {
		c.row(&s, row, barHead+float64(i)*barRow, most)
	}
	s.end()
	return s.writeTo(w)
}

func partClass(i int) string { return "s" + num(float64(i%4+1)) }

func (c Stacks) row(s *svg, row Stack, y, most float64) {
	s.text("lbl", "", "0", num(y+14), row.Label)
	s.text("val", "end", "100%", num(y+14), row.Total)
	s.rect("track", "0", num(y+20), "100%", num(barHeight))
	whole := most
	if c.Share {
		whole = sum(row.Parts)
	}
	sp, from := span{0, whole}, 0.0
	for i, v := range row.Parts {
		if v > 0 {
			s.rect(partClass(i), sp.pct(from), num(y+20), num(sp.at(from+v)-sp.at(from))+"%", num(barHeight))
		}
		from += v
	}
}

func (c Stacks) most() float64 {
	most := 0.0
	for _, row := range c.Rows {
		most = max(most, sum(row.Parts))
	}
	return most
}

func sum(list []float64) float64 {
	total := 0.0
	for _, v := range list {
		total += v
	}
	return total
}

// Table returns the figures.
func (c Stacks) Table() Table {
	t := Table{Caption: c.Name.Title, Columns: append([]string{c.Corner}, c.Parts...)}
	for _, row := range c.Rows {
		t.Rows = append(t.Rows, append([]string{row.Label}, row.Written...))
	}
	return t
}
