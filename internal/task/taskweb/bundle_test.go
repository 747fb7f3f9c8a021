package taskweb

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/task"
)

// shape writes lines as "kind×n", so that a table can say them.
func shape(lines [][]task.Task) string {
	var out []string
	for _, l := range lines {
		out = append(out, fmt.Sprintf("%s×%d", l[0].Kind, len(l)))
	}
	return strings.Join(out, " ")
}

func TestBundled(t *testing.T) {
	rules := map[string]Bundle{"rate": {Link: func(x task.Task) string {
		if x.Link == "/year" {
			return ""
		}
		return "/many" + x.Link
	}}}
	rate := func(due, link string) task.Task { return task.Task{Kind: "rate", Due: due, Link: link} }
	agree := task.Task{Kind: "agree", Due: "2026-11-01"}
	for _, c := range []struct {
		name  string
		tasks []task.Task
		want  string
	}{
		{"nothing", nil, ""},
		{"two stay two", []task.Task{rate("a", "/10"), rate("a", "/10")}, "rate×1 rate×1"},
		{"three are one", []task.Task{rate("a", "/10"), rate("a", "/10"), rate("a", "/10")}, "rate×3"},
		{"another day is another line", []task.Task{rate("a", "/10"), rate("a", "/10"), rate("a", "/10"), rate("b", "/10")}, "rate×3 rate×1"},
		{"another page is another line", []task.Task{rate("a", "/10"), rate("a", "/11"), rate("a", "/10"), rate("a", "/10")}, "rate×3 rate×1"},
		{"what stands for itself", []task.Task{rate("a", "/year"), rate("a", "/year"), rate("a", "/year")}, "rate×1 rate×1 rate×1"},
		{"other kinds are left alone, in order", []task.Task{agree, rate("a", "/10"), agree, rate("a", "/10"), rate("a", "/10"), agree}, "agree×1 rate×3 agree×1 agree×1"},
	} {
		if got := shape(bundled(c.tasks, rules)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
