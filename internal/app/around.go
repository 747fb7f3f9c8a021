package app

import (
	"context"
	"io/fs"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/bkn"
	"github.com/gurindam/gurindam/appraisal/cascade"
	"github.com/gurindam/gurindam/appraisal/cascade/cascadeweb"
	"github.com/gurindam/gurindam/appraisal/exchangeweb"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/appraisal/mend"
	"github.com/gurindam/gurindam/appraisal/mend/mendweb"
	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/appraisal/monthclose/monthcloseweb"
	"github.com/gurindam/gurindam/appraisal/penimport"
	"github.com/gurindam/gurindam/appraisal/praise"
	"github.com/gurindam/gurindam/appraisal/praise/praiseweb"
	"github.com/gurindam/gurindam/appraisal/talk"
	"github.com/gurindam/gurindam/appraisal/talk/talkweb"
	"github.com/gurindam/gurindam/appraisal/worklog"
	"github.com/gurindam/gurindam/appraisal/worklogweb"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/pdf/pdftext"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/org"
)

// Around are the services around appraisal: what is exchanged with other
// applications.
type Around struct {
	BKN       *bkn.Service
	Cascade   *cascade.Service
	Elsewhere *penimport.Service
	Log       *worklog.Service
	Month     *monthclose.Service
	Talks     *talk.Service
	Mend      *mend.Service
	Praise    *praise.Service
}

// around makes the services around appraisal.
func (s *System) around(store *org.Store) (Around, error) {
	a, c := s.Areas.Appraisal, s.cfg
	r := Around{
		Cascade: cascade.New(cascade.Config{
			DB: s.DB, Access: s.Access, Appraisal: a, Org: store, People: appraisal.NewOrgMap(store), Now: c.Now, Zone: c.Zone,
			Words: s.Bundle.Printer(i18n.Indonesian), Agency: appraisal.Agency{Name: c.Agency, City: c.City},
		}),
		Log: worklog.New(worklog.Config{
			DB: s.DB, Access: s.Access, Appraisal: a, People: store, Now: c.Now, Zone: c.Zone, Site: c.Site, Agency: c.Agency,
		}),
		Elsewhere: penimport.New(penimport.Config{DB: s.DB, Access: s.Access, Appraisal: a, Books: s.Policy, Now: c.Now, Zone: c.Zone}),
	}
	r.Month = monthclose.New(monthclose.Config{
		DB: s.DB, Access: s.Access, Org: store, Appraisals: a, Books: s.Policy, Now: c.Now, Zone: c.Zone,
		Words: s.Bundle.Printer(i18n.Indonesian), Agency: appraisal.Agency{Name: c.Agency, City: c.City},
	})
	r.Month.Handle(s.Jobs)
	s.Jobs.Handle("monthclose.night", func(ctx context.Context, _ *job.Run) error { return r.Month.Night(ctx) })
	s.Jobs.Daily("monthclose.night", 4, 45)
	r.Talks = talk.New(talk.Config{
		DB: s.DB, Access: s.Access, Appraisal: a, Books: s.Policy, Now: c.Now, Zone: c.Zone,
		Words: s.Bundle.Printer(i18n.Indonesian), Agency: appraisal.Agency{Name: c.Agency, City: c.City},
	})
	r.Mend = mend.New(mend.Config{DB: s.DB, Access: s.Access, Appraisal: a, Now: c.Now})
	r.Praise = praise.New(praise.Config{DB: s.DB, Access: s.Access, Appraisal: a, Org: store, Books: s.Policy, Now: c.Now, Zone: c.Zone})
	s.Jobs.Handle("praise.night", func(ctx context.Context, _ *job.Run) error { return r.Praise.Turn(ctx) })
	s.Jobs.Daily("praise.night", 5, 45)
	var err error
	r.BKN, err = bkn.New(bkn.Config{DB: s.DB, Access: s.Access, Appraisal: a, People: store, Now: c.Now, Zone: c.Zone})
	return r, err
}

// aroundPages returns the pages around appraisal.
func (s *System) aroundPages() []web.Route {
	r := s.Areas.Around
	return slices.Concat(
		cascadeweb.Routes(cascadeweb.Config{Cascade: r.Cascade, Appraisal: s.Areas.Appraisal}),
		worklogweb.Routes(worklogweb.Config{Appraisal: s.Areas.Appraisal, Log: r.Log}),
		exchangeweb.Routes(exchangeweb.Config{Appraisal: s.Areas.Appraisal, BKN: r.BKN, Elsewhere: r.Elsewhere}),
		monthcloseweb.Routes(r.Month),
		talkweb.Routes(r.Talks),
		mendweb.Routes(r.Mend),
		praiseweb.Routes(r.Praise),
	)
}

func aroundMigrations() []db.Migrations {
	return []db.Migrations{bkn.Migrations(), cascade.Migrations(), penimport.Migrations(), worklog.Migrations(), monthclose.Migrations(), talk.Migrations(), mend.Migrations(), praise.Migrations()}
}

func aroundLocales() []fs.FS {
	return []fs.FS{intake.Locale, pdftext.Locale, bkn.Locale, cascade.Locale, cascadeweb.Locale, penimport.Locale, exchangeweb.Locale, worklog.Locale, worklogweb.Locale, monthclose.Locale, monthcloseweb.Locale, talk.Locale, talkweb.Locale, mend.Locale, mendweb.Locale, praiseweb.Locale}
}
