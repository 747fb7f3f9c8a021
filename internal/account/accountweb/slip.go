package accountweb

import (
	"net/url"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/pdf"
	"github.com/gurindam/gurindam/internal/qr"
	"github.com/gurindam/gurindam/internal/web"
)

// printSlips sets slips on sheets of A4, eight a sheet.
func (h *pages) printSlips(q *web.Request, slips []account.Slip) ([]byte, error) {
	offices, err := h.offices(q.Context())
	if err != nil {
		return nil, err
	}
	site := h.site(q)
	doc := pdf.New(pdf.Config{
		Title: q.P.T("accountweb.slips.title"), Author: h.Agency, Lang: string(q.P.Lang()), Date: q.Now,
		PageLine: q.P.T("accountweb.slips.page"),
	})
	sheets := make([]pdf.Slip, len(slips))
	for i, s := range slips {
		link := site + "/undangan/" + s.InvitationID + "?" + codeParam + "=" + url.QueryEscape(string(s.Code))
		code, err := qr.Encode(link)
		if err != nil {
			return nil, err
		}
		sheets[i] = pdf.Slip{
			Above: h.Agency, Title: s.Name, Note: inOffice(s.Unit, offices[s.UnitID].Name),
			Pairs: [][2]string{{q.P.T("accountweb.slips.at"), site + "/undangan"}, {q.P.T("accountweb.username"), s.Username}, {q.P.T("accountweb.code.label"), ""}},
			Word:  string(s.Code), Code: code,
			Foot: q.P.T("accountweb.slips.foot", q.P.Date(s.Until)),
		}
	}
	doc.Slips(sheets...)
	return doc.Bytes()
}

// inOffice names a unit with the office it belongs to.
func inOffice(unit, office string) string {
	if office == "" {
		return unit
	}
	return unit + ", " + office
}
