package task

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/mail"
)

// Digest sends everybody who has an address, and for whom, or for a role of
// whom, something new is due for a notice today, one letter with a link for each task. What a letter says
// names nobody and nothing of an appraisal. Run again on the same day it sends
// nothing.
func (n *Notices) Digest(ctx context.Context) error {
	if !n.Mailing() {
		return nil
	}
	rule, err := n.Rule(ctx)
	if err != nil {
		return err
	}
	readers, err := n.c.Readers.Readers(ctx)
	if err != nil || len(readers) == 0 {
		return err
	}
	quiet, err := n.allQuiet(ctx)
	if err != nil {
		return err
	}
	all, err := n.due(ctx, rule)
	if err != nil {
		return err
	}
	desks := desksOf(n.c.Tree, all)
	var letters []mail.Letter
	told := map[string]dueTask{}
	for _, r := range readers {
		tasks, err := desks.of(ctx, r)
		if err != nil {
			return err
		}
		tasks = slices.DeleteFunc(tasks, func(d dueTask) bool { return quiet[[2]string{r.Account, Group(d.Kind)}] })
		if len(tasks) == 0 || quiet[[2]string{r.Account, ""}] || !mail.Address(r.Address) {
			continue
		}
		letters = append(letters, n.letter(rule, r, tasks))
		for _, d := range tasks {
			told[d.ID] = d
		}
	}
	var rows [][]any
	for _, d := range all {
		if _, was := told[d.ID]; was {
			rows = append(rows, []any{d.ID, d.step, n.today()})
		}
	}
	return n.c.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := db.Upsert(ctx, tx, "task_notice", []string{"task_id"}, []string{"task_id", "step", "told_on"}, rows); err != nil {
			return err
		}
		return n.c.Mail.Send(ctx, tx, letters...)
	})
}

func (n *Notices) allQuiet(ctx context.Context) (map[[2]string]bool, error) {
	quiet := map[[2]string]bool{}
	err := db.Each(ctx, n.c.DB, `SELECT account_id, kind FROM task_quiet`, func(r db.Row) error {
		var k [2]string
		err := r.Scan(&k[0], &k[1])
		quiet[k] = true
		return err
	})
	return quiet, err
}

// dueTask is a task with the notice it is due for.
type dueTask struct {
	Task
	step int
}

// due returns the open tasks that reached a notice they were not told of yet,
// the earliest date first. What waits for a role is told once to those who hold
// it.
func (n *Notices) due(ctx context.Context, rule NoticeRule) ([]dueTask, error) {
	told := map[string]int{}
	err := db.Each(ctx, n.c.DB, `SELECT x.task_id, x.step FROM task_notice x JOIN task t ON t.id = x.task_id WHERE t.done_at IS NULL`, func(r db.Row) error {
		var id string
		var step int
		err := r.Scan(&id, &step)
		told[id] = step
		return err
	})
	if err != nil {
		return nil, err
	}
	open, err := db.All(ctx, n.c.DB, `SELECT `+selectColumns+` FROM task WHERE done_at IS NULL ORDER BY due_on NULLS LAST, created_at, id`, scanTask)
	var all []dueTask
	for _, t := range open {
		step, ok := rule.step(t, n.today())
		if before, known := told[t.ID]; !ok || known && before <= step {
			continue
		}
		all = append(all, dueTask{t, step})
	}
	return all, err
}

// letter says that something waits, and where.
func (n *Notices) letter(rule NoticeRule, r Reader, tasks []dueTask) mail.Letter {
	p := n.c.Words(r.Lang)
	l := mail.Letter{
		To: r.Address, Subject: p.T("task.notice.subject", len(tasks)), Lang: string(p.Lang()), Paragraphs: []string{p.T("task.notice.words", len(tasks))},
		Foot: p.T("task.notice.foot", n.c.Agency), Stop: p.T("task.notice.settings"), Unsubscribe: n.c.Site + "/pemberitahuan",
	}
	for _, t := range tasks[:min(len(tasks), rule.Most)] {
		text := p.T(t.Button)
		if t.Due != "" {
			text = p.T("task.notice.by", text, p.Date(t.Due))
		}
		l.Links = append(l.Links, mail.Link{Text: text, URL: n.c.Site + t.Link})
	}
	if len(tasks) > rule.Most {
		l.Links = append(l.Links, mail.Link{Text: p.T("task.notice.more", len(tasks)-rule.Most), URL: n.c.Site + "/tugas"})
	}
	return l
}
