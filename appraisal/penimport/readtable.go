package penimport

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/search"
)

// piece is a cell's text of one line, with where it begins.
type piece struct {
	at   int
	text string
}

var apart = regexp.MustCompile(`\S+(?: \S+)*`)

// pieces cuts a line where two or more blanks stand.
func pieces(line string) []piece {
	var all []piece
	for _, at := range apart.FindAllStringIndex(line, -1) {
		all = append(all, piece{len([]rune(line[:at[0]])), line[at[0]:at[1]]})
	}
	return all
}

// The columns of the two forms, by their place.
const (
	noColumn = iota
	supportsColumn
	resultColumn
	faceColumn
	indicatorColumn
	targetColumn
	otherColumn
)

var number = regexp.MustCompile(`^\d{1,2}\.?$`)

// table is the table of results being read: where its columns begin, and the
// cells of the result and the indicator under way.
type table struct {
	content appraisal.Content
	kind    appraisal.ResultKind
	starts  []int // of each column, in the order of the page
	columns []int // which column each start is
	result  map[int]string
	goal    map[int]string
	goals   []map[int]string
	open    bool
}

// tableOf reads the table of results out of a text with columns.
func tableOf(text string) appraisal.Content {
	t := table{kind: appraisal.Main, content: appraisal.Content{Approach: appraisal.Quantitative}}
	for _, line := range strings.Split(text, "\n") {
		word := search.Fold(line)
		switch {
		case word == "":
			continue
		case strings.HasPrefix(word, "perilaku kerja") || strings.HasPrefix(word, "rating ") || strings.HasPrefix(word, "b perilaku"):
			t.flush()
			if len(t.content.Results) > 0 {
				return t.content
			}
		case isSection(word, "tambahan"):
			t.flush()
			t.kind = appraisal.Additional
		case isSection(word, "utama"):
			t.flush()
			t.kind = appraisal.Main
		default:
			t.line(pieces(line))
		}
	}
	t.flush()
	return t.content
}

// isSection reports whether a line is the heading of a part of the table:
// "A. UTAMA", "HASIL KERJA UTAMA".
func isSection(word, name string) bool {
	return word == name || word == "a "+name || word == "b "+name || word == "hasil kerja "+name || strings.HasSuffix(word, " hasil kerja "+name)
}

func (t *table) line(all []piece) {
	if len(all) == 0 {
		return
	}
	if number.MatchString(all[0].text) {
		if columns := columnsIn(all); columns != nil {
			t.flush()
			t.columns, t.starts = columns, nil
			for _, p := range all[:len(columns)] {
				t.starts = append(t.starts, p.at)
			}
			t.open = true
		}
	}
	if !t.open {
		return
	}
	at := t.place(all)
	if slices.ContainsFunc(at, func(c int) bool { return c == faceColumn }) {
		i := slices.Index(at, faceColumn)
		if face := startsFace(all[i].text); face && t.goal[indicatorColumn] != "" {
			t.flushGoal()
		}
	}
	for i, p := range all {
		into := t.goal
		if at[i] == supportsColumn || at[i] == resultColumn {
			into = t.result
		}
		into[at[i]] = strings.TrimSpace(into[at[i]] + " " + p.text)
	}
}

// columnsIn tells which columns the cells of a full row are: of the staff form
// (an aspect before the indicator) or the leader's (a perspective behind the
// target). Nil when it is neither.
func columnsIn(all []piece) []int {
	for i, p := range all {
		face := faceOf(p.text)
		switch {
		case slices.Contains(appraisal.Aspects(), face) && (i == 2 || i == 3) && len(all) >= i+2:
			columns := []int{noColumn, supportsColumn, resultColumn, faceColumn, indicatorColumn, targetColumn}
			if i == 2 {
				columns = []int{noColumn, resultColumn, faceColumn, indicatorColumn, targetColumn}
			}
			return append(columns, otherColumn, otherColumn)[:len(all)]
		case startsPerspective(p.text) && i == 4:
			columns := []int{noColumn, resultColumn, indicatorColumn, targetColumn, faceColumn, otherColumn, otherColumn}
			return columns[:min(len(all), len(columns))]
		}
	}
	return nil
}

func startsFace(text string) bool { return faceOf(text) != "" || startsPerspective(text) }

// startsPerspective reports whether a text is a perspective or the first words
// of one that goes on in the next line.
func startsPerspective(text string) bool {
	word := strings.ReplaceAll(search.Fold(text), " ", "_")
	return len(word) > 3 && slices.ContainsFunc(appraisal.Perspectives(), func(p string) bool { return strings.HasPrefix(p, word) || strings.HasPrefix(word, p) })
}

// place finds the column of each piece: the one that begins nearest.
func (t *table) place(all []piece) []int {
	at := make([]int, len(all))
	for i, p := range all {
		best := 0
		for c, start := range t.starts {
			if abs(start-p.at) < abs(t.starts[best]-p.at) {
				best = c
			}
		}
		at[i] = t.columns[best]
	}
	return at
}

func abs(n int) int { return max(n, -n) }

// flush ends the result under way: its wording is whole only now, since it may
// run on beside several indicators.
func (t *table) flush() {
	t.flushGoal()
	if t.result[resultColumn] != "" && len(t.goals) > 0 {
		supports := t.result[supportsColumn]
		if strings.Trim(supports, "-– ") == "" {
			supports = ""
		}
		r := resultOf(&t.content, t.kind, t.result[resultColumn], supports)
		for _, g := range t.goals {
			r.Indicators = append(r.Indicators, indicator(g[indicatorColumn], g[faceColumn], g[targetColumn], ""))
		}
	}
	t.result, t.goal, t.goals, t.open = map[int]string{}, map[int]string{}, nil, false
}

// flushGoal ends the indicator under way.
func (t *table) flushGoal() {
	if t.goal[indicatorColumn] != "" {
		t.goals = append(t.goals, t.goal)
	}
	t.goal = map[int]string{}
}
