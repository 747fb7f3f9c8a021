package cascade

import (
	"os"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/appraisal"
)

const table = `PERJANJIAN KINERJA TAHUN 2025
Tahun;Perangkat Daerah;No;Sasaran Strategis;Indikator Kinerja;Target;Satuan;Polarisasi;Program;Pagu Anggaran
2025;Dinas Kependudukan;1;Warga memiliki dokumen;Cakupan KTP-el;99,5;%;Naik;;
;;;;Waktu tunggu;15 menit;;Turun;;
;;2;;Berkas salah;banyak;berkas;Turun;;
;;;;;;;;Program Pendaftaran Penduduk;Rp 1.250.000.000,00
;Bidang Pendaftaran;;;Indikator tanpa sasaran;5;buah;;;
;Bidang Pendaftaran;;;;;;;;
`

func TestATableIsRead(t *testing.T) {
	f, err := ReadAgreements([]byte(table))
	if err != nil {
		t.Fatal(err)
	}
	if f.Rows != 6 || len(f.Lines) != 4 || len(f.Rejected) != 2 {
		t.Fatalf("%d rows, %d lines, rejected %+v", f.Rows, len(f.Lines), f.Rejected)
	}
	first, second, third, program := f.Lines[0], f.Lines[1], f.Lines[2], f.Lines[3]
	if first.Unit != "Dinas Kependudukan" || first.Year != 2025 || first.Measure.Target != "99.5" || first.Measure.Unit != "%" {
		t.Errorf("%+v", first)
	}
	if second.Goal != "Warga memiliki dokumen" || second.Measure.Target != "15" || second.Measure.Unit != "menit" || second.Measure.Direction != appraisal.Down {
		t.Errorf("a target with its unit: %+v", second)
	}
	if third.Measure.Target != "" || third.Measure.Unit != "berkas" {
		t.Errorf("a target in words: %+v", third)
	}
	if program.Program != "Program Pendaftaran Penduduk" || program.Budget != 1_250_000_000 {
		t.Errorf("%+v", program)
	}
	if f.Rejected[0].Key != "cascade.wrong.no_goal" || f.Rejected[0].Row != 7 || f.Rejected[1].Key != "cascade.wrong.empty" {
		t.Errorf("%+v", f.Rejected)
	}
}

func TestJSONIsReadHoweverItIsNested(t *testing.T) {
	for name, body := range map[string]string{
		"rows":    `[{"tahun":2025,"unit":"Dinas Kependudukan","sasaran":"Warga memiliki dokumen","indikator":"Cakupan KTP-el","target":99.5,"satuan":"%"}]`,
		"nested":  `{"tahun":2025,"data":[{"perangkat_daerah":"Dinas Kependudukan","sasaran":[{"sasaran":"Warga memiliki dokumen","indikator":[{"indikator":"Cakupan KTP-el","target":"99,5","satuan":"%","triwulan":[1,2]}]}]}]}`,
		"objects": `{"tahun":"2025","perangkat_daerah":{"id":7,"nama":"Dinas Kependudukan"},"sasaran_strategis":[{"nama":"Warga memiliki dokumen","indikator_kinerja":[{"uraian":"Cakupan KTP-el","target":"99.5 %"}]}]}`,
	} {
		f, err := ReadAgreements([]byte(body))
		if err != nil || len(f.Lines) != 1 || len(f.Rejected) != 0 {
			t.Errorf("%s: %v %+v", name, err, f)
			continue
		}
		if l := f.Lines[0]; l.Year != 2025 || l.Unit != "Dinas Kependudukan" || l.Goal != "Warga memiliki dokumen" || l.Measure.Text != "Cakupan KTP-el" || l.Measure.Target != "99.5" || l.Measure.Unit != "%" {
			t.Errorf("%s: %+v", name, l)
		}
	}
	for _, body := range []string{`{"a":`, `[]`, `{"x":[1,2,3]}`, "nama,umur\nA,5\n"} {
		if f, err := ReadAgreements([]byte(body)); err == nil && len(f.Lines) > 0 {
			t.Errorf("%q was read as %+v", body, f)
		}
	}
}

func TestNumbersAreReadAsTheyAreWritten(t *testing.T) {
	for in, want := range map[string]string{"85": "85", "99,5": "99.5", "99.5": "99.5", "1.250": "1250", "1.250,75": "1250.75", "1,250.75": "1250.75", "2.500.000": "2500000", "0.125": "0.125"} {
		if got := plain(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// No file makes the reader fall over, and every row is accounted for once.
func FuzzReadAgreements(f *testing.F) {
	f.Add([]byte(table))
	f.Add([]byte(`{"tahun":2025,"unit":"X","sasaran":[{"nama":"Y","indikator":[{"nama":"Z","target":"1e9"}]}]}`))
	f.Add([]byte("sasaran,indikator,target\n,,\n\"a\nb\",x,--5\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		read, err := ReadAgreements(body)
		if err != nil {
			return
		}
		if read.Rows != len(read.Lines)+len(read.Rejected) {
			t.Errorf("%d rows, %d lines, %d rejected", read.Rows, len(read.Lines), len(read.Rejected))
		}
		for _, l := range read.Lines {
			if l.Measure.Text == "" && l.Program == "" {
				t.Errorf("an empty line was kept: %+v", l)
			}
		}
	})
}

func smallBoard() Board {
	b := Board{ID: "b", Columns: []Column{{ID: "g1", Number: 1, Text: "Warga memiliki dokumen"}, {ID: "g2", Number: 2, Text: "Data bersih"}}}
	for _, x := range [][3]string{{"p1", "198609262015052001", "Dewi Rahmawati, S.Kom."}, {"p2", "199001012020121001", "Arif Setiawan"}, {"p3", "199001012020121002", "Arif Setiawan"}} {
		b.People = append(b.People, Member{Part: appraisal.Part{ID: x[0], Who: appraisal.Identity{NIP: x[1], Name: x[2]}}, Cells: map[string][]Cell{}})
	}
	return b
}

func TestPastedCellsFindTheirPlace(t *testing.T) {
	b := smallBoard()
	for name, c := range map[string]struct {
		text     string
		want     []Wish
		rejected int
	}{
		"no heads":       {"dewi rahmawati\tKTP-el direkam\tx\n", []Wish{{"p1", "g1", "KTP-el direkam"}}, 0},
		"two in a cell":  {"198609262015052001\t\"A\nB\"\t-\n", []Wish{{"p1", "g1", "A"}, {"p1", "g1", "B"}}, 0},
		"heads":          {"NIP\tNama\t2. Data bersih\tCatatan\n199001012020121002\tArif Setiawan\tData ganda dibersihkan\tya\n", []Wish{{"p3", "g2", "Data ganda dibersihkan"}}, 0},
		"heads are nos.": {"nama\t1\t2\nDewi Rahmawati\tA\tB\n", []Wish{{"p1", "g1", "A"}, {"p1", "g2", "B"}}, 0},
		"two of a name":  {"nama\t1\nArif Setiawan\tA\n", nil, 1},
		"nobody":         {"nama\t1\nOrang Lain\tA\n", nil, 1},
	} {
		got, rep, err := b.ReadPaste(c.text)
		if err != nil || len(got) != len(c.want) || len(rep.Rejected) != c.rejected {
			t.Errorf("%s: %v %+v %+v", name, err, got, rep)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %+v", name, got)
			}
		}
	}
	if _, _, err := b.ReadPaste("a\tb\n1\t2\n"); err == nil {
		t.Error("a table without people was taken")
	}
}

func FuzzReadPaste(f *testing.F) {
	f.Add("Dewi Rahmawati\tA\tB\n")
	f.Add("nip\t1\n\"198609262015052001\"\t\"x\ny\"")
	f.Fuzz(func(t *testing.T, text string) {
		b := smallBoard()
		wishes, _, err := b.ReadPaste(text)
		if err != nil {
			return
		}
		for _, w := range wishes {
			if b.Member(w.Part) == nil || b.Column(w.Goal) == nil || strings.TrimSpace(w.Words) == "" {
				t.Errorf("%+v", w)
			}
		}
	})
}

// The example files stand for what e-SAKIP applications export.
func TestTheExampleFilesAreRead(t *testing.T) {
	for _, x := range []struct {
		file            string
		lines, programs int
		last            string
	}{
		{"e-sakip.xlsx", 5, 2, "Tidak dimuat"},
		{"e-sakip.json", 5, 1, "Tidak dimuat"},
	} {
		body, err := os.ReadFile("testdata/" + x.file)
		if err != nil {
			t.Fatal(err)
		}
		f, err := ReadAgreements(body)
		if err != nil || len(f.Lines) != x.lines || len(f.Rejected) != 0 {
			t.Fatalf("%s: %v %+v", x.file, err, f)
		}
		programs := 0
		for _, l := range f.Lines {
			if l.Year != 2026 || l.Unit == "" {
				t.Errorf("%s: %+v", x.file, l)
			}
			if l.Program != "" && l.Budget > 1_000_000_000 {
				programs++
			}
		}
		if programs != x.programs {
			t.Errorf("%s: %d programmes of %+v", x.file, programs, f.Lines)
		}
	}
}
