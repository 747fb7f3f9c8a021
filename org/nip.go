package org

import (
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Rules returns the rules of this area.
func Rules() []rulebook.Rule {
	return []rulebook.Rule{
		rulebook.New(evalNIP),
		rulebook.New(evalRetirement),
		rulebook.New(evalJobClass),
		rulebook.New(evalWorkload),
		rulebook.New(evalActing),
	}
}

// The kinds of employee a NIP tells apart.
const (
	NIPofPNS  = "pns"
	NIPofPPPK = "pppk"
)

// The contradictions a NIP can hold.
const (
	SexDiffers        = "sex_differs"
	AppointedTooYoung = "appointed_too_young"
	SerialZero        = "serial_zero"
)

// NIPRule says how the 18 digits of a NIP are read.
type NIPRule struct {
	rulebook.Head  `json:"-"`
	Digits         int               `json:"digits"`
	PPPKCodeFrom   int               `json:"pppk_code_from"`
	YoungestAtYear int               `json:"youngest_at_appointment"`
	Sex            map[string]string `json:"sex"` // digit 15 → L or P
}

// NIP is what a NIP says about its holder.
type NIP struct {
	Born      rulebook.Day `json:"born"`
	Kind      string       `json:"kind"`      // pns or pppk
	Appointed string       `json:"appointed"` // YYYY-MM, of a PPPK the year
	Sex       string       `json:"sex"`       // L or P
	Serial    int          `json:"serial"`
	Problems  []string     `json:"problems"`
}

// nipLength is what the reading below takes apart; another number of digits
// would be another kind of number.
const nipLength = 18

// RuleID names the rule.
func (NIPRule) RuleID() string { return "nip" }

// Check reports a rule that reads another number than the one known.
func (r NIPRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.Digits == nipLength, "digits", "rulebook.value.fixed", nipLength)
	wrong.Check(r.PPPKCodeFrom > 12, "pppk_code_from", "rulebook.value.positive")
	wrong.Check(len(r.Sex) == 2, "sex", "rulebook.value.missing")
	return wrong.Err()
}

// Parse reads a NIP. What cannot be one (length, characters, an impossible
// date) gives an Invalid fault on the field "nip". Contradictions, also with
// the sex given ("" when unknown), are listed as problems.
func (r NIPRule) Parse(nip, sex string) (NIP, error) {
	if len(nip) != r.Digits {
		return NIP{}, fault.WrongField("nip", "rulebook.fault.nip.length", len([]rune(nip)), r.Digits)
	}
	if strings.Trim(nip, "0123456789") != "" {
		return NIP{}, fault.WrongField("nip", "rulebook.fault.nip.digits")
	}
	born, ok := rulebook.ParseDay(nip[0:4] + "-" + nip[4:6] + "-" + nip[6:8])
	if !ok {
		return NIP{}, fault.WrongField("nip", "rulebook.fault.nip.born", nip[0:8])
	}
	n := NIP{Born: born, Kind: NIPofPNS, Appointed: nip[8:12] + "-" + nip[12:14], Sex: r.Sex[nip[14:15]], Problems: []string{}}
	code, _ := strconv.Atoi(nip[12:14])
	switch {
	case code >= r.PPPKCodeFrom:
		n.Kind, n.Appointed = NIPofPPPK, nip[8:12]
	case code < 1 || code > 12:
		return NIP{}, fault.WrongField("nip", "rulebook.fault.nip.month", nip[12:14])
	}
	if n.Sex == "" {
		return NIP{}, fault.WrongField("nip", "rulebook.fault.nip.sex", nip[14:15])
	}
	n.Serial, _ = strconv.Atoi(nip[15:18])
	n.Problems = r.problems(n, sex)
	return n, nil
}

func (r NIPRule) problems(n NIP, sex string) []string {
	problems := []string{}
	if sex != "" && sex != n.Sex {
		problems = append(problems, SexDiffers)
	}
	born, _ := strconv.Atoi(string(n.Born[:4]))
	appointed, _ := strconv.Atoi(n.Appointed[:4])
	if appointed < born+r.YoungestAtYear {
		problems = append(problems, AppointedTooYoung)
	}
	if n.Serial == 0 {
		problems = append(problems, SerialZero)
	}
	return problems
}

// Explain returns the way from the digits to what they say.
func (r NIPRule) Explain(n NIP) rulebook.Because {
	step := func(name string, value any) rulebook.Step {
		return rulebook.Step{Key: "rulebook.step.nip." + name, Value: value, Source: r.Cite()}
	}
	because := rulebook.Because{
		step("born", n.Born),
		step("kind", rulebook.Word(n.Kind)),
		step("appointed", n.Appointed),
		step("sex", rulebook.Word(n.Sex)),
		step("serial", n.Serial),
	}
	for _, p := range n.Problems {
		because = append(because, step("problem", rulebook.Word(p)))
	}
	return because
}

func evalNIP(r NIPRule, in *rulebook.Input) (any, rulebook.Because, error) {
	text, sex := in.Text("nip"), ""
	if in.Has("sex") {
		var known []string
		for _, digit := range rulebook.Codes(r.Sex) {
			known = append(known, r.Sex[digit])
		}
		sex = in.Word("sex", known)
	}
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	n, err := r.Parse(text, sex)
	if err != nil {
		return nil, nil, err
	}
	return n, r.Explain(n), nil
}
