package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Evaluation returns an evaluation with everything its page shows; it is made
// on the first write. Where the two write blind, the other side's words are
// left out until both have sent.
func (s *Service) Evaluation(ctx context.Context, actor account.Actor, part string, w Window) (EvaluationView, error) {
	p, year, err := s.view(ctx, actor, part)
	if err != nil {
		return EvaluationView{}, err
	}
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return EvaluationView{}, err
	}
	c, err := gather(ctx, s.db, p, w, book)
	if err != nil {
		return EvaluationView{}, err
	}
	v := EvaluationView{
		Period: year, Part: p, Windows: p.Windows(), Plan: c.content, Evaluation: c.evaluation, Organisation: c.organisation,
		Feedback: c.feedback, Citizens: c.citizens, ReadOnly: readOnly(p, year), Values: c.values, Evidence: map[string]int{},
	}
	v.Latest, _ = latestOf(c.entries)
	for _, e := range c.entries {
		v.Evidence[e.IndicatorID] += len(e.Evidence)
	}
	v.Reached = reached(c.content, realised(c.evaluation.Self.Words, v.Latest))
	if err := s.besides(ctx, actor, &v, book); err != nil {
		return v, err
	}
	if err := s.reveal(ctx, actor, &v, c); err != nil {
		return v, err
	}
	if v.Credit, err = s.creditOf(ctx, c, v.Explained); err != nil {
		return v, err
	}
	contracts, err := s.contractsOf(ctx, s.db, book, p)
	if end, in := contracts[p.Who.PersonID]; in {
		v.Contract = &end
	}
	return v, err
}

// realised is what was reached on each indicator: what the person says in the
// evaluation, else the latest progress.
func realised(self Words, latest map[string]Progress) map[string]Progress {
	all := map[string]Progress{}
	for id, p := range latest {
		all[id] = p
	}
	for id, say := range self.Indicators {
		if say.Value != "" {
			p := all[id]
			p.IndicatorID, p.Value = id, say.Value
			all[id] = p
		}
	}
	return all
}

// selfSaid is what the person has handed over; a draft is nobody else's.
func (e Evaluation) selfSaid() Words {
	if e.Self.Sent() {
		return e.Self.Words
	}
	return Words{}
}

// evidenceCase is everything one evaluation stands on.
type evidenceCase struct {
	part         Part
	window       Window
	content      Content
	approved     bool
	values       []Value
	evaluation   Evaluation
	organisation Organisation
	entries      []Progress
	feedback     []Feedback
	citizens     map[string]CitizenTaken // confirmed, by indicator
	said         int                     // how many of them have words
	book         *rulebook.Book
	calendar     CalendarRule
	moved        MovedRule
}

// bookOf returns the rulebook a window is evaluated by: that of its last day.
func (s *Service) bookOf(ctx context.Context, w Window) (*rulebook.Book, error) {
	return s.bookOn(ctx, max(w.To(), firstRuleDay))
}

// gather reads what an evaluation stands on. NotFound when the part is not
// evaluated in the window.
func gather(ctx context.Context, q db.Queryer, p Part, w Window, book *rulebook.Book) (evidenceCase, error) {
	c := evidenceCase{part: p, window: w, book: book}
	if !slices.Contains(p.Windows(), w) {
		return c, fault.Missing("appraisal.window.none")
	}
	values, err := rulebook.Load[ValuesRule](book)
	if err != nil {
		return c, err
	}
	c.values = values.Values
	if c.calendar, err = rulebook.Load[CalendarRule](book); err != nil {
		return c, err
	}
	if c.moved, err = rulebook.Load[MovedRule](book); err != nil {
		return c, err
	}
	if c.content, c.approved, err = contentOf(ctx, q, p); err != nil {
		return c, err
	}
	if c.evaluation, err = evaluationOf(ctx, q, p.ID, w); err != nil {
		return c, err
	}
	if c.organisation, err = organisationOf(ctx, q, p.OrgUnit, w); err != nil {
		return c, err
	}
	if c.entries, err = progressOf(ctx, q, p.ID); err != nil {
		return c, err
	}
	c.entries = slices.DeleteFunc(c.entries, func(e Progress) bool { return e.Month > string(w.To()[:7]) })
	taken, err := takenOf(ctx, q, p.ID)
	if err != nil {
		return c, err
	}
	c.citizens = confirmedOf(slices.DeleteFunc(taken, func(t CitizenTaken) bool { return t.Figure.To > w.To() }))
	c.feedback, err = feedbackOf(ctx, q, p.ID)
	c.said = spoken(c.feedback)
	return c, err
}

// spoken counts feedback that has words; the rest are requests that wait.
func spoken(all []Feedback) (n int) {
	for _, f := range all {
		if f.Text != "" {
			n++
		}
	}
	return n
}

// head reports whether the part is the head of the unit whose predicate counts:
// then that predicate is the rating of results.
func (p Part) head() bool {
	return p.Form == LeaderForm && p.HeadOf != "" && p.HeadOf == p.OrgUnit
}

// inputs makes the complete inputs of a predicate out of what stands written.
func (c evidenceCase) inputs(r Ratings, by Signer, on Day, orgOn Day) Inputs {
	in := Inputs{
		Format: inputsFormat, Evaluation: c.evaluation.ID, Part: c.part.ID, Window: c.window.Code(), Kind: c.window.Kind,
		Person: c.part.Who, Evaluator: c.part.Evaluator, Head: c.part.head(),
		Results:    RatingInput{Rating: r.Results, Reason: r.ResultsReason, By: by, On: on},
		Conduct:    RatingInput{Rating: r.Conduct, Reason: r.ConductReason, By: by, On: on},
		Indicators: []IndicatorInput{}, Values: []ValueInput{}, Feedback: c.said,
	}
	if o := c.organisation; o.Version > 0 {
		in.Organisation = &OrganisationInput{UnitID: o.UnitID, Unit: o.Unit, Predicate: o.Predicate, By: o.By, On: orgOn}
	}
	latest, _ := latestOf(c.entries)
	said := realised(c.evaluation.selfSaid(), latest)
	for _, placed := range c.content.Indicators() {
		i := placed.Indicator
		in.Indicators = append(in.Indicators, IndicatorInput{
			Text: i.Text, Target: i.Target, Unit: i.Unit, TargetText: i.TargetText, Direction: i.Direction,
			Value: said[i.ID].Value, Mark: c.evaluation.Superior.Words.Indicators[i.ID].Mark, Citizens: c.citizenInput(i.ID),
		})
	}
	for _, v := range c.values {
		in.Values = append(in.Values, ValueInput{Code: v.Code, Name: v.Name, Mark: c.evaluation.Superior.Words.Values[v.Code].Mark})
	}
	return in
}

// missing lists the keys of what keeps a predicate from being set on a day.
func (c evidenceCase) missing(today Day) ([]string, error) {
	rules, err := loadRules(c.book)
	if err != nil {
		return nil, err
	}
	return lacking(lack{
		approved: c.approved, orgNeeded: rules.order.Required[c.window.Kind] || c.part.head(), orgSet: c.organisation.Version > 0,
		head: c.part.head(), results: c.evaluation.Ratings.Results, conduct: c.evaluation.Ratings.Conduct,
		another: c.part.handsOver(c.window), superiorSent: c.evaluation.Superior.Sent(), selfSent: c.evaluation.Self.Sent(), selfLate: today > c.calendar.SelfDue(c.window),
	}), nil
}

// lack is what can be missing.
type lack struct {
	approved, another, orgNeeded, orgSet, head, superiorSent, selfSent, selfLate bool
	results, conduct                                                             Rating
}

// lacking returns the keys of what is missing before a predicate, in the order
// in which it should be mended. The person's own words are waited for until
// the calendar's day, not longer.
func lacking(l lack) []string {
	var keys []string
	note := func(is bool, key string) {
		if is {
			keys = append(keys, "appraisal.missing."+key)
		}
	}
	note(!l.approved, "plan")
	note(l.another, "last")
	note(!l.selfSent && !l.selfLate, "self")
	note(!l.head && !l.results.Known(), "results")
	note(!l.conduct.Known(), "conduct")
	note(l.conduct.Known() && (l.head || l.results.Known()) && !l.superiorSent, "superior")
	note(l.orgNeeded && !l.orgSet, "organisation")
	return keys
}

// reveal takes out what the actor may not see yet and says what the actor may
// do.
func (s *Service) reveal(ctx context.Context, actor account.Actor, v *EvaluationView, c evidenceCase) error {
	own := s.can(ctx, actor, account.ActAppraisalOwn, v.Part)
	rater := s.can(ctx, actor, account.ActAppraisalReview, v.Part)
	e := &v.Evaluation
	var err error
	if v.Missing, err = c.missing(s.today()); err != nil {
		return err
	}
	rules, err := rulebook.Load[PredicateRule](c.book)
	if err != nil {
		return err
	}
	v.Matrix = rules.Matrix
	both := e.Self.Sent() && e.Superior.Sent()
	blind := v.Evaluation.Window.Annual() && !both && e.State == Running
	if blind {
		c.evaluation.Self.Words = Words{} // the preview must not tell either
	}
	explained, err := s.explained(ctx, c)
	if err != nil {
		return err
	}
	if e.Outcome != nil || rater {
		v.Explained = explained
	}
	if !own && (blind || !e.Self.Sent()) {
		v.Blind = v.Blind || blind
		e.Self.Words = Words{}
		v.Reached = reached(c.content, v.Latest)
	}
	if !rater && (blind || !e.Superior.Sent()) {
		v.Blind = v.Blind || blind
		e.Superior.Words = Words{}
	}
	if !rater && e.State == Running {
		e.Ratings, e.RatedBy = Ratings{}, Signer{}
	}
	if err := s.advise(ctx, v, own, rater, s.can(ctx, actor, account.ActAppraisalAbove, v.Part)); err != nil {
		return err
	}
	open := v.ReadOnly == "" && e.State == Running && c.approved
	v.WriteSelf = open && own && !both && (!e.Self.Sent() || blind)
	v.WriteRatings = open && rater
	v.Acts = s.evaluationActs(ctx, actor, v, own, rater)
	return nil
}

// explained recomputes the result in force from its stored inputs and book, or
// shows what the ratings as they stand would lead to; nil while they lead
// nowhere.
func (s *Service) explained(ctx context.Context, c evidenceCase) (*Explained, error) {
	if o := c.evaluation.Outcome; o != nil {
		e, err := s.recomputed(ctx, *o)
		if err != nil {
			return nil, err
		}
		return &e, nil
	}
	r := c.evaluation.Ratings
	e, err := Recompute(c.book, c.inputs(r, c.evaluation.RatedBy, Day(s.inZone(c.evaluation.RatedAt)), Day(s.inZone(c.organisation.At))))
	if fault.Is(err, fault.Invalid) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &e, nil
}

// recomputed computes a stored result again from its inputs and its book.
func (s *Service) recomputed(ctx context.Context, o Outcome) (Explained, error) {
	book, err := s.books.Kept(ctx, o.BookHash)
	if err != nil {
		return Explained{}, err
	}
	in, err := ReadInputs(o.Inputs)
	if err != nil {
		return Explained{}, err
	}
	return Recompute(book, in)
}

// evaluationActs lists what an actor may do with an evaluation now.
func (s *Service) evaluationActs(ctx context.Context, actor account.Actor, v *EvaluationView, own, rater bool) []EvaluationAct {
	if !v.Period.Open() {
		return nil
	}
	here := v.ReadOnly == ""
	e := v.Evaluation
	late := e.ObjectUntil != "" && s.today() > e.ObjectUntil
	may := map[EvaluationAct]bool{
		SendSelfAct:     v.WriteSelf,
		SendSuperiorAct: v.WriteRatings,
		DecideAct:       here && rater && len(v.Missing) == 0,
		ReceiveAct:      own,
		ObjectAct:       own && !late && v.Part.Above.PersonID != "",
		ExplainAct:      own || rater,
		SettleAct:       s.can(ctx, actor, account.ActAppraisalAbove, v.Part),
		TakeBackAct:     rater && s.undoable(e.State, e.Outcome),
	}
	var acts []EvaluationAct
	for _, act := range []EvaluationAct{SendSelfAct, SendSuperiorAct, DecideAct, ReceiveAct, ObjectAct, ExplainAct, SettleAct, TakeBackAct} {
		if _, ok := e.State.next(act); ok && may[act] {
			acts = append(acts, act)
		}
	}
	return acts
}
