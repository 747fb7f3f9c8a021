package pdf

// Slip is one of eight pieces of paper cut from a sheet: an account to open, a
// code for a survey.
type Slip struct {
	Above string      // the agency
	Title string      // whose it is
	Note  string      // the unit
	Pairs [][2]string // a name and a value, one below the other
	Word  string      // what is typed, in large letters
	Code  Code        // leads to the same place; may be nil
	Foot  string      // until when it is good, what to do
}

// The grid of a sheet of slips, in millimetres.
const (
	slipColumns = 2
	slipRows    = 4
	slipWidth   = 97.0
	slipHeight  = 67.0
	slipLeft    = 8.0
	slipTop     = 8.0
	slipPad     = 6.0
	slipCode    = 28.0
)

// Slips writes slips, eight a sheet of A4, with dashed lines to cut along. It
// begins on the current page, which has to be empty.
func (d *Doc) Slips(slips ...Slip) {
	for i, s := range slips {
		place := i % (slipColumns * slipRows)
		if place == 0 {
			if i > 0 {
				d.NewPage()
			}
			d.cutLines()
		}
		column, row := place%slipColumns, place/slipColumns
		d.slip(s, slipLeft+float64(column)*slipWidth, slipTop+float64(row)*slipHeight)
	}
}

func (d *Doc) cutLines() {
	d.pen(rule, 0.2)
	d.f.SetDashPattern([]float64{1.5, 1.5}, 0)
	for row := 1; row <= slipRows; row++ {
		y := slipTop + float64(row)*slipHeight
		d.f.Line(slipLeft, y, slipLeft+slipColumns*slipWidth, y)
	}
	for column := 1; column < slipColumns; column++ {
		x := slipLeft + float64(column)*slipWidth
		d.f.Line(x, slipTop, x, slipTop+slipRows*slipHeight)
	}
	d.f.SetDashPattern(nil, 0)
}

// slip writes one slip into its field.
func (d *Doc) slip(s Slip, left, top float64) {
	x, y, width := left+slipPad, top+slipPad, slipWidth-2*slipPad
	write := func(text, style string, size, height float64, c colour, w float64) {
		if text == "" {
			return
		}
		d.font(style, size)
		d.ink(c)
		d.f.SetXY(x, y)
		d.f.CellFormat(w, height, d.fit(text, w), "", 0, "L", false, 0, "")
		y += height
	}
	write(s.Above, "", 7.5, 4, mute, width)
	d.pen(gold, 0.5)
	d.f.Line(x, y+0.5, x+width, y+0.5)
	y += 2
	write(s.Title, "B", 11, 5.4, ink, width)
	write(s.Note, "", 8, 4.2, mute, width)
	y += 1.5
	text := width
	if s.Code != nil {
		text -= slipCode + 2
		d.code(s.Code, x+width-slipCode+2, y-1, slipCode)
	}
	for _, p := range s.Pairs {
		write(p[0], "", 7.5, 3.6, mute, text)
		write(p[1], "B", 9.5, 4.8, ink, text)
	}
	write(s.Word, "B", 13, 7, sea, text)
	d.slipFoot(s.Foot, x, top+slipHeight-slipPad, width)
	d.ink(ink)
}

// slipFoot writes the last lines so that they end at the slip's lower edge.
func (d *Doc) slipFoot(foot string, x, bottom, width float64) {
	const size, height = 7.0, 3.3
	d.font("", size)
	d.ink(mute)
	lines := d.wrap(foot, width)
	for i, line := range lines {
		d.f.SetXY(x, bottom-float64(len(lines)-i)*height)
		d.f.CellFormat(width, height, line, "", 0, "L", false, 0, "")
	}
}
