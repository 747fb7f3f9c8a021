package demo

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/policy"
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
	// What is made here is thrown away almost at once: collecting it four times
	// less often saves a tenth of the whole.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
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
	if err := decree(ctx, sys.Policy, hr); err != nil {
		return false, fmt.Errorf("own rules of the sample city: %w", err)
	}
	if err := city.years(ctx, sys.DB, sys.Areas.Appraisal, hr); err != nil {
		return false, fmt.Errorf("performance years of the sample city: %w", err)
	}
	if err := city.crooked(ctx, sys.DB, sys.Areas.Appraisal, sys.Areas.Around.Mend, hr); err != nil {
		return false, fmt.Errorf("crooked years of the sample city: %w", err)
	}
	if err := city.elsewhere(ctx, sys.Areas.Around.Elsewhere, hr); err != nil {
		return false, fmt.Errorf("school of the sample city: %w", err)
	}
	if err := city.promises(ctx, sys.DB, sys.Areas.Appraisal, sys.Areas.Around.Cascade, hr); err != nil {
		return false, fmt.Errorf("agreements of the sample city: %w", err)
	}
	if err := city.dialogs(ctx, sys.Areas.Appraisal, sys.Areas.Around.Talks); err != nil {
		return false, fmt.Errorf("performance talks of the sample city: %w", err)
	}
	if err := city.voices(ctx, sys.DB, sys.Areas.Voices, hr); err != nil {
		return false, fmt.Errorf("feedback rounds of the sample city: %w", err)
	}
	if err := city.months(ctx, sys.Areas.Around.Month, hr); err != nil {
		return false, fmt.Errorf("months of the sample city: %w", err)
	}
	if err := city.wardRoster(ctx, sys.Areas.Around.Log, hr); err != nil {
		return false, fmt.Errorf("roster of the sample city's ward: %w", err)
	}
	if err := city.surveys(ctx, sys.Areas.Participation, hr); err != nil {
		return false, fmt.Errorf("surveys of the sample city: %w", err)
	}
	if err := city.heard(ctx, sys.DB, sys.Areas.Appraisal, hr); err != nil {
		return false, fmt.Errorf("citizens' figures of the sample city: %w", err)
	}
	if err := city.talk(ctx, sys.Areas.Participation, sys.Areas.Forum, hr); err != nil {
		return false, fmt.Errorf("forum of the sample city: %w", err)
	}
	if err := city.reports(ctx, sys.Areas.Participation, sys.Areas.Complaints, hr); err != nil {
		return false, fmt.Errorf("reports of the sample city: %w", err)
	}
	return true, nil
}

// decree puts the city's own rules in force: its staff, other than teachers,
// write their plans here, so that the sample city shows the whole year.
func decree(ctx context.Context, rules *policy.Service, hr account.Actor) error {
	second := account.Actor{ID: id("account", "second"), Name: "Kepala BKPSDM", Grants: []account.Grant{{Role: account.HR}}}
	drafts := []policy.Draft{{
		Rule: "distribution", Path: "tie_is_largest", Value: "false", From: "2026-01-01",
		Reason: "Puncak sebaran adalah predikat yang dimiliki lebih banyak orang daripada predikat lain mana pun.",
	}}
	for _, group := range []string{"pns", "pppk", "pppk_paruh_waktu"} {
		drafts = append(drafts, policy.Draft{
			Rule: "staff-groups", Path: "groups." + group + ".pen", Value: `"gurindam"`, From: "2026-01-01",
			Reason: "Kota contoh menulis SKP di Gurindam agar satu tahun penuh dapat dilihat.",
		})
	}
	for _, draft := range drafts {
		draft.Decision, draft.Decided = "Keputusan Wali Kota 412 Tahun 2025 (contoh)", "2025-12-15"
		change, err := rules.Propose(ctx, hr, draft)
		if err != nil {
			return err
		}
		if err := rules.Confirm(ctx, second, change); err != nil {
			return err
		}
	}
	return nil
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
		"perawat":     nil,
		"inspektorat": {{Role: account.Auditor}},
		"admin":       {{Role: account.SysAdmin}},
		"kabid":       nil,
		"direktur":    nil,
		"ners":        nil,
		"guru":        nil,
		"kepsek":      nil,
	}
	var all []account.NewAccount
	for _, name := range append(Accounts(), Others()...) {
		person := c.Actors[name]
		a := account.NewAccount{Username: name, PersonID: person, Name: names[person], Password: Password, Roles: roles[name]}
		if person == "" {
			a.Name = "Admin Sistem"
		}
		all = append(all, a)
	}
	for _, name := range Cast() {
		if person := c.Cast[name]; person != "" {
			all = append(all, account.NewAccount{Username: name, PersonID: person, Name: names[person], Password: Password})
		}
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
	return []string{"pegawai", "perawat", "atasan", "kepala", "bkpsdm", "walikota", "sekda", "inspektorat", "admin"}
}

// years opens last year and this year and fills them.
func (c *City) years(ctx context.Context, d *db.DB, svc *appraisal.Service, hr account.Actor) error {
	for _, year := range []int{c.Year - 1, c.Year} {
		period, err := svc.OpenPeriod(ctx, hr, appraisal.NewPeriod{Year: year, Cadence: appraisal.Quarterly})
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
