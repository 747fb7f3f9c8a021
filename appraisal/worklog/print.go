package worklog

import (
	"bytes"
	"strconv"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/pdf"
	"github.com/gurindam/gurindam/internal/sheet"
)

// targetText names what an entry is tied to.
func targetText(e Entry, targets []Target) (result, step string) {
	for _, t := range targets {
		if t.Link == e.Link && !e.Link.None() {
			return t.Result, t.Step
		}
	}
	return "", ""
}

// XLSX writes a log as a workbook whose columns can be loaded back.
func XLSX(l Log, p *i18n.Printer) ([]byte, error) {
	var b bytes.Buffer
	err := sheet.Write(&b, sheet.XLSX, sheet.Doc{
		Title: p.T("worklog.recap"),
		Columns: []sheet.Column{
			{Key: "day", Label: "Tanggal", Kind: sheet.Day},
			{Key: "starts", Label: "Mulai"},
			{Key: "ends", Label: "Selesai"},
			{Key: "text", Label: "Kegiatan"},
			{Key: "output", Label: "Output"},
			{Key: "result", Label: "Rencana hasil kerja"},
			{Key: "step", Label: "Rencana aksi"},
			{Key: "url", Label: "Bukti"},
			{Key: "minutes", Label: p.T("worklog.minutes"), Kind: sheet.Whole},
		},
		Rows: func(yield func([]string, error) bool) {
			for _, e := range l.Entries {
				result, step := targetText(e, l.Targets)
				if !yield([]string{string(e.Day), e.Starts, e.Ends, e.Text, e.Output, result, step, e.URL, strconv.Itoa(e.Minutes())}, nil) {
					return
				}
			}
		},
	})
	return b.Bytes(), err
}

// Hours writes minutes as hours and minutes.
func Hours(p *i18n.Printer, minutes int) string {
	return p.T("worklog.hours", strconv.Itoa(minutes/60), strconv.Itoa(minutes%60))
}

// PDF writes the recap of a stretch: who, what by result, and every entry.
func (s *Service) PDF(l Log, p *i18n.Printer) ([]byte, error) {
	d := pdf.New(pdf.Config{Title: p.T("worklog.recap"), Author: s.Agency, Lang: string(p.Lang()), Date: s.Now(), PageLine: p.T("worklog.page_line")})
	d.Letterhead(s.Agency, l.Part.Who.Unit, "")
	d.Title(p.T("worklog.recap"), p.T("worklog.span", p.Date(string(l.From)), p.Date(string(l.To))))
	d.Pairs([2]string{p.T("worklog.name"), l.Part.Who.Name}, [2]string{"NIP", l.Part.Who.NIP}, [2]string{p.T("worklog.post"), l.Part.Who.Post})
	r := Recount(l)
	d.Heading(p.T("worklog.by_result"))
	rows := [][]pdf.Cell{}
	for _, x := range r.Results {
		text := x.Text
		if x.Number == 0 {
			text = p.T("worklog.untied")
		}
		rows = append(rows, []pdf.Cell{{Text: text}, {Text: p.Num(x.Entries), Align: "R"}, {Text: p.Num(x.Days), Align: "R"}, {Text: Hours(p, x.Minutes), Align: "R"}})
	}
	rows = append(rows, []pdf.Cell{
		{Text: p.T("worklog.total"), Bold: true},
		{Text: p.Num(r.Entries), Align: "R", Bold: true},
		{Text: p.Num(r.Days), Align: "R", Bold: true},
		{Text: Hours(p, r.Minutes), Align: "R", Bold: true},
	})
	d.Table(pdf.Table{Widths: []float64{58, 12, 12, 18}, Head: [][]pdf.Cell{pdf.HeadCells(p.T("worklog.result"), p.T("worklog.entries"), p.T("worklog.days"), p.T("worklog.time"))}, Rows: rows})
	d.Heading(p.T("worklog.every"))
	var lines [][]pdf.Cell
	for _, e := range l.Entries {
		result, step := targetText(e, l.Targets)
		if step != "" {
			result += " · " + step
		}
		lines = append(lines, pdf.Cells(p.Date(string(e.Day)), hoursText(e), e.Text, e.Output, result))
	}
	d.Table(pdf.Table{Widths: []float64{16, 12, 34, 12, 26}, Small: true, Head: [][]pdf.Cell{pdf.HeadCells(p.T("worklog.day"), p.T("worklog.clock"), p.T("worklog.text"), "Output", p.T("worklog.result"))}, Rows: lines})
	d.Signatures(
		pdf.Signature{Role: p.T("worklog.seen"), Name: l.Part.Evaluator.Name, NIP: l.Part.Evaluator.NIP},
		pdf.Signature{Role: p.T("worklog.made"), Name: l.Part.Who.Name, NIP: l.Part.Who.NIP},
	)
	return d.Bytes()
}

func hoursText(e Entry) string {
	if e.Ends == "" {
		return e.Starts
	}
	return e.Starts + "–" + e.Ends
}
