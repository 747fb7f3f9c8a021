package monthclose

import (
	"fmt"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Day is a calendar date YYYY-MM-DD.
type Day = rulebook.Day

// CalendarRule holds the days of a month's close (rule "month-close").
type CalendarRule struct {
	rulebook.Head     `json:"-"`
	PerformanceBefore int    `json:"performance_before"` // months
	AttendanceFrom    int    `json:"attendance_from"`    // day of the month before
	AttendanceTo      int    `json:"attendance_to"`      // day of the month
	ObjectUntil       int    `json:"object_until"`
	CloseOn           int    `json:"close_on"`
	CloseTime         string `json:"close_time"` // shown as it is
}

// RuleID names the rule.
func (CalendarRule) RuleID() string { return "month-close" }

// Check reports days that not every month has, or that are out of order.
func (r CalendarRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.PerformanceBefore >= 0 && r.PerformanceBefore <= 12, "performance_before", "rulebook.value.positive")
	for _, d := range []struct {
		name string
		day  int
	}{{"attendance_from", r.AttendanceFrom}, {"attendance_to", r.AttendanceTo}, {"object_until", r.ObjectUntil}, {"close_on", r.CloseOn}} {
		wrong.Check(d.day >= 1 && d.day <= 28, d.name, "rulebook.value.positive")
	}
	wrong.Check(r.ObjectUntil <= r.CloseOn, "object_until", "rulebook.value.rising")
	return wrong.Err()
}

// Month is a month that is paid, YYYY-MM.
type Month string

// ParseMonth reads YYYY-MM; anything else is an Invalid fault on the field
// "month".
func ParseMonth(text string) (Month, error) {
	t, err := time.Parse("2006-01", text)
	if err != nil || t.Year() < 2000 || t.Year() > 2200 {
		return "", fault.WrongField("month", "monthclose.month.bad")
	}
	return Month(text), nil
}

// MonthOf returns the month of a day.
func MonthOf(d Day) Month { return Month(d[:min(7, len(d))]) }

// Add returns the month so many months later.
func (m Month) Add(n int) Month {
	t, _ := time.Parse("2006-01", string(m))
	return Month(t.AddDate(0, n, 0).Format("2006-01"))
}

func (m Month) day(n int) Day { return Day(fmt.Sprintf("%s-%02d", m, n)) }

// Window returns the month as a window of evaluation.
func (m Month) Window() appraisal.Window {
	t, _ := time.Parse("2006-01", string(m))
	return appraisal.Window{Year: t.Year(), Kind: appraisal.Month, N: int(t.Month())}
}

// Dates are the days of one month's close.
type Dates struct {
	Performance    appraisal.Window // that monthly staff are paid by
	AttendanceFrom Day
	AttendanceTo   Day
	ObjectUntil    Day
	CloseOn        Day
	CloseTime      string
}

// Dates returns the days of a month.
func (r CalendarRule) Dates(m Month) Dates {
	return Dates{
		Performance:    m.Add(-r.PerformanceBefore).Window(),
		AttendanceFrom: m.Add(-1).day(r.AttendanceFrom), AttendanceTo: m.day(r.AttendanceTo),
		ObjectUntil: m.day(r.ObjectUntil), CloseOn: m.day(r.CloseOn), CloseTime: r.CloseTime,
	}
}

// windowFor returns the window by which somebody of a cadence is paid: for
// monthly staff the month's, else the latest that ended by then and whose
// predicate was due by the day of closing.
func (d Dates) windowFor(c appraisal.Cadence, due func(appraisal.Window) Day) appraisal.Window {
	if c == appraisal.Monthly {
		return d.Performance
	}
	kind := appraisal.Quarter
	if c == appraisal.Yearly {
		kind = appraisal.Year
	}
	for year := d.Performance.Year; ; year-- {
		for w := range lastFirst(year, kind) {
			if w.To() <= d.Performance.To() && due(w) <= d.CloseOn {
				return w
			}
		}
	}
}

// lastFirst yields the windows of a kind in a year, the last one first.
func lastFirst(year int, kind appraisal.WindowKind) func(func(appraisal.Window) bool) {
	return func(yield func(appraisal.Window) bool) {
		if kind == appraisal.Year {
			yield(appraisal.AnnualOf(year))
			return
		}
		for n := 4; n >= 1; n-- {
			if !yield(appraisal.Window{Year: year, Kind: kind, N: n}) {
				return
			}
		}
	}
}
