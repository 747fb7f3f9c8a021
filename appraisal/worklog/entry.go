package worklog

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

// LinkState says how an entry is tied to the plan.
type LinkState string

// The states of a tie.
const (
	Untied   LinkState = ""
	Proposed LinkState = "usulan"
	Accepted LinkState = "diterima"
)

// Link names a result of the plan, or a step of its action plan.
type Link struct {
	Result string `json:"result,omitempty"`
	Step   string `json:"step,omitempty"`
}

// None reports whether nothing is named.
func (l Link) None() bool { return l.Result == "" }

// String writes a link as a form carries it.
func (l Link) String() string {
	if l.Step == "" {
		return l.Result
	}
	return l.Result + "/" + l.Step
}

// ParseLink reads what String wrote.
func ParseLink(s string) Link {
	result, step, _ := strings.Cut(s, "/")
	return Link{result, step}
}

// Entry is one piece of work on one day.
type Entry struct {
	ID           string
	PartID       string
	Day          appraisal.Day
	Starts, Ends string // HH:MM, or empty. An end before the start is of the next day
	Text         string
	Output       string // what came of it: "12 berkas"
	URL          string // evidence
	Link         Link
	State        LinkState
	Version      int64
}

// Minutes returns how long an entry took, 0 when it does not say.
func (e Entry) Minutes() int {
	from, okFrom := clock(e.Starts)
	to, okTo := clock(e.Ends)
	if !okFrom || !okTo {
		return 0
	}
	if to <= from {
		to += 24 * 60
	}
	return to - from
}

// clock reads HH:MM as minutes of the day.
func clock(s string) (int, bool) {
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err == nil
}

// Lengths of what people write.
const (
	mostText   = 1000
	mostOutput = 200
	mostURL    = 500
)

// check tidies an entry and reports what is wrong with it.
func (e *Entry) check(p appraisal.Part, today appraisal.Day) error {
	e.Text, e.Output, e.URL = strings.TrimSpace(e.Text), strings.TrimSpace(e.Output), strings.TrimSpace(e.URL)
	var wrong fault.Fields
	wrong.Check(e.Text != "", "text", "form.required")
	wrong.Check(len([]rune(e.Text)) <= mostText, "text", "form.too_long", mostText)
	wrong.Check(len([]rune(e.Output)) <= mostOutput, "output", "form.too_long", mostOutput)
	wrong.Check(len(e.URL) <= mostURL, "url", "form.too_long", mostURL)
	wrong.Check(e.URL == "" || strings.HasPrefix(e.URL, "https://") || strings.HasPrefix(e.URL, "http://"), "url", "worklog.wrong.url")
	_, err := time.Parse(time.DateOnly, string(e.Day))
	wrong.Check(err == nil, "day", "form.date")
	wrong.Check(e.Day >= p.From && e.Day <= p.To, "day", "worklog.wrong.part")
	wrong.Check(e.Day <= today, "day", "worklog.wrong.future")
	for _, x := range []struct{ name, text string }{{"starts", e.Starts}, {"ends", e.Ends}} {
		_, ok := clock(x.text)
		wrong.Check(x.text == "" || ok, x.name, "worklog.wrong.clock")
	}
	return wrong.Err()
}

// mark tells entries of a part apart; n counts the same line on one day from 0.
func (e Entry) mark(n int) string {
	sum := sha256.Sum256([]byte(string(e.Day) + "\n" + e.Starts + "\n" + search.Fold(e.Text) + "\n" + strconv.Itoa(n)))
	return hex.EncodeToString(sum[:16])
}

// marks gives each entry its mark, in their order.
func marks(all []Entry) []string {
	seen := map[string]int{}
	out := make([]string, len(all))
	for i, e := range all {
		key := e.mark(0)
		out[i] = e.mark(seen[key])
		seen[key]++
	}
	return out
}
