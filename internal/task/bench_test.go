package task

import (
	"fmt"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
)

// BenchmarkHome measures what a home page asks of the inbox, in a city of 5,000
// people with four tasks each and an officer whose role has 2,000 more.
func BenchmarkHome(b *testing.B) {
	for name, open := range map[string]func(testing.TB, []db.Migrations) *db.DB{"sqlite": repotest.OpenSQLite, "postgres": repotest.OpenPostgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b, []db.Migrations{Migrations()})
			fillCity(b, d)
			inbox := NewInbox(d, branch{}, register{})
			who := account.Actor{ID: "a", PersonID: "p42", Grants: []account.Grant{{Role: account.PerformanceOfficer, Unit: "office"}}}
			for b.Loop() {
				if _, err := inbox.Waiting(b.Context(), who, Filter{Limit: 5}); err != nil {
					b.Fatal(err)
				}
				if _, err := inbox.Badges(b.Context(), who); err != nil {
					b.Fatal(err)
				}
				if _, err := inbox.Awaited(b.Context(), who); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func fillCity(b *testing.B, d *db.DB) {
	b.Helper()
	var tasks []Task
	for i := range 20_000 {
		t := agree(fmt.Sprint("part:", i), Person(fmt.Sprint("p", i%5000)), "2026-12-01")
		t.From = fmt.Sprint("p", (i+7)%5000)
		tasks = append(tasks, t)
	}
	for i := range 2000 {
		tasks = append(tasks, agree(fmt.Sprint("close:", i), Role(account.PerformanceOfficer, "desk"), ""))
	}
	if err := d.Tx(b.Context(), func(tx *db.Tx) error { return File(b.Context(), tx, tasks...) }); err != nil {
		b.Fatal(err)
	}
}
