package bkn

import (
	"context"
	"embed"
	"sync/atomic"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "appraisal-bkn", FS: migrations} }

// People answers who has which number at SIASN. *org.Store is one.
type People interface {
	// PersonIDs returns the ids of all people by SIASN's PNS ID and by NIP.
	PersonIDs(ctx context.Context, q db.Queryer) (bySource, byNIP map[string]string, err error)
}

// Config is what a Service needs. Now and Zone may be left out.
type Config struct {
	DB        *db.DB
	Access    *account.Access
	Appraisal *appraisal.Service
	People    People
	Now       func() time.Time
	Zone      *time.Location
}

// Service exchanges results with SIASN. It is safe for concurrent use.
type Service struct {
	Config
	codes  codes
	kept   appraisal.Kept[Export]
	writes atomic.Uint64 // imports that were committed
}

// New returns the service.
func New(c Config) (*Service, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	list, err := readCodes()
	return &Service{Config: c, codes: list}, err
}

func (s *Service) today() appraisal.Day {
	return appraisal.Day(s.Now().In(s.Zone).Format(time.DateOnly))
}

// KindOf returns which record a window is told in.
func KindOf(w appraisal.Window) Kind {
	if w.Annual() {
		return Annual
	}
	return Periodic
}
