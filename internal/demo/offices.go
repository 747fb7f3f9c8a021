package demo

// office is one office of the city as the tables below describe it.
type office struct {
	key    string // stable short key, part of every id below it
	name   string
	short  string
	kind   string // unit kind
	head   string // title of its head
	levels string // "full" secretary and bidang, "section" a bagian, "district", "none"
	parts  []string
	jobs   []string // functional titles without their level
	staff  int      // functional and clerical staff beyond the chiefs
	part   int      // part-time PPPK
}

var clerks = []string{"Pengadministrasi Perkantoran", "Pengelola Layanan Operasional", "Penata Layanan Operasional", "Operator Layanan Operasional", "Pengolah Data dan Informasi", "Penelaah Teknis Kebijakan"}

// offices are those of the city, with the work each one has.
var offices = []office{
	{key: "inspektorat", name: "Inspektorat Daerah", short: "Inspektorat", kind: "inspektorat", head: "Inspektur", levels: "full", parts: []string{"Inspektur Pembantu I", "Inspektur Pembantu II", "Inspektur Pembantu III", "Inspektur Pembantu IV"}, jobs: []string{"Auditor", "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah"}, staff: 30, part: 6},
	{key: "setwan", name: "Sekretariat DPRD", short: "Setwan", kind: "sekretariat", head: "Sekretaris DPRD", levels: "full", parts: []string{"Bagian Umum", "Bagian Persidangan dan Perundang-undangan", "Bagian Program dan Keuangan"}, jobs: []string{"Perisalah Legislatif", "Arsiparis"}, staff: 28, part: 34},
	{key: "bkpsdm", name: "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", short: "BKPSDM", kind: "badan", head: "Kepala Badan", levels: "full", parts: []string{"Bidang Mutasi dan Promosi", "Bidang Penilaian Kinerja dan Penghargaan", "Bidang Pengembangan Aparatur"}, jobs: []string{"Analis Sumber Daya Manusia Aparatur", "Asesor Sumber Daya Manusia Aparatur"}, staff: 36, part: 10},
	{key: "bappelitbang", name: "Badan Perencanaan, Penelitian dan Pengembangan", short: "Bappelitbang", kind: "badan", head: "Kepala Badan", levels: "full", parts: []string{"Bidang Perencanaan dan Evaluasi", "Bidang Pemerintahan dan Pembangunan Manusia", "Bidang Perekonomian dan Infrastruktur", "Bidang Penelitian dan Pengembangan"}, jobs: []string{"Perencana", "Peneliti"}, staff: 34, part: 8},
	{key: "bpkad", name: "Badan Pengelolaan Keuangan dan Aset Daerah", short: "BPKAD", kind: "badan", head: "Kepala Badan", levels: "full", parts: []string{"Bidang Anggaran", "Bidang Perbendaharaan", "Bidang Akuntansi", "Bidang Aset"}, jobs: []string{"Analis Keuangan Pusat dan Daerah", "Penata Laksana Barang"}, staff: 46, part: 14},
	{key: "bpprd", name: "Badan Pengelolaan Pajak dan Retribusi Daerah", short: "BPPRD", kind: "badan", head: "Kepala Badan", levels: "full", parts: []string{"Bidang Pendataan dan Penetapan", "Bidang Penagihan", "Bidang Pengawasan"}, jobs: []string{"Analis Keuangan Pusat dan Daerah", "Pemeriksa Pajak"}, staff: 44, part: 22},
	{key: "kesbangpol", name: "Badan Kesatuan Bangsa dan Politik", short: "Kesbangpol", kind: "badan", head: "Kepala Badan", levels: "full", parts: []string{"Bidang Ideologi dan Wawasan Kebangsaan", "Bidang Politik Dalam Negeri"}, jobs: []string{"Analis Kebijakan"}, staff: 18, part: 8},
	{key: "bpbd", name: "Badan Penanggulangan Bencana Daerah", short: "BPBD", kind: "badan", head: "Kepala Pelaksana", levels: "full", parts: []string{"Bidang Pencegahan dan Kesiapsiagaan", "Bidang Kedaruratan dan Logistik"}, jobs: []string{"Penata Penanggulangan Bencana"}, staff: 22, part: 36},
	{key: "disdik", name: "Dinas Pendidikan", short: "Disdik", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Pembinaan PAUD dan Pendidikan Nonformal", "Bidang Pembinaan Sekolah Dasar", "Bidang Pembinaan Sekolah Menengah Pertama", "Bidang Ketenagaan"}, jobs: []string{"Pengembang Teknologi Pembelajaran", "Pengawas Sekolah"}, staff: 52, part: 16},
	{key: "dinkes", name: "Dinas Kesehatan, Pengendalian Penduduk dan Keluarga Berencana", short: "Dinkes PPKB", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Kesehatan Masyarakat", "Bidang Pencegahan dan Pengendalian Penyakit", "Bidang Pelayanan dan Sumber Daya Kesehatan", "Bidang Pengendalian Penduduk dan Keluarga Berencana"}, jobs: []string{"Administrator Kesehatan", "Epidemiolog Kesehatan", "Penyuluh Keluarga Berencana"}, staff: 54, part: 18},
	{key: "pupr", name: "Dinas Pekerjaan Umum dan Penataan Ruang", short: "PUPR", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Bina Marga", "Bidang Sumber Daya Air", "Bidang Cipta Karya", "Bidang Penataan Ruang"}, jobs: []string{"Teknik Jalan dan Jembatan", "Penata Ruang"}, staff: 52, part: 40},
	{key: "perkim", name: "Dinas Perumahan, Kawasan Permukiman dan Pertamanan", short: "Perkim", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Perumahan", "Bidang Kawasan Permukiman", "Bidang Pertamanan dan Pemakaman"}, jobs: []string{"Penata Kelola Perumahan"}, staff: 38, part: 52},
	{key: "satpolpp", name: "Satuan Polisi Pamong Praja dan Pemadam Kebakaran", short: "Satpol PP", kind: "dinas", head: "Kepala Satuan", levels: "full", parts: []string{"Bidang Penegakan Perundang-undangan Daerah", "Bidang Ketertiban Umum", "Bidang Pemadam Kebakaran"}, jobs: []string{"Polisi Pamong Praja", "Pemadam Kebakaran"}, staff: 110, part: 160},
	{key: "dinsos", name: "Dinas Sosial", short: "Dinsos", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Rehabilitasi Sosial", "Bidang Perlindungan dan Jaminan Sosial", "Bidang Pemberdayaan Sosial"}, jobs: []string{"Pekerja Sosial", "Penyuluh Sosial"}, staff: 32, part: 20},
	{key: "disnaker", name: "Dinas Tenaga Kerja, Koperasi dan Usaha Mikro", short: "Disnakerkop", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Penempatan dan Pelatihan Tenaga Kerja", "Bidang Koperasi", "Bidang Usaha Mikro"}, jobs: []string{"Pengantar Kerja", "Pengembang Kewirausahaan"}, staff: 34, part: 12},
	{key: "dp3apm", name: "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Pemberdayaan Masyarakat", short: "DP3APM", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Pemberdayaan Perempuan", "Bidang Perlindungan Anak", "Bidang Pemberdayaan Masyarakat"}, jobs: []string{"Penggerak Swadaya Masyarakat", "Analis Kebijakan"}, staff: 26, part: 10},
	{key: "dp3", name: "Dinas Pertanian, Pangan dan Perikanan", short: "DP3", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Pertanian", "Bidang Ketahanan Pangan", "Bidang Perikanan"}, jobs: []string{"Penyuluh Pertanian", "Medik Veteriner", "Analis Ketahanan Pangan"}, staff: 42, part: 18},
	{key: "dlh", name: "Dinas Lingkungan Hidup", short: "DLH", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Tata Lingkungan", "Bidang Pengelolaan Sampah dan Limbah", "Bidang Pengendalian Pencemaran"}, jobs: []string{"Pengendali Dampak Lingkungan", "Pengawas Lingkungan Hidup"}, staff: 44, part: 126},
	{key: "disdukcapil", name: "Dinas Kependudukan dan Pencatatan Sipil", short: "Disdukcapil", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Pelayanan Pendaftaran Penduduk", "Bidang Pelayanan Pencatatan Sipil", "Bidang Pengelolaan Informasi Administrasi Kependudukan"}, jobs: []string{"Administrator Database Kependudukan", "Pranata Komputer"}, staff: 34, part: 16},
	{key: "dishub", name: "Dinas Perhubungan", short: "Dishub", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Lalu Lintas", "Bidang Angkutan dan Pelayaran", "Bidang Prasarana dan Keselamatan"}, jobs: []string{"Penguji Kendaraan Bermotor"}, staff: 46, part: 54},
	{key: "diskominfo", name: "Dinas Komunikasi dan Informatika", short: "Diskominfo", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Informasi dan Komunikasi Publik", "Bidang Aplikasi Informatika", "Bidang Statistik dan Persandian"}, jobs: []string{"Pranata Komputer", "Pranata Hubungan Masyarakat", "Statistisi", "Sandiman"}, staff: 34, part: 16},
	{key: "dpmptsp", name: "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", short: "DPMPTSP", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Penanaman Modal", "Bidang Pelayanan Perizinan", "Bidang Pengaduan dan Pelaporan Layanan"}, jobs: []string{"Penata Perizinan", "Analis Kebijakan"}, staff: 34, part: 12},
	{key: "disdagin", name: "Dinas Perdagangan dan Perindustrian", short: "Disdagin", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Perdagangan", "Bidang Perindustrian", "Bidang Kemetrologian"}, jobs: []string{"Penera", "Analis Perdagangan"}, staff: 32, part: 22},
	{key: "dispora", name: "Dinas Kepemudaan dan Olahraga", short: "Dispora", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Kepemudaan", "Bidang Olahraga"}, jobs: []string{"Analis Kebijakan"}, staff: 20, part: 12},
	{key: "disbudpar", name: "Dinas Kebudayaan dan Pariwisata", short: "Disbudpar", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Kebudayaan", "Bidang Destinasi Pariwisata", "Bidang Pemasaran Pariwisata"}, jobs: []string{"Pamong Budaya", "Adyatama Kepariwisataan dan Ekonomi Kreatif"}, staff: 30, part: 14},
	{key: "dpk", name: "Dinas Perpustakaan dan Kearsipan", short: "Dispusip", kind: "dinas", head: "Kepala Dinas", levels: "full", parts: []string{"Bidang Perpustakaan", "Bidang Kearsipan"}, jobs: []string{"Pustakawan", "Arsiparis"}, staff: 24, part: 10},
}

// bagian are the sections of the city secretariat.
var bagian = []string{
	"Bagian Tata Pemerintahan", "Bagian Kesejahteraan Rakyat", "Bagian Hukum", "Bagian Perekonomian dan Sumber Daya Alam",
	"Bagian Pengadaan Barang dan Jasa", "Bagian Administrasi Pembangunan", "Bagian Umum", "Bagian Organisasi", "Bagian Protokol dan Komunikasi Pimpinan",
}

// districts maps each kecamatan to its kelurahan (Kemendagri codes; kelurahan
// Tanjung Pinang Timur lies in Bukit Bestari). Source: wilayah administrasi,
// ODbL.
var districts = []struct {
	code, name string
	villages   []struct{ code, name string }
}{
	{"21.72.01", "Tanjung Pinang Barat", []struct{ code, name string }{{"21.72.01.1001", "Tanjung Pinang Barat"}, {"21.72.01.1002", "Kemboja"}, {"21.72.01.1003", "Kampung Baru"}, {"21.72.01.1004", "Bukit Cermin"}}},
	{"21.72.02", "Tanjung Pinang Timur", []struct{ code, name string }{{"21.72.02.1001", "Melayu Kota Piring"}, {"21.72.02.1002", "Kampung Bulang"}, {"21.72.02.1003", "Air Raja"}, {"21.72.02.1004", "Batu IX"}, {"21.72.02.1005", "Pinang Kencana"}}},
	{"21.72.03", "Tanjung Pinang Kota", []struct{ code, name string }{{"21.72.03.1001", "Tanjung Pinang Kota"}, {"21.72.03.1003", "Senggarang"}, {"21.72.03.1004", "Penyengat"}, {"21.72.03.1005", "Kampung Bugis"}}},
	{"21.72.04", "Bukit Bestari", []struct{ code, name string }{{"21.72.04.1001", "Tanjung Pinang Timur"}, {"21.72.04.1002", "Dompak"}, {"21.72.04.1003", "Tanjung Ayun Sakti"}, {"21.72.04.1004", "Sei Jang"}, {"21.72.04.1005", "Tanjung Unggat"}}},
}

var puskesmas = []string{"Tanjungpinang", "Sei Jang", "Batu 10", "Kampung Bugis", "Mekar Baru", "Melayu Kota Piring", "Tanjung Unggat"}

var healthJobs = []string{"Dokter", "Dokter Gigi", "Perawat", "Perawat", "Perawat", "Bidan", "Bidan", "Apoteker", "Asisten Apoteker", "Nutrisionis", "Sanitarian", "Pranata Laboratorium Kesehatan", "Perekam Medis"}

const (
	primarySchools   = 57
	secondarySchools = 17
)
