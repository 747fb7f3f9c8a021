package i18n

import (
	"fmt"
	"strings"
	"time"
)

// Dater is a calendar date that can write itself as YYYY-MM-DD.
type Dater interface{ ISO() string }

var months = map[Lang][12]string{
	Indonesian: {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
	English:    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

var weekdays = map[Lang][7]string{
	Indonesian: {"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"},
	English:    {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

// Date writes an ISO date out: 23 November 2026. Text that is no date comes
// back unchanged, an empty one as a dash.
func (p *Printer) Date(iso string) string {
	if iso == "" {
		return "–"
	}
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return fmt.Sprintf("%d %s %d", t.Day(), months[p.lang][t.Month()-1], t.Year())
}

// DayMonth writes an ISO date without its year: 23 November.
func (p *Printer) DayMonth(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return fmt.Sprintf("%d %s", t.Day(), months[p.lang][t.Month()-1])
}

// LongDate writes an ISO date with its weekday: Senin, 23 November 2026.
func (p *Printer) LongDate(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return weekdays[p.lang][t.Weekday()] + ", " + p.Date(iso)
}

// Month writes the month of an ISO date or of "YYYY-MM": November 2026.
func (p *Printer) Month(iso string) string {
	if len(iso) < 7 {
		return iso
	}
	t, err := time.Parse("2006-01", iso[:7])
	if err != nil {
		return iso
	}
	return fmt.Sprintf("%s %d", months[p.lang][t.Month()-1], t.Year())
}

// MonthName returns the name of month 1..12.
func (p *Printer) MonthName(m time.Month) string { return months[p.lang][m-1] }

// Moment writes a time in its own location: 23 November 2026 pukul 16.00 in
// Indonesian, 23 November 2026, 16:00 in English.
func (p *Printer) Moment(t time.Time) string {
	if p.lang == English {
		return p.Date(t.Format(time.DateOnly)) + t.Format(", 15:04")
	}
	return p.Date(t.Format(time.DateOnly)) + t.Format(" pukul 15.04")
}

// Period is the code of a period of work as an argument of a text: it is
// written out as Printer.Period does.
type Period string

var (
	quarterNames = map[Lang]string{Indonesian: "Triwulan", English: "Quarter"}
	quarterRoman = map[string]string{"Q1": "I", "Q2": "II", "Q3": "III", "Q4": "IV"}
)

// Period writes the code of a period out: 2026-10 as Oktober 2026, 2026-Q3 as
// Triwulan III 2026, 2026 as it is. Text that is no code comes back unchanged.
func (p *Printer) Period(code string) string {
	year, piece, _ := strings.Cut(code, "-")
	if roman, is := quarterRoman[piece]; is {
		return quarterNames[p.lang] + " " + roman + " " + year
	}
	return p.Month(code)
}
