package nation

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"sync"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/db"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the two tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "nation", FS: migrations} }

// Unit is a unit with the people whose year is evaluated.
type Unit struct {
	ID           string
	Organisation appraisal.OrganisationPredicate
	People       []Person
}

// Store writes units, one row each.
func Store(ctx context.Context, tx *db.Tx, units []Unit) error {
	rows := make([][]any, len(units))
	for i, u := range units {
		block, err := Pack(u.People)
		if err != nil {
			return err
		}
		rows[i] = []any{u.ID, string(u.Organisation), len(u.People), block}
	}
	return db.Insert(ctx, tx, "nation_unit", []string{"unit", "organisation", "people", "block"}, rows)
}

// Summary is what a whole evaluation came to.
type Summary struct {
	Units, People int64
	Fitting       int64    // units whose predicates spread as asked
	Counts        [5]int64 // people by predicate, in the order of AllPredicates
	Digest        string   // SHA-256 over every unit and its result, in order
}

// readers is how many parts of the units are read and evaluated at a time.
const readers = 2

// Evaluate evaluates every unit and stores the results in one transaction, in
// place of those of before.
func Evaluate(ctx context.Context, d *db.DB, rules Rules) (Summary, error) {
	middle, err := db.One(ctx, d, `SELECT coalesce(min(unit), '') FROM (SELECT unit FROM nation_unit ORDER BY unit DESC LIMIT (SELECT count(*) / 2 FROM nation_unit)) half`, db.Value[string])
	if err != nil {
		return Summary{}, err
	}
	var parts [readers][]Result
	var errs [readers]error
	var wg sync.WaitGroup
	for i, query := range [readers]string{selectUnit + `WHERE unit < $1 ORDER BY unit`, selectUnit + `WHERE unit >= $1 ORDER BY unit`} {
		wg.Go(func() { parts[i], errs[i] = evaluatePart(ctx, d, rules, query, middle) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return Summary{}, err
		}
	}
	all := append(parts[0], parts[1]...)
	return summary(all), d.Tx(ctx, func(tx *db.Tx) error { return storeResults(ctx, tx, all) })
}

const selectUnit = `SELECT unit, organisation, block FROM nation_unit `

// evaluatePart evaluates the units of a query as they are read.
func evaluatePart(ctx context.Context, d *db.DB, rules Rules, query, middle string) ([]Result, error) {
	var on desk
	var all []Result
	err := db.Each(ctx, d, query, func(r db.Row) error {
		var unit, organisation string
		var block []byte
		if err := r.Scan(&unit, &organisation, &block); err != nil {
			return err
		}
		res, err := on.evaluate(rules, unit, appraisal.OrganisationPredicate(organisation), block)
		all = append(all, res)
		return err
	}, middle)
	return all, err
}

func storeResults(ctx context.Context, tx *db.Tx, all []Result) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM nation_result`); err != nil {
		return err
	}
	rows := make([][]any, len(all))
	for i, r := range all {
		counts, err := json.Marshal(r.Counts)
		if err != nil {
			return err
		}
		rows[i] = []any{r.Unit, r.Fits, string(counts), r.Block}
	}
	return db.Insert(ctx, tx, "nation_result", []string{"unit", "fits", "counts", "block"}, rows)
}

func summary(all []Result) Summary {
	s := Summary{Units: int64(len(all))}
	h := sha256.New()
	for _, r := range all {
		for i, n := range r.Counts {
			s.Counts[i] += n
			s.People += n
		}
		if r.Fits {
			s.Fitting++
			h.Write([]byte{1})
		}
		h.Write([]byte(r.Unit))
		h.Write(r.Block)
	}
	s.Digest = hex.EncodeToString(h.Sum(nil))
	return s
}
