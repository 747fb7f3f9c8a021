package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/worklog"
	"github.com/gurindam/gurindam/internal/account"
)

// ward is the path of the unit that works in shifts.
const ward = "rsud/Bidang Keperawatan"

// The shifts of a nurse, day after day: those of the demo's nurse are nights.
const (
	allShifts   = "PPSSMMLL"
	nightShifts = "MMLMMLL"
)

// wardRoster loads the roster of the ward for the city's month, and for the one
// last week lies in, as the head nurse's sheet has it.
func (c *City) wardRoster(ctx context.Context, svc *worklog.Service, hr account.Actor) error {
	day, err := time.Parse(time.DateOnly, c.Today)
	if err != nil {
		return err
	}
	first := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }
	for _, month := range slices.Compact([]time.Time{first(day.AddDate(0, 0, -13)), first(day)}) {
		if month.Year() != c.Year {
			continue
		}
		w := appraisal.Window{Year: month.Year(), Kind: appraisal.Month, N: int(month.Month())}
		if _, err := svc.ImportRoster(ctx, hr, id("unit", ward), w, c.roster(month)); err != nil {
			return err
		}
	}
	return nil
}

// roster writes a month's sheet: a row a nurse, a column a day.
func (c *City) roster(month time.Time) []byte {
	days := month.AddDate(0, 1, -1).Day()
	var b strings.Builder
	b.WriteString("NIP;Nama")
	for d := 1; d <= days; d++ {
		fmt.Fprintf(&b, ";%d", d)
	}
	b.WriteString("\n")
	for i, p := range c.nurses() {
		fmt.Fprintf(&b, "'%s;%s", p.NIP, p.Name)
		cycle, from := allShifts, month.YearDay()+i
		if p.ID == c.Actors["perawat"] {
			cycle, from = nightShifts, month.YearDay()
		}
		for d := range days {
			fmt.Fprintf(&b, ";%c", cycle[(from+d)%len(cycle)])
		}
		b.WriteString("\n")
	}
	return []byte(b.String())
}

// nurses are the people who hold a nurse's post of the ward.
func (c *City) nurses() []Person {
	at := map[string]bool{}
	for _, p := range c.Posts {
		at[p.ID] = p.Unit == id("unit", ward) && strings.HasPrefix(p.Title, "Perawat")
	}
	holds := map[string]bool{}
	for _, t := range c.Tenures {
		if at[t.Post] && t.To == "" {
			holds[t.Person] = true
		}
	}
	var all []Person
	for _, p := range c.People {
		if holds[p.ID] {
			all = append(all, p)
		}
	}
	return all
}
