package talk

import (
	"context"
	"embed"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/kindly"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// Locale holds the sentences of this package's faults, tasks and documents.
//
//go:embed locale/*.toml
var Locale embed.FS

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "appraisal-talk", FS: migrations} }

// Books gives the rulebook in force on a day. *policy.Service is one.
type Books interface {
	At(ctx context.Context, day string) (*rulebook.Book, error)
}

// Config is what a Service needs. Now, Zone, Words and Agency may be left out.
type Config struct {
	DB        *db.DB
	Access    *account.Access
	Appraisal *appraisal.Service
	Books     Books
	Now       func() time.Time // time.Now when nil
	Zone      *time.Location   // the agency's zone; UTC when nil
	Words     *i18n.Printer    // Indonesian texts of the document; only this package's when nil
	Agency    appraisal.Agency // letterhead of the document
}

// Service keeps the talks: every method checks the permission, stores and
// records in one transaction. It is safe for concurrent use.
type Service struct {
	Config
	hints *kindly.Checker
}

// New returns the service.
func New(c Config) *Service {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	if c.Words == nil {
		b, err := i18n.NewBundle(Locale)
		if err != nil {
			panic("the texts of performance talks do not fit together: " + err.Error())
		}
		c.Words = b.Printer(i18n.Indonesian)
	}
	return &Service{Config: c, hints: kindly.New()}
}

// Hint is a suggestion on words that judge the person.
type Hint = kindly.Hint

// Hints returns suggestions on words that judge the person and not the task.
// Nothing of the words is kept.
func (s *Service) Hints(text string) []Hint { return s.hints.Check(text) }

// Today is the agency's date.
func (s *Service) Today() Day { return s.day(s.Now()) }

func (s *Service) day(t time.Time) Day {
	if t.IsZero() {
		return ""
	}
	return Day(t.In(s.Zone).Format(time.DateOnly))
}

func (s *Service) rule(ctx context.Context) (Rule, error) {
	book, err := s.Books.At(ctx, string(s.Today()))
	if err != nil {
		return Rule{}, err
	}
	return rulebook.Load[Rule](book)
}

// sideOf tells on which side of a part an actor sits.
func sideOf(actor account.Actor, p appraisal.Part) Side {
	switch {
	case actor.PersonID == "":
		return NoSide
	case actor.PersonID == p.Who.PersonID:
		return Person
	case actor.PersonID == p.Evaluator.PersonID:
		return Superior
	}
	return NoSide
}

// mostWords is the most letters of one text; mostPoints of points and actions.
const (
	mostWords  = 2000
	mostPoints = 40
)

func tidy(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

func checkText(wrong *fault.Fields, name, text string, required bool) {
	wrong.Check(text != "" || !required, name, "form.required")
	wrong.Check(utf8.RuneCountInString(text) <= mostWords, name, "form.too_long", mostWords)
}

func checkDay(wrong *fault.Fields, name string, d Day) {
	_, err := time.Parse(time.DateOnly, string(d))
	wrong.Check(err == nil, name, "form.required")
}

// View is everything the page of one talk shows.
type View struct {
	Talk    Talk
	Part    appraisal.Part
	Side    Side // of the reader
	Record  Record
	Hash    string // of Record as shown: what a signature is for
	Actions []Action
	Last    Day // of the last signed talk, empty when there was none
	May     bool
}

// Talk returns one talk. The person, the evaluator, and whoever may read the
// appraisal see it once it is signed; before that only the two.
func (s *Service) Talk(ctx context.Context, actor account.Actor, id string) (View, error) {
	t, err := talkOf(ctx, s.DB, id)
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, actor, t)
}

func (s *Service) view(ctx context.Context, actor account.Actor, t Talk) (View, error) {
	progress, err := s.Appraisal.Progress(ctx, actor, t.PartID)
	if err != nil {
		return View{}, err
	}
	v := View{Talk: t, Part: progress.Part, Side: sideOf(actor, progress.Part)}
	if v.Side == NoSide && t.State != Signed {
		return v, fault.Denied("talk.between_two")
	}
	v.May = v.Side != NoSide && progress.Period.Open()
	if v.Actions, err = actionsOf(ctx, s.DB, t.ID); err != nil {
		return v, err
	}
	since, err := lastSigned(ctx, s.DB, t.PersonID)
	if err != nil {
		return v, err
	}
	v.Last = s.day(since)
	if t.Wording != nil {
		v.Hash = t.Hash
		return v, json.Unmarshal(t.Wording, &v.Record)
	}
	if progress.Feedback, err = s.Appraisal.FeedbackSince(ctx, actor, t.PartID, since); err != nil {
		return v, err
	}
	evidence, err := s.evidence(ctx, s.DB, t, progress, since)
	if err != nil {
		return v, err
	}
	v.Record = record(t, progress.Part, evidence)
	_, v.Hash, err = v.Record.bytes()
	return v, err
}

// evidence returns what the evidence brings up in a talk.
func (s *Service) evidence(ctx context.Context, q db.Queryer, t Talk, p appraisal.ProgressView, since time.Time) ([]Point, error) {
	r, err := s.rule(ctx)
	if err != nil {
		return nil, err
	}
	actions, err := openActionsOf(ctx, q, t.PersonID)
	if err != nil {
		return nil, err
	}
	return r.Agenda(Evidence{Progress: p, Actions: actions, Since: since, Today: s.Today(), InZone: s.day}), nil
}

// record puts the wording of a talk together.
func record(t Talk, p appraisal.Part, evidence []Point) Record {
	face := func(i appraisal.Identity) Face {
		return Face{PersonID: i.PersonID, Name: i.Name, NIP: i.NIP, Post: i.Post, Unit: i.Unit}
	}
	return Record{
		Format: recordFormat, Talk: t.ID, Part: t.PartID, Year: t.Year, Day: t.Day, Person: face(p.Who), Superior: face(p.Evaluator),
		Points: points(evidence, t.Written), Notes: t.Written.Text, Actions: t.Written.Actions,
	}
}

// bytes returns the exact bytes of a record and their hash.
func (r Record) bytes() (body []byte, hash string, err error) {
	if body, err = json.Marshal(r); err != nil {
		return nil, "", err
	}
	return body, hashOf(body), nil
}

// change reads a talk for writing by one of the two and stores what fn makes
// of it, with its entry in the ledger.
func (s *Service) change(ctx context.Context, actor account.Actor, id string, fn func(ctx context.Context, tx *db.Tx, v *View) (kind string, payload any, err error)) error {
	t, err := talkOf(ctx, s.DB, id)
	if err != nil {
		return err
	}
	p, err := s.part(ctx, actor, t.PartID)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		t, err := talkOf(ctx, tx, id)
		if err != nil {
			return err
		}
		v := View{Talk: t, Part: p, Side: sideOf(actor, p)}
		kind, payload, err := fn(ctx, tx, &v)
		if err != nil {
			return err
		}
		if err := storeTalk(ctx, tx, &v.Talk); err != nil || kind == "" {
			return err
		}
		return s.enter(ctx, tx, actor, kind, "talk:"+id, payload)
	})
}

// part returns a part whose talk the actor takes part in, in a year that is
// open.
func (s *Service) part(ctx context.Context, actor account.Actor, id string) (appraisal.Part, error) {
	p, err := s.Appraisal.Part(ctx, actor, id)
	if err != nil {
		return p, err
	}
	need := account.ActAppraisalOwn
	if sideOf(actor, p) == Superior {
		need = account.ActAppraisalReview
	}
	err = s.Access.Can(ctx, actor, need, account.Thing{Unit: p.Who.UnitID, Owner: p.Who.PersonID, Evaluator: p.Evaluator.PersonID})
	if err != nil {
		return p, err
	}
	year, err := s.Appraisal.Period(ctx, actor, p.Year)
	if err == nil && !year.Open() {
		return p, fault.Clash("appraisal.closed")
	}
	return p, err
}

func (s *Service) enter(ctx context.Context, tx *db.Tx, actor account.Actor, kind, subject string, payload any) error {
	return ledger.Append(ctx, tx, ledger.Entry{Kind: kind, Subject: subject, Actor: actor.ID, Payload: payload, At: s.Now()})
}

// prepared refuses what can be written only before anybody has signed.
func (t Talk) prepared() error {
	if t.State != Prepared {
		return fault.Clash("talk.not_now." + string(t.State))
	}
	return nil
}

// without returns a list without what has the id, and whether it was there.
func without[T any](list []T, id string, idOf func(T) string) ([]T, bool) {
	n := len(list)
	left := slices.DeleteFunc(slices.Clone(list), func(x T) bool { return idOf(x) == id })
	return left, len(left) < n
}
