package stat

import "slices"

// Suppress says which groups of a published list must be hidden, given that
// their total is published too: every non-empty group smaller than least, and
// as many of the smallest others as it takes that at least two groups with
// together at least least people stay hidden. Otherwise the hidden figure
// would be the total less the rest. Empty groups are never hidden: nobody can
// be found in them. When all groups together have fewer than least people the
// total must be hidden as well, which is the caller's to do.
func Suppress(counts []int, least int) []bool {
	hidden := make([]bool, len(counts))
	var groups, people int
	for i, n := range counts {
		if n > 0 && n < least {
			hidden[i] = true
			groups++
			people += n
		}
	}
	for _, i := range bySize(counts) {
		if groups == 0 || groups >= 2 && people >= least {
			break
		}
		if !hidden[i] && counts[i] > 0 {
			hidden[i] = true
			groups++
			people += counts[i]
		}
	}
	return hidden
}

// bySize returns the indexes of counts, smallest first, ties in order.
func bySize(counts []int) []int {
	order := make([]int, len(counts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return counts[a] - counts[b] })
	return order
}

// SuppressTable does the same for a table of counts whose row and column
// totals are published: it hides the small cells and further ones until no
// hidden cell can be worked out from the totals. Hidden cells are the edges of
// a graph between rows and columns; a cell can be worked out exactly when its
// edge lies on no cycle, so cells are added until every one does.
func SuppressTable(counts [][]int, least int) [][]bool {
	hidden := make([][]bool, len(counts))
	for r, row := range counts {
		hidden[r] = make([]bool, len(row))
		for c, n := range row {
			hidden[r][c] = n > 0 && n < least
		}
	}
	for {
		r, c, found := exposed(hidden)
		if !found || !cover(counts, hidden, r, c) {
			return hidden
		}
	}
}

// Exposed reports whether any hidden cell of a table with published totals
// can be worked out exactly.
func Exposed(hidden [][]bool) bool {
	_, _, found := exposed(hidden)
	return found
}

// exposed returns a hidden cell whose row and column are connected by no other
// path of hidden cells.
func exposed(hidden [][]bool) (row, col int, found bool) {
	for r := range hidden {
		for c := range hidden[r] {
			if hidden[r][c] && path(hidden, r, c, nil) == nil {
				return r, c, true
			}
		}
	}
	return 0, 0, false
}

// cover hides the cheapest further cells that put cell (r, c) on a cycle: the
// path from its row to its column with the fewest people hidden in addition.
func cover(counts [][]int, hidden [][]bool, r, c int) bool {
	cells := path(hidden, r, c, counts)
	for _, cell := range cells {
		hidden[cell[0]][cell[1]] = true
	}
	return len(cells) > 0
}

// path finds the cheapest way from row r to column c without the cell (r, c)
// itself. With nil counts only hidden cells may be used; otherwise a cell that
// is not hidden yet costs its people plus one. It returns the cells of the
// way, or nil when there is none.
func path(hidden [][]bool, r, c int, counts [][]int) [][2]int {
	rows := len(hidden)
	nodes := rows + len(hidden[r])
	const far = int(^uint(0) >> 1)
	dist, from, done := make([]int, nodes), make([]int, nodes), make([]bool, nodes)
	for i := range dist {
		dist[i], from[i] = far, -1
	}
	dist[r] = 0
	for {
		at := nearest(dist, done)
		if at < 0 || dist[at] == far {
			return nil
		}
		if at == rows+c {
			return walk(from, rows, at)
		}
		done[at] = true
		for next := range nodes {
			i, j, ok := cell(at, next, rows)
			if !ok || (i == r && j == c) || (!hidden[i][j] && (counts == nil || counts[i][j] == 0)) {
				continue
			}
			cost := 0
			if !hidden[i][j] {
				cost = counts[i][j] + 1
			}
			if dist[at]+cost < dist[next] {
				dist[next], from[next] = dist[at]+cost, at
			}
		}
	}
}

// cell returns the table cell between two nodes, a row and a column.
func cell(a, b, rows int) (r, c int, ok bool) {
	if a > b {
		a, b = b, a
	}
	return a, b - rows, a < rows && b >= rows
}

func nearest(dist []int, done []bool) int {
	best := -1
	for i, d := range dist {
		if !done[i] && (best < 0 || d < dist[best]) {
			best = i
		}
	}
	return best
}

func walk(from []int, rows, at int) [][2]int {
	var cells [][2]int
	for from[at] >= 0 {
		r, c, _ := cell(at, from[at], rows)
		cells = append(cells, [2]int{r, c})
		at = from[at]
	}
	return cells
}
