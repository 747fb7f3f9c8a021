package orgweb

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/org"
)

// Every page answers in both languages, without a missing sentence, and lets
// nobody's text become markup.
func TestEveryPageSpeaks(t *testing.T) {
	eachTown(t, func(t *testing.T, s *town) {
		for _, path := range []string{
			"/unit", "/unit?q=bidang", "/unit?q=zzz", "/unit/capil", "/unit/hilang", "/peta/capil", "/peta/capil?buka=semua", "/peta/capil?bentuk=tabel",
			"/peta/capil?per=2020-01-01", "/peta/kota", "/jabatan/analis", "/jabatan/kabid-sipil?per=2026-01-01", "/cari", "/cari?q=kepala", "/cari?q=pensiun", "/cari?q=zzz",
			"/pegawai", "/pegawai?q=zzz", "/pegawai?unit=capil&sort=-unit&jenis=pns&keadaan=keluar", "/pegawai/dewi", "/pegawai/rina", "/jabatan-diputuskan",
			"/jabatan-diputuskan?sebab=vacant&q=sipil", "/unit/baru", "/unit/capil/ubah", "/unit/capil/tutup", "/unit/capil/gabung", "/unit/capil/pecah",
			"/jabatan/baru?unit=daftar", "/jabatan/analis/ubah", "/jabatan/analis/tutup", "/jabatan/analis/tunjuk", "/penugasan/dewi-analis/akhiri",
			"/penugasan/rina-kabid-sipil/perpanjang", "/pegawai/baru", "/pegawai/dewi/ubah", "/pegawai/dewi/penilai", "/pegawai/dewi/usul", "/koreksi",
			"/rujukan/jabatan?title=analis", "/rujukan/pendidikan?study=hukum",
		} {
			for _, lang := range []string{"id", "en"} {
				sep := "?"
				if strings.Contains(path, "?") {
					sep = "&"
				}
				a := s.get(t, "hr", path+sep+"lang="+lang)
				if a.status != 200 && a.status != 303 && !(a.status == 404 && strings.Contains(path, "2020")) {
					t.Errorf("%s: %d", path, a.status)
				}
				for _, bad := range []string{"[org", "[ui.", "[form", "<script>alert", "style=", "onclick"} {
					if i := strings.Index(a.body, bad); i >= 0 {
						t.Errorf("%s in %s: %s", path, lang, a.body[i:min(i+60, len(a.body))])
					}
				}
			}
		}
	})
}

func TestTheChart(t *testing.T) {
	eachTown(t, func(t *testing.T, s *town) {
		a := s.get(t, "budi", "/peta/capil")
		if got := a.text(".post.chief b"); got != "Kepala Dinas" {
			t.Errorf("the chief is %q", got)
		}
		if got := a.text(".sum"); got != "7kebutuhan 4terisi 3lowong 1dijalankan Plt/Plh/Pj" {
			t.Errorf("sums: %s", got)
		}
		if got := a.text(".post.lack .bad"); got != "Plt Rina Marlina, bulan ke-7" {
			t.Errorf("the Plt: %q", got)
		}
		if got := a.text("summary.fold"); got != "1 jabatan, 1 dari 1 terisi" {
			t.Errorf("folded: %q", got)
		}
		if a.has(".decide") {
			t.Error("what is beyond its limit is not for everybody")
		}
		if !s.get(t, "hr", "/peta/capil").has(".decide") {
			t.Error("HR does not see the Plt beyond the limit")
		}
		if a := s.get(t, "budi", "/peta/capil?per=2026-05-11"); a.has(".bad") {
			t.Error("the day before the Plt began shows one")
		}
		if a := s.get(t, "budi", "/peta/capil?per=31-02-2026"); a.status != 422 {
			t.Errorf("a day that is none: %d", a.status)
		}
		if a := s.get(t, "budi", "/peta"); a.status != 303 || a.to != "/peta/capil" {
			t.Errorf("one's own map: %d %s", a.status, a.to)
		}
	})
}

// NIPs and birthdays are seen by those who may read the record, and by nobody
// else, on any page.
func TestWhoSeesANIP(t *testing.T) {
	eachTown(t, func(t *testing.T, s *town) {
		const nip, spacedNIP = "198609262015052001", "19860926 201505 2 001"
		seen := func(a answer) bool {
			return strings.Contains(a.body, nip) || strings.Contains(a.body, spacedNIP) || strings.Contains(a.body, "26 September 1986")
		}
		for _, c := range []struct {
			who, path string
			status    int
			seen      bool
		}{
			{"hr", "/pegawai/dewi", 200, true},
			{"dewi", "/pegawai/dewi", 200, true},
			{"auditor", "/pegawai/dewi", 200, true},
			{"budi", "/pegawai/dewi", 200, false},
			{"admin", "/pegawai/dewi", 200, false},
			{"", "/pegawai/dewi", 303, false},
			{"hr", "/pegawai", 200, true},
			{"auditor", "/pegawai?format=csv", 200, true},
			{"budi", "/pegawai", 403, false},
			{"budi", "/pegawai?format=csv", 403, false},
			{"budi", "/cari?q=dewi", 200, false},
			{"budi", "/cari?q=" + nip[:8], 200, false},
			{"budi", "/peta/daftar?bentuk=tabel", 200, false},
			{"budi", "/peta/daftar?format=csv", 200, false},
			{"budi", "/jabatan/analis", 200, false},
			{"budi", "/pegawai/dewi/ubah", 403, false},
			{"budi", "/pegawai/dewi/usul", 403, false},
		} {
			a := s.get(t, c.who, c.path)
			if a.status != c.status || seen(a) != c.seen {
				t.Errorf("%s %s: %d, NIP seen: %v", c.who, c.path, a.status, seen(a))
			}
		}
		if a := s.get(t, "dewi", "/pegawai/dewi"); !strings.Contains(a.text("#dibaca"), "Hendri") {
			t.Errorf("who has looked: %s", a.text("#dibaca"))
		}
	})
}

func TestARefusedFormComesBackAsItWasTyped(t *testing.T) {
	eachTown(t, func(t *testing.T, s *town) {
		a := s.post(t, "hr", "/unit/capil/ubah", "version", "1", "name", naughty, "kind", "dinas", "parent", "daftar", "from", "2026-11-23", "short", "Disdukcapil")
		if a.status != 422 || a.value("#name", "value") != naughty || a.value("#short", "value") != "Disdukcapil" {
			t.Errorf("%d, name %q", a.status, a.value("#name", "value"))
		}
		if !strings.Contains(a.text(".errsum"), "Induk") || !a.has("fieldset#parent[aria-invalid] .err") {
			t.Errorf("what is wrong: %s", a.text(".errsum"))
		}
		good := []string{"version", "1", "name", "Dinas Dukcapil", "kind", "dinas", "parent", "kota", "from", "2026-11-23"}
		if a := s.post(t, "hr", "/unit/capil/ubah", good...); a.status != 303 || a.to != "/unit/capil" {
			t.Errorf("%d to %s: %s", a.status, a.to, a.text(".errsum"))
		}
		a = s.post(t, "hr", "/unit/capil/ubah", "version", "1", "name", "Nama lain", "kind", "dinas", "parent", "kota", "from", "2026-11-23")
		if a.status != 409 || a.value("#name", "value") != "Nama lain" || !strings.Contains(a.text("#sekarang"), "Dinas Dukcapil") {
			t.Errorf("the second of two editors: %d, %q, %s", a.status, a.value("#name", "value"), a.text("#sekarang"))
		}
		again := a.value("[name=version]", "value")
		if a := s.post(t, "hr", "/unit/capil/ubah", "version", again, "name", "Nama lain", "kind", "dinas", "parent", "kota", "from", "2026-11-23"); a.status != 303 {
			t.Errorf("knowing what changed, with version %s: %d", again, a.status)
		}
		if a := s.post(t, "dewi", "/unit/capil/ubah", good...); a.status != 403 {
			t.Errorf("staff: %d", a.status)
		}
	})
}

// A need of 1.125 people is written 1,125 in Indonesian; sent as it stands it
// stays what it was.
func TestANumberComesBackAsTheFormHadIt(t *testing.T) {
	eachTown(t, func(t *testing.T, s *town) {
		send := func(a answer, need string) answer {
			return s.post(t, "hr", "/jabatan/analis/ubah", "version", a.value("[name=version]", "value"), "title", "Analis", "unit", "daftar",
				"position_kind", a.value("[name=position_kind][checked], [name=position_kind] [selected]", "value"), "level", "ahli_muda", "class", "9", "need", need, "group", "umum", "from", "2026-11-23")
		}
		if a := send(s.get(t, "hr", "/jabatan/analis/ubah"), "1,125"); a.status != 303 {
			t.Fatalf("%d: %s", a.status, a.text(".errsum"))
		}
		a := s.get(t, "hr", "/jabatan/analis/ubah")
		if a.value("#need", "value") != "1,125" {
			t.Errorf("the form has %q", a.value("#need", "value"))
		}
		if a := send(a, a.value("#need", "value")); a.status != 303 {
			t.Fatalf("%d: %s", a.status, a.text(".errsum"))
		}
		if a := s.get(t, "hr", "/jabatan/analis/ubah"); a.value("#need", "value") != "1,125" {
			t.Errorf("sent unchanged it became %q", a.value("#need", "value"))
		}
	})
}

// A search inside a form brings back everything typed, with what was found.
func TestAPickerKeepsTheForm(t *testing.T) {
	eachTown(t, func(t *testing.T, s *town) {
		a := s.get(t, "hr", "/jabatan/kabid-sipil/tunjuk?sent=1&person_q=dewi&tenure_kind=pj&decree=821%2F9&from=2026-12-01&note=catatan")
		if a.value("#decree", "value") != "821/9" || a.value("#from", "value") != "2026-12-01" || a.text("#note") != "catatan" || !a.has("[name=tenure_kind][value=pj][checked]") {
			t.Error("something typed was lost")
		}
		if !a.has("[name=person][value=dewi]") || a.has("[name=person][value=budi]") {
			t.Errorf("found: %s", a.text("#person"))
		}
		a = s.post(t, "hr", "/jabatan/kabid-sipil/tunjuk", "sent", "1", "person", "dewi", "tenure_kind", "definitive", "from", "2026-12-01", "decree", "821/9")
		if a.status != 303 || a.to != "/jabatan/kabid-sipil?per=2026-12-01" {
			t.Errorf("%d to %s: %s", a.status, a.to, a.text(".errsum"))
		}
		a = s.get(t, "hr", "/jabatan/kabid-sipil?per=2026-12-01")
		if got := a.text("#pemangku"); !strings.Contains(got, "Dewi Rahmawati") || !strings.Contains(got, "Rina Marlina") {
			t.Errorf("holders: %s", got)
		}
		if got := a.text("#riwayat"); !strings.Contains(got, "Penugasan dimulai") || !strings.Contains(got, "oleh Hendri") {
			t.Errorf("history: %s", got)
		}
	})
}

func TestMergingShowsItsEffectFirst(t *testing.T) {
	eachTown(t, func(t *testing.T, s *town) {
		form := []string{"into", "daftar", "from", "2026-12-01", "decree", "Perwako 9/2026"}
		a := s.post(t, "hr", "/unit/sipil/gabung", form...)
		if a.status != 200 || !strings.Contains(a.text("[aria-labelledby=akibat]"), "Penugasan Rina Marlina (Plt) berakhir") || !a.has("[name=sure]") {
			t.Errorf("%d: %s %s", a.status, a.text("[aria-labelledby=akibat]"), a.text(".errsum"))
		}
		if a := s.get(t, "hr", "/unit/sipil?per=2026-12-01"); !a.has("h1") || strings.Contains(a.body, "Digabung ke") {
			t.Error("something was merged before it was confirmed")
		}
		if a := s.post(t, "hr", "/unit/sipil/gabung", append(form, "sure", "1")...); a.status != 303 || a.to != "/unit/daftar?per=2026-12-01" {
			t.Errorf("%d to %s: %s", a.status, a.to, a.text(".errsum"))
		}
		if a := s.get(t, "hr", "/peta/sipil?per=2026-12-01"); a.status != 303 || a.to != "/peta/daftar?per=2026-12-01" {
			t.Errorf("the old unit's map: %d to %s", a.status, a.to)
		}
	})
}

func TestACorrectionGoesItsWay(t *testing.T) {
	eachTown(t, func(t *testing.T, s *town) {
		if a := s.post(t, "dewi", "/pegawai/dewi/usul", "about", "superior", "text", " "); a.status != 422 || !a.has("#text[aria-invalid]") {
			t.Errorf("an empty proposal: %d", a.status)
		}
		if a := s.post(t, "dewi", "/pegawai/dewi/usul", "about", "superior", "text", naughty); a.status != 303 {
			t.Errorf("%d: %s", a.status, a.text(".errsum"))
		}
		a := s.get(t, "hr", "/koreksi")
		link := a.value(".list a", "href")
		if !strings.HasPrefix(link, "/koreksi/") || !strings.Contains(a.text(".list"), naughty) {
			t.Fatalf("the list: %s", a.text(".list"))
		}
		version := s.get(t, "hr", link).value("[name=version]", "value")
		if a := s.post(t, "hr", link, "version", version, "decision", "accept", "answer", "Sudah diperbaiki."); a.status != 303 {
			t.Errorf("%d: %s", a.status, a.text(".errsum"))
		}
		if got := s.get(t, "dewi", "/pegawai/dewi").text("#usul"); !strings.Contains(got, "Diterima") || !strings.Contains(got, "Sudah diperbaiki.") {
			t.Errorf("the answer: %s", got)
		}
	})
}

func TestDecisionsPage(t *testing.T) {
	eachTown(t, func(t *testing.T, s *town) {
		a := s.get(t, "auditor", "/jabatan-diputuskan")
		if got := a.text("tbody tr"); !strings.Contains(got, "Kepala Bidang Sipil") || !strings.Contains(got, "Plt Rina Marlina, bulan ke-7") || !strings.Contains(got, "Batas 12 Agustus 2026") || !strings.Contains(got, "SE BKN 2/SE/VII/2019") {
			t.Errorf("first row: %s", got)
		}
		if a.has("tbody .btn") {
			t.Error("the auditor is offered to change something")
		}
		if a := s.get(t, "dewi", "/jabatan-diputuskan"); a.status != 403 {
			t.Errorf("staff: %d", a.status)
		}
	})
}

// What is exported can be read again, row by row.
func TestExportsCanBeReadBack(t *testing.T) {
	eachTown(t, func(t *testing.T, s *town) {
		for path, want := range map[string][]string{
			"/unit":       {"id", "parent", "name"},
			"/peta/capil": {"id", "unit", "title", "need"},
			"/pegawai":    {"PNS ID", "NIP BARU", "NAMA", "UNOR ID"},
		} {
			for _, format := range []string{sheet.CSV, sheet.XLSX} {
				a := s.get(t, "hr", path+"?format="+format)
				if a.status != 200 {
					t.Errorf("%s as %s: %d", path, format, a.status)
				}
				if format == sheet.CSV {
					head := strings.SplitN(a.body, "\n", 2)[0]
					for _, w := range want {
						if !strings.Contains(head, w) {
							t.Errorf("%s: no column %q in %s", path, w, head)
						}
					}
				}
			}
			if a := s.get(t, "hr", path+"?format=exe"); a.status != 422 {
				t.Errorf("%s in no format: %d", path, a.status)
			}
		}
	})
}

// A page of 50 of 5,000 people, as a browser gets it.
func BenchmarkPeoplePage(b *testing.B) {
	all := []db.Migrations{ledger.Migrations(), task.Migrations(), org.Migrations()}
	for engine, open := range map[string]func(testing.TB, []db.Migrations) *db.DB{"sqlite": repotest.OpenSQLite, "postgres": repotest.OpenPostgres} {
		b.Run(engine, func(b *testing.B) {
			s := newTown(b, open(b, all), func(ctx context.Context, tx *db.Tx, store *org.Store) error {
				if err := smallTown(ctx, tx, store); err != nil {
					return err
				}
				return crowd(ctx, tx, store)
			})
			for b.Loop() {
				if a := s.get(b, "hr", "/pegawai?page=20"); a.status != 200 {
					b.Fatal(a.status)
				}
			}
		})
	}
}

func crowd(ctx context.Context, tx *db.Tx, s *org.Store) error {
	var list []org.Person
	var posts []org.Tenure
	for i := range 5000 {
		id := fmt.Sprintf("p%05d", i)
		list = append(list, org.Person{
			ID: id, NIP: fmt.Sprintf("19800101200604%04d", i), Name: fmt.Sprintf("Warga %d", i), Employment: org.PNS, LegalStatus: org.Active, From: begin,
		})
		posts = append(posts, org.Tenure{Person: id, Position: "analis", Kind: org.Definitive, From: begin})
	}
	if err := s.AddPeople(ctx, tx, list); err != nil {
		return err
	}
	return s.AddTenures(ctx, tx, posts)
}
