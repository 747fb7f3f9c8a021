package taskweb

import (
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// waitingItems shows tasks with their date, why, and one button each; the first
// button is the strong one.
func waitingItems(p *i18n.Printer, today string, tasks []task.Task) []ui.DeskItem {
	items := make([]ui.DeskItem, len(tasks))
	for i, t := range tasks {
		item := ui.DeskItem{Late: t.Late(today), Title: t.Title.In(p), Why: t.Why.In(p)}
		item.Big, item.Small = dayParts(p, today, t.Due)
		act := ui.Act{Text: buttonText(p, t), To: t.Link}
		if i == 0 {
			act.Look = ui.Go
		}
		item.Act = &act
		items[i] = item
	}
	return items
}

func buttonText(p *i18n.Printer, t task.Task) string {
	if t.Button == "" {
		return p.T("taskweb.open")
	}
	return p.T(t.Button)
}

// dayParts splits a date into its day and its month, with the year when it is
// another one.
func dayParts(p *i18n.Printer, today, due string) (big, small string) {
	d, err := time.Parse(time.DateOnly, due)
	if err != nil {
		return "–", p.T("taskweb.no_date")
	}
	small = p.MonthName(d.Month())
	if !strings.HasPrefix(due, today[:4]) {
		small += " " + strconv.Itoa(d.Year())
	}
	return strconv.Itoa(d.Day()), small
}

// awaitedItems shows what the reader waits for: for how long, and at whose desk
// it lies.
func awaitedItems(p *i18n.Printer, now time.Time, list []task.Awaited) []ui.DeskItem {
	items := make([]ui.DeskItem, len(list))
	for i, a := range list {
		days := a.Days(now)
		items[i] = ui.DeskItem{Big: p.Num(days), Small: p.T("taskweb.days", days), Title: a.Awaiting().In(p), Why: desks(p, a.Desks)}
	}
	return items
}

// desks names whom one waits for: one person, one office or another, or how
// many people.
func desks(p *i18n.Printer, all []task.Desk) string {
	var names []string
	people := 0
	for _, d := range all {
		if d.Person != "" {
			people++
		}
		if name := deskName(p, d); name != "" {
			names = append(names, name)
		}
	}
	switch {
	case len(all) == 0:
		return ""
	case people > 1:
		return p.T("taskweb.waits_for_many", people)
	case len(names) == 0:
		return p.T("taskweb.waits_for_somebody")
	}
	return p.T("taskweb.waits_for", strings.Join(names, " "+p.T("taskweb.or")+" "))
}

// deskName is a person's name, or a role and its unit; empty when unknown.
func deskName(p *i18n.Printer, d task.Desk) string {
	switch {
	case d.Role == "":
		return d.Name
	case d.Name == "":
		return p.T(d.Role.Key())
	}
	return p.T(d.Role.Key()) + ", " + d.Name
}
