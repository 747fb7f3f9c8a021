package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// MovedRule says what holds for a year in more than one post.
type MovedRule struct {
	rulebook.Head `json:"-"`
	Suggest       bool                    `json:"suggest"`
	HandoverDays  int                     `json:"handover_days"` // calendar days after the last day in the post
	MeetsFrom     rulebook.Num            `json:"meets_from"`
	AboveFrom     rulebook.Num            `json:"above_from"`
	Score         map[Rating]rulebook.Num `json:"score"`
}

// RuleID names the rule.
func (MovedRule) RuleID() string { return "moved-year" }

// Check reports a rating without a score, and limits out of order.
func (r MovedRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.HandoverDays >= 0, "handover_days", "rulebook.value.positive")
	wrong.Check(r.MeetsFrom.Less(r.AboveFrom), "above_from", "rulebook.value.rising")
	for _, rating := range AllRatings() {
		_, has := r.Score[rating]
		wrong.Check(has, "score."+string(rating), "rulebook.value.missing")
	}
	return wrong.Err()
}

// Due returns the last day of a hand-over rating about a part.
func (r MovedRule) Due(p Part) Day { return addDays(p.To, r.HandoverDays) }

// Weighed is a rating with the days it was earned in.
type Weighed struct {
	Days   int
	Rating Rating
}

// Weigh returns the rating that the mean of the scores weighed by days leads
// to, and the way to it; nothing while nobody has rated. The mean is exact, so
// that a part cut in two at any day, with the same rating in both, changes
// nothing.
func (r MovedRule) Weigh(all []Weighed) (Rating, rulebook.Because) {
	sum, days := rulebook.Int(0), rulebook.Int(0)
	var because rulebook.Because
	for _, w := range all {
		if !w.Rating.Known() || w.Days <= 0 {
			continue
		}
		n := rulebook.Int(int64(w.Days))
		sum, days = sum.Add(n.Mul(r.Score[w.Rating])), days.Add(n)
		because = append(because, rulebook.Step{Key: "rulebook.step.moved.part", Args: []any{rulebook.Word(w.Rating), w.Days}, Value: r.Score[w.Rating], Source: r.Cite()})
	}
	if days.Sign() == 0 {
		return "", nil
	}
	mean := sum.Quo(days)
	rating := Below
	switch {
	case !mean.Less(r.AboveFrom):
		rating = Above
	case !mean.Less(r.MeetsFrom):
		rating = Meets
	}
	return rating, append(because, rulebook.Step{Key: "rulebook.step.moved.mean", Args: []any{r.MeetsFrom, r.AboveFrom}, Value: mean.Round(4), Source: r.Cite()})
}

// Beside is one of a person's parts in a window as the last evaluator sees it:
// days, and the ratings of its own superior once they are handed over.
type Beside struct {
	Part    Part
	Days    int  // of the part within the window
	Here    bool // the part the page is about
	Counts  bool // a definitive post: it is weighed
	Sent    bool // its superior has handed over ratings
	Shown   bool // the reader may see them
	Ratings Ratings
	By      Signer
	Due     Day // of the hand-over rating, where one is asked for
}

// Suggestion is what weighing the parts by days would give.
type Suggestion struct {
	Results, Conduct rulebook.Because
	ResultsRating    Rating
	ConductRating    Rating
}

// handsOver reports whether a part's evaluation of a window is a hand-over
// rating: the own post's, of a year that another part decides.
func (p Part) handsOver(w Window) bool { return w.Annual() && !p.Last && p.Tenure == definitive }

// daysIn returns how many days a part and a window share.
func (p Part) daysIn(w Window) int {
	return max(daysBetween(max(p.From, w.From()), min(p.To, w.To()))+1, 0)
}

// reads reports whether the actor may read a part: by right, or as the last
// evaluator of the same person and year, or that one's superior.
func (s *Service) reads(ctx context.Context, actor account.Actor, p Part) (bool, error) {
	if s.can(ctx, actor, account.ActAppraisalView, p) {
		return true, nil
	}
	if actor.PersonID == "" || p.Last {
		return false, nil
	}
	return db.Exists(ctx, s.db, `SELECT 1 FROM appraisal_part WHERE person_id = $1 AND year = $2 AND decides AND (evaluator_id = $3 OR above_id = $3)`,
		p.Who.PersonID, p.Year, actor.PersonID)
}

// besides fills the person's parts in the window, in the order of their days.
func (s *Service) besides(ctx context.Context, actor account.Actor, v *EvaluationView, book *rulebook.Book) error {
	all, err := partsOfPerson(ctx, s.db, v.Part.Who.PersonID, v.Part.Year)
	if err != nil || len(all) < 2 {
		return err
	}
	w := v.Evaluation.Window
	all = slices.DeleteFunc(all, func(p Part) bool { return !w.Meets(p.From, p.To) })
	slices.SortStableFunc(all, func(a, b Part) int { return cmpDay(a.From, b.From) })
	rule, err := rulebook.Load[MovedRule](book)
	if err != nil {
		return err
	}
	evaluations, err := db.All(ctx, s.db, selectEvaluation+`WHERE win = $1 AND part_id IN (`+db.In(2, len(all))+`)`, scanEvaluation, append([]any{w.Code()}, partIDs(all)...)...)
	if err != nil {
		return err
	}
	by := map[string]Evaluation{}
	for _, e := range evaluations {
		by[e.PartID] = e
	}
	for _, p := range all {
		may, err := s.reads(ctx, actor, p)
		if err != nil {
			return err
		}
		if may {
			v.Besides = append(v.Besides, beside(actor, p, by[p.ID], v, rule))
		}
	}
	if len(v.Besides) < 2 {
		v.Besides = nil
	}
	v.suggest(rule)
	return nil
}

func cmpDay(a, b Day) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// beside describes one part. The person sees a hand-over rating once the own
// words are sent too, the superiors of the person see it at once.
func beside(actor account.Actor, p Part, e Evaluation, v *EvaluationView, rule MovedRule) Beside {
	b := Beside{
		Part: p, Days: p.daysIn(v.Evaluation.Window), Here: p.ID == v.Part.ID, Counts: p.Tenure == definitive, Sent: e.Superior.Sent(), By: e.RatedBy,
	}
	if p.handsOver(v.Evaluation.Window) {
		b.Due = rule.Due(p)
	}
	own := actor.PersonID != "" && actor.PersonID == p.Who.PersonID
	b.Shown = b.Sent && (!own || e.Self.Sent() || e.State != Running)
	if b.Shown {
		b.Ratings = e.Ratings
	}
	return b
}

// suggest weighs the definitive parts when the rule says so.
func (v *EvaluationView) suggest(rule MovedRule) {
	if !rule.Suggest || !v.Part.Last {
		return
	}
	var results, conduct []Weighed
	for _, b := range v.Besides {
		if b.Counts && b.Shown {
			results = append(results, Weighed{b.Days, b.Ratings.Results})
			conduct = append(conduct, Weighed{b.Days, b.Ratings.Conduct})
		}
	}
	if len(results) < 2 {
		return
	}
	g := &Suggestion{}
	g.ResultsRating, g.Results = rule.Weigh(results)
	g.ConductRating, g.Conduct = rule.Weigh(conduct)
	v.Suggestion = g
}

// FileHandovers asks the superiors people have left for a hand-over rating, of
// every part with an agreed SKP that has ended in a year that is open. What
// waits already keeps its day.
func (s *Service) FileHandovers(ctx context.Context) error {
	all, err := allPeriods(ctx, s.db)
	if err != nil {
		return err
	}
	for _, year := range all {
		if !year.Open() {
			continue
		}
		w := year.Annual()
		book, err := s.bookOf(ctx, w)
		if err != nil {
			return err
		}
		tasks, err := s.unsent(ctx, year, w, book, ` AND NOT p.decides AND p.tenure = 'definitive' AND p.to_day < $5`, string(s.today()))
		if err != nil {
			return err
		}
		if err := s.fileAll(ctx, tasks); err != nil {
			return err
		}
	}
	return nil
}
