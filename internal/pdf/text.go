package pdf

import (
	"strings"
	"unicode"
)

// clean keeps what the font can hold: no control characters, nothing beyond
// the first plane (shown as a box).
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case r > 0xFFFD:
			return '□'
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "□"))
}

// wrap breaks text into lines no wider than width in the font now set. Line
// breaks are kept; a word wider than the line is cut.
func (d *Doc) wrap(text string, width float64) []string {
	var lines []string
	for _, paragraph := range strings.Split(clean(text), "\n") {
		lines = append(lines, d.wrapOne(paragraph, width)...)
	}
	return lines
}

func (d *Doc) wrapOne(paragraph string, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.FieldsFunc(paragraph, breaksAt) {
		longer := word
		if line != "" {
			longer = line + " " + word
		}
		if d.f.GetStringWidth(longer) <= width {
			line = longer
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		pieces := d.cut(word, width)
		lines = append(lines, pieces[:len(pieces)-1]...)
		line = pieces[len(pieces)-1]
	}
	return append(lines, line)
}

// breaksAt tells where a line may break: at spaces, but not at the ones that
// hold a number and its unit together.
func breaksAt(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' }

// cut breaks a word into pieces no wider than width; at least one rune each.
func (d *Doc) cut(word string, width float64) []string {
	if d.f.GetStringWidth(word) <= width {
		return []string{word}
	}
	var pieces []string
	piece := ""
	for _, r := range word {
		if piece != "" && d.f.GetStringWidth(piece+string(r)) > width {
			pieces = append(pieces, piece)
			piece = ""
		}
		piece += string(r)
	}
	return append(pieces, piece)
}

// fit returns text in one line no wider than width, shortened with an ellipsis.
func (d *Doc) fit(text string, width float64) string {
	text = strings.ReplaceAll(clean(text), "\n", " ")
	if d.f.GetStringWidth(text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && d.f.GetStringWidth(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

// lines writes lines below each other from the cursor down, going to a new page
// where needed.
func (d *Doc) lines(lines []string, height float64, align string) {
	for _, line := range lines {
		d.room(height)
		d.f.SetX(d.left)
		d.f.CellFormat(d.width, height, line, "", 1, align, false, 0, "")
	}
}

// Letterhead writes the agency's head: what stands above it, its name, its
// address, and the gold rule.
func (d *Doc) Letterhead(above, name, below string) {
	d.ink(ink)
	d.font("", 11)
	d.lines(d.wrap(above, d.width), 5.2, "C")
	d.font("B", 13)
	d.lines(d.wrap(name, d.width), 6, "C")
	if below != "" {
		d.font("", sizeSmall)
		d.lines(d.wrap(below, d.width), lineSmall, "C")
	}
	y := d.f.GetY() + 2.5
	d.pen(gold, 0.9)
	d.f.Line(d.left, y, d.left+d.width, y)
	d.pen(gold, 0.25)
	d.f.Line(d.left, y+1.2, d.left+d.width, y+1.2)
	d.f.SetY(y + 6)
}

// Title writes the document's title and, below it, what it covers.
func (d *Doc) Title(title, sub string) {
	d.ink(ink)
	d.font("B", 13)
	d.lines(d.wrap(title, d.width), 6, "C")
	if sub != "" {
		d.font("", 10)
		d.lines(d.wrap(sub, d.width), 5, "C")
	}
	d.Space(4)
}

// headingRoom is a heading with the head and the first row of a table below it.
const headingRoom = 42

// Heading writes the title of a part, kept together with what follows.
func (d *Doc) Heading(text string) {
	d.Space(4)
	d.room(headingRoom)
	d.ink(ink)
	d.font("B", 10.5)
	d.lines(d.wrap(text, d.width), 5.4, "L")
	d.Space(0.8)
}

// Text writes a paragraph.
func (d *Doc) Text(text string) {
	d.ink(ink)
	d.font("", sizeText)
	d.lines(d.wrap(text, d.width), lineText, "L")
	d.Space(1.6)
}

// TextThen writes a paragraph that stays whole, on one page with so many
// millimetres that follow it.
func (d *Doc) TextThen(text string, mm float64) {
	d.font("", sizeText)
	height := float64(len(d.wrap(text, d.width)))*lineText + 1.6 + mm
	if height <= d.lower-marginTop {
		d.room(height)
	}
	d.Text(text)
}

// Note writes a paragraph in small, quiet letters.
func (d *Doc) Note(text string) {
	d.ink(mute)
	d.font("", sizeSmall)
	d.lines(d.wrap(text, d.width), lineSmall, "L")
	d.Space(1.2)
	d.ink(ink)
}
