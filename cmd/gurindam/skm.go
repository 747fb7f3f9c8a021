package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/rulebook"
)

// SKMCmd is `gurindam skm`.
type SKMCmd struct {
	File     string `arg:"" help:"Table with one respondent a row; the element keys are its header, other columns are the respondents' profile."`
	Elements string `placeholder:"KEYS" help:"Keys of the elements, where a survey has questions of its own: key,key,… or with weights that sum to one: key=0.2,key=0.8."`
	Method   string `placeholder:"M" help:"exact, 0.11 or 0.111; exact if left out."`
	By       string `placeholder:"COLUMN" help:"Also the index for each value of a profile column."`
	bookFlags
	JSON bool `name:"json" help:"Print one JSON document."`

	weights []rulebook.Num // of the elements, when they were given
}

// skmDocument is what `skm --json` prints.
type skmDocument struct {
	participation.SKMResult
	Method   string          `json:"method"`
	Methods  []skmMethod     `json:"methods"`
	Profile  []string        `json:"profile"`
	Groups   []skmGroup      `json:"groups,omitempty"`
	Because  []rulebook.Line `json:"because"`
	Rulebook string          `json:"rulebook"`
	Hash     string          `json:"hash"`
	Source   string          `json:"source"`
}

// skmMethod is the index by one method and its difference from the one asked
// for.
type skmMethod struct {
	Method     string          `json:"method"`
	Index      rulebook.Figure `json:"index"`
	Grade      string          `json:"grade"`
	Difference rulebook.Figure `json:"difference"`
}

// skmGroup is the index of the respondents with one value of a profile column;
// Index and Grade are null where they left an element unanswered.
type skmGroup struct {
	Name        string           `json:"name"`
	Respondents int64            `json:"respondents"`
	Index       *rulebook.Figure `json:"index"`
	Grade       *string          `json:"grade"`
}

// Run scores the file.
func (c *SKMCmd) Run(env *Env) error {
	book, err := c.book()
	if err != nil {
		return err
	}
	rule, err := rulebook.Load[participation.SKMRule](book)
	if err != nil {
		return err
	}
	if c.Method == "" {
		c.Method = rule.Method
	}
	if !slices.Contains(rule.MethodCodes(), c.Method) {
		return fault.WrongField("--method", "rulebook.input.word", strings.Join(rule.MethodCodes(), ", "))
	}
	var keys []string
	if c.Elements != "" {
		if keys, c.weights, err = participation.ParseElements(c.Elements); err != nil {
			return err
		}
	}
	file, err := rule.ReadSurvey(c.File, c.By, keys...)
	if err != nil {
		return err
	}
	result, because, err := c.score(rule, c.Method, file.SurveyGroup)
	if err != nil {
		return err
	}
	doc := skmDocument{
		SKMResult: result, Method: c.Method, Methods: c.methods(rule, file, result), Profile: file.Profile,
		Groups: c.groups(rule, file), Because: because.Lines(env.P), Rulebook: book.String(), Hash: book.Hash(), Source: rule.Cite(),
	}
	if doc.Profile == nil {
		doc.Profile = []string{}
	}
	if c.Elements == "" && len(file.Sums) < len(rule.Elements) {
		env.Say("rulebook.cli.skm.fewer", len(file.Sums), len(rule.Elements))
	}
	if c.JSON {
		return env.JSON(doc)
	}
	return c.print(env, rule, file, doc)
}

// score scores one group, by the elements' own weights when there are some.
func (c *SKMCmd) score(rule participation.SKMRule, method string, g participation.SurveyGroup) (participation.SKMResult, rulebook.Because, error) {
	if len(c.weights) > 0 {
		return rule.ScoreWeighted(g.Sums, c.weights, g.Respondents)
	}
	return rule.Score(method, g.Sums, g.Respondents)
}

// methods returns the index by every method that fits so many elements.
func (c *SKMCmd) methods(rule participation.SKMRule, file participation.SurveyFile, chosen participation.SKMResult) []skmMethod {
	var all []skmMethod
	if len(c.weights) > 0 {
		return nil // a printed weight is meaningless beside weights of their own
	}
	for _, code := range rule.MethodCodes() {
		r, _, err := rule.Score(code, file.Sums, file.Respondents)
		if err != nil {
			continue // a weight meant for another number of elements
		}
		difference := r.Index.Sub(chosen.Index.Num).Figure(rule.IndexDecimals)
		all = append(all, skmMethod{code, r.Index, r.Grade, difference})
	}
	return all
}

func (c *SKMCmd) groups(rule participation.SKMRule, file participation.SurveyFile) []skmGroup {
	var all []skmGroup
	for _, g := range file.Groups {
		line := skmGroup{Name: g.Name, Respondents: g.Respondents}
		if r, _, err := c.score(rule, c.Method, g); err == nil {
			line.Index, line.Grade = &r.Index, &r.Grade
		}
		all = append(all, line)
	}
	return all
}

func (c *SKMCmd) print(env *Env, rule participation.SKMRule, file participation.SurveyFile, doc skmDocument) error {
	fmt.Fprintf(env.Out, "%s\n\n", skmText(env, "respondents", doc.Respondents, c.Method))
	table := skmTable{tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)}
	table.line(skmText(env, "element"), skmText(env, "answers"), skmText(env, "mean"), skmText(env, "index"), skmText(env, "grade"))
	for i, e := range doc.Elements {
		table.line(rulebook.Show(env.P, rulebook.Word(e.Key)), env.P.Num(file.Sums[i].Answers),
			env.P.Num(e.Mean.String()), env.P.Num(e.Index.String()), rule.Grade(e.Index.Num))
	}
	table.line(skmText(env, "total"), "", "", env.P.Num(doc.Index.String()), doc.Grade)
	err := errors.Join(table.Flush(), printMethods(env, doc), printGroups(env, c.By, doc.Groups))
	if len(doc.Profile) > 0 {
		fmt.Fprintf(env.Out, "\n%s\n", skmText(env, "profile", strings.Join(doc.Profile, ", ")))
	}
	return err
}

// printMethods shows what the other methods make of the same answers.
func printMethods(env *Env, doc skmDocument) error {
	if len(doc.Methods) < 2 {
		return nil
	}
	fmt.Fprintf(env.Out, "\n%s\n", skmText(env, "methods"))
	table := skmTable{tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)}
	for _, m := range doc.Methods {
		if m.Method == doc.Method {
			continue
		}
		flips := ""
		if m.Grade != doc.Grade {
			flips = skmText(env, "flips", doc.Grade, m.Grade)
		}
		table.line("  "+rulebook.Show(env.P, rulebook.Word(m.Method)), env.P.Num(m.Index.String()), m.Grade,
			skmText(env, "difference", env.P.Num(m.Difference.String())), flips)
	}
	return table.Flush()
}

// printGroups shows the index for each value of a profile column.
func printGroups(env *Env, by string, groups []skmGroup) error {
	if len(groups) == 0 {
		return nil
	}
	fmt.Fprintf(env.Out, "\n%s\n", skmText(env, "by", by))
	table := skmTable{tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)}
	for _, g := range groups {
		index, grade := "–", ""
		if g.Index != nil {
			index, grade = env.P.Num(g.Index.String()), *g.Grade
		}
		table.line("  "+g.Name, env.P.Num(g.Respondents), index, grade)
	}
	return table.Flush()
}

func skmText(env *Env, key string, args ...any) string {
	return env.P.T("rulebook.cli.skm."+key, args...)
}

// skmTable aligns columns of text.
type skmTable struct{ *tabwriter.Writer }

func (t skmTable) line(cells ...string) {
	fmt.Fprintln(t, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
}
