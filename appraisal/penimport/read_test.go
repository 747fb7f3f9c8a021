package penimport

import (
	"strings"
	"testing"

	"github.com/gurindam/gurindam/appraisal"
)

var leader = map[appraisal.OrganisationPredicate]appraisal.Rating{
	appraisal.OrganisationExcellent: appraisal.Above, appraisal.OrganisationGood: appraisal.Meets, appraisal.OrganisationPoor: appraisal.Below,
}

func TestAListOfResultsIsRead(t *testing.T) {
	body := "DAFTAR HASIL KINERJA\n;;\nNIP;Nama;Jabatan;Unit Kerja;Hasil Kerja;Perilaku;Hasil Akhir;NIP Penilai\n" +
		"'198609262015052001;Dewi;Analis;Bidang;Sesuai Ekspektasi;DIATAS ESPEKTASI;Baik;197505052000032001\n" +
		"199001012020121001;Arif;Analis;Bidang;BELUM BUAT;BELUM BUAT;BELUM BUAT;\n" +
		"1.98609E+17;Sari P.;Kepala;SD 1;Istimewa;Sesuai;BAIK;\n" +
		"196901011995012001;Nur;Kadis;Capil;Sesuai;Sesuai;Lumayan;\n" +
		";;;;Sesuai;Sesuai;Baik;\n"
	f, err := readResults([]byte(body), leader)
	if err != nil {
		t.Fatal(err)
	}
	if f.Lines != 5 || len(f.Rows) != 3 || len(f.Rejected) != 2 {
		t.Fatalf("%+v", f)
	}
	dewi, arif, sari := f.Rows[0], f.Rows[1], f.Rows[2]
	if dewi.NIP != "198609262015052001" || dewi.Results != appraisal.Meets || dewi.Conduct != appraisal.Above || dewi.Predicate != appraisal.Good || dewi.RaterNIP != "197505052000032001" || dewi.first() != 4 {
		t.Errorf("dewi: %+v", dewi)
	}
	if !arif.NotMade || sari.NIP != "" || sari.Results != appraisal.Above {
		t.Errorf("arif: %+v; sari: %+v", arif, sari)
	}
	if f.Rejected[0].Row != 7 || f.Rejected[0].Key != "penimport.wrong.word" || f.Rejected[1].Key != "penimport.wrong.nobody" {
		t.Errorf("rejected: %+v", f.Rejected)
	}
}

func TestATableOfPlansIsRead(t *testing.T) {
	body := "NIP,Nama,RHK Atasan,RHK,Aspek,IKI,Target,Satuan,Jenis\n" +
		"198609262015052001,Dewi,Warga terlayani,Data mutakhir,Kuantitas,Anomali dibersihkan,\"2.400,5\",data,Utama\n" +
		",,,,Kualitas,Data ganda tersisa,0.5 %,,\n" +
		",,,Perekaman keliling,Waktu,Jadwal terpenuhi,tepat waktu tiap pekan,,Tambahan\n" +
		"199001012020121001,Arif,,,Waktu,x,1,,\n"
	f, err := readPlans([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	if f.Lines != 4 || len(f.Rejected) != 1 || f.Rejected[0].Row != 5 {
		t.Fatalf("%+v", f.Rejected)
	}
	r := f.Rows[0].Plan.Results
	if len(r) != 2 || len(r[0].Indicators) != 2 || r[0].Supports.Text != "Warga terlayani" || r[1].Kind != appraisal.Additional {
		t.Fatalf("results: %+v", r)
	}
	if i := r[0].Indicators[0]; i.Target != "2400.5" || i.Unit != "data" || i.Face != "kuantitas" {
		t.Errorf("first: %+v", i)
	}
	if i := r[0].Indicators[1]; i.Target != "0.5" || i.Unit != "%" {
		t.Errorf("second: %+v", i)
	}
	if i := r[1].Indicators[0]; i.Target != "" || i.TargetText != "tepat waktu tiap pekan" {
		t.Errorf("third: %+v", i)
	}
}

const printed = `
                                   SASARAN KINERJA PEGAWAI
                       PENDEKATAN HASIL KERJA KUANTITATIF BAGI PEJABAT FUNGSIONAL
PEMERINTAH KOTA TANJUNGPINANG                        PERIODE PENILAIAN: 1 JANUARI SD 31 DESEMBER TAHUN 2026

NO  PEGAWAI YANG DINILAI                             NO   PEJABAT PENILAI KINERJA
1   NAMA            DEWI RAHMAWATI, S.Kom.           1    NAMA            RINA MARLINA, S.Sos.
2   NIP             198609262015052001               2    NIP             197505052000032001
3   PANGKAT/GOL     Penata, III/c                    3    PANGKAT/GOL     Pembina, IV/a
4   JABATAN         Administrator Database           4    JABATAN         Kepala Bidang
5   UNIT KERJA      Bidang Pendaftaran               5    UNIT KERJA      Dinas Kependudukan
HASIL KERJA
NO    RENCANA HASIL KERJA       RENCANA HASIL KERJA       ASPEK        INDIKATOR KINERJA          TARGET
      PIMPINAN                                                         INDIVIDU
(1)           (2)                      (3)                 (4)               (5)                   (6)
A. UTAMA
1     Warga memiliki dokumen    Data kependudukan         Kuantitas    Anomali data yang          2.400 data
      yang benar                kota mutakhir dan                      dibersihkan
                                bersih                    Kualitas     Data ganda tersisa         0,5 %
2     -                         Warga terekam KTP-el      Kuantitas    Warga yang direkam di      600 warga
                                                                       tempat
B. TAMBAHAN
1     -                         Petugas kelurahan         Kuantitas    Petugas yang terlatih      36 orang
                                terlatih
PERILAKU KERJA
1 Berorientasi Pelayanan
RATING HASIL KERJA*          SESUAI EKSPEKTASI
RATING PERILAKU KERJA: DI ATAS EKSPEKTASI
PREDIKAT KINERJA PEGAWAI     BAIK
`

func TestThePrintedFormIsRead(t *testing.T) {
	f, err := readText(printed, leader)
	if err != nil {
		t.Fatal(err)
	}
	r := f.Rows[0]
	if f.Year != 2026 || r.NIP != "198609262015052001" || r.RaterNIP != "197505052000032001" || r.Name != "DEWI RAHMAWATI, S.Kom." || r.RaterName != "RINA MARLINA, S.Sos." || r.Unit != "Bidang Pendaftaran" {
		t.Fatalf("who: %d %+v", f.Year, r)
	}
	if r.Results != appraisal.Meets || r.Conduct != appraisal.Above || r.Predicate != appraisal.Good {
		t.Errorf("outcome: %+v", r)
	}
	if r.Plan == nil || len(r.Plan.Results) != 3 {
		t.Fatalf("plan: %+v", r.Plan)
	}
	first := r.Plan.Results[0]
	if first.Text != "Data kependudukan kota mutakhir dan bersih" || first.Supports.Text != "Warga memiliki dokumen yang benar" || len(first.Indicators) != 2 {
		t.Errorf("first: %+v", first)
	}
	if i := first.Indicators[0]; i.Text != "Anomali data yang dibersihkan" || i.Target != "2400" || i.Unit != "data" {
		t.Errorf("indicator: %+v", i)
	}
	last := r.Plan.Results[2]
	if last.Kind != appraisal.Additional || last.Text != "Petugas kelurahan terlatih" || last.Indicators[0].Target != "36" || !last.Supports.None() {
		t.Errorf("additional: %+v", last)
	}
}

const printedLeader = `
SASARAN KINERJA PEGAWAI
PERIODE PENILAIAN 1 JANUARI SD 31 DESEMBER 2026
1  NAMA  NURHAYATI ISMAIL        1  NAMA  RAJA AMIRUL
2  NIP   196901011995012001      2  NIP   -
NO   RENCANA HASIL KERJA          INDIKATOR KINERJA INDIVIDU     TARGET       PERSPEKTIF
A. UTAMA
1    Pengguna memperoleh          Indeks kepuasan                85 indeks    Penerima
     layanan sesuai standar                                                   Layanan
                                  Pengaduan selesai tepat        95 %         Proses
                                  waktu                                       Bisnis
`

func TestTheLeadersFormIsRead(t *testing.T) {
	f, err := readText(printedLeader, leader)
	if err != nil {
		t.Fatal(err)
	}
	r := f.Rows[0].Plan.Results
	if len(r) != 1 || r[0].Text != "Pengguna memperoleh layanan sesuai standar" || len(r[0].Indicators) != 2 {
		t.Fatalf("%+v", r)
	}
	a, b := r[0].Indicators[0], r[0].Indicators[1]
	if a.Face != "penerima_layanan" || a.Target != "85" || b.Face != "proses_bisnis" || b.Text != "Pengaduan selesai tepat waktu" {
		t.Fatalf("%+v\n%+v", a, b)
	}
}

func TestTwoDocumentsInOneText(t *testing.T) {
	f, err := readText(printed+strings.ReplaceAll(printed, "198609262015052001", "199001012020121001"), leader)
	if err != nil || len(f.Rows) != 2 || f.Rows[1].NIP != "199001012020121001" || f.Rows[1].first() != 2 {
		t.Fatalf("%v %+v", err, f.Rows)
	}
}

func FuzzReadText(f *testing.F) {
	f.Add(printed)
	f.Add(printedLeader)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := readText(text, leader)
		if err == nil && (len(got.Rows) == 0 || got.Lines != len(got.Rows)) {
			t.Errorf("%d rows, %d lines", len(got.Rows), got.Lines)
		}
	})
}
