package db_test

import (
	"fmt"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
)

func BenchmarkInsert(b *testing.B) {
	for name, open := range map[string]func(testing.TB, []db.Migrations) *db.DB{"sqlite": repotest.OpenSQLite, "postgres": repotest.OpenPostgres} {
		for _, n := range []int{32, 128, 512, 2048} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				d := open(b, sample)
				rows := make([][]any, n)
				for b.Loop() {
					for i := range rows {
						rows[i] = []any{db.NewID(), "a name of some length", i, 0.5, true}
					}
					err := d.Tx(b.Context(), func(tx *db.Tx) error {
						return db.Insert(b.Context(), tx, "thing", []string{"id", "name", "n", "x", "open"}, rows)
					})
					if err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

func BenchmarkOne(b *testing.B) {
	for name, open := range map[string]func(testing.TB, []db.Migrations) *db.DB{"sqlite": repotest.OpenSQLite, "postgres": repotest.OpenPostgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b, sample)
			err := d.Tx(b.Context(), func(tx *db.Tx) error {
				return db.Insert(b.Context(), tx, "thing", []string{"id", "name"}, [][]any{{"a", "A"}})
			})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := db.One(b.Context(), d, selectThing+`WHERE id = $1`, scanThing, "a"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkTx(b *testing.B) {
	for name, open := range map[string]func(testing.TB, []db.Migrations) *db.DB{"sqlite": repotest.OpenSQLite, "postgres": repotest.OpenPostgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b, sample)
			for b.Loop() {
				err := d.Tx(b.Context(), func(tx *db.Tx) error {
					_, err := db.Exec(b.Context(), tx, `INSERT INTO thing (id, name) VALUES ($1, $2)`, db.NewID(), "A")
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
