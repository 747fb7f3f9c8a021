package orgimport

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// lens reads the fields of a file's rows, through a mapping where there is one.
type lens struct {
	table  table
	kind   Kind
	mapped *Mapping         // may be nil
	cols   map[string][]int // by field; absent without a column
	empty  map[string]bool  // cells that say nothing, in lower case
	widest int              // length of the longest of them
	values map[string]map[string]string
}

// openLens opens a file for its fields. Without the needed columns, or without
// one that the mapping names, it returns a fault that lists them.
func openLens(o Order) (*lens, error) {
	fields, name := fieldsOf(o.Kind), ""
	if fields == nil {
		return nil, fault.WrongField("kind", "form.choose")
	}
	if m := o.Mapping; m != nil {
		if m.Kind != o.Kind {
			return nil, fault.Wrong("import.map.other_kind", string(m.Kind), string(o.Kind))
		}
		fields, name = m.sheetFields(), m.Sheet
	}
	t, err := open(o.Path, name, fields)
	if err != nil {
		return nil, err
	}
	l := &lens{table: t, kind: o.Kind, mapped: o.Mapping, cols: map[string][]int{}, empty: map[string]bool{}, values: map[string]map[string]string{}}
	if err := l.focus(); err != nil {
		_ = t.close()
		return nil, err
	}
	return l, nil
}

// sheetFields are the columns a mapping names, for finding the header.
func (m *Mapping) sheetFields() []sheet.Field {
	var all []sheet.Field
	for _, names := range m.Columns {
		for _, n := range names {
			all = append(all, sheet.Field{Name: n})
		}
	}
	return all
}

// focus finds the columns.
func (l *lens) focus() error {
	for _, word := range []string{"", "-", "--", "–", "null", "#n/a"} {
		l.empty[word] = true
		l.widest = max(l.widest, len(word))
	}
	if l.mapped == nil {
		for _, f := range fieldsOf(l.kind) {
			if at := l.table.index(f.Name); at >= 0 {
				l.cols[f.Name] = []int{at}
			}
		}
		return l.needs()
	}
	for _, word := range l.mapped.Empty {
		l.empty[strings.ToLower(word)] = true
		l.widest = max(l.widest, len(word))
	}
	for field, table := range l.mapped.Values {
		l.values[field] = map[string]string{}
		for cell, means := range table {
			l.values[field][fold(cell)] = means
		}
	}
	var missing []string
	for field, names := range l.mapped.Columns {
		for _, n := range names {
			at := l.table.index(n)
			if at < 0 {
				missing = append(missing, n)
			}
			l.cols[field] = append(l.cols[field], at)
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		return fault.Wrong("import.columns_mapped", strings.Join(missing, ", "))
	}
	return l.needs()
}

// needs checks that the columns are there without which a row says nothing.
func (l *lens) needs() error {
	var missing []string
	for _, f := range neededFields(l.kind) {
		if l.has(f) || l.mapped != nil && (l.mapped.Defaults[f] != "" || f == "nip") {
			continue
		}
		for _, x := range fieldsOf(l.kind) {
			if x.Name == f {
				missing = append(missing, strings.ToUpper(x.Aliases[0]))
			}
		}
	}
	if len(missing) > 0 {
		return fault.Wrong("import.columns_needed."+string(l.kind), strings.Join(missing, ", "), l.found())
	}
	return nil
}

// found lists the first columns of the file.
func (l *lens) found() string {
	const most = 8
	var all []string
	for _, n := range l.table.names() {
		if len(all) == most {
			return strings.Join(all, ", ") + ", …"
		}
		all = append(all, short(n))
	}
	return strings.Join(all, ", ")
}

// has reports whether the file has a column for the field.
func (l *lens) has(field string) bool { return len(l.cols[field]) > 0 }

// column is what the file calls the column of a field, or the field itself.
func (l *lens) column(field string) string {
	if at := l.cols[field]; len(at) > 0 {
		return l.table.names()[at[len(at)-1]]
	}
	return field
}

// silent reports whether a cell says nothing.
func (l *lens) silent(cell string) bool {
	return cell == "" || len(cell) <= l.widest && l.empty[strings.ToLower(cell)]
}

// parts returns the cells of a field, those that say nothing left out.
func (l *lens) parts(cells []string, field string) []string {
	var all []string
	for _, at := range l.cols[field] {
		if c := cells[at]; !l.silent(c) {
			all = append(all, c)
		}
	}
	return all
}

// raw returns the cells of a field joined as they stand.
func (l *lens) raw(cells []string, field string) string {
	switch at := l.cols[field]; len(at) {
	case 0:
		return ""
	case 1:
		return cells[at[0]]
	}
	var all []string
	for _, at := range l.cols[field] {
		all = append(all, cells[at])
	}
	return strings.Join(all, " ")
}

// text returns what a row says of a field: the cell, what the mapping says it
// means, or the mapping's default.
func (l *lens) text(cells []string, field string) string {
	text := ""
	if at := l.cols[field]; len(at) == 1 {
		if c := cells[at[0]]; !l.silent(c) {
			text = c
		}
	} else if len(at) > 1 {
		text = strings.Join(l.parts(cells, field), " ")
	}
	if table := l.values[field]; table != nil && text != "" {
		if means, known := table[fold(text)]; known {
			return means
		}
	}
	if text == "" && l.mapped != nil {
		return l.mapped.Defaults[field]
	}
	return text
}

// key returns the cells of a field joined into an identity; empty when any of
// them says nothing.
func (l *lens) key(cells []string, field string) string {
	parts := l.parts(cells, field)
	if len(parts) < len(l.cols[field]) || len(parts) == 0 {
		return ""
	}
	if l.mapped != nil && slices.Contains(l.mapped.NoID, parts[len(parts)-1]) {
		return ""
	}
	return strings.Join(parts, "/")
}
