package app

import (
	"context"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/rulebook"

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
