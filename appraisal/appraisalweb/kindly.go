package appraisalweb

import (
	"net/url"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/kindly"
	"github.com/gurindam/gurindam/internal/web"
)

// justSent is the query parameter that names words which have just been sent
// and were answered with a suggestion.
const justSent = "baru"

// checkWords answers words that are still being written with a hint. Nothing
// of them is kept.
func (h *pages) checkWords(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.W.Header().Set("Cache-Control", "no-store")
	return kindHint(q.P, h.hints.Check(form.Text("text"))).Render(q.Context(), q.W)
}

// adviceQuery names what was just sent when there is something to suggest, so
// that the next page can say it also without a script.
func (h *pages) adviceQuery(f appraisal.Feedback) string {
	if len(h.hints.Check(f.Text)) == 0 {
		return ""
	}
	return "?" + url.Values{justSent: {f.ID}}.Encode()
}

// advice returns the suggestions on the reader's own words that the address
// names.
func (h *pages) advice(q *web.Request, said []appraisal.Feedback) map[string][]kindly.Hint {
	id := q.Query(justSent)
	for _, f := range said {
		if id != "" && f.ID == id && f.Author.PersonID == q.Actor.PersonID {
			return map[string][]kindly.Hint{id: h.hints.Check(f.Text)}
		}
	}
	return nil
}
