package voices

import (
	"context"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/rulebook"
)

// View is a round as one reader sees it.
type View struct {
	Round  Round
	Asked  bool      // the reader was asked
	Group  GroupCode // as whom
	Drawn  bool      // the reader has drawn a token
	Public []byte    // key that checks the group's tokens, while the reader can draw one
	Reads  bool      // may see the results
	Words  bool      // may see what was written
	Mine   bool      // the round is about the reader
	Values []appraisal.Value
}

// View returns a round. Those who were asked see how it stands; results are for
// those who may read them.
func (s *Service) View(ctx context.Context, actor account.Actor, round string) (View, error) {
	if err := s.access.Can(ctx, actor, account.ActSelf, account.Thing{}); err != nil {
		return View{}, err
	}
	r, err := roundOf(ctx, s.db, round)
	if err != nil {
		return View{}, err
	}
	v := View{Round: r, Mine: actor.PersonID != "" && actor.PersonID == r.About.PersonID}
	v.Reads, v.Words = s.mayRead(ctx, actor, r) == nil, s.mayReadWords(ctx, actor, r)
	mine, err := seatOf(ctx, s.db, r.ID, actor.PersonID)
	switch {
	case err == nil:
		v.Asked, v.Group, v.Drawn = true, mine.Group, mine.Drawn
	case !fault.Is(err, fault.Forbidden):
		return v, err
	case !v.Reads && s.mayAsk(ctx, actor, r.About) != nil:
		return v, err
	}
	if !v.Reads {
		v.Round.Release = nil
	}
	if !v.Words && v.Round.Release != nil {
		v.Round.Release.Words = nil
	}
	if v.Values, err = s.values(ctx, r.OpenedOn); err != nil {
		return v, err
	}
	if v.Asked && r.State == Drawing {
		batch, err := token.Find(ctx, s.db, r.tokens(v.Group))
		if err != nil {
			return v, err
		}
		v.Public = batch.Public
	}
	return v, nil
}

// values returns the values the items belong to, as they are called on a day.
func (s *Service) values(ctx context.Context, day Day) ([]appraisal.Value, error) {
	book, err := s.books.At(ctx, string(day))
	if err != nil {
		return nil, err
	}
	rule, err := rulebook.Load[appraisal.ValuesRule](book)
	return rule.Values, err
}

// Read notes that the person has seen the release.
func (s *Service) Read(ctx context.Context, actor account.Actor, v View) error {
	if !v.Mine || v.Round.State != Released || v.Round.ReadOn != "" {
		return nil
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `UPDATE voice_round SET read_on = $1 WHERE id = $2 AND read_on IS NULL`, string(s.today()), v.Round.ID); err != nil {
			return err
		}
		return task.Close(ctx, tx, task.Done{Kind: kindRead, By: actor.ID, At: s.now()}, v.Round.subject())
	})
}

// Listing is the page of rounds: what waits for the reader, what is about the
// reader, and for HR all of them.
type Listing struct {
	Asked []Seat
	Mine  []Round
	All   []Round // nil unless the reader may see every round
	HR    bool
}

// Seat is a round the reader was asked in.
type Seat struct {
	Round Round
	Drawn bool
}

const mostListed = 200

// List returns the rounds that concern the actor, newest first.
func (s *Service) List(ctx context.Context, actor account.Actor) (Listing, error) {
	if err := s.access.Can(ctx, actor, account.ActSelf, account.Thing{}); err != nil {
		return Listing{}, err
	}
	var l Listing
	var err error
	if l.Asked, err = s.seats(ctx, actor.PersonID); err != nil {
		return l, err
	}
	if actor.PersonID != "" {
		l.Mine, err = db.All(ctx, s.db, selectRound+`WHERE r.about_id = $1 ORDER BY r.opened_on DESC, r.id DESC LIMIT 50`, scanRound, actor.PersonID)
		if err != nil {
			return l, err
		}
	}
	if l.HR = s.access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}) == nil; l.HR {
		l.All, err = db.All(ctx, s.db, selectRound+`ORDER BY r.opened_on DESC, r.id DESC LIMIT $1`, scanRound, mostListed)
	}
	return l, err
}

// seats returns the running rounds a person was asked in.
func (s *Service) seats(ctx context.Context, person string) ([]Seat, error) {
	if person == "" {
		return nil, nil
	}
	drawn := map[string]bool{}
	err := db.Each(ctx, s.db, `SELECT round_id, drawn FROM voice_invited WHERE person_id = $1`, func(row db.Row) error {
		var id string
		var has bool
		err := row.Scan(&id, &has)
		drawn[id] = has
		return err
	}, person)
	if err != nil {
		return nil, err
	}
	rounds, err := db.All(ctx, s.db, selectRound+`JOIN voice_invited i ON i.round_id = r.id
		WHERE i.person_id = $1 AND r.state IN ('kupon', 'isi') ORDER BY r.opened_on DESC, r.id DESC LIMIT 100`, scanRound, person)
	out := make([]Seat, len(rounds))
	for i, r := range rounds {
		out[i] = Seat{r, drawn[r.ID]}
	}
	return out, err
}
