package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
)

// Paper is the size of the sheets.
type Paper string

// The papers.
const (
	A4 Paper = "A4"
	A3 Paper = "A3"
)

// Config describes a document. Title, Lang and Date belong to every document:
// they are written into it, and the date makes its bytes repeatable.
type Config struct {
	Title     string
	Subject   string
	Author    string // the agency
	Lang      string // "id" or "en"
	Date      time.Time
	Paper     Paper // A4 when empty
	Landscape bool
	Running   string // at the foot of every page, left; the title when empty
	PageLine  string // "Halaman {0} dari {1}"
	Attached  []File
}

// File is attached to a document as a whole.
type File struct {
	Name    string
	Note    string
	Content []byte
}

// Measures in millimetres.
const (
	marginSide   = 20.0
	marginTop    = 16.0
	marginBottom = 20.0
	footAt       = 12.0 // the foot's distance from the lower edge
)

// Sizes in points, with their line heights in millimetres.
const (
	sizeText  = 9.5
	sizeSmall = 8.0
	lineText  = 4.6
	lineSmall = 3.9
)

// pagesAlias stands for the number of pages until it is known.
const pagesAlias = "{gurindam:pages}"

type colour struct{ r, g, b int }

var (
	ink  = colour{0x12, 0x21, 0x2B}
	mute = colour{0x4C, 0x58, 0x5E}
	rule = colour{0x8A, 0x92, 0x96}
	soft = colour{0xEE, 0xF2, 0xF2}
	gold = colour{0xB2, 0x7A, 0x12}
	sea  = colour{0x0B, 0x55, 0x63}
)

// Doc is a document being written. Make it with New, end with Bytes.
type Doc struct {
	f     *fpdf.Fpdf
	cfg   Config
	left  float64
	width float64 // between the margins
	lower float64 // where the foot begins
}

// New begins a document with its first page.
func New(cfg Config) *Doc {
	orientation := "P"
	if cfg.Landscape {
		orientation = "L"
	}
	if cfg.Paper == "" {
		cfg.Paper = A4
	}
	f := fpdf.New(orientation, "mm", string(cfg.Paper), "")
	f.SetCreationDate(cfg.Date)
	f.SetModificationDate(cfg.Date)
	f.SetCatalogSort(true)
	f.SetProducer("Gurindam", true)
	f.SetTitle(clean(cfg.Title), true)
	f.SetSubject(clean(cfg.Subject), true)
	f.SetAuthor(clean(cfg.Author), true)
	f.SetLang(cfg.Lang)
	f.AddUTF8FontFromBytes("sans", "", liberationsansregular.TTF)
	f.AddUTF8FontFromBytes("sans", "B", liberationsansbold.TTF)
	f.AliasNbPages(pagesAlias)
	f.SetMargins(marginSide, marginTop, marginSide)
	f.SetAutoPageBreak(false, 0)
	f.SetCellMargin(0)
	attach(f, cfg.Attached)
	w, h := f.GetPageSize()
	d := &Doc{f: f, cfg: cfg, left: marginSide, width: w - 2*marginSide, lower: h - marginBottom}
	f.SetFooterFunc(d.foot)
	d.NewPage()
	return d
}

func attach(f *fpdf.Fpdf, files []File) {
	list := make([]fpdf.Attachment, 0, len(files))
	for _, file := range files {
		list = append(list, fpdf.Attachment{Filename: clean(file.Name), Description: clean(file.Note), Content: file.Content})
	}
	if len(list) > 0 {
		f.SetAttachments(list)
	}
}

// Bytes ends the document and returns it.
func (d *Doc) Bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := d.f.Output(&b); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return b.Bytes(), nil
}

// NewPage begins a new page.
func (d *Doc) NewPage() {
	d.f.AddPage()
	d.f.SetXY(d.left, marginTop)
}

// Pages is the number of pages so far.
func (d *Doc) Pages() int { return d.f.PageNo() }

// Space leaves room of so many millimetres; none at the top of a page.
func (d *Doc) Space(mm float64) {
	if d.f.GetY() > marginTop {
		d.f.SetY(d.f.GetY() + mm)
	}
}

// room begins a new page unless so many millimetres are left on this one.
func (d *Doc) room(mm float64) {
	if d.f.GetY()+mm > d.lower && d.f.GetY() > marginTop {
		d.NewPage()
	}
}

// foot writes the running line and the page's number on every page.
func (d *Doc) foot() {
	_, h := d.f.GetPageSize()
	running := d.cfg.Running
	if running == "" {
		running = d.cfg.Title
	}
	d.font("", sizeSmall)
	d.ink(mute)
	pages := strings.NewReplacer("{0}", fmt.Sprint(d.f.PageNo()), "{1}", pagesAlias).Replace(d.cfg.PageLine)
	// The alias is wider than the number it stands for: measure with digits.
	shown := strings.ReplaceAll(pages, pagesAlias, "00")
	width := d.f.GetStringWidth(shown)
	d.f.Text(d.left, h-footAt, d.fit(running, d.width-width-6))
	d.f.Text(d.left+d.width-width, h-footAt, pages)
	d.ink(ink)
}

func (d *Doc) font(style string, size float64) { d.f.SetFont("sans", style, size) }

func (d *Doc) ink(c colour) { d.f.SetTextColor(c.r, c.g, c.b) }

func (d *Doc) pen(c colour, width float64) {
	d.f.SetDrawColor(c.r, c.g, c.b)
	d.f.SetLineWidth(width)
}

func (d *Doc) brush(c colour) { d.f.SetFillColor(c.r, c.g, c.b) }
