package cascade

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/rulebook"
)

// Line is one row of a file of agreements: a measure of a goal, or a programme
// with its budget.
type Line struct {
	Number  int     `json:"row"`
	Year    int     `json:"year,omitempty"`
	Unit    string  `json:"unit"`
	Goal    string  `json:"goal,omitempty"`
	Measure Measure `json:"measure,omitzero"`
	Program string  `json:"program,omitempty"`
	Budget  int64   `json:"budget,omitempty"`
	SignNo  string  `json:"number,omitempty"`
}

// File is what was read of a file.
type File struct {
	Lines    []Line
	Rejected []intake.Rejected
	Rows     int
}

// agreementFields are the columns of an e-SAKIP table, a row a measure.
func agreementFields() []sheet.Field {
	return []sheet.Field{
		{Name: "tahun", Aliases: []string{"tahun anggaran", "periode"}},
		{Name: "unit", Aliases: []string{"perangkat daerah", "unit kerja", "nama unit", "skpd", "opd", "nama skpd", "nama opd", "satuan kerja", "nama perangkat daerah"}},
		{Name: "nomor", Aliases: []string{"nomor perjanjian", "no pk", "nomor pk"}},
		{Name: "sasaran", Aliases: []string{"sasaran strategis", "sasaran program", "sasaran kegiatan", "sasaran perangkat daerah", "sasaran kinerja", "nama sasaran", "uraian sasaran"}},
		{Name: "indikator", Aliases: []string{"indikator kinerja", "indikator sasaran", "indikator kinerja utama", "iku", "nama indikator", "uraian indikator", "indikator kinerja program", "indikator kinerja sasaran"}},
		{Name: "target", Aliases: []string{"target tahunan", "target kinerja", "nilai target"}},
		{Name: "satuan", Aliases: []string{"satuan target", "satuan indikator"}},
		{Name: "arah", Aliases: []string{"polarisasi", "polaritas", "jenis indikator"}},
		{Name: "perspektif", Aliases: []string{"aspek"}},
		{Name: "program", Aliases: []string{"nama program", "program/kegiatan", "program kegiatan"}},
		{Name: "anggaran", Aliases: []string{"pagu", "pagu anggaran", "jumlah anggaran", "anggaran (rp)"}},
	}
}

// ReadAgreements reads a table (XLSX or CSV) or JSON of agreements as e-SAKIP
// applications export them. A row without a unit or a goal goes on with the one
// above. What is none of these is an Invalid fault.
func ReadAgreements(body []byte) (File, error) {
	if t := bytes.TrimLeft(body, "\xef\xbb\xbf \t\r\n"); len(t) > 0 && (t[0] == '[' || t[0] == '{') {
		return readJSON(t)
	}
	t, err := intake.Read(body, agreementFields())
	if err != nil {
		return File{}, err
	}
	if !t.Has("sasaran") && !t.Has("program") || !t.Has("indikator") && !t.Has("program") {
		return File{}, fault.WrongField("file", "cascade.no_columns")
	}
	var r reader
	for _, row := range t.Rows {
		r.row(row.Number, row.Get)
	}
	return r.File, nil
}

// reader carries the unit and the goal from row to row.
type reader struct {
	File
	unit, goal, number string
	year               int
}

func (r *reader) row(number int, get func(string) string) {
	r.Rows++
	text := func(field string) string { return strings.TrimSpace(get(field)) }
	if u := text("unit"); u != "" && u != r.unit {
		r.unit, r.goal, r.number = u, "", ""
	}
	if y, err := strconv.Atoi(text("tahun")); err == nil {
		r.year = y
	}
	if n := text("nomor"); n != "" {
		r.number = n
	}
	if g := text("sasaran"); g != "" {
		r.goal = g
	}
	l := Line{Number: number, Year: r.year, Unit: r.unit, Goal: r.goal, Program: text("program"), SignNo: r.number}
	if reason := r.fill(&l, text); reason != "" {
		r.Rejected = append(r.Rejected, intake.Rejected{Row: number, Column: "indikator", Value: text("indikator"), Key: reason})
		return
	}
	r.Lines = append(r.Lines, l)
}

// fill reads what a row says besides its place, and returns the key of what is
// wrong with it.
func (r *reader) fill(l *Line, text func(string) string) string {
	measure := text("indikator")
	switch {
	case measure == "" && l.Program == "":
		return "cascade.wrong.empty"
	case measure != "" && l.Goal == "":
		return "cascade.wrong.no_goal"
	}
	if l.Program != "" {
		var ok bool
		if l.Budget, ok = rupiah(text("anggaran")); !ok {
			return "cascade.wrong.budget"
		}
	}
	if measure == "" {
		l.Goal = ""
		return ""
	}
	target, unit, ok := splitTarget(text("target"), text("satuan"))
	if !ok {
		return "cascade.wrong.target"
	}
	l.Measure = Measure{Text: measure, Target: target, Unit: unit, Direction: direction(text("arah")), Face: perspective(text("perspektif"))}
	return ""
}

var number = regexp.MustCompile(`^[-+]?[0-9][0-9.,]*`)

// splitTarget reads "55 %", "1.250,5 orang" or a number with its unit in the
// next column. A target that is no number stays empty with its words in the
// unit's place, where somebody mends it; ok is false for an impossible number.
func splitTarget(target, unit string) (value, of string, ok bool) {
	value = number.FindString(target)
	rest := strings.TrimSpace(strings.TrimPrefix(target, value))
	if unit == "" {
		unit = rest
	}
	if value == "" {
		return "", unit, true
	}
	value = plain(value)
	if _, err := rulebook.ParseNum(value); err != nil {
		return "", "", false
	}
	return value, unit, true
}

// plain turns a number as Indonesians or spreadsheets write it into an exact
// decimal: 1.250,5 and 1,250.5 are 1250.5; 1.250 is 1250; 99.5 stays.
func plain(s string) string {
	dot, comma := strings.LastIndex(s, "."), strings.LastIndex(s, ",")
	thousands := func(sep string) bool {
		parts := strings.Split(s, sep)
		return slices.IndexFunc(parts[1:], func(p string) bool { return len(p) != 3 }) < 0 && len(parts[0]) <= 3 && strings.TrimLeft(parts[0], "+-0") != ""
	}
	switch {
	case dot >= 0 && comma > dot:
		s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	case comma >= 0 && dot > comma:
		s = strings.ReplaceAll(s, ",", "")
	case comma >= 0:
		s = strings.ReplaceAll(s, ",", ".")
	case dot >= 0 && (strings.Count(s, ".") > 1 || thousands(".")):
		s = strings.ReplaceAll(s, ".", "")
	}
	return strings.TrimSuffix(s, ".")
}

// rupiah reads a sum of money: "Rp 1.250.000.000,00".
func rupiah(text string) (int64, bool) {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(text, "Rp"), "."))
	if text == "" {
		return 0, true
	}
	whole, _, _ := strings.Cut(plain(strings.ReplaceAll(text, " ", "")), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	return n, err == nil && n >= 0 && n <= mostBudget
}

// direction reads which way is better; files that do not say mean upwards.
func direction(text string) appraisal.Direction {
	switch search.Fold(text) {
	case "turun", "minimize", "negatif", "lower is better", "menurun":
		return appraisal.Down
	case "tetap", "stabil", "stabilize", "precise":
		return appraisal.Steady
	}
	return appraisal.Up
}

func perspective(text string) string {
	word := strings.ReplaceAll(search.Fold(text), " ", "_")
	if slices.Contains(appraisal.Perspectives(), word) {
		return word
	}
	return ""
}

// readJSON reads a list of rows, or offices with goals that hold measures, in
// the names of the columns; what a list lies in does not matter.
func readJSON(body []byte) (File, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var root any
	if err := d.Decode(&root); err != nil {
		return File{}, fault.WrongField("file", "cascade.bad_json").Because(err)
	}
	w := walker{names: map[string]string{}}
	for _, f := range agreementFields() {
		for _, n := range append([]string{f.Name}, f.Aliases...) {
			w.names[search.Fold(n)] = f.Name
		}
	}
	w.walk(root, "", map[string]string{}, 0)
	if len(w.Lines) == 0 && len(w.Rejected) == 0 {
		return File{}, fault.WrongField("file", "cascade.no_columns")
	}
	return w.File, nil
}

// deepest is how far lists may lie in one another.
const deepest = 12

// walker turns nested JSON into rows: an object's own texts are handed down to
// what lies in it, and the innermost objects are the rows.
type walker struct {
	reader
	names map[string]string
}

func (w *walker) walk(v any, under string, above map[string]string, depth int) {
	if depth > deepest {
		return
	}
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			w.walk(e, under, above, depth+1)
		}
	case map[string]any:
		w.object(x, under, above, depth)
	}
}

// field returns what a key of an object means; a name or a text means what the
// list around it is called.
func (w *walker) field(key, under string) string {
	switch folded := search.Fold(strings.ReplaceAll(key, "_", " ")); folded {
	case "nama", "uraian", "name", "teks":
		return under
	default:
		return w.names[folded]
	}
}

func (w *walker) object(x map[string]any, under string, above map[string]string, depth int) {
	own := map[string]string{}
	for k, v := range above {
		own[k] = v
	}
	var inner []string
	measured := false
	for _, k := range sortedKeys(x) {
		field := w.field(k, under)
		text, plain := textOf(x[k])
		switch {
		case plain && field != "":
			own[field] = text
			measured = measured || field == "indikator" || field == "program"
		case !plain && x[k] != nil:
			inner = append(inner, k)
		}
	}
	if measured || len(inner) == 0 {
		w.row(w.Rows+1, func(field string) string { return own[field] })
		return
	}
	for _, k := range inner {
		w.walk(x[k], w.field(k, under), own, depth+1)
	}
}

// textOf reads a text or a number, and the name of something that has hardly
// more: {"perangkat_daerah": {"nama": "Dinas Kesehatan"}}.
func textOf(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case map[string]any:
		if name, is := v["nama"].(string); is && len(v) <= 3 {
			return name, true
		}
	}
	return "", false
}

func sortedKeys(x map[string]any) []string {
	keys := make([]string, 0, len(x))
	for k := range x {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
