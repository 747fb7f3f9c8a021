package qr

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"strings"
	"testing"
)

const address = "https://kinerja.example.go.id/v/7KQ4-M2TD"

func code(t *testing.T, text string) Code {
	t.Helper()
	c, err := Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// finder reports whether the 7 × 7 finder pattern has its corner at x, y.
func finder(c Code, x, y int) bool {
	for dy := range 7 {
		for dx := range 7 {
			ring := dx == 0 || dy == 0 || dx == 6 || dy == 6
			heart := dx >= 2 && dx <= 4 && dy >= 2 && dy <= 4
			if c.Dark(x+dx, y+dy) != (ring || heart) {
				return false
			}
		}
	}
	return true
}

func TestCodesHaveTheirFinders(t *testing.T) {
	for _, text := range []string{address, "A", strings.Repeat("7", 500), "survei: Puskesmas Mekar Baru – loket 3"} {
		c := code(t, text)
		if (c.Size()-17)%4 != 0 || c.Size() < 21 {
			t.Errorf("%q: side of %d modules is no version of a QR code", text, c.Size())
		}
		if !finder(c, 0, 0) || !finder(c, c.Size()-7, 0) || !finder(c, 0, c.Size()-7) {
			t.Errorf("%q: a finder pattern is missing", text)
		}
	}
}

func TestTooMuchTextIsAnError(t *testing.T) {
	if _, err := Encode(strings.Repeat("æ", 3000)); err == nil {
		t.Error("a text that fits no code was taken")
	}
}

func TestRunsCoverTheDarkModules(t *testing.T) {
	c := code(t, address)
	covered := map[[2]int]bool{}
	for _, r := range c.Runs() {
		for x := r.X; x < r.X+r.Width; x++ {
			covered[[2]int{x, r.Y}] = true
		}
	}
	for y := range c.Size() {
		for x := range c.Size() {
			if covered[[2]int{x, y}] != c.Dark(x, y) {
				t.Fatalf("module %d,%d is dark %v, covered %v", x, y, c.Dark(x, y), !c.Dark(x, y))
			}
		}
	}
}

func TestSVGIsWellFormedAndNamed(t *testing.T) {
	var b strings.Builder
	if err := code(t, address).SVG(`Ke "verifikasi" <7KQ4>`).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(b.String()))
	label := ""
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if el, ok := tok.(xml.StartElement); ok {
			for _, a := range el.Attr {
				if a.Name.Local == "aria-label" {
					label = a.Value
				}
				if a.Name.Local == "style" {
					t.Error("a style attribute breaks the content policy")
				}
			}
		}
	}
	if label != `Ke "verifikasi" <7KQ4>` {
		t.Errorf("label %q", label)
	}
}

func TestPNGHasItsMargin(t *testing.T) {
	c := code(t, address)
	raw, err := c.PNG(3)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if side := (c.Size() + 2*Quiet) * 3; img.Bounds().Dx() != side {
		t.Errorf("side %d, want %d", img.Bounds().Dx(), side)
	}
	if r, _, _, _ := img.At(Quiet*3-1, Quiet*3-1).RGBA(); r == 0 {
		t.Error("the quiet margin is dark")
	}
	if r, _, _, _ := img.At(Quiet*3, Quiet*3).RGBA(); r != 0 {
		t.Error("the first module of the finder is light")
	}
}
