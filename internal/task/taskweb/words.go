package taskweb

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/task"
)

// greeting greets by the time of day.
func greeting(p *i18n.Printer, now time.Time, name string) string {
	part := "night"
	switch h := now.Hour(); {
	case h >= 4 && h < 11:
		part = "morning"
	case h >= 11 && h < 15:
		part = "noon"
	case h >= 15 && h < 19:
		part = "evening"
	}
	return p.T("taskweb.greet."+part, firstName(name))
}

// titles stand before names without a dot that would tell.
var titles = []string{"h", "hj", "dr", "dra", "drs", "drg", "ir", "prof", "apt", "ns", "kh", "r", "rd"}

// firstName returns how one is greeted: the first word of a name that is
// neither title nor initial, in ordinary letters. "Hj. RAJA SITI, S.Sos" is
// Raja.
func firstName(name string) string {
	before, _, _ := strings.Cut(name, ",")
	words := strings.Fields(before)
	for _, w := range words {
		plain := strings.Trim(w, ".")
		letters := []rune(plain)
		if strings.Contains(w, ".") || len(letters) < 2 || slices.Contains(titles, strings.ToLower(plain)) {
			continue
		}
		if plain == strings.ToUpper(plain) && len(letters) > 2 {
			return string(unicode.ToUpper(letters[0])) + strings.ToLower(string(letters[1:]))
		}
		return plain
	}
	return strings.TrimSpace(before)
}

// maxCounted is up to which number things are counted in words.
const maxCounted = 10

// summary says in one sentence what waits and when the first is due.
func summary(p *i18n.Printer, today string, total int, first []task.Task) string {
	line := p.LongDate(today) + " · "
	if total == 0 {
		return line + p.T("taskweb.nothing_waits")
	}
	count := p.Num(total)
	if total <= maxCounted {
		count = p.T("taskweb.number." + p.Num(total))
	}
	line += p.T("taskweb.things_wait", total, count)
	if len(first) == 0 || first[0].Due == "" {
		return line + "."
	}
	if total == 1 && first[0].Late(today) {
		return line + ", " + p.T("taskweb.only_late") + "."
	}
	return line + ", " + dueWords(p, today, first[0].Due) + "."
}

// dueWords says when the first thing is due: late, today, this Thursday, or the
// date.
func dueWords(p *i18n.Printer, today, due string) string {
	days := daysBetween(today, due)
	switch {
	case days < 0:
		return p.T("taskweb.first_late")
	case days == 0:
		return p.T("taskweb.first_today")
	case days == 1:
		return p.T("taskweb.first_tomorrow")
	case days < 7:
		weekday, _, _ := strings.Cut(p.LongDate(due), ",")
		return p.T("taskweb.first_this", weekday)
	}
	return p.T("taskweb.first_on", p.DayMonth(due))
}

// daysBetween counts the days from one date to another; 0 when either is none.
func daysBetween(from, to string) int {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}
