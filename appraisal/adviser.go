package appraisal

import (
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/task"
)

// Capacity says in which capacity somebody of the performance team (Tim
// Kinerja) recommends.
type Capacity string

// The capacities.
const (
	TeamLead         Capacity = "ketua_tim"
	SchoolSupervisor Capacity = "pengawas_sekolah"
)

// Capacities lists them in their order.
func Capacities() []Capacity { return []Capacity{TeamLead, SchoolSupervisor} }

// Adviser is somebody who may recommend ratings for a part, with the
// recommendation for a window once it is given.
type Adviser struct {
	PersonID string
	Name     string
	Post     string
	Capacity Capacity
	Results  Rating // empty before a recommendation
	Conduct  Rating
	Text     string
	At       time.Time
}

// AdviceView is what somebody of the performance team sees of a person: the
// plan and what was reached, not the words of the two.
type AdviceView struct {
	Part   Part
	Window Window
	Own    Adviser
	Lines  []ReviewLine
	Open   bool // a recommendation can still be given
}

// NameAdviser lets somebody recommend for a part. The evaluator names; neither
// the person nor the two superiors can be named.
func (s *Service) NameAdviser(ctx context.Context, actor account.Actor, part, person string, as Capacity) error {
	p, year, err := s.enter(ctx, actor, part, account.ActAppraisalReview)
	if err != nil {
		return err
	}
	if !year.Open() {
		return fault.Clash("appraisal.closed")
	}
	who, err := s.people.Who(ctx, s.db, person, s.today())
	if fault.Is(err, fault.NotFound) {
		return fault.WrongField("person", "appraisal.adviser.unknown")
	}
	if err != nil {
		return err
	}
	var wrong fault.Fields
	wrong.Check(slices.Contains(Capacities(), as), "capacity", "form.choose")
	wrong.Check(!slices.Contains([]string{p.Who.PersonID, p.Evaluator.PersonID, p.Above.PersonID}, person), "person", "appraisal.adviser.concerned")
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		err := db.Upsert(ctx, tx, "appraisal_adviser", []string{"part_id", "person_id"}, []string{"part_id", "person_id", "name", "post", "capacity", "named_at", "named_by"},
			[][]any{{p.ID, person, who.Name, who.Post, string(as), db.Time(s.now()), signerOf(actor, p).stored()}})
		if err != nil {
			return err
		}
		ask := s.taskFor(taskAdvise, adviserSubject(p.ID, person), task.Person(person), p.Evaluator.PersonID, "/rekomendasi/"+p.ID, "", p.Who.Name, p.Evaluator.Name)
		if err := task.File(ctx, tx, ask); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.adviser.named", p.subject(), map[string]any{"person": person, "capacity": as})
	})
}

// Recommend gives the actor's recommendation for a window; only whoever was
// named may, and only until the predicate is set. It binds nobody.
func (s *Service) Recommend(ctx context.Context, actor account.Actor, part string, w Window, results, conduct Rating, text string) error {
	v, err := s.Advice(ctx, actor, part, w)
	if err != nil {
		return err
	}
	text = tidy(text)
	var wrong fault.Fields
	wrong.Check(results.Known(), "results", "form.choose")
	wrong.Check(conduct.Known(), "conduct", "form.choose")
	wrong.Check(text != "", "text", "form.required")
	checkLength(&wrong, "text", text, mostLong)
	if err := wrong.Err(); err != nil {
		return err
	}
	if !v.Open {
		return fault.Clash("appraisal.adviser.late")
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		err := db.Upsert(ctx, tx, "appraisal_recommendation", []string{"part_id", "win", "person_id"}, []string{"part_id", "win", "person_id", "results", "conduct", "text", "said_at"},
			[][]any{{part, w.Code(), actor.PersonID, string(results), string(conduct), text, db.Time(s.now())}})
		if err != nil {
			return err
		}
		if err := task.Close(ctx, tx, task.Done{Kind: taskAdvise, By: actor.ID, At: s.now()}, adviserSubject(part, actor.PersonID)); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.adviser.recommended", v.Part.windowSubject(w), map[string]any{"results": results, "conduct": conduct, "text": text})
	})
}

func adviserSubject(part, person string) string { return "adviser:" + part + ":" + person }

// Advice returns what the actor needs for a recommendation. Forbidden for
// whoever was not named.
func (s *Service) Advice(ctx context.Context, actor account.Actor, part string, w Window) (AdviceView, error) {
	p, err := partOf(ctx, s.db, part)
	if err != nil {
		return AdviceView{}, err
	}
	v := AdviceView{Part: p, Window: w}
	all, err := advisersOf(ctx, s.db, part, w)
	if err != nil {
		return v, err
	}
	i := slices.IndexFunc(all, func(a Adviser) bool { return a.PersonID == actor.PersonID && actor.PersonID != "" })
	if i < 0 {
		return v, fault.Denied("account.denied")
	}
	v.Own = all[i]
	if !slices.Contains(p.Windows(), w) {
		return v, fault.Missing("appraisal.window.none")
	}
	year, err := periodOf(ctx, s.db, p.Year)
	if err != nil {
		return v, err
	}
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return v, err
	}
	cases, err := gatherAll(ctx, s.db, []Part{p}, w, book)
	if err != nil {
		return v, err
	}
	c := cases[0]
	latest, _ := latestOf(c.entries)
	for _, placed := range c.content.Indicators() {
		v.Lines = append(v.Lines, lineOf(p, w, *placed.Indicator, latest[placed.Indicator.ID]))
	}
	v.Open = year.Open() && c.evaluation.State == Running
	return v, s.look(ctx, actor, p)
}

// Advising is one part the actor may recommend for.
type Advising struct {
	Part Part
	As   Capacity
}

// Advisees returns the parts of a year for which the actor was named, by name.
func (s *Service) Advisees(ctx context.Context, actor account.Actor, year int) ([]Advising, error) {
	if actor.PersonID == "" {
		return nil, nil
	}
	return db.All(ctx, s.db, `SELECT `+partColumns+`, a.capacity FROM appraisal_adviser a JOIN appraisal_part p ON p.id = a.part_id
		WHERE a.person_id = $1 AND p.year = $2 ORDER BY p.sort_name, p.id`, func(r db.Row) (Advising, error) {
		var v Advising
		var face string
		if err := r.Scan(append(partTargets(&v.Part, &face), &v.As)...); err != nil {
			return v, err
		}
		return v, v.Part.setFaces(face)
	}, actor.PersonID, year)
}

// advisersOf returns who was named for a part, with what they recommend for a
// window.
func advisersOf(ctx context.Context, q db.Queryer, part string, w Window) ([]Adviser, error) {
	return db.All(ctx, q, `SELECT a.person_id, a.name, a.post, a.capacity, COALESCE(r.results, ''), COALESCE(r.conduct, ''), COALESCE(r.text, ''), r.said_at
		FROM appraisal_adviser a LEFT JOIN appraisal_recommendation r ON r.part_id = a.part_id AND r.person_id = a.person_id AND r.win = $1
		WHERE a.part_id = $2 ORDER BY a.named_at, a.person_id`, func(r db.Row) (Adviser, error) {
		var a Adviser
		err := r.Scan(&a.PersonID, &a.Name, &a.Post, &a.Capacity, &a.Results, &a.Conduct, &a.Text, db.TimeTo(&a.At))
		return a, err
	}, w.Code(), part)
}

// advise fills what the evaluator and the evaluator's superior see of the
// performance team; the person sees it once the predicate is set.
func (s *Service) advise(ctx context.Context, v *EvaluationView, own, rater, above bool) error {
	if !rater && !above && (!own || v.Evaluation.State == Running) {
		return nil
	}
	all, err := advisersOf(ctx, s.db, v.Part.ID, v.Evaluation.Window)
	v.Advisers = all
	v.NameAdviser = rater && v.Period.Open() && v.Evaluation.State == Running
	return err
}

// PersonNamed finds somebody evaluated in a year by NIP or name, for naming an
// adviser; Invalid on "person" unless exactly one is meant.
func (s *Service) PersonNamed(ctx context.Context, actor account.Actor, part, text string) (string, error) {
	p, _, err := s.enter(ctx, actor, part, account.ActAppraisalReview)
	if err != nil {
		return "", err
	}
	terms := search.Terms(text)
	if len(terms) == 0 {
		return "", fault.WrongField("person", "form.required")
	}
	condition, args := search.Where("search", 2, terms)
	found, err := db.All(ctx, s.db, `SELECT DISTINCT person_id FROM appraisal_part WHERE year = $1 AND (`+condition+`) ORDER BY person_id LIMIT 2`,
		db.Value[string], append([]any{p.Year}, args...)...)
	if err != nil {
		return "", err
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", fault.WrongField("person", "appraisal.adviser.unknown")
	}
	return "", fault.WrongField("person", "appraisal.adviser.several")
}
