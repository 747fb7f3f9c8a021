package ui

// Matrix is a square of outcomes: rows from the best down, columns from the
// lowest up, and the one cell that holds.
type Matrix struct {
	Caption string
	Columns []string   // "Perilaku di bawah", …
	Rows    []string   // "Hasil di atas", …
	Cells   [][]string // by row, then column
	Row     int        // the lit cell; negative when nothing is lit yet
	Column  int
}

func (m Matrix) lit(r, c int) bool { return r == m.Row && c == m.Column && m.Row >= 0 }
