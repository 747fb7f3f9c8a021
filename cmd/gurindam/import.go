package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/org/orgimport"
)

// ImportCmd holds the commands that load files into the map.
type ImportCmd struct {
	Peek       ImportPeekCmd       `cmd:"" help:"Show what the importer sees in a file, or why it cannot be read."`
	Units      ImportUnitsCmd      `cmd:"" help:"Load a tree of units: id, parent, name, …, or SIASN's ref-unor as JSON."`
	Roster     ImportRosterCmd     `cmd:"" help:"Load the roster of employees: the Data ASN download of SIASN."`
	Positions  ImportPostsCmd      `cmd:"" help:"Load positions."`
	Survey     ImportSurveyCmd     `cmd:"" help:"Load answers of a satisfaction survey."`
	SKMPortal  ImportPortalCmd     `cmd:"" name:"skm-portal" help:"Load services, surveys and answers of a city's present survey portal from its MySQL dump."`
	Agreements ImportAgreementsCmd `cmd:"" help:"Load the Perjanjian Kinerja of offices as an e-SAKIP application exports them."`
	Convert    ImportConvertCmd    `cmd:"" help:"Turn a table of a MySQL dump into CSV or XLSX."`
}

// importFlags are what every load takes.
type importFlags struct {
	Store
	File     string `arg:"" help:"CSV, XLSX, JSON or MySQL dump."`
	Map      string `help:"Mapping of columns: a TOML file, or the name of one that comes with the program." placeholder:"FILE.toml"`
	At       string `help:"The day the file is a snapshot of; today if left out." placeholder:"DATE"`
	Since    string `help:"From when units, positions and people that are new are taken to be there; the day of the file if left out." placeholder:"DATE"`
	DryRun   bool   `help:"Say what would change and change nothing."`
	Rejected string `help:"Write the rejected rows to this CSV or XLSX file, to be mended and loaded again." type:"path" placeholder:"FILE"`
	JSON     bool   `name:"json" help:"Print one JSON document."`
}

// ImportUnitsCmd is `gurindam import units`.
type ImportUnitsCmd struct{ importFlags }

// Run loads units.
func (c *ImportUnitsCmd) Run(env *Env) error { return c.run(env, orgimport.Units) }

// ImportRosterCmd is `gurindam import roster`.
type ImportRosterCmd struct{ importFlags }

// Run loads a roster.
func (c *ImportRosterCmd) Run(env *Env) error { return c.run(env, orgimport.Roster) }

// ImportPostsCmd is `gurindam import positions`.
type ImportPostsCmd struct{ importFlags }

// Run loads positions.
func (c *ImportPostsCmd) Run(env *Env) error { return c.run(env, orgimport.Positions) }

// heapLimit keeps the whole command below 256 MiB: the collector works harder
// as the heap comes near it.
const heapLimit = 160 << 20

// run loads a file and says what became of it. The status is 1 when nothing
// could be loaded.
func (f *importFlags) run(env *Env, kind orgimport.Kind) error {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapLimit)
	}
	order, err := f.order(kind)
	if err != nil {
		return f.refused(env, err)
	}
	report, err := f.load(env, order)
	if err != nil {
		return f.refused(env, err)
	}
	if f.Rejected != "" && len(report.Rejected) > 0 {
		if err := f.writeRejected(env, order, report); err != nil {
			return err
		}
	}
	doc := report.Say(env.P)
	if f.JSON {
		err = env.JSON(doc)
	} else {
		err = printReport(env, doc)
	}
	switch {
	case err != nil:
		return err
	case report.Rows == 0:
		return fault.Wrong("import.cli.no_rows")
	case !report.Loaded():
		return fault.Wrong("import.cli.nothing")
	}
	return nil
}

// order reads the flags.
func (f *importFlags) order(kind orgimport.Kind) (orgimport.Order, error) {
	o := orgimport.Order{Kind: kind, Path: f.File, DryRun: f.DryRun}
	var err error
	if o.At, err = day("at", f.At); err != nil {
		return o, err
	}
	if o.Since, err = day("since", f.Since); err != nil {
		return o, err
	}
	if f.Map != "" {
		o.Mapping, err = mapping(f.Map)
	}
	return o, err
}

// day reads a date as people write it.
func day(flag, text string) (org.Day, error) {
	if text == "" {
		return "", nil
	}
	d, err := sheet.Date(text, sheet.DayFirst)
	if err != nil {
		return "", fault.WrongField("--"+flag, "form.date")
	}
	return org.Day(d), nil
}

// mapping reads a file, or takes one that comes with the program.
func mapping(name string) (*orgimport.Mapping, error) {
	raw, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) && filepath.Ext(name) == "" && !strings.ContainsRune(name, filepath.Separator) {
		return orgimport.ShippedMapping(name)
	}
	if err != nil {
		return nil, fault.Missing("sheet.not_found", name).Because(err)
	}
	return orgimport.ParseMapping(string(raw))
}

// load opens the record and loads the file.
func (f *importFlags) load(env *Env, o orgimport.Order) (report *orgimport.Report, err error) {
	// A file that cannot be read is refused before a database is made for it.
	if _, err := os.Stat(o.Path); err != nil {
		return nil, fault.Missing("sheet.not_found", o.Path).Because(err)
	}
	d, err := f.Open(env.Ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	s, err := importer(d)
	if err != nil {
		return nil, err
	}
	bar := newBar(env)
	defer bar.end()
	o.Progress = bar.show
	report, err = s.Machine().Import(env.Ctx, o)
	if err != nil || o.DryRun || !report.Changed() {
		return report, err
	}
	return report, s.Machine().Record(env.Ctx, o, report)
}

// importer returns the service that loads files into a record.
func importer(d *db.DB) (*orgimport.Service, error) {
	library, err := app.Library("")
	if err != nil {
		return nil, err
	}
	store := org.NewStore(d, time.Now, time.Local)
	return orgimport.New(orgimport.Config{Store: store, Books: policy.New(d, account.NewAccess(store), library, time.Now)})
}

// refused tells why a file could not be loaded at all. With --json the document
// says so too.
func (f *importFlags) refused(env *Env, err error) error {
	var wrong *fault.Error
	if !f.JSON || !errors.As(err, &wrong) || env.Ctx.Err() != nil {
		return err
	}
	doc := (&orgimport.Report{}).Say(env.P)
	doc.Error = &orgimport.SaidError{Code: wrong.Key, Reason: env.P.T(wrong.Key, wrong.Args...)}
	return errors.Join(env.JSON(doc), err)
}

// writeRejected writes the rejected rows to a file.
func (f *importFlags) writeRejected(env *Env, o orgimport.Order, r *orgimport.Report) error {
	w, err := os.Create(f.Rejected)
	if err != nil {
		return err
	}
	err = orgimport.Rejects(w, formatOf(f.Rejected), o, r, env.P)
	if err = errors.Join(err, w.Close()); err == nil {
		env.Say("import.cli.rejected_file", f.Rejected)
	}
	return err
}

// formatOf is the format a file's name asks for.
func formatOf(name string) string {
	if strings.EqualFold(filepath.Ext(name), ".xlsx") {
		return sheet.XLSX
	}
	return sheet.CSV
}

// shownLines is how many rejected rows and warnings are printed; JSON has all.
const shownLines = 20

func printReport(env *Env, d orgimport.Document) error {
	w := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', tabwriter.AlignRight)
	figure := func(key string, n int, always bool) {
		if n > 0 || always {
			fmt.Fprintf(w, "%s\t%s\t\n", env.P.T("import.cli."+key), env.P.Num(n))
		}
	}
	figure("rows", d.Rows, true)
	figure("created", d.Created, true)
	figure("updated", d.Updated, true)
	figure("unchanged", d.Unchanged, true)
	figure("rejected", len(d.Rejected), true)
	figure("made_units", d.Made.Units, false)
	figure("made_positions", d.Made.Positions, false)
	if d.Posts != nil {
		figure("vacant", d.Posts.Vacant, false)
	}
	figure("absent", len(d.Absent), false)
	if err := w.Flush(); err != nil {
		return err
	}
	printRejected(env, d.Rejected)
	printWarnings(env, d.Warnings)
	if d.DryRun {
		env.Say("import.cli.dry_run")
	}
	return nil
}

func printRejected(env *Env, list []orgimport.SaidRejected) {
	for _, r := range list[:min(len(list), shownLines)] {
		env.Say("import.cli.at_row", r.Row, r.Column, r.Value, r.Reason)
		for _, a := range r.Also {
			fmt.Fprintln(env.Err, "   ", env.P.T("import.cli.at_row_also", a.Column, a.Value, a.Reason))
		}
	}
	if more := len(list) - shownLines; more > 0 {
		env.Say("import.cli.more", more)
	}
}

func printWarnings(env *Env, list []orgimport.SaidWarning) {
	for _, w := range list[:min(len(list), shownLines)] {
		if w.Rows > 1 {
			env.Say("import.cli.warning_more", w.Row, w.Rows-1, w.Reason)
		} else {
			env.Say("import.cli.warning", w.Row, w.Reason)
		}
	}
	if more := len(list) - shownLines; more > 0 {
		env.Say("import.cli.more", more)
	}
}

// ImportConvertCmd is `gurindam import convert`.
type ImportConvertCmd struct {
	File  string `arg:"" help:"MySQL dump."`
	Table string `help:"The table; the only one if left out." placeholder:"NAME"`
	Out   string `short:"o" help:"CSV or XLSX file to write; CSV on standard output if left out." type:"path" placeholder:"FILE"`
}

// Run writes the table. Nothing of the dump is run.
func (c *ImportConvertCmd) Run(env *Env) error {
	if c.Out == "" {
		return orgimport.Convert(c.File, c.Table, sheet.CSV, env.Out)
	}
	w, err := os.Create(c.Out)
	if err != nil {
		return err
	}
	return errors.Join(orgimport.Convert(c.File, c.Table, formatOf(c.Out), w), w.Close())
}
