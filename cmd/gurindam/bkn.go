package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/bkn"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
)

// BknCmd holds the commands that exchange results with BKN's SIASN.
type BknCmd struct {
	Export BknExportCmd `cmd:"" help:"Write results as SIASN takes them: skp22 of a year, kinerjaperiodik of a month or quarter."`
	Import BknImportCmd `cmd:"" help:"Load results in SIASN's shape: what was exported, or what SIASN answered."`
}

// exchange opens the record for the commands about SIASN.
func (s Store) exchange(ctx context.Context) (*db.DB, *bkn.Service, error) {
	d, svc, err := s.appraisal(ctx, "", "", nil)
	if err != nil {
		return nil, nil, err
	}
	store := org.NewStore(d, time.Now, time.Local)
	x, err := bkn.New(bkn.Config{DB: d, Access: account.NewAccess(store), Appraisal: svc, People: store, Zone: time.Local})
	if err != nil {
		return nil, nil, errors.Join(err, d.Close())
	}
	return d, x, nil
}

// BknExportCmd is `gurindam bkn export`.
type BknExportCmd struct {
	Store
	Period string   `required:"" help:"Year, quarter or month: 2026, 2026-Q1 or 2026-03." placeholder:"P"`
	Unit   []string `help:"Id of a unit; repeat for several. All units without it." placeholder:"ID"`
	Format string   `help:"json, xlsx or csv." enum:"json,xlsx,csv" default:"json"`
	JSON   bool     `name:"json" help:"With FILE: print who is missing as one JSON document."`
	File   string   `arg:"" optional:"" help:"File to write; standard output without it." type:"path"`
}

// Run writes the records; who is missing is told on standard error.
func (c *BknExportCmd) Run(env *Env) error {
	w, err := appraisal.ParseWindow(c.Period)
	if err != nil {
		return err
	}
	d, x, err := c.exchange(env.Ctx)
	if err != nil {
		return err
	}
	e, err := x.ExportAll(env.Ctx, bkn.Query{Window: w, Units: c.Unit})
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	var body bytes.Buffer
	if err := writeExport(&body, c.Format, e); err != nil {
		return err
	}
	if c.File == "" {
		_, err = env.Out.Write(body.Bytes())
	} else {
		err = os.WriteFile(c.File, body.Bytes(), 0o600)
	}
	if err != nil {
		return err
	}
	return c.report(env, e)
}

func writeExport(w io.Writer, format string, e bkn.Export) error {
	if format == "json" {
		return bkn.WriteJSON(w, e.Records())
	}
	return bkn.WriteSheet(w, format, e.Kind, e.Rows)
}

// exported is the report of an export with --json.
type exported struct {
	Kind    string         `json:"kind"`
	Period  string         `json:"period"`
	Records int            `json:"records"`
	Missing []exportedMiss `json:"missing"`
}

type exportedMiss struct {
	Name   string `json:"name"`
	NIP    string `json:"nip"`
	Unit   string `json:"unit"`
	Reason string `json:"reason"`
	Record bool   `json:"record"` // a record was written all the same
}

func (c *BknExportCmd) report(env *Env, e bkn.Export) error {
	if c.JSON && c.File != "" {
		r := exported{string(e.Kind), e.Window.Code(), len(e.Rows), []exportedMiss{}}
		for _, m := range e.Missing {
			r.Missing = append(r.Missing, exportedMiss{m.Name, m.NIP, m.Unit, env.P.T(m.Key), !m.Refused})
		}
		return env.JSON(r)
	}
	env.Say("bkn.cli.exported", len(e.Rows), string(e.Kind), e.Window.Code(), e.Refused())
	for _, m := range e.Missing {
		env.Say("bkn.cli.missing", m.Name, m.Unit, env.P.T(m.Key))
	}
	return nil
}

// BknImportCmd is `gurindam bkn import`.
type BknImportCmd struct {
	Store
	File   string `arg:"" help:"JSON, XLSX or CSV." type:"path"`
	DryRun bool   `help:"Only tell what would happen."`
	JSON   bool   `name:"json" help:"Print one JSON document."`
}

// Run loads the records in one transaction. The status is 1 when nothing could
// be loaded.
func (c *BknImportCmd) Run(env *Env) error {
	body, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	reads, err := bkn.ReadFile(body)
	if err != nil {
		return err
	}
	d, x, err := c.exchange(env.Ctx)
	if err != nil {
		return err
	}
	rep, err := x.ImportAll(env.Ctx, account.Actor{}, reads, c.DryRun)
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	return tellReport(env, rep, c.JSON)
}

// tellReport tells what an import did; it returns errSilent when nothing could
// be loaded.
func tellReport(env *Env, rep intake.Report, asJSON bool) error {
	if asJSON {
		body, err := rep.JSON(env.P)
		if err != nil {
			return err
		}
		if _, err := env.Out.Write(append(body, '\n')); err != nil {
			return err
		}
	} else {
		env.Say("bkn.cli.imported", rep.Rows, rep.Created, rep.Updated, rep.Unchanged, len(rep.Rejected))
		for _, r := range rep.Rejected {
			env.Say("bkn.cli.rejected", r.Row, r.Column, r.Reason(env.P))
		}
	}
	if rep.Rows > 0 && rep.Rows == len(rep.Rejected) {
		return errSilent
	}
	return nil
}
