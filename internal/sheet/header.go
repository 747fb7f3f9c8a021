package sheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Field is a column a reader looks for, by its name and its other names.
type Field struct {
	Name    string
	Aliases []string
}

// line is one row of the head of a table.
type line struct {
	row   int      // the file's own number
	cells []string // cleaned, up to the last that is not empty
	raw   []string // only trimmed
}

// headerSearch is how many rows are searched for the header: the first twenty
// of the file, and where it begins with blank rows the first twenty that are
// not.
const headerSearch = 20

// header is a table's column names.
type header struct {
	last  int // the last row that is no data, 0 when there is no header
	names []string
	found int // how many fields it names
}

// findHeader looks for the header among the first rows: the row that names most
// of the fields, or, where none does, the first row that is as wide as the table
// and holds names rather than values.
func findHeader(head []line, spans []span, fields []Field) header {
	index := bestMatch(head, fields)
	if index < 0 {
		index = firstNames(head)
	}
	if index < 0 {
		return header{names: columnNames(nil, widest(head))}
	}
	top, bottom := headerBlock(head, spans, index)
	names := joinNames(head[top : bottom+1])
	h := header{last: head[bottom].row}
	if bottom+1 < len(head) && countsColumns(head[bottom+1]) {
		h.last = head[bottom+1].row
	}
	h.names = columnNames(names, widest(head))
	h.found = countFields(h.names, fields)
	return h
}

func widest(head []line) int {
	width := 0
	for _, l := range head {
		width = max(width, len(l.cells))
	}
	return width
}

// bestMatch returns the row that names most fields, the first of equals. One
// name alone is not trusted where more are looked for.
func bestMatch(head []line, fields []Field) int {
	best, most := -1, 0
	for i, l := range head[:min(len(head), headerSearch)] {
		if n := countFields(l.cells, fields); n > most {
			best, most = i, n
		}
	}
	if most < min(2, len(fields)) {
		return -1
	}
	return best
}

func countFields(names []string, fields []Field) int {
	n := 0
	for _, f := range fields {
		if indexOf(names, f) >= 0 {
			n++
		}
	}
	return n
}

// firstNames returns the first row that can be a header; of one that only
// counts the columns and one below it, the second.
func firstNames(head []line) int {
	usual := usualWidth(head)
	for i, l := range head[:min(len(head), headerSearch)] {
		if !holdsNames(l, usual) {
			continue
		}
		if countsColumns(l) && i+1 < len(head) && holdsNames(head[i+1], usual) {
			return i + 1
		}
		return i
	}
	return -1
}

// holdsNames reports whether a row has at least three fifths of the cells that
// rows usually have, nearly all of which read like names.
func holdsNames(l line, usual int) bool {
	filled, names := 0, 0
	for col, c := range l.cells {
		if c == "" || (col > 0 && c == l.cells[col-1]) {
			continue // empty, or spread from its left neighbour
		}
		filled++
		if isName(c) {
			names++
		}
	}
	return 5*filled >= 3*usual && 10*names >= 8*filled
}

// usualWidth is the most frequent number of filled cells in a row, the larger
// of equals.
func usualWidth(head []line) int {
	counts := map[int]int{}
	for _, l := range head {
		filled := 0
		for _, c := range l.cells {
			if c != "" {
				filled++
			}
		}
		counts[filled]++
	}
	usual := 0
	for width, times := range counts {
		if times > counts[usual] || (times == counts[usual] && width > usual) {
			usual = width
		}
	}
	return usual
}

// isName reports whether a cell can be a column's name: a short text that is no
// number and no date, or a year.
func isName(cell string) bool {
	if len(cell) > 300 {
		return false
	}
	if year, err := strconv.Atoi(cell); err == nil {
		return year >= 1900 && year <= 2100
	}
	if _, err := Decimal(cell); err == nil {
		return false
	}
	if _, err := Date(cell, DayFirst); err == nil {
		return false
	}
	return strings.ContainsFunc(cell, unicode.IsLetter)
}

// headerBlock widens the header row at index to all rows that merged cells join
// with it: upwards to a cell that reaches down into it or a group that lies over
// several columns, downwards where it holds such groups itself. A title is no
// group.
func headerBlock(head []line, spans []span, index int) (top, bottom int) {
	top, bottom = index, index
	width := int32(widest(head))
	for top > 0 && head[top-1].row == head[top].row-1 && groups(spans, head[top-1].row, width) && !isTitle(head[top-1]) {
		top--
	}
	for bottom+1 < len(head) && head[bottom+1].row == head[bottom].row+1 &&
		groups(spans, head[bottom].row, width) && !isTitle(head[bottom]) && isUnder(head[bottom], head[bottom+1], spans) {
		bottom++
	}
	return top, bottom
}

// isTitle reports whether a row holds but one text, merged or not.
func isTitle(l line) bool {
	text := l.cells[len(l.cells)-1]
	return !slices.ContainsFunc(l.cells, func(c string) bool { return c != "" && c != text })
}

// groups reports whether the row holds a group: a merged range over several but
// not all columns that ends in this row, or a cell that reaches into the next.
func groups(spans []span, row int, width int32) bool {
	found := false
	for _, s := range spans {
		if int(s.top) > row || int(s.bottom) < row {
			continue
		}
		if int(s.bottom) > row {
			found = true
			continue
		}
		across := s.right > s.left && (s.left > 0 || s.right < width-1)
		found = found || (across && !mergedBelow(spans, s))
	}
	return found
}

// mergedBelow reports whether the same columns are merged in the next row too:
// then the range is only a wide column.
func mergedBelow(spans []span, s span) bool {
	return slices.ContainsFunc(spans, func(b span) bool {
		return b.top == s.bottom+1 && b.left == s.left && b.right == s.right
	})
}

// isUnder reports whether lower belongs to the header with upper: it holds names
// only under upper's groups; elsewhere it is empty or repeats a cell that reaches
// down. Otherwise it is the first row of data.
func isUnder(upper, lower line, spans []span) bool {
	for col, c := range lower.cells {
		if c == "" || (col < len(upper.cells) && c == upper.cells[col]) {
			continue
		}
		if !isName(c) || !slices.ContainsFunc(spans, func(s span) bool {
			return int(s.bottom) == upper.row && s.right > s.left && int(s.left) <= col && col <= int(s.right)
		}) {
			return false
		}
	}
	return true
}

// joinNames joins the parts of each column's name from top to bottom; a part
// that a merged cell repeats counts once.
func joinNames(rows []line) []string {
	names := make([]string, widest(rows))
	for col := range names {
		var parts []string
		for _, l := range rows {
			if col < len(l.cells) {
				if part := oneLine(l.cells[col]); part != "" && !slices.Contains(parts, part) {
					parts = append(parts, part)
				}
			}
		}
		names[col] = strings.Join(parts, groupSeparator)
	}
	return names
}

// groupSeparator stands between a group and a column in a joined name.
const groupSeparator = " › "

// countsColumns reports whether a row only counts the columns, 1 2 3 or (a) (b)
// (c), as official tables do over or under their header. Six are needed to tell
// it from names and data.
func countsColumns(l line) bool {
	n := 0
	for _, c := range l.cells {
		if c == "" {
			continue
		}
		mark := strings.ToUpper(strings.Trim(c, "()[].'\" "))
		if mark != strconv.Itoa(n+1) && mark != columnName(n) {
			return false
		}
		n++
	}
	return n >= 6
}

func oneLine(s string) string { return strings.Join(strings.FieldsFunc(s, isBlank), " ") }

// columnNames makes the names of width columns unique and complete: the second
// NAMA is "NAMA (2)", a column without a name is called by its letters, "[P]".
func columnNames(names []string, width int) []string {
	out := make([]string, max(width, len(names)))
	seen := map[string]bool{}
	for i := range out {
		name := ""
		if i < len(names) {
			name = oneLine(names[i])
		}
		if name == "" {
			name = unnamed(i)
		}
		unique := name
		for n := 2; seen[unique]; n++ {
			unique = name + " (" + strconv.Itoa(n) + ")"
		}
		seen[unique] = true
		out[i] = unique
	}
	return out
}

// indexOf returns the column that carries the field's name, else the one that
// carries its first alias that occurs, else -1. Names are compared by fold. A
// joined name is also known by its last part.
func indexOf(names []string, field Field) int {
	if i := indexOfName(names, field.Name); i >= 0 {
		return i
	}
	for _, alias := range field.Aliases {
		if i := indexOfName(names, alias); i >= 0 {
			return i
		}
	}
	return -1
}

func indexOfName(names []string, wanted string) int {
	wanted = fold(wanted)
	byPart := -1
	for i, name := range names {
		if wanted == "" || name == unnamed(i) {
			continue
		}
		if fold(name) == wanted {
			return i
		}
		part := strings.LastIndex(name, groupSeparator)
		if byPart < 0 && part >= 0 && fold(name[part+len(groupSeparator):]) == wanted {
			byPart = i
		}
	}
	return byPart
}

// unnamed is what a column without a name is called.
func unnamed(col int) string { return "[" + columnName(col) + "]" }

// fold makes names comparable: letters and digits in lower case, everything
// between them one blank.
func fold(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
