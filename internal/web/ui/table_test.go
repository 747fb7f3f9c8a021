package ui

import (
	"net/url"
	"testing"

	"github.com/gurindam/gurindam/internal/chart"
	"github.com/gurindam/gurindam/internal/i18n"
)

func at(t *testing.T, s string) Address {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return At(u)
}

func TestAddressesKeepWhatIsSet(t *testing.T) {
	a := at(t, "/pegawai?q=dewi&sort=-name&page=4&lang=en&unit=1&unit=2")
	for _, c := range []struct {
		pairs []string
		want  string
	}{
		{[]string{"sort", "name"}, "/pegawai?q=dewi&sort=name&unit=1&unit=2"},
		{[]string{"page", "5"}, "/pegawai?page=5&q=dewi&sort=-name&unit=1&unit=2"},
		{[]string{"q", "", "unit", ""}, "/pegawai?sort=-name"},
		{[]string{"q", "", "unit", "", "sort", ""}, "/pegawai"},
	} {
		if got := a.With(c.pairs...); got != c.want {
			t.Errorf("With(%q) = %s, want %s", c.pairs, got, c.want)
		}
	}
	if a.Query.Get("page") != "4" {
		t.Error("With changed the address it was called on")
	}
}

func TestSortFallsBack(t *testing.T) {
	for in, want := range map[string]string{"/x?sort=-name": "name desc", "/x?sort=unit": "unit asc", "/x?sort=salary": "name asc", "/x": "name asc"} {
		key, descending := at(t, in).Sort("name", "name", "unit")
		got := key + " asc"
		if descending {
			got = key + " desc"
		}
		if got != want {
			t.Errorf("%s sorts by %s, want %s", in, got, want)
		}
	}
}

func TestHeadsSortAndTellHow(t *testing.T) {
	tab := Table{Caption: "Pegawai", At: at(t, "/p?q=a"), Sort: "-name", Columns: []Column{{Key: "name", Label: "Nama"}, {Key: "n", Label: "Kelas", Num: true}, {Label: "Buka", Off: true}}}
	p := render(t, DataTable(printer(t, i18n.Indonesian), tab))
	p.has("th[aria-sort]", "aria-sort", "descending")
	p.has("th[aria-sort] a", "href", "/p?q=a&sort=name")
	p.has("th.n a", "href", "/p?q=a&sort=n")
	p.says("th .off", "Buka")
	p.one("table.tbl.cards")
	p.has("form.cardsort option[selected]", "value", "-name")
	if n := len(p.all("form.cardsort option")); n != 4 {
		t.Errorf("%d ways to sort two columns, want 4", n)
	}
	tab.Wide = true
	p = render(t, DataTable(printer(t, i18n.Indonesian), tab))
	p.has(".scroll[tabindex='0']", "aria-label", "Pegawai")
}

func TestSearchKeepsTheFilters(t *testing.T) {
	p := render(t, Search(printer(t, i18n.Indonesian), at(t, "/p?q=dewi&state=draft&page=3"), "Cari nama"))
	p.has("input[type=search]", "value", "dewi")
	p.has("input[type=hidden]", "name", "state")
	p.has("form[role=search]", "action", "/p")
	c := render(t, Choose(printer(t, i18n.Indonesian), at(t, "/p?unit=2"), "unit", "Semua unit", []Option{{Value: "1", Text: "A"}, {Value: "2", Text: "B"}}))
	c.has("option[selected]", "value", "2")
}

func TestPagerCounts(t *testing.T) {
	pr := printer(t, i18n.Indonesian)
	p := render(t, Pager(pr, PagesOf(at(t, "/p?page=2"), 2, 50, 4512)))
	p.says(".num", "51 sampai 100 dari 4.512")
	p.has("a[rel=prev]", "href", "/p")
	p.has("a[rel=next]", "href", "/p?page=3")
	none := render(t, Pager(pr, PagesOf(at(t, "/p"), 1, 50, 0)))
	none.says(".num", "0 sampai 0 dari 0")
	if n := len(none.all("a")); n != 0 {
		t.Errorf("%d links in an empty list", n)
	}
	render(t, Pager(pr, Pages{From: 1, To: 50, Total: -1})).says(".num", "Baris 1 sampai 50")
}

func TestExportsKeepTheFilter(t *testing.T) {
	p := render(t, Exports(printer(t, i18n.Indonesian), at(t, "/p?q=a&page=2")))
	p.has("a:first-child", "href", "/p?format=csv&q=a")
	p.has("a:last-child", "href", "/p?format=xlsx&q=a")
}

func TestChartsCarryTheirFigures(t *testing.T) {
	c := chart.Bars{Name: chart.Head{ID: "un", Title: "Unsur", Desc: "Biaya tertinggi"}, Columns: [3]string{"Unsur", "Nilai", "Selang"}, Max: 100, Rows: []chart.Bar{{Label: "Biaya", At: 98, Value: "98,3", Interval: "± 0,8"}}}
	p := render(t, ChartFigure(printer(t, i18n.Indonesian), c))
	p.has("svg[role=img]", "aria-labelledby", "un-t un-d")
	p.says("tbody th", "Biaya")
	p.says("tbody td:last-child", "± 0,8")
	p.has("button[data-save-chart]", "data-save-chart", "un")
	render(t, SmallChart(c)).one("figure .off table")
}

func TestHeadsOfPages(t *testing.T) {
	pr := printer(t, i18n.English)
	p := render(t, Head("SKP 2027", "One sentence.", Link("Copy", "/c")))
	p.says("h1", "SKP 2027")
	p.says(".acts a", "Copy")
	c := render(t, Crumbs(pr, Crumb{"City", "/"}, Crumb{Text: "Here"}))
	c.says("[aria-current=page]", "Here")
	c.has("nav", "aria-label", "Where this page is")
	s := render(t, Segment("View", Choice{Text: "Chart", To: "/a", Current: true}, Choice{Text: "Table", To: "/b"}))
	s.says("[aria-current=true]", "Chart")
	render(t, Tabs("Parts", Choice{Text: "One", To: "/a", Current: true, Count: "2"})).says("[aria-current=page]", "One 2")
	render(t, Chips("Filter", Choice{Text: "All", To: "/a", Count: "9"})).says("a", "All 9")
}

func TestPanelsAreNamed(t *testing.T) {
	p := render(t, Panel("ma", "Menunggu Anda", "3 hal"))
	p.has("section", "aria-labelledby", "ma-t")
	p.says("#ma-t", "Menunggu Anda")
	e := render(t, EmptyState("bell", "Belum ada kabar", "Kabar tampil di sini.", Link("Buat", "/x")))
	e.says("h3", "Belum ada kabar")
	e.has("a.btn", "href", "/x")
	f := render(t, Facts(Fact{Name: "Unit", Value: "Disdukcapil", To: "/u"}, Fact{Name: "Kelas", Value: "8"}))
	f.has("dd a", "href", "/u")
	render(t, Figures(Figure{"Belum", "312", true})).says("dd.coral", "312")
	render(t, Progress("3 dari 9", 3, 9)).has("progress", "max", "9")
	render(t, PanelLink("x", "Tahun", Link("Buka", "/skp"))).has("header a", "href", "/skp")
	render(t, Flash("Tersimpan.")).says("[role=status] p", "Tersimpan.")
	render(t, Alert(Late, "Lewat waktu.")).says(".alert.late p", "Lewat waktu.")
	render(t, Note("Dikabulkan", "no. 18")).says(".note b", "Dikabulkan")
	render(t, Otherwise(printer(t, i18n.Indonesian), "Bila …")).says(".else", "Yang akan mengubahnya. Bila …")
}
