package app

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/task/taskweb"
	"github.com/gurindam/gurindam/internal/web"
)

// firstSteps leads a new agency from an empty database to its first year.
func (s *System) firstSteps() taskweb.FirstSteps {
	some := func(query string) func(context.Context) (bool, error) {
		return func(ctx context.Context) (bool, error) { return db.Exists(ctx, s.DB, query) }
	}
	return taskweb.FirstSteps{Access: s.Access, Steps: []taskweb.Step{
		{Code: "units", To: "/impor", Done: some(`SELECT 1 FROM unit LIMIT 1`)},
		{Code: "people", To: "/impor", Done: some(`SELECT 1 FROM person LIMIT 1`)},
		{Code: "year", To: "/tahun", Done: some(`SELECT 1 FROM appraisal_period LIMIT 1`)},
		{Code: "accounts", To: "/akun/undangan", Done: some(`SELECT 1 FROM account WHERE person_id IS NOT NULL LIMIT 1`)},
	}}
}

// early is what pages show before the first year is opened.
func early() map[string]web.Early {
	return map[string]web.Early{
		"appraisal.period.none": {
			Icon: "calendar", Title: "early.year", Text: "early.year_why",
			Act: account.ActAppraisalPeriod, Button: "early.year_open", To: "/tahun",
		},
	}
}
