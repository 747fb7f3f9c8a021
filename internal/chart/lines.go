package chart

import (
	"context"
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

// Lines are values over time, one line a series, with a band where a value has
// an interval, a line for the target, and gaps where nothing is known.
type Lines struct {
	Name      Head
	Corner    string   // table head of the first column
	X         []string // a label a point
	Series    []Series
	Min, Max  float64 // the range drawn; both zero: found from the values
	Target    float64 // NaN: none
	TargetLbl string
	Write     func(float64) string // writes a value in the reader's language
	Small     bool                 // one of many small ones: no grid labels
}

// Series is one line. math.NaN is a gap. Low and High, if given, are the
// interval of each value.
type Series struct {
	Name      string
	Values    []float64
	Low, High []float64
}

// Heights of the parts of a line chart.
const (
	lineKey    = 24.0
	linePlot   = 180.0
	smallPlot  = 56.0
	lineTop    = 16.0
	lineBottom = 24.0
)

// top is where the plot begins, inner its height.
func (c Lines) top() float64 {
	if len(c.Series) > 1 && !c.Small {
		return lineTop + lineKey
	}
	return lineTop
}

func (c Lines) inner() float64 {
	if c.Small {
		return smallPlot
	}
	return linePlot
}

// y is the height at which a value stands.
func (c Lines) y(sp span, v float64) float64 { return c.top() + c.inner()*(1-sp.at(v)/100) }

// Head names the chart.
func (c Lines) Head() Head { return c.Name }

// Render writes the chart as SVG.
func (c Lines) Render(_ context.Context, w io.Writer) error {
	var s svg
	height := c.top() + c.inner() + lineBottom
	sp := c.span()
	s.begin(c.Name, "c-lines", height)
	if len(c.Series) > 1 && !c.Small {
		c.key(&s)
	}
	c.grid(&s, sp)
	s.tag("<svg", "class", "plot", "x", "0", "y", num(c.top()), "width", "100%", "height", num(c.inner()), "viewBox", "0 0 100 100", "preserveAspectRatio", "none")
	for i, series := range c.Series {
		c.band(&s, sp, series)
		c.curve(&s, sp, series, i)
	}
	s.WriteString("</svg>")
	if len(c.Series) > 0 {
		c.last(&s, sp, c.Series[0])
	}
	c.labels(&s, height)
	s.end()
	return s.writeTo(w)
}

// span is the range drawn: what was asked for, else the values with some air.
func (c Lines) span() span {
	if c.Min != 0 || c.Max != 0 {
		return span{c.Min, c.Max}
	}
	low, high := math.Inf(1), math.Inf(-1)
	see := func(v float64) {
		if known(v) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	for _, s := range c.Series {
		for _, list := range [][]float64{s.Values, s.Low, s.High} {
			for _, v := range list {
				see(v)
			}
		}
	}
	see(c.Target)
	if low > high {
		return span{0, 1}
	}
	air := (high - low) * 0.1
	if air == 0 {
		air = 1
	}
	return span{low - air, high + air}
}

// x is the place of point i along the width, in per cent.
func (c Lines) x(i int) float64 {
	if len(c.X) < 2 {
		return 50
	}
	return float64(i) / float64(len(c.X)-1) * 100
}

func (c Lines) grid(s *svg, sp span) {
	for _, v := range []float64{sp.min, (sp.min + sp.max) / 2, sp.max} {
		y := c.y(sp, v)
		s.line("grid", "0", num(y), "100%", num(y))
		if !c.Small {
			s.text("", "", "0", num(y-4), c.Write(v))
		}
	}
	if known(c.Target) {
		y := c.y(sp, c.Target)
		s.line("limit", "0", num(y), "100%", num(y))
		if !c.Small {
			s.text("", "middle", "50%", num(y-4), c.TargetLbl)
		}
	}
}

// curve draws a series as one path that begins anew after each gap.
func (c Lines) curve(s *svg, sp span, series Series, i int) {
	var d strings.Builder
	pen := "M"
	for j, v := range series.Values {
		if !known(v) {
			pen = "M"
			continue
		}
		d.WriteString(pen + num(c.x(j)) + " " + num(100-sp.at(v)))
		pen = "L"
	}
	s.leaf("path", "class", curveClass(i), "d", d.String())
}

// band draws the interval of a series, where all its bounds are known.
func (c Lines) band(s *svg, sp span, series Series) {
	if len(series.Low) != len(series.Values) || len(series.High) != len(series.Values) || len(series.Values) < 2 {
		return
	}
	var d strings.Builder
	pen := "M"
	for j, v := range series.High {
		if !known(v) || !known(series.Low[j]) {
			return
		}
		d.WriteString(pen + num(c.x(j)) + " " + num(100-sp.at(v)))
		pen = "L"
	}
	for j := len(series.Low) - 1; j >= 0; j-- {
		d.WriteString("L" + num(c.x(j)) + " " + num(100-sp.at(series.Low[j])))
	}
	s.leaf("path", "class", "band", "d", d.String()+"Z")
}

// last marks the newest value of the first series and writes it.
func (c Lines) last(s *svg, sp span, series Series) {
	for j := len(series.Values) - 1; j >= 0; j-- {
		v := series.Values[j]
		if !known(v) {
			continue
		}
		x, y := num(c.x(j))+"%", c.y(sp, v)
		s.leaf("circle", "class", "dot", "cx", x, "cy", num(y), "r", "4")
		s.text("val", "end", x, num(y-8), c.Write(v))
		return
	}
}

// phoneLetters is how many letters of a label stand beside each other below a
// chart on a phone.
const phoneLetters = 48

func longest(all []string) (n int) {
	for _, x := range all {
		n = max(n, utf8.RuneCountInString(x))
	}
	return n
}

// labels writes the points' names: the first, the last, and as many between as
// fit a phone.
func (c Lines) labels(s *svg, height float64) {
	last := len(c.X) - 1
	fit := min(max(phoneLetters/(longest(c.X)+2), 2), 6)
	step := max((last+fit-2)/(fit-1), 1)
	for i, x := range c.X {
		anchor := "middle"
		switch {
		case i == 0:
			anchor = "start"
		case i == last:
			anchor = "end"
		case c.Small || i%step != 0 || last-i < step:
			continue
		}
		s.text("", anchor, num(c.x(i))+"%", num(height-6), x)
	}
}

// key names the series above the plot when there are several.
func (c Lines) key(s *svg) {
	step := 100 / float64(len(c.Series))
	for i, series := range c.Series {
		x := num(step*float64(i)) + "%"
		s.tag("<svg", "x", x, "y", "0", "overflow", "visible")
		s.line(curveClass(i), "0", "8", "16", "8")
		s.text("", "", "22", "12", series.Name)
		s.WriteString("</svg>")
	}
}

func curveClass(i int) string {
	if i == 0 {
		return "curve"
	}
	return "curve c" + num(float64(min(i+1, 3)))
}

// Table returns the figures.
func (c Lines) Table() Table {
	t := Table{Caption: c.Name.Title, Columns: []string{c.Corner}}
	for _, s := range c.Series {
		t.Columns = append(t.Columns, s.Name)
	}
	for i, x := range c.X {
		row := []string{x}
		for _, s := range c.Series {
			cell := "–"
			if i < len(s.Values) && known(s.Values[i]) {
				cell = c.Write(s.Values[i])
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
