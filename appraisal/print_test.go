package appraisal

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/rulebook"
)

// fullContent is an SKP as somebody really writes one.
func fullContent(form Form) Content {
	f := form.Faces()
	in := func(id, text, face, target, unit string, d Direction) Indicator {
		return Indicator{ID: id, Text: text, Face: face, Target: target, Unit: unit, Direction: d}
	}
	return Content{
		Approach: Quantitative, Form: form,
		Results: []Result{
			{
				ID: "r1", Kind: Main, Text: "Data kependudukan kota mutakhir dan bersih", Supports: Support{Text: "Warga memiliki dokumen kependudukan yang benar"},
				Indicators: []Indicator{
					in("i1", "Anomali data yang dibersihkan", f[0], "2200", "data", Up),
					in("i2", "Data ganda tersisa", f[1], "0.50", "%", Down),
					in("i3", "Rata-rata waktu pemutakhiran sejak berkas lengkap", f[2], "2", "hari kerja", Down),
				},
			},
			{
				ID: "r2", Kind: Main, Text: "Warga Penyengat dan Dompak terekam KTP-el", Supports: Support{Text: "Layanan menjangkau warga pulau"},
				Indicators: []Indicator{in("i4", "Warga wajib KTP yang direkam di tempat", f[0], "250", "warga", Up)},
			},
			{
				ID: "r3", Kind: Additional, Text: "Arsip kependudukan sebelum 2010 tertata menurut jadwal retensi", Assignment: "Tim Penataan Arsip Kota",
				Indicators: []Indicator{in("i5", "Boks arsip yang tertata", f[0], "120", "boks", Up)},
			},
		},
		Expectations: map[string]string{"kolaboratif": "Melibatkan operator kelurahan sejak awal.", "adaptif": "Menguasai SIAK terpusat sebelum Juni."},
		Annex: Annex{
			Resources:      []string{"Dua petugas perekaman bergerak", "Anggaran perjalanan ke pulau Rp48.000.000"},
			Accountability: []string{"Rekap SIAK tiap akhir triwulan kepada Kepala Bidang"},
			Consequences:   []string{"Target tercapai menjadi dasar penugasan lanjutan"},
		},
	}
}

// loaded stores a whole year of somebody, decided, and returns the part.
func (w world) loaded(i Identity, by Signer) Part {
	w.t.Helper()
	w.on("2026-01-19")
	p := w.part(i)
	at, err := dayTime("2025-01-20")
	w.must(err)
	end, err := dayTime("2026-01-12")
	w.must(err)
	plan := Plan{State: Approved, Revision: 1, Content: fullContent(p.Form), SubmittedAt: at, DecidedAt: at, DecidedBy: by, UpdatedAt: at}
	org := Organisation{UnitID: "dinas", Unit: "Dinas Kependudukan dan Pencatatan Sipil", Window: year2025, Predicate: OrganisationGood, At: end, By: Signer{mayor.PersonID, mayor.Name, mayor.Post}}
	e := Evaluation{
		Window: year2025, State: Received,
		Self: Side{SentAt: end, Words: Words{Indicators: map[string]Say{
			"i1": {Value: "2314", Text: "Selesai Oktober, sisanya data baru."}, "i2": {Value: "0.44"}, "i3": {Value: "1.9", Text: "Melambat pada Juli saat server pindah."}, "i4": {Value: "212", Text: "Dua kunjungan batal karena cuaca."},
		}}},
		Superior: Side{SentAt: end, Words: Words{
			Indicators: map[string]Say{"i1": {Text: "Terlampaui lewat cara kerja yang kini dipakai tiga rekan."}, "i2": {Text: "Sesuai."}, "i3": {Text: "Sesuai, dan warga diberi tahu selama perpindahan."}, "i4": {Text: "Belum tercapai. Tahun depan jadwal cadangan dibuat sejak awal."}},
			Values:     map[string]Say{"kolaboratif": {Mark: Above, Text: "Melatih tiga operator kelurahan."}, "adaptif": {Mark: Above}, "berorientasi_pelayanan": {Mark: Above}, "akuntabel": {Mark: Meets}},
		}},
		Ratings: Ratings{Results: Meets, Conduct: Above, ConductReason: "Tiga nilai melampaui harapan, dengan bukti dari rekan.", Note: "Jadwal cadangan perekaman pulau disusun sejak Januari 2026."},
		RatedAt: end, RatedBy: by, ReceivedAt: end,
	}
	rec := Record{
		Part: p, Plan: &plan,
		Progress:    []Progress{{ResultID: "r3", IndicatorID: "i5", Month: "2025-12", Value: "131", Note: "Selesai", CreatedAt: end, Evidence: []Evidence{{Label: "Berita acara", URL: "https://contoh.go.id/arsip"}}}},
		Feedback:    []Feedback{{About: AboutValue, Ref: "kolaboratif", Text: "Sabar menjelaskan kepada operator baru.", Author: Signer{andi.PersonID, andi.Name, andi.Post}, Relation: FromPeer, CreatedAt: at}},
		Evaluations: []LoadEvaluation{{Evaluation: e, DecidedAt: "2026-01-19"}},
	}
	w.must(w.db.Tx(w.ctx, func(tx *db.Tx) error {
		return w.Load(w.ctx, tx, asHR, []Organisation{org}, []Record{rec})
	}))
	return p
}

// text returns what a PDF says, with its layout.
func pdfText(t *testing.T, raw []byte, name string) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("GURINDAM_PDF"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(tool, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// inOrder reports the first text that does not follow the one before it.
func inOrder(t *testing.T, what, text string, want ...string) {
	t.Helper()
	plain, at := strings.Join(strings.Fields(text), " "), 0
	for _, s := range want {
		i := strings.Index(plain[at:], s)
		if i < 0 {
			t.Errorf("%s: %q is missing, or stands before what it should follow", what, s)
			continue
		}
		at += i
	}
}

func TestTheFormsSayWhatTheRegulationAsks(t *testing.T) {
	w := newWorld(t, repotest.OpenSQLite(t, testMigrations()), 2025)
	signer, err := ledger.OpenSigner(t.TempDir())
	w.must(err)
	w.signer = signer
	staff, leader := w.loaded(dewi, Signer{boss.PersonID, boss.Name, boss.Post}), Part{}

	raw, err := w.PlanPDF(w.ctx, asDewi, staff.ID, 0)
	w.must(err)
	inOrder(t, "SKP", pdfText(t, raw, "skp.pdf"),
		"PEMERINTAH KOTA TANJUNGPINANG", "DINAS KEPENDUDUKAN", "Sasaran Kinerja Pegawai", "kuantitatif bagi pejabat administrasi",
		"1 Januari 2025 sampai 31 Desember 2025", "Pegawai yang dinilai", "Pejabat penilai kinerja", "Dewi Rahmawati", "19900101 201504 1 003",
		"A. Utama", "Aspek", "Anomali data yang dibersihkan", "2.200 data", "≤ 0,50 %", "B. Tambahan", "(penugasan dari Tim Penataan", "Perilaku kerja",
		"Berorientasi Pelayanan", "Kolaboratif", "Tanjungpinang, 20 Januari 2025", "Rina Marlina", "Lampiran SKP", "Dukungan sumber daya", "Konsekuensi", "https://contoh.go.id/v/")

	raw, err = w.EvaluationPDF(w.ctx, asDewi, staff.ID, year2025)
	w.must(err)
	inOrder(t, "evaluation", pdfText(t, raw, "evaluasi.pdf"),
		"Evaluasi Kinerja Pegawai", "tahun 2025", "Capaian kinerja organisasi", "Baik", "Pola distribusi", "A. Utama", "Realisasi", "2.314 data", "B. Tambahan", "131 boks",
		"Rating hasil kerja", "Sesuai ekspektasi", "Perilaku kerja", "Umpan balik", "Melatih tiga operator", "Rating perilaku kerja", "Predikat kinerja pegawai", "Baik", "19 Januari 2026", "Rina Marlina")

	raw, err = w.DocumentPDF(w.ctx, asDewi, staff.ID, year2025)
	w.must(err)
	inOrder(t, "document", pdfText(t, raw, "dokumen.pdf"),
		"Dokumen Evaluasi Kinerja Pegawai", "Atasan pejabat penilai", "Hendri Saputra", "Hasil evaluasi", "Predikat kinerja pegawai", "Baik", "Jadwal cadangan",
		"Kuadran", "Mengapa", "ditetapkan lebih dulu", "4 dari 5 target tercapai", "3 dari 7 nilai", "PermenPANRB 6/2022", "Yang akan mengubahnya", "Sangat Baik", "Diterima 12 Januari 2026")
	if !bytes.Contains(raw, []byte("/EmbeddedFiles")) {
		t.Error("the receipt must be in the document")
	}
	again, err := w.DocumentPDF(w.ctx, asDewi, staff.ID, year2025)
	w.must(err)
	if !bytes.Equal(raw, again) {
		t.Error("the same document must have the same bytes")
	}
	_, err = w.DocumentPDF(w.ctx, asAndi, staff.ID, year2025)
	w.refused(err, fault.Forbidden, "a colleague prints it")

	leader = w.part(head)
	plan := w.agreed(asHead, asMayor, leader)
	raw, err = w.PlanPDF(w.ctx, asHead, leader.ID, plan.Revision)
	w.must(err)
	inOrder(t, "the head's SKP", pdfText(t, raw, "skp-pimpinan.pdf"), "pimpinan unit kerja mandiri", "Perspektif", "Penerima layanan", "Tidak ada")
	_, err = w.PlanPDF(w.ctx, asHead, leader.ID, 7)
	w.refused(err, fault.NotFound, "a revision that is none")
	_, err = w.EvaluationPDF(w.ctx, asHead, leader.ID, year2025)
	w.refused(err, fault.NotFound, "an evaluation without a predicate")
}

func TestWhatIsLoadedIsWhatWouldHaveBeenDecided(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.loaded(dewi, Signer{boss.PersonID, boss.Name, boss.Post})
		v, err := w.Evaluation(w.ctx, asDewi, p.ID, year2025)
		w.must(err)
		o := v.Evaluation.Outcome
		if o == nil || o.Predicate != Good || v.Explained == nil || v.Explained.Predicate != o.Predicate || v.Evaluation.ObjectUntil != "2026-01-26" {
			t.Fatalf("%+v", v.Evaluation)
		}
		book, err := w.bookOf(w.ctx, year2025)
		w.must(err)
		c, err := gather(w.ctx, w.db, p, year2025, book)
		w.must(err)
		e := c.evaluation
		in := c.inputs(e.Ratings, e.RatedBy, Day(w.inZone(e.RatedAt)), Day(w.inZone(c.organisation.At)))
		body, err := in.Bytes()
		w.must(err)
		if !bytes.Equal(body, o.Inputs) {
			t.Fatalf("inputs differ:\n%s\n%s", body, o.Inputs)
		}
		b, err := w.EvaluateAll(w.ctx, year2025)
		w.must(err)
		if b.Counts.Unequal != 0 || b.Counts.Predicates[Good] != 1 {
			t.Fatalf("counts: %+v", b.Counts)
		}
	})
}

func TestAListCanBeTakenAlongAndReadBack(t *testing.T) {
	w := newWorld(t, repotest.OpenSQLite(t, testMigrations()), 2025)
	w.loaded(dewi, Signer{boss.PersonID, boss.Name, boss.Post})
	b, err := i18n.NewBundle(Locale, rulebook.Locale)
	w.must(err)
	for _, lang := range i18n.Langs() {
		raw, err := w.ListXLSX(w.ctx, asHR, ListQuery{Window: year2025}, b.Printer(lang))
		w.must(err)
		if _, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw))); err != nil {
			t.Fatal(err)
		}
		table, err := sheet.OpenReader(bytes.NewReader(raw), int64(len(raw)), sheet.Options{})
		w.must(err)
		var rows [][]string
		w.must(table.Rows(func(_ int, cells []string) error {
			rows = append(rows, append([]string(nil), cells...))
			return nil
		}))
		w.must(table.Close())
		if len(rows) != 4 || rows[1][0] != dewi.Name || rows[1][1] != dewi.NIP || rows[1][15] != "Baik" {
			t.Fatalf("%s: %q", lang, rows)
		}
		for _, c := range table.Columns {
			if strings.HasPrefix(c, "[") {
				t.Errorf("%s: column %s has no name", lang, c)
			}
		}
	}
}

func TestSubmittingNamesEachFlaw(t *testing.T) {
	library, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	book, err := library.At("2026-01-01", "")
	if err != nil {
		t.Fatal(err)
	}
	quality, err := rulebook.Load[QualityRule](book)
	if err != nil {
		t.Fatal(err)
	}
	keys := func(in Indicator) string {
		var all []string
		for _, f := range quality.Indicator(Quantitative, in) {
			all = append(all, strings.TrimPrefix(f.Key, "appraisal.flaw."))
		}
		return strings.Join(all, " ")
	}
	ok := Indicator{Text: "Anomali data yang dibersihkan", Target: "2200", Unit: "data", Direction: Up, Face: "kuantitas"}
	for want, change := range map[string]func(*Indicator){
		"":                                       func(*Indicator) {},
		"activity":                               func(in *Indicator) { in.Text = "Melakukan pemutakhiran data" },
		"activity vague":                         func(in *Indicator) { in.Text = "Melaksanakan pelayanan dengan baik" },
		"vague":                                  func(in *Indicator) { in.Text = "Data selesai tepat waktu, setiap bulan" },
		"short":                                  func(in *Indicator) { in.Text = "Data" },
		"no_target":                              func(in *Indicator) { in.Target = "banyak" },
		"no_unit":                                func(in *Indicator) { in.Unit = " - " },
		"no_direction":                           func(in *Indicator) { in.Direction = "" },
		"no_face":                                func(in *Indicator) { in.Face = "" },
		"no_target no_unit no_direction no_face": func(in *Indicator) { *in = Indicator{Text: ok.Text} },
	} {
		in := ok
		change(&in)
		if got := keys(in); got != want {
			t.Errorf("%+v: %q, want %q", in, got, want)
		}
	}
	var f *fault.Error
	if err := submittable(Content{}, quality); !errors.As(err, &f) || f.Fields[0].Name != "results" {
		t.Errorf("an empty plan: %v", err)
	}
	if got := quality.Indicator(Qualitative, Indicator{Text: ok.Text, TargetText: "Warga tidak datang dua kali"}); len(got) != 0 {
		t.Errorf("a qualitative indicator: %+v", got)
	}
}
