package pdftext

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"

	"github.com/gurindam/gurindam/internal/fault"
)

// Limits of what is read; a form has a few pages.
const (
	mostPages = 60
	mostRuns  = 200_000
	mostBytes = 20 << 20
)

// Is reports whether the bytes begin as a PDF does.
func Is(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body, "\x00\t\r\n "), []byte("%PDF-"))
}

// Read returns the text of a PDF, a form feed after each page. What cannot be
// read, is encrypted, or holds no text is an Invalid fault on the field "file".
func Read(body []byte) (text string, err error) {
	broken := fault.WrongField("file", "pdftext.broken")
	defer func() {
		if recover() != nil { // the library panics on damaged files
			text, err = "", broken
		}
	}()
	if len(body) > mostBytes {
		return "", fault.WrongField("file", "pdftext.large", mostBytes>>20)
	}
	r, err := pdf.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return "", broken.Because(err)
	}
	var b strings.Builder
	runs := 0
	for n := 1; n <= min(r.NumPage(), mostPages); n++ {
		page := r.Page(n)
		if page.V.IsNull() {
			continue
		}
		all := page.Content().Text
		if runs += len(all); runs > mostRuns {
			return "", fault.WrongField("file", "pdftext.large", mostBytes>>20)
		}
		writePage(&b, all)
	}
	if strings.TrimSpace(b.String()) == "" {
		return "", fault.WrongField("file", "pdftext.no_text")
	}
	return b.String(), nil
}

// column is the width of a character of the text that is written, in points.
const column = 4.0

// writePage puts the runs of a page into lines, each at its column.
func writePage(b *strings.Builder, runs []pdf.Text) {
	slices.SortStableFunc(runs, func(a, c pdf.Text) int { return cmp.Compare(c.Y, a.Y) })
	for len(runs) > 0 {
		n := 1
		for n < len(runs) && math.Abs(runs[n].Y-runs[0].Y) <= 2 {
			n++
		}
		writeLine(b, runs[:n])
		runs = runs[n:]
	}
	b.WriteByte('\f')
}

func writeLine(b *strings.Builder, runs []pdf.Text) {
	slices.SortStableFunc(runs, func(a, c pdf.Text) int { return cmp.Compare(a.X, c.X) })
	at, end, blank := 0, -1.0, false
	for _, r := range runs {
		text := strings.ToValidUTF8(r.S, "")
		if strings.TrimSpace(text) == "" {
			blank = true
			continue
		}
		gap := r.X - end
		switch {
		case end < 0 || gap > max(r.FontSize, 6)*0.9: // another column
			want := int(r.X / column)
			pad := max(want-at, 2)
			if end < 0 {
				pad = max(want, 0)
			}
			b.WriteString(strings.Repeat(" ", pad))
			at += pad
		case blank || gap > max(r.FontSize, 6)*0.15:
			b.WriteByte(' ')
			at++
		}
		blank = false
		b.WriteString(text)
		at += utf8.RuneCountInString(text)
		end = r.X + max(r.W, float64(utf8.RuneCountInString(text))*r.FontSize*0.2)
	}
	b.WriteByte('\n')
}
