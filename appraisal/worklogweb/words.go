package worklogweb

import (
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/worklog"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// of returns the entries of one day.
func (p weekPage) of(d appraisal.Day) []worklog.Entry {
	var all []worklog.Entry
	for _, e := range p.L.Entries {
		if e.Day == d {
			all = append(all, e)
		}
	}
	return all
}

func (p weekPage) days() []appraisal.Day { return worklog.Days(p.L.From, p.L.To, 7) }

// proposed counts the ties that wait to be accepted.
func (p weekPage) proposed() int {
	n := 0
	for _, e := range p.L.Entries {
		if e.State == worklog.Proposed {
			n++
		}
	}
	return n
}

func (p weekPage) base() string { return "/harian/" + p.L.Part.ID }

// field fills a field of the form with what was sent, or with the entry that
// is changed.
func (p weekPage) field(name, label, value string) ui.Field {
	if p.Draft.Values != nil {
		return p.Draft.Field(name, label)
	}
	return ui.Field{Name: name, Label: label, Value: value}
}

func (p weekPage) required(name, label, value string) ui.Field {
	f := p.field(name, label, value)
	f.Required = true
	return f
}

func typed(f ui.Field, kind string) ui.Field {
	f.Type, f.Short = kind, true
	return f
}

func withOptions(f ui.Field, all []ui.Option) ui.Field {
	f.Options = all
	return f
}

func hinted(f ui.Field, hint string) ui.Field {
	f.Hint = hint
	return f
}

// linkText names what an entry is tied to, with the number of the result.
func (p weekPage) linkText(e worklog.Entry) string {
	for _, t := range p.L.Targets {
		if t.Link != e.Link {
			continue
		}
		if t.Step != "" {
			return strconv.Itoa(t.Number) + " · " + t.Step
		}
		return strconv.Itoa(t.Number) + " · " + t.Result
	}
	return ""
}

func hours(e worklog.Entry) string {
	switch {
	case e.Starts == "":
		return ""
	case e.Ends == "":
		return e.Starts
	}
	return e.Starts + "–" + e.Ends
}

// editOf is the address that opens an entry in the form.
func (p weekPage) editOf(e worklog.Entry) string {
	return p.base() + "?h=" + string(e.Day) + "&isian=" + e.ID + "#catat"
}

func shiftOptions(all []worklog.Shift) []ui.Option {
	var out []ui.Option
	for _, s := range all {
		text := s.Code + " · " + s.Name
		if !s.Off() {
			text += " " + s.Starts + "–" + s.Ends
		}
		out = append(out, ui.Option{Value: s.Code, Text: text})
	}
	return out
}

// versionText carries the version of the entry that is changed.
func versionText(n int64) string { return strconv.FormatInt(n, 10) }

// at returns the shift of a row of the form, empty beyond the last.
func at(all []worklog.Shift, i int) worklog.Shift {
	if i < len(all) {
		return all[i]
	}
	return worklog.Shift{}
}

// joined puts the texts that are not empty beside each other.
func joined(texts ...string) string {
	var kept []string
	for _, t := range texts {
		if t != "" {
			kept = append(kept, t)
		}
	}
	return strings.Join(kept, " · ")
}

func dash(label, otherwise string) string {
	if label == "" {
		return otherwise
	}
	return label
}

func weekdayOf(d appraisal.Day) int {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0
	}
	return int(t.Weekday())
}

func copyID(i, j int) string { return "c" + strconv.Itoa(i) + "-" + strconv.Itoa(j) }

// spans are the stretches one can copy.
func (p copyPage) spans() []ui.Choice {
	var all []ui.Choice
	for _, k := range []string{"hari", "minggu", "bulan"} {
		all = append(all, ui.Choice{Text: p.P.T("worklogweb.span." + k), To: "?rentang=" + k + "&h=" + string(p.Day), Current: p.Kind == k})
	}
	return all
}

// first names the first field to be copied.
func (p copyPage) first() string {
	if len(p.Entries) == 0 || len(p.Entries[0].Fields) == 0 {
		return ""
	}
	return ": " + p.P.T("worklog.field."+p.Entries[0].Fields[0].Key)
}

// good are the lines that can be loaded.
func (p pastePage) good() []worklog.Line {
	var all []worklog.Line
	for _, l := range p.Lines {
		if l.Wrong == nil {
			all = append(all, l)
		}
	}
	return all
}

func optionText(t worklog.Target) string {
	if t.Step != "" {
		return strconv.Itoa(t.Number) + " · " + t.Step
	}
	return strconv.Itoa(t.Number) + ". " + t.Result
}
