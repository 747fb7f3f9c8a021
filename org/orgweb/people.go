package orgweb

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// peoplePage is the list of people.
type peoplePage struct {
	base
	Tree   *org.Tree
	Filter org.Filter
	Rows   []org.Listed
	Pages  ui.Pages
	Total  int
	Edit   bool
	Sort   string
}

// peopleSize is how many people a page lists.
const peopleSize = 50

func (h *pages) people(q *web.Request) error {
	b, err := h.base(q)
	if err != nil {
		return err
	}
	p := peoplePage{base: b, Filter: peopleFilter(b.At)}
	key, down := b.At.Sort("name", org.PeopleSorts()...)
	p.Filter.Sort = key
	if down {
		p.Filter.Sort = "-" + key
	}
	p.Sort = p.Filter.Sort
	if format := q.Query(ui.FormatParam); format != "" {
		return h.exportPeople(q, p, format)
	}
	page, err := h.svc.People(q.Context(), q.Actor, p.Filter, b.On)
	if err != nil {
		return err
	}
	m, err := h.svc.Map(q.Context(), q.Actor, b.On)
	if err != nil {
		return err
	}
	p.Tree, p.Rows, p.Total = m.Tree(), page.Rows, page.Total
	p.Pages = ui.PagesOf(b.At, p.Filter.Page, peopleSize, page.Total)
	p.Edit = q.May(account.ActOrgEdit)
	return q.Render(web.Page{Title: q.P.T("orgweb.people"), Nav: "pegawai", Body: peopleBody(p)})
}

// peopleFilter reads what the address asks for; unknown words ask for nothing.
func peopleFilter(at ui.Address) org.Filter {
	f := org.Filter{Query: at.Get(ui.SearchParam), Size: peopleSize}
	f.Page = at.Page()
	if unit := at.Get("unit"); unit != "" {
		f.Units = []string{unit}
	}
	if e := org.Employment(at.Get("jenis")); slices.Contains(org.Employments(), e) {
		f.Employment = e
	}
	if k := org.PositionKind(at.Get("jabatan")); slices.Contains(org.PositionKinds(), k) {
		f.Kind = k
	}
	switch state := at.Get("keadaan"); state {
	case "tanpa-jabatan":
		f.Nowhere = true
	case "keluar":
		f.Left = true
	default:
		if slices.Contains(org.LegalStatuses(), state) {
			f.Status = state
		}
	}
	return f
}

func (p peoplePage) filtered() bool {
	f := p.Filter
	return f.Query != "" || len(f.Units) > 0 || f.Employment != "" || f.Kind != "" || f.Status != "" || f.Nowhere || f.Left
}

// refined reports whether one of the filters that are folded away is set.
func (p peoplePage) refined() bool {
	return p.Filter.Kind != "" || p.Filter.Status != "" || p.Filter.Nowhere || p.Filter.Left || p.On != p.Today
}

// offices offers the units right below the top, and the one chosen.
func (p peoplePage) offices() []ui.Option {
	var all []ui.Option
	chosen := p.At.Get("unit")
	for _, root := range p.Tree.Roots() {
		all = append(all, ui.Option{Value: root.ID, Text: root.Name})
		for _, u := range p.Tree.Children(root.ID) {
			all = append(all, ui.Option{Value: u.ID, Text: u.Name})
		}
	}
	if u, ok := p.Tree.Unit(chosen); ok && !slices.ContainsFunc(all, func(o ui.Option) bool { return o.Value == chosen }) {
		all = append(all, ui.Option{Value: u.ID, Text: u.Name})
	}
	return all
}

func (p peoplePage) columns() []ui.Column {
	return []ui.Column{
		{Key: "name", Label: p.P.T("org.field.name")},
		{Key: "nip", Label: "NIP"},
		{Label: p.P.T("org.field.position")},
		{Key: "unit", Label: p.P.T("org.field.unit")},
		{Key: "rank", Label: p.P.T("org.field.rank")},
		{Key: "employment", Label: p.P.T("orgweb.kind_short")},
	}
}

// states offers what somebody's place or status can be.
func (p peoplePage) states() []ui.Option {
	all := []ui.Option{{Value: "tanpa-jabatan", Text: p.P.T("orgweb.nowhere")}, {Value: "keluar", Text: p.P.T("orgweb.left")}}
	return append(all, options(p.P, "status", org.LegalStatuses())...)
}

// spaced writes a NIP in its parts, as people read it.
func spaced(nip string) string {
	if len(nip) != 18 {
		return nip
	}
	return strings.Join([]string{nip[:8], nip[8:14], nip[14:15], nip[15:]}, " ")
}

// exportPeople writes everybody the filter leaves under the headers of the
// SIASN download, so that the file can be loaded back.
func (h *pages) exportPeople(q *web.Request, p peoplePage, format string) error {
	f := p.Filter
	f.Size = -1
	page, err := h.svc.People(q.Context(), q.Actor, f, p.On)
	if err != nil {
		return err
	}
	m, err := h.svc.Map(q.Context(), q.Actor, p.On)
	if err != nil {
		return err
	}
	doc := sheet.Doc{Title: "Data ASN", Columns: columns(
		"PNS ID", "NIP BARU", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "TEMPAT LAHIR NAMA", "TANGGAL LAHIR", "JENIS KELAMIN",
		"NOMOR HP", "EMAIL", "JENIS PEGAWAI NAMA", "KEDUDUKAN HUKUM NAMA", "STATUS CPNS PNS", "GOL AKHIR NAMA",
		"JENIS JABATAN NAMA", "JABATAN NAMA", "TMT JABATAN", "TINGKAT PENDIDIKAN NAMA", "PENDIDIKAN NAMA", "UNOR ID", "UNOR NAMA",
	)}
	for i, c := range doc.Columns {
		if c.Key == "TANGGAL LAHIR" || c.Key == "TMT JABATAN" {
			doc.Columns[i].Kind = sheet.Day
		}
	}
	doc.Rows = func(yield func([]string, error) bool) {
		for _, r := range page.Rows {
			if !yield(personRow(m, r), nil) {
				return
			}
		}
	}
	return q.Sheet("pegawai-"+string(p.On), format, doc)
}

func personRow(m *org.Map, r org.Listed) []string {
	u, _ := m.Tree().Unit(r.UnitID)
	post, _ := m.Was(r.Post.Position)
	unit := ""
	if u.ID != "" {
		unit = sourceOf(u)
	}
	return []string{
		r.SourceID, r.NIP, r.Name, r.Front, r.Back, r.Birthplace, string(r.Born), r.Sex,
		r.Phone, r.Email, strings.ToUpper(string(r.Employment)), r.LegalStatus, strings.ToUpper(string(r.Employment)), r.Rank,
		string(post.Kind), r.Title, string(r.Post.From), r.Education, r.Study, unit, r.Unit,
	}
}
