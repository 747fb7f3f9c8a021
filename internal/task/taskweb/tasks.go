package taskweb

import (
	"time"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// Names of the parameters of /tugas beside those all lists share.
const (
	listParam = "daftar" // "" what waits for me, "saya" what I wait for, "selesai" what I did
	whenParam = "kapan"
	kindParam = "jenis"
)

const (
	pageSize = 25
	soonDays = 7
)

// tasksPage is the list of everything that waits.
type tasksPage struct {
	P      *i18n.Printer
	At     ui.Address
	List   string
	Counts []task.Count
	Awaits int
	Items  []ui.DeskItem
	Pages  ui.Pages
	Search bool // something is searched or filtered
}

func (h *pages) tasks(q *web.Request) error {
	p := tasksPage{P: q.P, At: ui.At(q.R.URL), List: q.Query(listParam)}
	p.Search = q.Query(ui.SearchParam)+q.Query(whenParam)+q.Query(kindParam) != ""
	var err error
	if p.Counts, err = h.Inbox.Counts(q.Context(), q.Actor, q.Today(), until(q)); err != nil {
		return err
	}
	awaited, err := h.Inbox.Awaited(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	p.Awaits = len(awaited)
	switch p.List {
	case "saya":
		h.fillAwaited(q, &p, awaited)
	case "selesai":
		err = h.fillFinished(q, &p)
	default:
		if format := q.Query(ui.FormatParam); format != "" {
			return h.export(q, format)
		}
		err = h.fillWaiting(q, &p)
	}
	if err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("taskweb.title"), Nav: "beranda", Body: tasksBody(p)})
}

func until(q *web.Request) string { return q.Now.AddDate(0, 0, soonDays).Format(time.DateOnly) }

func filterOf(q *web.Request) task.Filter {
	return task.Filter{Kind: q.Query(kindParam), When: task.When(q.Query(whenParam)), Today: q.Today(), Until: until(q)}
}

// pageOf returns the page asked for, counted from 1, within a list of total.
func pageOf(q *web.Request, total int) int {
	last := max((total+pageSize-1)/pageSize, 1)
	return min(ui.At(q.R.URL).Page(), last)
}

// found keeps the tasks whose sentences, as the reader sees them, have the
// words that are searched.
func found(q *web.Request, tasks []task.Task) []task.Task {
	terms := search.Terms(q.Query(ui.SearchParam))
	if len(terms) == 0 {
		return tasks
	}
	var hits []task.Task
	for _, t := range tasks {
		if search.Match(search.Column(t.Title.In(q.P), t.Why.In(q.P)), terms) {
			hits = append(hits, t)
		}
	}
	return hits
}

// fillWaiting reads a page of what waits. A search reads everything, because
// the words are known only once a task is put into the reader's language.
func (h *pages) fillWaiting(q *web.Request, p *tasksPage) error {
	f := filterOf(q)
	if q.Query(ui.SearchParam) == "" {
		total := counted(p.Counts, f)
		page := pageOf(q, total)
		f.Limit, f.Offset = pageSize, (page-1)*pageSize
		tasks, err := h.Inbox.Waiting(q.Context(), q.Actor, f)
		p.Items = waitingItems(q.P, q.Today(), tasks)
		p.Pages = ui.PagesOf(p.At, page, pageSize, total)
		return err
	}
	tasks, err := h.Inbox.Waiting(q.Context(), q.Actor, f)
	if err != nil {
		return err
	}
	hits := found(q, tasks)
	page := pageOf(q, len(hits))
	p.Pages = ui.PagesOf(p.At, page, pageSize, len(hits))
	p.Items = waitingItems(q.P, q.Today(), cut(hits, page))
	return nil
}

func cut[T any](all []T, page int) []T {
	from := min((page-1)*pageSize, len(all))
	return all[from:min(from+pageSize, len(all))]
}

// counted returns how many tasks the filter leaves.
func counted(counts []task.Count, f task.Filter) int {
	n := 0
	for _, c := range counts {
		if f.Kind != "" && f.Kind != c.Kind {
			continue
		}
		n += ofWhen(c, f.When)
	}
	return n
}

func ofWhen(c task.Count, w task.When) int {
	switch w {
	case task.Overdue:
		return c.Late
	case task.Soon:
		return c.Soon
	case task.Undated:
		return c.Undated
	}
	return c.All
}

func (h *pages) fillAwaited(q *web.Request, p *tasksPage, awaited []task.Awaited) {
	terms := search.Terms(q.Query(ui.SearchParam))
	var hits []task.Awaited
	for _, a := range awaited {
		if search.Match(search.Column(a.Awaiting().In(q.P), desks(q.P, a.Desks)), terms) {
			hits = append(hits, a)
		}
	}
	page := pageOf(q, len(hits))
	p.Pages = ui.PagesOf(p.At, page, pageSize, len(hits))
	p.Items = awaitedItems(q.P, q.Now, cut(hits, page))
}

// maxFinished is how far back the list of what was done reaches.
const maxFinished = 500

func (h *pages) fillFinished(q *web.Request, p *tasksPage) error {
	tasks, err := h.Inbox.Finished(q.Context(), q.Actor, task.Filter{Limit: maxFinished})
	if err != nil {
		return err
	}
	hits := found(q, tasks)
	page := pageOf(q, len(hits))
	p.Pages = ui.PagesOf(p.At, page, pageSize, len(hits))
	for _, t := range cut(hits, page) {
		item := ui.DeskItem{Title: t.Title.In(q.P), TitleTo: t.Link}
		item.Big, item.Small = dayParts(q.P, q.Today(), t.DoneAt.In(q.Now.Location()).Format(time.DateOnly))
		p.Items = append(p.Items, item)
	}
	return nil
}

// export answers with everything that waits, as filtered, as a file.
func (h *pages) export(q *web.Request, format string) error {
	tasks, err := h.Inbox.Waiting(q.Context(), q.Actor, filterOf(q))
	if err != nil {
		return err
	}
	t := q.P.T
	doc := sheet.Doc{
		Title: t("taskweb.title"),
		Columns: []sheet.Column{
			{Key: "due", Label: t("taskweb.due"), Kind: sheet.Day},
			{Key: "what", Label: t("taskweb.what")},
			{Key: "why", Label: t("taskweb.why")},
			{Key: "since", Label: t("taskweb.since"), Kind: sheet.Day},
			{Key: "where", Label: t("taskweb.where")},
		},
		Rows: func(yield func([]string, error) bool) {
			for _, x := range found(q, tasks) {
				row := []string{x.Due, x.Title.In(q.P), x.Why.In(q.P), x.At.In(q.Now.Location()).Format(time.DateOnly), x.Link}
				if !yield(row, nil) {
					return
				}
			}
		},
	}
	return q.Sheet("tugas-"+q.Today(), format, doc)
}
