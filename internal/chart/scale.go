package chart

import (
	"context"
	"io"
)

// Scale shows one index on its scale of grades: the grade it is in, and the
// interval of the index.
type Scale struct {
	Name      Head
	Columns   [2]string // table heads: what, value
	Min, Max  float64
	Grades    []Grade // from the lowest up
	Low, High float64 // interval of the index
	Value     string  // the index as written, for the table
	Interval  string
}

// Grade is one stretch of the scale; On marks the one the index is in.
type Grade struct {
	From, To float64
	Label    string
	On       bool
}

// Head names the chart.
func (c Scale) Head() Head { return c.Name }

// Render writes the chart as SVG.
func (c Scale) Render(_ context.Context, w io.Writer) error {
	var s svg
	sp := span{c.Min, c.Max}
	s.begin(c.Name, "c-scale", 44)
	s.rect("track", "0", "8", "100%", "8")
	for _, g := range c.Grades {
		if g.On {
			s.rect("bar", sp.pct(g.From), "8", num(sp.at(g.To)-sp.at(g.From))+"%", "8")
		}
	}
	s.rect("s1", sp.pct(c.Low), "4", num(max(sp.at(c.High)-sp.at(c.Low), 0.6))+"%", "16")
	for i, g := range c.Grades {
		if i > 0 {
			s.line("edge2", sp.pct(g.From), "8", sp.pct(g.From), "16")
		}
		class := ""
		if g.On {
			class = "val"
		}
		s.text(class, "middle", num((sp.at(g.From)+sp.at(g.To))/2)+"%", "36", g.Label)
	}
	s.end()
	return s.writeTo(w)
}

// Table returns the figures.
func (c Scale) Table() Table {
	return Table{Caption: c.Name.Title, Columns: c.Columns[:], Rows: [][]string{{c.Name.Title, c.Value}, {c.Name.Desc, c.Interval}}}
}
