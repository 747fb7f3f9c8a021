package monthclose

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
)

// workdays lists the Mondays to Fridays of the month's attendance so far.
func (d *demo) workdays() {
	day, err := time.Parse(time.DateOnly, string(d.w.dates.AttendanceFrom))
	if err != nil {
		return
	}
	for to := min(d.w.dates.AttendanceTo, d.today); Day(day.Format(time.DateOnly)) <= to; day = day.AddDate(0, 0, 1) {
		if w := day.Weekday(); w != time.Saturday && w != time.Sunday {
			d.days = append(d.days, day.Format(time.DateOnly))
		}
	}
}

// mondays are the days of the assembly.
func (d *demo) mondays() []string {
	var all []string
	for _, day := range d.days {
		if t, _ := time.Parse(time.DateOnly, day); t.Weekday() == time.Monday {
			all = append(all, day)
		}
	}
	return all
}

// attendance writes the events of the month: of every fourth person a few, of
// the hero three short delays and one missed assembly.
func (d *demo) attendance() []byte {
	var b strings.Builder
	b.WriteString("NIP;Nama;Tanggal;Terlambat;Pulang Cepat;Keterangan;Apel\n")
	line := func(p *staff, day, late, early, mark, apel string) {
		fmt.Fprintf(&b, "'%s;%s;%s;%s;%s;%s;%s\n", p.NIP, quoted(p.Name), day, late, early, mark, apel)
	}
	mondays := d.mondays()
	for _, p := range d.list {
		switch {
		case p.NIP == "":
		case p.ID == d.x.Hero:
			missed := mondays[len(mondays)-1]
			others := slices.DeleteFunc(slices.Clone(d.days), func(day string) bool { return day == missed })
			for _, i := range []int{3, 9, 15} {
				line(p, others[i%len(others)], "12", "", "hadir", "")
			}
			line(p, missed, "", "", "hadir", "tidak")
		case d.known(p.ID):
			line(p, d.days[5%len(d.days)], "35", "", "hadir", "")
		case lot(p.ID, "attend", 4) == 0:
			day := lot(p.ID, "day", len(d.days)-1)
			line(p, d.days[day], fmt.Sprint(5+lot(p.ID, "minutes", 70)), "", "hadir", "")
			if lot(p.ID, "early", 5) == 0 {
				line(p, d.days[day+1], "", fmt.Sprint(10+lot(p.ID, "left", 40)), "hadir", "")
			}
			if lot(p.ID, "ill", 6) == 0 {
				line(p, d.days[(day+7)%len(d.days)], "", "", "sakit", "")
			}
			if d.late[p.ID] == notLate && p.ID != d.x.Hero {
				d.cut = append(d.cut, p)
			}
		}
	}
	return []byte(b.String())
}

// object plays the objections: the hero's is granted, the others wait.
func (d *demo) object(ctx context.Context, s *Service, hr account.Actor) error {
	reasons := []string{
		"Saya bertugas di lapangan sejak pagi sesuai surat tugas.", "Mesin presensi di pintu masuk mati pagi itu.",
		"Mengantar berkas ke kantor wali kota sebelum masuk.", "Ada izin atasan, suratnya saya lampirkan ke BKPSDM.",
	}
	n := 0
	for _, p := range d.cut {
		if n == d.x.Objecting {
			break
		}
		if err := d.objectOne(ctx, s, p.ID, reasons[n%len(reasons)], ""); err != nil {
			return err
		}
		n++
	}
	if d.x.Hero == "" {
		return nil
	}
	mondays := d.mondays()
	key := cutKey("tidak_apel", mondays[len(mondays)-1])
	if err := d.objectOne(ctx, s, d.x.Hero, "Saya bertugas di luar sesuai surat tugas.", key); err != nil {
		return err
	}
	all, err := s.Objections(ctx, hr, d.x.Month)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.PersonID == d.x.Hero && o.Cut == key {
			return s.Decide(ctx, hr, o.ID, o.Version, true, "Ada surat tugas.")
		}
	}
	return nil
}

// objectOne objects to a person's cut named by key, the first one when key is
// empty.
func (d *demo) objectOne(ctx context.Context, s *Service, person, reason, key string) error {
	p, err := s.personIn(ctx, s.DB, d.x.Month, person)
	if err != nil {
		return err
	}
	for _, l := range p.Pay.Lines {
		if key == "" && len(l.Cuts) > 0 && l.Amount < 0 {
			key = l.Cuts[0].Key
		}
	}
	return s.Object(ctx, account.Actor{ID: "demo-" + person, PersonID: person, Name: p.Name}, d.x.Month, key, reason)
}
