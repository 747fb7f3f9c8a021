package orgimport

import (
	"slices"

	"github.com/gurindam/gurindam/internal/sheet"
)

// fieldsOf returns the fields of a kind of file with the names their columns
// have in the wild; nil for an unknown kind.
func fieldsOf(k Kind) []sheet.Field {
	switch k {
	case Units:
		return unitFields()
	case Roster:
		return rosterFields()
	case Positions:
		return positionFields()
	}
	return nil
}

// Fields returns the fields of a kind: the first column name each is known by.
// The needed ones come first.
func Fields(k Kind) (needed, others []string) {
	for _, f := range fieldsOf(k) {
		name := f.Name
		if len(f.Aliases) > 0 {
			name = f.Aliases[0]
		}
		if slices.Contains(neededFields(k), f.Name) {
			needed = append(needed, name)
		} else {
			others = append(others, name)
		}
	}
	return needed, others
}

// neededFields are the fields without which a row says nothing.
func neededFields(k Kind) []string {
	switch k {
	case Units:
		return []string{"name"}
	case Roster:
		return []string{"nip", "name"}
	}
	return []string{"title"}
}

// unitFields are those of SIASN's ref-unor and of the trees offices keep.
func unitFields() []sheet.Field {
	return []sheet.Field{
		{Name: "id", Aliases: []string{"ID UNOR", "unor id", "kode unor", "kode unit", "id unit"}},
		{Name: "parent", Aliases: []string{
			"ID ATASAN", "DiatasanId", "diatasan id", "atasan id", "unor atasan id", "id unor atasan", "id induk", "kode induk", "induk", "unit induk", "parent id",
		}},
		{Name: "name", Aliases: []string{"NAMA UNOR", "NamaUnor", "unor nama", "nama unit", "nama", "unit kerja", "unit"}},
		{Name: "short", Aliases: []string{"SINGKATAN", "nama singkat", "short name"}},
		{Name: "kind", Aliases: []string{"JENIS UNIT", "jenis", "type"}},
		{Name: "code", Aliases: []string{"KODE", "CepatKode", "kode cepat"}},
		{Name: "active", Aliases: []string{"AKTIF", "status aktif"}},
		{Name: "from", Aliases: []string{"BERLAKU SEJAK", "mulai", "valid from"}},
	}
}

// rosterFields are those of the 67 columns of SIASN's "Data ASN" that the map
// has a place for, with the names local files use, and a few they add.
func rosterFields() []sheet.Field {
	return []sheet.Field{
		{Name: "nip", Aliases: []string{"NIP BARU", "NIP", "nipBaru", "NI PPPK", "NIP/NI PPPK", "nomor induk pegawai", "nomor induk pppk"}},
		{Name: "name", Aliases: []string{"NAMA", "nama lengkap", "nama pegawai", "nama pns"}},
		{Name: "id", Aliases: []string{"PNS ID", "pnsId", "id pns", "id pegawai"}},
		{Name: "front", Aliases: []string{"GELAR DEPAN", "gelarDepan", "glr depan"}},
		{Name: "back", Aliases: []string{"GELAR BELAKANG", "gelarBelakang", "glr belakang"}},
		{Name: "birthplace", Aliases: []string{"TEMPAT LAHIR NAMA", "tempat lahir"}},
		{Name: "born", Aliases: []string{"TANGGAL LAHIR", "tgl lahir", "tglLahir"}},
		{Name: "sex", Aliases: []string{"JENIS KELAMIN", "jk", "l/p", "kelamin", "gender"}},
		{Name: "phone", Aliases: []string{"NOMOR HP", "no hp", "noHp", "hp", "telepon", "no telp"}},
		{Name: "email", Aliases: []string{"EMAIL GOV", "emailGov", "email dinas"}},
		{Name: "private_email", Aliases: []string{"EMAIL", "surel", "e-mail"}},
		{Name: "employment", Aliases: []string{"JENIS PEGAWAI NAMA", "jenis pegawai", "status pegawai", "jenis asn"}},
		{Name: "status_id", Aliases: []string{"KEDUDUKAN HUKUM ID"}},
		{Name: "status", Aliases: []string{"KEDUDUKAN HUKUM NAMA", "kedudukan hukum"}},
		{Name: "candidate", Aliases: []string{"STATUS CPNS PNS"}},
		{Name: "rank_id", Aliases: []string{"GOL AKHIR ID"}},
		{Name: "rank", Aliases: []string{"GOL AKHIR NAMA", "golongan", "gol", "gol ruang", "golongan ruang", "gol akhir", "pangkat/gol", "pangkat golongan"}},
		{Name: "position_kind_id", Aliases: []string{"JENIS JABATAN ID"}},
		{Name: "position_kind", Aliases: []string{"JENIS JABATAN NAMA", "jenis jabatan"}},
		{Name: "title_id", Aliases: []string{"JABATAN ID"}},
		{Name: "title", Aliases: []string{"JABATAN NAMA", "nama jabatan", "jabatan"}},
		{Name: "since", Aliases: []string{"TMT JABATAN", "tmtJabatan", "tgl tmt jabatan"}},
		{Name: "decree", Aliases: []string{"NOMOR SK JABATAN", "no sk jabatan", "sk jabatan"}},
		{Name: "eselon", Aliases: []string{"ESELON NAMA", "eselon"}},
		{Name: "education_id", Aliases: []string{"TINGKAT PENDIDIKAN ID"}},
		{Name: "education", Aliases: []string{"TINGKAT PENDIDIKAN NAMA", "tingkat pendidikan", "pendidikan terakhir"}},
		{Name: "study", Aliases: []string{"PENDIDIKAN NAMA", "jurusan", "pendidikan"}},
		{Name: "unit_id", Aliases: []string{"UNOR ID", "unorId", "id unor"}},
		{Name: "unit", Aliases: []string{"UNOR NAMA", "nama unor", "unor", "unit kerja", "unit organisasi"}},
		{Name: "office", Aliases: []string{"SATUAN KERJA KERJA NAMA", "satker", "satuan kerja", "unor induk nama", "perangkat daerah", "opd"}},
		{Name: "contract_end", Aliases: []string{"TANGGAL AKHIR KONTRAK", "akhir kontrak", "tgl kontrak akhir", "kontrak berakhir"}},
	}
}

// positionFields are those of a position on the map.
func positionFields() []sheet.Field {
	return []sheet.Field{
		{Name: "title", Aliases: []string{"NAMA JABATAN", "jabatan nama", "jabatan", "position"}},
		{Name: "id", Aliases: []string{"ID JABATAN", "jabatan id", "kode jabatan"}},
		{Name: "unit_id", Aliases: []string{"UNOR ID", "id unor", "id unit", "kode unit", "kode unor"}},
		{Name: "unit", Aliases: []string{"UNOR NAMA", "nama unor", "nama unit", "unit kerja", "unor"}},
		{Name: "kind", Aliases: []string{"JENIS JABATAN", "jenis jabatan nama", "jenis"}},
		{Name: "level", Aliases: []string{"JENJANG", "jenjang jabatan"}},
		{Name: "class", Aliases: []string{"KELAS JABATAN", "kelas", "job class"}},
		{Name: "rank_low", Aliases: []string{"GOLONGAN TERENDAH", "pangkat terendah", "gol terendah"}},
		{Name: "rank_high", Aliases: []string{"GOLONGAN TERTINGGI", "pangkat tertinggi", "gol tertinggi"}},
		{Name: "answers_to", Aliases: []string{"ID JABATAN ATASAN", "id atasan", "jabatan atasan id", "atasan langsung", "jabatan atasan", "atasan", "reports to"}},
		{Name: "need", Aliases: []string{"KEBUTUHAN", "kebutuhan pegawai", "formasi", "jumlah kebutuhan", "fte"}},
		{Name: "head", Aliases: []string{"MEMIMPIN UNIT", "pimpinan", "kepala unit"}},
		{Name: "group", Aliases: []string{"KELOMPOK", "kelompok pegawai", "rumpun"}},
		{Name: "holder", Aliases: []string{"PEMANGKU", "nama pejabat", "holder name"}},
		{Name: "from", Aliases: []string{"BERLAKU SEJAK", "mulai", "valid from"}},
	}
}
