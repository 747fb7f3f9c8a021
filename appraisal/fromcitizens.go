package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// FromCitizen is the relation of words that citizens said and a moderator
// passed on.
const FromCitizen Relation = "warga"

// serviceValue is the conduct value that citizens' words are about.
const serviceValue = "berorientasi_pelayanan"

// CitizenWord is praise or a complaint that names a post, as a moderator
// cleared it of what would tell who said it.
type CitizenWord struct {
	Source string // where it was said: one passes on once to a post
	Part   string // whose feedback it becomes
	Text   string
}

// Holders returns the parts of the current year that run today in the units:
// whom citizens' words and follow-ups can be given to.
func (s *Service) Holders(ctx context.Context, units []string) ([]Part, error) {
	if len(units) == 0 {
		return nil, nil
	}
	year, err := s.period(ctx, 0)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	args := []any{year.ID, string(s.today())}
	for _, u := range units {
		args = append(args, u)
	}
	return db.All(ctx, s.db, selectPart+`WHERE p.period_id = $1 AND p.from_day <= $2 AND p.to_day >= $2 AND p.unit_id IN (`+db.In(3, len(units))+`)
		ORDER BY CASE WHEN p.form = 'pimpinan' THEN 0 ELSE 1 END, p.sort_unit, p.sort_name, p.id LIMIT 500`, scanPart, args...)
}

// PassOn puts a citizen's words into a person's feedback, in the transaction of
// the moderator's decision. Whoever calls it has checked that the actor may
// moderate; the words are a Conflict when they were passed on before.
func (s *Service) PassOn(ctx context.Context, tx *db.Tx, actor account.Actor, w CitizenWord) error {
	p, err := partOf(ctx, tx, w.Part)
	if err != nil {
		return err
	}
	text := tidy(w.Text)
	var wrong fault.Fields
	wrong.Check(text != "", "words", "form.required")
	checkLength(&wrong, "words", text, mostText)
	if err := wrong.Err(); err != nil {
		return err
	}
	f := Feedback{
		ID: db.NewID(), PartID: p.ID, About: AboutValue, Ref: serviceValue, Text: text,
		Author: Signer{Name: s.words.T("appraisal.citizen.author")}, Relation: FromCitizen, CreatedAt: s.now(),
	}
	n, err := db.Exec(ctx, tx, `INSERT INTO appraisal_citizen_word (source, post_id, feedback_id) VALUES ($1, $2, $3) ON CONFLICT (source, post_id) DO NOTHING`,
		w.Source, p.Who.PostID, f.ID)
	if err := changedOne(n, err, "appraisal.citizen.passed"); err != nil {
		return err
	}
	if err := db.Insert(ctx, tx, "appraisal_feedback", feedbackInsert, [][]any{f.row()}); err != nil {
		return err
	}
	return s.record(ctx, tx, actor, "appraisal.feedback.citizen", p.subject(), f)
}

// Promise is a deed promised to citizens that its owner takes into the SKP.
type Promise struct {
	Text       string // the deed, as agreed
	Assignment string // where it was agreed: "Forum Konsultasi Publik, 12 November 2026"
	Due        Day
}

// TakePromise adds a deed to the actor's SKP of today as an additional result
// with its one step, and returns the part and the result. An approved SKP is
// opened for a revision; one that is with the superior is a Conflict: it has to
// be withdrawn first.
func (s *Service) TakePromise(ctx context.Context, actor account.Actor, promise Promise) (part, result string, err error) {
	p, err := s.todaysPart(ctx, actor)
	if err != nil {
		return "", "", err
	}
	plan, err := s.openPlan(ctx, actor, p)
	if err != nil {
		return "", "", err
	}
	r := Result{Kind: Additional, Text: promise.Text, Assignment: promise.Assignment, Supports: s.firstSupport(ctx, p)}
	plan, result, err = s.SaveResult(ctx, actor, p.ID, plan.Version, r)
	if err != nil {
		return "", "", err
	}
	in := Indicator{Text: s.words.T("appraisal.citizen.promise_indicator"), Target: "100", Unit: "%", Direction: Up, Face: p.Form.Faces()[0]}
	if plan, _, err = s.SaveIndicator(ctx, actor, p.ID, plan.Version, result, in); err != nil {
		return "", "", err
	}
	if len(promise.Due) < len("2026-01") || promise.Due > p.To || promise.Due < p.From {
		return p.ID, result, nil
	}
	_, err = s.SaveSteps(ctx, actor, p.ID, plan.Version, result, []Step{{Text: promise.Text, Due: string(promise.Due[:7])}})
	return p.ID, result, err
}

// todaysPart is the part the actor is in today, the deciding one first.
func (s *Service) todaysPart(ctx context.Context, actor account.Actor) (Part, error) {
	parts, err := s.MyParts(ctx, actor, 0)
	if err != nil {
		return Part{}, err
	}
	today := s.today()
	i := slices.IndexFunc(parts, func(p Part) bool { return p.From <= today && today <= p.To })
	if i < 0 {
		return Part{}, fault.Missing("appraisal.part.absent")
	}
	return parts[i], nil
}

// openPlan returns the actor's plan ready to be written on.
func (s *Service) openPlan(ctx context.Context, actor account.Actor, p Part) (Plan, error) {
	plan, err := planOf(ctx, s.db, p)
	if err != nil {
		return plan, err
	}
	switch plan.State {
	case NotMade:
		return s.StartPlan(ctx, actor, p.ID, "")
	case Approved:
		return s.Act(ctx, actor, p.ID, plan.Version, ReviseAct, "")
	case Submitted:
		return plan, fault.Clash("appraisal.citizen.submitted")
	}
	return plan, nil
}

// firstSupport ties a promise to the superior's first result, as a proposal
// the person can change; nothing where the superior has no plan here.
func (s *Service) firstSupport(ctx context.Context, p Part) Support {
	choices, err := s.supportChoices(ctx, p)
	if err != nil || len(choices) == 0 {
		return Support{Text: s.words.T("appraisal.citizen.promise_support")}
	}
	return choices[0].Support
}

// ownFigure refuses to change progress that was taken over from citizens: only
// a later figure the superior confirms stands beside it.
func ownFigure(ctx context.Context, q db.Queryer, entry string) error {
	taken, err := db.Exists(ctx, q, `SELECT 1 FROM appraisal_citizen_figure WHERE progress_id = $1`, entry)
	if err == nil && taken {
		err = fault.Clash("appraisal.citizen.fixed")
	}
	return err
}
