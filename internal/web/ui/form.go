package ui

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"
)

// Field is one field of a form. Name and Label suffice.
type Field struct {
	Name, Label string
	ID          string // Name when empty
	Type        string // of an input: text when empty
	Value       string
	Hint        string // how to fill it in, or why it counts
	Error       string // what is wrong and how to mend it
	Required    bool
	Later       bool // may stay empty for now, but is needed in the end: not marked as optional
	Rows        int  // of a text area, 3 when zero
	Options     []Option
	Values      []string // of checkboxes
	Short       bool
	SideBy      bool // few radio options in one row
	Accept      string
	Multiple    bool
	Attrs       templ.Attributes // inputmode, autocomplete, maxlength, data-hx-…
}

// Option is one value of a select, a radio group or checkboxes.
type Option struct {
	Value, Text string
	Hint        string
	Group       string // heading in a select; equal groups stand together
}

// Draft is a form as it was sent, to be shown again: its values, and the
// problems by field name (web.Problems).
type Draft struct {
	Values   url.Values
	Problems map[string]string
}

// Field returns a field filled with what was sent and what was wrong with it.
func (d Draft) Field(name, label string) Field {
	return Field{Name: name, Label: label, Value: d.Values.Get(name), Values: d.Values[name], Error: d.Problems[name]}
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

func (f Field) typ() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() string {
	if f.Rows == 0 {
		return "3"
	}
	return strconv.Itoa(f.Rows)
}

// describedBy names the hint and the error, whichever there are.
func (f Field) describedBy() string {
	s := ""
	if f.Hint != "" {
		s = f.id() + "-h"
	}
	if f.Error != "" {
		if s != "" {
			s += " "
		}
		s += f.id() + "-e"
	}
	return s
}

func (f Field) has(value string) bool {
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return f.Value == value && value != ""
}

// group is the options of a select under one heading.
type group struct {
	label   string
	options []Option
}

func (f Field) groups() []group {
	var out []group
	for _, o := range f.Options {
		if len(out) == 0 || out[len(out)-1].label != o.Group {
			out = append(out, group{label: o.Group})
		}
		last := &out[len(out)-1]
		last.options = append(last.options, o)
	}
	return out
}

// Problem is a wrong field as the summary above a form names it.
type Problem struct{ ID, Text string }

// Problems lists what is wrong with the fields, in their order.
func Problems(fields ...Field) []Problem {
	var out []Problem
	for _, f := range fields {
		if f.Error != "" {
			out = append(out, Problem{ID: f.id(), Text: f.Label + ": " + f.Error})
		}
	}
	return out
}

// state is what a control says about itself: required, wrong, described where.
func (f Field) state() templ.Attributes {
	a := templ.Attributes{}
	for k, v := range f.Attrs {
		a[k] = v
	}
	if f.Required {
		a["required"] = true
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if d := f.describedBy(); d != "" {
		a["aria-describedby"] = d
	}
	return a
}
