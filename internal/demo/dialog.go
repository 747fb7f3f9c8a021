package demo

import (
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/talk"
	"github.com/gurindam/gurindam/internal/account"
)

// dialogs opens performance talks: one of the demo's superior with her
// employee, agreed upon and open again for its next round.
func (c *City) dialogs(ctx context.Context, a *appraisal.Service, talks *talk.Service) error {
	dewi, rina := c.as("pegawai"), c.as("atasan")
	parts, err := a.MyParts(ctx, dewi, c.Year)
	if err != nil || len(parts) == 0 {
		return err
	}
	first, err := talks.Begin(ctx, rina, parts[0].ID, talk.Day(c.Today), "Kunjungan ke Penyengat pada musim angin utara")
	if err != nil {
		return err
	}
	agreed := []talk.Agreed{
		{Text: "Menyusun jadwal kunjungan Penyengat dan Dompak sampai Desember", Owner: talk.Person, Due: talk.Day(c.later(7))},
		{Text: "Meminjam alat rekam kedua dari Dinas Kominfo", Owner: talk.Superior, Due: talk.Day(c.later(10))},
	}
	for _, x := range agreed {
		if err := talks.Agree(ctx, rina, first.ID, x); err != nil {
			return err
		}
	}
	v, err := talks.Talk(ctx, rina, first.ID)
	if err != nil {
		return err
	}
	notes := map[string]string{}
	if i := slices.IndexFunc(v.Record.Points, func(p talk.Point) bool { return p.Source == talk.Behind }); i >= 0 {
		notes[v.Record.Points[i].Key] = "Alat rekam hanya satu dan kapal sering batal. Kunjungan digeser ke pagi hari."
	}
	if err := talks.Note(ctx, rina, first.ID, v.Talk.Version, notes, "Dewi mengusulkan petugas kelurahan menyiapkan daftar warga sehari sebelumnya."); err != nil {
		return err
	}
	for _, who := range []account.Actor{rina, dewi} {
		v, err := talks.Talk(ctx, who, first.ID)
		if err != nil {
			return err
		}
		if err := talks.Sign(ctx, who, first.ID, v.Hash); err != nil {
			return err
		}
	}
	_, err = talks.Begin(ctx, dewi, parts[0].ID, talk.Day(c.later(21)), "")
	return err
}

func (c *City) nameOf(person string) string {
	for _, p := range c.People {
		if p.ID == person {
			return p.Name
		}
	}
	return ""
}

// later returns the day so many days after the city's.
func (c *City) later(days int) string {
	day, err := time.Parse(time.DateOnly, c.Today)
	if err != nil {
		return c.Today
	}
	return day.AddDate(0, 0, days).Format(time.DateOnly)
}
