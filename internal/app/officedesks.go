package app

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/org"
)

// officeDesks tells participation whose desk answers for a unit: that of its
// administrators, and of HR where it has none.
type officeDesks struct {
	store *org.Store
	db    *db.DB
}

// OfficeDesks returns the desk of each unit.
func (o officeDesks) OfficeDesks(ctx context.Context, units []string) (map[string]task.Desk, error) {
	tree, err := o.store.Units(ctx, o.db, o.store.Today())
	if err != nil {
		return nil, err
	}
	day := o.store.Today()
	held, err := db.All(ctx, o.db, `SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id
		WHERE a.state = 'active' AND g.role = $1 AND g.state = 'active' AND g.from_on <= $2 AND (g.to_on IS NULL OR g.to_on >= $3)`,
		db.Value[string], string(account.UnitAdmin), string(day), string(day))
	if err != nil {
		return nil, err
	}
	out := map[string]task.Desk{}
	for _, u := range units {
		out[u] = task.Role(account.HR, "")
		if slices.ContainsFunc(held, func(h string) bool { return h == "" || tree.Within(u, h) }) {
			out[u] = task.Role(account.UnitAdmin, u)
		}
	}
	return out, nil
}
