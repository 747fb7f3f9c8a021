package repotest_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func itoa(n int) string { return strconv.Itoa(n) }

// room is a group of packages with what they may import of ours.
type room struct {
	members []string
	may     []string // rooms, as prefixes of import paths from the root
	because string
}

var (
	leaves   = []string{"internal/fault", "internal/i18n", "internal/chart", "internal/assign", "internal/qr", "internal/stat", "internal/calendar"}
	tools    = []string{"internal/db", "internal/backup", "internal/job", "internal/mail", "internal/pdf", "internal/sheet", "internal/file", "internal/token", "internal/search"}
	services = []string{"internal/account", "internal/policy", "internal/task", "internal/action", "internal/questionnaire"}
	areas    = []string{"appraisal", "competency", "participation", "change"}
	shells   = []string{"internal/web", "internal/api"}
	below    = slices.Concat(leaves, []string{"rulebook"}, tools, []string{"internal/ledger"})
)

// rooms is the table of who may import whom. The first that has the package
// counts.
func rooms() []room {
	return []room{
		{leaves, nil, "it is one small capability that knows nothing of the house"},
		{[]string{"rulebook"}, []string{"internal/fault"}, "rules are pure data and know no area"},
		{tools, slices.Concat(leaves, []string{"internal/db", "internal/job"}), "it is one door to the outside and knows no area"},
		{[]string{"internal/ledger"}, []string{"internal/db", "internal/fault", "internal/job"}, "the record must be checkable without the rest"},
		{services, slices.Concat(below, services), "areas stand on it, so it may not stand on them"},
		{[]string{"org"}, slices.Concat(below, services), "the map is what every area stands on"},
		{[]string{"appraisal/listed"}, slices.Concat(below, []string{"appraisal"}), "it reads how others write names and words, and knows nobody"},
		{[]string{"appraisal/bkn", "appraisal/penimport", "appraisal/worklog", "appraisal/cascade", "appraisal/monthclose", "appraisal/talk", "appraisal/mend", "appraisal/praise"}, slices.Concat(below, services, []string{"org", "appraisal"}), "it stands around the year of appraisal, within the area"},
		{[]string{"appraisal/calibration"}, slices.Concat(below, services, []string{"org", "appraisal"}), "it lays what the area holds side by side"},
		{areas, slices.Concat(below, services, []string{"org"}), "areas never import each other: declare a one-method interface and let internal/app/links.go connect them"},
		{[]string{"talent"}, slices.Concat(below, services, []string{"org", "appraisal", "competency"}), "it lives on the results of appraisal and competency, nothing else"},
		{[]string{"monitoring"}, slices.Concat(below, services, areas, []string{"org", "talent"}), "it reads the areas"},
		{[]string{"internal/web/ui/gallery"}, []string{""}, ""}, // a program that shows the parts of pages
		{shells, slices.Concat(shells, []string{"internal/account", "internal/i18n", "internal/fault", "internal/task", "internal/chart", "internal/sheet", "rulebook"}), "a shell knows no area: areas bring their pages to it"},
		{[]string{"internal/app", "internal/demo", "cmd", "internal/repotest"}, []string{""}, ""},
	}
}

// webRoom is the room of the pages of an area: its own area, the shells and
// everything above except the database, and never another area's pages.
func webRoom(dir string) (room, bool) {
	last := dir[strings.LastIndex(dir, "/")+1:]
	own, isWeb := strings.CutSuffix(last, "web")
	if !isWeb || dir == "internal/web" || strings.HasPrefix(dir, "internal/web/") {
		return room{}, false
	}
	owner := strings.TrimSuffix(strings.TrimSuffix(dir, last), "/")
	if owner == "internal" {
		owner = "internal/" + own
	}
	may := slices.Concat(below, services, shells, []string{"org", owner, dir})
	if owner == "monitoring" {
		may = append(may, "talent")
		may = append(may, areas...)
	}
	may = slices.DeleteFunc(may, func(p string) bool { return p == "internal/db" })
	return room{[]string{dir}, may, "pages show what their own area's service gives them; they do not query, and do not know other areas' pages"}, true
}

func within(dir string, prefixes []string) bool {
	for _, p := range prefixes {
		if p == "" || dir == p || strings.HasPrefix(dir, p+"/") {
			return true
		}
	}
	return false
}

func roomOf(dir string) (room, bool) {
	if r, ok := webRoom(dir); ok {
		return r, true
	}
	for _, r := range rooms() {
		if within(dir, r.members) {
			return r, true
		}
	}
	return room{}, false
}

func TestImports(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		r, known := roomOf(s.dir)
		if !known {
			t.Errorf("%s: the package stands in no room of the table in imports_test.go", s.dir)
			continue
		}
		for _, spec := range s.ast.Imports {
			of, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if of == module+"internal/repotest" && !within(s.dir, []string{"internal/repotest"}) {
				t.Errorf("%s imports %s, which is for tests", s.line(spec), of)
				continue
			}
			to, ours := strings.CutPrefix(of, module)
			if !ours || samePackage(s.dir, to) || within(to, r.may) && allowedWeb(s.dir, to) {
				continue
			}
			t.Errorf("%s: %s must not import %s: %s", s.line(spec), s.dir, to, r.because)
		}
	}
}

// samePackage reports a package's own parts: internal/web and internal/web/ui.
// The pages of an area are not a part of it, and the area does not know them.
func samePackage(from, to string) bool {
	if _, web := webRoom(to); web && to != from {
		return false
	}
	return strings.HasPrefix(to, from+"/") || strings.HasPrefix(from, to+"/")
}

// allowedWeb refuses pages to everybody but the wiring.
func allowedWeb(from, to string) bool {
	_, web := webRoom(to)
	return !web || from == to || within(from, []string{"internal/app", "internal/demo", "cmd"})
}

// doors are the only packages that may import a library.
func doors() map[string][]string {
	return map[string][]string{
		"github.com/jackc/pgx":               {"internal/db", "internal/repotest"},
		"modernc.org/":                       {"internal/db"},
		"database/sql":                       {"internal/db", "internal/repotest"},
		"github.com/xuri/excelize":           {"internal/sheet"},
		"codeberg.org/go-pdf":                {"internal/pdf"},
		"github.com/boombuler/barcode":       {"internal/qr"},
		"github.com/ledongthuc/pdf":          {"internal/pdf"},
		"github.com/wneessen/go-mail":        {"internal/mail"},
		"github.com/alecthomas/kong":         {"cmd"},
		"github.com/cloudflare/circl":        {"internal/token"},
		"github.com/transparency-dev":        {"internal/ledger"},
		"golang.org/x/mod/sumdb":             {"internal/ledger"},
		"github.com/pquerna/otp":             {"internal/account"},
		"github.com/go-webauthn":             {"internal/account"},
		"github.com/coreos/go-oidc":          {"internal/account"},
		"golang.org/x/oauth2":                {"internal/account"},
		"github.com/prometheus":              {"internal/app", "internal/web"},
		"github.com/rogpeppe/go-internal":    {},
		"pgregory.net/rapid":                 {},
		"github.com/google/uuid":             {"internal/db", "internal/demo"},
		"github.com/klauspost/compress":      {"internal/web"},
		"github.com/yuin/goldmark":           {"internal/web", "participation", "change"},
		"github.com/microcosm-cc/bluemonday": {"internal/web", "participation", "change"},
	}
}

func TestEachLibraryHasOneDoor(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, spec := range s.ast.Imports {
			of, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			for library, may := range doors() {
				if strings.HasPrefix(of, library) && !within(s.dir, may) {
					t.Errorf("%s imports %s; its door is %v", s.line(spec), of, may)
				}
			}
		}
	}
}

func TestRoomsAreTold(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"appraisal", "org", true},
		{"appraisal", "competency", false},
		{"appraisal", "internal/db", true},
		{"talent", "appraisal", true},
		{"talent", "participation", false},
		{"org", "appraisal", false},
		{"appraisal/appraisalweb", "appraisal", true},
		{"appraisal/appraisalweb", "internal/web/ui", true},
		{"appraisal/appraisalweb", "internal/db", false},
		{"appraisal/appraisalweb", "org/orgweb", false},
		{"internal/accountweb", "internal/account", true},
		{"internal/web", "appraisal", false},
		{"internal/fault", "internal/i18n", false},
		{"rulebook/rulebookweb", "rulebook", true},
		{"appraisal", "appraisal/appraisalweb", false},
		{"appraisal/monthclose", "appraisal", true},
		{"appraisal/monthclose", "competency", false},
		{"appraisal/monthclose/monthcloseweb", "appraisal/monthclose", true},
		{"appraisal/monthclose/monthcloseweb", "appraisal/appraisalweb", false},
		{"internal/app", "talent/talentweb", true},
	} {
		r, known := roomOf(c.from)
		got := known && (samePackage(c.from, c.to) || within(c.to, r.may) && allowedWeb(c.from, c.to))
		if got != c.want {
			t.Errorf("%s imports %s: allowed %v, want %v", c.from, c.to, got, c.want)
		}
	}
}
