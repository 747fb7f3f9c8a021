package calendar

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"time"

	"github.com/BurntSushi/toml"
)

// Kind tells a public holiday from a day of collective leave.
type Kind string

// The kinds of days off.
const (
	Holiday         Kind = "libur"
	CollectiveLeave Kind = "cuti"
)

// Day is one day off. Its name is the Indonesian one of the decree.
type Day struct {
	Date string `toml:"date"`
	Kind Kind   `toml:"kind"`
	Name string `toml:"name"`
}

// Year is the list of one year with where it comes from and how sure it is:
// primary, secondary or unverified.
type Year struct {
	Year      int    `toml:"year"`
	Source    string `toml:"source"`
	Certainty string `toml:"certainty"`
	Days      []Day  `toml:"days"`
}

// Unverified is the certainty of years that are estimated or not listed.
const Unverified = "unverified"

// Calendar knows which days are worked. The zero value knows no holidays and
// rests on Saturday and Sunday. It is read-only and safe for concurrent use.
type Calendar struct {
	days  map[string]Day
	years map[int]Year
}

//go:embed holidays.toml
var national []byte

// National returns the calendar of the Republic as built into the program.
func National() (*Calendar, error) { return Read(bytes.NewReader(national)) }

// Read reads a calendar in the form of holidays.toml.
func Read(r io.Reader) (*Calendar, error) {
	var file struct {
		Year []Year `toml:"year"`
	}
	if _, err := toml.NewDecoder(r).Decode(&file); err != nil {
		return nil, fmt.Errorf("read holidays: %w", err)
	}
	c := &Calendar{days: map[string]Day{}, years: map[int]Year{}}
	for _, y := range file.Year {
		if err := c.add(y); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Calendar) add(y Year) error {
	if _, twice := c.years[y.Year]; twice {
		return fmt.Errorf("read holidays: %d is listed twice", y.Year)
	}
	c.years[y.Year] = y
	for _, d := range y.Days {
		t, err := time.Parse(time.DateOnly, d.Date)
		if err != nil || t.Year() != y.Year || (d.Kind != Holiday && d.Kind != CollectiveLeave) {
			return fmt.Errorf("read holidays: %q (%s) is no day off of %d", d.Date, d.Kind, y.Year)
		}
		if _, twice := c.days[d.Date]; twice {
			return fmt.Errorf("read holidays: %s is listed twice", d.Date)
		}
		c.days[d.Date] = d
	}
	return nil
}

// Off returns the day off that falls on date, if any; weekends are not listed.
func (c *Calendar) Off(date string) (Day, bool) {
	d, ok := c.days[date]
	return d, ok
}

// Working reports whether date is a working day; a text that is no date is
// none.
func (c *Calendar) Working(date string) bool {
	t, err := time.Parse(time.DateOnly, date)
	return err == nil && c.working(t)
}

func (c *Calendar) working(t time.Time) bool {
	if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		return false
	}
	_, off := c.days[t.Format(time.DateOnly)]
	return !off
}

// AddWorking returns the nth working day after date (before it when n is
// negative). The day itself is not counted: five working days after a Monday is
// the next Monday. With n = 0 it is the first working day from date on.
func (c *Calendar) AddWorking(date string, n int) (string, error) {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return "", fmt.Errorf("add working days: %w", err)
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	if n == 0 {
		for !c.working(t) {
			t = t.AddDate(0, 0, 1)
		}
	}
	for n > 0 {
		t = t.AddDate(0, 0, step)
		if c.working(t) {
			n--
		}
	}
	return t.Format(time.DateOnly), nil
}

// WorkingBetween counts the working days after from up to and including to:
// how many working days something that began on from has taken by to. It is
// negative when to lies before from.
func (c *Calendar) WorkingBetween(from, to string) (int, error) {
	a, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return 0, fmt.Errorf("count working days: %w", err)
	}
	b, err := time.Parse(time.DateOnly, to)
	if err != nil {
		return 0, fmt.Errorf("count working days: %w", err)
	}
	sign := 1
	if b.Before(a) {
		a, b, sign = b, a, -1
	}
	n := 0
	for a.Before(b) {
		a = a.AddDate(0, 0, 1)
		if c.working(a) {
			n++
		}
	}
	return sign * n, nil
}

// Certainty returns the weakest certainty of the years from..to (dates); a
// year that is not listed is unverified.
func (c *Calendar) Certainty(from, to string) string {
	rank := map[string]int{"primary": 2, "secondary": 1}
	weakest := "primary"
	for y := yearOf(from); y <= yearOf(to); y++ {
		got := Unverified
		if listed, ok := c.years[y]; ok {
			got = listed.Certainty
		}
		if rank[got] < rank[weakest] {
			weakest = got
		}
	}
	return weakest
}

func yearOf(date string) int {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	return t.Year()
}

// Days counts the days from one date to another.
func Days(from, to string) (int, error) {
	a, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return 0, fmt.Errorf("count days: %w", err)
	}
	b, err := time.Parse(time.DateOnly, to)
	if err != nil {
		return 0, fmt.Errorf("count days: %w", err)
	}
	return int(b.Sub(a).Hours() / 24), nil
}
