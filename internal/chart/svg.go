package chart

import (
	"context"
	"html"
	"io"
	"math"
	"strconv"
	"strings"
)

// Chart is what every chart of this package can do. Render fits where a templ
// component is expected.
type Chart interface {
	Render(ctx context.Context, w io.Writer) error
	Table() Table
	Head() Head
}

// Head names a chart. ID must be unique on the page.
type Head struct {
	ID    string
	Title string // what is shown
	Desc  string // what can be seen in it, in a sentence
}

// Table is the same figures as text.
type Table struct {
	Caption string
	Columns []string
	Rows    [][]string // the first cell names the row
}

// svg collects elements.
type svg struct{ strings.Builder }

// begin opens the picture with its title and description.
func (s *svg) begin(h Head, class string, height float64) {
	s.tag("<svg", "class", class, "id", h.ID, "role", "img", "aria-labelledby", h.ID+"-t "+h.ID+"-d", "width", "100%", "height", num(height))
	s.WriteString("<title id=\"" + html.EscapeString(h.ID) + "-t\">" + html.EscapeString(h.Title) + "</title>")
	s.WriteString("<desc id=\"" + html.EscapeString(h.ID) + "-d\">" + html.EscapeString(h.Desc) + "</desc>")
}

func (s *svg) end() { s.WriteString("</svg>") }

// tag writes an opening tag with its attributes, given as name-value pairs;
// empty values are left out.
func (s *svg) tag(open string, pairs ...string) {
	s.WriteString(open)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		s.WriteString(" " + pairs[i] + "=\"" + html.EscapeString(pairs[i+1]) + "\"")
	}
	s.WriteString(">")
}

// leaf writes an element without content.
func (s *svg) leaf(name string, pairs ...string) {
	s.tag("<"+name, pairs...)
	s.WriteString("</" + name + ">")
}

func (s *svg) rect(class string, x, y, width, height string) {
	s.leaf("rect", "class", class, "x", x, "y", y, "width", width, "height", height)
}

func (s *svg) line(class string, x1, y1, x2, y2 string) {
	s.leaf("line", "class", class, "x1", x1, "y1", y1, "x2", x2, "y2", y2)
}

func (s *svg) text(class, anchor, x, y, words string) {
	if words == "" {
		return
	}
	s.tag("<text", "class", class, "x", x, "y", y, "text-anchor", anchor)
	s.WriteString(html.EscapeString(words) + "</text>")
}

func (s *svg) writeTo(w io.Writer) error {
	_, err := io.WriteString(w, s.String())
	return err
}

// num writes a coordinate with at most two places.
func num(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "0"
	}
	out := strconv.FormatFloat(v, 'f', 2, 64)
	out = strings.TrimRight(strings.TrimRight(out, "0"), ".")
	if out == "-0" {
		return "0"
	}
	return out
}

// span is a range of values laid over the width or height of a picture.
type span struct{ min, max float64 }

// at returns where v stands between 0 and 100; what lies outside is clipped.
func (sp span) at(v float64) float64 {
	if !(sp.max > sp.min) {
		return 0
	}
	return math.Min(math.Max((v-sp.min)/(sp.max-sp.min)*100, 0), 100)
}

func (sp span) pct(v float64) string { return num(sp.at(v)) + "%" }

// known reports whether v is a value and not a gap.
func known(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
