package participation

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/token"
)

// Form is a service with its running wave, and what answers to it are judged by.
type Form struct {
	Service  Service
	Wave     Wave
	Quality  Quality
	Networks []netip.Prefix // of the service's own counters
}

// Counter reports whether an address is one of the service's own counters.
func (f Form) Counter(from netip.Addr) bool {
	return slices.ContainsFunc(f.Networks, func(p netip.Prefix) bool { return p.Contains(from.Unmap()) })
}

// openWaves remembers the running waves by service code for a moment, so that
// a thousand citizens at once do not ask the database a thousand times. The
// wave itself is asked again when an answer is stored.
type openWaves struct {
	office *Office
	kept   sync.Map // code → *keptForm
	epoch  atomic.Int64
}

type keptForm struct {
	form  Form
	err   error
	until time.Time
	epoch int64
	day   string
}

// keepFor is how long another server may not notice that a wave was opened.
const keepFor = 2 * time.Second

func newOpenWaves(o *Office) *openWaves { return &openWaves{office: o} }

// forget makes the next question ask the database.
func (w *openWaves) forget() { w.epoch.Add(1) }

func (w *openWaves) find(ctx context.Context, code string) (Form, error) {
	now, day, epoch := w.office.now(), w.office.today(), w.epoch.Load()
	if v, ok := w.kept.Load(code); ok {
		k := v.(*keptForm)
		if k.epoch == epoch && k.day == day && now.Before(k.until) {
			return k.form, k.err
		}
	}
	form, err := w.office.findForm(ctx, code, day)
	if err == nil || fault.Is(err, fault.Conflict) {
		w.kept.Store(code, &keptForm{form, err, now.Add(keepFor), epoch, day})
	}
	return form, err
}

// findForm returns a service's running wave; a Conflict fault with the service
// still filled in when there is none today, NotFound when there is no service.
func (o *Office) findForm(ctx context.Context, code, day string) (Form, error) {
	s, err := o.Service(ctx, code)
	if err != nil {
		return Form{}, err
	}
	if s.RetiredOn != "" {
		return Form{Service: s}, fault.Clash("survey.wave.none")
	}
	w, err := db.One(ctx, o.db, selectWave+`WHERE w.service_id = $1 AND w.opens_on <= $2 AND w.ends_on >= $3 AND w.closed_on IS NULL
		ORDER BY w.opens_on DESC`, scanWave, s.ID, day, day)
	if errors.Is(err, db.ErrNone) {
		return Form{Service: s}, fault.Clash("survey.wave.none")
	}
	if err != nil {
		return Form{}, err
	}
	f := Form{Service: s, Wave: w}
	if f.Quality, err = rules[Quality](ctx, o); err != nil {
		return Form{}, err
	}
	f.Networks, err = networks(ctx, o.db, s.ID)
	return f, err
}

// Form returns the form of a service for today.
func (o *Office) Form(ctx context.Context, code string) (Form, error) { return o.open.find(ctx, code) }

// Submission is an answer on its way in.
type Submission struct {
	Wave   Wave
	Answer Answer
	Token  string // code as typed or blind token; empty: none
}

// Submit stores an answer and returns once it is on disk. The answer gets its
// id and its day here. With a token the answer is visit-bound and the token is
// spent in the same transaction; without, the answer keeps the stratum given
// (open, counter, kiosk). Answers without a token that arrive together share a
// transaction.
func (o *Office) Submit(ctx context.Context, s Submission) error {
	s.Answer.ID, s.Answer.Day = newAnswerID(), o.today()
	if s.Token != "" {
		s.Answer.Stratum = Visit
	}
	if err := s.Answer.check(s.Wave); err != nil {
		return err
	}
	if s.Token == "" {
		return o.writer.Do(ctx, s)
	}
	return o.db.TxReadCommitted(ctx, func(tx *db.Tx) error {
		if err := token.Spend(ctx, tx, s.Wave.TokenSubject(), s.Token); err != nil {
			return err
		}
		return storeAnswers(ctx, tx, []Submission{s})
	})
}

var answerColumns = []string{"wave_id", "id", "stratum", "day", "marks", "profile", "words", "held"}

func (s Submission) row() []any {
	a := s.Answer
	return []any{s.Wave.ID, a.ID, string(a.Stratum), a.Day, a.Marks.String(), a.Profile.String(), a.Words, string(a.Held)}
}

// storeAnswers writes answers, counts them and adds them to the sums. They are
// written by their random ids, so that those who came together cannot be told
// apart by the order of rows.
func storeAnswers(ctx context.Context, tx *db.Tx, batch []Submission) error {
	slices.SortFunc(batch, func(a, b Submission) int { return strings.Compare(a.Answer.ID, b.Answer.ID) })
	rows, counts, add := make([][]any, len(batch)), map[string]int{}, sums{}
	for i, s := range batch {
		rows[i] = s.row()
		counts[s.Wave.ID]++
		add.add(s.Wave.ID, s.Answer, s.Answer.Held != HeldNone, 1)
	}
	if err := count(ctx, tx, counts); err != nil {
		return err
	}
	if err := db.Insert(ctx, tx, "survey_answer", answerColumns, rows); err != nil {
		return err
	}
	return add.apply(ctx, tx)
}
