package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/gurindam/gurindam/appraisal/cascade"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/fault"
)

// ImportAgreementsCmd is `gurindam import agreements`.
type ImportAgreementsCmd struct {
	Store
	File   string `arg:"" help:"Perjanjian Kinerja as an e-SAKIP application exports them: XLSX, CSV or JSON."`
	Year   int    `help:"Performance year; the current one if left out." placeholder:"Y"`
	DryRun bool   `help:"Say what would change and change nothing."`
	JSON   bool   `name:"json" help:"Print one JSON document."`
}

// agreementsLoaded is what the command prints as JSON.
type agreementsLoaded struct {
	Rows      int                 `json:"rows"`
	Created   int                 `json:"created"`
	Updated   int                 `json:"updated"`
	Unchanged int                 `json:"unchanged"`
	Units     int                 `json:"units"`
	Rejected  []agreementRejected `json:"rejected"`
}

type agreementRejected struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// Run loads a file of agreements. Whoever may write the data directory is taken
// for the agency's HR.
func (c *ImportAgreementsCmd) Run(env *Env) (err error) {
	if c.Data == "" {
		return fault.Wrong("db.dir")
	}
	body, err := os.ReadFile(c.File)
	if err != nil {
		return fault.Missing("appraisal.cli.file", c.File).Because(err)
	}
	file, err := cascade.ReadAgreements(body)
	if err != nil {
		return err
	}
	sys, err := app.Open(env.Ctx, app.Config{Data: c.Data, Database: c.Database})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sys.Close()) }()
	year := c.Year
	if year == 0 {
		year = time.Now().Year()
	}
	report, err := sys.Areas.Around.Cascade.Import(env.Ctx, hand(env.P), year, file, c.DryRun)
	if err != nil {
		return err
	}
	return c.tell(env, report)
}

func (c *ImportAgreementsCmd) tell(env *Env, report cascade.Report) error {
	out := agreementsLoaded{Rows: report.Rows, Created: report.Created, Updated: report.Updated, Unchanged: report.Unchanged, Units: report.Units, Rejected: []agreementRejected{}}
	for _, r := range report.Rejected {
		out.Rejected = append(out.Rejected, agreementRejected{r.Row, r.Column, r.Value, r.Reason(env.P)})
	}
	if c.JSON {
		return env.JSON(out)
	}
	fmt.Fprintln(env.Out, env.P.T("cascade.cli.done", out.Rows, out.Created, out.Updated, out.Unchanged, len(out.Rejected), out.Units))
	for i, r := range out.Rejected {
		if i == shownLines {
			env.Say("import.cli.more", len(out.Rejected)-shownLines)
			break
		}
		fmt.Fprintln(env.Out, env.P.T("cascade.cli.row", fmt.Sprint(r.Row), r.Column, r.Value, r.Reason))
	}
	return nil
}
