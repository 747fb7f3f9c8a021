package orgimportweb

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/org/orgimport"
)

// startPage is where one chooses what to load.
type startPage struct {
	P     *i18n.Printer
	Zone  *time.Location
	Empty bool // the map has no units yet
	Kinds []orgimport.Kind
	Runs  []orgimport.Run
}

// listed is how many earlier loads are shown.
const listed = 20

func (h *pages) start(q *web.Request) error {
	p := startPage{P: q.P, Zone: q.Now.Location(), Kinds: orgimport.Kinds()}
	var err error
	if p.Runs, err = h.svc.Runs(q.Context(), q.Actor, listed); err != nil {
		return err
	}
	if p.Empty, err = h.svc.IsEmpty(q.Context()); err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("importweb.title"), Nav: "impor", Body: startBody(p)})
}

// formPage is where one uploads a file of a kind.
type formPage struct {
	P        *i18n.Printer
	Kind     orgimport.Kind
	Draft    ui.Draft
	Mappings []*orgimport.Mapping
	Needed   []string
	Others   []string
	Problem  string // of the whole form
}

func kindOf(q *web.Request) (orgimport.Kind, error) {
	for _, k := range orgimport.Kinds() {
		if string(k) == q.Path("kind") {
			return k, nil
		}
	}
	return "", fault.Missing("web.no_page")
}

func (h *pages) form(q *web.Request) error {
	k, err := kindOf(q)
	if err != nil {
		return err
	}
	v := url.Values{"at": {q.Today()}, "since": {q.Today()}}
	empty, err := h.svc.IsEmpty(q.Context())
	if err != nil {
		return err
	}
	if empty { // the map of a first load holds for the whole year
		v.Set("since", q.Today()[:4]+"-01-01")
	}
	return h.showForm(q, http.StatusOK, k, ui.Draft{Values: v}, "")
}

func (h *pages) showForm(q *web.Request, status int, k orgimport.Kind, draft ui.Draft, problem string) error {
	p := formPage{P: q.P, Kind: k, Draft: draft, Problem: problem}
	p.Needed, p.Others = orgimport.Fields(k)
	all, err := orgimport.Shipped()
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Kind == k {
			p.Mappings = append(p.Mappings, m)
		}
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("importweb.form." + string(k)), Nav: "impor", Body: formBody(p)})
}

// own is the value of the field "mapping" for a mapping that is sent along.
const own = "sendiri"

// upload takes a file and leads to the page that shows what it would change.
func (h *pages) upload(q *web.Request) error {
	k, err := kindOf(q)
	if err != nil {
		return err
	}
	if err := q.Can(account.ActOrgImport, account.Thing{}); err != nil {
		return err
	}
	err = q.R.ParseMultipartForm(maxForm)
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return h.showForm(q, http.StatusRequestEntityTooLarge, k, ui.Draft{}, q.P.T("import.too_large", orgimport.MostBytes>>20))
		}
		return fault.Wrong("web.bad_form").Because(err)
	}
	if q.R.MultipartForm != nil {
		defer func() { _ = q.R.MultipartForm.RemoveAll() }()
	}
	run, err := h.keep(q, k)
	switch fault.KindOf(err) {
	case fault.Invalid, fault.NotFound:
		if err != nil {
			draft := ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}
			return h.showForm(q, http.StatusUnprocessableEntity, k, draft, draft.Problems[""])
		}
	}
	if err != nil {
		return err
	}
	return q.Redirect("/impor/berkas/"+run.ID, "")
}

// keep reads the form and hands the file to the service.
func (h *pages) keep(q *web.Request, k orgimport.Kind) (orgimport.Run, error) {
	f, err := q.Form()
	if err != nil {
		return orgimport.Run{}, err
	}
	u := orgimport.Upload{Kind: k, At: org.Day(f.Date("at", false)), Since: org.Day(f.Date("since", false))}
	u.Mapping, err = chosenMapping(q, f.Text("mapping"))
	if err != nil {
		f.Faults.Add("mapping", keyOf(err), argsOf(err)...)
	}
	file, head, err := q.R.FormFile("file")
	f.Faults.Check(err == nil, "file", "import.no_file")
	if err := f.Err(); err != nil {
		return orgimport.Run{}, err
	}
	defer func() { _ = file.Close() }()
	u.File, u.Name = file, strings.ToValidUTF8(head.Filename, "")
	return h.svc.Upload(q.Context(), q.Actor, u)
}

// maxMapping is the largest mapping one can send.
const maxMapping = 256 << 10

// chosenMapping returns the mapping the form asks for, nil for none.
func chosenMapping(q *web.Request, name string) (*orgimport.Mapping, error) {
	switch name {
	case "":
		return nil, nil
	case own:
		file, head, err := q.R.FormFile("mapping_file")
		if err != nil || head.Size > maxMapping {
			return nil, fault.Wrong("importweb.no_mapping")
		}
		defer func() { _ = file.Close() }()
		var b bytes.Buffer
		if _, err := b.ReadFrom(file); err != nil {
			return nil, err
		}
		return orgimport.ParseMapping(b.String())
	}
	return orgimport.ShippedMapping(name)
}

// keyOf and argsOf take a fault apart to show it at a field.
func keyOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Key
	}
	return "web.internal"
}

func argsOf(err error) []any {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Args
	}
	return nil
}

// sample answers with an empty table whose columns a file of the kind can have.
func (h *pages) sample(q *web.Request) error {
	k, err := kindOf(q)
	if err != nil {
		return err
	}
	needed, others := orgimport.Fields(k)
	var doc sheet.Doc
	for _, name := range append(needed, others...) {
		doc.Columns = append(doc.Columns, sheet.Column{Label: name})
	}
	return q.Sheet("contoh-"+string(k), sheet.CSV, doc)
}

// mapping answers with a mapping that comes with the program, to learn from.
func (h *pages) mapping(q *web.Request) error {
	m, err := orgimport.ShippedMapping(strings.TrimSuffix(q.Path("name"), ".toml"))
	if err != nil {
		return err
	}
	return q.Download(m.Name+".toml", "text/plain; charset=utf-8", []byte(m.Source))
}
