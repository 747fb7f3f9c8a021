package taskweb

import (
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// Bundle is how many tasks of one kind and day become one line on the home
// page: forty reviews are one thing to begin, not forty.
type Bundle struct {
	// Title says what to do; its first argument is how many, then come those
	// of the first task's title.
	Title  string
	Why    string
	Button string
	Link   func(task.Task) string // "" when this one stands for itself
}

// bundleFrom is from how many tasks on a line stands for all of them.
const bundleFrom = 3

// readOnHome is how many tasks the home page reads to bundle them; whoever has
// more sees the rest in the list of all.
const readOnHome = 200

// bundled puts tasks of one kind, day and page together, in the order of the
// first of each.
func bundled(tasks []task.Task, rules map[string]Bundle) [][]task.Task {
	type line struct{ kind, due, link string }
	var lines [][]task.Task
	place := map[line]int{}
	for _, t := range tasks {
		to := ""
		if rule, ok := rules[t.Kind]; ok {
			to = rule.Link(t)
		}
		if to == "" {
			lines = append(lines, []task.Task{t})
			continue
		}
		key := line{t.Kind, t.Due, to}
		i, seen := place[key]
		if !seen {
			i, place[key] = len(lines), len(lines)
			lines = append(lines, nil)
		}
		lines[i] = append(lines[i], t)
	}
	return unfold(lines)
}

// unfold gives the few tasks of a line that is not worth bundling a line each.
func unfold(lines [][]task.Task) [][]task.Task {
	var out [][]task.Task
	for _, l := range lines {
		if len(l) >= bundleFrom {
			out = append(out, l)
			continue
		}
		for _, t := range l {
			out = append(out, []task.Task{t})
		}
	}
	return out
}

// bundleItems shows lines of tasks; the first button is the strong one.
func bundleItems(p *i18n.Printer, today string, lines [][]task.Task, rules map[string]Bundle) []ui.DeskItem {
	firsts := make([]task.Task, len(lines))
	for i, l := range lines {
		firsts[i] = l[0]
	}
	items := waitingItems(p, today, firsts)
	for i, l := range lines {
		if len(l) == 1 {
			continue
		}
		rule := rules[l[0].Kind]
		items[i].Title = p.T(rule.Title, append([]any{len(l)}, l[0].Title.Args...)...)
		items[i].Why = p.T(rule.Why)
		items[i].Act.Text, items[i].Act.To = p.T(rule.Button), rule.Link(l[0])
	}
	return items
}
