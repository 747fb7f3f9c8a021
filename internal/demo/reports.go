package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/participation/complaint"
)

// reported are SP4N reports: when they came and were answered, in days from
// today; no answer is 0.
var reported = []struct {
	service, subject   string
	class              complaint.Class
	received, answered int
	rating, reopened   int
	archived           string
}{
	{"ktp-el-kk", "KTP belum jadi setelah dua pekan", complaint.Ordinary, -60, -52, 4, 0, ""},
	{"ktp-el-kk", "Petugas loket tidak di tempat pada jam layanan", complaint.Ordinary, -34, -20, 2, 1, ""},
	{"ktp-el-kk", "Jam layanan pada hari Sabtu", complaint.Information, -12, -10, 4, 0, ""},
	{"ktp-el-kk", "Nomor antrean habis sebelum pukul sembilan", complaint.Ordinary, -30, 0, 0, 0, ""},
	{"ktp-el-kk", "Perekaman keliling di Dompak", complaint.Aspiration, -4, 0, 0, 0, ""},
	{"akta-kelahiran", "Nama salah tulis pada akta", complaint.Ordinary, -18, -15, 3, 0, ""},
	{"izin-bangunan", "Permintaan uang untuk mempercepat izin", complaint.Oversight, -70, 0, 0, 0, ""},
	{"izin-bangunan", "Syarat gambar berubah-ubah", complaint.Ordinary, -25, 0, 0, 0, ""},
	{"bantuan-sosial", "Tidak terdaftar padahal memenuhi syarat", complaint.Ordinary, -40, -21, 3, 0, ""},
	{"sampah", "Sampah tidak diangkut sepekan", complaint.Ordinary, -9, -6, 4, 0, ""},
	{"sampah", "Lapor", complaint.Ordinary, -15, 0, 0, 0, "isi laporan tidak jelas, pelapor tidak menjawab"},
	{"uji-kir", "Antrean kendaraan sampai ke jalan", complaint.Ordinary, -16, -13, 3, 0, ""},
}

// reports fills the desk of reports.
func (c *City) reports(ctx context.Context, office *participation.Office, desk *complaint.Desk, hr account.Actor) error {
	today, err := time.Parse(time.DateOnly, c.Today)
	if err != nil {
		return err
	}
	var list []complaint.Complaint
	for i, r := range reported {
		s, err := office.Service(ctx, r.service)
		if err != nil {
			return err
		}
		x := complaint.Complaint{
			UnitID: s.UnitID, ServiceID: s.ID, Channel: complaint.Lapor, Number: fmt.Sprint(9120447 + 613*i), Class: r.class, Subject: r.subject,
			ReceivedOn: iso(today.AddDate(0, 0, r.received)), Owner: "Kepala Bidang Pelayanan", State: complaint.Working, Rating: r.rating, Reopened: r.reopened,
		}
		if r.answered != 0 {
			x.State, x.AnsweredOn = complaint.Closed, iso(today.AddDate(0, 0, r.answered))
			x.Answer = "Sudah kami tindak lanjuti. Terima kasih atas laporan Anda."
		}
		if r.archived != "" {
			x.State, x.Reason = complaint.Archived, r.archived
		}
		list = append(list, x)
	}
	return desk.Load(ctx, hr, list)
}
