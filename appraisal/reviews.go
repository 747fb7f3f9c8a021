package appraisal

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
)

// Reviews is the page on which a superior confirms many at once: the people
// evaluated in one month or quarter with what speaks for and against them.
// Nothing is proposed.
type Reviews struct {
	Period  Period
	Window  Window
	Windows []Window // that have begun, the latest first
	Open    []Review // can be rated: those to look at first, then by name
	Held    []Review // cannot be rated yet: no SKP is in force
	Done    []Review // a predicate is set
	Due     Day      // last day for the ratings
}

// Review is one person.
type Review struct {
	Part       Part
	Version    int64 // of the superior's side
	State      EvaluationState
	Predicate  Predicate // once set
	Before     Predicate // of the window before, empty when none
	SelfSent   bool
	SelfNote   string // what the person wants known, once sent
	Sent       bool   // the ratings are handed over already
	Ratings    Ratings
	Lines      []ReviewLine
	Entries    int // recorded within the window
	Evidence   int // pieces of evidence in them
	Feedback   int // given within the window
	Exceptions []Exception
	Undo       bool         // the result was set today and can be taken back
	Contract   *ContractEnd // its end is in view; nil for others
}

// ReviewLine is one indicator with what was reached by the end of the window.
type ReviewLine struct {
	Indicator Indicator
	Value     string // empty while nothing is recorded
	Month     string // of the latest entry, YYYY-MM
	Percent   int    // of the target; 0 where no percentage makes sense
	Behind    bool   // of what the window lets expect
}

// Exception is a reason to look at somebody before the others.
type Exception struct {
	Key  string // translation key below appraisal.exception
	Args []any
	rank int
}

// Reviews returns the actor's people in a window; the zero window is the
// latest one that has ended and is not confirmed yet.
func (s *Service) Reviews(ctx context.Context, actor account.Actor, w Window) (Reviews, error) {
	year, err := s.period(ctx, w.Year)
	if err != nil {
		return Reviews{}, err
	}
	v := Reviews{Period: year, Window: w}
	all, err := s.mine(ctx, actor, year)
	if err != nil {
		return v, err
	}
	v.Windows = begunWindows(all, s.today())
	if w.Kind == "" || w.Annual() {
		if v.Window = latestEnded(v.Windows, s.today()); v.Window.Kind == "" {
			return v, nil
		}
	}
	parts := slices.DeleteFunc(all, func(p Part) bool { return !slices.Contains(p.Windows(), v.Window) })
	if len(parts) == 0 {
		return v, nil
	}
	reviews, err := s.reviewsOf(ctx, parts, v.Window)
	if err != nil {
		return v, err
	}
	v.sort(reviews)
	calendar, err := rule[CalendarRule](ctx, s, max(v.Window.To(), firstRuleDay))
	v.Due = calendar.RateDue(v.Window)
	return v, err
}

// mine returns the parts of a year that the actor evaluates here.
func (s *Service) mine(ctx context.Context, actor account.Actor, year Period) ([]Part, error) {
	if actor.PersonID == "" {
		return nil, s.access.Can(ctx, actor, account.ActAppraisalReview, account.Thing{})
	}
	all, err := partsOfEvaluator(ctx, s.db, year, actor.PersonID, year.Annual())
	return slices.DeleteFunc(all, func(p Part) bool {
		return readOnly(p, year) != "" || !s.can(ctx, actor, account.ActAppraisalReview, p)
	}), err
}

// begunWindows lists the months and quarters of the parts that have begun, the
// latest first.
func begunWindows(parts []Part, today Day) []Window {
	var all []Window
	for _, p := range parts {
		for _, w := range p.Windows() {
			if !w.Annual() && w.From() <= today && !slices.Contains(all, w) {
				all = append(all, w)
			}
		}
	}
	slices.SortFunc(all, func(a, b Window) int {
		return cmp.Or(cmp.Compare(b.To(), a.To()), cmp.Compare(b.From(), a.From()))
	})
	return all
}

// latestEnded returns the latest window that is over, else the latest; the
// zero window when there is none.
func latestEnded(all []Window, today Day) Window {
	for _, w := range all {
		if w.To() < today {
			return w
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return Window{}
}

// sort puts each person where they belong.
func (v *Reviews) sort(all []Review) {
	for _, r := range all {
		switch {
		case r.State != Running:
			v.Done = append(v.Done, r)
		case r.Lines == nil:
			v.Held = append(v.Held, r)
		default:
			v.Open = append(v.Open, r)
		}
	}
	slices.SortStableFunc(v.Open, func(a, b Review) int { return cmp.Compare(b.rank(), a.rank()) })
}

func (r Review) rank() (sum int) {
	for _, e := range r.Exceptions {
		sum += e.rank
	}
	return sum
}

// reviewsOf reads what the page shows of each part.
func (s *Service) reviewsOf(ctx context.Context, parts []Part, w Window) ([]Review, error) {
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return nil, err
	}
	var reviews []Review
	err = s.db.View(ctx, func(tx *db.Tx) error {
		cases, err := gatherAll(ctx, tx, parts, w, book)
		if err != nil {
			return err
		}
		stirred, err := stirs(ctx, tx, parts, w, s.zone)
		if err != nil {
			return err
		}
		set, err := predicatesOf(ctx, tx, parts, w)
		if err != nil {
			return err
		}
		undo, err := s.setToday(ctx, tx, parts, w)
		if err != nil {
			return err
		}
		contracts, err := s.contractsOf(ctx, tx, book, parts...)
		if err != nil {
			return err
		}
		for _, c := range cases {
			r := c.review(stirred[c.part.ID], set[c.part.ID])
			r.Undo = undo[c.part.ID]
			if end, in := contracts[c.part.Who.PersonID]; in {
				r.Contract = &end
			}
			reviews = append(reviews, r)
		}
		return nil
	})
	return reviews, err
}

// stir is what happened on a part within a window.
type stir struct{ entries, evidence, feedback int }

// stirs counts what happened on the parts within a window.
func stirs(ctx context.Context, q db.Queryer, parts []Part, w Window, zone *time.Location) (map[string]stir, error) {
	ids, all := partIDs(parts), map[string]stir{}
	err := db.Each(ctx, q, `SELECT p.part_id, count(DISTINCT p.id), count(e.id) FROM appraisal_progress p LEFT JOIN appraisal_evidence e ON e.progress_id = p.id
		WHERE p.month >= $1 AND p.month <= $2 AND p.part_id IN (`+db.In(3, len(ids))+`) GROUP BY p.part_id`, func(r db.Row) error {
		var part string
		var n stir
		err := r.Scan(&part, &n.entries, &n.evidence)
		all[part] = n
		return err
	}, append([]any{string(w.From()[:7]), string(w.To()[:7])}, ids...)...)
	if err != nil {
		return nil, err
	}
	from, err := time.ParseInLocation(time.DateOnly, string(w.From()), zone)
	if err != nil {
		return nil, err
	}
	to, err := time.ParseInLocation(time.DateOnly, string(addDays(w.To(), 1)), zone)
	if err != nil {
		return nil, err
	}
	return all, db.Each(ctx, q, `SELECT part_id, count(*) FROM appraisal_feedback
		WHERE created_at >= $1 AND created_at < $2 AND text <> '' AND part_id IN (`+db.In(3, len(ids))+`) GROUP BY part_id`, func(r db.Row) error {
		var part string
		var n int
		err := r.Scan(&part, &n)
		one := all[part]
		one.feedback = n
		all[part] = one
		return err
	}, append([]any{db.Time(from), db.Time(to)}, ids...)...)
}

// setPredicates are a part's predicates in a window and in the one before.
type setPredicates struct{ now, before Predicate }

func predicatesOf(ctx context.Context, q db.Queryer, parts []Part, w Window) (map[string]setPredicates, error) {
	all, ids := map[string]setPredicates{}, partIDs(parts)
	return all, db.Each(ctx, q, `SELECT part_id, win, predicate FROM appraisal_evaluation
		WHERE win IN ($1, $2) AND predicate <> '' AND part_id IN (`+db.In(3, len(ids))+`)`, func(r db.Row) error {
		var part, win string
		var p Predicate
		err := r.Scan(&part, &win, &p)
		one := all[part]
		if win == w.Code() {
			one.now = p
		} else {
			one.before = p
		}
		all[part] = one
		return err
	}, append([]any{w.Code(), w.before().Code()}, ids...)...)
}

// before returns the window of the same length before; the first of a year has
// the last of the year before.
func (w Window) before() Window {
	most := map[WindowKind]int{Month: 12, Quarter: 4}[w.Kind]
	switch {
	case w.Annual():
		return AnnualOf(w.Year - 1)
	case w.N > 1:
		return Window{w.Year, w.Kind, w.N - 1}
	}
	return Window{w.Year - 1, w.Kind, most}
}

// review sums a case up. Without an SKP in force it has no lines.
func (c *evidenceCase) review(n stir, set setPredicates) Review {
	e := c.evaluation
	r := Review{
		Part: c.part, Version: e.Version, State: e.State, Predicate: set.now, Before: set.before, SelfSent: e.Self.Sent(), Sent: e.Superior.Sent(),
		Ratings: e.Ratings, Entries: n.entries, Evidence: n.evidence, Feedback: n.feedback,
	}
	if !c.approved {
		return r
	}
	words := Words{}
	if r.SelfSent {
		words, r.SelfNote = e.Self.Words, e.Self.Words.Note
	}
	latest, _ := latestOf(c.entries)
	said := realised(words, latest)
	r.Lines = []ReviewLine{}
	for _, placed := range c.content.Indicators() {
		r.Lines = append(r.Lines, lineOf(c.part, c.window, *placed.Indicator, said[placed.Indicator.ID]))
	}
	r.Exceptions = r.exceptions()
	return r
}

// behindBy is how many hundredths of the target a value may be short of what
// the days let expect before it is called behind. It sorts a page and decides
// nothing.
const behindBy = 10

func lineOf(p Part, w Window, in Indicator, latest Progress) ReviewLine {
	l := ReviewLine{Indicator: in, Value: latest.Value, Month: latest.Month}
	reached, ok := reach(in, cmp.Or(latest.Value, "0"))
	if !ok || latest.Value == "" && in.Direction != Up {
		return l
	}
	l.Percent = reached.Percent
	l.Behind = !reached.Met
	if in.Direction == Up {
		l.Behind = reached.Percent+behindBy < p.expected(w.To())
	}
	return l
}

// expected is the share of the part's days that have passed by the end of a
// day, in per cent.
func (p Part) expected(day Day) int {
	whole := daysBetween(p.From, p.To) + 1
	return min(max(daysBetween(p.From, day)+1, 0)*100/whole, 100)
}

// exceptions lists the reasons to look at somebody first.
func (r Review) exceptions() []Exception {
	var all []Exception
	note := func(is bool, rank int, key string, args ...any) {
		if is {
			all = append(all, Exception{"appraisal.exception." + key, args, rank})
		}
	}
	behind := 0
	for _, l := range r.Lines {
		if l.Behind {
			behind++
		}
	}
	note(r.Before != "" && r.Before != Good && r.Before != VeryGood, 8, "before", i18n.Key("appraisal.predicate."+string(r.Before)))
	note(r.Entries == 0, 4, "nothing")
	note(behind > 0, 2, "behind", behind, len(r.Lines))
	note(r.Entries > 0 && r.Evidence == 0, 1, "evidence")
	return all
}
