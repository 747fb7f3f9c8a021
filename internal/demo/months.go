package demo

import (
	"context"

	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/internal/account"
)

// months closes the two months before the city's day and opens the present one,
// in which a cut of the demo's employee was wrong and was withdrawn.
func (c *City) months(ctx context.Context, svc *monthclose.Service, hr account.Actor) error {
	var known []string
	for _, name := range Accounts() {
		if person := c.Actors[name]; person != "" {
			known = append(known, person)
		}
	}
	return monthclose.Demo(ctx, svc, hr, monthclose.Sample2026(monthclose.MonthOf(monthclose.Day(c.Today)), c.Actors["pegawai"], known...)...)
}
