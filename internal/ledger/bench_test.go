package ledger_test

import (
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
)

func BenchmarkLedger(b *testing.B) {
	const n = 20000
	for name, open := range map[string]func(testing.TB, []db.Migrations) *db.DB{"sqlite": repotest.OpenSQLite, "postgres": repotest.OpenPostgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b, schema)
			signer, err := ledger.OpenSigner(b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			seq := &ledger.Sequencer{DB: d, Signer: signer}
			b.Run("append", func(b *testing.B) {
				entries := make([]ledger.Entry, n)
				for b.Loop() {
					for i := range entries {
						entries[i] = entry(i)
					}
					if err := d.Tx(b.Context(), func(tx *db.Tx) error { return ledger.AppendAll(b.Context(), tx, entries) }); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N)*n/b.Elapsed().Seconds(), "entries/s")
			})
			b.Run("sequence", func(b *testing.B) {
				done, err := seq.Sequence(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "entries/s")
			})
			b.Run("verify", func(b *testing.B) {
				var total int64
				for b.Loop() {
					rep, err := ledger.Verify(b.Context(), d, ledger.Trust{})
					if err != nil || !rep.OK {
						b.Fatal(codes(rep), err)
					}
					total += rep.Entries
				}
				b.ReportMetric(float64(total)/b.Elapsed().Seconds(), "entries/s")
			})
		})
	}
}
