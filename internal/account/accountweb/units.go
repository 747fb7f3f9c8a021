package accountweb

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// unitNames returns what the units of grants are called.
func (h *pages) unitNames(ctx context.Context, grants []account.Granted) (map[string]string, error) {
	var ids []string
	for _, g := range grants {
		if g.Unit != "" && !slices.Contains(ids, g.Unit) {
			ids = append(ids, g.Unit)
		}
	}
	if h.Units == nil || len(ids) == 0 {
		return map[string]string{}, nil
	}
	return h.Units.UnitNames(ctx, ids)
}

// place names where a role holds: the unit, or the whole agency.
func place(p *i18n.Printer, names map[string]string, unit string) string {
	switch name := names[unit]; {
	case unit == "":
		return p.T("accountweb.whole_agency")
	case name == "":
		return unit
	default:
		return name
	}
}

// unitOptions lists the units to choose from, indented as they lie.
func (h *pages) unitOptions(ctx context.Context) ([]ui.Option, error) {
	if h.Units == nil {
		return nil, nil
	}
	units, err := h.Units.UnitChoices(ctx)
	options := make([]ui.Option, len(units))
	for i, u := range units {
		options[i] = ui.Option{Value: u.ID, Text: strings.Repeat("\u2003", u.Depth) + u.Name}
	}
	return options, err
}

// invitable lists the units whose people the reader may invite: all of them, or
// the own ones with everything below. whole is true for the first.
func (h *pages) invitable(q *web.Request) (options []ui.Option, whole bool, err error) {
	own, whole := h.Accounts.InviteUnits(q.Actor)
	if whole || h.Units == nil {
		options, err = h.unitOptions(q.Context())
		return options, whole, err
	}
	units, err := h.Units.UnitChoices(q.Context())
	top := -1 // depth of the own unit we are below; -1 outside
	for _, u := range units {
		if top >= 0 && u.Depth <= top {
			top = -1
		}
		if top < 0 && slices.Contains(own, u.ID) {
			top = u.Depth
		}
		if top >= 0 {
			options = append(options, ui.Option{Value: u.ID, Text: strings.Repeat("\u2003", u.Depth-top) + u.Name})
		}
	}
	return options, false, err
}

// offices returns, for every unit below an office, the office: there are many
// units called "Sub Bagian Umum".
func (h *pages) offices(ctx context.Context) (map[string]UnitChoice, error) {
	of := map[string]UnitChoice{}
	if h.Units == nil {
		return of, nil
	}
	units, err := h.Units.UnitChoices(ctx)
	var office UnitChoice
	for _, u := range units {
		switch {
		case u.Depth == 1:
			office = u
		case u.Depth > 1:
			of[u.ID] = office
		}
	}
	return of, err
}

// byOffice adds up the units of an office.
func byOffice(units []account.UnitCount, of map[string]UnitChoice) []account.UnitCount {
	at := map[string]int{}
	var sums []account.UnitCount
	for _, u := range units {
		if o, below := of[u.UnitID]; below {
			u.UnitID, u.Unit = o.ID, o.Name
		}
		i, known := at[u.UnitID]
		if !known {
			i = len(sums)
			at[u.UnitID] = i
			sums = append(sums, account.UnitCount{UnitID: u.UnitID, Unit: u.Unit})
		}
		sums[i].Made += u.Made
		sums[i].Accepted += u.Accepted
	}
	slices.SortStableFunc(sums, func(a, b account.UnitCount) int { return strings.Compare(a.Unit, b.Unit) })
	return sums
}

// span says from when to when a role holds.
func span(p *i18n.Printer, g account.Granted) string {
	if g.To == "" {
		return p.T("accountweb.since", p.Date(g.From))
	}
	return p.T("accountweb.from_to", p.Date(g.From), p.Date(g.To))
}

func grantTone(s account.GrantState) ui.Tone {
	switch s {
	case account.Proposed:
		return ui.Waiting
	case account.GrantActive:
		return ui.Good
	}
	return ui.Neutral
}

func stateTone(s account.State) ui.Tone {
	switch s {
	case account.Invited:
		return ui.Waiting
	case account.Active:
		return ui.Good
	}
	return ui.Neutral
}
