package rulebook

import (
	"slices"
	"strconv"
)

// RuleView is a rule for people to read: its words, its source and its values
// as tables. Keys and code words stay as they are; NameKey and WordKey give
// their translations.
type RuleView struct {
	Head
	Tables []Table
}

// Table is one table of a rule's values. Path says where it stands among them
// ("matrix", "presets.manado.potential"). A table with a single unnamed column
// is a list of names and values.
type Table struct {
	Path    []string
	Columns []string
	Rows    []Row
}

// Row is one line of a table; Name is empty where rows are only numbered.
type Row struct {
	Name  string
	Cells []Cell
}

// Cell holds nothing, one value or several; a value is text of a code word or
// an exact decimal.
type Cell []string

// NameKey returns the translation key of a value's name.
func NameKey(name string) string { return "rulebook.name." + name }

// Rules returns every rule of the book for people to read, in order. lang, "id"
// or "en", chooses among the texts a rule's values have in both languages.
func (b *Book) Rules(lang string) []RuleView {
	views := make([]RuleView, 0, len(b.rules))
	for _, id := range b.RuleIDs() {
		views = append(views, b.view(id, lang))
	}
	return views
}

// View returns one rule for people to read, or a NotFound fault.
func (b *Book) View(rule, lang string) (RuleView, error) {
	if _, err := b.Head(rule); err != nil {
		return RuleView{}, err
	}
	return b.view(rule, lang), nil
}

func (b *Book) view(id, lang string) RuleView {
	v := b.rules[id]
	view := RuleView{Head: v.head}
	var single Table
	values := v.values.in(lang)
	for _, key := range values.Keys {
		if child := values.Map[key]; child.flat() {
			single.Rows = append(single.Rows, Row{key, []Cell{child.cell()}})
		} else {
			view.Tables = append(view.Tables, tables(child, []string{key})...)
		}
	}
	if len(single.Rows) > 0 {
		single.Path, single.Columns = []string{"values"}, []string{""}
		view.Tables = append([]Table{single}, view.Tables...)
	}
	return view
}

// in returns v with every text in both languages, {id, en}, replaced by the one
// of lang.
func (v *Value) in(lang string) *Value {
	if id, en := v.Map["id"], v.Map["en"]; id != nil && en != nil && len(v.Keys) == 2 {
		if lang == "en" {
			return en
		}
		return id
	}
	one := *v
	one.List, one.Keys, one.Map = nil, nil, nil
	for _, e := range v.List {
		one.List = append(one.List, e.in(lang))
	}
	if v.Kind == TableKind {
		one.Map = map[string]*Value{}
		for _, k := range v.Keys {
			one.set(k, v.Map[k].in(lang))
		}
	}
	return &one
}

// flat reports whether v fits into one cell.
func (v *Value) flat() bool {
	if v.Kind == ListKind {
		return !slices.ContainsFunc(v.List, func(e *Value) bool { return e.Kind == ListKind || e.Kind == TableKind })
	}
	return v.Kind != TableKind
}

func (v *Value) cell() Cell {
	if v.Kind != ListKind {
		return Cell{v.String()}
	}
	var c Cell
	for _, e := range v.List {
		c = append(c, e.String())
	}
	return c
}

// tables lays out a table or a list of tables: what fits into one table does,
// what is nested deeper becomes tables of its own.
func tables(v *Value, path []string) []Table {
	t := Table{Path: path}
	var deeper []Table
	for _, r := range v.rows() {
		if r.value.flat() {
			t.add(r.name, map[string]*Value{"": r.value}, []string{""})
			continue
		}
		cells, keys := map[string]*Value{}, []string{}
		for _, k := range r.value.Keys {
			child := r.value.Map[k]
			switch {
			case child.flat():
				cells[k], keys = child, append(keys, k)
			case len(child.rows()) > 0:
				deeper = append(deeper, tables(child, append(slices.Clone(path), r.label, k))...)
			}
		}
		if r.value.Kind == ListKind {
			deeper = append(deeper, tables(r.value, append(slices.Clone(path), r.label))...)
		} else if len(keys) > 0 {
			t.add(r.name, cells, keys)
		}
	}
	if len(t.Rows) == 0 {
		return deeper
	}
	for i := range t.Rows {
		missing := len(t.Columns) - len(t.Rows[i].Cells)
		t.Rows[i].Cells = append(t.Rows[i].Cells, make([]Cell, missing)...)
	}
	return append([]Table{t}, deeper...)
}

type namedValue struct {
	name  string // shown beside the row
	label string // used in the path of deeper tables
	value *Value
}

// rows returns the entries of a table by their keys, of a list by their codes
// or, without names to show, by their numbers.
func (v *Value) rows() []namedValue {
	var rows []namedValue
	for _, k := range v.Keys {
		rows = append(rows, namedValue{k, k, v.Map[k]})
	}
	for i, e := range v.List {
		if c := e.Map["code"]; c != nil {
			rows = append(rows, namedValue{c.String(), c.String(), e.without("code")})
			continue
		}
		rows = append(rows, namedValue{"", strconv.Itoa(i + 1), e})
	}
	return rows
}

// without returns a table without one of its keys.
func (v *Value) without(key string) *Value {
	rest := newTable()
	for _, k := range v.Keys {
		if k != key {
			rest.set(k, v.Map[k])
		}
	}
	return rest
}

func (t *Table) add(name string, cells map[string]*Value, keys []string) {
	for _, k := range keys {
		if !slices.Contains(t.Columns, k) {
			t.Columns = append(t.Columns, k)
		}
	}
	row := Row{Name: name}
	for _, c := range t.Columns {
		if v := cells[c]; v != nil {
			row.Cells = append(row.Cells, v.cell())
		} else {
			row.Cells = append(row.Cells, nil)
		}
	}
	t.Rows = append(t.Rows, row)
}
