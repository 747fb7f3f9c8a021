package demo

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

// heard ties what citizens say to the SKP of the heads whose offices they
// visit: the figures up to mid-year are confirmed, the later ones wait for the
// mayor.
func (c *City) heard(ctx context.Context, d *db.DB, svc *appraisal.Service, hr account.Actor) error {
	parts, err := svc.Parts(ctx, d, c.Year)
	if err != nil {
		return err
	}
	until := appraisal.Day(iso(time.Date(c.Year, 6, 30, 0, 0, 0, 0, time.UTC)))
	at := time.Date(c.Year, 7, 16, 3, 0, 0, 0, time.UTC)
	for _, p := range parts {
		if s, serves := c.counterOf(p.HeadOf); serves && p.Form == appraisal.LeaderForm {
			if err := svc.LoadCitizens(ctx, hr, p.ID, s.code, until, at); err != nil {
				return err
			}
		}
	}
	return nil
}

// counterOf returns the first service of a unit that citizens are asked about.
func (c *City) counterOf(unit string) (counter, bool) {
	for _, s := range counters {
		if s.share > 0 && id("unit", s.unit) == unit {
			return s, true
		}
	}
	return counter{}, false
}
