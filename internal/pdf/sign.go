package pdf

// Signature is who signed, where and when. How says that it was signed
// electronically; empty leaves room for a pen.
type Signature struct {
	Above string // "Tanjungpinang, 19 Januari 2026"
	Role  string
	How   string
	Name  string
	NIP   string
	Rank  string
}

// signHeight is the room signatures take, proofHeight that of the foot.
const signHeight, proofHeight = 38.0, 28.0

// Closing is the room that signatures and the foot take together: give it to
// the last table (Table.Then) or paragraph (TextThen), so that they never stand
// on a page of their own.
const Closing = 4 + signHeight + proofHeight

// Foot is the room the foot takes alone.
const Foot = proofHeight

// Close keeps the signatures and the foot that follow on one page.
func (d *Doc) Close() { d.room(Closing) }

// Signatures writes up to three signatures side by side; they stay on one page.
func (d *Doc) Signatures(list ...Signature) {
	d.Space(4)
	d.room(signHeight)
	y := d.f.GetY()
	gap := 8.0
	width := (d.width - gap*float64(max(len(list), 2)-1)) / float64(max(len(list), 2))
	lowest := y
	for i, s := range list {
		x := d.left + float64(i)*(width+gap)
		lowest = max(lowest, d.signature(s, x, y, width))
	}
	d.f.SetXY(d.left, lowest+2)
}

func (d *Doc) signature(s Signature, x, y, width float64) float64 {
	write := func(text, bold string, c colour) {
		if text == "" {
			return
		}
		d.font(bold, sizeText)
		d.ink(c)
		for _, line := range d.wrap(text, width) {
			d.f.SetXY(x, y)
			d.f.CellFormat(width, lineText, line, "", 0, "L", false, 0, "")
			y += lineText
		}
	}
	write(s.Above, "", ink)
	write(s.Role, "", ink)
	if s.How != "" {
		y += 2
		d.pen(gold, 0.8)
		d.f.Line(x+0.4, y, x+0.4, y+lineText)
		x += 3
		write(s.How, "", mute)
		x -= 3
		y += 2
	} else {
		y += 18
	}
	write(s.Name, "B", ink)
	write(s.Rank, "", ink)
	if s.NIP != "" {
		write("NIP "+s.NIP, "", ink)
	}
	return y
}

// Code is a square of dark and light modules; qr.Code is one.
type Code interface {
	Size() int
	Dark(x, y int) bool
}

// Proof writes the foot that lets anybody check the document: the code, and a
// sentence with the address it leads to. It stays together on one page.
func (d *Doc) Proof(code Code, sentence, address string) {
	const side = 22.0
	d.Space(2)
	d.room(proofHeight - 2)
	y := d.f.GetY()
	d.pen(rule, 0.2)
	d.f.Line(d.left, y, d.left+d.width, y)
	y += 2.5
	d.code(code, d.left, y, side)
	x, width := d.left+side+5, d.width-side-5
	d.font("", sizeSmall)
	lines := d.wrap(sentence, width)
	d.font("B", sizeSmall)
	bold := d.wrap(address, width)
	at := y + (side-float64(len(lines)+len(bold))*lineSmall)/2
	d.proofLines(lines, "", x, at, width, mute)
	d.proofLines(bold, "B", x, at+float64(len(lines))*lineSmall, width, ink)
	d.ink(ink)
	d.f.SetXY(d.left, y+side+2)
}

func (d *Doc) proofLines(lines []string, style string, x, y, width float64, c colour) {
	d.font(style, sizeSmall)
	d.ink(c)
	for i, line := range lines {
		d.f.SetXY(x, y+float64(i)*lineSmall)
		d.f.CellFormat(width, lineSmall, line, "", 0, "L", false, 0, "")
	}
}

// code draws the dark modules as black squares, runs of a row in one piece.
func (d *Doc) code(c Code, x, y, side float64) {
	const quiet = 2
	module := side / float64(c.Size()+2*quiet)
	d.f.SetFillColor(0, 0, 0)
	for row := range c.Size() {
		for col := 0; col < c.Size(); col++ {
			start := col
			for c.Dark(col, row) {
				col++
			}
			if col > start {
				d.f.Rect(x+float64(start+quiet)*module, y+float64(row+quiet)*module, float64(col-start)*module, module, "F")
			}
		}
	}
}
