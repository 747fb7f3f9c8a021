package monthclose

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
)

// Sample says what Demo makes: how many people are late, by desk, how many rows
// find nobody, who is left out, and whose cut is explained and withdrawn after
// an objection.
type Sample struct {
	Month     Month
	Persons   int      // late, on their own desk
	Superiors int      // late, on a superior's
	Data      int      // late, because data has to be mended; Unmatched of them by a row that finds nobody
	Unmatched int      // rows of the list that find nobody
	Objecting int      // objections that wait for a decision
	Hero      string   // person id: late three times, one missed assembly withdrawn; empty for nobody
	Known     []string // person ids: never late with their evaluation nor left out; each came late once
	LeftOut   []string // reasons of the rule: one person more is left out for each
	Closed    bool     // the month is over: its list is closed on the day the rulebook says
}

// Sample2026 are the months of the sample city: two that are closed, and the
// present one with 312 BELUM BUAT by desk. hero is one of the known people.
func Sample2026(m Month, hero string, known ...string) []Sample {
	return []Sample{
		{
			Month: m.Add(-2), Persons: 4, Superiors: 2, Known: known, Closed: true,
			LeftOut: []string{"tugas_belajar", "tugas_belajar", "tugas_belajar", "tugas_belajar", "tugas_belajar", "tugas_belajar", "cltn", "cltn", "masa_persiapan_pensiun"},
		},
		{
			Month: m.Add(-1), Persons: 5, Superiors: 4, Known: known, Closed: true,
			LeftOut: []string{"cuti_besar", "cuti_besar", "cuti_besar", "pemberhentian_sementara", "pensiun"},
		},
		{
			Month: m, Persons: 174, Superiors: 121, Data: 17, Unmatched: 3, Objecting: 7, Hero: hero, Known: known,
			LeftOut: []string{"cuti_besar", "cuti_besar", "pensiun", "pensiun", "pindah", "pindah", "meninggal"},
		},
	}
}

// Demo fills months with lists of results, attendance and objections, through
// the same files and acts that people use. hr must be allowed to close months.
// The same people always come out the same. It changes nothing in a month that
// is there already.
func Demo(ctx context.Context, s *Service, hr account.Actor, all ...Sample) error {
	parts := map[int][]appraisal.Part{}
	for _, x := range all {
		if err := demoMonth(ctx, s, hr, x, parts); err != nil {
			return err
		}
	}
	return nil
}

func demoMonth(ctx context.Context, s *Service, hr account.Actor, x Sample, parts map[int][]appraisal.Part) error {
	if _, err := headOf(ctx, s.DB, x.Month); err == nil {
		return nil
	}
	s, err := s.then(ctx, x)
	if err != nil {
		return err
	}
	w, _, err := s.people(ctx, x.Month, parts) // the list tells of everybody
	if err != nil {
		return err
	}
	d := demo{w: w, x: x, today: s.Today()}
	if err := d.leaveOut(ctx, s, hr); err != nil {
		return fmt.Errorf("people left out of the sample city: %w", err)
	}
	d.choose()
	if _, err := s.loadInto(ctx, hr, w, Results, "daftar-hasil-ekinerja.csv", d.results(), false); err != nil {
		return fmt.Errorf("list of results of the sample city: %w", err)
	}
	if _, err := s.loadInto(ctx, hr, w, Attendance, "presensi.csv", d.attendance(), false); err != nil {
		return fmt.Errorf("attendance of the sample city: %w", err)
	}
	if err := d.object(ctx, s, hr); err != nil {
		return fmt.Errorf("objections of the sample city: %w", err)
	}
	return d.end(ctx, s, hr)
}

// then is the service as it was on the day a sample month was closed, or while
// objections were taken.
func (s *Service) then(ctx context.Context, x Sample) (*Service, error) {
	dates, err := s.dates(ctx, x.Month)
	if err != nil {
		return nil, err
	}
	day := dates.ObjectUntil
	if x.Closed {
		day = dates.CloseOn
	}
	if s.Today() <= day {
		return s, nil
	}
	at, err := time.ParseInLocation(time.DateOnly, string(day), s.Zone)
	if err != nil {
		return nil, err
	}
	c := s.Config
	c.Now = func() time.Time { return at.Add(15 * time.Hour) }
	return New(c), nil
}

// end closes a month that is over.
func (d *demo) end(ctx context.Context, s *Service, hr account.Actor) error {
	if !d.x.Closed {
		return nil
	}
	for _, to := range []MonthState{Checked, Closed} {
		h, err := headOf(ctx, s.DB, d.x.Month)
		if err != nil {
			return err
		}
		if err := s.Move(ctx, hr, d.x.Month, h.Version, to, ""); err != nil {
			return fmt.Errorf("closing a month of the sample city: %w", err)
		}
	}
	return nil
}

// demo is one sample month being made.
type demo struct {
	w     *world
	x     Sample
	today Day
	list  []*staff            // who the list of results names
	late  map[string]lateKind // by person
	days  []string            // of attendance that are worked
	cut   []*staff            // with something to object to
	out   map[string]string   // why people are left out
}

// known reports whether somebody is to stay as people know them.
func (d *demo) known(person string) bool {
	return person == d.x.Hero || slices.Contains(d.x.Known, person)
}

type lateKind int

const (
	notLate lateKind = iota
	lateSelf
	lateSuperior
	lateData
	lateLost
)

// lot draws a number from what is fixed for a person.
func lot(person, what string, n int) int {
	h := fnv.New32a()
	fmt.Fprint(h, person, "/", what)
	return int(h.Sum32() % uint32(n))
}

// choose decides who is late and how. Somebody whose predicate was set already
// cannot be late.
func (d *demo) choose() {
	d.late = map[string]lateKind{}
	var can []*staff
	for i := range d.w.staff {
		p := &d.w.staff[i]
		if d.w.excluded(p, loaded{exclusions: d.out}) != "" || !d.w.formula.Receives(p.group) {
			continue
		}
		d.list = append(d.list, p)
		_, set := d.w.decided[p.ID+" "+p.window.Code()]
		rater := p.part != nil && p.part.Evaluator.PersonID != ""
		if !set && !d.known(p.ID) && p.NIP != "" && rater {
			can = append(can, p)
		}
	}
	slices.SortFunc(can, func(a, b *staff) int {
		return cmp.Or(cmp.Compare(lot(a.ID, "late", 1<<30), lot(b.ID, "late", 1<<30)), cmp.Compare(a.ID, b.ID))
	})
	i := 0
	take := func(n int, k lateKind) {
		for ; n > 0 && i < len(can); n, i = n-1, i+1 {
			d.late[can[i].ID] = k
		}
	}
	take(d.x.Unmatched, lateLost)
	take(d.x.Data-d.x.Unmatched, lateData)
	take(d.x.Superiors, lateSuperior)
	take(d.x.Persons, lateSelf)
	d.workdays()
}

// results writes the list as e-Kinerja gives it.
func (d *demo) results() []byte {
	var b strings.Builder
	b.WriteString("Nama;NIP;Jabatan;Unit Kerja;Hasil Kerja;Perilaku;Hasil Akhir;Status;Penilai\n")
	for _, p := range d.list {
		results, conduct, final, status := d.rated(p)
		nip := p.NIP
		if d.late[p.ID] == lateLost {
			nip = mistyped(nip)
		}
		rater := ""
		if p.part != nil && final != "BELUM BUAT" {
			rater = p.part.Evaluator.Name
		}
		fmt.Fprintf(&b, "%s;'%s;%s;%s;%s;%s;%s;%s;%s\n", quoted(p.Name), nip, quoted(p.Title), quoted(p.Unit), results, conduct, final, status, quoted(rater))
	}
	return []byte(b.String())
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// mistyped changes two of the last digits of a number.
func mistyped(nip string) string {
	return nip[:16] + string('0'+(nip[16]-'0'+5)%10) + string('0'+(nip[17]-'0'+7)%10)
}

func (d *demo) rated(p *staff) (results, conduct, final, status string) {
	switch d.late[p.ID] {
	case lateSelf:
		status = "SKP belum dibuat"
		if lot(p.ID, "self", 2) == 0 {
			status = "Realisasi belum dikirim"
		}
		return "BELUM BUAT", "BELUM BUAT", "BELUM BUAT", status
	case lateSuperior:
		return "BELUM BUAT", "BELUM BUAT", "BELUM BUAT", "Menunggu penilaian atasan"
	case lateData:
		return "BELUM BUAT", "BELUM BUAT", "BELUM BUAT", "Pejabat penilai tidak ada di SIASN"
	}
	const meets, above, below = "SESUAI EKSPEKTASI", "DI ATAS EKSPEKTASI", "DI BAWAH EKSPEKTASI"
	switch n := lot(p.ID, "predicate", 100); {
	case p.ID == d.x.Hero:
		return meets, meets, "BAIK", ""
	case n < 9:
		return above, above, "SANGAT BAIK", ""
	case n >= 97:
		return below, meets, "BUTUH PERBAIKAN", ""
	}
	return meets, meets, "BAIK", ""
}
