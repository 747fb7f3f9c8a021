package talent

import (
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Rules returns the rules of this area.
func Rules() []rulebook.Rule {
	return []rulebook.Rule{
		rulebook.New(evalProfessionalism),
		rulebook.New(evalBox),
		rulebook.New(evalScore),
	}
}

// ProfessionalismRule is the professionalism index of PermenPANRB 38/2018: the
// points of each of its four dimensions already carry their weight.
type ProfessionalismRule struct {
	rulebook.Head `json:"-"`
	Qualification map[string]rulebook.Num            `json:"qualification"` // by education
	Competence    map[string]map[string]rulebook.Num `json:"competence"`    // by group of position and kind of training
	Performance   map[string]rulebook.Num            `json:"performance"`   // by predicate
	Discipline    map[string]rulebook.Num            `json:"discipline"`    // by heaviest punishment
	Bands         rulebook.Bands                     `json:"bands"`
}

// Career is what the index is made of. The words are the keys of the rule's
// tables.
type Career struct {
	Education   string
	Group       string          // group of the position held
	Training    map[string]bool // kinds of training done
	Performance string
	Discipline  string
}

// Professionalism is the index and its four dimensions.
type Professionalism struct {
	Qualification rulebook.Num `json:"qualification"`
	Competence    rulebook.Num `json:"competence"`
	Performance   rulebook.Num `json:"performance"`
	Discipline    rulebook.Num `json:"discipline"`
	Total         rulebook.Num `json:"total"`
	Band          string       `json:"band"`
}

// Trainings returns the kinds of training that give points for competence, in
// the order the input names them.
func Trainings() []string { return []string{"leadership_training", "technical_training", "seminar"} }

// RuleID names the rule.
func (ProfessionalismRule) RuleID() string { return "professionalism" }

// Check reports negative points, a group without points for a kind of
// training, and categories out of order.
func (r ProfessionalismRule) Check() error {
	var wrong fault.Fields
	tables := map[string]map[string]rulebook.Num{
		"qualification": r.Qualification, "performance": r.Performance, "discipline": r.Discipline,
	}
	for group, points := range r.Competence {
		tables["competence."+group] = points
		for _, kind := range Trainings() {
			_, has := points[kind]
			wrong.Check(has, "competence."+group+"."+kind, "rulebook.value.missing")
		}
	}
	for name, points := range tables {
		for code, n := range points {
			wrong.Check(n.Sign() >= 0, name+"."+code, "rulebook.value.positive")
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return r.Bands.Check("bands")
}

// Of returns the index of a career and the way to it.
func (r ProfessionalismRule) Of(c Career) (Professionalism, rulebook.Because) {
	p := Professionalism{
		Qualification: r.Qualification[c.Education], Performance: r.Performance[c.Performance], Discipline: r.Discipline[c.Discipline],
	}
	var parts rulebook.Because
	for _, kind := range Trainings() {
		var points rulebook.Num
		if c.Training[kind] {
			points = r.Competence[c.Group][kind]
		}
		p.Competence = p.Competence.Add(points)
		parts = append(parts, r.step("part", points, rulebook.Word(kind)))
	}
	p.Total = p.Qualification.Add(p.Competence).Add(p.Performance).Add(p.Discipline)
	p.Band = r.Bands.Of(p.Total)
	competence := r.step("competence", p.Competence, rulebook.Word(c.Group))
	competence.Parts = parts
	return p, rulebook.Because{
		r.step("qualification", p.Qualification, rulebook.Word(c.Education)),
		competence,
		r.step("performance", p.Performance, rulebook.Word(c.Performance)),
		r.step("discipline", p.Discipline, rulebook.Word(c.Discipline)),
		r.step("total", p.Total),
		r.step("band", rulebook.Word(p.Band), r.from(p.Band)),
	}
}

func (r ProfessionalismRule) step(name string, value any, args ...any) rulebook.Step {
	return rulebook.Step{Key: "rulebook.step.professionalism." + name, Args: args, Value: value, Source: r.Cite()}
}

// from returns the number a band begins with.
func (r ProfessionalismRule) from(band string) rulebook.Num {
	return r.Bands[slices.IndexFunc(r.Bands, func(b rulebook.Band) bool { return b.Code == band })].From
}

func evalProfessionalism(r ProfessionalismRule, in *rulebook.Input) (any, rulebook.Because, error) {
	c := Career{
		Education:   in.Word("education", rulebook.Codes(r.Qualification)),
		Group:       in.Word("group", rulebook.Codes(r.Competence)),
		Training:    map[string]bool{},
		Performance: in.Word("performance", rulebook.Codes(r.Performance)),
		Discipline:  in.Word("discipline", rulebook.Codes(r.Discipline)),
	}
	for _, kind := range Trainings() {
		c.Training[kind] = in.Bool(kind)
	}
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	p, because := r.Of(c)
	return p, because, nil
}
