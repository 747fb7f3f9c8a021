package demo

import (
	"context"
	"fmt"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
)

// Password is the password of every demo account.
const Password = "gurindam-demo"

// Fill writes the sample city as it stands on today (YYYY-MM-DD) into the
// system's database. A database that holds units already is left alone, and
// fresh is false.
func Fill(ctx context.Context, sys *app.System, today string) (fresh bool, err error) {
	taken, err := db.Exists(ctx, sys.DB, `SELECT 1 FROM unit`)
	if err != nil || taken {
		return false, err
	}
	city, err := Plan(today)
	if err != nil {
		return false, err
	}
	var hr account.Actor
	err = sys.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := city.loadOrg(ctx, tx, sys.Areas.Map); err != nil {
			return fmt.Errorf("map of the sample city: %w", err)
		}
		hr, err = city.accounts(ctx, tx, sys.Areas.Accounts)
		return err
	})
	if err != nil {
		return false, err
	}
	if err := city.years(ctx, sys.DB, sys.Areas.Appraisal, hr); err != nil {
		return false, fmt.Errorf("performance years of the sample city: %w", err)
	}
	if err := city.surveys(ctx, sys.Areas.Participation, hr); err != nil {
		return false, fmt.Errorf("surveys of the sample city: %w", err)
	}
	return true, nil
}

// accounts makes the demo accounts and returns the HR officer, who loads.
func (c *City) accounts(ctx context.Context, tx *db.Tx, accounts *account.Service) (account.Actor, error) {
	names := map[string]string{}
	for _, p := range c.People {
		names[p.ID] = p.Name
	}
	roles := map[string][]account.Grant{
		"walikota":    {{Role: account.Leader}},
		"sekda":       {{Role: account.Leader}},
		"bkpsdm":      {{Role: account.HR}},
		"kepala":      {{Role: account.UnitAdmin, Unit: id("unit", "disdukcapil")}, {Role: account.PerformanceOfficer, Unit: id("unit", "disdukcapil")}},
		"atasan":      nil,
		"pegawai":     nil,
		"inspektorat": {{Role: account.Auditor}},
		"admin":       {{Role: account.SysAdmin}},
	}
	var all []account.NewAccount
	for _, name := range Accounts() {
		person := c.Actors[name]
		a := account.NewAccount{Username: name, PersonID: person, Name: names[person], Password: Password, Roles: roles[name]}
		if person == "" {
			a.Name = "Admin Sistem"
		}
		all = append(all, a)
	}
	made, err := accounts.Machine().Add(ctx, tx, all...)
	if err != nil {
		return account.Actor{}, err
	}
	for _, a := range made {
		if a.Username == "bkpsdm" {
			return account.Actor{ID: a.ID, Username: a.Username, Name: a.Name, PersonID: a.PersonID, Grants: roles["bkpsdm"]}, nil
		}
	}
	return account.Actor{}, fmt.Errorf("the demo accounts lack an HR officer")
}

// Accounts lists the demo accounts in the order the sign-in page shows them.
func Accounts() []string {
	return []string{"pegawai", "atasan", "kepala", "bkpsdm", "walikota", "sekda", "inspektorat", "admin"}
}

// years opens last year and this year and fills them.
func (c *City) years(ctx context.Context, d *db.DB, svc *appraisal.Service, hr account.Actor) error {
	for _, year := range []int{c.Year - 1, c.Year} {
		pens := map[appraisal.Group]appraisal.Pen{"pns": appraisal.PenGurindam, "pppk": appraisal.PenGurindam, "pppk_paruh_waktu": appraisal.PenGurindam}
		period, err := svc.OpenPeriod(ctx, hr, appraisal.NewPeriod{Year: year, Cadence: appraisal.Quarterly, Pens: pens})
		if err != nil {
			return err
		}
		stages := []appraisal.PeriodState{appraisal.InExecution}
		if year < c.Year {
			stages = append(stages, appraisal.InRating, appraisal.Closed)
		}
		parts, err := svc.Parts(ctx, d, year)
		if err != nil {
			return err
		}
		w := &writer{city: c, year: year, parts: parts}
		organisations, records := w.write()
		if err := d.Tx(ctx, func(tx *db.Tx) error { return svc.Load(ctx, tx, hr, organisations, records) }); err != nil {
			return err
		}
		for _, to := range stages {
			if period, err = svc.MovePeriod(ctx, hr, year, period.Version, to); err != nil {
				return err
			}
		}
	}
	return nil
}
