package ledgerweb

import (
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/web"
)

// verifyPage is what a check of the whole record found.
type verifyPage struct {
	base
	ledger.Report
	Point ledger.Checkpoint
	When  string // when the newest checkpoint was signed
}

// verify recomputes the whole record, as `gurindam ledger verify` does.
func (h *pages) verify(q *web.Request) error {
	b, err := admit(q)
	if err != nil {
		return err
	}
	p := verifyPage{base: b}
	if p.Report, err = h.record.Verify(q.Context()); err != nil {
		return err
	}
	if p.Point, err = h.record.Latest(q.Context()); err != nil {
		return err
	}
	if !p.Point.At.IsZero() {
		p.When = q.P.Moment(p.Point.At.In(q.Now.Location()))
	}
	return q.Render(web.Page{Title: q.P.T("ledgerweb.check"), Nav: "catatan", Body: verifyBody(p)})
}
