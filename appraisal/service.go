package appraisal

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/file"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// Books gives the rulebook in force on a day, the agency's own decisions
// included, and keeps every book a result was made with. *policy.Service is
// one.
type Books interface {
	At(ctx context.Context, day string) (*rulebook.Book, error)
	Keep(ctx context.Context, tx *db.Tx, b *rulebook.Book) error
	Kept(ctx context.Context, hash string) (*rulebook.Book, error)
}

// Config is what a Service needs. Now, Zone,
// Signer, Files, Words and Site may be left out.
type Config struct {
	DB     *db.DB
	Access *account.Access
	Map    Map
	Books  Books
	Now    func() time.Time // time.Now when nil
	Zone   *time.Location   // the agency's zone; UTC when nil
	Files  *file.Store      // evidence that is a file; only links without it
	Words  *i18n.Printer    // Indonesian texts, the rulebook's included; only this area's and the rulebook's when nil
	Agency Agency           // letterhead of the documents
	Signer *ledger.Signer   // signs receipts; without it there are none
	// Citizens tells what citizens said; nil where no surveys are kept.
	Citizens Citizens
	// Contracts tells when contracts end; nil where nobody knows.
	Contracts Contracts
	Site      string // address of the verification page without the code: "https://…/v/"
}

// Agency is what the head of an official form says.
type Agency struct {
	Name    string // "Pemerintah Kota Tanjungpinang"
	City    string // place of signing: "Tanjungpinang"
	Address string // below the office's name; may be empty
}

// Service is the appraisal area: every method checks the permission, applies
// the rule, stores and records in one transaction. It is safe for concurrent
// use.
type Service struct {
	db        *db.DB
	access    *account.Access
	people    Map
	books     Books
	now       func() time.Time
	zone      *time.Location
	agency    Agency
	site      string
	signer    *ledger.Signer
	files     *file.Store
	voices    Citizens
	contracts Contracts
	words     *i18n.Printer // Indonesian: official forms are
	looks     looks
	counts    Kept[List]
	writes    atomic.Uint64
}

// New returns the area's service.
func New(c Config) *Service {
	s := &Service{
		db: c.DB, access: c.Access, people: c.Map, books: c.Books,
		now: c.Now, zone: c.Zone, agency: c.Agency, site: c.Site, signer: c.Signer, files: c.Files, words: c.Words, voices: c.Citizens, contracts: c.Contracts,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.zone == nil {
		s.zone = time.UTC
	}
	if s.words == nil {
		s.words = ownWords()
	}
	return s
}

// today is the agency's date.
func (s *Service) today() Day { return Day(s.now().In(s.zone).Format(time.DateOnly)) }

// year is the agency's calendar year.
func (s *Service) year() int { return s.now().In(s.zone).Year() }

// thing is what account.Can is asked about for a part.
func (p Part) thing() account.Thing {
	return account.Thing{Unit: p.Who.UnitID, Owner: p.Who.PersonID, Evaluator: p.Evaluator.PersonID, Above: p.Above.PersonID}
}

// inZone returns the agency's date of a moment, empty for none.
func (s *Service) inZone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.zone).Format(time.DateOnly)
}

// ownWords returns the Indonesian texts of this area and of the rulebook. They
// are embedded, so reading them cannot fail; a test reads them too.
func ownWords() *i18n.Printer {
	b, err := i18n.NewBundle(Locale, rulebook.Locale)
	if err != nil {
		panic(err)
	}
	return b.Printer(i18n.Indonesian)
}
