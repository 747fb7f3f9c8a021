package appraisal

import (
	"context"
	"sync"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// enter returns a part and its year once the actor may do act to it. What is
// not there is NotFound, what is not theirs Forbidden.
func (s *Service) enter(ctx context.Context, actor account.Actor, part string, act account.Action) (Part, Period, error) {
	p, err := partOf(ctx, s.db, part)
	if err != nil {
		return Part{}, Period{}, err
	}
	if err := s.access.Can(ctx, actor, act, p.thing()); err != nil {
		return Part{}, Period{}, err
	}
	year, err := periodOf(ctx, s.db, p.Year)
	return p, year, err
}

// view is enter for reading; somebody else's look leaves a trace. The last
// evaluator of a year reads the person's earlier parts too.
func (s *Service) view(ctx context.Context, actor account.Actor, part string) (Part, Period, error) {
	p, err := partOf(ctx, s.db, part)
	if err != nil {
		return Part{}, Period{}, err
	}
	may, err := s.reads(ctx, actor, p)
	if err == nil && !may {
		err = s.access.Can(ctx, actor, account.ActAppraisalView, p.thing())
	}
	if err != nil {
		return Part{}, Period{}, err
	}
	year, err := periodOf(ctx, s.db, p.Year)
	if err != nil {
		return p, year, err
	}
	return p, year, s.look(ctx, actor, p)
}

// write is enter for changing what is written here: the year is open and the
// pen is ours.
func (s *Service) write(ctx context.Context, actor account.Actor, part string, act account.Action) (Part, Period, error) {
	p, year, err := s.enter(ctx, actor, part, act)
	if err != nil {
		return p, year, err
	}
	if key := readOnly(p, year); key != "" {
		return p, year, fault.Clash(key)
	}
	return p, year, nil
}

// readOnly returns the key of the sentence that says why nobody can write to a
// part, or nothing.
func readOnly(p Part, year Period) string {
	if !year.Open() {
		return "appraisal.closed"
	}
	if p.Pen != PenGurindam {
		return "appraisal.pen." + string(p.Pen) + ".elsewhere"
	}
	return ""
}

// can reports whether the actor may, for showing what can be done.
func (s *Service) can(ctx context.Context, actor account.Actor, act account.Action, p Part) bool {
	return s.access.Can(ctx, actor, act, p.thing()) == nil
}

// signerOf names the actor as a part knows them.
func signerOf(actor account.Actor, p Part) Signer {
	for _, i := range []Identity{p.Who, p.Evaluator, p.Above} {
		if i.PersonID != "" && i.PersonID == actor.PersonID {
			return Signer{PersonID: i.PersonID, Name: i.Name, Post: i.Post}
		}
	}
	return Signer{PersonID: actor.PersonID, Name: actor.Name}
}

func (s *Service) bookOn(ctx context.Context, day Day) (*rulebook.Book, error) {
	return s.books.At(ctx, string(day))
}

// rule loads one rule as it is in force on a day.
func rule[V rulebook.Values](ctx context.Context, s *Service, day Day) (V, error) {
	book, err := s.bookOn(ctx, day)
	if err != nil {
		var none V
		return none, err
	}
	return rulebook.Load[V](book)
}

// record enters what happened to a part into the ledger. Words about people
// are in the payload only, where the law can have them erased.
func (s *Service) record(ctx context.Context, tx *db.Tx, actor account.Actor, kind, subject string, payload any) error {
	return ledger.Append(ctx, tx, s.entry(actor, kind, subject, payload))
}

func (s *Service) entry(actor account.Actor, kind, subject string, payload any) ledger.Entry {
	return ledger.Entry{Kind: kind, Subject: subject, Actor: actor.ID, Payload: payload, At: s.now()}
}

// looks remembers who has already left a trace today, so that a page that is
// opened again costs no write. It forgets when the day changes.
type looks struct {
	mu   sync.Mutex
	day  Day
	seen map[[2]string]bool
}

func (l *looks) first(day Day, part, reader string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.day != day {
		l.day, l.seen = day, map[[2]string]bool{}
	}
	key := [2]string{part, reader}
	if l.seen[key] {
		return false
	}
	l.seen[key] = true
	return true
}

// look leaves a trace that the actor has read a part, once a day. The person
// and the two superiors read it as their duty and leave none.
func (s *Service) look(ctx context.Context, actor account.Actor, p Part) error {
	if actor.PersonID != "" && (actor.PersonID == p.Who.PersonID || actor.PersonID == p.Evaluator.PersonID || actor.PersonID == p.Above.PersonID) {
		return nil
	}
	day := s.today()
	if !s.looks.first(day, p.ID, actor.ID) {
		return nil
	}
	return s.db.TxReadCommitted(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO appraisal_look (part_id, reader_id, reader, day, first_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (part_id, reader_id, day) DO NOTHING`, p.ID, actor.ID, actor.Name, string(day), db.Time(s.now()))
		return err
	})
}

// Look is one trace of somebody who read a part.
type Look struct {
	Reader string
	Day    Day
	At     time.Time
}

// Looks returns who has read the actor's own part, the latest first.
func (s *Service) Looks(ctx context.Context, actor account.Actor, part string) ([]Look, error) {
	p, _, err := s.enter(ctx, actor, part, account.ActAppraisalOwn)
	if err != nil {
		return nil, err
	}
	return db.All(ctx, s.db, `SELECT reader, day, first_at FROM appraisal_look WHERE part_id = $1 ORDER BY day DESC, first_at DESC LIMIT 200`,
		func(r db.Row) (Look, error) {
			var l Look
			err := r.Scan(&l.Reader, &l.Day, db.TimeTo(&l.At))
			return l, err
		}, p.ID)
}
