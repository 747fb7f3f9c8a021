package ledger

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/db"
)

// Filter chooses numbered entries; empty fields choose all.
type Filter struct {
	Subject string
	// Kind is a code word, or an area with its dot ("appraisal."): every kind
	// of the area.
	Kind  string
	Actor string
	// From and Until bound when it happened: from the first, before the second.
	From, Until time.Time
	// Any chooses what fits one of several things, nil whatever there is.
	Any *Any
	// Before is the number below which to go on: the Seq of the last record of
	// the page before. 0 begins with the newest.
	Before int64
	// Skip leaves out as many of the newest.
	Skip int
	// Limit is the length of a page; 0 means 50, more than 500 is 500.
	Limit int
}

// Any is what a search found; an entry fits when one of them does. At most a
// few hundred of each. With nothing in it no entry fits.
type Any struct{ IDs, Kinds, Actors, Subjects []string }

// where writes the condition of f and its arguments.
func (f Filter) where() (string, []any) {
	text := `WHERE seq IS NOT NULL`
	var args []any
	only := func(condition string, arg any) {
		args = append(args, arg)
		text += ` AND ` + condition + ` $` + strconv.Itoa(len(args))
	}
	if f.Subject != "" {
		only(`subject =`, f.Subject)
	}
	if area, whole := strings.CutSuffix(f.Kind, "."); whole {
		only(`kind >=`, f.Kind)
		only(`kind <`, area+"/") // "/" comes right after "."
	} else if f.Kind != "" {
		only(`kind =`, f.Kind)
	}
	if f.Actor != "" {
		only(`actor =`, f.Actor)
	}
	if !f.From.IsZero() {
		only(`at >=`, db.Time(f.From))
	}
	if !f.Until.IsZero() {
		only(`at <`, db.Time(f.Until))
	}
	if f.Before > 0 {
		only(`seq <`, f.Before)
	}
	if f.Any != nil {
		condition, more := f.Any.where(len(args) + 1)
		text, args = text+` AND (`+condition+`)`, append(args, more...)
	}
	return text, args
}

// where writes the alternatives of a search, numbered from first.
func (a Any) where(first int) (string, []any) {
	parts := []string{`false`}
	var args []any
	for _, c := range []struct {
		column string
		values []string
	}{{`id`, a.IDs}, {`kind`, a.Kinds}, {`actor`, a.Actors}, {`subject`, a.Subjects}} {
		if len(c.values) == 0 {
			continue
		}
		parts = append(parts, c.column+` IN (`+db.In(first+len(args), len(c.values))+`)`)
		for _, v := range c.values {
			args = append(args, v)
		}
	}
	return strings.Join(parts, ` OR `), args
}

// List returns numbered entries, newest first.
func List(ctx context.Context, q db.Queryer, f Filter) ([]Record, error) {
	where, args := f.where()
	limit := f.Limit
	if limit <= 0 {
		limit = 50
	}
	where += ` ORDER BY seq DESC LIMIT ` + strconv.Itoa(min(limit, 500)) + ` OFFSET ` + strconv.Itoa(max(f.Skip, 0))
	return db.All(ctx, q, selectRecord+where, scanRecord, args...)
}

// Count returns how many numbered entries f chooses, whatever its page.
func Count(ctx context.Context, q db.Queryer, f Filter) (int, error) {
	f.Before = 0
	where, args := f.where()
	return db.One(ctx, q, `SELECT count(*) FROM ledger_entry `+where, db.Value[int], args...)
}

// Kinds returns every kind there is, in order. It steps through the index from
// one kind to the next instead of reading all entries.
func Kinds(ctx context.Context, q db.Queryer) ([]string, error) {
	return db.All(ctx, q, `
		WITH RECURSIVE known (kind) AS (
			SELECT min(kind) FROM ledger_entry
			UNION ALL
			SELECT (SELECT min(e.kind) FROM ledger_entry e WHERE e.kind > known.kind) FROM known WHERE known.kind IS NOT NULL)
		SELECT kind FROM known WHERE kind IS NOT NULL ORDER BY kind`, db.Value[string])
}
