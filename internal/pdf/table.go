package pdf

// Table is a table with rules around its cells. Head rows are repeated on every
// page it runs over.
type Table struct {
	Widths []float64 // shares of the width; equal when empty
	Head   [][]Cell
	Rows   [][]Cell
	Small  bool
	Then   float64 // millimetres that follow on the page of the last rows: signatures are never alone
}

// Cell is one cell. Align is "L" (default), "C" or "R".
type Cell struct {
	Text  string
	Align string
	Bold  bool
	Mute  bool
	Span  int  // columns it covers; 1 when zero
	Shade bool // on a tinted ground
	Joint bool // goes on from the cell above: no line between them
}

// Cells makes a row of plain cells.
func Cells(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, t := range texts {
		row[i].Text = t
	}
	return row
}

// HeadCells makes a head row: bold, tinted, centred.
func HeadCells(texts ...string) []Cell {
	row := Cells(texts...)
	for i := range row {
		row[i].Bold, row[i].Shade, row[i].Align = true, true, "C"
	}
	return row
}

const padX, padY = 1.6, 1.0

// laid is a cell with its place and lines.
type laid struct {
	Cell
	x, width float64
	lines    []string
	open     bool // the cell below goes on from it
}

// Table writes a table.
func (d *Doc) Table(t Table) {
	size, line := sizeText-0.5, 4.2
	if t.Small {
		size, line = sizeSmall-0.5, 3.6
	}
	widths := d.widths(t)
	head := d.layout(t.Head, widths, size)
	headHeight := 0.0
	for _, row := range head {
		headHeight += rowHeight(row, line)
	}
	first := line + 2*padY
	rows := d.layout(t.Rows, widths, size)
	join(rows)
	if len(rows) > 0 {
		first = min(rowHeight(rows[0], line), 30)
	}
	last := max(len(rows)-lastRows, 0)
	tail := d.ending(rows[last:], t.Then, headHeight, line)
	if last == 0 {
		first = max(first, tail)
	}
	d.room(headHeight + first)
	d.rows(head, size, line)
	for i, row := range rows {
		if i == last && last > 0 && tail > d.lower-d.f.GetY() {
			d.shut(row)
			d.NewPage()
			d.rows(head, size, line)
		}
		d.row(row, head, headHeight, size, line)
	}
	d.Space(2)
}

// lastRows is how many rows go along with what must not stand alone.
const lastRows = 2

// ending is the room the last rows take with what follows them; nothing where
// nothing follows, or where both fit on no page.
func (d *Doc) ending(rows [][]laid, then, headHeight, line float64) float64 {
	if then == 0 {
		return 0
	}
	height := then + 2
	for _, row := range rows {
		height += rowHeight(row, line)
	}
	if headHeight+height > d.lower-marginTop {
		return 0
	}
	return height
}

// join opens the cells that the row below goes on from.
func join(rows [][]laid) {
	for i := 1; i < len(rows); i++ {
		for k := range rows[i] {
			if rows[i][k].Joint && k < len(rows[i-1]) {
				rows[i-1][k].open = true
			}
		}
	}
}

func (d *Doc) widths(t Table) []float64 {
	shares := t.Widths
	if len(shares) == 0 {
		n := 1
		for _, row := range append(append([][]Cell{}, t.Head...), t.Rows...) {
			n = max(n, columns(row))
		}
		shares = make([]float64, n)
		for i := range shares {
			shares[i] = 1
		}
	}
	total := 0.0
	for _, s := range shares {
		total += s
	}
	out := make([]float64, len(shares))
	for i, s := range shares {
		out[i] = s / total * d.width
	}
	return out
}

func columns(row []Cell) int {
	n := 0
	for _, c := range row {
		n += max(c.Span, 1)
	}
	return n
}

// layout gives every cell its place and breaks its text. Cells beyond the last
// column are left out.
func (d *Doc) layout(rows [][]Cell, widths []float64, size float64) [][]laid {
	out := make([][]laid, 0, len(rows))
	for _, row := range rows {
		var cells []laid
		x, column := d.left, 0
		for _, c := range row {
			if column >= len(widths) {
				break
			}
			width := 0.0
			for range max(c.Span, 1) {
				if column < len(widths) {
					width += widths[column]
					column++
				}
			}
			d.font(style(c), size)
			cells = append(cells, laid{Cell: c, x: x, width: width, lines: d.wrap(c.Text, width-2*padX)})
			x += width
		}
		out = append(out, cells)
	}
	return out
}

func style(c Cell) string {
	if c.Bold {
		return "B"
	}
	return ""
}

func rowHeight(row []laid, line float64) float64 {
	n := 1
	for _, c := range row {
		n = max(n, len(c.lines))
	}
	return float64(n)*line + 2*padY
}

func (d *Doc) rows(rows [][]laid, size, line float64) {
	for _, row := range rows {
		d.drawRow(row, rowHeight(row, line), size, line)
	}
}

// row writes one row; it moves to the next page when it fits there, and is
// split over pages when it fits on none.
func (d *Doc) row(row []laid, head [][]laid, headHeight, size, line float64) {
	for {
		height, left := rowHeight(row, line), d.lower-d.f.GetY()
		if height <= left {
			d.drawRow(row, height, size, line)
			return
		}
		if whole := d.lower - marginTop - headHeight; height > whole {
			if n := int((left - 2*padY) / line); n >= 2 {
				part, rest := split(row, n)
				d.drawRow(part, rowHeight(part, line), size, line)
				row = rest
			}
		}
		d.shut(row)
		d.NewPage()
		d.rows(head, size, line)
	}
}

// shut closes the cells that go on in a row of the next page.
func (d *Doc) shut(row []laid) {
	d.pen(rule, 0.2)
	for _, c := range row {
		if c.Joint {
			d.f.Line(c.x, d.f.GetY(), c.x+c.width, d.f.GetY())
		}
	}
}

// split takes the first n lines of every cell; the rest goes on.
func split(row []laid, n int) (part, rest []laid) {
	for _, c := range row {
		first, second := c, c
		cut := min(n, len(c.lines))
		first.lines, second.lines = c.lines[:cut], c.lines[cut:]
		part, rest = append(part, first), append(rest, second)
	}
	return part, rest
}

func (d *Doc) drawRow(row []laid, height, size, line float64) {
	y := d.f.GetY()
	for _, c := range row {
		d.pen(rule, 0.2)
		d.box(c, y, height)
		d.font(style(c.Cell), size)
		d.ink(ink)
		if c.Mute {
			d.ink(mute)
		}
		for i, text := range c.lines {
			d.f.SetXY(c.x+padX, y+padY+float64(i)*line)
			d.f.CellFormat(c.width-2*padX, line, text, "", 0, alignOf(c.Align), false, 0, "")
		}
	}
	d.ink(ink)
	d.f.SetXY(d.left, y+height)
}

// box draws the ground and the rules of a cell.
func (d *Doc) box(c laid, y, height float64) {
	switch {
	case c.Shade:
		d.brush(soft)
		d.f.Rect(c.x, y, c.width, height, "FD")
		return
	case !c.Joint && !c.open:
		d.f.Rect(c.x, y, c.width, height, "D")
		return
	}
	d.f.Line(c.x, y, c.x, y+height)
	d.f.Line(c.x+c.width, y, c.x+c.width, y+height)
	if !c.Joint {
		d.f.Line(c.x, y, c.x+c.width, y)
	}
	if !c.open {
		d.f.Line(c.x, y+height, c.x+c.width, y+height)
	}
}

func alignOf(align string) string {
	if align == "" {
		return "L"
	}
	return align
}

// Pairs writes names and values in two columns without rules.
func (d *Doc) Pairs(pairs ...[2]string) {
	const nameShare = 0.3
	for _, p := range pairs {
		d.font("", sizeText)
		name := d.wrap(p[0], d.width*nameShare-4)
		value := d.wrap(p[1], d.width*(1-nameShare)-4)
		height := float64(max(len(name), len(value))) * lineText
		d.room(height)
		y := d.f.GetY()
		d.column(name, d.left, y, mute)
		d.column([]string{":"}, d.left+d.width*nameShare-3, y, mute)
		d.column(value, d.left+d.width*nameShare, y, ink)
		d.f.SetXY(d.left, y+height+0.6)
	}
	d.ink(ink)
}

func (d *Doc) column(lines []string, x, y float64, c colour) {
	d.ink(c)
	for i, line := range lines {
		d.f.SetXY(x, y+float64(i)*lineText)
		d.f.CellFormat(d.width, lineText, line, "", 0, "L", false, 0, "")
	}
}
