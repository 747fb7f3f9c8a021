package appraisal

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// inputsFormat names the shape of Inputs; a receipt of another shape is
// refused, never guessed at.
const inputsFormat = "gurindam-evaluation-1"

// Inputs is everything a predicate follows from, complete: with the rulebook
// it gives the same result again, on any machine, without the database.
type Inputs struct {
	Format       string             `json:"format"`
	Evaluation   string             `json:"evaluation"`
	Part         string             `json:"part"`
	Window       string             `json:"window"`
	Kind         WindowKind         `json:"kind"`
	Person       Identity           `json:"person"`
	Evaluator    Identity           `json:"evaluator"`
	Head         bool               `json:"head"` // of the unit rated: its predicate is the rating of results
	Organisation *OrganisationInput `json:"organisation"`
	Results      RatingInput        `json:"results"` // of a head: as given, not used
	Conduct      RatingInput        `json:"conduct"`
	Indicators   []IndicatorInput   `json:"indicators"`
	Values       []ValueInput       `json:"values"`
	Feedback     int                `json:"feedback"`         // how many the rating could draw on
	Pen          Pen                `json:"pen,omitempty"`    // where it was set, when not here
	Stated       Predicate          `json:"stated,omitempty"` // the predicate as it was set there
}

// OrganisationInput is the unit's predicate as it stood.
type OrganisationInput struct {
	UnitID    string                `json:"unit"`
	Unit      string                `json:"name"`
	Predicate OrganisationPredicate `json:"predicate"`
	By        Signer                `json:"by"`
	On        Day                   `json:"on"`
}

// RatingInput is one of the two ratings.
type RatingInput struct {
	Rating Rating `json:"rating"`
	Reason string `json:"reason,omitempty"`
	By     Signer `json:"by"`
	On     Day    `json:"on"`
}

// IndicatorInput is one indicator with what was reached.
type IndicatorInput struct {
	Text       string    `json:"text"`
	Target     string    `json:"target,omitempty"`
	Unit       string    `json:"unit,omitempty"`
	TargetText string    `json:"target_text,omitempty"`
	Direction  Direction `json:"direction,omitempty"`
	Value      string    `json:"value,omitempty"`
	Mark       Rating    `json:"mark,omitempty"`
	// Citizens is what citizens said, as the superior confirmed it.
	Citizens *CitizenInput `json:"citizens,omitempty"`
}

// ValueInput is one value with the superior's mark.
type ValueInput struct {
	Code string    `json:"code"`
	Name Bilingual `json:"name"`
	Mark Rating    `json:"mark,omitempty"`
}

// Bytes returns the exact bytes that are stored and signed.
func (in Inputs) Bytes() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(in); err != nil {
		return nil, fmt.Errorf("write inputs: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// ReadInputs reads what Bytes wrote; anything else is an Invalid fault.
func ReadInputs(body []byte) (Inputs, error) {
	var in Inputs
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil || in.Format != inputsFormat {
		return Inputs{}, fault.Wrong("appraisal.inputs.broken").Because(err)
	}
	return in, nil
}

// Recompute applies the rulebook to the inputs of an evaluation. It returns an
// Invalid fault that names what is missing or no rating. It is the only way a
// predicate is made: deciding, simulating and verifying all come here.
func Recompute(book *rulebook.Book, in Inputs) (Explained, error) {
	rules, err := loadRules(book)
	if err != nil {
		return Explained{}, err
	}
	return rules.recompute(in)
}

// recompute is Recompute with the rules read already, for many at once.
func (r evaluationRules) recompute(in Inputs) (Explained, error) {
	if in.Stated != "" {
		return r.stated(in)
	}
	var wrong fault.Fields
	needsOrg := r.order.Required[in.Kind] || in.Head
	wrong.Check(in.Organisation != nil || !needsOrg, "organisation", "appraisal.missing.organisation")
	wrong.Check(in.Head || in.Results.Rating.Known(), "results", "appraisal.missing.results")
	wrong.Check(in.Conduct.Rating.Known(), "conduct", "appraisal.missing.conduct")
	if err := wrong.Err(); err != nil {
		return Explained{}, err
	}
	results := in.Results.Rating
	if in.Head {
		results = r.leader.Results[in.Organisation.Predicate]
	}
	p := r.predicate.Of(results, in.Conduct.Rating)
	if p == "" {
		return Explained{}, fault.WrongField("organisation", "appraisal.missing.organisation")
	}
	return Explained{
		Predicate: p, Results: results, Conduct: in.Conduct.Rating,
		Because: r.because(in, results, p),
		Changes: r.changes(results, in.Conduct.Rating, p),
		Book:    r.hash,
	}, nil
}

// evaluationRules are the rules an evaluation stands on.
type evaluationRules struct {
	predicate PredicateRule
	leader    LeaderResultsRule
	order     OrderRule
	hash      string // of the book
	book      *rulebook.Book
}

// evaluationRuleIDs are their ids: what a receipt carries.
func evaluationRuleIDs() []string {
	return []string{PredicateRule{}.RuleID(), LeaderResultsRule{}.RuleID(), OrderRule{}.RuleID()}
}

func loadRules(book *rulebook.Book) (r evaluationRules, err error) {
	r.hash, r.book = book.Hash(), book
	if r.predicate, err = rulebook.Load[PredicateRule](book); err != nil {
		return r, err
	}
	if r.leader, err = rulebook.Load[LeaderResultsRule](book); err != nil {
		return r, err
	}
	r.order, err = rulebook.Load[OrderRule](book)
	return r, err
}

// because is the tree of steps: the organisation's predicate, both ratings
// with what they stand on, and the cell where they meet.
func (r evaluationRules) because(in Inputs, results Rating, p Predicate) rulebook.Because {
	var all rulebook.Because
	if o := in.Organisation; o != nil {
		all = append(all, rulebook.Step{
			Key: "appraisal.because.organisation", Args: []any{o.Unit}, Value: rulebook.Word(o.Predicate),
			Source: r.order.Cite(), Parts: rulebook.Because{byWhom(o.By, o.On)},
		})
	}
	all = append(all, r.resultsStep(in, results), r.conductStep(in))
	_, matrix := r.predicate.Explain(results, in.Conduct.Rating)
	return append(all, matrix[len(matrix)-1])
}

func (r evaluationRules) resultsStep(in Inputs, results Rating) rulebook.Step {
	if in.Head {
		_, parts := r.leader.Explain(in.Organisation.Predicate)
		return rulebook.Step{
			Key: "appraisal.because.results_head", Args: []any{in.Organisation.Unit}, Value: rulebook.Word(results),
			Source: r.leader.Cite(), Parts: append(parts, indicatorSteps(in)...),
		}
	}
	reached, total := 0, len(in.Indicators)
	for _, i := range in.Indicators {
		if i.met() {
			reached++
		}
	}
	key := "appraisal.because.results"
	if in.Kind != Year {
		key = "appraisal.because.results_part" // the targets are the year's
	}
	return rulebook.Step{
		Key: key, Args: []any{reached, total}, Value: rulebook.Word(results),
		Source: r.predicate.Cite(), Parts: append(ratingSteps(in.Results), indicatorSteps(in)...),
	}
}

func (r evaluationRules) conductStep(in Inputs) rulebook.Step {
	above := 0
	parts := ratingSteps(in.Conduct)
	for _, v := range in.Values {
		if v.Mark == Above {
			above++
		}
		if v.Mark != "" {
			parts = append(parts, rulebook.Step{Key: "appraisal.because.value", Args: []any{v.Name.ID}, Value: rulebook.Word(v.Mark)})
		}
	}
	return rulebook.Step{
		Key: "appraisal.because.conduct", Args: []any{above, len(in.Values), in.Feedback}, Value: rulebook.Word(in.Conduct.Rating),
		Source: r.predicate.Cite(), Parts: parts,
	}
}

func ratingSteps(r RatingInput) rulebook.Because {
	steps := rulebook.Because{byWhom(r.By, r.On)}
	if r.Reason != "" {
		steps = append(steps, rulebook.Step{Key: "appraisal.because.reason", Value: r.Reason})
	}
	return steps
}

func byWhom(by Signer, on Day) rulebook.Step {
	if by.Post == "" {
		return rulebook.Step{Key: "appraisal.because.by", Args: []any{by.Name}, Value: on}
	}
	return rulebook.Step{Key: "appraisal.because.by_post", Args: []any{by.Name, by.Post}, Value: on}
}

func indicatorSteps(in Inputs) rulebook.Because {
	var steps rulebook.Because
	for _, i := range in.Indicators {
		s := i.step()
		if n, err := rulebook.ParseNum(i.Value); err == nil {
			s.Value = n
		} else if i.Mark != "" {
			s.Value = rulebook.Word(i.Mark)
		}
		if i.Citizens != nil {
			s.Parts = append(s.Parts, i.Citizens.step())
		}
		steps = append(steps, s)
	}
	return steps
}

// step names the indicator with what it aims at.
func (i IndicatorInput) step() rulebook.Step {
	target, err := rulebook.ParseNum(i.Target)
	switch {
	case i.TargetText != "":
		return rulebook.Step{Key: "appraisal.because.indicator_text", Args: []any{i.Text, i.TargetText}}
	case err != nil:
		return rulebook.Step{Key: "appraisal.because.indicator_bare", Args: []any{i.Text}}
	case i.Direction == Down:
		return rulebook.Step{Key: "appraisal.because.indicator_down", Args: []any{i.Text, target, i.Unit}}
	}
	return rulebook.Step{Key: "appraisal.because.indicator", Args: []any{i.Text, target, i.Unit}}
}

// met reports whether the target was reached: by the figures, else by the
// superior's mark.
func (i IndicatorInput) met() bool {
	r, ok := reach(Indicator{Target: i.Target, Direction: i.Direction}, i.Value)
	if ok {
		return r.Met
	}
	return i.Mark == Above || i.Mark == Meets
}

// changes lists which single rating, had it been another, would have led to
// another predicate.
func (r evaluationRules) changes(results, conduct Rating, p Predicate) []Change {
	var all []Change
	for _, other := range AllRatings() {
		if q := r.predicate.Of(other, conduct); other != results && q != p {
			all = append(all, Change{Results: other, Predicate: q})
		}
	}
	for _, other := range AllRatings() {
		if q := r.predicate.Of(results, other); other != conduct && q != p {
			all = append(all, Change{Conduct: other, Predicate: q})
		}
	}
	return all
}
