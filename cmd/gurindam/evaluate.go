package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/org"
)

// EvaluateCmd is `gurindam evaluate`.
type EvaluateCmd struct {
	Store
	Period   string `required:"" help:"Year, quarter or month: 2026, 2026-Q1 or 2026-03." placeholder:"P"`
	Rulebook string `help:"The agency's own rulebook, on top of the national rules." type:"path" placeholder:"FILE"`
	JSON     bool   `name:"json" help:"Print one JSON document."`
}

// Run computes the predicates where both ratings are sent and lists the rest
// with what is missing. It decides and writes nothing.
func (c *EvaluateCmd) Run(env *Env) error {
	w, err := appraisal.ParseWindow(c.Period)
	if err != nil {
		return err
	}
	d, svc, err := c.appraisal(env.Ctx, c.Rulebook, "", nil)
	if err != nil {
		return err
	}
	batch, err := svc.EvaluateAll(env.Ctx, w)
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(batch)
	}
	return printBatch(env, batch)
}

// appraisal opens the record for the commands about appraisal.
func (s Store) appraisal(ctx context.Context, rules, agency string, signer *ledger.Signer) (*db.DB, *appraisal.Service, error) {
	library, err := app.Library(rules)
	if err != nil {
		return nil, nil, err
	}
	d, err := s.Existing(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := d.Migrate(ctx, app.Migrations()); err != nil {
		return nil, nil, errors.Join(err, d.Close())
	}
	store := org.NewStore(d, time.Now, time.Local)
	access := account.NewAccess(store)
	return d, appraisal.New(appraisal.Config{
		DB: d, Access: access, Map: appraisal.NewOrgMap(store), Books: policy.New(d, access, library, time.Now),
		Zone: time.Local, Signer: signer, Agency: appraisal.Agency{Name: agency},
	}), nil
}

func printBatch(env *Env, b appraisal.Batch) error {
	say := func(key string, args ...any) string { return env.P.T("appraisal.cli."+key, args...) }
	word := func(group, code string) string {
		if code == "" {
			return "–"
		}
		return env.P.T("appraisal." + group + "." + code)
	}
	fmt.Fprintln(env.Out, say("head", b.Period, b.Counts.Parts, b.Counts.Computed, b.Counts.Missing, b.Counts.Elsewhere))
	for _, p := range appraisal.AllPredicates() {
		if n := b.Counts.Predicates[p]; n > 0 {
			fmt.Fprintf(env.Out, "  %s: %s\n", word("predicate", string(p)), env.P.Num(n))
		}
	}
	t := tabwriter.NewWriter(env.Out, 0, 4, 2, ' ', 0)
	if len(b.Computed) > 0 {
		fmt.Fprintf(t, "\n%s\n", say("computed"))
	}
	for _, r := range b.Computed {
		fmt.Fprintf(t, "  %s\t%s\t%s\t%s\t%s\t%s\n", r.Name, r.Unit, word("rating", string(r.Results)), word("rating", string(r.Conduct)),
			word("predicate", string(r.Predicate)), word("estate", string(r.State)))
	}
	if len(b.Missing) > 0 {
		fmt.Fprintf(t, "\n%s\n", say("missing"))
	}
	for _, m := range b.Missing {
		for i, what := range m.Missing {
			name, unit, desk := m.Name, m.Unit, m.DeskName
			if i > 0 {
				name, unit, desk = "", "", ""
			}
			fmt.Fprintf(t, "  %s\t%s\t%s\t%s\n", name, unit, env.P.T("appraisal.missing."+what), desk)
		}
	}
	return t.Flush()
}
