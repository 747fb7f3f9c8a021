package monthclose

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

func november(t testing.TB) Dates {
	t.Helper()
	m, err := ParseMonth("2026-11")
	if err != nil {
		t.Fatal(err)
	}
	r := CalendarRule{PerformanceBefore: 1, AttendanceFrom: 21, AttendanceTo: 20, ObjectUntil: 26, CloseOn: 27, CloseTime: "16.00"}
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	return r.Dates(m)
}

func TestTheDaysOfAMonth(t *testing.T) {
	d := november(t)
	if d.Performance.Code() != "2026-10" || d.AttendanceFrom != "2026-10-21" || d.AttendanceTo != "2026-11-20" || d.ObjectUntil != "2026-11-26" || d.CloseOn != "2026-11-27" {
		t.Errorf("%+v", d)
	}
	january := CalendarRule{PerformanceBefore: 1, AttendanceFrom: 21, AttendanceTo: 20, ObjectUntil: 26, CloseOn: 27}.Dates("2027-01")
	if january.Performance.Code() != "2026-12" || january.AttendanceFrom != "2026-12-21" {
		t.Errorf("%+v", january)
	}
	due := appraisal.CalendarRule{PlanBy: "01-31", SelfBy: "01-10", EvaluateBy: "01-31", PeriodicDays: 10}.RateDue
	for _, c := range []struct {
		dates   Dates
		cadence appraisal.Cadence
		want    string
	}{
		{d, appraisal.Monthly, "2026-10"},
		{d, appraisal.Quarterly, "2026-Q3"},
		{d, appraisal.Yearly, "2025"},
		// In January the year before is over, but not yet due on the 27th.
		{january, appraisal.Monthly, "2026-12"},
		{january, appraisal.Quarterly, "2026-Q4"},
		{january, appraisal.Yearly, "2025"},
	} {
		if got := c.dates.windowFor(c.cadence, due).Code(); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.cadence, c.dates.Performance.Code(), got, c.want)
		}
	}
	for _, bad := range []string{"", "2026-13", "2026", "2026-1", "1899-01", "'; DROP", "2026-11-01"} {
		if _, err := ParseMonth(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is a month: %v", bad, err)
		}
	}
}

func TestAListIsReadAsOfficesSendIt(t *testing.T) {
	const body = "DAFTAR HASIL PENILAIAN KINERJA\r\nPeriode Oktober 2026\r\n\r\n" +
		"No,Nama Pegawai,NIP,Nama Jabatan,Unit Kerja,Rating Hasil Kerja,Rating Perilaku Kerja,Predikat Kinerja,Keterangan,Tanggal Penilaian\r\n" +
		"1,Dewi,'198609262015052001,Analis,Bidang,DIATAS EKSPEKTASI,SESUAI EKSPEKTASI,BAIK,,04/11/2026\r\n" +
		"2,Rina,197505052000032001,Kabid,Bidang,di bawah ekspektasi,Sesuai Ekspektasi,Butuh Perbaikan / Cukup,,\r\n" +
		"3,Arif,1.99001E+17,Analis,Bidang,SESUAI EKSPEKTASI,BELUM BUAT,BELUM BUAT,,\r\n" +
		"4,,,,,,,,,\r\n" +
		"5,Budi,199304042025211001,Perawat,RSUD,HEBAT,SESUAI,BAIK,,\r\n" +
		"6,Lia,198003032006042001,Perawat,RSUD,SESUAI,SESUAI,BAIK,,32/13/2026\r\n"
	var rep intake.Report
	rows, err := readResults([]byte(body), &rep)
	if err != nil {
		t.Fatal(err)
	}
	if rep.Rows != 6 || len(rows) != 3 || len(rep.Rejected) != 3 {
		t.Fatalf("%d rows of %+v", len(rows), rep)
	}
	if r := rows[0]; r.NIP != "198609262015052001" || r.results != appraisal.Above || r.predicate != appraisal.Good || r.on != "2026-11-04" {
		t.Errorf("%+v", r)
	}
	if r := rows[1]; r.predicate != appraisal.NeedsImprovement || r.results != appraisal.Below {
		t.Errorf("%+v", r)
	}
	if r := rows[2]; r.NIP != "" || r.Told == "" || r.predicate != "" || r.desk != SuperiorDesk {
		t.Errorf("a spoilt number, half rated: %+v", r)
	}
	for i, column := range []string{"nip", "hasil kerja", "tanggal"} {
		if rep.Rejected[i].Column != column {
			t.Errorf("rejected %+v, want column %s", rep.Rejected[i], column)
		}
	}
}

func TestWhereAListSaysItLies(t *testing.T) {
	for _, c := range []struct {
		status string
		half   bool
		desk   Desk
		lack   Lack
	}{
		{"", false, PersonDesk, LacksAnswer},
		{"", true, SuperiorDesk, LacksRating},
		{"SKP belum dibuat", false, PersonDesk, LacksPlan},
		{"Belum mengisi realisasi", false, PersonDesk, LacksSelf},
		{"Menunggu penilaian atasan", false, SuperiorDesk, LacksRating},
		{"Pejabat penilai tidak ada di SIASN", false, DataDesk, LacksEvaluator},
		{"Unor tidak sesuai", true, DataDesk, LacksEvaluator},
	} {
		if desk, lack := deskTold(c.status, c.half); desk != c.desk || lack != c.lack {
			t.Errorf("%q: %s %s, want %s %s", c.status, desk, lack, c.desk, c.lack)
		}
	}
}

func TestAttendanceInSums(t *testing.T) {
	var rep intake.Report
	rows, daily, err := readAttendance([]byte("NIP;Nama;TL1;TL 2;PSW1;TK;Tidak Apel;Sakit\n198609262015052001;Dewi;3;-;1;0;2;\n197505052000032001;Rina;x;;;;;\n199001012020121001;Arif;9999;;;;;\n"), november(t), &rep)
	if err != nil || daily || len(rows) != 1 || len(rep.Rejected) != 2 {
		t.Fatalf("%+v %+v %v", rows, rep, err)
	}
	want := []Event{{Code: "pulang_cepat_1", Count: 1}, {Code: "terlambat_1", Count: 3}, {Code: "tidak_apel", Count: 2}}
	if !slices.Equal(rows[0].events, want) {
		t.Errorf("%+v", rows[0].events)
	}
}

// hostile are files somebody may send by mistake or on purpose.
func hostile(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{
		"nothing":        {},
		"zeros":          make([]byte, 1<<16),
		"another table":  []byte("a;b;c\n1;2;3\n"),
		"a page":         []byte("<html><body><table><tr><td>NIP</td></tr></table></body></html>"),
		"a PDF":          []byte("%PDF-1.7\n%âãÏÓ\n"),
		"a zip":          []byte("PK\x03\x04 no workbook"),
		"only a head":    []byte("NIP,Nama,Hasil Akhir\n"),
		"half a quote":   []byte("NIP,Nama,Hasil Akhir\n198609262015052001,\"Dewi,BAIK\n"),
		"other encoding": []byte("NIP,Nama,Hasil Akhir\n198609262015052001,D\xe9wi,BAIK\n"),
		"formulas":       []byte("NIP,Nama,Hasil Akhir\n=1+1,\"=HYPERLINK(\"\"http://x\"\")\",BAIK\n"),
		"a long name":    []byte("NIP,Nama,Hasil Akhir\n," + strings.Repeat("Ä", 100_000) + ",BAIK\n"),
		"control signs":  []byte("NIP,Nama,Hasil Akhir\n198609262015052001,D\x00e\x07wi,BAIK\n"),
	}
	if dir := os.Getenv("GURINDAM_DATA"); dir != "" {
		list, err := filepath.Glob(filepath.Join(dir, "corpora", "*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range list {
			if body, err := os.ReadFile(file); err == nil && len(body) < 4<<20 {
				files[filepath.Base(file)] = body
			}
		}
	}
	return files
}

// Whatever is sent, the answer is a sentence or an account of every row, and
// nothing is half written.
func TestHostileFiles(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.load(Results, list)
		before, err := rowsOf(t.Context(), o.DB, march)
		o.Must(err)
		for name, body := range hostile(t) {
			for _, kind := range Kinds() {
				rep, err := o.svc.Load(t.Context(), hr, march, kind, name, body, false)
				switch {
				case err != nil && !fault.Is(err, fault.Invalid):
					t.Errorf("%s as %s: %v", name, kind, err)
				case err == nil && !rep.Whole():
					t.Errorf("%s as %s: %+v", name, kind, rep)
				}
			}
		}
		if _, err := o.svc.Load(t.Context(), hr, march, "gaji", "x", []byte(list), false); !fault.Is(err, fault.Invalid) {
			t.Errorf("another kind: %v", err)
		}
		after, err := rowsOf(t.Context(), o.DB, march)
		o.Must(err)
		if len(before) != len(after) {
			t.Errorf("%d rows became %d", len(before), len(after))
		}
		if n, err := db.One(t.Context(), o.DB, `SELECT count(*) FROM monthclose_result WHERE predicate <> '' AND person_id = 'dewi'`, db.Value[int]); err != nil || n != 1 {
			t.Errorf("dewi's result: %d %v", n, err)
		}
	})
}

func FuzzReadResults(f *testing.F) {
	f.Add([]byte(list))
	f.Add([]byte("NIP;Nama;Hasil Akhir\n1;2;3"))
	f.Fuzz(func(t *testing.T, body []byte) {
		var rep intake.Report
		rows, err := readResults(body, &rep)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if len(rows)+len(rep.Rejected) != rep.Rows {
			t.Fatalf("%d rows and %d rejected of %d", len(rows), len(rep.Rejected), rep.Rows)
		}
	})
}

func FuzzReadAttendance(f *testing.F) {
	f.Add([]byte(days))
	f.Add([]byte("NIP;Nama;TL1\n1;2;3"))
	d := november(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		var rep intake.Report
		rows, _, err := readAttendance(body, d, &rep)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if len(rows)+len(rep.Rejected) != rep.Rows {
			t.Fatalf("%d rows and %d rejected of %d", len(rows), len(rep.Rejected), rep.Rows)
		}
		for _, r := range rows {
			if r.day != "" && (r.day < d.AttendanceFrom || r.day > d.AttendanceTo) {
				t.Fatalf("a day outside: %+v", r)
			}
		}
	})
}
