package pdf

// Bars is a chart of horizontal bars with their intervals.
type Bars struct {
	Least, Most float64
	Marks       []float64 // borders of grades, drawn across
	Rows        []BarRow
}

// BarRow is one bar. Equal ends of the interval mean there is none.
type BarRow struct {
	Label, Value string
	At, Lo, Hi   float64
	Strong       bool
}

const (
	barRow   = 6.2
	barThick = 3.2
)

// Bars draws the chart; it stays on one page.
func (d *Doc) Bars(b Bars) {
	d.Space(1)
	d.room(barRow * float64(len(b.Rows)))
	label, value := d.width*0.32, 18.0
	x0, span := d.left+label+3, d.width-label-value-6
	place := func(v float64) float64 { return x0 + span*min(max((v-b.Least)/(b.Most-b.Least), 0), 1) }
	top := d.f.GetY()
	for i, r := range b.Rows {
		y := top + float64(i)*barRow
		d.barText(r, y, label, value)
		d.brush(soft)
		d.f.Rect(x0, y+1.4, span, barThick, "F")
		d.brush(rule)
		if r.Strong {
			d.brush(sea)
		}
		d.f.Rect(x0, y+1.4, place(r.At)-x0, barThick, "F")
		if r.Lo < r.Hi {
			d.pen(ink, 0.4)
			d.f.Line(place(r.Lo), y+1.4+barThick/2, place(r.Hi), y+1.4+barThick/2)
			d.f.Line(place(r.Lo), y+1.9, place(r.Lo), y+4.1)
			d.f.Line(place(r.Hi), y+1.9, place(r.Hi), y+4.1)
		}
	}
	height := barRow * float64(len(b.Rows))
	d.pen(mute, 0.15)
	for _, m := range b.Marks {
		d.f.Line(place(m), top, place(m), top+height)
	}
	d.f.SetXY(d.left, top+height+2)
}

func (d *Doc) barText(r BarRow, y, label, value float64) {
	style := ""
	if r.Strong {
		style = "B"
	}
	d.font(style, sizeText-0.5)
	d.ink(ink)
	d.f.SetXY(d.left, y+0.6)
	d.f.CellFormat(label, 4.8, d.fit(r.Label, label), "", 0, "L", false, 0, "")
	d.f.SetXY(d.left+d.width-value, y+0.6)
	d.f.CellFormat(value, 4.8, r.Value, "", 0, "R", false, 0, "")
}
