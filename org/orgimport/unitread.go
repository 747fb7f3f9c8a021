package orgimport

import (
	"context"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/org"
)

// unitRow is what a row of a tree says.
type unitRow struct {
	row      int
	source   string // its id in the file, or one made of its fields
	parent   string // id of the parent, or its name
	name     string
	short    string
	kind     string
	code     string
	from     org.Day
	inactive bool
}

// unitLoader loads a tree. A tree is small enough to be held.
type unitLoader struct {
	units  []unitRow // without twins and rejected rows
	copies int       // rows that say the same as another
	asleep []unitRow // rows of units that the file calls inactive
	column string    // of the parent, as the file calls it
	idName string    // column of the id
}

func (l *unitLoader) close() error { return nil }

// readUnits reads a tree of units.
func (s *Service) readUnits(ctx context.Context, l *lens, p *prepared) error {
	u := &unitLoader{column: l.column("parent"), idName: l.column("id")}
	same := newTwins()
	counts := map[string]int{}
	err := p.each(ctx, l, func(row *line) error {
		r := readUnit(row)
		if !row.settle(p.read) {
			return nil
		}
		sum := same.sum(r.parent, r.name, r.short, r.kind, r.code, string(r.from), strconv.FormatBool(r.inactive))
		if r.source == "" {
			r.source = occurrence(counts, "unit", r.parent, r.name, r.short, r.kind, r.code)
		}
		same.add(r.source, r.row, sum)
		u.units = append(u.units, r)
		return nil
	})
	if err != nil {
		return err
	}
	drop := rejectTwins(same, p.read, "import.reject.twin_unit", u.idName)
	for id, rows := range drop.copies {
		u.copies += len(rows)
		p.read.warn(Warning{Code: "copy", Row: rows[0], Column: u.idName, Value: id, Args: []any{id}})
	}
	u.units = slices.DeleteFunc(u.units, func(r unitRow) bool {
		if drop.rows[r.row] {
			return true
		}
		if r.inactive {
			u.asleep = append(u.asleep, r)
		}
		return r.inactive
	})
	p.loader = u
	return nil
}

func readUnit(l *line) unitRow {
	r := unitRow{
		row: l.row, source: l.key("id"), parent: l.key("parent"), name: l.text("name"), short: l.text("short"),
		kind: l.text("kind"), code: l.text("code"), from: l.day("from"),
	}
	if r.name == "" {
		l.wrong("name", "import.reject.no_name")
	}
	if a := fold(l.text("active")); a != "" {
		r.inactive = !slices.Contains([]string{"a", "aktif", "1", "true", "y", "ya", "yes", "active"}, a)
	}
	return r
}

// dropped is what becomes of rows that share an identity.
type dropped struct {
	rows   map[int]bool     // not to be loaded
	copies map[string][]int // rows that say the same as the first of their identity
}

// rejectTwins rejects rows that share an identity and differ, and drops all but
// one of those that say the same. A row that shares several is named once.
func rejectTwins(t *twins, j *journal, key, column string) dropped {
	d := dropped{rows: map[int]bool{}, copies: map[string][]int{}}
	t.families(func(id string, f *family) {
		rows := f.rows()
		if !f.differ {
			rows = rows[1:]
		}
		for _, r := range rows {
			switch {
			case d.rows[r]:
			case f.differ:
				j.reject(r, Problem{Column: column, Value: id, Key: key, Args: []any{id, f.others(r)}})
			default:
				d.copies[id] = append(d.copies[id], r)
			}
			d.rows[r] = true
		}
	})
	return d
}

// occurrence returns an identity for a row that has none: a hash of its mapped
// fields and which one of its kind it is.
func occurrence(counts map[string]int, fields ...string) string {
	h := hashOf(fields...)
	counts[h]++
	return "row:" + h + ":" + strconv.Itoa(counts[h])
}
