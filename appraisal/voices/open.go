package voices

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
)

// Ask is a wish for a round. Empty days are the rulebook's proposal.
type Ask struct {
	Person      string
	Purpose     string // why, for those who are asked
	Groups      []GroupCode
	DrawUntil   Day
	AnswerUntil Day
}

// Proposal is what a page needs to ask for a round.
type Proposal struct {
	Rule        Rule
	About       About
	Sizes       map[GroupCode]int
	DrawUntil   Day
	AnswerUntil Day
	NotBefore   Day // a round about this person must wait until then; empty when it need not
}

// Propose returns what a round about a person would look like today.
func (s *Service) Propose(ctx context.Context, actor account.Actor, person string) (Proposal, error) {
	if err := s.access.Can(ctx, actor, account.ActSelf, account.Thing{}); err != nil {
		return Proposal{}, err
	}
	today := s.today()
	rule, err := s.rule(ctx, today)
	if err != nil {
		return Proposal{}, err
	}
	c, err := s.people.Around(ctx, s.db, person, today)
	if err != nil {
		return Proposal{}, err
	}
	if err := s.mayAsk(ctx, actor, c.About); err != nil {
		return Proposal{}, err
	}
	p := Proposal{Rule: rule, About: c.About, Sizes: map[GroupCode]int{}}
	for g, people := range c.People {
		p.Sizes[g] = len(people)
	}
	p.DrawUntil = addDays(today, rule.DrawDays)
	p.AnswerUntil = addDays(p.DrawUntil, rule.AnswerDays)
	p.NotBefore, err = s.notBefore(ctx, s.db, person, rule, today)
	return p, err
}

// notBefore returns the day until which a further round must wait, or nothing.
func (s *Service) notBefore(ctx context.Context, q db.Queryer, person string, rule Rule, today Day) (Day, error) {
	last, err := db.One(ctx, q, `SELECT COALESCE(closed_on, answer_until) FROM voice_round
		WHERE about_id = $1 AND state <> 'kurang' ORDER BY opened_on DESC, id DESC`, db.Value[string], person)
	if err == db.ErrNone {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if next := addDays(Day(last), rule.RestDays); next > today {
		return next, nil
	}
	return "", nil
}

// Open begins a round: it draws the signing keys, writes down who may draw a
// token, and puts that on their desks.
func (s *Service) Open(ctx context.Context, actor account.Actor, a Ask) (Round, error) {
	p, err := s.Propose(ctx, actor, a.Person)
	if err != nil {
		return Round{}, err
	}
	c, err := s.people.Around(ctx, s.db, a.Person, s.today())
	if err != nil {
		return Round{}, err
	}
	r := Round{
		ID: db.NewID(), About: p.About, Purpose: strings.TrimSpace(a.Purpose), Sheet: p.Rule.Sheet(), Least: p.Rule.Least, SpreadFrom: p.Rule.SpreadFrom,
		State: Drawing, OpenedOn: s.today(), DrawUntil: orDay(a.DrawUntil, p.DrawUntil), AskedBy: actor.ID, AskedName: actor.Name,
	}
	r.AnswerUntil = orDay(a.AnswerUntil, addDays(r.DrawUntil, p.Rule.AnswerDays))
	if err := check(r, a, p); err != nil {
		return r, err
	}
	keys := map[GroupCode]token.Key{}
	for _, g := range a.Groups {
		if keys[g], err = s.newKey(); err != nil {
			return r, err
		}
		r.Groups = append(r.Groups, Group{Code: g, Invited: len(c.People[g])})
	}
	return r, s.db.Tx(ctx, func(tx *db.Tx) error { return s.open(ctx, tx, actor, &r, c, keys, p.Rule) })
}

const mostPurpose = 400

// check reports what keeps a round from being asked for.
func check(r Round, a Ask, p Proposal) error {
	var wrong fault.Fields
	wrong.Check(r.Purpose != "", "purpose", "form.required")
	wrong.Check(utf8.RuneCountInString(r.Purpose) <= mostPurpose, "purpose", "form.too_long", mostPurpose)
	seen, invited := map[GroupCode]bool{}, 0
	for _, g := range a.Groups {
		wrong.Check(!seen[g] && p.Sizes[g] > 0, "groups", "voices.group_empty")
		seen[g] = true
		invited += p.Sizes[g]
	}
	wrong.Check(invited >= p.Rule.Least, "groups", "voices.too_few_asked", p.Rule.Least)
	wrong.Check(invited <= p.Rule.MostAsked, "groups", "voices.too_many_asked", p.Rule.MostAsked)
	wrong.Check(r.DrawUntil >= r.OpenedOn, "draw_until", "voices.day_past")
	wrong.Check(r.AnswerUntil > r.DrawUntil, "answer_until", "voices.day_order")
	wrong.Check(r.AnswerUntil <= addDays(r.OpenedOn, p.Rule.LongestDays), "answer_until", "voices.day_far", p.Rule.LongestDays)
	if err := wrong.Err(); err != nil {
		return err
	}
	if p.NotBefore != "" {
		return fault.Clash("voices.rest", p.NotBefore)
	}
	return nil
}

func (s *Service) open(ctx context.Context, tx *db.Tx, actor account.Actor, r *Round, c Circle, keys map[GroupCode]token.Key, rule Rule) error {
	next, err := s.notBefore(ctx, tx, r.About.PersonID, rule, r.OpenedOn)
	if err != nil {
		return err
	}
	if next != "" {
		return fault.Clash("voices.rest", next)
	}
	var seats [][]any
	var tasks []task.Task
	for i := range r.Groups {
		g := &r.Groups[i]
		batch, err := token.Open(ctx, tx, r.tokens(g.Code), string(r.OpenedOn), keys[g.Code])
		if err != nil {
			return err
		}
		g.Fingerprint = batch.Fingerprint
		for _, person := range c.People[g.Code] {
			seats = append(seats, []any{r.ID, person, string(g.Code)})
			tasks = append(tasks, s.drawTask(*r, person))
		}
	}
	if err := insertRound(ctx, tx, *r); err != nil {
		return err
	}
	if err := db.Insert(ctx, tx, "voice_invited", []string{"round_id", "person_id", "grp"}, seats); err != nil {
		return err
	}
	if err := s.newBox(ctx, tx, *r); err != nil {
		return err
	}
	if err := task.File(ctx, tx, tasks...); err != nil {
		return err
	}
	return s.record(ctx, tx, actor, "opened", *r, map[string]any{
		"about": r.About.PersonID, "purpose": r.Purpose, "groups": r.Groups, "draw_until": r.DrawUntil, "answer_until": r.AnswerUntil, "least": r.Least,
	})
}

func (s *Service) newBox(ctx context.Context, tx *db.Tx, r Round) error {
	key := newKey()
	box, err := s.habits.seal(key, r.ID, make(slots, r.Invited()))
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `INSERT INTO voice_key (round_id, box_key) VALUES ($1, $2)`, r.ID, key); err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO voice_box (round_id, box) VALUES ($1, $2)`, r.ID, box)
	return err
}

func orDay(d, otherwise Day) Day {
	if d == "" {
		return otherwise
	}
	return d
}

func addDays(d Day, n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Day(t.AddDate(0, 0, n).Format(time.DateOnly))
}
