package complaint

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Class decides how long an answer may take.
type Class string

// The classes.
const (
	Information Class = "information"
	Ordinary    Class = "ordinary"
	Oversight   Class = "oversight"
	Aspiration  Class = "aspiration"
)

// Classes lists the classes.
func Classes() []Class { return []Class{Information, Ordinary, Oversight, Aspiration} }

// State is where a report stands.
type State string

// The states.
const (
	Received State = "received"
	Working  State = "working"
	Answered State = "answered"
	Closed   State = "closed"
	Archived State = "archived"
)

// Channels a report may have come by.
const (
	Lapor = "lapor"
	Own   = "own"
)

// Deadlines is the rule of how many working days an answer may take.
type Deadlines struct {
	rulebook.Head `json:"-"`
	Information   int `json:"information"`
	Ordinary      int `json:"ordinary"`
	Oversight     int `json:"oversight"`
	Aspiration    int `json:"aspiration"`
}

// RuleID names the rule.
func (Deadlines) RuleID() string { return "complaint-deadline" }

// Check refuses deadlines of no days.
func (d Deadlines) Check() error {
	if min(d.Information, d.Ordinary, d.Oversight, d.Aspiration) < 1 {
		return fault.WrongField("ordinary", "rulebook.value.broken", "ordinary")
	}
	return nil
}

// Days returns the working days of a class.
func (d Deadlines) Days(c Class) int {
	switch c {
	case Information:
		return d.Information
	case Oversight:
		return d.Oversight
	case Aspiration:
		return d.Aspiration
	}
	return d.Ordinary
}

// Complaint is one report.
type Complaint struct {
	ID, UnitID, ServiceID string
	Channel, Number       string
	Class                 Class
	Subject, Body         string
	ReceivedOn, DueOn     string
	Owner, OwnerPerson    string // the post, and who holds it when that is known
	State                 State
	Answer, AnsweredOn    string
	Reason                string
	Reopened              int
	Rating                int // 1 to 4, 0 when the citizen has not said
	Version               int
}

// Waiting reports whether somebody still has to answer.
func (c Complaint) Waiting() bool { return c.State == Received || c.State == Working }

// Late reports whether the deadline has passed without an answer.
func (c Complaint) Late(today string) bool { return c.Waiting() && c.DueOn < today }

// InTime reports whether the answer came within the deadline.
func (c Complaint) InTime() bool { return c.AnsweredOn != "" && c.AnsweredOn <= c.DueOn }

// Thing is the report for access: it belongs to its unit, and to who was given
// it.
func (c Complaint) Thing() account.Thing {
	return account.Thing{Unit: c.UnitID, Owner: c.OwnerPerson}
}

const (
	maxSubject = 200
	maxText    = 4000
)

func (c *Complaint) check() error {
	c.Subject, c.Body, c.Number = strings.TrimSpace(c.Subject), strings.TrimSpace(c.Body), strings.TrimSpace(c.Number)
	var f fault.Fields
	f.Check(c.Subject != "", "subject", "form.required")
	f.Check(len([]rune(c.Subject)) <= maxSubject, "subject", "form.too_long", maxSubject)
	f.Check(len([]rune(c.Body)) <= maxText, "body", "form.too_long", maxText)
	f.Check(slices.Contains(Classes(), c.Class), "class", "form.choose")
	f.Check(c.UnitID != "", "service", "form.choose")
	if c.Channel == Lapor {
		f.Check(trackingNumber(c.Number), "number", "complaint.number_form")
	}
	return f.Err()
}

// trackingNumber takes what SP4N-LAPOR! gives out: digits, at most twenty.
func trackingNumber(s string) bool {
	return len(s) >= 4 && len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}

// Figures are what is told of the reports of a period.
type Figures struct {
	Reports, Answered, InTime, Late, Reopened, Archived int
	MedianDays                                          int // working days to an answer, −1 when none was answered
	Rated, Content                                      int // of those who rated, who gave 3 or 4
}

// Sum computes the figures of a list on a day.
func Sum(list []Complaint, cal *calendar.Calendar, today string) (Figures, error) {
	f := Figures{Reports: len(list), MedianDays: -1}
	var days []int
	for _, c := range list {
		switch {
		case c.State == Archived:
			f.Archived++
		case c.Late(today):
			f.Late++
		}
		if c.Reopened > 0 {
			f.Reopened++
		}
		if c.Rating > 0 {
			f.Rated++
		}
		if c.Rating >= 3 {
			f.Content++
		}
		if c.AnsweredOn == "" {
			continue
		}
		f.Answered++
		if c.InTime() {
			f.InTime++
		}
		n, err := cal.WorkingBetween(c.ReceivedOn, c.AnsweredOn)
		if err != nil {
			return f, err
		}
		days = append(days, n)
	}
	if len(days) > 0 {
		slices.Sort(days)
		f.MedianDays = days[(len(days)-1)/2]
	}
	return f, nil
}
