package monthcloseweb

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/static"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

// sessions signs in whoever the cookie names.
type sessions map[string]account.Actor

func (s sessions) Actor(_ context.Context, token string, _ time.Time) (account.Actor, error) {
	return s[token], nil
}

var actors = sessions{
	"hr":      appraisaltest.HR(),
	"officer": appraisaltest.As("rina", account.Grant{Role: account.PerformanceOfficer, Unit: "capil"}),
	"dewi":    appraisaltest.As("dewi"),
	"admin":   {ID: "acc-admin", Name: "Admin", Grants: []account.Grant{{Role: account.SysAdmin}}},
}

type site struct {
	t    *testing.T
	city *appraisaltest.City
	h    http.Handler
	jobs *job.Runner
}

func newSite(t *testing.T, d *db.DB) *site {
	t.Helper()
	c := appraisaltest.New(t, d)
	bundle, err := i18n.NewBundle(Locale, monthclose.Locale, appraisal.Locale, intake.Locale, web.Locale, ui.Locale, db.Locale, sheet.Locale, account.Locale, org.Locale, rulebook.Locale)
	c.Must(err)
	svc := monthclose.New(monthclose.Config{DB: d, Access: c.Access, Org: c.Org, Appraisals: c.Service, Books: c.Books, Now: c.Now})
	jobs := job.NewRunner(d, job.Config{Now: c.Now})
	svc.Handle(jobs)
	pages := web.New(web.Config{
		Agency: "Kota", Bundle: bundle, Access: c.Access, Sessions: actors, Static: static.Handler(), Now: c.Now, Zone: time.UTC,
		Log: slog.New(slog.DiscardHandler),
	}, Routes(svc))
	return &site{t, c, pages.Handler(), jobs}
}

func eachSite(t *testing.T, fn func(t *testing.T, s *site)) {
	repotest.EachDB(t, appraisaltest.Migrations(monthclose.Migrations(), job.Migrations()), func(t *testing.T, d *db.DB) { fn(t, newSite(t, d)) })
}

// ask sends a request as somebody and wants a status and some texts.
func (s *site) ask(who, method, path, kind string, body io.Reader, status int, texts ...string) string {
	s.t.Helper()
	r := httptest.NewRequestWithContext(s.t.Context(), method, path, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if who != "" {
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	got := w.Body.String()
	if w.Code != status {
		s.t.Errorf("%s %s as %q: %d, want %d", method, path, who, w.Code, status)
	}
	for _, text := range texts {
		if !strings.Contains(got, text) {
			s.t.Errorf("%s %s as %q lacks %q", method, path, who, text)
		}
	}
	if strings.Contains(w.Header().Get("Content-Type"), "html") {
		if at := unworded.FindString(got); at != "" {
			s.t.Errorf("%s %s has no words for %s", method, path, at)
		}
	}
	return got
}

// unworded is a key without a sentence, or a blank that was not filled.
var unworded = regexp.MustCompile(`\[[a-z_]+(\.[a-z0-9_]+)+\]|[^"\w]\{\d\}`)

func (s *site) get(who, path string, status int, texts ...string) string {
	s.t.Helper()
	return s.ask(who, http.MethodGet, path, "", nil, status, texts...)
}

func (s *site) post(who, path string, status int, pairs ...string) string {
	s.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return s.ask(who, http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(v.Encode()), status)
}

// send sends a file and returns the page that answers.
func (s *site) send(who, kind, file string, status int, texts ...string) string {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	s.city.Must(w.WriteField("kind", kind))
	part, err := w.CreateFormFile("file", "daftar.csv")
	s.city.Must(err)
	_, err = part.Write([]byte(file))
	s.city.Must(err)
	s.city.Must(w.Close())
	return s.ask(who, http.MethodPost, "/tutup-bulan/2026-03/muat", w.FormDataContentType(), &b, status, texts...)
}

// upload sends a file, reads what it would do, and loads it.
func (s *site) upload(who, kind, file, rows, created string) {
	s.t.Helper()
	before := s.tried()
	s.send(who, kind, file, http.StatusSeeOther)
	id := s.tried()
	if len(before) >= len(id) {
		s.t.Fatal("the file is not kept")
	}
	path := "/tutup-bulan/2026-03/muat/" + id[len(id)-1]
	s.get(who, path, http.StatusOK, "Berkas sedang diperiksa", `http-equiv="refresh"`, "every 1s")
	s.work()
	s.get(who, path, http.StatusOK, "Ini pratinjau", `>`+rows+`</dd>`, `>`+created+`</dd>`)
	s.post(who, path, http.StatusSeeOther, "act", "muat")
	s.get(who, path, http.StatusOK, "Berkas sedang dimuat")
	s.work()
	s.get(who, path, http.StatusOK, rows+" baris: "+created+" baru", "Kirim berkas lain")
	s.post(who, path, http.StatusSeeOther, "act", "muat") // once is enough
	s.work()
}

// work does what waits for the jobs.
func (s *site) work() {
	s.t.Helper()
	if _, err := s.jobs.Drain(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// refused sends a file that cannot be read and wants the reason.
func (s *site) refused(who, kind, file, reason string) {
	s.t.Helper()
	s.send(who, kind, file, http.StatusSeeOther)
	s.work()
	id := s.tried()
	path := "/tutup-bulan/2026-03/muat/" + id[len(id)-1]
	s.get(who, path, http.StatusOK, reason, "Tidak ada yang disimpan")
	s.post(who, path, http.StatusSeeOther, "act", "batal")
	s.get(who, path, http.StatusNotFound)
}

// tried lists the files that wait to be loaded.
func (s *site) tried() []string {
	s.t.Helper()
	all, err := db.All(s.t.Context(), s.city.DB, `SELECT id FROM monthclose_upload ORDER BY id`, db.Value[string])
	s.city.Must(err)
	return all
}

func find(t *testing.T, body, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("nothing like %s", pattern)
	}
	return m[1]
}

const (
	list = `NIP;Nama;Unit Kerja;Hasil Akhir;Status
198609262015052001;Dewi Rahmawati;Bidang;BAIK;
199001012020121001;Arif Setiawan;Bidang;BELUM BUAT;Menunggu penilaian atasan
197001011998031001;Yusuf Hidayat;RSUD;BELUM BUAT;SKP belum dibuat
199304042025211009;Budi <b>Santosa</b>;RSUD Kota;BAIK;
`
	days = "NIP;Nama;Tanggal;Terlambat;Apel\n198609262015052001;Dewi;23/02/2026;12;ya\n198609262015052001;Dewi;02/03/2026;;tidak\n"
)

func (s *site) loaded() {
	s.t.Helper()
	s.upload("hr", "hasil", list, "4", "3")
	s.upload("hr", "presensi", days, "2", "2")
}

func TestTheMonthFromFirstFileToClosing(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.get("hr", "/tutup-bulan", http.StatusSeeOther)
		s.get("hr", "/tutup-bulan/2026-03", http.StatusOK, "belum dibuka", "Buka Maret 2026")
		s.get("officer", "/tutup-bulan/2026-03", http.StatusOK, "BKPSDM membuka bulan ini")
		s.refused("hr", "hasil", "a;b\n1;2\n", "tidak memuat kolom hasil akhir")
		s.loaded()
		s.get("hr", "/tutup-bulan/2026-03", http.StatusOK, "Kinerja Februari 2026, presensi 21 Februari sampai 20 Maret", "Dinas Kependudukan", "Ingatkan 1 atasan", "Mulai pemeriksaan")
		s.get("hr", "/tutup-bulan/2026-03?kantor=capil", http.StatusOK, "Arif Setiawan", "Meja atasan: Rina Marlina. Belum dinilai", "6 hari lewat")
		s.post("hr", "/tutup-bulan/2026-03/ingatkan", http.StatusSeeOther, "desk", "atasan")
		s.post("hr", "/tutup-bulan/2026-03/ingatkan", http.StatusUnprocessableEntity, "desk", "langit")

		page := s.get("hr", "/tutup-bulan/2026-03/tidak-cocok", http.StatusOK, "Budi &lt;b&gt;Santosa", "Budi Santoso", "Cocokkan")
		id := find(t, page, `/tidak-cocok/([0-9a-f-]+)"`)
		s.post("hr", "/tutup-bulan/2026-03/tidak-cocok/"+id, http.StatusUnprocessableEntity, "act", "pilih", "nip", "123")
		s.post("hr", "/tutup-bulan/2026-03/tidak-cocok/"+id, http.StatusSeeOther, "act", "cocok")
		s.get("hr", "/tutup-bulan/2026-03/tidak-cocok", http.StatusOK, "Semua baris sudah cocok")

		version := func(page string) string { return find(t, page, `name="version" value="(\d+)"`) }
		page = s.get("hr", "/tutup-bulan/2026-03", http.StatusOK)
		s.post("hr", "/tutup-bulan/2026-03/keadaan", http.StatusSeeOther, "to", "diperiksa", "version", version(page))
		s.post("hr", "/tutup-bulan/2026-03/keadaan", http.StatusConflict, "to", "ditutup", "version", "1")
		page = s.get("hr", "/tutup-bulan/2026-03", http.StatusOK, "Tutup bulan dengan 2 pegawai")
		s.post("hr", "/tutup-bulan/2026-03/keadaan", http.StatusSeeOther, "to", "ditutup", "version", version(page))
		s.get("hr", "/tutup-bulan/2026-03/riwayat", http.StatusOK, "semuanya sama", "Berlaku", "SHA-256")
		page = s.get("hr", "/tutup-bulan/2026-03", http.StatusOK, "Ditutup", "Buka kembali")
		s.post("hr", "/tutup-bulan/2026-03/keadaan", http.StatusUnprocessableEntity, "to", "diperiksa", "version", version(page))
		s.post("hr", "/tutup-bulan/2026-03/keadaan", http.StatusSeeOther, "to", "diperiksa", "version", version(page), "reason", "Daftar RSUD menyusul")
		s.get("hr", "/tutup-bulan/2026-03", http.StatusOK, "Dibuka kembali: Daftar RSUD menyusul")
		s.get("hr", "/tutup-bulan/2026-03?lang=en", http.StatusOK)
	})
}

func TestACutIsObjectedToAndWithdrawn(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.loaded()
		s.get("dewi", "/tpp", http.StatusSeeOther)
		s.get("dewi", "/tpp/2026-03", http.StatusOK, "TPP saya, Maret 2026", "Pagu TPP kelas 8", "11.100.000", "Terlambat 1–30 menit, 1×", "−22.200", "Tidak apel", "Tanpa potongan kehadiran: 11.100.000")
		s.post("dewi", "/tpp/2026-03/keberatan", http.StatusUnprocessableEntity, "cut", "", "reason", "x")
		s.post("dewi", "/tpp/2026-03/keberatan", http.StatusUnprocessableEntity, "cut", "tidak_apel/2026-03-02", "reason", "")
		s.post("dewi", "/tpp/2026-03/keberatan", http.StatusSeeOther, "cut", "tidak_apel/2026-03-02", "reason", "Surat <tugas>")
		page := s.get("hr", "/tutup-bulan/2026-03/keberatan", http.StatusOK, "Dewi Rahmawati", "Surat &lt;tugas&gt;", "Cabut potongan", "−88.800")
		id := find(t, page, `/keberatan/([0-9a-f-]+)"`)
		if body := s.get("officer", "/tutup-bulan/2026-03/keberatan", http.StatusOK, "Dewi Rahmawati"); strings.Contains(body, `value="cabut"`) {
			t.Error("an officer is offered the decision")
		}
		s.post("officer", "/tutup-bulan/2026-03/keberatan/"+id, http.StatusForbidden, "act", "cabut", "words", "ya", "version", "1")
		s.post("hr", "/tutup-bulan/2026-03/keberatan/"+id, http.StatusUnprocessableEntity, "act", "cabut", "words", "", "version", "1")
		s.post("hr", "/tutup-bulan/2026-03/keberatan/"+id, http.StatusSeeOther, "act", "cabut", "words", "Ada surat tugas", "version", "1")
		s.post("hr", "/tutup-bulan/2026-03/keberatan/"+id, http.StatusConflict, "act", "tetap", "words", "tidak", "version", "1")
		s.get("hr", "/tutup-bulan/2026-03/pegawai/dewi", http.StatusOK, "<del>Tidak apel, 1×</del>", "Dicabut: Ada surat tugas", "11.077.800", "Keberatan dikabulkan")
		s.get("dewi", "/tpp/2026-03", http.StatusOK, "Keberatan dikabulkan", "11.077.800")
		if body := s.get("dewi", "/tpp/2026-03/hitungan.pdf", http.StatusOK); !strings.HasPrefix(body, "%PDF-") {
			t.Error("the slip is no PDF")
		}
	})
}

func TestAFileIsSeenBeforeItIsLoaded(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.send("hr", "hasil", list, http.StatusSeeOther)
		path := "/tutup-bulan/2026-03/muat/" + s.tried()[0]
		s.work()
		s.get("hr", "/tutup-bulan/2026-03", http.StatusOK, "belum dibuka")
		s.get("hr", path, http.StatusOK, "Muat 3 baris", "2 pegawai BELUM BUAT", "1 baris tidak menemukan pegawai; 1 di antaranya dengan usul")
		s.get("hr", path+"/ditolak.xlsx", http.StatusOK, "PK")
		for _, who := range []string{"officer", "dewi"} {
			s.get(who, path, http.StatusForbidden)
			s.get(who, path+"/ditolak.xlsx", http.StatusForbidden)
			s.post(who, path, http.StatusForbidden, "act", "muat")
		}
		s.post("hr", path, http.StatusSeeOther, "act", "batal")
		s.post("hr", path, http.StatusNotFound, "act", "muat")
		s.get("hr", "/tutup-bulan/2026-03", http.StatusOK, "belum dibuka")

		s.upload("hr", "hasil", list, "4", "3")
		page := s.get("hr", "/tutup-bulan/2026-03/muat", http.StatusOK, "4 baris: 3 baru", "Unduh baris yang ditolak", "Cocokkan baris")
		s.get("hr", find(t, page, `"(/tutup-bulan/2026-03/muat/[0-9a-f-]+/ditolak.xlsx)"`), http.StatusOK, "PK")
	})
}

func TestListsFiltersAndFiles(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.loaded()
		base := "/tutup-bulan/2026-03/pegawai"
		s.get("hr", base, http.StatusOK, "Dewi Rahmawati", "Arif Setiawan", "10 pegawai")
		s.get("hr", base+"?keadaan=belum&meja=atasan", http.StatusOK, "Arif Setiawan", "1 pegawai")
		s.get("hr", base+"?q=dewi&sort=-cuts&potongan=1", http.StatusOK, "Dewi Rahmawati", "1 pegawai")
		s.get("hr", base+"?q=%00%27%25&page=-7&sort=drop&keadaan=x&meja=y", http.StatusOK, "10 pegawai")
		s.get("hr", base+"?q=zzz", http.StatusOK, "Tidak ada pegawai yang cocok")
		if body := s.get("officer", base, http.StatusOK, "Dewi Rahmawati"); strings.Contains(body, "Yusuf") {
			t.Error("an officer sees another office")
		}
		if lines := strings.Count(s.get("hr", base+"?format=csv", http.StatusOK, "Hasil akhir"), "\r\n"); lines != 11 {
			t.Errorf("%d lines, want a head and ten people", lines)
		}
		s.get("hr", base+"?format=xlsx", http.StatusOK, "PK")
		s.get("hr", base+"?format=exe", http.StatusUnprocessableEntity)
		for _, path := range []string{"/daftar.pdf", "/daftar.pdf?kantor=capil", "/pegawai/dewi/hitungan.pdf"} {
			if body := s.get("hr", "/tutup-bulan/2026-03"+path, http.StatusOK); !strings.HasPrefix(body, "%PDF-") {
				t.Errorf("%s is no PDF", path)
			}
		}
		exclude := base + "/arif/kecualikan"
		s.get("hr", exclude, http.StatusOK, "Kecualikan Arif Setiawan", "tugas belajar")
		s.post("hr", exclude, http.StatusUnprocessableEntity, "reason", "malas", "from", "kapan")
		s.post("hr", exclude, http.StatusSeeOther, "reason", "tugas_belajar", "from", "2026-02-01", "decree", "SK 1")
		s.get("hr", base+"/arif", http.StatusOK, "Dikecualikan", "SK 1")
	})
}

func TestDoorsThatStayClosed(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.loaded()
		for _, path := range []string{"", "/pegawai", "/pegawai/arif", "/muat", "/tidak-cocok", "/keberatan", "/daftar.pdf", "/riwayat"} {
			s.get("dewi", "/tutup-bulan/2026-03"+path, http.StatusForbidden)
			s.get("admin", "/tutup-bulan/2026-03"+path, http.StatusForbidden)
			s.get("", "/tutup-bulan/2026-03"+path, http.StatusSeeOther)
		}
		for _, path := range []string{"/muat", "/tidak-cocok", "/riwayat", "/pegawai/yusuf", "/pegawai/arif/kecualikan"} {
			s.get("officer", "/tutup-bulan/2026-03"+path, http.StatusForbidden)
		}
		s.send("officer", "hasil", list, http.StatusForbidden)
		s.get("admin", "/tpp", http.StatusOK, "Belum ada perhitungan TPP")
		s.get("admin", "/tpp/2026-03", http.StatusNotFound)
		for _, bad := range []string{"2026-99", "x", "%27%20OR%201=1", "2026-03-01", "1999-01"} {
			s.get("hr", "/tutup-bulan/"+bad, http.StatusNotFound)
			s.get("dewi", "/tpp/"+bad, http.StatusNotFound)
		}
		s.get("hr", "/tutup-bulan/2026-03/pegawai/tidak-ada", http.StatusNotFound)
		s.get("hr", "/tutup-bulan/2026-03/daftar.pdf?kantor=tidak-ada", http.StatusNotFound)
	})
}
