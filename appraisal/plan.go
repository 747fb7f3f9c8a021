package appraisal

import "time"

// Approach is how results are told.
type Approach string

// The approaches: with figures, or with a text of what success looks like.
const (
	Quantitative Approach = "kuantitatif"
	Qualitative  Approach = "kualitatif"
)

// PlanState is the state of an SKP.
type PlanState string

// The states of an SKP. NotMade is never stored: a part without a plan is in it.
const (
	NotMade   PlanState = "belum_dibuat"
	Draft     PlanState = "draf"
	Submitted PlanState = "diajukan"
	Returned  PlanState = "dikembalikan"
	Approved  PlanState = "disetujui"
)

// PlanStates lists the states in their order.
func PlanStates() []PlanState { return []PlanState{NotMade, Draft, Submitted, Returned, Approved} }

// Plan is an SKP (Sasaran Kinerja Pegawai): what a person promises to achieve
// in a part of the year. It is kept whole; every change makes a new Version,
// and every approval a Revision that stays.
type Plan struct {
	PartID   string
	State    PlanState
	Version  int64 // counts changes; give it back with the next one
	Revision int   // counts approvals; 0 before the first
	Content
	Remark      string // the superior's words when it was last returned
	SubmittedAt time.Time
	DecidedAt   time.Time
	DecidedBy   Signer
	UpdatedAt   time.Time
	UpdatedBy   string // account id
}

// Signer names who decided something: the person as shown on documents.
type Signer struct {
	PersonID string `json:"person,omitempty"`
	Name     string `json:"name"`
	Post     string `json:"post,omitempty"`
}

// Content is what an SKP says: what is edited, submitted, approved, hashed and
// printed.
type Content struct {
	Approach Approach `json:"approach"`
	Form     Form     `json:"form"`
	Results  []Result `json:"results"`
	// Expectations holds the superior's special expectation by code of a
	// BerAKHLAK value; a missing one prints as a dash.
	Expectations map[string]string `json:"expectations,omitempty"`
	Annex        Annex             `json:"annex"`
}

// ResultKind tells main from additional results.
type ResultKind string

// The kinds of results.
const (
	Main       ResultKind = "utama"
	Additional ResultKind = "tambahan"
)

// Result is a rencana hasil kerja (RHK).
type Result struct {
	ID         string      `json:"id"`
	Kind       ResultKind  `json:"kind"`
	Text       string      `json:"text"`
	Supports   Support     `json:"supports,omitzero"`
	Assignment string      `json:"assignment,omitempty"` // "penugasan dari …"
	Indicators []Indicator `json:"indicators,omitempty"`
	Steps      []Step      `json:"steps,omitempty"`
}

// Support ties a result to the superior's result it supports. Part and Result
// name a result of the superior's plan; Text is its wording when it was tied
// (or a wording of its own where the superior has no plan here). The tie is a
// proposal until a revision of the superior's plan with that result is
// approved.
type Support struct {
	Part   string `json:"part,omitempty"`
	Result string `json:"result,omitempty"`
	Text   string `json:"text,omitempty"`
}

// None reports whether the result supports nothing yet.
func (s Support) None() bool { return s.Result == "" && s.Text == "" }

// Direction says which way is better.
type Direction string

// The directions.
const (
	Up     Direction = "naik"
	Down   Direction = "turun"
	Steady Direction = "tetap"
)

// Directions lists the directions.
func Directions() []Direction { return []Direction{Up, Down, Steady} }

// Aspects lists the aspects of the staff form.
func Aspects() []string { return []string{"kuantitas", "kualitas", "waktu", "biaya"} }

// Perspectives lists the perspectives of the leader form.
func Perspectives() []string {
	return []string{"penerima_layanan", "proses_bisnis", "penguatan_internal", "anggaran"}
}

// Indicator is an indikator kinerja individu (IKI).
type Indicator struct {
	ID         string    `json:"id"`
	Text       string    `json:"text"`
	Face       string    `json:"face,omitempty"`   // aspect of the staff form, perspective of the leader's
	Target     string    `json:"target,omitempty"` // exact decimal, "." as point
	Unit       string    `json:"unit,omitempty"`
	Direction  Direction `json:"direction,omitempty"`
	TargetText string    `json:"target_text,omitempty"` // of a qualitative indicator
}

// Step is one step of the action plan (rencana aksi) of a result.
type Step struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Due  string `json:"due,omitempty"` // month, YYYY-MM
}

// Annex is the lampiran SKP.
type Annex struct {
	Resources      []string `json:"resources,omitempty"`      // dukungan sumber daya
	Accountability []string `json:"accountability,omitempty"` // skema pertanggungjawaban
	Consequences   []string `json:"consequences,omitempty"`   // konsekuensi
}

// Complete reports whether every list of the annex says something.
func (a Annex) Complete() bool {
	return len(a.Resources) > 0 && len(a.Accountability) > 0 && len(a.Consequences) > 0
}

// Find returns the result and its place, or nil.
func (c *Content) Find(result string) (*Result, int) {
	for i := range c.Results {
		if c.Results[i].ID == result {
			return &c.Results[i], i
		}
	}
	return nil, -1
}

// Find returns the indicator and its place, or nil.
func (r *Result) Find(indicator string) (*Indicator, int) {
	for i := range r.Indicators {
		if r.Indicators[i].ID == indicator {
			return &r.Indicators[i], i
		}
	}
	return nil, -1
}

// Indicators returns every indicator in the order they are printed, with its
// result: main results first.
func (c *Content) Indicators() []Placed {
	var all []Placed
	for _, kind := range []ResultKind{Main, Additional} {
		n := 0
		for i := range c.Results {
			r := &c.Results[i]
			if r.Kind != kind {
				continue
			}
			n++
			for j := range r.Indicators {
				all = append(all, Placed{Result: r, Number: n, Indicator: &r.Indicators[j]})
			}
		}
	}
	return all
}

// Placed is an indicator with the result it belongs to; Number counts results
// within their kind from 1, as the form does.
type Placed struct {
	Result    *Result
	Number    int
	Indicator *Indicator
}

// Revision is an approved SKP that stays as it was approved.
type Revision struct {
	PartID string
	Number int
	Content
	Hash     string // SHA-256 of the exact bytes approved
	Code     string // for the verification page
	At       time.Time
	By       Signer
	Replaced time.Time // when the next revision was approved; zero for the one in force
}
