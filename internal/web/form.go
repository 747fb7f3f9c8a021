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

// Decimal returns an exact decimal as plain text ("1234.5"), reading both
// 1.234,5 and 1234.5. An empty field is noted only when required.
func (f *Form) Decimal(name string, required bool) string {
	s := f.Text(name)
	if s == "" {
		f.Faults.Check(!required, name, "form.required")
		return ""
	}
	d, ok := ParseDecimal(s)
	f.Faults.Check(ok, name, "form.decimal")
	return d
}

// ParseDecimal reads a decimal as people type it in either language. A single
// separator followed by exactly three digits is taken as grouping only when it
// is a dot (Indonesian habit); "1,234" is 1.234. At most 15 digits before and 6
// after the point.
func ParseDecimal(s string) (string, bool) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "\u00a0", "")
	sign := ""
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = "-", rest
	}
	dot, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	switch {
	case dot >= 0 && comma >= 0 && comma > dot:
		s = strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	case dot >= 0 && comma >= 0:
		s = strings.ReplaceAll(s, ",", "")
	case comma >= 0:
		s = strings.Replace(s, ",", ".", 1)
	case strings.Count(s, ".") > 1 || dot >= 0 && len(s)-dot-1 == 3 && dot > 0 && s[0] != '0':
		s = strings.ReplaceAll(s, ".", "")
	}
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
