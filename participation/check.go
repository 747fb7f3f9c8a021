package participation

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/stat"
)

// Finding is something in a wave's answers that deserves a look. Suspects are
// the answers that could be set aside; a finding without suspects only warns.
type Finding struct {
	Kind     Reason
	Key      string // translation of what was found
	Args     []any
	Suspects []string // ids
}

// Checked is what the checks found in a wave.
type Checked struct {
	Answers  int
	Held     map[Reason]int
	Straight float64 // share of respondents who ticked a single column
	Findings []Finding
}

// Check looks at a wave's answers for what honest ones do not look like. It
// changes nothing: an officer decides what is set aside.
func (o *Office) Check(ctx context.Context, actor account.Actor, waveID string) (Checked, error) {
	s, w, err := o.Wave(ctx, waveID)
	if err != nil {
		return Checked{}, err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyView, s.thing()); err != nil {
		return Checked{}, err
	}
	y, err := o.yard(ctx, w.EndsOn)
	if err != nil {
		return Checked{}, err
	}
	list, err := answers(ctx, o.db, w.ID)
	if err != nil {
		return Checked{}, err
	}
	c := examine(y.quality, list)
	c.Findings = append(c.Findings, y.disagreement(w, list)...)
	turnout, err := o.Turnout(ctx, w)
	if err != nil {
		return c, err
	}
	c.Findings = append(c.Findings, y.slips(turnout)...)
	jump, err := o.jump(ctx, y, s, w)
	if err == nil && jump != nil {
		c.Findings = append(c.Findings, *jump)
	}
	return c, err
}

// disagreement warns when answers without proof of a visit say something else
// than those with it: the sign of stuffing that no single answer shows.
func (y yard) disagreement(w Wave, list []Answer) []Finding {
	proven, open := stat.NewMoments(len(w.Elements)), stat.NewMoments(len(w.Elements))
	for _, a := range list {
		switch {
		case a.Held != HeldNone:
		case a.Stratum.Proven():
			proven.Add(a.Marks)
		case a.Stratum != Imported:
			open.Add(a.Marks)
		}
	}
	if !y.enough(proven) || !y.enough(open) {
		return nil
	}
	p, o := proven.Index(w.weights(), 0), open.Index(w.weights(), 0)
	if !p.Differs(o, float(y.sample.Confidence)) {
		return nil
	}
	factor := float(y.skm.Factor)
	return []Finding{{Key: "survey.check.strata", Args: []any{decimal(o.Mean * factor), decimal(p.Mean * factor)}}}
}

// slips warns when more slips were used than people came: somebody keeps them.
func (y yard) slips(t Turnout) []Finding {
	if t.Visits == 0 || t.Used+t.Signed <= t.Visits {
		return nil
	}
	return []Finding{{Key: "survey.check.slips", Args: []any{t.Used + t.Signed, t.Visits}}}
}

// examine is the part of Check that looks at the answers alone.
func examine(q Quality, list []Answer) Checked {
	c := Checked{Answers: len(list), Held: map[Reason]int{}}
	var free []Answer
	straight := 0
	for _, a := range list {
		if stat.StraightLine(a.Marks, q.StraightAnswered) {
			straight++
		}
		if a.Held != HeldNone {
			c.Held[a.Held]++
		} else {
			free = append(free, a)
		}
	}
	if len(list) > 0 {
		c.Straight = float64(straight) / float64(len(list))
	}
	if c.Straight > float(q.StraightShare) {
		c.Findings = append(c.Findings, Finding{Key: "survey.check.straight", Args: []any{straight, len(list)}})
	}
	for _, st := range Strata() {
		c.Findings = append(c.Findings, bursts(q, st, of(free, st))...)
		c.Findings = append(c.Findings, copied(q, of(free, st))...)
	}
	return c
}

func of(list []Answer, s Stratum) []Answer {
	var out []Answer
	for _, a := range list {
		if a.Stratum == s {
			out = append(out, a)
		}
	}
	return out
}

// bursts finds days on which more answers came than chance allows; suspect are
// those whose marks are commoner that day than on all others. Paper and
// imported answers come in bundles and are left alone.
func bursts(q Quality, s Stratum, list []Answer) []Finding {
	if s == Paper || s == Imported || s == Assisted {
		return nil
	}
	days := byDay(list)
	order := slices.Sorted(keysOf(days))
	counts := make([]int, len(order))
	for i, d := range order {
		counts[i] = len(days[d])
	}
	var out []Finding
	for _, i := range stat.Bursts(counts, float(q.BurstClumping), float(q.BurstAlpha)) {
		if suspects := unusual(days[order[i]], list, order[i]); len(suspects) > 0 {
			out = append(out, Finding{Kind: HeldBurst, Key: "survey.check.burst", Args: []any{order[i], counts[i], len(suspects), string(s)}, Suspects: suspects})
		}
	}
	return out
}

func byDay(list []Answer) map[string][]Answer {
	days := map[string][]Answer{}
	for _, a := range list {
		days[a.Day] = append(days[a.Day], a)
	}
	return days
}

// unusual returns the answers of one day that exceed what their marks' share on
// the other days leads to expect. Half an answer is added to the expected, so
// that the first of its kind is not suspect for being rare.
func unusual(day, all []Answer, date string) []string {
	elsewhere, others := map[string]int{}, 0
	for _, a := range all {
		if a.Day != date {
			elsewhere[a.Marks.String()]++
			others++
		}
	}
	groups := map[string][]Answer{}
	for _, a := range day {
		groups[a.Marks.String()] = append(groups[a.Marks.String()], a)
	}
	var out []string
	usual := float64(others) / float64(max(1, len(byDay(all))-1))
	for _, marks := range slices.Sorted(keysOf(groups)) {
		share := (float64(elsewhere[marks]) + 0.5) / (float64(others) + 1)
		expected := int(share*usual + 1)
		for i, a := range groups[marks] {
			if i >= expected && len(groups[marks]) > 2 {
				out = append(out, a.ID)
			}
		}
	}
	return out
}

// maxCompared bounds the work of comparing words with words.
const maxCompared = 2000

// copied finds words that come again and again, nearly the same: suspect are
// all but the first of each kind.
func copied(q Quality, list []Answer) []Finding {
	var written []Answer
	for _, a := range list {
		if len([]rune(strings.TrimSpace(a.Words))) >= 20 && len(written) < maxCompared {
			written = append(written, a)
		}
	}
	taken := make([]bool, len(written))
	var out []Finding
	for i := range written {
		if taken[i] {
			continue
		}
		var same []string
		for k := i + 1; k < len(written); k++ {
			if !taken[k] && stat.Similarity(written[i].Words, written[k].Words) >= float(q.SimilarWords) {
				taken[k] = true
				same = append(same, written[k].ID)
			}
		}
		if len(same) >= q.SameNetwork {
			out = append(out, Finding{Kind: HeldCopied, Key: "survey.check.copied", Args: []any{len(same) + 1, short(written[i].Words)}, Suspects: same})
		}
	}
	return out
}

// jump compares the wave's index with those published before.
func (o *Office) jump(ctx context.Context, y yard, s Service, w Wave) (*Finding, error) {
	now, err := o.Result(ctx, s, w)
	if err != nil || now.Index == "" {
		return nil, err
	}
	history, err := o.History(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	var before []float64
	for _, p := range history {
		if p.Result.Index != "" && p.Result.To < w.OpensOn {
			before = append(before, float(mustNum(p.Result.Index)))
		}
	}
	z := stat.Jump(before, float(mustNum(now.Index)), float(y.quality.JumpFloor))
	if limit := float(y.quality.JumpLimit); z <= limit && z >= -limit {
		return nil, nil
	}
	return &Finding{Key: "survey.check.jump", Args: []any{now.Index, decimal(stat.Median(before))}}, nil
}

// HoldFound sets aside what a finding suspects. Findings are known by their
// place in a fresh Check, so that nobody can name answers of another's choice.
func (o *Office) HoldFound(ctx context.Context, actor account.Actor, waveID string, place int, why string) error {
	c, err := o.Check(ctx, actor, waveID)
	if err != nil {
		return err
	}
	if place < 0 || place >= len(c.Findings) || len(c.Findings[place].Suspects) == 0 {
		return nil // somebody set them aside meanwhile
	}
	f := c.Findings[place]
	for part := range slices.Chunk(f.Suspects, maxHold) {
		if err := o.Hold(ctx, actor, waveID, part, f.Kind, why); err != nil {
			return err
		}
	}
	return nil
}

// ReleaseAll puts back every answer held for one reason.
func (o *Office) ReleaseAll(ctx context.Context, actor account.Actor, waveID string, reason Reason, why string) error {
	list, err := answers(ctx, o.db, waveID)
	if err != nil {
		return err
	}
	var ids []string
	for _, a := range list {
		if a.Held == reason && reason != HeldNone {
			ids = append(ids, a.ID)
		}
	}
	for part := range slices.Chunk(ids, maxHold) {
		if err := o.Hold(ctx, actor, waveID, part, HeldNone, why); err != nil {
			return err
		}
	}
	return nil
}
