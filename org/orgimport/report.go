package orgimport

import (
	"cmp"
	"slices"

	"github.com/gurindam/gurindam/org"
)

// Kind is what a file holds.
type Kind string

// The kinds of file.
const (
	Units     Kind = "units"
	Roster    Kind = "roster"
	Positions Kind = "positions"
)

// Kinds lists the kinds in the order in which a new city loads them.
func Kinds() []Kind { return []Kind{Units, Positions, Roster} }

// Report says what became of every row of a file: Rows is the sum of Created,
// Updated, Unchanged and the rejected.
type Report struct {
	Kind    Kind
	At      org.Day // the day of the snapshot
	Since   org.Day // from when what is new is taken to be there
	DryRun  bool
	Rows    int
	Created int
	Updated int
	// Unchanged counts rows the map holds already, or that change nothing on
	// purpose (a post the file calls eliminated).
	Unchanged int
	Details   `json:"-"`
	// Made counts what came into being beside the rows: units and positions that
	// a row named and nobody knew.
	Made Made
	// Posts counts what a file of positions says about their holders.
	Posts Posts
	// Cut counts what the lists above leave out, of a report that was kept.
	Cut Cut
}

// Details are the rows of a report.
type Details struct {
	Rejected []Rejected // by row
	Warnings []Warning  // by code and row
	Absent   []Absentee // people on the map the file does not name, by name
	Changes  []Change   // the first of what was made or changed, by row
}

// Cut counts entries left out of the lists of a report.
type Cut struct{ Rejected, Warnings, Absent int }

// Refused counts the rejected rows.
func (r *Report) Refused() int { return len(r.Rejected) + r.Cut.Rejected }

// Made counts things made beside the rows.
type Made struct{ Units, Positions int }

// Posts counts rows of positions by what the file says of their holder.
type Posts struct{ Filled, Vacant, Gone, Unknown int }

// Problem is one cell that is wrong: its column as the file calls it, what it
// holds, and the key of the sentence that says why, with its arguments.
type Problem struct {
	Column string
	Value  string
	Key    string
	Args   []any `json:",omitempty"`
}

// Rejected is a row that was left out. Row is the file's own number.
type Rejected struct {
	Row int
	Problem
	Also []Problem `json:",omitempty"` // what else is wrong with it
}

// Warning is something a loaded row says that may be wrong. Rows with the same
// code, column and value share one; Row is the first.
type Warning struct {
	Code   string
	Row    int
	Rows   int
	Column string
	Value  string
	Args   []any `json:",omitempty"`

	each bool // stands for itself, up to maxEach of a code
}

// Absentee is somebody on the map whom a roster does not name.
type Absentee struct {
	PersonID, NIP, Name, Unit string
}

// Change is what a row makes or changes.
type Change struct {
	Row     int
	Name    string
	Created bool
	Fields  []Field `json:",omitempty"`
}

// Field is one thing that is said differently. Names are those of the history:
// "org.field.…".
type Field struct{ Name, Was, Now string }

// Loaded reports whether any row could be loaded.
func (r *Report) Loaded() bool { return r.Rows > r.Refused() }

// Changed reports whether the load writes anything.
func (r *Report) Changed() bool { return r.Created+r.Updated+r.Made.Units+r.Made.Positions > 0 }

// Bounds of what a report lists; the counts are always whole.
const (
	maxWarnings = 10_000
	maxEach     = 1000
	maxChanges  = 200
)

// journal collects what is noted while a file is read and loaded. It is kept in
// such a way that the order of rows leaves no trace.
type journal struct {
	rejected map[int]*Rejected
	warnings map[warningKey]*Warning
	single   map[string]int // warnings that stand for themselves, by code
	changes  []Change
}

type warningKey struct {
	code, column, value string
	row                 int // of a warning that stands for itself
}

func newJournal() *journal {
	return &journal{rejected: map[int]*Rejected{}, warnings: map[warningKey]*Warning{}, single: map[string]int{}}
}

// reject notes what is wrong with a row. The first problem is its reason.
func (j *journal) reject(row int, problems ...Problem) {
	for _, p := range problems {
		if r := j.rejected[row]; r != nil {
			r.Also = append(r.Also, p)
			continue
		}
		j.rejected[row] = &Rejected{Row: row, Problem: p}
	}
}

func (j *journal) isRejected(row int) bool { return j.rejected[row] != nil }

// warn notes a warning about a row.
func (j *journal) warn(w Warning) {
	key := warningKey{w.Code, w.Column, w.Value, 0}
	if w.each && j.single[w.Code] < maxEach {
		j.single[w.Code]++
		key.row = w.Row
	}
	old := j.warnings[key]
	if old == nil {
		if len(j.warnings) >= maxWarnings {
			return
		}
		w.Rows = 1
		j.warnings[key] = &w
		return
	}
	old.Rows++
	old.Row = min(old.Row, w.Row)
}

// wants reports whether the preview has room for another change.
func (j *journal) wants() bool { return len(j.changes) < maxChanges }

// changed notes a change for the preview.
func (j *journal) changed(c Change) {
	if j.wants() {
		j.changes = append(j.changes, c)
	}
}

// settle writes what was noted while reading and while loading into a report.
func settle(r *Report, journals ...*journal) {
	r.Rejected, r.Warnings, r.Changes = []Rejected{}, []Warning{}, nil
	for _, j := range journals {
		for _, x := range j.rejected {
			r.Rejected = append(r.Rejected, *x)
		}
		for _, w := range j.warnings {
			r.Warnings = append(r.Warnings, *w)
		}
		r.Changes = append(r.Changes, j.changes...)
	}
	slices.SortFunc(r.Rejected, func(a, b Rejected) int { return cmp.Compare(a.Row, b.Row) })
	slices.SortFunc(r.Warnings, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Value, b.Value))
	})
	slices.SortFunc(r.Changes, func(a, b Change) int { return cmp.Compare(a.Row, b.Row) })
}
