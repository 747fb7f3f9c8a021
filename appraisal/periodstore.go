package appraisal

import (
	"context"
	"strconv"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const selectPeriod = `SELECT id, year, state, cadence, plan_by, self_by, evaluate_by, book, opened_at, opened_by, version FROM appraisal_period `

func scanPeriod(r db.Row) (Period, error) {
	var p Period
	err := r.Scan(&p.ID, &p.Year, &p.State, &p.Cadence, &p.PlanBy, &p.SelfBy, &p.EvaluateBy, &p.Book, db.TimeTo(&p.OpenedAt), &p.OpenedBy, &p.Version)
	p.From, p.To = p.Annual().From(), p.Annual().To()
	return p, err
}

func allPeriods(ctx context.Context, q db.Queryer) ([]Period, error) {
	return db.All(ctx, q, selectPeriod+`ORDER BY year DESC`, scanPeriod)
}

// periodOf returns the period of a year, or NotFound.
func periodOf(ctx context.Context, q db.Queryer, year int) (Period, error) {
	p, err := db.One(ctx, q, selectPeriod+`WHERE year = $1`, scanPeriod, year)
	if fault.Is(err, fault.NotFound) {
		return p, fault.Missing("appraisal.period.absent", strconv.Itoa(year))
	}
	return p, err
}

// currentPeriod picks the year people work in on a day of a year: the latest
// that is not closed and has begun, else the latest that has begun, else the
// first. Periods come latest first.
func currentPeriod(all []Period, year int) (Period, bool) {
	if len(all) == 0 {
		return Period{}, false
	}
	for _, p := range all {
		if p.Year <= year && p.Open() {
			return p, true
		}
	}
	for _, p := range all {
		if p.Year <= year {
			return p, true
		}
	}
	return all[len(all)-1], true
}

func insertPeriod(ctx context.Context, tx *db.Tx, p Period) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO appraisal_period
		(id, year, state, cadence, plan_by, self_by, evaluate_by, book, opened_at, opened_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		p.ID, p.Year, string(p.State), string(p.Cadence), string(p.PlanBy), string(p.SelfBy), string(p.EvaluateBy), p.Book, db.Time(p.OpenedAt), p.OpenedBy, p.Version)
	return err
}

// movePeriod stores a new state; Conflict when the version is not the stored one.
func movePeriod(ctx context.Context, tx *db.Tx, id string, version int64, to PeriodState) error {
	n, err := db.Exec(ctx, tx, `UPDATE appraisal_period SET state = $1, version = version + 1 WHERE id = $2 AND version = $3`, string(to), id, version)
	return changedOne(n, err, "appraisal.period.changed")
}

// changedOne turns an update that met no row into a Conflict fault: somebody
// else was there first.
func changedOne(n int64, err error, key string) error {
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Clash(key)
	}
	return nil
}
