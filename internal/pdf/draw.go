package pdf

import "math"

// Matrix is a square of outcomes with one cell lit, as on the evaluation form.
type Matrix struct {
	Columns []string
	Rows    []string
	Cells   [][]string
	Row     int // the lit cell; negative when there is none
	Column  int
}

// Matrix draws a matrix; the lit cell has a gold frame and bold letters.
func (d *Doc) Matrix(m Matrix) {
	const height, gap = 12.0, 1.2
	side := d.width * 0.2
	width := (d.width - side) / float64(max(len(m.Columns), 1))
	d.room(8 + float64(len(m.Rows))*(height+gap))
	y := d.f.GetY()
	d.font("", sizeSmall)
	d.ink(mute)
	for c, name := range m.Columns {
		d.centred(name, d.left+side+float64(c)*width, y, width, 6)
	}
	y += 7
	for r, name := range m.Rows {
		top := y + float64(r)*(height+gap)
		d.font("", sizeSmall)
		d.ink(mute)
		d.f.SetXY(d.left, top)
		d.f.CellFormat(side-2, height, d.fit(name, side-2), "", 0, "LM", false, 0, "")
		for c, word := range m.Cells[r] {
			d.matrixCell(word, d.left+side+float64(c)*width+gap/2, top, width-gap, height, r == m.Row && c == m.Column)
		}
	}
	d.ink(ink)
	d.f.SetXY(d.left, y+float64(len(m.Rows))*(height+gap)+1)
}

func (d *Doc) matrixCell(word string, x, y, w, h float64, lit bool) {
	d.pen(rule, 0.2)
	d.font("", sizeText-0.5)
	d.ink(mute)
	if lit {
		d.brush(soft)
		d.f.Rect(x, y, w, h, "F")
		d.pen(gold, 0.8)
		d.font("B", sizeText+0.5)
		d.ink(ink)
	}
	d.f.Rect(x, y, w, h, "D")
	d.centred(word, x, y, w, h)
}

func (d *Doc) centred(text string, x, y, w, h float64) {
	d.f.SetXY(x, y)
	d.f.CellFormat(w, h, d.fit(text, w-1), "", 0, "CM", false, 0, "")
}

// Check is a box with a tick or without, and what it stands for.
type Check struct {
	On   bool
	Text string
}

// Checks draws boxes below each other.
func (d *Doc) Checks(checks ...Check) {
	const box = 3.2
	for _, c := range checks {
		d.font("", sizeText)
		lines := d.wrap(c.Text, d.width-box-2)
		height := float64(len(lines)) * lineText
		d.room(height)
		y := d.f.GetY()
		d.Box(d.left, y+(lineText-box)/2, box, c.On)
		d.column(lines, d.left+box+2, y, ink)
		d.f.SetXY(d.left, y+height+0.6)
	}
}

// Box draws a square at a place of the page, ticked or not.
func (d *Doc) Box(x, y, size float64, on bool) {
	d.pen(ink, 0.25)
	d.f.Rect(x, y, size, size, "D")
	if on {
		d.pen(ink, 0.5)
		d.f.Line(x+size*0.2, y+size*0.55, x+size*0.42, y+size*0.78)
		d.f.Line(x+size*0.42, y+size*0.78, x+size*0.82, y+size*0.24)
	}
}

// Curve is a distribution drawn as curves over named steps: what is, and what
// is expected.
type Curve struct {
	Steps []string
	Lines []CurveLine
}

// CurveLine is one curve, a value a step; Dashed tells it apart in print.
type CurveLine struct {
	Name   string
	Values []float64
	Dashed bool
}

// Curve draws curves with their steps named below and a key.
func (d *Doc) Curve(c Curve) {
	const height = 42.0
	d.room(height + 18)
	top := d.f.GetY() + 2
	bottom := top + height
	most := 1.0
	for _, line := range c.Lines {
		for _, v := range line.Values {
			most = math.Max(most, v)
		}
	}
	d.pen(rule, 0.25)
	d.f.Line(d.left, bottom, d.left+d.width, bottom)
	step := d.width / float64(max(len(c.Steps), 1))
	d.font("", sizeSmall)
	d.ink(mute)
	for i, name := range c.Steps {
		d.centred(name, d.left+step*float64(i), bottom+1, step, 4.5)
	}
	for _, line := range c.Lines {
		d.curveLine(line, step, bottom, height/most)
	}
	d.curveKey(c.Lines, bottom+7)
	d.f.SetXY(d.left, bottom+13)
}

// curveLine draws a smooth line through the values: each piece leaves and
// arrives level, so the curve never leaves the range of its values.
func (d *Doc) curveLine(line CurveLine, step, bottom, scale float64) {
	d.stroke(line.Dashed)
	at := func(i int) (x, y float64) {
		return d.left + step*(float64(i)+0.5), bottom - line.Values[i]*scale
	}
	for i := 1; i < len(line.Values); i++ {
		x0, y0 := at(i - 1)
		x1, y1 := at(i)
		middle := (x0 + x1) / 2
		d.f.CurveBezierCubic(x0, y0, middle, y0, middle, y1, x1, y1, "D")
	}
	d.f.SetDashPattern([]float64{}, 0)
}

func (d *Doc) stroke(dashed bool) {
	if dashed {
		d.pen(gold, 0.5)
		d.f.SetDashPattern([]float64{1.6, 1.2}, 0)
		return
	}
	d.pen(sea, 0.7)
	d.f.SetDashPattern([]float64{}, 0)
}

func (d *Doc) curveKey(lines []CurveLine, y float64) {
	x := d.left
	d.font("", sizeSmall)
	d.ink(mute)
	for _, line := range lines {
		d.stroke(line.Dashed)
		d.f.Line(x, y+2, x+8, y+2)
		d.f.Text(x+10, y+3, clean(line.Name))
		x += 16 + d.f.GetStringWidth(clean(line.Name))
	}
	d.f.SetDashPattern([]float64{}, 0)
	d.ink(ink)
}
