package ledgerweb

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
)

// said is one thing an entry says: a name and its value in words.
type said struct{ Name, Value string }

// found is one value of a payload with the way to it.
type found struct {
	path  []string
	value any // string, json.Number, bool or nil
}

// mostSaid is the most values of one entry that are shown.
const mostSaid = 200

// say puts a payload into words, in its own order. Ids that are known are
// shown as names.
func (h *pages) say(q *web.Request, payload []byte) ([]said, error) {
	all, err := unfold(payload)
	if err != nil {
		return nil, err
	}
	names, err := h.idNames(q, all)
	if err != nil {
		return nil, err
	}
	var lines []said
	for _, f := range all[:min(len(all), mostSaid)] {
		if v := valueWords(q, f.value, names); v != "" {
			lines = append(lines, said{pathWords(q.P, f.path), v})
		}
	}
	return lines, nil
}

// unfold lists every value of a JSON document with the way to it.
func unfold(payload []byte) ([]found, error) {
	d := json.NewDecoder(bytes.NewReader(payload))
	d.UseNumber()
	var all []found
	err := walk(d, nil, &all)
	return all, err
}

// walk reads one value; objects and arrays are gone into.
func walk(d *json.Decoder, path []string, all *[]found) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	open, nested := t.(json.Delim)
	if !nested {
		*all = append(*all, found{path, t})
		return nil
	}
	for i := 1; d.More(); i++ {
		step := strconv.Itoa(i)
		if open == '{' {
			name, err := d.Token()
			if err != nil {
				return err
			}
			step = name.(string) // the decoder allows nothing else here
		}
		if err := walk(d, append(path[:len(path):len(path)], step), all); err != nil {
			return err
		}
	}
	_, err = d.Token() // the closing delimiter
	return err
}

var (
	isID   = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	isDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	isCode = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// idNames finds what the ids in a payload stand for.
func (h *pages) idNames(q *web.Request, all []found) (map[string]string, error) {
	var ids, subjects []string
	for _, f := range all {
		if s, ok := f.value.(string); ok && isID.MatchString(s) {
			ids = append(ids, s)
			subjects = append(subjects, "person:"+s, "unit:"+s, "position:"+s)
		}
	}
	names, err := h.names.Accounts(q.Context(), ids)
	if err != nil {
		return nil, err
	}
	known, err := h.names.Describe(q.Context(), subjects)
	for subject, s := range known {
		_, id, _ := strings.Cut(subject, ":")
		names[id] = s.Name
	}
	return names, err
}

// pathWords names the way to a value: "perubahan 1 › sebelum".
func pathWords(p *i18n.Printer, path []string) string {
	var steps []string
	for _, s := range path {
		if _, err := strconv.Atoi(s); err == nil && len(steps) > 0 {
			steps[len(steps)-1] += " " + s
			continue
		}
		steps = append(steps, fieldWords(p, s))
	}
	return strings.Join(steps, " › ")
}

// fieldWords names a field of a payload, by its own name where no word is known.
func fieldWords(p *i18n.Printer, name string) string {
	code := snake(name)
	if p.Has("ledgerweb.field." + code) {
		return p.T("ledgerweb.field." + code)
	}
	return strings.ReplaceAll(code, "_", " ")
}

// snake writes EvaluateBy as evaluate_by and UnitID as unit_id.
func snake(name string) string {
	var b strings.Builder
	lower := false
	for _, r := range name {
		if unicode.IsUpper(r) && lower {
			b.WriteByte('_')
		}
		lower = !unicode.IsUpper(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// valueWords writes a value as people read it; nothing for what is empty.
func valueWords(q *web.Request, v any, names map[string]string) string {
	switch v := v.(type) {
	case bool:
		if v {
			return q.P.T("ledgerweb.yes")
		}
		return q.P.T("ledgerweb.no")
	case json.Number:
		return v.String()
	case string:
		return textWords(q, v, names)
	}
	return ""
}

func textWords(q *web.Request, s string, names map[string]string) string {
	if name := names[s]; name != "" {
		return name
	}
	if isDate.MatchString(s) {
		return q.P.Date(s)
	}
	if isCode.MatchString(s) {
		if key := "rulebook.word." + s; q.P.Has(key) {
			return q.P.T("rulebook.word." + s)
		}
		return strings.ReplaceAll(s, "_", " ")
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		if t.IsZero() {
			return ""
		}
		return q.P.Moment(t.In(q.Now.Location()))
	}
	return s
}
