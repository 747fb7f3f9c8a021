package mend

import (
	"context"
	"embed"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/task"
)

// Locale holds the sentences of this package's faults and tasks.
//
//go:embed locale/*.toml
var Locale embed.FS

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "appraisal-mend", FS: migrations} }

// Kind says what is wrong.
type Kind string

// What can be wrong.
const (
	WrongSuperior Kind = "atasan"
	WrongUnit     Kind = "unit"
)

// State says what became of a proposal.
type State string

// The states.
const (
	Proposed  State = "diajukan"
	Accepted  State = "diterima"
	Refused   State = "ditolak"
	Withdrawn State = "ditarik"
)

// States lists the states in their order.
func States() []State { return []State{Proposed, Accepted, Refused, Withdrawn} }

// Proposal is a correction somebody proposes about one of their parts.
type Proposal struct {
	ID         string
	PartID     string
	PersonID   string
	Name       string
	Post       string
	UnitID     string
	Kind       Kind
	Was        string // name of the superior or unit as it stood
	RightID    string // person, of a wrong superior
	Right      string // name of the right superior, or of the right unit
	Reason     string
	State      State
	Words      string // of the decision
	ProposedAt time.Time
	DecidedAt  time.Time
	DecidedBy  string // name
}

// Config is what a Service needs. Now may be left out.
type Config struct {
	DB        *db.DB
	Access    *account.Access
	Appraisal *appraisal.Service
	Now       func() time.Time // time.Now when nil
}

// Service keeps the proposals: every method checks the permission, stores and
// records in one transaction. It is safe for concurrent use.
type Service struct{ Config }

// New returns the service.
func New(c Config) *Service {
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Service{c}
}

const (
	kindDecide = "mend.decide"
	mostWords  = 1000
)

func subject(id string) string { return "mend:" + id }

const selectMend = `SELECT id, part_id, person_id, name, post, unit_id, kind, was, right_id, right_name, reason, state, words, proposed_at, decided_at, decided_by FROM appraisal_mend `

func scan(r db.Row) (Proposal, error) {
	var p Proposal
	err := r.Scan(&p.ID, &p.PartID, &p.PersonID, &p.Name, &p.Post, &p.UnitID, &p.Kind, &p.Was, &p.RightID, &p.Right, &p.Reason, &p.State, &p.Words,
		db.TimeTo(&p.ProposedAt), db.TimeTo(&p.DecidedAt), &p.DecidedBy)
	return p, err
}

func tidy(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// Part returns the actor's own part with its proposals, the latest first.
func (s *Service) Part(ctx context.Context, actor account.Actor, part string) (appraisal.Part, []Proposal, error) {
	p, err := s.own(ctx, actor, part)
	if err != nil {
		return p, nil, err
	}
	all, err := db.All(ctx, s.DB, selectMend+`WHERE part_id = $1 ORDER BY proposed_at DESC, id DESC`, scan, part)
	return p, all, err
}

func (s *Service) own(ctx context.Context, actor account.Actor, part string) (appraisal.Part, error) {
	p, err := s.Appraisal.Part(ctx, actor, part)
	if err != nil {
		return p, err
	}
	return p, s.Access.Can(ctx, actor, account.ActAppraisalOwn, account.Thing{Unit: p.Who.UnitID, Owner: p.Who.PersonID})
}

// Propose says what is wrong about the actor's own part. right is a person for
// a wrong superior, and words for a wrong unit. Work goes on meanwhile.
func (s *Service) Propose(ctx context.Context, actor account.Actor, part string, kind Kind, right, reason string) (Proposal, error) {
	part0, err := s.own(ctx, actor, part)
	if err != nil {
		return Proposal{}, err
	}
	x := Proposal{
		ID: db.NewID(), PartID: part, PersonID: part0.Who.PersonID, Name: part0.Who.Name, Post: part0.Who.Post, UnitID: part0.Who.UnitID,
		Kind: kind, Reason: tidy(reason), State: Proposed, ProposedAt: s.Now(),
	}
	if err := s.check(ctx, actor, part0, &x, tidy(right)); err != nil {
		return x, err
	}
	return x, s.DB.Tx(ctx, func(tx *db.Tx) error {
		waits, err := db.Exists(ctx, tx, `SELECT 1 FROM appraisal_mend WHERE open_part = $1`, part)
		if err != nil {
			return err
		}
		if waits {
			return fault.Clash("mend.already")
		}
		err = db.Insert(ctx, tx, "appraisal_mend", []string{
			"id", "part_id", "person_id", "name", "post", "unit_id", "kind", "was", "right_id", "right_name", "reason", "state", "words",
			"proposed_at", "decided_at", "decided_by", "open_part", "search",
		}, [][]any{{
			x.ID, x.PartID, x.PersonID, x.Name, x.Post, x.UnitID, string(x.Kind), x.Was, x.RightID, x.Right, x.Reason, string(x.State), "",
			db.Time(x.ProposedAt), nil, "", x.PartID, search.Column(x.Name, x.Post, x.Right),
		}})
		if err != nil {
			return err
		}
		if err := s.record(ctx, tx, actor, "appraisal.mend.proposed", x.ID, x); err != nil {
			return err
		}
		return s.file(ctx, tx, x)
	})
}

func (s *Service) check(ctx context.Context, actor account.Actor, p appraisal.Part, x *Proposal, right string) error {
	var wrong fault.Fields
	wrong.Check(x.Reason != "", "reason", "form.required")
	wrong.Check(utf8.RuneCountInString(x.Reason) <= mostWords, "reason", "form.too_long", mostWords)
	switch x.Kind {
	case WrongSuperior:
		x.Was = p.Evaluator.Name
		wrong.Check(right != "" && right != p.Who.PersonID && right != p.Evaluator.PersonID, "right", "mend.same")
		if err := wrong.Err(); err != nil {
			return err
		}
		t, err := s.Appraisal.FeedbackTarget(ctx, actor, right)
		if fault.Is(err, fault.NotFound) {
			return fault.WrongField("right", "mend.nobody")
		}
		x.RightID, x.Right = right, t.Name
		return err
	case WrongUnit:
		x.Was, x.Right = p.Who.Unit, right
		wrong.Check(right != "", "unit", "form.required")
		wrong.Check(utf8.RuneCountInString(right) <= 200, "unit", "form.too_long", 200)
	default:
		wrong.Add("kind", "form.choose")
	}
	return wrong.Err()
}

// file asks HR, and the superior who is named, to decide.
func (s *Service) file(ctx context.Context, tx *db.Tx, x Proposal) error {
	desks := []task.Desk{task.Role(account.HR, "")}
	if x.RightID != "" {
		desks = append(desks, task.Person(x.RightID))
	}
	var all []task.Task
	for _, d := range desks {
		all = append(all, task.Task{
			Kind: kindDecide, Subject: subject(x.ID), For: d, From: x.PersonID,
			Title: task.Say("mend.decide.title", x.Name), Why: task.Say("mend.decide.why."+string(x.Kind), x.Was, x.Right),
			Await: task.Say("mend.decide.await", x.Right), Button: "mend.decide.button", Link: "/perbaikan/usul/" + x.ID, At: s.Now(),
		})
	}
	return task.File(ctx, tx, all...)
}

// Proposal returns one proposal for the person, the superior who is named, and
// HR.
func (s *Service) Proposal(ctx context.Context, actor account.Actor, id string) (Proposal, error) {
	x, err := db.One(ctx, s.DB, selectMend+`WHERE id = $1`, scan, id)
	if fault.Is(err, fault.NotFound) {
		return x, fault.Missing("mend.absent")
	}
	if err != nil || actor.PersonID != "" && (actor.PersonID == x.PersonID || actor.PersonID == x.RightID) {
		return x, err
	}
	return x, s.Access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{})
}

// May reports whether the actor decides a proposal: HR, or the superior who is
// named; nobody one's own.
func (s *Service) May(ctx context.Context, actor account.Actor, x Proposal) bool {
	switch {
	case x.State != Proposed || actor.PersonID != "" && actor.PersonID == x.PersonID:
		return false
	case x.Kind == WrongSuperior && actor.PersonID != "" && actor.PersonID == x.RightID:
		return true
	}
	return s.Access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}) == nil
}

// Decide accepts a proposal or refuses it with words. Accepting names the right
// superior for the part, and what waits moves to that desk; of a wrong unit it
// says that the map has been mended, and the parts follow it.
func (s *Service) Decide(ctx context.Context, actor account.Actor, id string, accept bool, words string) error {
	x, err := s.Proposal(ctx, actor, id)
	if err != nil {
		return err
	}
	words = tidy(words)
	var wrong fault.Fields
	wrong.Check(accept || words != "", "words", "form.required")
	wrong.Check(utf8.RuneCountInString(words) <= mostWords, "words", "form.too_long", mostWords)
	if err := wrong.Err(); err != nil {
		return err
	}
	if x.State != Proposed {
		return fault.Clash("mend.over")
	}
	if !s.May(ctx, actor, x) {
		return fault.Denied("account.denied")
	}
	if accept && x.Kind == WrongSuperior {
		if err := s.Appraisal.MendEvaluator(ctx, actor, x.PartID, x.RightID, x.Reason); err != nil {
			return err
		}
	}
	if accept && x.Kind == WrongUnit {
		p, err := s.Appraisal.Part(ctx, actor, x.PartID)
		if err != nil {
			return err
		}
		if _, err := s.Appraisal.SyncParts(ctx, actor, p.Year); err != nil {
			return err
		}
	}
	state := Refused
	if accept {
		state = Accepted
	}
	return s.end(ctx, actor, x, state, words)
}

// Withdraw takes the actor's own proposal back.
func (s *Service) Withdraw(ctx context.Context, actor account.Actor, id string) error {
	x, err := s.Proposal(ctx, actor, id)
	if err != nil {
		return err
	}
	if actor.PersonID == "" || actor.PersonID != x.PersonID {
		return fault.Denied("account.denied")
	}
	return s.end(ctx, actor, x, Withdrawn, "")
}

func (s *Service) end(ctx context.Context, actor account.Actor, x Proposal, state State, words string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE appraisal_mend SET state = $1, words = $2, decided_at = $3, decided_by = $4, open_part = NULL WHERE id = $5 AND state = 'diajukan'`,
			string(state), words, s.Now(), actor.Name, x.ID)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.Clash("mend.over")
		}
		if err := task.Close(ctx, tx, task.Done{By: actor.ID, At: s.Now()}, subject(x.ID)); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.mend."+string(state), x.ID, map[string]string{"part": x.PartID, "words": words})
	})
}

func (s *Service) record(ctx context.Context, tx *db.Tx, actor account.Actor, kind, id string, payload any) error {
	return ledger.Append(ctx, tx, ledger.Entry{Kind: kind, Subject: subject(id), Actor: actor.ID, Payload: payload, At: s.Now()})
}

// mostListed bounds a list.
const mostListed = 2000

// List returns the proposals an actor has to do with: HR all, others their own
// and those that name them; with the counts by state before the filter.
func (s *Service) List(ctx context.Context, actor account.Actor, state State, text string) ([]Proposal, map[State]int, error) {
	counts := map[State]int{}
	if err := s.Access.Can(ctx, actor, account.ActSelf, account.Thing{}); err != nil {
		return nil, counts, err
	}
	all := s.Access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}) == nil
	rows, err := db.All(ctx, s.DB, selectMend+`WHERE ($1 OR person_id = $2 OR right_id = $2) ORDER BY proposed_at DESC, id DESC LIMIT $3`, scan, all, orNobody(actor.PersonID), mostListed)
	terms := search.Terms(text)
	rows = slices.DeleteFunc(rows, func(x Proposal) bool {
		counts[x.State]++
		return state != "" && x.State != state || !search.Match(search.Column(x.Name, x.Post, x.Right), terms)
	})
	return rows, counts, err
}

// orNobody keeps an account without a person from matching empty ids.
func orNobody(person string) string {
	if person == "" {
		return "-"
	}
	return person
}
