package monthclose

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/task"
)

// deskSubject is what the task of one desk in a month is about.
func deskSubject(m Month, d Desk, person string) string {
	return "month:" + string(m) + "/" + string(d) + ":" + person
}

// deskChange follows which desks held something before a refresh and which do
// after it.
type deskChange struct{ before, after map[Desk]map[string]bool }

func (c *deskChange) note(old, now Row) {
	if c.before == nil {
		c.before = map[Desk]map[string]bool{PersonDesk: {}, SuperiorDesk: {}}
		c.after = map[Desk]map[string]bool{PersonDesk: {}, SuperiorDesk: {}}
	}
	if set := c.before[old.Desk]; set != nil && old.DeskPerson != "" {
		set[old.DeskPerson] = true
	}
	if set := c.after[now.Desk]; set != nil && now.DeskPerson != "" {
		set[now.DeskPerson] = true
	}
}

// settled returns the subjects of desks that hold nothing any more.
func (c *deskChange) settled(m Month) []string {
	var done []string
	for _, d := range []Desk{PersonDesk, SuperiorDesk} {
		for _, person := range slices.Sorted(maps.Keys(c.before[d])) {
			if !c.after[d][person] {
				done = append(done, deskSubject(m, d, person))
			}
		}
	}
	return done
}

// Reminded is who is or would be reminded: desks, and what lies on them.
type Reminded struct{ Desks, Rows int }

// desksOf counts what lies on each person's desk among rows.
func desksOf(rows []Row, d Desk) map[string]int {
	all := map[string]int{}
	for _, r := range rows {
		if r.State == Late && r.Desk == d && r.DeskPerson != "" {
			all[r.DeskPerson]++
		}
	}
	return all
}

// Remind puts one task on each desk of a kind that holds something of the month
// within the actor's reach, of one office when it is named. Reminding twice
// leaves one task.
func (s *Service) Remind(ctx context.Context, actor account.Actor, m Month, d Desk, office string) (Reminded, error) {
	var done Reminded
	if d != PersonDesk && d != SuperiorDesk {
		return done, fault.WrongField("desk", "form.choose")
	}
	reach, err := s.reachFor(ctx, actor, account.ActMonthClose)
	if err != nil {
		return done, err
	}
	snap, err := s.snapshot(ctx, m)
	if err != nil {
		return done, err
	}
	if snap.head.State == Closed {
		return done, fault.Clash("monthclose.month.closed")
	}
	rows := slices.DeleteFunc(slices.Clone(snap.rows), func(r Row) bool { return !reach.has(r.UnitID) || office != "" && r.OfficeID != office })
	due := map[string]Day{}
	for _, r := range rows {
		if have, has := due[r.DeskPerson]; r.Desk == d && (!has || r.Due < have) {
			due[r.DeskPerson] = r.Due
		}
	}
	var tasks []task.Task
	for person, n := range desksOf(rows, d) {
		done.Desks++
		done.Rows += n
		t := task.Task{Kind: kindLate, Subject: deskSubject(m, d, person), For: task.Person(person), Due: string(due[person]), At: s.Now()}
		month, year := monthName(snap.head.Dates.Performance)
		if d == PersonDesk {
			t.Title, t.Why = task.Say("monthclose.task.own", month, year), task.Say("monthclose.task.own_why")
			t.Button, t.Link = "monthclose.task.own_button", "/tpp/"+string(m)
		} else {
			t.Title, t.Why = task.Say("monthclose.task.rate", n, month, year), task.Say("monthclose.task.rate_why")
			t.Button, t.Link = "monthclose.task.rate_button", "/tim?w="+snap.head.Dates.Performance.Code()
		}
		tasks = append(tasks, t)
	}
	return done, s.tx(ctx, func(tx *db.Tx) error { return task.File(ctx, tx, tasks...) })
}

// monthName is the name of a window's month as an argument of a text, and its
// year.
func monthName(w appraisal.Window) (i18n.Key, string) {
	return i18n.Key(fmt.Sprintf("monthclose.month_name.m%02d", w.N)), strconv.Itoa(w.Year)
}
