package demo

// counter is a service of the sample city with how citizens find it.
type counter struct {
	code, unit, name, english string
	time, cost, needs         string
	visits                    int     // in a quarter
	share                     float64 // of visitors who answer
	mood                      float64 // mean of the marks two years ago
	drift                     float64 // change a quarter
	weak                      []string
	thin                      bool // hardly anybody answers
}

// counters are the services; unit is the key of a unit of the map.
var counters = []counter{
	{code: "ktp-el-kk", unit: "disdukcapil", name: "KTP-el dan Kartu Keluarga", english: "Identity card and family card", time: "selesai 1 hari kerja", cost: "gratis", needs: "cukup bawa KK", visits: 3180, share: 0.13, mood: 3.30, drift: 0.02, weak: []string{"time", "complaints", "facilities"}},
	{code: "akta-kelahiran", unit: "disdukcapil", name: "Akta kelahiran", english: "Birth certificate", time: "selesai 1 hari kerja", cost: "gratis", needs: "surat keterangan lahir dan KK", visits: 640, share: 0.24, mood: 3.36, drift: 0.015, weak: []string{"requirements", "complaints"}},
	{code: "pindah-datang", unit: "disdukcapil", name: "Pindah datang penduduk", english: "Change of residence", time: "selesai 1 hari kerja", cost: "gratis", needs: "surat keterangan pindah", visits: 410, share: 0.2, mood: 3.28, drift: 0.01, weak: []string{"procedure", "complaints"}},
	{code: "akta-kematian", unit: "disdukcapil", name: "Akta kematian", english: "Death certificate", time: "selesai 1 hari kerja", cost: "gratis", needs: "surat keterangan kematian", visits: 90, share: 0.24, mood: 3.5, drift: 0, weak: []string{"facilities"}, thin: true},
	{code: "nib", unit: "dpmptsp", name: "Nomor Induk Berusaha", english: "Business number", time: "selesai 15 menit", cost: "gratis", needs: "KTP dan nomor telepon", visits: 520, share: 0.3, mood: 3.4, drift: 0.02, weak: []string{"procedure"}},
	{code: "izin-bangunan", unit: "dpmptsp", name: "Persetujuan Bangunan Gedung", english: "Building permit", time: "28 hari kerja", cost: "sesuai retribusi", needs: "gambar rencana dan bukti tanah", visits: 240, share: 0.32, mood: 2.98, drift: 0.03, weak: []string{"time", "requirements", "procedure"}},
	{code: "pbb", unit: "bpprd", name: "Pajak bumi dan bangunan", english: "Land and building tax", time: "selesai 10 menit", cost: "sesuai ketetapan", needs: "SPPT", visits: 1900, share: 0.1, mood: 3.22, drift: 0.01, weak: []string{"cost", "facilities"}},
	{code: "kartu-pencari-kerja", unit: "disnaker", name: "Kartu pencari kerja", english: "Job seeker's card", time: "selesai 30 menit", cost: "gratis", needs: "KTP dan ijazah", visits: 380, share: 0.28, mood: 3.32, drift: 0.01, weak: []string{"product"}},
	{code: "bantuan-sosial", unit: "dinsos", name: "Bantuan sosial", english: "Social assistance", time: "14 hari kerja", cost: "gratis", needs: "KK dan keterangan kelurahan", visits: 460, share: 0.22, mood: 3.05, drift: 0.02, weak: []string{"requirements", "complaints", "time"}},
	{code: "uji-kir", unit: "dishub", name: "Uji kendaraan bermotor", english: "Vehicle inspection", time: "selesai 1 jam", cost: "gratis", needs: "STNK dan kendaraan", visits: 610, share: 0.2, mood: 3.1, drift: 0.01, weak: []string{"facilities", "time"}},
	{code: "sampah", unit: "dlh", name: "Pengangkutan sampah", english: "Waste collection", time: "dua kali sepekan", cost: "sesuai retribusi", needs: "terdaftar di kelurahan", visits: 0, share: 0, mood: 2.9, drift: 0.03, weak: []string{"time", "complaints"}},
	{code: "perpustakaan", unit: "dpk", name: "Perpustakaan kota", english: "City library", time: "buka setiap hari kerja", cost: "gratis", needs: "kartu anggota", visits: 1400, share: 0.09, mood: 3.45, drift: 0.01, weak: []string{"facilities"}},
	{code: "sekolah-pindah", unit: "disdik", name: "Mutasi siswa", english: "Change of school", time: "selesai 2 hari kerja", cost: "gratis", needs: "rapor dan surat sekolah", visits: 130, share: 0.3, mood: 3.25, drift: 0, weak: []string{"procedure"}},
	{code: "puskesmas-sei-jang", unit: "dinkes/pkm1", name: "Rawat jalan Puskesmas Sei Jang", english: "Outpatient care, Sei Jang", time: "dilayani dalam 60 menit", cost: "gratis dengan BPJS", needs: "KTP atau kartu BPJS", visits: 4200, share: 0.08, mood: 3.18, drift: 0.02, weak: []string{"time", "facilities"}},
	{code: "puskesmas-batu-10", unit: "dinkes/pkm2", name: "Rawat jalan Puskesmas Batu 10", english: "Outpatient care, Batu 10", time: "dilayani dalam 60 menit", cost: "gratis dengan BPJS", needs: "KTP atau kartu BPJS", visits: 3900, share: 0.08, mood: 3.24, drift: 0.01, weak: []string{"time"}},
	{code: "kelurahan-penyengat", unit: "21.72.03.1004", name: "Surat keterangan Kelurahan Penyengat", english: "Certificates, Penyengat island", time: "selesai 15 menit", cost: "gratis", needs: "KTP dan KK", visits: 210, share: 0.3, mood: 3.42, drift: 0, weak: []string{"facilities"}},
}

// remarks are what citizens write, by the element they write about.
var remarks = map[string][]string{
	"time":         {"Antre sejak subuh, nomor habis pukul sembilan.", "Lama menunggu tanpa penjelasan.", "Janji sehari, jadinya tiga hari.", "Mohon nomor antrean bisa diambil dari rumah."},
	"complaints":   {"Pengaduan saya tidak pernah dijawab.", "Nomor pengaduan tidak diangkat.", "Kotak saran sepertinya tidak dibuka."},
	"facilities":   {"Ruang tunggu panas dan kursinya kurang.", "Toilet perlu dibersihkan.", "Parkir sempit.", "Buka juga di Penyengat setiap pekan."},
	"requirements": {"Syaratnya berbeda dengan yang tertulis.", "Masih diminta fotokopi padahal sudah ada datanya."},
	"procedure":    {"Bolak-balik loket untuk satu urusan.", "Alurnya membingungkan."},
	"behaviour":    {"Petugas ramah dan sabar.", "Terima kasih, dilayani dengan baik."},
	"product":      {"Hasilnya bagus dan rapi."},
	"cost":         {"Mohon denda dapat dicicil."},
}

// deeds are what offices did or could not do about them.
var deeds = []struct {
	element, said, deed, reason, owner string
	voices, agree, disagree            int
	state                              string // planned, running, reported, done, declined
	due, made                          int    // days from today
}{
	{"time", "Antre sejak subuh, nomor habis pukul sembilan.", "Nomor antrean dibagi per jam dan dapat diambil dari rumah.", "", "Sekretaris Dinas", 31, 14, 3, "done", -98, -170},
	{"complaints", "Pengaduan saya tidak pernah dijawab.", "Satu petugas menjawab paling lama 14 hari kerja.", "", "Sekretaris Dinas", 22, 0, 0, "running", 22, -40},
	{"facilities", "Buka juga di Penyengat setiap pekan.", "", "alat rekam bergerak hanya satu. Kami datang dua kali sebulan.", "", 9, 0, 0, "declined", 0, -38},
	{"requirements", "Masih diminta fotokopi padahal sudah ada datanya.", "Fotokopi KK dan KTP tidak lagi diminta di loket.", "", "Kepala Bidang Pelayanan", 17, 1, 0, "reported", -10, -80},
	{"facilities", "Ruang tunggu panas dan kursinya kurang.", "Dua pendingin ruang dan dua puluh kursi ditambahkan.", "", "Kepala Subbagian Umum", 12, 0, 0, "planned", -12, -75},
}
