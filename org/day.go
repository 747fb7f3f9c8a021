package org

import (
	"time"

	"github.com/gurindam/gurindam/rulebook"
)

// Day is a calendar day, YYYY-MM-DD. Periods of the map begin on From and end
// before To; an empty To is open.
type Day = rulebook.Day

// holds reports whether a period covers a day.
func holds(from, to, on Day) bool { return from <= on && (to == "" || on < to) }

// meets reports whether two periods share a day.
func meets(from, to, from2, to2 Day) bool {
	return (to == "" || from2 < to) && (to2 == "" || from < to2)
}

// earlier returns the earlier of two ends; an empty one is open.
func earlier(a, b Day) Day {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// plusMonths returns the same day so many months on, the last day of that
// month when it is too short. A text that is no day comes back as it is.
func plusMonths(d Day, months int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	moved := t.AddDate(0, months, 0)
	if moved.Day() != t.Day() {
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	return Day(moved.Format(time.DateOnly))
}

// monthOf returns which month of a period a day is in: 1 on its first day.
func monthOf(from, on Day) int {
	n := 0
	for n < 1200 && plusMonths(from, n) <= on {
		n++
	}
	return n
}

// LastDay returns the last day of a period that ends before a day; empty for
// an open end.
func LastDay(to Day) Day {
	t, err := time.Parse(time.DateOnly, string(to))
	if err != nil {
		return to
	}
	return Day(t.AddDate(0, 0, -1).Format(time.DateOnly))
}

// MonthOf returns which month of a time that began on a day another day is in:
// 1 on its first day.
func MonthOf(from, on Day) int { return monthOf(from, on) }
