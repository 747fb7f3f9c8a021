package orgimport

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/sheet"
)

// siasn is the header of SIASN's "Data ASN" download.
var siasn = strings.Split("PNS ID|NIP BARU|NIP LAMA|NAMA|GELAR DEPAN|GELAR BELAKANG|TEMPAT LAHIR ID|TEMPAT LAHIR NAMA|TANGGAL LAHIR|JENIS KELAMIN|"+
	"AGAMA ID|AGAMA NAMA|JENIS KAWIN ID|JENIS KAWIN NAMA|NIK|NOMOR HP|EMAIL|EMAIL GOV|ALAMAT|NPWP NOMOR|BPJS|JENIS PEGAWAI ID|JENIS PEGAWAI NAMA|"+
	"KEDUDUKAN HUKUM ID|KEDUDUKAN HUKUM NAMA|STATUS CPNS PNS|KARTU ASN VIRTUAL|NOMOR SK CPNS|TANGGAL SK CPNS|TMT CPNS|NOMOR SK PNS|TANGGAL SK PNS|"+
	"TMT PNS|GOL AWAL ID|GOL AWAL NAMA|GOL AKHIR ID|GOL AKHIR NAMA|TMT GOLONGAN|MK TAHUN|MK BULAN|JENIS JABATAN ID|JENIS JABATAN NAMA|JABATAN ID|"+
	"JABATAN NAMA|TMT JABATAN|TINGKAT PENDIDIKAN ID|TINGKAT PENDIDIKAN NAMA|PENDIDIKAN ID|PENDIDIKAN NAMA|TAHUN LULUS|KPKN ID|KPKN NAMA|"+
	"LOKASI KERJA ID|LOKASI KERJA NAMA|UNOR ID|UNOR NAMA|INSTANSI INDUK ID|INSTANSI INDUK NAMA|INSTANSI KERJA ID|INSTANSI KERJA NAMA|"+
	"SATUAN KERJA INDUK ID|SATUAN KERJA INDUK NAMA|SATUAN KERJA KERJA ID|SATUAN KERJA KERJA NAMA|IS VALID NIK|NAMA SEKOLAH|FLAG IKD", "|")

// employee makes the cells of one invented person, n from 0 on, by column.
func employee(n int) map[string]string {
	year, month, day := 1968+n%32, 1+n/32%12, 1+n/384%28
	entry, sex := year+23, 1+n%2
	nip := fmt.Sprintf("%04d%02d%02d%04d%02d%d%03d", year, month, day, entry, 1+n%12, sex, 1+n/10752)
	unit := n % 400
	title := []string{"Pengelola Umum", "Guru Ahli Pertama", "Perawat Mahir", "Kepala Seksi Pelayanan", "Analis Kebijakan Ahli Muda"}[n%5]
	kind := []string{"4", "2", "2", "1", "2"}[n%5]
	return map[string]string{
		"PNS ID": fmt.Sprintf("A5EB03E2-%08X", n), "NIP BARU": nip, "NAMA": fmt.Sprintf("PEGAWAI CONTOH %d", n), "GELAR BELAKANG": "S.Sos.",
		"TEMPAT LAHIR NAMA": "TANJUNG PINANG", "TANGGAL LAHIR": fmt.Sprintf("%02d-%02d-%04d", day, month, year), "JENIS KELAMIN": []string{"M", "F"}[n%2],
		"AGAMA ID": "1", "AGAMA NAMA": "Islam", "JENIS KAWIN ID": "1", "JENIS KAWIN NAMA": "Menikah", "NIK": fmt.Sprintf("2172%012d", n),
		"NOMOR HP": fmt.Sprintf("0812%08d", n), "EMAIL": fmt.Sprintf("pegawai%d@contoh.invalid", n), "ALAMAT": fmt.Sprintf("Jalan Contoh Nomor %d, Tanjungpinang", n),
		"JENIS PEGAWAI ID": "15", "JENIS PEGAWAI NAMA": "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota", "KEDUDUKAN HUKUM ID": "01",
		"KEDUDUKAN HUKUM NAMA": "Aktif", "STATUS CPNS PNS": "P", "TMT CPNS": fmt.Sprintf("01-%02d-%04d", 1+n%12, entry), "GOL AWAL ID": "31",
		"GOL AWAL NAMA": "III/a", "GOL AKHIR ID": "33", "GOL AKHIR NAMA": "III/c", "TMT GOLONGAN": "01-04-2022", "MK TAHUN": "12", "MK BULAN": "3",
		"JENIS JABATAN ID": kind, "JABATAN ID": "8ae483a8" + strconv.Itoa(n%5), "JABATAN NAMA": title, "TMT JABATAN": "01-03-2021",
		"TINGKAT PENDIDIKAN ID": "40", "TINGKAT PENDIDIKAN NAMA": "S-1/Sarjana", "PENDIDIKAN NAMA": "S-1 ILMU PEMERINTAHAN", "TAHUN LULUS": "2008",
		"UNOR ID": fmt.Sprintf("UNOR-%04d", unit), "UNOR NAMA": fmt.Sprintf("Bidang Contoh %d", unit), "INSTANSI KERJA NAMA": "Pemerintah Kota Tanjungpinang",
		"SATUAN KERJA KERJA NAMA": "Pemerintah Kota Tanjungpinang", "IS VALID NIK": "Y",
	}
}

// rosterDoc is a roster of n invented people for sheet.Write.
func rosterDoc(n int, change func(i int, cells map[string]string)) sheet.Doc {
	doc := sheet.Doc{Title: "Data ASN"}
	for _, name := range siasn {
		doc.Columns = append(doc.Columns, sheet.Column{Label: name})
	}
	doc.Rows = func(yield func([]string, error) bool) {
		row := make([]string, len(siasn))
		for i := range n {
			cells := employee(i)
			if change != nil {
				change(i, cells)
			}
			for c, name := range siasn {
				row[c] = cells[name]
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return doc
}

// unitsDoc is a tree of the units that rosterDoc names.
func unitsDoc() sheet.Doc {
	doc := sheet.Doc{Title: "Unor", Columns: []sheet.Column{{Label: "id"}, {Label: "parent"}, {Label: "name"}}}
	doc.Rows = func(yield func([]string, error) bool) {
		ok := yield([]string{"KOTA", "", "Pemerintah Kota Tanjungpinang"}, nil)
		for u := 0; ok && u < 400; u++ {
			ok = yield([]string{fmt.Sprintf("UNOR-%04d", u), "KOTA", fmt.Sprintf("Bidang Contoh %d", u)}, nil)
		}
	}
	return doc
}
