package app

import (
	"context"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
)

// The migrations of all packages fit together on both engines, and a second
// start changes nothing.
func TestMigrationsFitTogether(t *testing.T) {
	repotest.EachDB(t, nil, func(t *testing.T, d *db.DB) {
		for range 2 {
			if err := d.Migrate(context.Background(), Migrations()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestTranslationsFitTogether(t *testing.T) {
	if _, err := Bundle(); err != nil {
		t.Fatal(err)
	}
}
