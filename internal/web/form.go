package web

import (
	"mime"
	"mime/multipart"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
)

// Form reads the fields of a submitted form and notes what is wrong with them.
// Text is trimmed, NFC-normalised and freed of control characters; nothing else
// is changed, so that a form shown again holds what was typed.
type Form struct {
	q      *Request
	Faults fault.Fields
}

// formMemory is how much of an uploaded form is held in memory; what is beyond
// lies in temporary files until the answer is given.
const formMemory = 1 << 20

// Form parses the request's body, with or without files. A body that is too
// large or malformed is a fault.
func (q *Request) Form() (*Form, error) {
	kind, _, err := mime.ParseMediaType(q.R.Header.Get("Content-Type"))
	if err == nil && kind == "multipart/form-data" {
		err = q.R.ParseMultipartForm(formMemory)
	} else {
		err = q.R.ParseForm()
	}
	if err != nil {
		return nil, fault.Wrong("web.bad_form").Because(err)
	}
	return &Form{q: q}, nil
}

// Files returns the files chosen in a field, none when the form was not sent as
// multipart/form-data. Name and size in their headers are the browser's word.
func (f *Form) Files(name string) []*multipart.FileHeader {
	if f.q.R.MultipartForm == nil {
		return nil
	}
	return f.q.R.MultipartForm.File[name]
}

// Err returns the wrong fields as a fault, or nil.
func (f *Form) Err() error { return f.Faults.Err() }

// Text returns a field's text.
func (f *Form) Text(name string) string { return clean(f.q.R.PostFormValue(name)) }

// All returns every value of a repeated field.
func (f *Form) All(name string) []string {
	f.q.R.PostFormValue(name)
	var out []string
	for _, v := range f.q.R.PostForm[name] {
		out = append(out, clean(v))
	}
	return out
}

// Required returns a field's text and notes it when empty or longer than most
// characters.
func (f *Form) Required(name string, most int) string {
	s := f.Text(name)
	f.Faults.Check(s != "", name, "form.required")
	f.limit(name, s, most)
	return s
}

// Optional returns a field's text and notes it when longer than most.
func (f *Form) Optional(name string, most int) string {
	s := f.Text(name)
	f.limit(name, s, most)
	return s
}

func (f *Form) limit(name, s string, most int) {
	f.Faults.Check(len([]rune(s)) <= most, name, "form.too_long", most)
}

// OneOf returns a field that must be one of the words.
func (f *Form) OneOf(name string, words ...string) string {
	s := f.Text(name)
	for _, w := range words {
		if s == w {
			return s
		}
	}
	f.Faults.Add(name, "form.choose")
	return ""
}

// Bool reports whether a checkbox was ticked.
func (f *Form) Bool(name string) bool {
	v := f.Text(name)
	return v != "" && v != "0" && v != "false"
}

// Int returns a whole number between least and most; empty or wrong input is
// noted and gives zero.
func (f *Form) Int(name string, least, most int) int {
	n, err := strconv.Atoi(f.Text(name))
	if err != nil || n < least || n > most {
		f.Faults.Add(name, "form.int", least, most)
		return 0
	}
	return n
}

// Date returns a date as YYYY-MM-DD. It takes that form and d/m/yyyy; an empty
// field is noted only when required.
func (f *Form) Date(name string, required bool) string {
	s := f.Text(name)
	if s == "" {
		f.Faults.Check(!required, name, "form.required")
		return ""
	}
	d, ok := ParseDate(s)
	f.Faults.Check(ok, name, "form.date")
	return d
}

// ParseDate reads YYYY-MM-DD or d/m/yyyy (also with dashes or dots) of the
// years 1900 to 2200 and returns it as YYYY-MM-DD.
func ParseDate(s string) (string, bool) {
	for _, layout := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006"} {
		t, err := time.Parse(layout, s)
		if err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return t.Format(time.DateOnly), true
		}
	}
	return "", false
}

// Decimal returns an exact decimal as plain text ("1234.5"), reading it as
// numbers are written in the page's language, and both 1.234,5 and 1,234.5. An empty field is noted only when required.
func (f *Form) Decimal(name string, required bool) string {
	s := f.Text(name)
	if s == "" {
		f.Faults.Check(!required, name, "form.required")
		return ""
	}
	d, ok := ParseDecimal(f.q.P.Lang(), s)
	f.Faults.Check(ok, name, "form.decimal")
	return d
}

// ParseDecimal reads a decimal as people type it. With two kinds of separators
// the last is the decimal one. A single one followed by exactly three digits
// groups thousands where the page's language writes it so ("1.234" in
// Indonesian, "1,234" in English: what a page shows comes back unchanged);
// any other single one is decimal. At most 15 digits before and 6 after the
// point.
func ParseDecimal(l i18n.Lang, s string) (string, bool) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "\u00a0", "")
	sign := ""
	for _, minus := range []string{"-", "\u2212"} { // typed, and as pages print it
		if rest, ok := strings.CutPrefix(s, minus); ok {
			sign, s = "-", rest
			break
		}
	}
	group, point := ".", ","
	if l == i18n.English {
		group, point = ",", "."
	}
	g, p := strings.LastIndex(s, group), strings.LastIndex(s, point)
	switch {
	case g >= 0 && p > g, strings.Count(s, group) > 1 && p < 0:
		s = strings.ReplaceAll(s, group, "")
	case g >= 0 && p >= 0, strings.Count(s, point) > 1: // written as in the other language
		s = strings.ReplaceAll(s, point, "")
		point = group
	case g > 0 && len(s)-g-1 == 3 && s[0] != '0':
		s = strings.ReplaceAll(s, group, "")
	case g >= 0:
		point = group
	}
	s = strings.Replace(s, point, ".", 1)
	whole, frac, has := strings.Cut(s, ".")
	if whole == "" || len(whole) > 15 || len(frac) > 6 || has && frac == "" || !allDigits(whole) || !allDigits(frac) {
		return "", false
	}
	return sign + s, true
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

func clean(s string) string {
	s = norm.NFC.String(strings.ReplaceAll(s, "\r\n", "\n"))
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if unicode.IsControl(r) || r == '\ufffd' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
