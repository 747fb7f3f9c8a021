package assign

import "errors"

// None is the score of a pair that is not possible.
const None = int64(-1) << 62

// Largest is the largest absolute score.
const Largest = int64(1) << 40

// Most is the largest number of candidates or positions.
const Most = 2000

// ErrSize says that there are more candidates or positions than Most, a row is
// too short or long, or a score is beyond Largest.
var ErrSize = errors.New("matrix too large or ragged")

// Plan is a placement: for each candidate the position, or -1.
type Plan struct {
	Of     []int
	Filled int
	Total  int64
}

// Best returns the best plan for score[candidate][position], and the second
// best: the best of all plans that differ from it. second is nil when there is
// no other plan.
func Best(score [][]int64, positions int) (best Plan, second *Plan, err error) {
	m, err := newMatrix(score, positions)
	if err != nil {
		return Plan{}, nil, err
	}
	m.solve()
	best = m.plan()
	for c, p := range best.Of {
		if p < 0 {
			continue
		}
		if other := m.without(c, p); second == nil || better(other, *second) {
			second = &other
		}
	}
	return best, second, nil
}

func better(a, b Plan) bool {
	return a.Filled > b.Filled || a.Filled == b.Filled && a.Total > b.Total
}

// matrix is the square problem: rows are candidates and one spare row a
// position, columns are positions and one spare column a candidate. Costs are
// negated gains.
type matrix struct {
	score      [][]int64
	candidates int
	positions  int
	n          int
	bonus      int64 // worth of filling one position, above every sum of scores
	forbidden  [2]int
	u, v       []int64
	rowOf      []int // row matched to each column, 0 for none; counted from 1
}

func newMatrix(score [][]int64, positions int) (*matrix, error) {
	m := &matrix{score: score, candidates: len(score), positions: positions, forbidden: [2]int{-1, -1}}
	if m.candidates > Most || positions > Most {
		return nil, ErrSize
	}
	var span int64
	for _, row := range score {
		if len(row) != positions {
			return nil, ErrSize
		}
		for _, s := range row {
			if s == None {
				continue
			}
			if s > Largest || s < -Largest {
				return nil, ErrSize
			}
			span = max(span, s, -s)
		}
	}
	m.n = m.candidates + positions
	m.bonus = 2*span*int64(min(m.candidates, positions)+1) + 1
	m.u, m.v, m.rowOf = make([]int64, m.n+1), make([]int64, m.n+1), make([]int, m.n+1)
	return m, nil
}

// impossible is above every cost that can occur and still safe to add.
const impossible = int64(1) << 60

// cost of putting row i on column j, both counted from 0.
func (m *matrix) cost(i, j int) int64 {
	if i >= m.candidates || j >= m.positions {
		return 0
	}
	s := m.score[i][j]
	if s == None || m.forbidden == [2]int{i, j} {
		return impossible
	}
	return -(s + m.bonus)
}

func (m *matrix) solve() {
	for i := 1; i <= m.n; i++ {
		m.augment(i)
	}
}

// augment brings one more row in by the cheapest alternating path.
func (m *matrix) augment(row int) {
	least, from, done := make([]int64, m.n+1), make([]int, m.n+1), make([]bool, m.n+1)
	for j := range least {
		least[j] = 1 << 62
	}
	m.rowOf[0] = row
	at := 0
	for {
		done[at] = true
		i, delta, next := m.rowOf[at], int64(1)<<62, 0
		for j := 1; j <= m.n; j++ {
			if done[j] {
				continue
			}
			if d := m.cost(i-1, j-1) - m.u[i] - m.v[j]; d < least[j] {
				least[j], from[j] = d, at
			}
			if least[j] < delta {
				delta, next = least[j], j
			}
		}
		for j := 0; j <= m.n; j++ {
			if done[j] {
				m.u[m.rowOf[j]] += delta
				m.v[j] -= delta
			} else {
				least[j] -= delta
			}
		}
		if at = next; m.rowOf[at] == 0 {
			break
		}
	}
	for at != 0 {
		m.rowOf[at] = m.rowOf[from[at]]
		at = from[at]
	}
}

func (m *matrix) plan() Plan {
	p := Plan{Of: make([]int, m.candidates)}
	for c := range p.Of {
		p.Of[c] = -1
	}
	for j := 1; j <= m.positions; j++ {
		if i := m.rowOf[j]; i > 0 && i <= m.candidates {
			p.Of[i-1] = j - 1
			p.Filled++
			p.Total += m.score[i-1][j-1]
		}
	}
	return p
}

// without returns the best plan that does not put candidate c on position p.
// One path from the best plan suffices, because its prices stay valid when a
// pair gets dearer.
func (m *matrix) without(c, p int) Plan {
	try := *m
	try.u, try.v, try.rowOf = clone(m.u), clone(m.v), clone(m.rowOf)
	try.forbidden = [2]int{c, p}
	try.rowOf[p+1] = 0
	try.augment(c + 1)
	return try.plan()
}

func clone[T any](s []T) []T { return append([]T(nil), s...) }
