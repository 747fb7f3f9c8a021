package participationweb

import (
	"net/http"
	"net/url"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/pdf"
	"github.com/gurindam/gurindam/internal/qr"
	"github.com/gurindam/gurindam/internal/web"
)

// document begins a PDF in the reader's language.
func (h *pages) document(p *i18n.Printer, title string, date time.Time) *pdf.Doc {
	return pdf.New(pdf.Config{
		Title: title, Author: h.Agency, Lang: string(p.Lang()), Date: date.Truncate(24 * time.Hour), PageLine: p.T("survey.print.page"),
	})
}

// poster is the sheet at the counter.
func (h *pages) poster(q *web.Request) error {
	s, err := h.deskService(q, account.ActSurveyView)
	if err != nil {
		return err
	}
	address := h.Site + "/s/" + url.PathEscape(s.Code)
	code, err := qr.Encode(address)
	if err != nil {
		return err
	}
	p := q.P
	poster := pdf.Poster{
		Above: s.Unit, Title: s.In(string(p.Lang())), Call: p.T("survey.give"), Code: code, Address: address,
		Below: []string{p.T("survey.anonymous"), p.T("survey.print.poster_below")},
	}
	for _, text := range promises(s) {
		poster.Lines = append(poster.Lines, p.T("survey.promise", text))
	}
	d := h.document(p, poster.Title, q.Now)
	d.Poster(poster)
	return h.send(q, d, "poster-"+s.Code+".pdf")
}

func (h *pages) send(q *web.Request, d *pdf.Doc, name string) error {
	body, err := d.Bytes()
	if err != nil {
		return err
	}
	return q.Download(name, "application/pdf", body)
}

// issueCodes draws codes and answers with the slips to print. They are shown
// this once; only their hashes are kept.
func (h *pages) issueCodes(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	s, w, err := h.deskWave(q, account.ActSurveyEnter)
	if err != nil {
		return err
	}
	n := form.Int("number", 1, 2000)
	if err = form.Err(); err != nil {
		return h.showWave(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	codes, err := h.office.IssueCodes(q.Context(), q.Actor, w.ID, n)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showWave(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	if err != nil {
		return err
	}
	slips := make([]pdf.Slip, len(codes))
	for i, c := range codes {
		address := h.Site + "/s/" + url.PathEscape(s.Code) + "?k=" + url.QueryEscape(string(c))
		code, err := qr.Encode(address)
		if err != nil {
			return err
		}
		slips[i] = pdf.Slip{
			Above: s.Unit, Title: s.In(string(q.P.Lang())), Note: w.Name, Word: string(c), Code: code,
			Pairs: [][2]string{{q.P.T("survey.codes.address"), h.Site + "/s/" + s.Code}}, Foot: q.P.T("survey.codes.foot", q.P.Date(w.EndsOn)),
		}
	}
	d := h.document(q.P, q.P.T("survey.codes.title"), q.Now)
	d.Slips(slips...)
	return h.send(q, d, "kupon-"+s.Code+".pdf")
}
