package participation

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// Books gives the rulebook in force on a day and keeps the books that were
// used for something published.
type Books interface {
	At(ctx context.Context, day string) (*rulebook.Book, error)
	Keep(ctx context.Context, tx *db.Tx, b *rulebook.Book) error
}

// Units tells how the units of the map are called; org's map is behind it.
type Units interface {
	// UnitNames returns the names of units by id; unknown ids are left out.
	UnitNames(ctx context.Context, ids []string) (map[string]string, error)
	// UnitsToday returns every unit of today in the order of the map.
	UnitsToday(ctx context.Context) ([]Unit, error)
}

// Unit is one unit of the map.
type Unit struct{ ID, Name string }

// Config is what an Office needs. All but Now, Zone and Calendar are required.
type Config struct {
	DB       *db.DB
	Access   *account.Access
	Units    Units
	Books    Books
	Staff    Staff              // nil: owners are named in words only
	Calendar *calendar.Calendar // weekends only when nil
	Now      func() time.Time   // time.Now when nil
	Zone     *time.Location     // the agency's zone; UTC when nil
}

// Office is the participation area: services, surveys, follow-up, complaints,
// forums and consultations. Every method that changes something checks the
// permission, applies the rule, stores and records in one transaction. It is
// safe for concurrent use.
type Office struct {
	db       *db.DB
	access   *account.Access
	units    Units
	books    Books
	staff    Staff
	calendar *calendar.Calendar
	now      func() time.Time
	zone     *time.Location
	open     *openWaves
	writer   storer
}

// New returns the area's office.
func New(c Config) *Office {
	o := &Office{db: c.DB, access: c.Access, units: c.Units, books: c.Books, staff: c.Staff, calendar: c.Calendar, now: c.Now, zone: c.Zone}
	if o.calendar == nil {
		o.calendar = &calendar.Calendar{}
	}
	if o.now == nil {
		o.now = time.Now
	}
	if o.zone == nil {
		o.zone = time.UTC
	}
	o.open = newOpenWaves(o)
	o.writer = &writer{db: o.db}
	return o
}

// today is the agency's date, YYYY-MM-DD.
func (o *Office) today() string { return o.now().In(o.zone).Format(time.DateOnly) }

// rules loads the values of one rule in force today.
func rules[V rulebook.Values](ctx context.Context, o *Office) (V, error) {
	b, err := o.books.At(ctx, o.today())
	if err != nil {
		var none V
		return none, err
	}
	return rulebook.Load[V](b)
}

// record enters what happened in the ledger, in the same transaction. Payloads
// of this area hold no personal data: services, waves and figures are public.
func (o *Office) record(ctx context.Context, tx *db.Tx, actor account.Actor, kind, subject string, payload any) error {
	return ledger.Append(ctx, tx, ledger.Entry{
		Kind: "participation." + kind, Subject: subject, Actor: actor.ID, Payload: payload, At: o.now(),
	})
}
