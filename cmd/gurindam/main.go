package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/i18n"
)

// cli lists every command; the names and flags are those of the contract.
type cli struct {
	Lang string `help:"Language of messages: id or en." env:"LANG" default:"id"`

	Demo  DemoCmd  `cmd:"" help:"Fill a fresh database with the sample city and serve it on this machine."`
	Serve ServeCmd `cmd:"" help:"Serve an agency."`

	Import ImportCmd `cmd:"" help:"Load units, people and positions from files."`

	Rule RuleCmd `cmd:"" help:"The dated rules: list them, read one, apply one."`
	Skm  SKMCmd  `cmd:"" name:"skm" help:"Score a file of satisfaction survey answers."`

	Evaluate EvaluateCmd `cmd:"" help:"Compute the predicates where both ratings are sent, list the rest; decide nothing."`
	Receipt  ReceiptCmd  `cmd:"" help:"Receipts of evaluations: write them, compute one again."`

	Place PlaceCmd `cmd:"" help:"The best joint placement of candidates on positions."`

	Month MonthCmd `cmd:"" help:"The month's close: who is late, load lists, write the list to be signed."`

	Bkn  BknCmd  `cmd:"" help:"Exchange results with BKN's SIASN."`
	User UserCmd `cmd:"" help:"Accounts and roles, for the first administrator."`

	Ledger  LedgerCmd  `cmd:"" help:"The append-only record: check it, change its key."`
	Backup  BackupCmd  `cmd:"" help:"Copy database, keys and attachments into one file while the server runs."`
	Restore RestoreCmd `cmd:"" help:"Bring a backup back into an empty database."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the program without the process around it, so that tests can call it.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	bundle, err := app.Bundle()
	if err != nil {
		fmt.Fprintln(errs, "gurindam:", err)
		return 1
	}
	var c cli
	code := -1
	parser, err := kong.New(&c, kong.Name("gurindam"),
		kong.Description("Appraisal, positions and participation of a city's civil servants, in the open."),
		kong.Writers(out, errs), kong.Exit(func(n int) { code = n }),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(errs, "gurindam:", err)
		return 1
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if code >= 0 {
		return code // help was asked for
	}
	if err != nil {
		fmt.Fprintln(errs, "gurindam:", err)
		return 2
	}
	env := &Env{Ctx: ctx, In: in, Out: out, Err: errs, P: bundle.Printer(i18n.ParseLang(c.Lang))}
	if err := k.Run(env); err != nil {
		env.complain(err)
		return 1
	}
	return 0
}
