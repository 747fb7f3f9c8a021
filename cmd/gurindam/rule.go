package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/rulebook"
)

// RuleCmd is everything about the rulebook on the command line.
type RuleCmd struct {
	List RuleListCmd `cmd:"" help:"List the rules in force, each with its source."`
	Show RuleShowCmd `cmd:"" help:"Show one rule in words, with its values and source."`
	Eval RuleEvalCmd `cmd:"" help:"Apply a rule to the JSON object on standard input."`
}

// bookFlags choose the rules a command works with.
type bookFlags struct {
	Rulebook string `placeholder:"FILE" help:"The agency's own rulebook, on top of the national rules."`
	At       string `placeholder:"DATE" help:"The day whose rules are meant, YYYY-MM-DD; today if left out."`
}

// book returns the rules in force on the day asked for.
func (f bookFlags) book() (*rulebook.Book, error) {
	library, err := app.Library(f.Rulebook)
	if err != nil {
		return nil, err
	}
	if f.At == "" {
		f.At = time.Now().Format(time.DateOnly)
	}
	return library.At(rulebook.Day(f.At), "")
}

// maxInput is the most a rule reads from standard input, in megabytes.
const maxInput = 64

// RuleEvalCmd is `gurindam rule eval`.
type RuleEvalCmd struct {
	Name   string `arg:"" help:"The rule, as rule list names it."`
	Preset string `placeholder:"P" help:"A set of values within the rule."`
	bookFlags
	JSON bool `name:"json" help:"Print JSON; the result always is."`
}

// evaluated is the document `rule eval` prints.
type evaluated struct {
	Rule     string          `json:"rule"`
	Value    any             `json:"value"`
	Because  []rulebook.Line `json:"because"`
	Rulebook string          `json:"rulebook"`
	Hash     string          `json:"hash"`
	Source   string          `json:"source"`
}

// Run reads one JSON object and prints what the rule makes of it.
func (c *RuleEvalCmd) Run(env *Env) error {
	book, err := c.book()
	if err != nil {
		return err
	}
	rule, err := rulebook.Named(app.Rules(), c.Name)
	if _, listed := book.Head(c.Name); err != nil && listed == nil {
		return fault.Missing("rulebook.rule.no_value", c.Name)
	}
	if err != nil {
		return err
	}
	input, err := io.ReadAll(io.LimitReader(env.In, maxInput<<20+1))
	if err != nil {
		return fmt.Errorf("read standard input: %w", err)
	}
	if len(input) > maxInput<<20 {
		return fault.WrongField("input", "rulebook.input.size", maxInput)
	}
	r, err := rule.Eval(book, c.Preset, input)
	if err != nil {
		return err
	}
	return env.JSON(evaluated{r.Rule, r.Value, r.Because.Lines(env.P), r.Book, r.Hash, r.Source})
}

// RuleListCmd is `gurindam rule list`.
type RuleListCmd struct {
	bookFlags
	JSON bool `name:"json" help:"Print one JSON document."`
}

// listedRule is one rule of `rule list --json`.
type listedRule struct {
	Name      string        `json:"name"`
	Title     rulebook.Text `json:"title"`
	From      rulebook.Day  `json:"from"`
	Certainty string        `json:"certainty"`
	Source    string        `json:"source"`
}

// Run prints the rules in force.
func (c *RuleListCmd) Run(env *Env) error {
	book, err := c.book()
	if err != nil {
		return err
	}
	listed := []listedRule{}
	for _, r := range book.Rules(string(env.P.Lang())) {
		listed = append(listed, listedRule{r.ID, r.Title, r.From, string(r.Certainty), r.Cite()})
	}
	if c.JSON {
		return env.JSON(map[string]any{"rulebook": book.String(), "hash": book.Hash(), "rules": listed})
	}
	w := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	var heads []string
	for _, column := range []string{"id", "title", "from", "certainty", "source"} {
		heads = append(heads, env.P.T("rulebook.cli.column."+column))
	}
	fmt.Fprintln(w, strings.Join(heads, "\t"))
	for _, r := range listed {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.Name, r.Title.In(string(env.P.Lang())), r.From, r.Certainty, r.Source)
	}
	return w.Flush()
}

// RuleShowCmd is `gurindam rule show`.
type RuleShowCmd struct {
	Name string `arg:"" help:"The rule, as rule list names it."`
	bookFlags
	JSON bool `name:"json" help:"Print one JSON document."`
}

// shownRule is the document of `rule show --json`.
type shownRule struct {
	listedRule
	Words   rulebook.Text   `json:"words"`
	Note    rulebook.Text   `json:"note"`
	Changes []shownChange   `json:"changes"`
	Values  *rulebook.Value `json:"values"`
}

type shownChange struct {
	Value    string          `json:"value"`
	Was      *rulebook.Value `json:"was"`
	Now      *rulebook.Value `json:"now"`
	From     rulebook.Day    `json:"from"`
	Decision string          `json:"decision"`
	Decided  rulebook.Day    `json:"decided"`
}

// Run prints one rule.
func (c *RuleShowCmd) Run(env *Env) error {
	book, err := c.book()
	if err != nil {
		return err
	}
	view, err := book.View(c.Name, string(env.P.Lang()))
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(shown(book, view))
	}
	return printRule(env, view)
}

func shown(book *rulebook.Book, v rulebook.RuleView) shownRule {
	s := shownRule{
		listedRule: listedRule{v.ID, v.Title, v.From, string(v.Certainty), v.Cite()},
		Words:      v.Words, Note: v.Source.Note, Changes: []shownChange{}, Values: book.Values(v.ID),
	}
	for _, c := range v.Changes {
		s.Changes = append(s.Changes, shownChange{c.Path, c.Was, c.Now, c.From, c.Decision, c.Decided})
	}
	return s
}

func printRule(env *Env, v rulebook.RuleView) error {
	lang := string(env.P.Lang())
	fmt.Fprintf(env.Out, "%s\n%s\n\n%s\n\n", v.ID, v.Title.In(lang), v.Words.In(lang))
	w := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\t%s\n", env.P.T("rulebook.cli.source"), v.Cite())
	fmt.Fprintf(w, "%s\t%s\n", env.P.T("rulebook.cli.from"), env.P.Date(string(v.From)))
	fmt.Fprintf(w, "%s\t%s\n", env.P.T("rulebook.cli.certainty"), rulebook.Show(env.P, rulebook.Word(v.Certainty)))
	if note := v.Source.Note.In(lang); note != "" {
		fmt.Fprintf(w, "%s\t%s\n", env.P.T("rulebook.cli.note"), note)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, c := range v.Changes {
		was := env.P.T("rulebook.cli.preset_none")
		if c.Was != nil {
			was = c.Was.String()
		}
		fmt.Fprintln(env.Out, env.P.T("rulebook.cli.changed", c.Decision, env.P.Date(string(c.From)), c.Path, was, c.Now.String()))
	}
	for _, t := range v.Tables {
		if err := printTable(env, t); err != nil {
			return err
		}
	}
	return nil
}

func printTable(env *Env, t rulebook.Table) error {
	var path []string
	for _, part := range t.Path {
		path = append(path, named(env.P, part))
	}
	fmt.Fprintf(env.Out, "\n%s  [%s]\n", strings.Join(path, ", "), strings.Join(t.Path, "."))
	w := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	if len(t.Columns) > 1 {
		heads := []string{""}
		for _, c := range t.Columns {
			heads = append(heads, named(env.P, c))
		}
		fmt.Fprintln(w, strings.Join(heads, "\t"))
	}
	for _, row := range t.Rows {
		cells := []string{"  " + named(env.P, row.Name)}
		for _, cell := range row.Cells {
			var texts []string
			for _, value := range cell {
				texts = append(texts, shownValue(env.P, value))
			}
			cells = append(cells, strings.Join(texts, ", "))
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	return w.Flush()
}

// named returns the name of a value or code word, or the key itself.
func named(p *i18n.Printer, key string) string {
	for _, k := range []string{rulebook.NameKey(key), rulebook.WordKey(key)} {
		if p.Has(k) {
			return p.T(k)
		}
	}
	return key
}

// shownValue returns a cell's value: a code word's translation, a number the
// language's way, anything else as it is.
func shownValue(p *i18n.Printer, value string) string {
	if n, err := rulebook.ParseNum(value); err == nil {
		return rulebook.Show(p, n)
	}
	return rulebook.Show(p, rulebook.Word(value))
}
