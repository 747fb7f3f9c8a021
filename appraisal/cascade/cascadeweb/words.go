package cascadeweb

import (
	"strconv"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/cascade"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// rolesPage is what was proposed to one person.
type rolesPage struct {
	P        *i18n.Printer
	Zone     *time.Location
	V        cascade.RolesView
	Problems map[string]string
	Remark   string
}

func stateTone(s cascade.State) ui.Tone {
	switch s {
	case cascade.HalfDone:
		return ui.Waiting
	case cascade.Signed:
		return ui.Fixed
	}
	return ui.Neutral
}

func roleTone(s cascade.RoleState) ui.Tone {
	switch s {
	case cascade.Waiting:
		return ui.Waiting
	case cascade.Accepted:
		return ui.Good
	}
	return ui.Neutral
}

func cellTone(s cascade.CellState) ui.Tone {
	switch s {
	case cascade.Proposed:
		return ui.Waiting
	case cascade.Link:
		return ui.Good
	}
	return ui.Neutral
}

func verdictTone(v cascade.Verdict) ui.Tone {
	switch v {
	case cascade.WillPropose:
		return ui.Waiting
	case cascade.WillDraft:
		return ui.Good
	case cascade.Shut, cascade.Refused:
		return ui.Late
	}
	return ui.Neutral
}

func offerTone(k cascade.OfferKind) ui.Tone {
	if k == cascade.NewResult || k == cascade.NewMeasure {
		return ui.Good
	}
	return ui.Info
}

func (p listPage) stateOptions() []ui.Option {
	var all []ui.Option
	for _, s := range cascade.States() {
		all = append(all, ui.Option{Value: string(s), Text: p.P.T("cascade.state."+string(s)) + " (" + p.P.Num(p.L.States[s]) + ")"})
	}
	return all
}

func (p listPage) levelOptions() []ui.Option {
	var all []ui.Option
	for _, l := range p.L.Levels {
		all = append(all, ui.Option{Value: l, Text: p.P.T("org.position_kind." + l)})
	}
	return all
}

func (p listPage) to(unit string) string { return "/perjanjian/" + unit + p.query() }

func (p listPage) query() string {
	if y := p.At.Get("tahun"); y != "" {
		return "?tahun=" + y
	}
	return ""
}

// to is the address of a part of an agreement's page.
func (p agreementPage) to(rest string) string {
	return "/perjanjian/" + p.V.Office.UnitID + rest + "?tahun=" + strconv.Itoa(p.V.Period.Year)
}

func (p agreementPage) edit(what string) string { return p.to("") + "&ubah=" + what + "#ubah" }

func (p agreementPage) version() string { return strconv.FormatInt(p.V.Version, 10) }

// field fills a field with what was sent, else with what is stored.
func field(d ui.Draft, name, label, value string) ui.Field {
	if d.Values != nil {
		return d.Field(name, label)
	}
	return ui.Field{Name: name, Label: label, Value: value}
}

func required(f ui.Field) ui.Field {
	f.Required = true
	return f
}

func short(f ui.Field) ui.Field {
	f.Short = true
	return f
}

func hinted(f ui.Field, hint string) ui.Field {
	f.Hint = hint
	return f
}

func withOptions(f ui.Field, all []ui.Option) ui.Field {
	f.Options = all
	return f
}

func directionOptions(p *i18n.Printer) []ui.Option {
	var all []ui.Option
	for _, d := range appraisal.Directions() {
		all = append(all, ui.Option{Value: string(d), Text: p.T("cascadeweb.direction." + string(d))})
	}
	return all
}

func faceOptions(p *i18n.Printer, faces []string) []ui.Option {
	all := []ui.Option{{Text: p.T("cascadeweb.no_face")}}
	for _, f := range faces {
		all = append(all, ui.Option{Value: f, Text: p.T("cascadeweb.face." + f)})
	}
	return all
}

func measureText(p *i18n.Printer, m cascade.Measure) string {
	if m.Target == "" {
		return dash(m.Unit)
	}
	return p.Num(m.Target) + " " + m.Unit
}

func rupiah(p *i18n.Printer, n int64) string { return "Rp " + p.Num(n) }

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// goalEdited returns the goal whose words are being changed, "" for a new one;
// is tells whether goals are edited at all.
func (p agreementPage) goalEdited() (id string, is bool) {
	switch {
	case p.Edit == "sasaran":
		return "", true
	case len(p.Edit) > 8 && p.Edit[:8] == "sasaran:":
		return p.Edit[8:], true
	}
	return "", false
}

// measureEdited returns the goal and the measure that is being changed.
func (p agreementPage) measureEdited() (goal cascade.Goal, m cascade.Measure, is bool) {
	for _, g := range p.V.Goals {
		if p.Edit == "indikator:"+g.ID {
			return g, cascade.Measure{Direction: appraisal.Up}, true
		}
		for _, x := range g.Measures {
			if p.Edit == "indikator:"+g.ID+":"+x.ID {
				return g, x, true
			}
		}
	}
	return goal, m, false
}

func (p agreementPage) goalText(id string) string {
	for _, g := range p.V.Goals {
		if g.ID == id {
			return g.Text
		}
	}
	return ""
}

// programs are the rows of the form: those there are, and some empty ones.
func (p agreementPage) programs() []cascade.Program {
	return append(append([]cascade.Program{}, p.V.Programs...), make([]cascade.Program, programRows)...)
}

func budgetText(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// lead says who promises whom.
func (p agreementPage) lead() string {
	v := p.V
	if v.Second.PersonID == "" {
		return p.P.T("cascadeweb.agreement_lead_top", v.First.Name, v.First.Post)
	}
	return p.P.T("cascadeweb.agreement_lead", v.First.Name, v.First.Post, v.Second.Name)
}

// columnLabel names a column: its number and its words.
func columnLabel(c cascade.Column) string { return strconv.Itoa(c.Number) + ". " + c.Text }

func (p boardPage) to(rest string) string { return "/matriks/" + p.B.ID + rest }

func (p boardPage) pages(size int) ui.Pages { return ui.PagesOf(p.At, p.Number, size, p.Shown) }

func (p boardPage) chips() []ui.Choice {
	at := p.At
	all := []ui.Choice{
		{Text: p.P.T("cascadeweb.everybody"), To: at.With("celah", "", "tim", ""), Count: p.P.Num(len(p.B.People)), Current: at.Get("celah") == "" && at.Get("tim") == ""},
		{Text: p.P.T("cascadeweb.unlinked"), To: at.With("celah", "1", "tim", ""), Count: p.P.Num(len(p.B.Unlinked())), Current: at.Get("celah") != ""},
	}
	for _, t := range p.B.Teams {
		all = append(all, ui.Choice{Text: t.Name, To: at.With("tim", t.Name, "celah", ""), Count: p.P.Num(len(t.Members)), Current: at.Get("tim") == t.Name})
	}
	return all
}

// open are the people results can be given to.
func open(b cascade.Board) []cascade.Member {
	var all []cascade.Member
	for _, m := range b.People {
		if m.Closed == "" {
			all = append(all, m)
		}
	}
	return all
}

func personOptions(b cascade.Board) []ui.Option {
	var all []ui.Option
	for _, m := range open(b) {
		hint := m.Part.Who.Post
		if m.Team != "" {
			hint += " · " + m.Team
		}
		all = append(all, ui.Option{Value: m.Part.ID, Text: m.Part.Who.Name, Hint: hint})
	}
	return all
}

func goalOptions(b cascade.Board, p *i18n.Printer) []ui.Option {
	var all []ui.Option
	for _, c := range b.Columns {
		hint := p.T("cascadeweb.supported_by", c.Tied, c.Asked)
		if c.Empty() {
			hint = p.T("cascadeweb.nobody_supports")
		}
		all = append(all, ui.Option{Value: c.ID, Text: columnLabel(c), Hint: hint})
	}
	return all
}

func plainOptions(texts []string) []ui.Option {
	var all []ui.Option
	for _, t := range texts {
		all = append(all, ui.Option{Value: t, Text: t})
	}
	return all
}

func teamOptions(b cascade.Board, none string) []ui.Option {
	all := []ui.Option{{Text: none}}
	for _, t := range b.Teams {
		all = append(all, ui.Option{Value: t.ID, Text: t.Name})
	}
	return all
}

// rows are the lines of a preview that are shown, by person.
func (p previewPage) rows() []cascade.Judged { return p.G.Rows[:min(len(p.G.Rows), mostShown)] }

func (p previewPage) will() int {
	return p.G.Counts[cascade.WillPropose] + p.G.Counts[cascade.WillDraft]
}

func (p previewPage) name(part string) string {
	if m := p.G.Board.Member(part); m != nil {
		return m.Part.Who.Name
	}
	return "–"
}

func (p previewPage) goal(id string) string {
	if c := p.G.Board.Column(id); c != nil {
		return columnLabel(*c)
	}
	return "–"
}

func rejectedOf(r *cascade.FileReport) []cascade.Rejected {
	if r == nil {
		return nil
	}
	return append(append([]cascade.Rejected{}, r.Rejected...), r.Warnings...)
}

func (p teamsPage) memberOptions() []ui.Option { return personOptions(p.B) }

func confirmText(p previewPage) string {
	return p.P.T("cascadeweb.confirm", p.G.Counts[cascade.WillPropose], p.G.Counts[cascade.WillDraft])
}
