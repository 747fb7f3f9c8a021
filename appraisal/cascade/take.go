package cascade

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// OfferKind says what taking an offer would do.
type OfferKind string

// The kinds of offers.
const (
	NewResult  OfferKind = "hasil_baru"
	Reworded   OfferKind = "hasil_lain"
	NewMeasure OfferKind = "indikator_baru"
	NewTarget  OfferKind = "indikator_lain"
)

// Offer is one difference between an agreement and the head's SKP that can be
// taken over.
type Offer struct {
	Key    string // names the offer when it is chosen
	Kind   OfferKind
	Goal   string // words of the goal it belongs to
	Before string // as it stands in the SKP; empty for what is new
	After  string // as the agreement has it
	Lines  []string
	goal   Goal
	with   Measure
}

// offersOf compares an agreement with an SKP: what the agreement has and the
// SKP has not, or has otherwise. same counts what stands in both.
func offersOf(t Terms, c appraisal.Content) (all []Offer, same int) {
	used := map[string]bool{}
	for _, g := range t.Goals {
		r := resultOf(c, g, used)
		if r == nil {
			all = append(all, Offer{Key: g.ID, Kind: NewResult, Goal: g.Text, After: g.Text, Lines: g.lines(), goal: g})
			continue
		}
		used[r.ID] = true
		if like(r.Text, g.Text) {
			same++
		} else {
			all = append(all, Offer{Key: g.ID + ":", Kind: Reworded, Goal: g.Text, Before: r.Text, After: g.Text, goal: g})
		}
		for _, m := range g.Measures {
			in := indicatorOf(*r, m)
			switch {
			case in == nil:
				all = append(all, Offer{Key: g.ID + "/" + m.ID, Kind: NewMeasure, Goal: g.Text, After: m.line(), goal: g, with: m})
			case !sameMeasure(*in, m):
				all = append(all, Offer{Key: g.ID + "/" + m.ID, Kind: NewTarget, Goal: g.Text, Before: lineOf(*in), After: m.line(), goal: g, with: m})
			default:
				same++
			}
		}
	}
	return all, same
}

// resultOf returns the result a goal became: the one with its id, else the one
// with its words.
func resultOf(c appraisal.Content, g Goal, used map[string]bool) *appraisal.Result {
	for _, fits := range []func(appraisal.Result) bool{
		func(r appraisal.Result) bool { return r.ID == g.ID },
		func(r appraisal.Result) bool { return like(r.Text, g.Text) },
	} {
		for i := range c.Results {
			if !used[c.Results[i].ID] && fits(c.Results[i]) {
				return &c.Results[i]
			}
		}
	}
	return nil
}

func indicatorOf(r appraisal.Result, m Measure) *appraisal.Indicator {
	for i := range r.Indicators {
		if r.Indicators[i].ID == m.ID || like(r.Indicators[i].Text, m.Text) {
			return &r.Indicators[i]
		}
	}
	return nil
}

func sameMeasure(in appraisal.Indicator, m Measure) bool {
	return like(in.Text, m.Text) && in.Target == m.Target && like(in.Unit, m.Unit) && (m.Direction == "" || in.Direction == m.Direction)
}

// line is a measure as one text: "Indeks kepuasan · 86 indeks".
func (m Measure) line() string { return joined(m.Text, strings.TrimSpace(m.Target+" "+m.Unit)) }

func lineOf(in appraisal.Indicator) string {
	return Measure{Text: in.Text, Target: in.Target, Unit: in.Unit}.line()
}

func (g Goal) lines() []string {
	var all []string
	for _, m := range g.Measures {
		all = append(all, m.line())
	}
	return all
}

func joined(a, b string) string {
	if b == "" {
		return a
	}
	return a + " · " + b
}

// take puts the chosen offers that still hold into an SKP and returns how many
// there were. Nothing else is touched.
func take(t Terms, c *appraisal.Content, chosen []string) int {
	all, _ := offersOf(t, *c)
	n := 0
	for _, o := range all {
		if slices.Contains(chosen, o.Key) {
			o.into(c)
			n++
		}
	}
	return n
}

func (o Offer) into(c *appraisal.Content) {
	if o.Kind == NewResult {
		r := appraisal.Result{ID: o.goal.ID, Kind: appraisal.Main, Text: o.goal.Text}
		for _, m := range o.goal.Measures {
			r.Indicators = append(r.Indicators, m.indicator(c.Form))
		}
		c.Results = append(c.Results, r)
		return
	}
	r := resultOf(*c, o.goal, nil)
	if o.Kind == Reworded {
		r.Text = o.goal.Text
		return
	}
	if in := indicatorOf(*r, o.with); in != nil {
		in.Text, in.Target, in.Unit = o.with.Text, o.with.Target, o.with.Unit
		if o.with.Direction != "" {
			in.Direction = o.with.Direction
		}
		return
	}
	r.Indicators = append(r.Indicators, o.with.indicator(c.Form))
}

// indicator is a measure as an indicator of an SKP. The face of another form
// is left to be chosen.
func (m Measure) indicator(f appraisal.Form) appraisal.Indicator {
	in := appraisal.Indicator{ID: m.ID, Text: m.Text, Target: m.Target, Unit: m.Unit, Direction: m.Direction, Face: m.Face}
	if !slices.Contains(f.Faces(), in.Face) {
		in.Face = ""
	}
	return in
}

// TakeView shows what an agreement would change in its head's SKP.
type TakeView struct {
	AgreementView
	Part   appraisal.Part
	Plan   appraisal.Plan // State NotMade when it was never begun
	Offers []Offer
	Same   int
	Locked string // key of the sentence that says why nothing can be taken now
}

// Taking compares the agreement of the actor's unit with the actor's own SKP.
func (s *Service) Taking(ctx context.Context, actor account.Actor, year int, unit string) (TakeView, error) {
	a, err := s.Agreement(ctx, actor, year, unit)
	if err != nil {
		return TakeView{}, err
	}
	v := TakeView{AgreementView: a}
	if a.Office.PartID == "" || actor.PersonID != a.Office.First.PersonID {
		return v, fault.Denied("account.denied")
	}
	if v.Part, err = s.Appraisal.PartByID(ctx, s.DB, a.Office.PartID); err != nil {
		return v, err
	}
	plans, _, err := s.Appraisal.PlansOf(ctx, s.DB, []appraisal.Part{v.Part})
	if err != nil {
		return v, err
	}
	v.Plan = appraisal.Plan{State: appraisal.NotMade, Content: appraisal.Content{Form: v.Part.Form}}
	if have, known := plans[v.Part.ID]; known {
		v.Plan = have
	}
	v.Offers, v.Same = offersOf(a.Terms, v.Plan.Content)
	if v.Locked = v.Part.ReadOnly(a.Period); v.Locked == "" && v.Plan.State == appraisal.Submitted {
		v.Locked = "cascade.waits"
	}
	return v, nil
}

// Take puts what was chosen of an agreement into the actor's own SKP: it begins
// one that does not exist, opens a new revision of an approved one, and touches
// nothing that was not chosen. It returns how many offers were taken.
func (s *Service) Take(ctx context.Context, actor account.Actor, year int, unit string, chosen []string) (n int, part string, err error) {
	v, err := s.Taking(ctx, actor, year, unit)
	if err != nil {
		return 0, "", err
	}
	if v.Locked != "" {
		return 0, "", fault.Clash(v.Locked)
	}
	if !slices.ContainsFunc(v.Offers, func(o Offer) bool { return slices.Contains(chosen, o.Key) }) {
		return 0, "", fault.WrongField("offer", "cascade.choose_offer")
	}
	return n, v.Part.ID, s.tx(ctx, func(tx *db.Tx) error {
		_, err := s.Appraisal.Add(ctx, tx, actor, []appraisal.Addition{{Part: v.Part.ID, Change: func(c *appraisal.Content) error {
			n = take(v.Terms, c, chosen)
			return nil
		}}})
		if err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "cascade.agreement.taken", "part:"+v.Part.ID, map[string]any{"agreement": v.ID, "version": v.Version, "offers": chosen})
	})
}
