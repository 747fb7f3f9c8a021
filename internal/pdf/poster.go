package pdf

// Poster is a page to hang up: what it is about, what is promised, and a large
// code that leads to an address.
type Poster struct {
	Above   string   // the office
	Title   string   // the service, in large letters
	Lines   []string // the promise
	Call    string   // what to do: "Beri pendapat, satu menit"
	Code    Code
	Address string // for those who type
	Below   []string
}

// Poster fills the page, beginning a new one unless the page is empty.
func (d *Doc) Poster(p Poster) {
	if d.f.GetY() > marginTop {
		d.NewPage()
	}
	d.ink(mute)
	d.font("", 14)
	d.lines(d.wrap(p.Above, d.width), 7, "C")
	d.ink(ink)
	d.font("B", 30)
	d.lines(d.wrap(p.Title, d.width), 13, "C")
	d.goldRule()
	d.font("", 15)
	for _, text := range p.Lines {
		d.lines(d.wrap(text, d.width), 8, "C")
	}
	d.Space(6)
	d.ink(sea)
	d.font("B", 22)
	d.lines(d.wrap(p.Call, d.width), 10, "C")
	d.ink(ink)
	side := min(110, d.lower-d.f.GetY()-34)
	y := d.f.GetY() + 2
	d.code(p.Code, d.left+(d.width-side)/2, y, side)
	d.f.SetY(y + side + 2)
	d.font("B", 14)
	d.lines(d.wrap(p.Address, d.width), 7, "C")
	d.ink(mute)
	d.font("", 10)
	for _, text := range p.Below {
		d.lines(d.wrap(text, d.width), 5, "C")
	}
	d.ink(ink)
}

func (d *Doc) goldRule() {
	y := d.f.GetY() + 3
	d.pen(gold, 0.9)
	d.f.Line(d.left+d.width/3, y, d.left+2*d.width/3, y)
	d.f.SetY(y + 6)
}
