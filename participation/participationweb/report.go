package participationweb

import (
	"fmt"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/pdf"
	"github.com/gurindam/gurindam/internal/qr"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/participation"
)

// reportPDF is the report the regulation wants, of the published wave asked
// for.
func (h *pages) reportPDF(q *web.Request) error {
	s, err := h.office.Service(q.Context(), q.Path("code"))
	if err != nil {
		return err
	}
	_, w, err := h.chosen(q, s)
	if err != nil {
		return err
	}
	r, err := h.office.Report(q.Context(), w.ID)
	if err != nil {
		return err
	}
	own, err := h.ownElements(q, w)
	if err != nil {
		return err
	}
	skm, err := h.office.SKM(q.Context(), w.EndsOn)
	if err != nil {
		return err
	}
	date, err := time.Parse(time.DateOnly, r.Published.PublishedOn)
	if err != nil {
		return err
	}
	c := reportWriter{P: q.P, R: r, texts: elementTexts{q.P, own}, d: h.document(q.P, q.P.T("survey.report.title"), date)}
	for _, g := range skm.Grades {
		c.borders = append(c.borders, number(g.From.String()))
	}
	if err := c.write(h.Agency, h.Site); err != nil {
		return err
	}
	return h.send(q, c.d, fmt.Sprintf("laporan-skm-%s-%s.pdf", s.Code, w.OpensOn))
}

// reportWriter writes one report. The chapters are those of PermenPANRB 14/2017
// and of the template offices use today.
type reportWriter struct {
	P       *i18n.Printer
	R       participation.Report
	texts   elementTexts
	d       *pdf.Doc
	borders []float64
}

func (c *reportWriter) t(key string, args ...any) string { return c.P.T("survey.report."+key, args...) }

func (c *reportWriter) write(agency, site string) error {
	c.d.Letterhead(agency, strings.ToUpper(c.R.Service.Unit), "")
	c.d.Title(c.t("title"), c.R.Service.In(string(c.P.Lang()))+" · "+c.R.Wave.Name)
	c.introduction()
	c.collection()
	c.results()
	c.analysis()
	c.before()
	c.conclusion()
	c.appendix()
	address := site + servicePath(c.R.Service.Code)
	code, err := qr.Encode(address)
	if err != nil {
		return err
	}
	c.d.Proof(code, c.t("proof"), address)
	return nil
}

func (c *reportWriter) introduction() {
	c.d.Heading(c.t("ch1"))
	c.d.Text(c.t("ch1_text", c.R.Service.Unit, c.R.Service.In(string(c.P.Lang()))))
	c.d.Text(c.t("ch1_law"))
	if p := promises(c.R.Service); len(p) > 0 {
		c.d.Text(c.t("ch1_promise", strings.Join(p, "; ")))
	}
}

func (c *reportWriter) collection() {
	w, res := c.R.Wave, c.R.Published.Result
	c.d.Heading(c.t("ch2"))
	var ways []string
	for _, f := range res.Strata {
		if f.In && f.Answers > 0 {
			ways = append(ways, c.t("way", c.P.T("survey.strata."+string(f.Stratum)), f.Answers))
		}
	}
	rows := [][2]string{
		{c.P.T("survey.period"), c.P.T("survey.period_words", c.P.Date(w.OpensOn), c.P.Date(w.EndsOn))},
		{c.t("method"), c.t("method_text")},
		{c.t("ways"), strings.Join(ways, "; ")},
		{c.t("sample"), c.sampleWords(w)},
		{c.P.T("survey.held"), c.P.Num(res.Held)},
	}
	if c.R.Respond > 0 {
		rows = append(rows, [2]string{c.t("quality"), c.P.T("survey.check.straight_share", c.P.Percent(c.R.Straight*100, 0))})
	}
	if t := c.R.Turnout; t.Issued+t.Used+t.Visits > 0 {
		rows = append(rows, [2]string{c.t("turnout"), c.t("turnout_text", t.Issued, t.Used, t.Visits)})
	}
	c.d.Pairs(rows...)
}

func (c *reportWriter) sampleWords(w participation.Wave) string {
	if w.Population == 0 {
		return c.t("sample_unknown", c.R.Published.Result.Answers)
	}
	by := w.TargetBy
	if by != "slovin" {
		by = "krejcie"
	}
	return c.t("sample_text", w.Population, c.P.T("survey.wave.by."+by), w.Target, c.R.Published.Result.Answers)
}

func (c *reportWriter) results() {
	res := c.R.Published.Result
	c.d.Heading(c.t("ch3"))
	for _, p := range c.R.Profiles {
		c.profile(p)
	}
	if res.Index == "" {
		c.d.Text(c.P.T("survey.too_few_words", res.Answers))
		return
	}
	c.d.Text(c.t("index_text", c.P.Num(res.Index), res.Grade, c.P.T("survey.grade."+res.Grade), one(c.P, res.Lo), one(c.P, res.Hi), res.Answers))
	if res.Thin {
		c.d.Text(c.P.T("survey.thin_words", res.Answers))
	}
	c.elementTable(res)
	c.bars(res)
	for _, text := range printedWords(c.P, res) {
		c.d.Note(text)
	}
	if res.WithHeld != nil {
		c.d.Note(c.t("with_held", res.Held, c.P.Num(res.WithHeld.Index), res.WithHeld.Grade))
	}
	if res.Weighted != nil {
		c.d.Note(c.P.T("survey.weighted") + ": " + c.P.T("survey.weighted_words", c.P.Num(res.Weighted.Index), one(c.P, res.Weighted.Lo), one(c.P, res.Weighted.Hi)))
	}
}

func (c *reportWriter) profile(p participation.ProfileTable) {
	t := pdf.Table{Widths: []float64{5, 2, 2, 2}, Small: true, Head: [][]pdf.Cell{pdf.HeadCells(
		c.P.T("survey.profile."+p.Field+".label"), c.P.T("survey.answers"), c.P.T("survey.index"), c.P.T("survey.interval"))}}
	for _, g := range p.Groups {
		half := "–"
		if g.Half != "" {
			half = "± " + one(c.P, g.Half)
		}
		t.Rows = append(t.Rows, numbers(c.P.T("survey.profile."+p.Field+"."+g.Code), c.P.Num(g.Answers), one(c.P, g.Index), half))
	}
	if p.Silent > 0 {
		t.Rows = append(t.Rows, numbers(c.t("silent"), c.P.Num(p.Silent), "–", "–"))
	}
	if p.Hidden > 0 {
		t.Rows = append(t.Rows, numbers(c.t("hidden"), c.P.Num(p.Hidden), "–", "–"))
	}
	c.d.Table(t)
	c.d.Space(2)
}

// numbers is a row whose first cell is words and the others figures.
func numbers(first string, rest ...string) []pdf.Cell {
	row := []pdf.Cell{{Text: first}}
	for _, text := range rest {
		row = append(row, pdf.Cell{Text: text, Align: "R"})
	}
	return row
}

func (c *reportWriter) elementTable(res participation.Result) {
	t := pdf.Table{Widths: []float64{5, 2, 2, 2, 1.4, 2}, Head: [][]pdf.Cell{pdf.HeadCells(
		c.P.T("survey.element_head"), c.P.T("survey.answers"), c.P.T("survey.wave.mean"), c.P.T("survey.value"), c.P.T("survey.grade_head"), c.P.T("survey.interval"))}}
	for _, e := range res.Elements {
		row := numbers(c.texts.name(e.Key), c.P.Num(e.Answers), c.P.Num(e.Mean), c.P.Num(e.Index), e.Grade, half(c.P, e.Lo, e.Hi))
		for i := range row {
			row[i].Bold = e.Low
		}
		t.Rows = append(t.Rows, row)
	}
	last := numbers(c.P.T("survey.index"), c.P.Num(res.Answers), "", c.P.Num(res.Index), res.Grade, half(c.P, res.Lo, res.Hi))
	for i := range last {
		last[i].Bold, last[i].Shade = true, true
	}
	t.Rows = append(t.Rows, last)
	c.d.Table(t)
}

func (c *reportWriter) bars(res participation.Result) {
	b := pdf.Bars{Least: scaleLo, Most: scaleHi}
	for _, m := range c.borders {
		if m > scaleLo {
			b.Marks = append(b.Marks, m)
		}
	}
	for _, e := range res.Elements {
		b.Rows = append(b.Rows, pdf.BarRow{Label: c.texts.name(e.Key), Value: one(c.P, e.Index), At: number(e.Index), Lo: number(e.Lo), Hi: number(e.Hi), Strong: e.Low})
	}
	c.d.Bars(b)
}

func (c *reportWriter) analysis() {
	res := c.R.Published.Result
	c.d.Heading(c.t("ch4"))
	var low []string
	for _, e := range res.Elements {
		if e.Low {
			low = append(low, c.texts.name(e.Key)+" ("+one(c.P, e.Index)+")")
		}
	}
	if len(low) > 0 {
		c.d.Text(c.t("lowest", strings.Join(low, ", ")))
		if res.Together {
			c.d.Text(c.P.T("survey.together"))
		}
	}
	for _, quote := range c.R.Quotes {
		c.d.Text("“" + quote.Words + "”")
	}
	c.trend()
	c.plan(c.R.Plan, c.t("plan"), c.t("no_plan"))
}

func (c *reportWriter) trend() {
	if len(c.R.History) == 0 {
		c.d.Text(c.t("no_trend"))
		return
	}
	t := pdf.Table{Widths: []float64{4, 2, 1.4, 2, 2}, Small: true, Head: [][]pdf.Cell{pdf.HeadCells(
		c.P.T("survey.period"), c.P.T("survey.index"), c.P.T("survey.grade_head"), c.P.T("survey.interval"), c.P.T("survey.answers"))}}
	for _, p := range append([]participation.Published{c.R.Published}, c.R.History...) {
		r := p.Result
		t.Rows = append(t.Rows, numbers(r.Name, one(c.P, r.Index), r.Grade, half(c.P, r.Lo, r.Hi), c.P.Num(r.Answers)))
	}
	c.d.Table(t)
}

func (c *reportWriter) plan(list []participation.FollowUp, title, none string) {
	c.d.Space(2)
	if len(list) == 0 {
		c.d.Text(none)
		return
	}
	c.d.Text(title)
	t := pdf.Table{Widths: []float64{0.8, 2.4, 3.4, 3.6, 2, 2.4, 2.2}, Small: true, Head: [][]pdf.Cell{pdf.HeadCells(
		c.t("no"), c.t("priority"), c.P.T("survey.you_said"), c.t("programme"), c.t("when"), c.t("who"), c.t("status"))}}
	for i, f := range list {
		deed := f.Deed
		if f.State == participation.FollowDeclined {
			deed = c.P.T("survey.follow.because", f.Reason)
		}
		t.Rows = append(t.Rows, pdf.Cells(fmt.Sprint(i+1), c.elementName(f.Element), f.Said, deed, c.quarter(f.DueOn), f.Owner, c.P.T("survey.follow.state."+string(f.State))))
	}
	c.d.Table(t)
}

func (c *reportWriter) elementName(key string) string {
	if key == "" {
		return "–"
	}
	return c.texts.name(key)
}

// quarter writes a deadline the way plans do: TW IV 2026.
func (c *reportWriter) quarter(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return "–"
	}
	return c.t("quarter", []string{"I", "II", "III", "IV"}[(t.Month()-1)/3], fmt.Sprint(t.Year()))
}

func (c *reportWriter) before() {
	c.d.Heading(c.t("ch5"))
	c.plan(c.R.Before, c.t("before"), c.t("no_before"))
}

func (c *reportWriter) conclusion() {
	res := c.R.Published.Result
	c.d.Heading(c.t("ch6"))
	if res.Index == "" {
		c.d.Text(c.P.T("survey.too_few_words", res.Answers))
		return
	}
	c.d.Text(c.t("ch6_text", c.R.Service.In(string(c.P.Lang())), c.P.Num(res.Index), res.Grade, c.P.T("survey.grade."+res.Grade)))
}

func (c *reportWriter) appendix() {
	c.d.Heading(c.t("ch7"))
	t := pdf.Table{Widths: []float64{5, 2, 2, 2, 2}, Small: true, Head: [][]pdf.Cell{pdf.HeadCells(c.t("question"), "1", "2", "3", "4")}}
	for _, key := range c.R.Wave.Elements {
		t.Rows = append(t.Rows, pdf.Cells(c.texts.question(key), c.texts.answer(key, 1), c.texts.answer(key, 2), c.texts.answer(key, 3), c.texts.answer(key, 4)))
	}
	c.d.Table(t)
	c.d.Note(c.t("raw", c.R.Published.Result.Seal, c.R.Published.Result.Book))
}

// reportXLSX is the sheet of every respondent's marks with the sums and means
// below, as offices keep it; it holds what the safe file holds.
func (h *pages) reportXLSX(q *web.Request) error {
	s, err := h.office.Service(q.Context(), q.Path("code"))
	if err != nil {
		return err
	}
	p, w, err := h.chosen(q, s)
	if err != nil {
		return err
	}
	marks, err := h.office.SafeAnswers(q.Context(), w)
	if err != nil {
		return err
	}
	own, err := h.ownElements(q, w)
	if err != nil {
		return err
	}
	doc := sheet.Doc{Title: w.Name, Columns: []sheet.Column{{Key: "no", Label: q.P.T("survey.report.no")}}}
	texts := elementTexts{q.P, own}
	for _, key := range w.Elements {
		doc.Columns = append(doc.Columns, sheet.Column{Key: key, Label: texts.name(key), Kind: sheet.Exact})
	}
	doc.Rows = func(yield func([]string, error) bool) {
		for i, m := range marks {
			if !yield(markRow(i, m), nil) {
				return
			}
		}
		for _, row := range footRows(q.P, p.Result, marks) {
			if !yield(row, nil) {
				return
			}
		}
	}
	return q.Sheet(fmt.Sprintf("skm-%s-%s", s.Code, w.OpensOn), sheet.XLSX, doc)
}

func markRow(i int, m participation.Marks) []string {
	row := []string{fmt.Sprint(i + 1)}
	for _, v := range m {
		if v == 0 {
			row = append(row, "")
		} else {
			row = append(row, fmt.Sprint(v))
		}
	}
	return row
}

// footRows are the sums, the means, the elements' indexes and the index itself.
func footRows(p *i18n.Printer, r participation.Result, marks []participation.Marks) [][]string {
	sums := []string{p.T("survey.report.sum")}
	means, indexes := []string{p.T("survey.wave.mean")}, []string{p.T("survey.value")}
	for e, f := range r.Elements {
		total := 0
		for _, m := range marks {
			total += int(m[e])
		}
		sums = append(sums, fmt.Sprint(total))
		means, indexes = append(means, f.Mean), append(indexes, f.Index)
	}
	index := make([]string, len(r.Elements)+1)
	index[0], index[1] = p.T("survey.index")+" "+r.Grade, r.Index
	return [][]string{sums, means, indexes, index}
}
