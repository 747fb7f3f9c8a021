package appraisal

import "github.com/gurindam/gurindam/internal/pdf"

// parts prints the posts of somebody who has moved, side by side with what each
// superior has said: the last one has decided with all of them in view.
func (p paper) parts(all []Beside) {
	if len(all) == 0 {
		return
	}
	p.Heading(p.t("parts"))
	t := pdf.Table{
		Widths: []float64{36, 22, 18, 12, 12}, Small: true,
		Head: [][]pdf.Cell{pdf.HeadCells(p.t("post"), p.t("part_span"), p.t("evaluator"), p.t("rating_results"), p.t("rating_conduct"))},
	}
	for _, b := range all {
		results, conduct := "–", "–"
		switch {
		case b.Here:
			results, conduct = p.t("part_here"), p.t("part_here")
		case b.Shown:
			results, conduct = dash(p.word("rating", string(b.Ratings.Results))), dash(p.word("rating", string(b.Ratings.Conduct)))
		}
		t.Rows = append(t.Rows, []pdf.Cell{
			{Text: b.Part.Who.Post + "\n" + b.Part.Who.Unit},
			{Text: p.t("part_days", p.s.words.Date(string(b.Part.From)), p.s.words.Date(string(b.Part.To)), b.Days)},
			{Text: dash(b.Part.Evaluator.Name)},
			{Text: results},
			{Text: conduct},
		})
	}
	p.Table(t)
	p.Note(p.t("parts_note"))
}
