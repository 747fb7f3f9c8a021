package orgimport

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/org"
)

// Document is a report in words, as the command line and the API print it.
type Document struct {
	Kind      Kind           `json:"kind"`
	At        org.Day        `json:"at"`
	DryRun    bool           `json:"dry_run"`
	Rows      int            `json:"rows"`
	Created   int            `json:"created"`
	Updated   int            `json:"updated"`
	Unchanged int            `json:"unchanged"`
	Rejected  []SaidRejected `json:"rejected"`
	Warnings  []SaidWarning  `json:"warnings"`
	Absent    []SaidAbsentee `json:"absent"`
	Changes   []SaidChange   `json:"changes"` // the first of them
	Made      SaidMade       `json:"made"`
	Posts     *SaidPosts     `json:"posts,omitempty"`
	Error     *SaidError     `json:"error,omitempty"`
}

// SaidProblem is what is wrong with a cell.
type SaidProblem struct {
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// SaidRejected is a rejected row.
type SaidRejected struct {
	Row int `json:"row"`
	SaidProblem
	Also []SaidProblem `json:"also,omitempty"`
}

// SaidWarning is a warning; Rows counts the rows that share it.
type SaidWarning struct {
	Code   string `json:"code"`
	Row    int    `json:"row"`
	Rows   int    `json:"rows"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// SaidAbsentee is somebody the file does not name.
type SaidAbsentee struct {
	NIP  string `json:"nip"`
	Name string `json:"name"`
	Unit string `json:"unit"`
}

// SaidChange is what a row makes or changes.
type SaidChange struct {
	Row     int         `json:"row"`
	Name    string      `json:"name"`
	Created bool        `json:"created"`
	Fields  []SaidField `json:"fields"`
}

// SaidField is one thing that is said differently, in code words.
type SaidField struct {
	Field string `json:"field"`
	Was   string `json:"was"`
	Now   string `json:"now"`
}

// SaidMade counts what was made beside the rows.
type SaidMade struct {
	Units     int `json:"units"`
	Positions int `json:"positions"`
}

// SaidPosts counts what a file says of the holders of posts.
type SaidPosts struct {
	Filled      int `json:"filled"`
	Vacant      int `json:"vacant"`
	Eliminated  int `json:"eliminated"`
	Undisclosed int `json:"undisclosed"`
}

// SaidError says why a file could not be read.
type SaidError struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

// Say puts a report into words.
func (r *Report) Say(p *i18n.Printer) Document {
	d := Document{
		Kind: r.Kind, At: r.At, DryRun: r.DryRun, Rows: r.Rows, Created: r.Created, Updated: r.Updated, Unchanged: r.Unchanged,
		Rejected: make([]SaidRejected, len(r.Rejected)), Warnings: make([]SaidWarning, len(r.Warnings)), Absent: make([]SaidAbsentee, len(r.Absent)),
		Changes: make([]SaidChange, len(r.Changes)), Made: SaidMade{r.Made.Units, r.Made.Positions},
	}
	for i, x := range r.Rejected {
		d.Rejected[i] = SaidRejected{Row: x.Row, SaidProblem: x.say(p)}
		for _, a := range x.Also {
			d.Rejected[i].Also = append(d.Rejected[i].Also, a.say(p))
		}
	}
	for i, w := range r.Warnings {
		d.Warnings[i] = SaidWarning{w.Code, w.Row, w.Rows, w.Column, w.Value, w.Sentence(p)}
	}
	for i, a := range r.Absent {
		d.Absent[i] = SaidAbsentee{a.NIP, a.Name, a.Unit}
	}
	for i, c := range r.Changes {
		d.Changes[i] = SaidChange{c.Row, c.Name, c.Created, make([]SaidField, len(c.Fields))}
		for k, f := range c.Fields {
			d.Changes[i].Fields[k] = SaidField{f.Name, f.Was, f.Now}
		}
	}
	if r.Posts != (Posts{}) {
		d.Posts = &SaidPosts{r.Posts.Filled, r.Posts.Vacant, r.Posts.Gone, r.Posts.Unknown}
	}
	return d
}

func (x Problem) say(p *i18n.Printer) SaidProblem {
	return SaidProblem{x.Column, x.Value, x.Sentence(p)}
}

// Sentence says what is wrong and how to mend it.
func (x Problem) Sentence(p *i18n.Printer) string { return p.T(x.Key, x.Args...) }

// Sentence says what may be wrong.
func (w Warning) Sentence(p *i18n.Printer) string {
	return p.T("import.warning."+w.Code, inWords(p, w.Code, w.Args)...)
}

// inWords replaces the code words among the arguments of a warning.
func inWords(p *i18n.Printer, code string, args []any) []any {
	area := map[string]string{"kind_guessed": "org.position_kind.", "gone": "org.status."}[code]
	if area == "" || len(args) == 0 {
		return args
	}
	args = slices.Clone(args)
	last := len(args) - 1
	if word, ok := args[last].(string); ok && p.Has(area+word) {
		args[last] = p.T(area + word)
	}
	return args
}

// sentences says everything that is wrong with a row, each with its column.
func (x Rejected) sentences(p *i18n.Printer) string {
	all := []string{x.Column + ": " + x.Sentence(p)}
	for _, a := range x.Also {
		all = append(all, a.Column+": "+a.Sentence(p))
	}
	return strings.Join(all, " ")
}
