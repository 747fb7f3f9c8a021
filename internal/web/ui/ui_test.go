package ui

import (
	"context"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/rulebook"
)

func printer(t *testing.T, l i18n.Lang) *i18n.Printer {
	t.Helper()
	b, err := i18n.NewBundle(Locale, rulebook.Locale)
	if err != nil {
		t.Fatal(err)
	}
	return b.Printer(l)
}

// page is a rendered part that can be asked for its elements.
type page struct {
	t    *testing.T
	root *html.Node
	text string
}

func render(t *testing.T, c templ.Component) page {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), " style=") || strings.Contains(b.String(), "<script") || strings.Contains(b.String(), " onclick=") {
		t.Errorf("breaks the content policy: %s", b.String())
	}
	return page{t, root, b.String()}
}

func (p page) all(selector string) []*html.Node {
	return cascadia.QueryAll(p.root, cascadia.MustCompile(selector))
}

// one returns the only element that matches.
func (p page) one(selector string) *html.Node {
	p.t.Helper()
	found := p.all(selector)
	if len(found) != 1 {
		p.t.Fatalf("%d elements match %s in %s", len(found), selector, p.text)
	}
	return found[0]
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func words(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(words(c))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (p page) says(selector, want string) {
	p.t.Helper()
	if got := words(p.one(selector)); got != want {
		p.t.Errorf("%s says %q, want %q", selector, got, want)
	}
}

func (p page) has(selector, name, want string) {
	p.t.Helper()
	if got := attr(p.one(selector), name); got != want {
		p.t.Errorf("%s has %s=%q, want %q", selector, name, got, want)
	}
}

func TestButtonsSayWhatHappens(t *testing.T) {
	p := render(t, Button(Act{Text: "Hapus indikator", Icon: "trash", Look: Danger, Name: "act", Value: "delete", Confirm: "Tidak dapat dikembalikan.", NoCheck: true}))
	p.says("button.btn.no", "Hapus indikator")
	p.has("button", "data-confirm", "Tidak dapat dikembalikan.")
	p.has("button", "value", "delete")
	p.has("button svg", "aria-hidden", "true")
	p.one("button[formnovalidate][type=submit]")

	link := render(t, Button(Act{Text: "Buka", To: "/skp", Pane: true, Attrs: templ.Attributes{"title": "Buka SKP"}}))
	link.has("a.btn[data-pane]", "href", "/skp")
	link.has("a", "title", "Buka SKP")
	if unsafe := render(t, Button(Link("x", "javascript:alert(1)"))); strings.Contains(attr(unsafe.one("a"), "href"), "alert") {
		t.Error("a link to a script was written")
	}
}

func TestPostIsAFormOfOneButton(t *testing.T) {
	p := render(t, Post("/skp/7/ajukan", Act{Text: "Ajukan SKP ke atasan", Look: Go}, "version", "3"))
	p.has("form[method=post]", "action", "/skp/7/ajukan")
	p.has("input[type=hidden][name=version]", "value", "3")
	p.says("button.go", "Ajukan SKP ke atasan")
}

func TestFieldsNameTheirHintAndError(t *testing.T) {
	pr := printer(t, i18n.Indonesian)
	p := render(t, Input(pr, Field{Name: "target", Label: "Target", Value: "<2>", Hint: "angka", Error: "Tulis angka.", Required: true, Attrs: templ.Attributes{"inputmode": "decimal"}}))
	p.says("label[for=target]", "Target")
	p.has("input#target", "aria-describedby", "target-h target-e")
	p.has("input", "aria-invalid", "true")
	p.has("input[required]", "inputmode", "decimal")
	p.has("input", "value", "<2>")
	p.says("#target-e", "Tulis angka.")

	free := render(t, Area(pr, Field{Name: "note", Label: "Catatan", Value: "satu\ndua"}))
	free.says("label .opt", "(boleh kosong)")
	if got := attr(free.one("textarea"), "aria-describedby"); got != "" {
		t.Errorf("nothing describes the field, yet it names %q", got)
	}
}

func TestChoicesKeepWhatWasChosen(t *testing.T) {
	pr := printer(t, i18n.English)
	options := []Option{{Value: "a", Text: "A", Group: "One"}, {Value: "b", Text: "B", Group: "One"}, {Value: "c", Text: "C", Group: "Two", Hint: "the last"}}
	sel := render(t, Select(pr, Field{Name: "x", Label: "X", Value: "b", Options: options}))
	sel.has("option[selected]", "value", "b")
	if n := len(sel.all("optgroup")); n != 2 {
		t.Errorf("%d groups, want 2", n)
	}
	rad := render(t, Radios(pr, Field{Name: "x", Label: "X", Value: "c", Options: options, Error: "Choose one.", Required: true}))
	rad.has("input[checked]", "value", "c")
	rad.has("fieldset", "aria-describedby", "x-e")
	rad.says("label:last-child small", "the last")
	che := render(t, Checks(pr, Field{Name: "x", Label: "X", Values: []string{"a", "c"}, Options: options, Required: true}))
	if n := len(che.all("input[checked]")); n != 2 {
		t.Errorf("%d boxes ticked, want 2", n)
	}
	if n := len(che.all("input[required]")); n != 0 {
		t.Errorf("%d boxes demand to be ticked each", n)
	}
	render(t, Tick(Field{Name: "sure", Label: "Sure", Value: "1"})).one("input[type=checkbox][value='1'][checked]")
	render(t, File(pr, Field{Name: "file", Label: "File", Accept: ".csv", Multiple: true})).one("input[type=file][multiple][accept='.csv']")
	render(t, Date(pr, Field{Name: "due", Label: "Due", Value: "2026-11-23"})).one("input[type=date][value='2026-11-23']")
}

func TestErrorSummaryLinksToTheFields(t *testing.T) {
	d := Draft{Values: url.Values{"target": {"dua"}}, Problems: map[string]string{"target": "Tulis angka."}}
	fields := []Field{d.Field("name", "Nama"), d.Field("target", "Target")}
	if fields[1].Value != "dua" {
		t.Errorf("the draft lost %q", fields[1].Value)
	}
	p := render(t, ErrorSummary(printer(t, i18n.English), Problems(fields...)...))
	p.says("[role=alert] h2", "1 entry needs mending")
	p.has("[role=alert] a", "href", "#target")
	if empty := render(t, ErrorSummary(printer(t, i18n.English))); len(empty.all("[role=alert]")) != 0 {
		t.Error("a summary of nothing is drawn")
	}
}

func TestTagsHaveAShape(t *testing.T) {
	for tone, icon := range map[Tone]string{Waiting: "clock", Good: "check", Late: "alert", Info: "info", Fixed: "sign"} {
		p := render(t, Tag(tone, "Keadaan"))
		if href := attr(p.one("use"), "href"); !strings.HasSuffix(href, "#"+icon) {
			t.Errorf("%s: shape %s, want %s", tone, href, icon)
		}
	}
	if p := render(t, Tag(Neutral, "Draf")); len(p.all("svg")) != 0 {
		t.Error("a draft has a shape")
	}
}

func TestBecauseShowsEveryStep(t *testing.T) {
	p := render(t, Why(printer(t, i18n.Indonesian), "Mengapa?", rulebook.Because{
		{Key: "a", Value: rulebook.Word("sesuai"), Source: "PermenPANRB 6/2022", Parts: rulebook.Because{{Key: "b", Value: rulebook.Int(3)}}},
		{Key: "c", Value: "Baik"},
	}, true))
	p.one("details[open]")
	if n := len(p.all("details > ol > li")); n != 2 {
		t.Errorf("%d steps, want 2", n)
	}
	p.says("ol ol li b", "3")
	p.says("details > ol > li > small", "PermenPANRB 6/2022")
}

func TestMatrixLightsOneCell(t *testing.T) {
	m := Matrix{Caption: "M", Columns: []string{"x", "y"}, Rows: []string{"r", "s"}, Cells: [][]string{{"1", "2"}, {"3", "4"}}, Row: 1, Column: 0}
	p := render(t, MatrixTable(printer(t, i18n.Indonesian), m))
	p.says("td.lit", "3 (berlaku)")
	p.says("th.on[scope=row]", "s")
	p.says("th.on[scope=col]", "x")
	m.Row = -1
	if p := render(t, MatrixTable(printer(t, i18n.Indonesian), m)); len(p.all(".lit, .on")) != 0 {
		t.Error("a cell is lit before there is a predicate")
	}
}

func TestRibbonMarksToday(t *testing.T) {
	phases := []Phase{{Name: "A", Weight: 3, State: Over}, {Name: "B", Weight: 13, Pieces: 4, Done: 1, Part: 50, State: Now}, {Name: "C"}}
	p := render(t, Ribbon(printer(t, i18n.Indonesian), "Pita", phases))
	p.has("li[aria-current=step] .full", "width", "37.5%")
	p.has("li[aria-current=step] text.today", "x", "37.5%")
	p.has("li.w3 .full", "width", "100%")
	if n := len(p.all("li.w1 .full")); n != 0 {
		t.Error("a phase that has not begun is filled")
	}
	if n := len(p.all(".cut")); n != 3 {
		t.Errorf("%d cuts for 4 pieces, want 3", n)
	}
}

func TestPercentIsExact(t *testing.T) {
	for in, want := range map[int]string{0: "0%", 7525: "75.25%", 10000: "100%", 5: "0.05%", 5050: "50.5%"} {
		if got := percent(in); got != want {
			t.Errorf("percent(%d) = %s, want %s", in, got, want)
		}
	}
}

func TestBulletsDrawTheirTargets(t *testing.T) {
	p := render(t, Bullets(printer(t, i18n.English), "Progress", []Bullet{{Name: "A", Value: "341", Target: "of 600", Reached: 6000, Expected: 9000, Behind: true}, {Name: "B", Reached: 99999}}))
	p.has("tr:first-child rect.lo", "width", "50%")
	p.has("tr:first-child line.ex", "x1", "75%")
	p.has("tr:last-child rect.va", "width", "100%")
	p.says("tr:first-child .v.coral", "341")
}

func TestDeskAndFolk(t *testing.T) {
	p := render(t, Desk([]DeskItem{{Big: "26", Small: "November", Late: true, Title: "Lengkapi bukti", Why: "diminta", Act: &Act{Text: "Tambah bukti", To: "/b"}}}))
	p.says(".when.late b", "26")
	p.says("h3", "Lengkapi bukti")
	p.has("a.btn", "href", "/b")
	f := render(t, Folk([]Person{{Name: "Dewi", To: "/d", Flags: []Flag{{Late, "1"}, {Late, "2"}, {Late, "3"}, {Late, "4"}}}}))
	if n := len(f.all(".tag")); n != 3 {
		t.Errorf("%d flags, want at most 3", n)
	}
}

func TestPaperHasRoomForAPen(t *testing.T) {
	p := render(t, Signatures(Signature{Role: "Penilai", Name: "Rina", NIP: "19790322 200604 2 011"}, Signature{Role: "Pegawai", Name: "Dewi", How: "Ditandatangani secara elektronik"}))
	p.one(".signs > div:first-child .room")
	p.says(".signs > div:last-child .sg", "Ditandatangani secara elektronik")
	render(t, Kop(Letterhead{Above: "PEMERINTAH", Name: "DINAS", Below: "Jalan"})).says(".kop b", "DINAS")
}

func TestLiveCarriesTheWordsOfTheScript(t *testing.T) {
	p := render(t, Live(printer(t, i18n.English)))
	p.has("#words", "data-copied", "Copied.")
	p.says("dialog button[value=yes]", "Go on")
	p.has("#live", "aria-live", "polite")
	pane := render(t, SidePane(printer(t, i18n.English)))
	pane.one("aside#pane[hidden] [data-pane-body]")
}

// Every icon that a page names is drawn.
func TestIconsExist(t *testing.T) {
	sprite, err := os.ReadFile("../static/icons.svg")
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]bool{}
	for _, m := range regexp.MustCompile(`<symbol id="([a-z-]+)"`).FindAllStringSubmatch(string(sprite), -1) {
		drawn[m[1]] = true
	}
	named := regexp.MustCompile(`(?:\bIcon: *|Icon\(|EmptyState\()"([a-z-]+)"`)
	root := filepath.Join("..", "..", "..")
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if ext := filepath.Ext(path); ext != ".templ" && ext != ".go" || strings.HasSuffix(path, "_templ.go") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range named.FindAllStringSubmatch(string(source), -1) {
			if !drawn[m[1]] {
				t.Errorf("%s names the icon %q, which static/icons.svg does not draw", path, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
