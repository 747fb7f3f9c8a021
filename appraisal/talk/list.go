package talk

import (
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

// Filter words of a superior's list.
const (
	NoTalkYet = "belum"   // no signed talk this year
	Running   = "terbuka" // a talk is being prepared or signed
	Overdue   = "lama"    // the last one is longer ago than the rule reminds
)

// Query asks for part of a superior's list.
type Query struct {
	Text   string
	Filter string // NoTalkYet, Running, Overdue or empty
}

// Row is one of a superior's people.
type Row struct {
	Part    appraisal.Part
	Open    *Talk // being prepared or signed
	Last    *Talk // signed last this year
	Actions int   // agreed and not done
	Overdue bool
}

// Overview is what the page of talks shows: the reader's own, and those with
// the people the reader evaluates.
type Overview struct {
	Mine    []Mine
	Talks   []Talk   // the reader's own, the latest first
	Actions []Action // agreed and open, owned by the reader
	Team    []Row
	Total   int            // of the team before the filter
	Counts  map[string]int // by filter word
	Months  int            // of the rule, after which the page reminds
}

// Mine is one of the reader's own parts in which a talk can be held.
type Mine struct {
	Part appraisal.Part
	Open *Talk
}

// Overview returns the reader's talks of the year under way.
func (s *Service) Overview(ctx context.Context, actor account.Actor, q Query) (Overview, error) {
	o := Overview{Counts: map[string]int{}}
	if err := s.Access.Can(ctx, actor, account.ActSelf, account.Thing{}); err != nil || actor.PersonID == "" {
		return o, err
	}
	r, err := s.rule(ctx)
	if err != nil {
		return o, err
	}
	o.Months = r.RemindMonths
	mine, err := s.Appraisal.MyParts(ctx, actor, 0)
	if fault.Is(err, fault.NotFound) {
		return o, nil
	}
	if err != nil {
		return o, err
	}
	if err := s.mine(ctx, &o, mine); err != nil {
		return o, err
	}
	if o.Actions, err = db.All(ctx, s.DB, selectAction+`WHERE owner_id = $1 AND done_at IS NULL ORDER BY due, id LIMIT 200`, scanAction, actor.PersonID); err != nil {
		return o, err
	}
	return o, s.team(ctx, actor, &o, q, r)
}

func (s *Service) mine(ctx context.Context, o *Overview, parts []appraisal.Part) error {
	ids := make([]string, len(parts))
	for i, p := range parts {
		ids[i] = p.ID
	}
	var err error
	if o.Talks, err = talksOf(ctx, s.DB, ids); err != nil {
		return err
	}
	for _, p := range parts {
		m := Mine{Part: p}
		for i, t := range o.Talks {
			if t.PartID == p.ID && t.Open() {
				m.Open = &o.Talks[i]
			}
		}
		o.Mine = append(o.Mine, m)
	}
	return nil
}

// team fills the people the reader evaluates today.
func (s *Service) team(ctx context.Context, actor account.Actor, o *Overview, q Query, r Rule) error {
	year, err := s.Appraisal.Period(ctx, actor, 0)
	if err != nil {
		return err
	}
	rows, err := s.Appraisal.Team(ctx, actor, year.Annual())
	if fault.Is(err, fault.Forbidden) || len(rows) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	today := s.Today()
	rows = slices.DeleteFunc(rows, func(x appraisal.Row) bool { return x.Part.To < today || x.Part.From > today })
	ids, people := make([]string, len(rows)), make([]any, len(rows))
	for i, x := range rows {
		ids[i], people[i] = x.Part.ID, x.Part.Who.PersonID
	}
	talks, err := talksOf(ctx, s.DB, ids)
	if err != nil {
		return err
	}
	open, err := s.openCounts(ctx, people)
	if err != nil {
		return err
	}
	terms := search.Terms(q.Text)
	limit := s.Now().In(s.Zone).AddDate(0, -r.RemindMonths, 0)
	for _, x := range rows {
		row := rowOf(x.Part, talks, open[x.Part.Who.PersonID], limit)
		o.Total++
		for _, word := range []string{NoTalkYet, Running, Overdue} {
			if row.is(word) {
				o.Counts[word]++
			}
		}
		if row.is(q.Filter) && search.Match(search.Column(x.Part.Who.Name, x.Part.Who.Post), terms) {
			o.Team = append(o.Team, row)
		}
	}
	slices.SortStableFunc(o.Team, func(a, b Row) int { return compare(Day(search.Key(a.Part.Who.Name)), Day(search.Key(b.Part.Who.Name))) })
	return nil
}

func rowOf(p appraisal.Part, talks []Talk, actions int, limit time.Time) Row {
	row := Row{Part: p, Actions: actions}
	for i, t := range talks {
		if t.PartID != p.ID {
			continue
		}
		if t.Open() {
			row.Open = &talks[i]
		}
		if t.State == Signed && row.Last == nil {
			row.Last = &talks[i]
		}
	}
	row.Overdue = row.Open == nil && (row.Last == nil || row.Last.SignedAt.Before(limit))
	return row
}

func (r Row) is(word string) bool {
	switch word {
	case NoTalkYet:
		return r.Last == nil
	case Running:
		return r.Open != nil
	case Overdue:
		return r.Overdue
	}
	return true
}

// openCounts returns how many agreed actions people have open.
func (s *Service) openCounts(ctx context.Context, people []any) (map[string]int, error) {
	out := map[string]int{}
	if len(people) == 0 {
		return out, nil
	}
	return out, db.Each(ctx, s.DB, `SELECT person_id, count(*) FROM appraisal_talk_action WHERE done_at IS NULL AND person_id IN (`+db.In(1, len(people))+`) GROUP BY person_id`,
		func(r db.Row) error {
			var id string
			var n int
			err := r.Scan(&id, &n)
			out[id] = n
			return err
		}, people...)
}

// History returns the talks of one part, for whoever may read the appraisal;
// others than the two see the signed ones.
func (s *Service) History(ctx context.Context, actor account.Actor, part string) (appraisal.Part, []Talk, Side, error) {
	p, err := s.Appraisal.Part(ctx, actor, part)
	if err != nil {
		return p, nil, NoSide, err
	}
	side := sideOf(actor, p)
	all, err := talksOf(ctx, s.DB, []string{p.ID})
	if side == NoSide {
		all = slices.DeleteFunc(all, func(t Talk) bool { return t.State != Signed })
	}
	return p, all, side, err
}

// Next returns how much feedback waits for a part's next talk and the talk that
// is open, for the page of feedback; zero values for who may not know.
func (s *Service) Next(ctx context.Context, part appraisal.Part, said []appraisal.Feedback) (open string, waiting int, err error) {
	since, err := lastSigned(ctx, s.DB, part.Who.PersonID)
	if err != nil {
		return "", 0, err
	}
	for _, f := range said {
		if f.Text != "" && f.CreatedAt.After(since) {
			waiting++
		}
	}
	open, err = db.One(ctx, s.DB, `SELECT id FROM appraisal_talk WHERE open_part = $1`, db.Value[string], part.ID)
	if fault.Is(err, fault.NotFound) {
		return "", waiting, nil
	}
	return open, waiting, err
}
