package participation

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
)

// Desks tells on whose desk lies what nobody is named for.
type Desks interface {
	// OfficeDesks returns for each unit the desk that answers for it.
	OfficeDesks(ctx context.Context, units []string) (map[string]task.Desk, error)
}

// Late is something citizens wait for beyond its deadline: a report, a topic
// of the forum.
type Late struct {
	Unit, Due string
	Office    *task.Task // for the desk of the office; nil when a person has it already
	Above     task.Task  // for the leader above
}

// Raise addresses what is late: to the office at once, and RiseDays working
// days after the deadline to the leader above too. A nil desks means the
// administrators of the unit.
func (r FollowUpRule) Raise(ctx context.Context, late []Late, desks Desks, days *calendar.Calendar, today string) ([]task.Task, error) {
	offices, err := officeDesks(ctx, late, desks)
	if err != nil {
		return nil, err
	}
	var out []task.Task
	for _, l := range late {
		if l.Office != nil {
			t := *l.Office
			t.For, t.Due = offices[l.Unit], l.Due
			out = append(out, t)
		}
		rises, err := days.AddWorking(l.Due, r.RiseDays)
		if err != nil {
			return nil, err
		}
		if rises < today {
			t := l.Above
			t.For, t.Due = task.Role(account.Leader, l.Unit), l.Due
			out = append(out, t)
		}
	}
	return out, nil
}

func officeDesks(ctx context.Context, late []Late, desks Desks) (map[string]task.Desk, error) {
	var units []string
	for _, l := range late {
		if l.Office != nil && !slices.Contains(units, l.Unit) {
			units = append(units, l.Unit)
		}
	}
	if desks != nil {
		return desks.OfficeDesks(ctx, units)
	}
	out := map[string]task.Desk{}
	for _, u := range units {
		out[u] = task.Role(account.UnitAdmin, u)
	}
	return out, nil
}

// PostOf returns the post a person holds in a unit or below it; it is an
// Invalid fault of the field owner_person when there is none.
func (o *Office) PostOf(ctx context.Context, unit, person string) (string, error) {
	var post string
	if person == "" {
		return "", fault.WrongField("owner_person", "form.choose")
	}
	err := o.own(ctx, unit, person, &post)
	return post, err
}
