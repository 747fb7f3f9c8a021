package rulebook

import "time"

// Day is a calendar date written YYYY-MM-DD. Days compare in order as text;
// the empty Day means none was given.
type Day string

// ParseDay reads YYYY-MM-DD; ok is false when s is no date of the calendar.
func ParseDay(s string) (d Day, ok bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() == 0 {
		return "", false
	}
	return Day(s), true
}

// ISO returns the date as YYYY-MM-DD.
func (d Day) ISO() string { return string(d) }
