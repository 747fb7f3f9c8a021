package appraisal

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/rulebook"
)

// Credit is the credit points (angka kredit) that a predicate gives a
// functional official in a window: a line for each stretch in a post.
type Credit struct {
	Lines   []CreditLine
	Points  rulebook.Num
	Decided bool // the predicate is set; before that it is what would come of it
}

// CreditLine is one stretch in one post.
type CreditLine struct {
	Post    string
	Level   string // code of the rule: ahli_muda
	From    Day
	To      Day
	Months  int64 // begun months of the window that lie in the stretch
	Points  rulebook.Num
	Because rulebook.Because
}

// LevelOf returns the level a post's title ends in, "Ahli Muda" for
// "ahli_muda"; ok is false for a post without one.
func (r CreditRule) LevelOf(title string) (level string, ok bool) {
	t := " " + strings.ToLower(strings.Join(strings.Fields(title), " "))
	for code := range r.Coefficient {
		words := " " + strings.ReplaceAll(code, "_", " ")
		if strings.HasSuffix(t, words) && len(words) > len(level) {
			level, ok = code, true
		}
	}
	return level, ok
}

// credit reckons the points of a person's definitive posts in a window. Nil
// when none of them has a level, or while nothing could be reckoned from.
func (r CreditRule) credit(parts []Part, w Window, p Predicate, decided bool) *Credit {
	if !p.known() {
		return nil
	}
	c := &Credit{Points: rulebook.Int(0), Decided: decided}
	for _, l := range r.stretches(parts, w) {
		l.Points, l.Because = r.Points(l.Level, p, l.Months)
		c.Points = c.Points.Add(l.Points)
		c.Lines = append(c.Lines, l)
	}
	if len(c.Lines) == 0 {
		return nil
	}
	return c
}

// stretches returns the definitive posts with a level in the order of their
// days. Stretches in one post that follow each other, the superior changed, are
// one: so a part cut in two changes nothing. A month counts for the post held
// on its last day within the window.
func (r CreditRule) stretches(parts []Part, w Window) []CreditLine {
	own := slices.DeleteFunc(slices.Clone(parts), func(p Part) bool { return p.Tenure != definitive || !w.Meets(p.From, p.To) })
	slices.SortFunc(own, func(a, b Part) int { return cmp.Compare(a.From, b.From) })
	var all []CreditLine
	last := ""
	for _, p := range own {
		level, ok := r.LevelOf(p.Who.Post)
		from, to := max(p.From, w.From()), min(p.To, w.To())
		if n := len(all); n > 0 && ok && last == p.TenureID && addDays(all[n-1].To, 1) == from {
			all[n-1].To = to
		} else if ok {
			all = append(all, CreditLine{Post: p.Who.Post, Level: level, From: from, To: to})
		}
		last = p.TenureID
	}
	for i := range all {
		all[i].Months = monthEnds(all[i].From, all[i].To, w.To())
	}
	return slices.DeleteFunc(all, func(l CreditLine) bool { return l.Months == 0 })
}

// monthEnds counts the months whose last day lies in from..to; the month a
// window ends in counts when the stretch reaches the window's end.
func monthEnds(from, to, end Day) int64 {
	var n int64
	for d := from; d <= to; {
		next := firstOfNext(d)
		if addDays(next, -1) > to {
			if to == end {
				n++
			}
			break
		}
		n++
		d = next
	}
	return n
}

// firstOfNext returns the first day of the month after a day's.
func firstOfNext(d Day) Day {
	return Day(addDays(Day(string(d[:7])+"-28"), 4)[:7] + "-01")
}

// creditOf returns the points an explained result gives. Only the part that
// decides the year earns points, for all of the person's posts.
func (s *Service) creditOf(ctx context.Context, c evidenceCase, e *Explained) (*Credit, error) {
	if e == nil || !c.part.Last {
		return nil, nil
	}
	rule, err := rulebook.Load[CreditRule](c.book)
	if err != nil {
		return nil, err
	}
	parts, err := partsOfPerson(ctx, s.db, c.part.Who.PersonID, c.part.Year)
	if err != nil {
		return nil, err
	}
	return rule.credit(parts, c.window, e.Predicate, c.evaluation.Outcome != nil), nil
}
