package participation

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Rules returns the rules of this area that compute a value.
func Rules() []rulebook.Rule {
	return []rulebook.Rule{rulebook.New(evalSKM)}
}

// SKMRule says how the answers of a satisfaction survey become an index and a
// grade (PermenPANRB 14/2017).
type SKMRule struct {
	rulebook.Head `json:"-"`
	Scale         SKMScale       `json:"scale"`
	Factor        rulebook.Num   `json:"factor"`
	IndexDecimals int            `json:"index_decimals"`
	MeanDecimals  int            `json:"mean_decimals"`
	Elements      []string       `json:"elements"`
	OlderElements []string       `json:"older_elements"`
	Method        string         `json:"method"`
	Methods       []SKMMethod    `json:"methods"`
	Grades        rulebook.Bands `json:"grades"`
}

// SKMScale is the range of an answer.
type SKMScale struct {
	Least int64 `json:"least"`
	Most  int64 `json:"most"`
}

// SKMMethod is a way to weigh the elements' means. Without a weight every
// element weighs one part of as many as there are.
type SKMMethod struct {
	Code     string        `json:"code"`
	Weight   *rulebook.Num `json:"weight,omitempty"`
	Elements int           `json:"elements,omitempty"` // the only number of elements the weight is meant for
}

// ElementSum is what respondents gave one element: the sum of the answers and
// how many there were.
type ElementSum struct {
	Key     string
	Sum     int64
	Answers int64
}

// ElementMean is the mean of one element.
type ElementMean struct {
	Key     string
	Mean    rulebook.Num
	Answers int64 // 0 when only the mean is known
}

// SKMResult is the index of a survey and of each of its elements.
type SKMResult struct {
	Respondents int64           `json:"respondents,omitempty"`
	Elements    []ElementResult `json:"elements"`
	Index       rulebook.Figure `json:"index"`
	Grade       string          `json:"grade"`
}

// ElementResult is one element's mean and index.
type ElementResult struct {
	Key   string          `json:"key"`
	Mean  rulebook.Figure `json:"mean"`
	Index rulebook.Figure `json:"index"`
}

// RuleID names the rule.
func (SKMRule) RuleID() string { return "skm" }

// Check reports a scale, a method or grades that cannot be.
func (r SKMRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.Scale.Least < r.Scale.Most, "scale", "rulebook.value.rising")
	wrong.Check(r.Factor.Sign() > 0, "factor", "rulebook.value.positive")
	wrong.Check(r.IndexDecimals >= 0, "index_decimals", "rulebook.value.positive")
	wrong.Check(r.MeanDecimals >= 0, "mean_decimals", "rulebook.value.positive")
	wrong.Check(len(r.Elements) > 0, "elements", "rulebook.value.missing")
	_, known := r.method(r.Method)
	wrong.Check(known, "method", "rulebook.value.word")
	for _, m := range r.Methods {
		wrong.Check(m.Weight == nil || m.Weight.Sign() > 0, "methods."+m.Code, "rulebook.value.positive")
	}
	if err := r.Grades.Check("grades"); err != nil {
		return err
	}
	return wrong.Err()
}

// MethodCodes returns the codes of the methods.
func (r SKMRule) MethodCodes() []string {
	codes := make([]string, len(r.Methods))
	for i, m := range r.Methods {
		codes[i] = m.Code
	}
	return codes
}

func (r SKMRule) method(code string) (SKMMethod, bool) {
	i := slices.IndexFunc(r.Methods, func(m SKMMethod) bool { return m.Code == code })
	if i < 0 {
		return SKMMethod{}, false
	}
	return r.Methods[i], true
}

// Score returns the result of a survey from the sums of its answers, and the
// way to it. Every element's mean is over those who answered it. An element
// nobody answered, and a method that is not meant for so many elements, give
// an Invalid fault; respondents is only reported.
func (r SKMRule) Score(method string, sums []ElementSum, respondents int64) (SKMResult, rulebook.Because, error) {
	var wrong fault.Fields
	means := make([]ElementMean, 0, len(sums))
	for _, s := range sums {
		if s.Answers == 0 {
			wrong.Add("answers", "rulebook.fault.skm.unanswered", s.Key)
			continue
		}
		means = append(means, ElementMean{s.Key, rulebook.Ratio(s.Sum, s.Answers), s.Answers})
	}
	if err := wrong.Err(); err != nil {
		return SKMResult{}, nil, err
	}
	result, because, err := r.ScoreMeans(method, means)
	result.Respondents = respondents
	people := rulebook.Step{Key: "rulebook.step.skm.respondents", Value: respondents}
	return result, append(rulebook.Because{people}, because...), err
}

// ScoreWeighted is the exact Score with a weight for each element; the weights
// sum to one.
func (r SKMRule) ScoreWeighted(sums []ElementSum, weights []rulebook.Num, respondents int64) (SKMResult, rulebook.Because, error) {
	scored, because, err := r.Score(r.Method, sums, respondents)
	if err != nil {
		return scored, because, err
	}
	var index rulebook.Num
	for i, s := range sums {
		index = index.Add(rulebook.Ratio(s.Sum, s.Answers).Mul(weights[i]))
	}
	scored.Index = index.Mul(r.Factor).Figure(r.IndexDecimals)
	scored.Grade = r.Grade(scored.Index.Num)
	step := rulebook.Step{Key: "survey.step.own_weights", Value: scored.Index, Source: r.Cite()}
	return scored, append(because[:len(because)-3], step), nil
}

// ParseElements reads "key,key,…" or "key=weight,key=weight,…": the elements of
// a survey with questions of its own, and their weights, which sum to one.
func ParseElements(text string) (keys []string, weights []rulebook.Num, err error) {
	var sum rulebook.Num
	for part := range strings.SplitSeq(text, ",") {
		key, weight, weighed := strings.Cut(strings.TrimSpace(part), "=")
		if key == "" || slices.Contains(keys, key) {
			return nil, nil, fault.WrongField("--elements", "survey.element.unknown", key)
		}
		keys = append(keys, key)
		if !weighed {
			continue
		}
		n, err := rulebook.ParseNum(weight)
		if err != nil || n.Sign() <= 0 {
			return nil, nil, fault.WrongField("--elements", "survey.wave.weights_sum")
		}
		weights, sum = append(weights, n), sum.Add(n)
	}
	if len(weights) > 0 && (len(weights) != len(keys) || !sum.Equal(rulebook.Int(1))) {
		return nil, nil, fault.WrongField("--elements", "survey.wave.weights_sum")
	}
	return keys, weights, nil
}

// ScoreMeans is Score for surveys of which only the elements' means are known.
func (r SKMRule) ScoreMeans(method string, means []ElementMean) (SKMResult, rulebook.Because, error) {
	m, _ := r.method(method)
	if m.Elements != 0 && m.Elements != len(means) {
		return SKMResult{}, nil, fault.WrongField("method", "rulebook.fault.skm.method_elements", method, m.Elements, len(means))
	}
	weight := rulebook.Ratio(1, int64(len(means)))
	if m.Weight != nil {
		weight = *m.Weight
	}
	result := SKMResult{Elements: make([]ElementResult, 0, len(means))}
	because := rulebook.Because{}
	var sum rulebook.Num
	for _, e := range means {
		sum = sum.Add(e.Mean.Mul(weight))
		shown := ElementResult{e.Key, e.Mean.Figure(r.MeanDecimals), e.Mean.Mul(r.Factor).Figure(r.IndexDecimals)}
		result.Elements = append(result.Elements, shown)
		because = append(because, r.elementStep(e, shown))
	}
	result.Index = sum.Mul(r.Factor).Figure(r.IndexDecimals)
	result.Grade = r.Grade(result.Index.Num)
	return result, append(because, r.indexSteps(method, len(means), sum, result)...), nil
}

// Grade returns the grade of an index. The index is rounded before it is
// compared, so that no index falls between two grades.
func (r SKMRule) Grade(index rulebook.Num) string { return r.Grades.Of(index.Round(r.IndexDecimals)) }

func (r SKMRule) elementStep(e ElementMean, shown ElementResult) rulebook.Step {
	if e.Answers == 0 {
		return rulebook.Step{Key: "rulebook.step.skm.mean", Args: []any{rulebook.Word(e.Key)}, Value: shown.Mean, Source: r.Cite()}
	}
	return rulebook.Step{
		Key: "rulebook.step.skm.element", Args: []any{rulebook.Word(e.Key), e.Answers}, Value: shown.Mean, Source: r.Cite(),
	}
}

func (r SKMRule) indexSteps(method string, elements int, sum rulebook.Num, result SKMResult) rulebook.Because {
	from := r.Grades[slices.IndexFunc(r.Grades, func(b rulebook.Band) bool { return b.Code == result.Grade })].From
	return rulebook.Because{
		{Key: "rulebook.step.skm.weighed", Args: []any{elements, rulebook.Word(method)}, Value: sum, Source: r.Cite()},
		{Key: "rulebook.step.skm.index", Args: []any{r.Factor, r.IndexDecimals}, Value: result.Index, Source: r.Cite()},
		{Key: "rulebook.step.skm.grade", Args: []any{from}, Value: result.Grade, Source: r.Cite()},
	}
}
