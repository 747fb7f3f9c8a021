package demo

// job is what people of one line of work promise: results with their
// indicators. A year's plan is made of one to three of them.
type job struct {
	match   []string // words of the post's title, any of them
	results []goal
}

type goal struct {
	text       string
	indicators []measure
	steps      []string
}

type measure struct {
	text, face, target, unit, direction string
}

// jobs are tried in order; the last one fits everybody.
var jobs = []job{
	{[]string{"Wali Kota"}, []goal{
		{"Warga mendapat layanan dasar yang cepat dan pasti", []measure{{"Indeks kepuasan masyarakat kota", "penerima_layanan", "86", "indeks", "naik"}, {"Layanan yang memenuhi janji waktu", "proses_bisnis", "90", "%", "naik"}}, []string{"Menilai capaian perangkat daerah tiap triwulan"}},
		{"Belanja daerah menghasilkan manfaat yang terukur", []measure{{"Nilai akuntabilitas kinerja", "anggaran", "75", "nilai", "naik"}}, []string{"Membahas belanja yang tidak mendukung sasaran"}},
	}},
	{[]string{"Kepala Dinas", "Kepala Badan", "Inspektur Daerah", "Sekretaris DPRD", "Kepala Satuan", "Kepala Pelaksana", "Sekretaris Daerah", "Asisten", "Staf Ahli", "Inspektur"}, []goal{
		{"Pengguna layanan memperoleh layanan sesuai standar", []measure{{"Indeks kepuasan pengguna layanan", "penerima_layanan", "85", "indeks", "naik"}, {"Pengaduan yang selesai tepat waktu", "proses_bisnis", "95", "%", "naik"}}, []string{"Meninjau standar pelayanan", "Memantau pengaduan mingguan"}},
		{"Program perangkat daerah mencapai sasarannya", []measure{{"Sasaran program yang tercapai", "proses_bisnis", "90", "%", "naik"}, {"Penyerapan anggaran yang menghasilkan keluaran", "anggaran", "94", "%", "naik"}}, []string{"Rapat kinerja bulanan"}},
		{"Pegawai bekerja dengan kompetensi yang sesuai", []measure{{"Pegawai yang memenuhi 20 jam pelatihan", "penguatan_internal", "85", "%", "naik"}}, []string{"Menyusun rencana pengembangan"}},
	}},
	{[]string{"Kepala Bidang", "Kepala Bagian", "Camat", "Direktur", "Sekretaris", "Inspektur Pembantu"}, []goal{
		{"Warga memiliki dokumen dan layanan yang benar pada kunjungan pertama", []measure{{"Berkas yang selesai pada kunjungan pertama", "kualitas", "90", "%", "naik"}, {"Rata-rata waktu penyelesaian", "waktu", "2", "hari kerja", "turun"}}, []string{"Menata alur layanan", "Membahas berkas yang kembali"}},
		{"Kegiatan bidang mencapai target triwulan", []measure{{"Kegiatan yang mencapai target", "kuantitas", "92", "%", "naik"}}, []string{"Memeriksa kemajuan tiap bulan"}},
		{"Anggota bidang mendapat umpan balik yang berguna", []measure{{"Pegawai yang menerima dialog kinerja tiap triwulan", "kuantitas", "100", "%", "naik"}}, []string{"Menjadwalkan dialog kinerja"}},
	}},
	{[]string{"Lurah", "Kepala Seksi", "Kepala Subbagian"}, []goal{
		{"Warga terlayani tanpa datang dua kali", []measure{{"Permohonan yang selesai pada hari yang sama", "waktu", "85", "%", "naik"}, {"Berkas yang dikembalikan", "kualitas", "6", "%", "turun"}}, []string{"Menyiapkan daftar periksa berkas"}},
		{"Administrasi unit tertib dan tepat waktu", []measure{{"Laporan yang dikirim tepat waktu", "waktu", "100", "%", "naik"}}, []string{"Menyusun jadwal laporan"}},
	}},
	{[]string{"Guru", "Kepala SD", "Kepala SMP"}, []goal{
		{"Peserta didik menguasai kompetensi dasar", []measure{{"Peserta didik yang mencapai ketuntasan", "kualitas", "85", "%", "naik"}, {"Rapor pendidikan literasi", "kualitas", "72", "nilai", "naik"}}, []string{"Menyusun modul ajar", "Menilai hasil belajar"}},
		{"Orang tua mengetahui perkembangan anaknya", []measure{{"Orang tua yang menerima laporan perkembangan", "kuantitas", "95", "%", "naik"}}, []string{"Mengirim laporan tiap semester"}},
	}},
	{[]string{"Dokter", "Perawat", "Bidan", "Apoteker", "Nutrisionis", "Sanitarian", "Laboratorium", "Perekam Medis", "Puskesmas"}, []goal{
		{"Pasien mendapat pelayanan yang aman dan tepat waktu", []measure{{"Pasien yang dilayani dalam waktu tunggu standar", "waktu", "90", "%", "naik"}, {"Kejadian yang membahayakan pasien", "kualitas", "0", "kejadian", "turun"}}, []string{"Memeriksa kepatuhan prosedur", "Mencatat waktu tunggu"}},
		{"Catatan medis lengkap dan dapat dipakai", []measure{{"Catatan medis yang lengkap dalam 24 jam", "kualitas", "98", "%", "naik"}}, []string{"Memeriksa contoh catatan tiap pekan"}},
	}},
	{[]string{"Polisi Pamong Praja", "Pemadam"}, []goal{
		{"Warga merasa aman dan tertib", []measure{{"Aduan ketertiban yang ditangani dalam 24 jam", "waktu", "92", "%", "naik"}, {"Waktu tiba di lokasi kebakaran", "waktu", "15", "menit", "turun"}}, []string{"Menyusun jadwal patroli"}},
	}},
	{[]string{"Analis", "Perencana", "Peneliti", "Penelaah", "Auditor", "Pengawas", "Statistisi"}, []goal{
		{"Keputusan pimpinan berdasar telaahan yang dapat diuji", []measure{{"Telaahan yang dipakai pimpinan", "kualitas", "80", "%", "naik"}, {"Telaahan yang selesai tepat waktu", "waktu", "95", "%", "naik"}}, []string{"Menyepakati pertanyaan", "Mengumpulkan data"}},
		{"Data unit lengkap dan mutakhir", []measure{{"Data yang diperbarui sesuai jadwal", "kuantitas", "100", "%", "naik"}}, []string{"Memperbarui data bulanan"}},
	}},
	{[]string{"Pranata Komputer", "Administrator Database", "Sandiman", "Hubungan Masyarakat"}, []goal{
		{"Sistem layanan tersedia saat warga membutuhkan", []measure{{"Ketersediaan sistem pada jam layanan", "kualitas", "99.5", "%", "naik"}, {"Gangguan yang selesai dalam 4 jam", "waktu", "95", "%", "naik"}}, []string{"Memantau sistem harian"}},
		{"Data layanan bersih dan aman", []measure{{"Data ganda tersisa", "kualitas", "0.5", "%", "turun"}}, []string{"Membersihkan data tiap bulan"}},
	}},
	{[]string{"(paruh waktu)"}, []goal{
		{"Layanan harian unit berjalan tanpa terhenti", []measure{{"Hari layanan yang berjalan sesuai jadwal", "kuantitas", "98", "%", "naik"}}, []string{"Mengisi jadwal mingguan"}},
	}},
	{nil, []goal{
		{"Administrasi perkantoran selesai benar dan tepat waktu", []measure{{"Dokumen yang selesai tepat waktu", "waktu", "96", "%", "naik"}, {"Dokumen yang dikembalikan karena salah", "kualitas", "4", "%", "turun"}}, []string{"Mencatat dokumen masuk", "Memeriksa kelengkapan"}},
		{"Arsip unit mudah ditemukan", []measure{{"Arsip yang terdaftar", "kuantitas", "95", "%", "naik"}}, []string{"Menata arsip tiap bulan"}},
	}},
}

// dewi is what the demo's employee promised: the data of a population office.
var dewi = []goal{
	{"Data kependudukan kota mutakhir dan bersih", []measure{{"Anomali data yang dibersihkan", "kuantitas", "2400", "data", "naik"}, {"Data ganda tersisa", "kualitas", "0.5", "%", "turun"}, {"Rata-rata waktu pemutakhiran sejak berkas lengkap", "waktu", "2", "hari kerja", "turun"}}, []string{"Menarik daftar anomali tiap bulan", "Memadankan data dengan kelurahan", "Melaporkan sisa anomali"}},
	{"Warga Penyengat dan Dompak terekam KTP-el", []measure{{"Warga wajib KTP yang direkam di tempat", "kuantitas", "600", "warga", "naik"}}, []string{"Menyusun jadwal kunjungan", "Merekam di Penyengat", "Merekam di Dompak"}},
	{"Berkas kelurahan diterima lengkap pada kunjungan pertama", []measure{{"Petugas kelurahan yang terlatih SIAK", "kuantitas", "36", "orang", "naik"}}, []string{"Melatih petugas 18 kelurahan"}},
}
