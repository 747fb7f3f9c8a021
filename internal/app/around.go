package app

import (
	"io/fs"

	"github.com/gurindam/gurindam/appraisal/bkn"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
)

// Around are the services around appraisal: what is exchanged with other
// applications.
type Around struct {
	BKN *bkn.Service
}

// around makes the services around appraisal.
func (s *System) around(store *org.Store) (Around, error) {
	var r Around
	var err error
	r.BKN, err = bkn.New(bkn.Config{DB: s.DB, Access: s.Access, Appraisal: s.Areas.Appraisal, People: store, Now: s.cfg.Now, Zone: s.cfg.Zone})
	return r, err
}

func aroundMigrations() []db.Migrations {
	return []db.Migrations{bkn.Migrations()}
}

func aroundLocales() []fs.FS {
	return []fs.FS{intake.Locale, bkn.Locale}
}
