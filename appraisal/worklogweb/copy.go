package worklogweb

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/worklog"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
)

// span is the stretch an address asks for: a day, a week, or a month.
func span(q *web.Request) (from, to appraisal.Day, kind string) {
	d := day(q)
	switch q.Query("rentang") {
	case "hari":
		return d, d, "hari"
	case "bulan":
		from, to = worklog.Month(d)
		return from, to, "bulan"
	}
	from, to = worklog.Week(d)
	return from, to, "minggu"
}

// copyPage hands entries over to e-Kinerja, a field at a time.
type copyPage struct {
	P       *i18n.Printer
	L       worklog.Log
	Day     appraisal.Day
	Kind    string
	Entries []worklog.CopyEntry
	Fields  int
}

func (h *pages) copy(q *web.Request) error {
	from, to, kind := span(q)
	l, err := h.Log.Log(q.Context(), q.Actor, q.Path("part"), from, to)
	if err != nil {
		return err
	}
	p := copyPage{P: q.P, L: l, Day: day(q), Kind: kind}
	addresses, err := h.addresses(q.Context(), q, l)
	if err != nil {
		return err
	}
	if p.Entries, err = worklog.Copy(l, addresses); err != nil {
		return err
	}
	for _, e := range p.Entries {
		p.Fields += len(e.Fields)
	}
	return q.Render(web.Page{Title: q.P.T("worklogweb.copy"), Nav: "harian", Body: copyBody(p)})
}

// addresses returns the lasting addresses of the month the stretch begins in.
func (h *pages) addresses(ctx context.Context, q *web.Request, l worklog.Log) (map[string]string, error) {
	if len(l.Entries) == 0 {
		return nil, nil
	}
	month, err := appraisal.ParseWindow(string(l.Entries[0].Day[:7]))
	if err != nil {
		return nil, err
	}
	return h.Log.Addresses(ctx, q.Actor, l.Part.ID, month)
}

func (h *pages) recap(q *web.Request, kind string, write func(worklog.Log) ([]byte, error), media string) error {
	from, to, _ := span(q)
	l, err := h.Log.Log(q.Context(), q.Actor, q.Path("part"), from, to)
	if err != nil {
		return err
	}
	body, err := write(l)
	if err != nil {
		return err
	}
	return q.Download("rekap-"+string(from)+"-"+string(to)+"."+kind, media, body)
}

func (h *pages) recapPDF(q *web.Request) error {
	return h.recap(q, "pdf", func(l worklog.Log) ([]byte, error) { return h.Log.PDF(l, q.P) }, "application/pdf")
}

func (h *pages) recapXLSX(q *web.Request) error {
	return h.recap(q, "xlsx", func(l worklog.Log) ([]byte, error) { return worklog.XLSX(l, q.P) }, sheet.MediaType(sheet.XLSX))
}

func (h *pages) evidence(q *web.Request) error {
	e, err := h.Log.Behind(q.Context(), q.Actor, q.Path("code"))
	if err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("worklogweb.evidence"), Body: evidenceBody(q.P, e)})
}

// shifted returns the day n days on.
func shifted(d appraisal.Day, n int) appraisal.Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return appraisal.Day(t.AddDate(0, 0, n).Format(time.DateOnly))
}
