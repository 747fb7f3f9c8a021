package ui

// Letterhead is the head of an official form.
type Letterhead struct {
	Above string // "PEMERINTAH KOTA TANJUNGPINANG"
	Name  string // the office
	Below string // its address
}

// Signature is who signed what, where and when.
type Signature struct {
	Above string // "Tanjungpinang, 19 Januari 2026"
	Role  string // "Pejabat penilai kinerja"
	How   string // "Ditandatangani secara elektronik"; empty leaves room for a pen
	Name  string
	NIP   string
}
