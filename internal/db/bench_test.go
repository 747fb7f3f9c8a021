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

// BenchmarkDurable compares durable single-row writes of many callers, one by
// one and together. SQLite flushes to disk at each commit; the throw-away
// PostgreSQL does not, name a real one in GURINDAM_TEST_POSTGRES.
func BenchmarkDurable(b *testing.B) {
	open := map[string]func(testing.TB) *db.DB{
		"sqlite": func(t testing.TB) *db.DB {
			d, err := db.Open(t.Context(), db.Config{Dir: b.TempDir()})
			if err != nil {
				b.Fatal(err)
			}
			t.Cleanup(func() { d.Close() })
			if err := d.Migrate(t.Context(), sample); err != nil {
				b.Fatal(err)
			}
			return d
		},
		"postgres": func(t testing.TB) *db.DB { return repotest.OpenPostgres(t, sample) },
	}
	columns := []string{"id", "name", "n"}
	row := func() []any { return []any{db.NewID(), "an answer", 4} }
	for name, open := range open {
		write := map[string]func(*db.DB) func() error{
			"single": func(d *db.DB) func() error {
				return func() error {
					return d.Tx(b.Context(), func(tx *db.Tx) error {
						return db.Insert(b.Context(), tx, "thing", columns, [][]any{row()})
					})
				}
			},
			"do": func(d *db.DB) func() error {
				g := db.NewGroupWriter(d)
				return func() error {
					return g.Do(b.Context(), func(tx *db.Tx) error {
						return db.Insert(b.Context(), tx, "thing", columns, [][]any{row()})
					})
				}
			},
			"insert": func(d *db.DB) func() error {
				things := db.NewGroupWriter(d).Insert("thing", columns...)
				return func() error { return things.Add(b.Context(), row()) }
			},
		}
		for how, writer := range write {
			b.Run(name+"/"+how, func(b *testing.B) {
				write := writer(open(b))
				b.SetParallelism(128)
				b.ResetTimer()
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						if err := write(); err != nil {
							b.Error(err)
						}
					}
				})
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
			})
		}
	}
}
