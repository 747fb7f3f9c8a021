package appraisal

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
)

// Map is what appraisal asks of people, posts and units. OrgMap is one.
type Map interface {
	// Postings returns every stretch of from..to in which one person held one
	// post under one evaluator and one superior of the evaluator, in order of
	// person and day. Without people it returns everybody's.
	Postings(ctx context.Context, q db.Queryer, from, to Day, people ...string) ([]Posting, error)
	// Units returns the units as they stand on a day.
	Units(ctx context.Context, q db.Queryer, day Day) ([]Unit, error)
	// Who returns how a person is called on a day, with the definitive post, or
	// NotFound.
	Who(ctx context.Context, q db.Queryer, person string, day Day) (Identity, error)
}

// Posting is a stretch in which one person held one post under one evaluator.
type Posting struct {
	Who       Identity
	TenureID  string
	Tenure    string // definitive, plt, plh, pj, tugas_tambahan
	Group     Group
	Kind      string // kind of the position: jpt_pratama, administrator, fungsional, …
	UnitKind  string // kind of its unit: dinas, kelurahan, sekolah, …
	HeadOf    string // unit whose head the post is, or empty
	From, To  Day
	Evaluator Identity
	EvalHow   How
	Above     Identity
	AboveHow  How
	Reason    string // of an evaluator HR has named in the map
}

// Unit is a unit in the tree of one day.
type Unit struct {
	ID, Parent, Name, Kind string
}
