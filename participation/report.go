package participation

import (
	"context"
	"errors"
	"fmt"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/stat"
)

// Report is everything the regulation's report of a survey holds.
type Report struct {
	Service   Service
	Wave      Wave
	Published Published
	History   []Published // of the periods before, the newest first
	Profiles  []ProfileTable
	Turnout   Turnout
	Plan      []FollowUp // of this period
	Before    []FollowUp // of the periods before
	Quotes    []Quote
	Respond   int     // answers the profile tables are about
	Straight  float64 // share of them who ticked a single column
}

// ProfileTable is how many respondents of one field of the profile there were
// and what they say. Groups too small to show are joined by Hidden.
type ProfileTable struct {
	Field  string
	Groups []ProfileGroup
	Silent int // did not tell
	Hidden int // people in groups that are not shown
}

// ProfileGroup is one group of respondents.
type ProfileGroup struct {
	Code    string
	Answers int
	Index   string // empty when too few
	Half    string // half the interval
}

// Report gathers the report of a published wave; it is public.
func (o *Office) Report(ctx context.Context, waveID string) (Report, error) {
	s, w, err := o.Wave(ctx, waveID)
	if err != nil {
		return Report{}, err
	}
	r := Report{Service: s, Wave: w}
	if r.Published, err = o.PublishedOf(ctx, w.ID); err != nil {
		return r, err
	}
	history, err := o.History(ctx, s.ID)
	if err != nil {
		return r, err
	}
	for _, p := range history {
		if p.Result.To < w.OpensOn {
			r.History = append(r.History, p)
		}
	}
	if r.Turnout, err = o.Turnout(ctx, w); err != nil {
		return r, err
	}
	if r.Quotes, err = o.Quotes(ctx, w.ID); err != nil {
		return r, err
	}
	follow, err := o.FollowUps(ctx, s.ID)
	if err != nil {
		return r, err
	}
	for _, f := range follow {
		if f.WaveID == w.ID || f.WaveID == "" && f.MadeOn >= w.EndsOn {
			r.Plan = append(r.Plan, f)
		} else if f.MadeOn < w.EndsOn {
			r.Before = append(r.Before, f)
		}
	}
	return r, o.profiles(ctx, w, &r)
}

// profiles counts the respondents the index stands on, by what they told.
func (o *Office) profiles(ctx context.Context, w Wave, r *Report) error {
	y, err := o.yard(ctx, w.EndsOn)
	if err != nil {
		return err
	}
	list, err := answers(ctx, o.db, w.ID)
	if err != nil {
		return err
	}
	list = counting(w, list)
	r.Respond = len(list)
	straight := 0
	for _, a := range list {
		if stat.StraightLine(a.Marks, y.quality.StraightAnswered) {
			straight++
		}
	}
	r.Straight = float64(straight) / float64(max(len(list), 1))
	for _, f := range Fields() {
		t, err := y.profile(w, f, list)
		if err != nil {
			return err
		}
		if len(t.Groups) > 0 {
			r.Profiles = append(r.Profiles, t)
		}
	}
	return nil
}

func (y yard) profile(w Wave, f Field, list []Answer) (ProfileTable, error) {
	t := ProfileTable{Field: f.Name}
	groups := map[string]*stat.Moments{}
	for _, a := range list {
		code := f.Get(a.Profile)
		if code == "" {
			t.Silent++
			continue
		}
		if groups[code] == nil {
			groups[code] = stat.NewMoments(len(w.Elements))
		}
		groups[code].Add(a.Marks)
	}
	// Those who did not tell are a group too: with the total known, one hidden
	// group would otherwise be what is left.
	sizes := []int{t.Silent}
	for _, code := range f.Codes {
		n := 0
		if m := groups[code]; m != nil {
			n = m.Respondents()
		}
		sizes = append(sizes, n)
	}
	hidden := stat.Suppress(sizes, y.minimum.Group)
	for i, code := range f.Codes {
		m := groups[code]
		if m == nil {
			continue
		}
		if hidden[i+1] {
			t.Hidden += m.Respondents()
			continue
		}
		g, err := y.group(w, code, m)
		if err != nil {
			return t, err
		}
		t.Groups = append(t.Groups, g)
	}
	if hidden[0] {
		t.Hidden += t.Silent
		t.Silent = 0
	}
	return t, nil
}

func (y yard) group(w Wave, code string, m *stat.Moments) (ProfileGroup, error) {
	g := ProfileGroup{Code: code, Answers: m.Respondents()}
	if !y.enough(m) {
		return g, nil
	}
	scored, _, err := y.score(w, m, y.skm.Method)
	if err != nil {
		return g, err
	}
	g.Index = scored.Index.Fixed(y.skm.IndexDecimals)
	if i, ok := m.Index(w.weights(), 0).Interval(float(y.sample.Confidence)); ok {
		g.Half = decimal(i.Half() * float(y.skm.Factor))
	}
	return g, nil
}

// Sheets returns every answer of a wave for the appendix of the office's own
// copy (olah data per responden). It is not public.
func (o *Office) Sheets(ctx context.Context, actor account.Actor, waveID string) ([]Answer, Wave, error) {
	s, w, err := o.Wave(ctx, waveID)
	if err != nil {
		return nil, w, err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyView, s.thing()); err != nil {
		return nil, w, err
	}
	list, err := answers(ctx, o.db, w.ID)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return nil, w, fmt.Errorf("read answers of wave %s: %w", w.ID, err)
	}
	byMarks(list)
	return list, w, nil
}
