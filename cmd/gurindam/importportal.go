package main

import (
	"errors"
	"fmt"

	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/org/orgimport"
	"github.com/gurindam/gurindam/participation"
)

// ImportPortalCmd is `gurindam import skm-portal`.
type ImportPortalCmd struct {
	Store
	File   string `arg:"" help:"MySQL dump of the survey portal the city has now."`
	Unit   string `help:"Id of the unit for services whose office is no unit of the map; without it they are left out." placeholder:"ID"`
	DryRun bool   `help:"Say what would change and change nothing."`
	JSON   bool   `name:"json" help:"Print one JSON document."`
}

// Run loads services, surveys and answers. Whoever may write the data directory
// is taken for the agency's HR.
func (c *ImportPortalCmd) Run(env *Env) (err error) {
	if c.Data == "" {
		return fault.Wrong("db.dir")
	}
	sys, err := app.Open(env.Ctx, app.Config{Data: c.Data, Database: c.Database})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sys.Close()) }()
	report, err := sys.Areas.Participation.ImportPortal(env.Ctx, hand(env.P), participation.PortalImport{
		Dump: orgimport.Dump{Path: c.File}, Unit: c.Unit, DryRun: c.DryRun,
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(report)
	}
	fmt.Fprintln(env.Out, env.P.T("survey.portal.done", report.Rows, report.Created, report.Unchanged, len(report.Rejected), report.Services, len(report.Waves)))
	for _, name := range report.Left {
		fmt.Fprintln(env.Out, env.P.T("survey.portal.left", name))
	}
	for i, r := range report.Rejected {
		if i == shownLines {
			env.Say("import.cli.more", len(report.Rejected)-shownLines)
			break
		}
		fmt.Fprintln(env.Out, env.P.T("survey.import.row", fmt.Sprint(r.Row), r.Column, r.Value, env.P.T(r.Key)))
	}
	return nil
}
