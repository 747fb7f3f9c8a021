package app

import (
	"context"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/rulebook"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/account/accountweb"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/participation"
)

// serviceUnits tells participation how the units of the map are called.
type serviceUnits struct {
	store *org.Store
	db    *db.DB
}

// UnitNames returns the full names of units by id.
func (u serviceUnits) UnitNames(ctx context.Context, ids []string) (map[string]string, error) {
	tree, err := u.store.Units(ctx, u.db, u.store.Today())
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, id := range ids {
		if name := tree.Name(id); name != "" {
			out[id] = name
		}
	}
	return out, nil
}

// UnitsToday returns every unit of today in the order of the map.
func (u serviceUnits) UnitsToday(ctx context.Context) ([]participation.Unit, error) {
	tree, err := u.store.Units(ctx, u.db, u.store.Today())
	if err != nil {
		return nil, err
	}
	var out []participation.Unit
	for _, x := range tree.All() {
		out = append(out, participation.Unit{ID: x.ID, Name: x.Name})
	}
	return out, nil
}

// citizenVoices tells appraisal what citizens said of a unit's services.
type citizenVoices struct {
	store  *org.Store
	db     *db.DB
	office *participation.Office
}

// below returns a unit of today and the units below it.
func (v citizenVoices) below(ctx context.Context, unit string) ([]string, error) {
	tree, err := v.store.Units(ctx, v.db, v.store.Today())
	if err != nil {
		return nil, err
	}
	return tree.Below(unit), nil
}

// CitizenFigures returns the published results of a unit and those below it.
func (v citizenVoices) CitizenFigures(ctx context.Context, unit string, from, to appraisal.Day) ([]appraisal.CitizenFigure, error) {
	units, err := v.below(ctx, unit)
	if err != nil {
		return nil, err
	}
	list, err := v.office.Achievements(ctx, units, string(from), string(to))
	if err != nil {
		return nil, err
	}
	minimum, err := v.office.Minimum(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]appraisal.CitizenFigure, len(list))
	for i, a := range list {
		out[i] = appraisal.CitizenFigure{
			Result: a.Result, UnitID: a.UnitID, Service: a.Service, Code: a.Code, Period: a.Period, From: appraisal.Day(a.From), To: appraisal.Day(a.To),
			Index: a.Index, Grade: a.Grade, Lo: a.Lo, Hi: a.Hi, Answers: a.Answers, Target: a.Target, Rate: a.ResponseRate(),
			Enough: a.Counts, Why: a.Why, Minimum: minimum.Cite(),
		}
	}
	return out, nil
}

// CitizenServices returns the services of a unit and those below it.
func (v citizenVoices) CitizenServices(ctx context.Context, unit string) ([]appraisal.CitizenService, error) {
	units, err := v.below(ctx, unit)
	if err != nil {
		return nil, err
	}
	list, err := v.office.Services(ctx)
	if err != nil {
		return nil, err
	}
	var out []appraisal.CitizenService
	for _, s := range list {
		if slices.Contains(units, s.UnitID) {
			out = append(out, appraisal.CitizenService{Code: s.Code, Name: s.Name})
		}
	}
	return out, nil
}

// serviceStaff tells participation who answers for services.
type serviceStaff struct {
	voices citizenVoices
	svc    func() *appraisal.Service // made after participation
}

// Holders returns who holds a post today in a unit and below it.
func (p serviceStaff) Holders(ctx context.Context, unit string) ([]participation.Holder, error) {
	units, err := p.voices.below(ctx, unit)
	if err != nil {
		return nil, err
	}
	parts, err := p.svc().Holders(ctx, units)
	if err != nil {
		return nil, err
	}
	out := make([]participation.Holder, len(parts))
	for i, x := range parts {
		out[i] = participation.Holder{ID: x.ID, Person: x.Who.PersonID, Post: x.Who.Post, Name: x.Who.Name}
	}
	return out, nil
}

// PassOn puts a citizen's words into somebody's feedback.
func (p serviceStaff) PassOn(ctx context.Context, tx *db.Tx, actor account.Actor, source, holder, text string) error {
	return p.svc().PassOn(ctx, tx, actor, appraisal.CitizenWord{Source: source, Part: holder, Text: text})
}

// Promise makes a deed a result of the actor's SKP.
func (p serviceStaff) Promise(ctx context.Context, actor account.Actor, deed, agreedIn, due string) (string, error) {
	part, _, err := p.svc().TakePromise(ctx, actor, appraisal.Promise{Text: deed, Assignment: agreedIn, Due: appraisal.Day(due)})
	return "/skp/" + part, err
}

// unitChoices lists the units of the map to choose from.
type unitChoices struct{ *org.Store }

// UnitChoices returns every unit of today with its depth in the tree.
func (u unitChoices) UnitChoices(ctx context.Context) ([]accountweb.UnitChoice, error) {
	tree, err := u.Units(ctx, u.DB(), u.Today())
	if err != nil {
		return nil, err
	}
	var out []accountweb.UnitChoice
	for _, x := range tree.All() {
		out = append(out, accountweb.UnitChoice{ID: x.ID, Name: x.Name, Depth: max(len(tree.Path(x.ID))-1, 0)})
	}
	return out, nil
}

// yearDays tells the home page the days of the performance year.
type yearDays struct{ policy *policy.Service }

// YearDays returns the last day for the plan of the year of a day and for its
// evaluation.
func (y yearDays) YearDays(ctx context.Context, day string) (planBy, evaluateBy string, err error) {
	book, err := y.policy.At(ctx, day)
	if err != nil {
		return "", "", err
	}
	rule, err := rulebook.Load[appraisal.CalendarRule](book)
	if err != nil {
		return "", "", err
	}
	year, err := strconv.Atoi(day[:min(4, len(day))])
	if err != nil {
		return "", "", err
	}
	plan, _, evaluate := rule.Days(year)
	return string(plan), string(evaluate), nil
}

// letterReaders tells task where letters for people go: the account's address,
// else the roster's.
type letterReaders struct {
	db    *db.DB
	today func() org.Day
}

// Readers returns the active accounts with their address and the roles they
// hold on the day.
func (l letterReaders) Readers(ctx context.Context) ([]task.Reader, error) {
	today := string(l.today())
	held := map[string][]account.Grant{}
	err := db.Each(ctx, l.db, `SELECT account_id, role, unit_id FROM role_grant WHERE state = 'active' AND from_on <= $1 AND (to_on IS NULL OR to_on >= $1)`, func(r db.Row) error {
		var who string
		var g account.Grant
		err := r.Scan(&who, &g.Role, &g.Unit)
		held[who] = append(held[who], g)
		return err
	}, today)
	if err != nil {
		return nil, err
	}
	return db.All(ctx, l.db, `SELECT a.id, COALESCE(a.person_id, ''), CASE WHEN a.email <> '' THEN a.email ELSE COALESCE(p.email, '') END, a.lang
		FROM account a LEFT JOIN person p ON p.id = a.person_id WHERE a.state = 'active' ORDER BY a.id`, func(r db.Row) (task.Reader, error) {
		var x task.Reader
		err := r.Scan(&x.Account, &x.Person, &x.Address, &x.Lang)
		x.Grants = held[x.Account]
		return x, err
	})
}
