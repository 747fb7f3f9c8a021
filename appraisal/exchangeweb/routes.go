package exchangeweb

import (
	"embed"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/bkn"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/appraisal/penimport"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Config is what the pages need.
type Config struct {
	Appraisal *appraisal.Service
	BKN       *bkn.Service
	Elsewhere *penimport.Service
}

type pages struct{ Config }

// Routes returns the addresses of the pages.
func Routes(c Config) []web.Route {
	h := &pages{c}
	hr, office := account.ActAppraisalPeriod, account.ActMonthClose
	return []web.Route{
		{Pattern: "GET /hasil-lain", Action: hr, Handle: h.elsewhere},
		{Pattern: "POST /hasil-lain", Action: hr, Handle: h.send, MaxBody: intake.MostBytes + 1<<16, Raw: true},
		{Pattern: "POST /hasil-lain/usulan", Action: hr, Handle: h.answer},
		{Pattern: "GET /hasil-lain/unit/{unit}", Action: account.ActAppraisalUnit, Handle: h.unit},
		{Pattern: "GET /hasil-lain/berkas/{file}", Action: hr, Handle: h.sent},
		{Pattern: "POST /hasil-lain/berkas/{file}", Action: hr, Handle: h.load},
		{Pattern: "GET /hasil-lain/berkas/{file}/ditolak.xlsx", Action: hr, Handle: h.rejected},
		{Pattern: "GET /siasn", Action: office, Handle: h.siasn},
		{Pattern: "GET /siasn/unduh", Action: office, Handle: h.download},
		{Pattern: "POST /siasn", Action: hr, Handle: h.upload, MaxBody: intake.MostBytes + 1<<16, Raw: true},
	}
}

// window reads the window of the address; the latest that has ended without
// one.
func (h *pages) window(q *web.Request) (appraisal.Window, error) {
	if code := q.R.FormValue("w"); code != "" {
		return appraisal.ParseWindow(code)
	}
	p, err := h.Appraisal.Period(q.Context(), q.Actor, 0)
	if err != nil {
		return appraisal.Window{}, err
	}
	w := p.Annual()
	for _, m := range appraisal.Monthly.Windows(p.Year) {
		if !m.Annual() && string(m.To()) < q.Today() {
			w = m
		}
	}
	return w, nil
}

// windows are the windows one can choose: this year's, and last year as a
// whole.
func windows(p *i18n.Printer, year int) []ui.Option {
	all := []ui.Option{{Value: strconv.Itoa(year), Text: p.T("exchange.year", strconv.Itoa(year))}}
	for _, c := range []appraisal.Cadence{appraisal.Quarterly, appraisal.Monthly} {
		for _, w := range c.Windows(year) {
			if !w.Annual() {
				all = append(all, ui.Option{Value: w.Code(), Text: windowName(p, w)})
			}
		}
	}
	return append(all, ui.Option{Value: strconv.Itoa(year - 1), Text: p.T("exchange.year", strconv.Itoa(year-1))})
}

func windowName(p *i18n.Printer, w appraisal.Window) string {
	switch w.Kind {
	case appraisal.Month:
		return p.Month(w.Code())
	case appraisal.Quarter:
		return p.T("exchange.quarter", strconv.Itoa(w.N), strconv.Itoa(w.Year))
	}
	return p.T("exchange.year", strconv.Itoa(w.Year))
}

// most is how many rows of a list a page shows.
const most = 100
