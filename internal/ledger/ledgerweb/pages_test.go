package ledgerweb

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/static"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/rulebook"
)

type crew map[string]account.Actor

func (c crew) Actor(_ context.Context, token string, _ time.Time) (account.Actor, error) {
	return c[token], nil
}

func actors() crew {
	grant := func(r account.Role, unit string) []account.Grant { return []account.Grant{{Role: r, Unit: unit}} }
	return crew{
		"hr":      {ID: "a-hr", Name: "Hendri", Grants: grant(account.HR, "")},
		"auditor": {ID: "a-aud", Name: "Zulaikha", Grants: grant(account.Auditor, "")},
		"admin":   {ID: "a-adm", Name: "Admin", Grants: grant(account.SysAdmin, "")},
		"unit-hr": {ID: "a-uhr", Name: "Sari", Grants: grant(account.HR, "capil")},
		"staff":   {ID: "a-staff", Name: "Dewi", PersonID: "dewi", Grants: grant(account.Staff, "")},
	}
}

// village is a directory of one SKP, one person and two accounts. It counts
// the traces readers leave.
type village struct{ traces []string }

func (*village) Accounts(_ context.Context, ids []string) (map[string]string, error) {
	return map[string]string{"a-hr": "Hendri", "a-sup": "Rina Marlina"}, nil
}

func (*village) Describe(_ context.Context, subjects []string) (map[string]Subject, error) {
	return map[string]Subject{
		"part:p1":     {Name: "Dewi Rahmawati", To: "/skp/p1", Thing: account.Thing{Unit: "capil", Owner: "dewi"}},
		"person:dewi": {Name: "Dewi Rahmawati", To: "/pegawai/dewi", Thing: account.Thing{Owner: "dewi"}},
		"unit:capil":  {Name: "Dinas Kependudukan", To: "/unit/capil"},
	}, nil
}

func (*village) Find(_ context.Context, words string) (accounts, subjects []string, err error) {
	if strings.EqualFold(words, "dewi") {
		return nil, []string{"part:p1", "person:dewi"}, nil
	}
	if strings.EqualFold(words, "rina") {
		return []string{"a-sup"}, nil, nil
	}
	return nil, nil, nil
}

func (v *village) Trace(_ context.Context, actor account.Actor, subject string) error {
	v.traces = append(v.traces, actor.ID+" "+subject)
	return nil
}

type nowhere struct{}

func (nowhere) Within(_ context.Context, unit, ancestor string) (bool, error) {
	return unit == ancestor, nil
}

type site struct {
	*httptest.Server
	*village
	ids map[string]string // of entries, by kind
	d   *db.DB
}

var today = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func eachSite(t *testing.T, fn func(t *testing.T, s *site)) {
	repotest.EachDB(t, []db.Migrations{ledger.Migrations()}, func(t *testing.T, d *db.DB) { fn(t, newSite(t, d)) })
}

func newSite(t *testing.T, d *db.DB) *site {
	t.Helper()
	dir := t.TempDir()
	signer, err := ledger.OpenSigner(dir)
	check(t, err)
	s := &site{village: &village{}, ids: map[string]string{}, d: d}
	s.enter(t, "policy.proposed", "policy:x", "a-hr", today.AddDate(0, -2, 0), map[string]string{"rule": "predicate", "decision": "412/2025"})
	s.enter(t, "org.unit.changed", "unit:capil", "a-hr", today.AddDate(0, -1, 0), map[string]any{"from": "2026-10-01", "changes": []map[string]string{{"field": "name", "was": "Capil", "now": "Dinas"}}})
	s.enter(t, "appraisal.predicate.set", "part:p1", "a-sup", today, map[string]any{"predicate": "butuh_perbaikan", "remark": "kurang teliti"})
	s.enter(t, "appraisal.brandnew.kind", "part:p1", "", today, map[string]any{"secret": "tidak dikenal"})
	_, err = (&ledger.Sequencer{DB: d, Signer: signer, Now: func() time.Time { return today }, Log: quiet()}).Sequence(t.Context())
	check(t, err)
	bundle, err := i18n.NewBundle(Locale, ledger.Locale, web.Locale, ui.Locale, db.Locale, sheet.Locale, account.Locale, rulebook.Locale)
	check(t, err)
	access := account.NewAccess(nowhere{})
	pages := web.New(web.Config{
		Agency: "Kota Kecil", Bundle: bundle, Access: access, Sessions: actors(), Static: static.Handler(),
		Now: func() time.Time { return today }, Zone: time.UTC, Log: quiet(),
	}, Routes(ledger.Reader{DB: d, Dir: dir}, s.village))
	s.Server = httptest.NewServer(pages.Handler())
	t.Cleanup(s.Close)
	return s
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func (s *site) enter(t *testing.T, kind, subject, actor string, at time.Time, payload any) {
	t.Helper()
	s.ids[kind] = db.NewID()
	check(t, s.d.Tx(t.Context(), func(tx *db.Tx) error {
		return ledger.Append(t.Context(), tx, ledger.Entry{ID: s.ids[kind], Kind: kind, Subject: subject, Actor: actor, At: at, Payload: payload})
	}))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// get asks for a page and returns its status and its text.
func (s *site) get(t *testing.T, who, path string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
	check(t, err)
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	res, err := http.DefaultTransport.RoundTrip(r)
	check(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	check(t, err)
	return res.StatusCode, string(body)
}

func TestTheRecordIsListedAndFiltered(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		const proposed, changed, set, unknown = "Nilai aturan diusulkan", "Unit diubah", "Predikat kinerja ditetapkan", "Penilaian kinerja: brandnew kind"
		for path, want := range map[string][]string{
			"/catatan":                                        {unknown, set, changed, proposed, "Rina Marlina", "SKP: Dewi Rahmawati", "Unit: Dinas Kependudukan"},
			"/catatan?jenis=appraisal.":                       {unknown, set},
			"/catatan?jenis=org.unit.changed":                 {changed},
			"/catatan?oleh=a-hr":                              {changed, proposed, "Oleh: Hendri"},
			"/catatan?tentang=part:p1":                        {unknown, set, "Tentang: SKP: Dewi Rahmawati"},
			"/catatan?dari=2026-10-01&sampai=2026-10-31":      {changed},
			"/catatan?dari=2026-11-23":                        {unknown, set},
			"/catatan?dari=gibberish&page=-4":                 {unknown, set, changed, proposed},
			"/catatan?q=dewi":                                 {unknown, set},
			"/catatan?q=rina":                                 {set},
			"/catatan?q=usul":                                 {proposed},
			"/catatan?q=" + s.ids["org.unit.changed"]:         {changed},
			"/catatan?q=zzz":                                  {"Tidak ada catatan yang cocok"},
			"/catatan?q=" + strings.Repeat("x", 300):          {"Tidak ada catatan yang cocok"},
			"/catatan?jenis=nothing&lang=en":                  {"No entry fits"},
			"/catatan?page=999":                               {"Catatan"},
			"/catatan?format=csv&jenis=org.unit.changed":      {"org.unit.changed", "unit:capil", "Hendri"},
			"/catatan?format=csv&jenis=org.unit.&sampai=2020": {},
		} {
			status, body := s.get(t, "auditor", path)
			if status != http.StatusOK {
				t.Errorf("%s: %d", path, status)
			}
			for _, w := range want {
				if !strings.Contains(body, w) {
					t.Errorf("%s: does not say %q", path, w)
				}
			}
			for _, entry := range []string{">" + proposed + "</a>", ">" + changed + "</a>", ">" + set + "</a>", ">" + unknown + "</a>"} {
				name := strings.TrimSuffix(strings.TrimPrefix(entry, ">"), "</a>")
				listed := strings.Contains(body, entry)
				if wanted := strings.Contains(strings.Join(want, "|"), name); listed && !wanted {
					t.Errorf("%s: lists %q", path, name)
				}
			}
		}
		if status, _ := s.get(t, "auditor", "/catatan?format=exe"); status != http.StatusUnprocessableEntity && status != http.StatusBadRequest {
			t.Errorf("an unknown format is answered %d", status)
		}
	})
}

func TestWhatAnEntrySaysIsOnlyForWhoMayReadIt(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		page := func(kind string) string { return "/catatan/" + s.ids[kind] }
		for _, c := range []struct {
			who, path string
			status    int
			says      string
			hides     string
		}{
			{"auditor", page("appraisal.predicate.set"), 200, "kurang teliti", ""},
			{"hr", page("appraisal.predicate.set"), 200, "<dt>Predikat</dt>", ""},
			{"admin", page("appraisal.predicate.set"), 200, "Isinya bukan untuk Anda", "kurang teliti"},
			{"admin", page("appraisal.predicate.set"), 200, "SKP", "Dewi Rahmawati"},
			{"admin", page("appraisal.brandnew.kind"), 200, "Isinya bukan untuk Anda", "tidak dikenal"},
			{"admin", page("org.unit.changed"), 200, "Semula", ""},
			{"admin", page("policy.proposed"), 200, "412/2025", ""},
			{"admin", "/catatan", 200, "Predikat kinerja ditetapkan", "Dewi Rahmawati"},
			{"admin", "/catatan?q=dewi", 200, "Tidak ada catatan yang cocok", "Predikat kinerja ditetapkan</a>"},
			{"admin", "/catatan?format=csv", 200, "appraisal.predicate.set", "Dewi Rahmawati"},
			{"unit-hr", "/catatan", 403, "", "Predikat"},
			{"unit-hr", "/catatan/periksa", 403, "", "Titik periksa"},
			{"staff", "/catatan", 403, "", "Predikat"},
			{"staff", page("appraisal.predicate.set"), 403, "", "kurang teliti"},
			{"nobody", "/catatan", 303, "", "Predikat"},
			{"auditor", "/catatan/0197a2b0-0000-7000-8000-000000000000", 404, "", ""},
		} {
			status, body := s.get(t, c.who, c.path)
			if status != c.status || !strings.Contains(body, c.says) || c.hides != "" && strings.Contains(body, c.hides) {
				t.Errorf("%s %s: %d, says %q: %v, hides %q: %v", c.who, c.path, status, c.says, strings.Contains(body, c.says), c.hides, !strings.Contains(body, c.hides))
			}
		}
		for _, trace := range s.traces {
			if strings.HasPrefix(trace, "a-adm part:") {
				t.Error("who may not read leaves a trace as if they had")
			}
		}
		if got := strings.Join(s.traces, "; "); !strings.Contains(got, "a-aud part:p1") {
			t.Errorf("the auditor's reading left no trace: %s", got)
		}
	})
}

func TestTheRecordIsChecked(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		if status, _ := s.get(t, "inspektorat-unknown", "/catatan/periksa"); status != http.StatusSeeOther {
			t.Errorf("the public is answered %d", status)
		}
		if status, body := s.get(t, "admin", "/catatan/periksa"); status != 200 || !strings.Contains(body, "Catatan utuh: 4 entri") {
			t.Errorf("%d, and the whole record is not said to be whole", status)
		}
		check(t, s.d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `UPDATE ledger_entry SET actor = $1 WHERE kind = $2`, "a-else", "policy.proposed")
			return err
		}))
		if status, body := s.get(t, "auditor", "/catatan/periksa"); status != 200 || !strings.Contains(body, "keterangan entri berubah") {
			t.Errorf("%d, and a changed entry is not found", status)
		}
	})
}
