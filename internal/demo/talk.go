package demo

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/participation/forum"
)

// talks are what citizens ask in the forum; an empty answer waits for one.
var talks = []struct {
	service, member, title, body string
	replies                      [][2]string // member and words
	answer                       string
}{
	{
		"ktp-el-kk", "Warga Penyengat", "Perekaman KTP di Penyengat setiap pekan", "Dari pulau ke kantor perlu setengah hari. Dapatkah petugas datang **setiap pekan**, bukan dua kali sebulan?",
		[][2]string{{"Bu Ani", "Setuju. Untuk lansia lebih sulit lagi."}, {"Nelayan Senggarang", "Di Senggarang juga perlu."}},
		"Alat rekam bergerak kami satu. Mulai Januari kami datang tiga kali sebulan; jadwalnya ditempel di kelurahan.",
	},
	{
		"izin-bangunan", "Tukang Pinang", "Gambar rencana ditolak tiga kali", "Setiap kali alasannya lain. Mohon daftar periksa yang lengkap sejak awal.",
		[][2]string{{"Arsitek Muda", "Daftar periksa di laman berbeda dengan yang di loket."}},
		"",
	},
	{
		"puskesmas-sei-jang", "Ibu Dua Anak", "Nomor antrean lewat telepon", "Apakah nomor antrean bisa diambil lewat telepon atau pesan singkat?", nil,
		"Mulai Desember nomor antrean dapat diambil lewat pesan singkat pada hari yang sama, pukul 06.00 sampai 08.00.",
	},
}

// talk fills the forum.
func (c *City) talk(ctx context.Context, office *participation.Office, hall *forum.Hall, hr account.Actor) error {
	members := map[string]forum.Member{}
	join := func(name string) (forum.Member, error) {
		if m, there := members[name]; there {
			return m, nil
		}
		m, err := hall.Join(ctx, name, "", i18n.Indonesian)
		if err != nil {
			return m, err
		}
		err = hall.Vouch(ctx, hr, m.ID)
		m.Confirmed = true
		members[name] = m
		return m, err
	}
	for _, t := range talks {
		s, err := office.Service(ctx, t.service)
		if err != nil {
			return err
		}
		m, err := join(t.member)
		if err != nil {
			return err
		}
		topic, err := hall.Ask(ctx, m, forum.Topic{UnitID: s.UnitID, ServiceID: s.ID, Title: t.title, Body: t.body})
		if err != nil {
			return err
		}
		if err := hall.DecideTopic(ctx, hr, topic.ID, true); err != nil {
			return err
		}
		for _, r := range t.replies {
			who, err := join(r[0])
			if err != nil {
				return err
			}
			p, err := hall.Say(ctx, who, topic.ID, "", r[1])
			if err != nil {
				return err
			}
			if err := hall.Decide(ctx, hr, p.ID, true, ""); err != nil {
				return err
			}
			if err := hall.Support(ctx, who, topic.ID); err != nil {
				return err
			}
		}
		if t.answer == "" {
			continue
		}
		if _, err := hall.Reply(ctx, hr, topic.ID, "", t.answer); err != nil {
			return err
		}
	}
	return nil
}
