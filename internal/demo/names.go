package demo

// Given and family names are common ones of the region; combined they belong
// to nobody in particular.
var (
	maleNames = []string{
		"Ahmad", "Arif", "Agus", "Andi", "Bambang", "Budi", "Dedi", "Deni", "Eko", "Fajar", "Faisal", "Hendra", "Hendri", "Heri",
		"Ilham", "Imam", "Indra", "Irwan", "Joko", "Kurnia", "Lukman", "M. Rizki", "Muhammad", "Nanda", "Nurdin", "Putra", "Raja",
		"Rahmat", "Rendi", "Ridwan", "Rizal", "Roni", "Rudi", "Said", "Samsul", "Satria", "Surya", "Syafri", "Taufik", "Teguh",
		"Tengku", "Usman", "Wahyu", "Wan", "Yanto", "Yudi", "Yusuf", "Zainal", "Zulfikar", "Zulkifli",
	}
	femaleNames = []string{
		"Aisyah", "Ani", "Ayu", "Cahaya", "Citra", "Desi", "Dewi", "Dian", "Eka", "Elvi", "Endang", "Erna", "Fatimah", "Fitri",
		"Hasnah", "Ida", "Indah", "Intan", "Kartika", "Lestari", "Lina", "Maya", "Mega", "Melati", "Murni", "Nadia", "Nur",
		"Nurhayati", "Novi", "Putri", "Rahma", "Ratna", "Reni", "Rina", "Rita", "Rosmini", "Sari", "Siti", "Sri", "Suci",
		"Syarifah", "Tri", "Tuti", "Vina", "Wati", "Wulan", "Yanti", "Yuli", "Yuni", "Zahra",
	}
	lastNames = []string{
		"Abdullah", "Adnan", "Alamsyah", "Amelia", "Anggraini", "Arifin", "Asmara", "Aulia", "Azhari", "Basri", "Damanik",
		"Efendi", "Fadillah", "Firdaus", "Gunawan", "Hakim", "Halim", "Hamzah", "Harahap", "Hartono", "Hasan", "Hasibuan",
		"Hidayat", "Husin", "Ibrahim", "Ismail", "Jamil", "Kusuma", "Lubis", "Mahmud", "Marlina", "Maulana", "Mulyadi",
		"Mustafa", "Nasution", "Nugroho", "Oktaviani", "Pasaribu", "Permata", "Pratama", "Purba", "Rachman", "Rahayu",
		"Rahmawati", "Ramadhan", "Saputra", "Sari", "Setiawan", "Simanjuntak", "Siregar", "Sitompul", "Suhendra", "Suryani",
		"Susanti", "Syahputra", "Tanjung", "Utami", "Wahyuni", "Wibowo", "Wijaya", "Yulianti", "Yusra", "Zulaikha",
	}
	birthplaces = []string{"Tanjungpinang", "Kijang", "Tanjung Uban", "Batam", "Daik Lingga", "Dabo Singkep", "Tanjung Balai Karimun", "Tarempa", "Ranai", "Pekanbaru", "Padang", "Medan"}
)

// longName is eighty characters, so that every page is seen with one.
const longName = "Raja Muhammad Fakhruddin Syahrial Alamsyah bin Tengku Abdul Rahman Hidayatullah"
