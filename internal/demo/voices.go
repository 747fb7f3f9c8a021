package demo

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/questionnaire"
)

// voices asks about two superiors: one round was released in spring, tokens of
// another are being drawn.
func (c *City) voices(ctx context.Context, d *db.DB, svc *voices.Service, hr account.Actor) error {
	today, err := time.Parse(time.DateOnly, c.Today)
	if err != nil {
		return err
	}
	day := func(back int) voices.Day { return voices.Day(today.AddDate(0, 0, -back).Format(time.DateOnly)) }
	past := voices.Past{
		Ask: voices.Ask{
			Person: c.Actors["kepala"], Purpose: "Bahan dialog kinerja semester pertama.", Groups: []voices.GroupCode{voices.Subordinates, voices.Peers},
			DrawUntil: day(200), AnswerUntil: day(190),
		},
		OpenedOn: day(205), Answers: saidOfHead(),
	}
	if err := d.Tx(ctx, func(tx *db.Tx) error { _, err := svc.Load(ctx, tx, hr, past); return err }); err != nil {
		return err
	}
	_, err = svc.Open(ctx, hr, voices.Ask{
		Person: c.Actors["atasan"], Purpose: "Bahan dialog kinerja akhir tahun.", Groups: []voices.GroupCode{voices.Subordinates, voices.Peers},
	})
	return err
}

// saidOfHead is what ten people said about the head of the civil registry: four
// subordinates, too few to be shown alone, and six peers.
func saidOfHead() map[voices.GroupCode][]questionnaire.Answers {
	all := []string{"pelayanan", "akuntabel", "kompeten", "harmonis", "loyal", "adaptif", "kolaboratif"}
	leading := []string{"harapan", "dukungan", "adil", "umpan_balik"}
	marks := func(codes []string, row []int) map[string]int {
		m := map[string]int{}
		for i, code := range codes {
			if row[i] > 0 {
				m[code] = row[i]
			}
		}
		return m
	}
	out := map[voices.GroupCode][]questionnaire.Answers{}
	for i, row := range [][]int{
		{4, 4, 3, 3, 4, 3, 3, 2, 4, 4, 2},
		{4, 3, 3, 3, 4, 3, 3, 2, 4, 3, 2},
		{4, 4, 4, 3, 3, 3, 2, 3, 3, 4, 2},
		{4, 4, 3, 2, 0, 4, 3, 2, 4, 4, 1},
	} {
		out[voices.Subordinates] = append(out[voices.Subordinates], questionnaire.Answers{
			Marks: marks(append(append([]string{}, all...), leading...), row), Words: wordsOfStaff(i),
		})
	}
	for i, row := range [][]int{
		{4, 4, 3, 4, 4, 3, 3}, {3, 4, 3, 3, 4, 3, 4}, {4, 4, 0, 3, 4, 4, 3}, {4, 3, 3, 3, 3, 3, 3}, {4, 4, 3, 4, 4, 3, 4}, {3, 4, 3, 3, 4, 3, 3},
	} {
		out[voices.Peers] = append(out[voices.Peers], questionnaire.Answers{Marks: marks(all, row), Words: wordsOfPeers(i)})
	}
	return out
}

func wordsOfStaff(i int) map[string]string {
	return []map[string]string{
		{"lanjutkan": "Turun ke loket ketika antrean panjang. Itu menenangkan kami dan warga.", "ubah": "Sampaikan target bulanan di awal bulan, bukan pada pekan ketiga."},
		{"ubah": "Umpan balik atas laporan biasanya hanya satu kata. Contoh halaman yang baik akan membantu."},
		{"lanjutkan": "Berani menolak permintaan mengubah data di luar prosedur."},
		{"lanjutkan": "Memberi waktu belajar aplikasi baru di jam kerja.", "ubah": "Rapat Senin sering mundur setengah jam sehingga loket dua terlambat dibuka."},
	}[i]
}

func wordsOfPeers(i int) map[string]string {
	return []map[string]string{
		{"lanjutkan": "Data kependudukan selalu dikirim sebelum diminta."},
		{"ubah": "Libatkan kami sejak konsep, bukan setelah surat edaran jadi."},
		{},
		{"lanjutkan": "Mudah dihubungi ketika ada masalah lintas dinas."},
		{},
		{"ubah": "Jelaskan alasan ketika tugas dipindahkan ke dinas lain."},
	}[i]
}
