package app

import (
	"cmp"
	"context"
	"net/http"
	"path/filepath"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisalweb"
	"github.com/gurindam/gurindam/appraisal/calibration"
	"github.com/gurindam/gurindam/appraisal/calibration/calibrationweb"
	"github.com/gurindam/gurindam/appraisal/praise/praiseweb"
	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/appraisal/voices/voicesweb"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/account/accountweb"
	"github.com/gurindam/gurindam/internal/api"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/file"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/mail"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/task/taskweb"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/static"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/org/orgimport"
	"github.com/gurindam/gurindam/org/orgimportweb"
	"github.com/gurindam/gurindam/org/orgweb"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/participation/complaint"
	"github.com/gurindam/gurindam/participation/forum"
	"github.com/gurindam/gurindam/participation/participationweb"
	"github.com/gurindam/gurindam/rulebook"
	"github.com/gurindam/gurindam/rulebook/rulebookweb"
)

// Version is the program's version, set when it is built.
var Version = "dev"

// Areas are the services of every area.
type Areas struct {
	Org           *org.Service
	Import        *orgimport.Service
	Map           *org.Store
	Accounts      *account.Service
	Inbox         *task.Inbox
	Appraisal     *appraisal.Service
	Voices        *voices.Service
	Participation *participation.Office
	Forum         *forum.Hall
	Complaints    *complaint.Desk
	Files         *file.Store
	Mail          *mail.Post // nil: no letters are sent
	Notices       *task.Notices
	Around        Around
}

// routeTable is everything that is served: what the access test walks.
type routeTable struct {
	Pages      []web.Route
	Operations []api.Op
}

// Routes returns every route and operation of the system.
func (s *System) Routes() ([]web.Route, []api.Op) {
	t := s.routes()
	return t.Pages, t.Operations
}

// wire makes the areas and the site.
func (s *System) wire(base *rulebook.Library) error {
	c := s.cfg
	var err error
	if s.Signer, err = ledger.OpenSigner(ledger.KeysIn(c.Data)); err != nil {
		return err
	}
	days, err := calendar.National()
	if err != nil {
		return err
	}
	s.Jobs = job.NewRunner(s.DB, job.Config{Now: c.Now, Zone: c.Zone, Log: c.Log})
	store := org.NewStore(s.DB, c.Now, c.Zone)
	s.Access = account.NewAccess(store)
	s.Policy = policy.New(s.DB, s.Access, base, c.Now)
	inbox := task.NewInbox(s.DB, store, store)
	s.Areas = Areas{Map: store, Inbox: inbox, Files: file.New(s.DB, filepath.Join(c.Data, "files"), c.Now)}
	a := &s.Areas
	if err := s.letters(); err != nil {
		return err
	}
	a.Org = org.New(org.Config{Store: store, Access: s.Access, Books: s.Policy})
	if a.Import, err = orgimport.New(orgimport.Config{
		Store: store, Access: s.Access, Books: s.Policy, Dir: filepath.Join(c.Data, "import"), Now: c.Now,
	}); err != nil {
		return err
	}
	a.Import.Handle(s.Jobs)
	a.Accounts = account.New(account.Config{
		DB: s.DB, Access: s.Access, Roster: store, Work: store, Desk: task.Admin{}, Now: c.Now, Zone: c.Zone,
	})
	a.Participation = participation.New(participation.Config{
		DB: s.DB, Access: s.Access, Units: serviceUnits{store, s.DB}, Books: s.Policy,
		Staff:    serviceStaff{citizenVoices{store: store, db: s.DB}, func() *appraisal.Service { return a.Appraisal }},
		Calendar: days, Now: c.Now, Zone: c.Zone,
	})
	a.Appraisal = appraisal.New(appraisal.Config{
		DB: s.DB, Access: s.Access, Map: appraisal.NewOrgMap(store), Books: s.Policy, Now: c.Now, Zone: c.Zone,
		Agency: appraisal.Agency{Name: c.Agency, City: c.City}, Site: c.Site + "/v/",
		Signer: s.Signer, Words: s.Bundle.Printer(i18n.Indonesian), Files: a.Files,
		Citizens: citizenVoices{store, s.DB, a.Participation}, Contracts: appraisal.NewOrgMap(store),
	})
	s.Jobs.Handle("appraisal.due", func(ctx context.Context, _ *job.Run) error { return a.Appraisal.FileDue(ctx) })
	s.Jobs.Daily("appraisal.due", 5, 30)
	s.Jobs.Handle("appraisal.citizens", func(ctx context.Context, _ *job.Run) error { return a.Appraisal.OfferCitizens(ctx) })
	s.Jobs.Daily("appraisal.citizens", 1, 45)
	a.Voices = voices.New(voices.Config{DB: s.DB, Access: s.Access, People: voices.FromParts{Appraisal: a.Appraisal}, Books: s.Policy, Now: c.Now, Zone: c.Zone})
	s.Jobs.Handle("appraisal.voices", func(ctx context.Context, _ *job.Run) error { return a.Voices.Turn(ctx) })
	s.Jobs.Daily("appraisal.voices", 0, 20)
	s.Jobs.Handle("participation.night", func(ctx context.Context, _ *job.Run) error { return a.Participation.Night(ctx) })
	s.Jobs.Daily("participation.night", 1, 15)
	if a.Around, err = s.around(store); err != nil {
		return err
	}
	desks := officeDesks{store, s.DB}
	a.Complaints = complaint.New(complaint.Config{
		DB: s.DB, Access: s.Access, Books: s.Policy, Calendar: days, Posts: a.Participation, Desks: desks, Now: c.Now, Zone: c.Zone,
	})
	s.Jobs.Handle("complaint.night", func(ctx context.Context, _ *job.Run) error { return a.Complaints.Night(ctx) })
	s.Jobs.Daily("complaint.night", 1, 30)
	s.forum(days, desks)
	s.metrics = newMetrics(s.DB)
	s.serve()
	return nil
}

// letters makes the post and the notices.
func (s *System) letters() (err error) {
	a, c := &s.Areas, s.cfg
	if a.Mail, err = mail.New(s.DB, c.Mail, c.Now); err != nil {
		return err
	}
	a.Mail.Handle(s.Jobs)
	a.Notices = task.NewNotices(task.NoticeConfig{
		DB: s.DB, Books: s.Policy, Readers: letterReaders{s.DB, a.Map.Today}, Tree: a.Map, Mail: a.Mail, Words: s.Bundle.Printer, Site: c.Site, Agency: c.Agency, Now: c.Now, Zone: c.Zone,
	})
	a.Notices.Handle(s.Jobs)
	return nil
}

// forum makes the forum with its nightly work.
func (s *System) forum(days *calendar.Calendar, desks participation.Desks) {
	a, c := &s.Areas, s.cfg
	a.Forum = forum.New(forum.Config{
		DB: s.DB, Access: s.Access, Books: s.Policy, Calendar: days, Desks: desks, Now: c.Now, Zone: c.Zone,
		Mail: a.Mail, Words: s.Bundle.Printer, Site: c.Site, Name: cmp.Or(c.Forum, s.Bundle.Printer(i18n.Indonesian).T("forum.name")),
	})
	s.Jobs.Handle("forum.night", func(ctx context.Context, _ *job.Run) error { return a.Forum.Night(ctx) })
	s.Jobs.Daily("forum.night", 2, 10)
}

// serve puts pages, operations and the operator's addresses together.
func (s *System) serve() {
	c := s.cfg
	operations := api.New(api.Config{
		Version: Version, Cookie: web.SessionCookie, Bundle: s.Bundle, Access: s.Access, Sessions: s.Areas.Accounts,
		Now: c.Now, Zone: c.Zone, Log: c.Log,
	})
	s.operations(operations)
	site := web.New(web.Config{
		Agency: c.Agency, Bundle: s.Bundle, Access: s.Access, Sessions: s.Areas.Accounts, Counter: s.Areas.Inbox,
		Nav: navigation(), Holds: s.holds, Early: early(), Static: static.Handler(), Now: c.Now, Zone: c.Zone, Secure: c.Secure, Demo: c.Demo, Log: c.Log,
		Extra: map[string]http.Handler{
			"/api/":        operations.Handler(),
			"GET /healthz": health(s.DB),
			"GET /metrics": s.metrics.handler(),
		},
	}, s.pages()...)
	s.handler = s.metrics.watch(site.Handler())
	s.routes = func() routeTable { return routeTable{site.Routes(), operations.Operations()} }
}

// pages returns the routes of every area.
func (s *System) pages() [][]web.Route {
	a, c := s.Areas, s.cfg
	return [][]web.Route{
		web.ShellRoutes(),
		accountweb.Routes(accountweb.Config{
			Accounts: a.Accounts, Units: unitChoices{a.Map}, Agency: c.Agency, Site: c.Site, Trusted: c.Trusted, Demo: c.DemoUsers, DemoPass: c.DemoPass,
		}),
		taskweb.Routes(taskweb.Config{
			Inbox: a.Inbox, Notices: a.Notices, Calendar: yearDays{s.Policy}, Bundles: bundles(),
			Sections: []taskweb.Section{s.firstSteps(), appraisalweb.MyPeople{Service: a.Appraisal}, appraisalweb.MyYear{Service: a.Appraisal}, praiseweb.Note{Service: a.Around.Praise}},
			Public:   participationweb.Home(s.participationPages()),
		}),
		s.aroundPages(),
		rulebookweb.Routes(s.Policy),
		s.recordPages(),
		orgweb.Routes(a.Org),
		orgimportweb.Routes(a.Import),
		voicesweb.Routes(voicesweb.Config{Voices: a.Voices, People: a.Appraisal}),
		calibrationweb.Routes(calibration.New(calibration.Config{DB: s.DB, Access: s.Access, Appraisal: a.Appraisal, Now: c.Now})),
		appraisalweb.Routes(appraisalweb.Config{Appraisal: a.Appraisal, Files: a.Files, Elsewhere: a.Around.Elsewhere}),
		participationweb.Routes(s.participationPages()),
	}
}

func (s *System) participationPages() participationweb.Config {
	a, c := s.Areas, s.cfg
	return participationweb.Config{
		Office: a.Participation, Agency: c.Agency, Site: c.Site, Trusted: c.Trusted, NoRate: !c.SurveyRate,
		Forum: a.Forum, ForumName: c.Forum, Complaints: a.Complaints, OwnComplaints: c.OwnComplaints,
	}
}

// operations adds the JSON operations of every area.
func (s *System) operations(a *api.API) {
	participationweb.Operations(a, s.Areas.Participation)
}
