package participation

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/stat"
	"github.com/gurindam/gurindam/rulebook"
)

// Result is the index of a wave with everything needed to check it and to
// judge how far it may be trusted. Figures are decimal texts, rounded once;
// an empty one was not computed because too few answered.
type Result struct {
	Wave    string  `json:"wave"`
	Name    string  `json:"name"`
	From    string  `json:"from"`
	To      string  `json:"to"`
	Service string  `json:"service"` // code
	Basis   Basis   `json:"basis"`
	Method  string  `json:"method"`
	Index   string  `json:"index"`
	Grade   string  `json:"grade"`
	Lo      string  `json:"lo"`
	Hi      string  `json:"hi"`
	Answers int     `json:"answers"` // the index stands on
	Held    int     `json:"held"`    // set aside among the basis
	Outside int     `json:"outside"` // of other strata
	Thin    bool    `json:"thin"`    // so few that the page warns
	Target  int     `json:"target"`
	People  int     `json:"population"`
	Sample  float64 `json:"effective"`

	Elements []ElementFigure `json:"elements"`
	Together bool            `json:"together"` // the lowest cannot be told apart
	WithHeld *PlainFigure    `json:"with_held,omitempty"`
	Printed  []PlainFigure   `json:"printed"` // by the weights 0.11 and 0.111
	Strata   []StratumFigure `json:"strata"`
	Weighted *WeightedFigure `json:"weighted,omitempty"`

	Seal    string           `json:"seal"`
	Because rulebook.Because `json:"because"`
	Book    string           `json:"book"`
}

// ElementFigure is one element of a result.
type ElementFigure struct {
	Key     string `json:"key"`
	Answers int    `json:"answers"`
	Mean    string `json:"mean"`
	Index   string `json:"index"`
	Grade   string `json:"grade"`
	Lo      string `json:"lo"`
	Hi      string `json:"hi"`
	Low     bool   `json:"low"` // one of the three lowest
}

// PlainFigure is an index by another method or of other answers.
type PlainFigure struct {
	Method  string `json:"method,omitempty"`
	Answers int    `json:"answers"`
	Index   string `json:"index"`
	Grade   string `json:"grade"`
}

// StratumFigure is one way in: how many came and what they say.
type StratumFigure struct {
	Stratum Stratum `json:"stratum"`
	Answers int     `json:"answers"`
	Held    int     `json:"held"`
	Index   string  `json:"index"`
	Grade   string  `json:"grade"`
	Lo      string  `json:"lo"`
	Hi      string  `json:"hi"`
	In      bool    `json:"in"` // part of the basis
}

// WeightedFigure is the index weighted to known numbers of visitors. It stands
// beside the plain one, never in its place.
type WeightedFigure struct {
	Fields    []string `json:"fields"`
	Index     string   `json:"index"`
	Lo        string   `json:"lo"`
	Hi        string   `json:"hi"`
	Effective float64  `json:"effective"`
	Cut       int      `json:"cut"` // respondents whose weight was cut
}

// yard is the set of rules a result is measured with.
type yard struct {
	book    *rulebook.Book
	skm     SKMRule
	sample  Sample
	minimum Minimum
	quality Quality
}

func (o *Office) yard(ctx context.Context, day string) (y yard, err error) {
	if y.book, err = o.books.At(ctx, day); err != nil {
		return y, err
	}
	if y.skm, err = rulebook.Load[SKMRule](y.book); err != nil {
		return y, err
	}
	if y.sample, err = rulebook.Load[Sample](y.book); err != nil {
		return y, err
	}
	if y.minimum, err = rulebook.Load[Minimum](y.book); err != nil {
		return y, err
	}
	y.quality, err = rulebook.Load[Quality](y.book)
	return y, err
}

// Quality returns the rule of suspicious answers in force today.
func (o *Office) Quality(ctx context.Context) (Quality, error) { return rules[Quality](ctx, o) }

// Minimum returns the rule of too few answers in force today.
func (o *Office) Minimum(ctx context.Context) (Minimum, error) { return rules[Minimum](ctx, o) }

// Result computes a wave's result from its sums, as it stands now. It reads no
// single answer, so that a wave of 100,000 answers is as quick as one of ten.
func (o *Office) Result(ctx context.Context, s Service, w Wave) (Result, error) {
	y, err := o.yard(ctx, w.EndsOn)
	if err != nil {
		return Result{}, err
	}
	rows, err := tallies(ctx, o.db, w.ID)
	if err != nil {
		return Result{}, err
	}
	return y.result(s, w, rows)
}

func (y yard) result(s Service, w Wave, rows []tallyRow) (Result, error) {
	r := Result{
		Wave: w.ID, Name: w.Name, From: w.OpensOn, To: w.EndsOn, Service: s.Code, Basis: w.Basis, Method: y.skm.Method,
		Target: w.Target, People: w.Population, Seal: w.Seal, Book: y.book.Hash(),
	}
	counted, held := stat.NewMoments(len(w.Elements)), stat.NewMoments(len(w.Elements))
	for _, t := range rows {
		if t.moments.Elements() != len(w.Elements) {
			return r, fault.Wrong("survey.marks")
		}
		switch {
		case !w.Basis.Has(t.stratum):
			r.Outside += t.moments.Respondents()
		case t.held:
			held.Merge(t.moments)
		default:
			counted.Merge(t.moments)
		}
	}
	r.Answers, r.Held, r.Sample = counted.Respondents(), held.Respondents(), float64(counted.Respondents())
	r.Thin = r.Answers < y.minimum.Thin
	r.Strata = y.strata(w, rows)
	if !y.enough(counted) {
		return r, nil
	}
	if err := y.fill(&r, w, counted); err != nil {
		return r, err
	}
	// The difference of two indexes tells what a few held answers said.
	if held.Respondents() >= y.minimum.Group {
		held.Merge(counted)
		r.WithHeld = y.plain(w, held, y.skm.Method)
	}
	return r, nil
}

// enough reports whether an index may be computed: enough respondents, and
// every element answered by more than a group that must be hidden.
func (y yard) enough(m *stat.Moments) bool {
	if m.Respondents() < y.minimum.Index {
		return false
	}
	for e := range m.Elements() {
		if m.Count(e) < y.minimum.Group {
			return false
		}
	}
	return true
}

func (y yard) fill(r *Result, w Wave, m *stat.Moments) error {
	scored, because, err := y.score(w, m, y.skm.Method)
	if err != nil {
		return err
	}
	r.Index, r.Grade, r.Because = scored.Index.Fixed(y.skm.IndexDecimals), scored.Grade, because
	r.Lo, r.Hi = y.interval(m.Index(w.weights(), w.Population))
	for i, e := range scored.Elements {
		f := ElementFigure{Key: e.Key, Answers: m.Count(i), Mean: e.Mean.Fixed(y.skm.MeanDecimals), Index: e.Index.Fixed(y.skm.IndexDecimals)}
		f.Grade = y.skm.Grade(e.Index.Num)
		f.Lo, f.Hi = y.interval(m.Element(i, w.Population))
		r.Elements = append(r.Elements, f)
	}
	r.markLow(m, float(y.sample.Confidence))
	for _, method := range y.skm.MethodCodes() {
		if f := y.plain(w, m, method); f != nil && method != y.skm.Method {
			r.Printed = append(r.Printed, *f)
		}
	}
	return nil
}

// lowest is how many elements become priorities, as reports do.
const lowest = 3

// markLow marks the lowest elements and notes whether they can be told apart.
func (r *Result) markLow(m *stat.Moments, confidence float64) {
	order := make([]int, len(r.Elements))
	for i := range order {
		order[i] = i
	}
	mean := func(i int) rulebook.Num { return rulebook.Ratio(m.Sum(i), int64(m.Count(i))) }
	slices.SortStableFunc(order, func(a, b int) int { return mean(a).Cmp(mean(b)) })
	low := order[:min(lowest, len(order))]
	for _, i := range low {
		r.Elements[i].Low = true
	}
	r.Together = len(low) > 1 && !m.ElementsDiffer(low[0], low[len(low)-1], confidence)
}

// score computes the exact index. Elements with weights of their own are
// weighed by these; the methods with a printed weight are then meaningless.
func (y yard) score(w Wave, m *stat.Moments, method string) (SKMResult, rulebook.Because, error) {
	sums := make([]ElementSum, len(w.Elements))
	for i, key := range w.Elements {
		sums[i] = ElementSum{Key: key, Sum: m.Sum(i), Answers: int64(m.Count(i))}
	}
	if len(w.Weights) == 0 {
		return y.skm.Score(method, sums, int64(m.Respondents()))
	}
	weights := make([]rulebook.Num, len(w.Weights))
	for i, text := range w.Weights {
		var err error
		if weights[i], err = rulebook.ParseNum(text); err != nil {
			return SKMResult{}, nil, err
		}
	}
	return y.skm.ScoreWeighted(sums, weights, int64(m.Respondents()))
}

// plain is the index alone, nil where the method does not fit the wave.
func (y yard) plain(w Wave, m *stat.Moments, method string) *PlainFigure {
	if len(w.Weights) > 0 && method != y.skm.Method {
		return nil
	}
	scored, _, err := y.score(w, m, method)
	if err != nil {
		return nil
	}
	return &PlainFigure{Method: method, Answers: m.Respondents(), Index: scored.Index.Fixed(y.skm.IndexDecimals), Grade: scored.Grade}
}

// interval writes the interval of an estimate on the scale of the index.
func (y yard) interval(e stat.Estimate) (lo, hi string) {
	i, ok := e.Interval(float(y.sample.Confidence))
	if !ok {
		return "", ""
	}
	factor := float(y.skm.Factor)
	i = i.Scale(factor).Within(factor*float64(y.skm.Scale.Least), factor*float64(y.skm.Scale.Most))
	return decimal(i.Lo), decimal(i.Hi)
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }

// strata shows each way in beside the others. Ways in with too few answers are
// counted but say nothing, and so many others with them that nothing can be
// worked out.
func (y yard) strata(w Wave, rows []tallyRow) []StratumFigure {
	counted, held := map[Stratum]*stat.Moments{}, map[Stratum]int{}
	for _, s := range Strata() {
		counted[s] = stat.NewMoments(len(w.Elements))
	}
	for _, t := range rows {
		if t.held {
			held[t.stratum] += t.moments.Respondents()
		} else {
			counted[t.stratum].Merge(t.moments)
		}
	}
	var out []StratumFigure
	var sizes []int
	for _, s := range Strata() {
		if n := counted[s].Respondents(); n > 0 || held[s] > 0 {
			out = append(out, StratumFigure{Stratum: s, Answers: n, Held: held[s], In: w.Basis.Has(s)})
			sizes = append(sizes, n)
		}
	}
	hidden := stat.Suppress(sizes, y.minimum.Group)
	for i := range out {
		m := counted[out[i].Stratum]
		if hidden[i] || !y.enough(m) {
			continue
		}
		if f := y.plain(w, m, y.skm.Method); f != nil {
			out[i].Index, out[i].Grade = f.Index, f.Grade
			out[i].Lo, out[i].Hi = y.interval(m.Index(w.weights(), 0))
		}
	}
	return out
}

// body is the result as it is stored and hashed.
func (r Result) body() ([]byte, error) { return json.Marshal(r) }

// margins reads the known numbers of visitors.
func margins(ctx context.Context, q db.Queryer, wave string) (map[string]map[string]int, error) {
	all := map[string]map[string]int{}
	err := db.Each(ctx, q, `SELECT field, code, total FROM survey_margin WHERE wave_id = $1`, func(r db.Row) error {
		var field, code string
		var total int
		if err := r.Scan(&field, &code, &total); err != nil {
			return err
		}
		if all[field] == nil {
			all[field] = map[string]int{}
		}
		all[field][code] = total
		return nil
	}, wave)
	return all, err
}

// SKM returns the rule of the index in force on a day.
func (o *Office) SKM(ctx context.Context, day string) (SKMRule, error) {
	b, err := o.books.At(ctx, day)
	if err != nil {
		return SKMRule{}, err
	}
	return rulebook.Load[SKMRule](b)
}
