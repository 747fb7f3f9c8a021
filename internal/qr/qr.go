package qr

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// Quiet is the white margin around a code, in modules, that readers need.
const Quiet = 4

// Code is a QR code: a square of dark and light modules.
type Code struct {
	size int
	dark []bool
}

// Encode makes a code of a text with error correction level M (15 %). Text of
// more than about 2,300 bytes does not fit and is an error.
func Encode(text string) (Code, error) {
	b, err := encode(text)
	if err != nil {
		return Code{}, fmt.Errorf("make QR code: %w", err)
	}
	size := b.Bounds().Dx()
	c := Code{size: size, dark: make([]bool, size*size)}
	for y := range size {
		for x := range size {
			r, _, _, _ := b.At(x, y).RGBA()
			c.dark[y*size+x] = r < 0x8000
		}
	}
	return c, nil
}

func encode(text string) (barcode.Barcode, error) {
	return qr.Encode(text, qr.M, qr.Auto)
}

// Size is the number of modules along a side, without the quiet margin.
func (c Code) Size() int { return c.size }

// Dark reports whether the module in column x and row y is dark.
func (c Code) Dark(x, y int) bool {
	return x >= 0 && y >= 0 && x < c.size && y < c.size && c.dark[y*c.size+x]
}

// Run is a stretch of dark modules in one row.
type Run struct{ X, Y, Width int }

// Runs lists the dark stretches, row by row: the fewest rectangles to draw.
func (c Code) Runs() []Run {
	var runs []Run
	for y := range c.size {
		for x := 0; x < c.size; x++ {
			start := x
			for c.Dark(x, y) {
				x++
			}
			if x > start {
				runs = append(runs, Run{start, y, x - start})
			}
		}
	}
	return runs
}

// SVG is a code to be set on a page; it fits where a templ component is
// expected. Label says where it leads, for those who do not see it.
func (c Code) SVG(label string) SVG { return SVG{c, label} }

// SVG writes a code with the classes "qr", "ground" and "dots".
type SVG struct {
	code  Code
	label string
}

// Render writes the picture.
func (s SVG) Render(_ context.Context, w io.Writer) error {
	side := s.code.size + 2*Quiet
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="qr" role="img" aria-label="%s" viewBox="0 0 %d %d">`, html.EscapeString(s.label), side, side)
	fmt.Fprintf(&b, `<path class="ground" fill="#fff" d="M0 0h%dv%dH0z"></path><path class="dots" d="`, side, side)
	for _, r := range s.code.Runs() {
		fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", r.X+Quiet, r.Y+Quiet, r.Width, r.Width)
	}
	b.WriteString(`"></path></svg>`)
	_, err := io.WriteString(w, b.String())
	return err
}

// PNG draws the code with its quiet margin, each module scale pixels wide
// (at least 1).
func (c Code) PNG(scale int) ([]byte, error) {
	scale = max(scale, 1)
	side := (c.size + 2*Quiet) * scale
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			if c.Dark(x/scale-Quiet, y/scale-Quiet) {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, fmt.Errorf("draw QR code: %w", err)
	}
	return b.Bytes(), nil
}
