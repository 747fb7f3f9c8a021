package voices

import (
	"context"
	"encoding/json"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/questionnaire"
	"github.com/gurindam/gurindam/rulebook"
)

// Past is a round that has ended, to be loaded as it was: for the sample city.
type Past struct {
	Ask
	OpenedOn Day
	Answers  map[GroupCode][]questionnaire.Answers
}

// Load stores a round of the past with what may be released of its answers,
// and nothing else of them.
func (s *Service) Load(ctx context.Context, tx *db.Tx, actor account.Actor, p Past) (Round, error) {
	book, err := s.books.At(ctx, string(p.OpenedOn))
	if err != nil {
		return Round{}, err
	}
	rule, err := rulebook.Load[Rule](book)
	if err != nil {
		return Round{}, err
	}
	c, err := s.people.Around(ctx, tx, p.Person, p.OpenedOn)
	if err != nil {
		return Round{}, err
	}
	r := Round{
		ID: db.NewID(), About: c.About, Purpose: p.Purpose, Sheet: rule.Sheet(), Least: rule.Least, SpreadFrom: rule.SpreadFrom, State: TooFew,
		OpenedOn: p.OpenedOn, DrawUntil: p.DrawUntil, AnswerUntil: p.AnswerUntil, AskedBy: actor.ID, AskedName: actor.Name,
	}
	var all []Answer
	for _, g := range p.Groups {
		r.Groups = append(r.Groups, Group{Code: g, Invited: len(c.People[g]), Drawn: len(p.Answers[g])})
	}
	assign(r.Groups, r.Least)
	for _, g := range r.Groups {
		for _, a := range p.Answers[g.Code] {
			all = append(all, Answer{Bucket: g.Bucket, Answers: a})
		}
	}
	shown, ok, err := release(r.Sheet, r.buckets(), all, limits{r.Least, r.SpreadFrom}, s.habits.shuffle)
	if err != nil {
		return r, err
	}
	if err := insertRound(ctx, tx, r); err != nil || !ok {
		return r, err
	}
	body, err := json.Marshal(shown)
	if err != nil {
		return r, err
	}
	r.State, r.ClosedOn, r.ReadOn, r.Release = Released, addDays(p.AnswerUntil, 1), addDays(p.AnswerUntil, 2), &shown
	_, err = db.Exec(ctx, tx, `UPDATE voice_round SET state = $1, closed_on = $2, read_on = $3, released = $4 WHERE id = $5`,
		string(r.State), string(r.ClosedOn), string(r.ReadOn), string(body), r.ID)
	return r, err
}
