package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/org"
)

// MonthCmd holds the commands of the month's close.
type MonthCmd struct {
	Show   MonthShowCmd   `cmd:"" help:"Who is late in a month, by office and by whose desk it lies on."`
	Load   MonthLoadCmd   `cmd:"" help:"Load e-Kinerja's list of results, or attendance."`
	Export MonthExportCmd `cmd:"" help:"Write the list of a month as XLSX, CSV or PDF."`
}

// MonthStore is the group of flags of every command about a month.
type MonthStore struct {
	Store
	Month  string `required:"" help:"Month that is paid, 2026-11." placeholder:"M"`
	Agency string `help:"Name of the agency on printed lists." placeholder:"NAME"`
}

// open opens the record and the month's close.
func (s MonthStore) open(ctx context.Context) (*db.DB, *monthclose.Service, monthclose.Month, error) {
	m, err := monthclose.ParseMonth(s.Month)
	if err != nil {
		return nil, nil, m, err
	}
	d, years, err := s.appraisal(ctx, "", s.Agency, nil)
	if err != nil {
		return nil, nil, m, err
	}
	library, err := app.Library("")
	if err != nil {
		return nil, nil, m, errors.Join(err, d.Close())
	}
	bundle, err := app.Bundle()
	if err != nil {
		return nil, nil, m, errors.Join(err, d.Close())
	}
	store := org.NewStore(d, time.Now, time.Local)
	access := account.NewAccess(store)
	svc := monthclose.New(monthclose.Config{
		DB: d, Access: access, Org: store, Appraisals: years, Books: policy.New(d, access, library, time.Now), Zone: time.Local,
		Words: bundle.Printer(i18n.Indonesian), Agency: appraisal.Agency{Name: s.Agency},
	})
	return d, svc, m, nil
}

func hand(p *i18n.Printer) account.Actor { return monthclose.Hand(p.T("monthclose.cli.hand")) }

// MonthShowCmd is `gurindam month show`.
type MonthShowCmd struct {
	MonthStore
	JSON bool `name:"json" help:"Print one JSON document."`
}

// monthShown is a month as JSON.
type monthShown struct {
	Month     string            `json:"month"`
	State     string            `json:"state"`
	People    int               `json:"people"`
	Ready     int               `json:"ready"`
	Late      int               `json:"late"`
	Excluded  int               `json:"excluded"`
	Unmatched int               `json:"unmatched"`
	Objecting int               `json:"objections"`
	Gross     int64             `json:"gross"`
	Desks     map[string]int    `json:"desks"`
	Offices   []monthShownPlace `json:"offices"`
}

type monthShownPlace struct {
	Name   string         `json:"name"`
	People int            `json:"people"`
	Late   int            `json:"late"`
	Desks  map[string]int `json:"desks"`
}

// Run prints a month at a glance and changes nothing.
func (c *MonthShowCmd) Run(env *Env) error {
	d, svc, m, err := c.open(env.Ctx)
	if err != nil {
		return err
	}
	o, err := svc.Overview(env.Ctx, hand(env.P), m)
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(shownOf(o))
	}
	return printMonth(env, o)
}

func desksOf(t monthclose.Tally) map[string]int {
	all := map[string]int{}
	for _, d := range monthclose.Desks() {
		all[string(d)] = t.Desks[d]
	}
	return all
}

func shownOf(o monthclose.Overview) monthShown {
	x := monthShown{
		Month: string(o.Month), State: string(o.State), People: o.People, Ready: o.Ready, Late: o.Late, Excluded: o.Excluded,
		Unmatched: o.Unmatched, Objecting: o.Objections, Gross: o.Gross, Desks: desksOf(o.Tally), Offices: []monthShownPlace{},
	}
	for _, p := range o.Offices {
		x.Offices = append(x.Offices, monthShownPlace{p.Name, p.People, p.Late, desksOf(p.Tally)})
	}
	return x
}

func printMonth(env *Env, o monthclose.Overview) error {
	fmt.Fprintln(env.Out, env.P.T("monthclose.cli.head", env.P.Month(string(o.Month)), o.People, o.Ready, o.Late, o.Excluded))
	fmt.Fprintln(env.Out, env.P.T("monthclose.cli.waits", o.Unmatched, o.Objections))
	t := tabwriter.NewWriter(env.Out, 0, 4, 2, ' ', 0)
	for _, p := range o.Offices {
		if p.Late == 0 {
			continue
		}
		var desks []string
		for _, d := range monthclose.Desks() {
			if n := p.Desks[d]; n > 0 {
				desks = append(desks, fmt.Sprintf("%s %s", env.P.T("monthclose.desk."+string(d)), env.P.Num(n)))
			}
		}
		fmt.Fprintf(t, "  %s\t%s\t%s\n", p.Name, env.P.Num(p.Late), strings.Join(desks, ", "))
	}
	return t.Flush()
}

// MonthLoadCmd is `gurindam month load`.
type MonthLoadCmd struct {
	MonthStore
	Kind     string `arg:"" enum:"results,attendance" help:"results or attendance."`
	File     string `arg:"" help:"CSV or XLSX." type:"path"`
	DryRun   bool   `help:"Only tell what would happen."`
	Rejected string `help:"Write the rejected rows to this XLSX or CSV." type:"path" placeholder:"FILE"`
	JSON     bool   `name:"json" help:"Print one JSON document."`
}

// Run loads a file in one transaction and makes every sum of the month anew.
// The status is 1 when nothing could be loaded.
func (c *MonthLoadCmd) Run(env *Env) error {
	body, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	d, svc, m, err := c.open(env.Ctx)
	if err != nil {
		return err
	}
	kind := monthclose.Results
	if c.Kind == "attendance" {
		kind = monthclose.Attendance
	}
	rep, err := svc.Load(env.Ctx, hand(env.P), m, kind, filepath.Base(c.File), body, c.DryRun)
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	if c.Rejected != "" && len(rep.Rejected) > 0 {
		var b bytes.Buffer
		if err := rep.WriteRejected(&b, listFormat(c.Rejected), env.P); err != nil {
			return err
		}
		if err := os.WriteFile(c.Rejected, b.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return tellReport(env, rep.Report, c.JSON)
}

// listFormat returns the format a file's name asks for.
func listFormat(name string) string {
	if strings.EqualFold(filepath.Ext(name), ".csv") {
		return sheet.CSV
	}
	return sheet.XLSX
}

// MonthExportCmd is `gurindam month export`.
type MonthExportCmd struct {
	MonthStore
	Office string `help:"Id of an office; all without it." placeholder:"ID"`
	File   string `arg:"" help:"File to write: .xlsx, .csv or .pdf." type:"path"`
}

// Run writes the list: the closed one where the month is closed and a PDF is
// asked for.
func (c *MonthExportCmd) Run(env *Env) error {
	d, svc, m, err := c.open(env.Ctx)
	if err != nil {
		return err
	}
	body, err := c.write(env, svc, m)
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	return os.WriteFile(c.File, body, 0o600)
}

func (c *MonthExportCmd) write(env *Env, svc *monthclose.Service, m monthclose.Month) ([]byte, error) {
	if strings.EqualFold(filepath.Ext(c.File), ".pdf") {
		return svc.ListPDF(env.Ctx, hand(env.P), m, c.Office)
	}
	doc, err := svc.Sheet(env.Ctx, hand(env.P), m, monthclose.Query{Office: c.Office}, func(key string) string { return env.P.T(key) })
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = sheet.Write(&b, listFormat(c.File), doc)
	return b.Bytes(), err
}
