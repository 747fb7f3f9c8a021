package appraisal

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Day is a calendar date YYYY-MM-DD.
type Day = rulebook.Day

// WindowKind says how long a window is.
type WindowKind string

// The kinds of windows.
const (
	Year    WindowKind = "tahun"
	Quarter WindowKind = "triwulan"
	Month   WindowKind = "bulan"
)

// Window is the stretch of time an evaluation is about: a whole performance
// year, or a quarter or a month of it. Its code is "2026", "2026-Q1" or
// "2026-03"; that is how it is stored, put into addresses and typed on the
// command line.
type Window struct {
	Year int
	Kind WindowKind
	N    int // 1..4 of a quarter, 1..12 of a month, 0 of a year
}

// AnnualOf returns the window of a whole year.
func AnnualOf(year int) Window { return Window{Year: year, Kind: Year} }

// ParseWindow reads a window's code. It returns an Invalid fault on the field
// "period" when the text is none.
func ParseWindow(code string) (Window, error) {
	bad := fault.WrongField("period", "appraisal.window.bad", code)
	head, tail, has := strings.Cut(code, "-")
	year, err := strconv.Atoi(head)
	if err != nil || len(head) != 4 || year < 1900 {
		return Window{}, bad
	}
	if !has {
		return AnnualOf(year), nil
	}
	w := Window{Year: year, Kind: Month}
	most := 12
	if rest, quarter := strings.CutPrefix(tail, "Q"); quarter {
		w.Kind, most, tail = Quarter, 4, rest
	} else if len(tail) != 2 {
		return Window{}, bad
	}
	w.N, err = strconv.Atoi(tail)
	if err != nil || w.N < 1 || w.N > most || w.Code() != code {
		return Window{}, bad
	}
	return w, nil
}

// Code returns the window's stable name.
func (w Window) Code() string {
	switch w.Kind {
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", w.Year, w.N)
	case Month:
		return fmt.Sprintf("%04d-%02d", w.Year, w.N)
	default:
		return fmt.Sprintf("%04d", w.Year)
	}
}

// Annual reports whether the window is the whole year.
func (w Window) Annual() bool { return w.Kind == Year }

// From returns the first day.
func (w Window) From() Day {
	first, _ := w.months()
	return Day(fmt.Sprintf("%04d-%02d-01", w.Year, first))
}

// To returns the last day.
func (w Window) To() Day {
	_, last := w.months()
	end := time.Date(w.Year, time.Month(last)+1, 0, 0, 0, 0, 0, time.UTC)
	return Day(end.Format(time.DateOnly))
}

func (w Window) months() (first, last int) {
	switch w.Kind {
	case Quarter:
		return 3*w.N - 2, 3 * w.N
	case Month:
		return w.N, w.N
	default:
		return 1, 12
	}
}

// Meets reports whether the window and the stretch from..to share a day.
func (w Window) Meets(from, to Day) bool { return w.From() <= to && from <= w.To() }

// Cadence says how often people are evaluated within the year, besides the
// evaluation of the whole year that everybody has.
type Cadence string

// The cadences.
const (
	Monthly   Cadence = "bulanan"
	Quarterly Cadence = "triwulanan"
	Yearly    Cadence = "tahunan"
)

// Windows returns the windows of a year in order, the whole year last.
func (c Cadence) Windows(year int) []Window {
	var all []Window
	switch c {
	case Monthly:
		for n := 1; n <= 12; n++ {
			all = append(all, Window{year, Month, n})
		}
	case Quarterly:
		for n := 1; n <= 4; n++ {
			all = append(all, Window{year, Quarter, n})
		}
	}
	return append(all, AnnualOf(year))
}

func (c Cadence) known() bool { return c == Monthly || c == Quarterly || c == Yearly }
