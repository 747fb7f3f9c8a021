package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/participation"
)

// ImportSurveyCmd is `gurindam import survey`.
type ImportSurveyCmd struct {
	Store
	File    string `arg:"" help:"CSV or XLSX with one respondent a row; the element keys or their Indonesian names are its header."`
	Service string `required:"" help:"Code of the service that was asked about." placeholder:"CODE"`
	Stratum string `default:"import" enum:"import,paper,assisted" help:"How the answers came: import, paper or assisted." placeholder:"WAY"`
	DryRun  bool   `help:"Say what would change and change nothing."`
	JSON    bool   `name:"json" help:"Print one JSON document."`
}

// Run loads the answers. Whoever may write the data directory is taken for the
// agency's HR.
func (c *ImportSurveyCmd) Run(env *Env) (err error) {
	if c.Data == "" {
		return fault.Wrong("db.dir")
	}
	f, err := os.Open(c.File)
	if err != nil {
		return fault.Missing("sheet.not_found", c.File).Because(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sys, err := app.Open(env.Ctx, app.Config{Data: c.Data, Database: c.Database})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sys.Close()) }()
	s, err := sys.Areas.Participation.Service(env.Ctx, c.Service)
	if err != nil {
		return err
	}
	report, err := sys.Areas.Participation.ImportAnswers(env.Ctx, hand(env.P), participation.Import{
		File: f, Size: info.Size(), Service: s, Stratum: participation.Stratum(c.Stratum), DryRun: c.DryRun,
	})
	if err != nil {
		return err
	}
	if c.JSON {
		err = env.JSON(report)
	} else {
		c.print(env, report)
	}
	if err == nil && report.Rows > 0 && len(report.Rejected) == report.Rows {
		err = fault.Wrong("survey.import.nothing")
	}
	return err
}

func (c *ImportSurveyCmd) print(env *Env, report participation.ImportReport) {
	key := "survey.import.done"
	if c.DryRun {
		key = "survey.import.dry"
	}
	fmt.Fprintln(env.Out, env.P.T(key, report.Rows, report.Created, report.Unchanged, len(report.Rejected)))
	for i, r := range report.Rejected {
		if i == shownLines {
			env.Say("import.cli.more", len(report.Rejected)-shownLines)
			break
		}
		fmt.Fprintln(env.Out, env.P.T("survey.import.row", fmt.Sprint(r.Row), r.Column, r.Value, env.P.T(r.Key)))
	}
}
