package participationweb

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation/complaint"
)

// stateParam chooses reports by where they stand; lateState those past their
// deadline.
const (
	stateParam = "keadaan"
	lateState  = "late"
)

// stateChoices are what reports can be chosen by.
func stateChoices(p *i18n.Printer) []ui.Option {
	out := []ui.Option{{Value: lateState, Text: p.T("complaint.fig.late")}}
	for _, s := range []complaint.State{complaint.Received, complaint.Working, complaint.Answered, complaint.Closed, complaint.Archived} {
		out = append(out, ui.Option{Value: string(s), Text: p.T("complaint.state." + string(s))})
	}
	return out
}

// chosenReports returns the reports an address asks for.
func chosenReports(list []complaint.Complaint, at ui.Address, today string) []complaint.Complaint {
	find, state := strings.ToLower(strings.TrimSpace(at.Get(ui.SearchParam))), at.Get(stateParam)
	return slices.DeleteFunc(list, func(c complaint.Complaint) bool {
		switch {
		case state == lateState && !c.Late(today), state != "" && state != lateState && string(c.State) != state:
			return true
		}
		return !strings.Contains(strings.ToLower(c.Number+"\n"+c.Subject+"\n"+c.Owner), find)
	})
}

// exportReports answers with reports as a file.
func exportReports(q *web.Request, list []complaint.Complaint, format string) error {
	p := q.P
	doc := sheet.Doc{Title: p.T("complaint.title")}
	for _, key := range []string{"number", "subject", "class_head", "received", "due", "owner", "state_head", "answered_head"} {
		doc.Columns = append(doc.Columns, sheet.Column{Key: key, Label: p.T("complaint." + key)})
	}
	doc.Rows = func(yield func([]string, error) bool) {
		for _, c := range list {
			l := reportRow(p, c, q.Today())
			if !yield([]string{c.Number, c.Subject, l.Class, c.ReceivedOn, c.DueOn, c.Owner, l.State, c.AnsweredOn}, nil) {
				return
			}
		}
	}
	return q.Sheet("laporan-"+q.Today(), format, doc)
}
