package monthclose

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

// world is everything a month's sums need that this package does not store:
// the rulebook, the map and the evaluations. It is read before the transaction
// that writes.
type world struct {
	month    Month
	dates    Dates
	book     *rulebook.Book
	formula  Formula
	calendar appraisal.CalendarRule
	staff    []staff
	decided  map[string]decided // by person and window
	missing  map[string]missing // by person and window
	parts    map[int][]appraisal.Part
}

// staff is one person of the month's list.
type staff struct {
	org.Identity
	ID     string
	status string // legal status, where it is another than active
	class  int
	office org.Unit
	part   *appraisal.Part // of the month; nil when the year has none
	group  string
	pen    appraisal.Pen
	window appraisal.Window // by which the person is paid
}

// decided is a predicate that was set.
type decided struct {
	predicate appraisal.Predicate
	by        string
	on        Day
	part      string
	definite  bool
	until     Day
}

// missing is an evaluation without a predicate and where it lies.
type missing struct {
	lack         Lack
	desk         Desk
	person, name string
}

func (s *Service) world(ctx context.Context, m Month) (*world, error) {
	w, windows, err := s.people(ctx, m, map[int][]appraisal.Part{})
	if err != nil {
		return nil, err
	}
	for _, window := range windows {
		if err := s.readMissing(ctx, w, window); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// people is a world without what is missing: enough where a list of results
// tells of everybody. Parts that were read for another month need not be read
// again. It returns the windows people are paid by.
func (s *Service) people(ctx context.Context, m Month, known map[int][]appraisal.Part) (*world, []appraisal.Window, error) {
	w := &world{month: m, parts: known, missing: map[string]missing{}}
	var err error
	if w.book, err = s.book(ctx, m); err != nil {
		return nil, nil, err
	}
	rules, err := s.rules.of(w.book)
	if err != nil {
		return nil, nil, err
	}
	w.formula, w.dates = rules.formula, rules.calendar.Dates(m)
	if w.calendar, err = rulebook.Load[appraisal.CalendarRule](w.book); err != nil {
		return nil, nil, err
	}
	parts, err := s.parts(ctx, w)
	if err != nil {
		return nil, nil, err
	}
	if err := s.readStaff(ctx, w, parts); err != nil {
		return nil, nil, err
	}
	windows := w.windows()
	w.decided, err = s.readDecided(ctx, windows)
	return w, windows, err
}

// parts returns everybody's part of the performance month: of the own post the
// one that lasted longest into it.
func (s *Service) parts(ctx context.Context, w *world) (map[string]*appraisal.Part, error) {
	all, err := s.partsOf(ctx, w, w.dates.Performance.Year)
	if err != nil {
		return nil, err
	}
	best := make(map[string]*appraisal.Part, len(all))
	for i := range all {
		p := &all[i]
		if have := best[p.Who.PersonID]; have == nil || prefer(p, have, w.dates.Performance) {
			best[p.Who.PersonID] = p
		}
	}
	return best, nil
}

// partsOf returns the parts of a year, none while the year is not open; each
// year is read once.
func (s *Service) partsOf(ctx context.Context, w *world, year int) ([]appraisal.Part, error) {
	if all, has := w.parts[year]; has {
		return all, nil
	}
	all, err := s.Appraisals.Parts(ctx, s.DB, year)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	w.parts[year] = all
	return all, nil
}

func prefer(a, b *appraisal.Part, w appraisal.Window) bool {
	score := func(p *appraisal.Part) int {
		n := 0
		if w.Meets(p.From, p.To) {
			n += 2
		}
		if p.Tenure == string(org.Definitive) {
			n++
		}
		return n
	}
	return cmp.Or(cmp.Compare(score(a), score(b)), cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From)) > 0
}

// readStaff reads who is on the list: everybody with a post on the last day of
// attendance (today, while it is to come), and who left since its first day.
func (s *Service) readStaff(ctx context.Context, w *world, parts map[string]*appraisal.Part) error {
	on := min(w.dates.AttendanceTo, s.Today())
	m, err := s.Org.Map(ctx, s.DB, on)
	if err != nil {
		return err
	}
	called, err := s.Org.Identities(ctx, s.DB, on)
	if err != nil {
		return err
	}
	special, err := s.special(ctx, w, on)
	if err != nil {
		return err
	}
	ids := m.People()
	for id := range special {
		if _, holds := m.Post(id); !holds {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	w.staff = make([]staff, 0, len(ids))
	for _, id := range ids {
		w.add(m, id, called[id], special[id], parts[id])
	}
	return nil
}

// leftReason is why somebody is left out who is not there any more and of whom
// nothing else is recorded.
const leftReason = "berhenti"

// special returns by person the legal status of those who have one by which the
// rule leaves people out, and why those are left out who have left since the
// first day of attendance. One short question for each status of the rule finds
// them without reading everybody whole.
func (s *Service) special(ctx context.Context, w *world, on Day) (map[string]string, error) {
	all := map[string]string{}
	for _, status := range rulebook.Codes(w.formula.rule.Exclusions) {
		page, err := s.Org.People(ctx, s.DB, org.Filter{Status: status, Size: -1}, on)
		if err != nil {
			return nil, err
		}
		for _, p := range page.Rows {
			all[p.ID] = status
		}
	}
	gone, err := s.Org.People(ctx, s.DB, org.Filter{Left: true, Size: -1}, on)
	if err != nil {
		return nil, err
	}
	for _, p := range gone.Rows {
		if p.From >= w.dates.AttendanceFrom || p.To <= w.dates.AttendanceFrom || p.To > on {
			continue
		}
		all[p.ID] = leftReason
		if _, known := w.formula.exclusions[p.LegalStatus]; known {
			all[p.ID] = p.LegalStatus
		}
	}
	return all, nil
}

// add puts one person on the list. Political office holders are paid otherwise.
func (w *world) add(m *org.Map, id string, who org.Identity, status string, part *appraisal.Part) {
	post, _ := m.Was(who.PositionID)
	if who.Employment == org.Politician || post.Kind == org.Political {
		return
	}
	x := staff{Identity: who, ID: id, status: status, class: post.Class, office: officeOf(m.Tree(), who.UnitID), part: part, group: string(who.Employment)}
	cadence := appraisal.Monthly
	if part != nil {
		x.group, x.pen, cadence = string(part.Group), part.Pen, part.Cadence
	}
	x.window = w.dates.windowFor(cadence, w.calendar.RateDue)
	w.staff = append(w.staff, x)
}

// officeOf returns the perangkat daerah a unit belongs to: the unit right below
// the agency, or the hospital in between, which keeps its own money (PP
// 72/2019).
func officeOf(tree *org.Tree, unit string) org.Unit {
	path := tree.Path(unit)
	for i := len(path) - 1; i >= 0; i-- {
		if path[i].Kind == org.Hospital {
			return path[i]
		}
	}
	if len(path) > 1 {
		return path[1]
	}
	if len(path) == 1 {
		return path[0]
	}
	return org.Unit{}
}

// windows lists the windows somebody is paid by.
func (w *world) windows() []appraisal.Window {
	var all []appraisal.Window
	for _, p := range w.staff {
		if !slices.Contains(all, p.window) {
			all = append(all, p.window)
		}
	}
	return all
}

// readDecided reads the predicates of windows; of several parts the own post's
// latest decides.
func (s *Service) readDecided(ctx context.Context, windows []appraisal.Window) (map[string]decided, error) {
	codes := make([]any, len(windows))
	for i, w := range windows {
		codes[i] = w.Code()
	}
	found := map[string]decided{}
	err := db.Each(ctx, s.DB, `SELECT p.person_id, e.win, p.id, p.tenure, p.to_day, o.predicate, o.decided_by, o.decided_at
		FROM appraisal_evaluation e JOIN appraisal_part p ON p.id = e.part_id JOIN appraisal_outcome o ON o.evaluation_id = e.id
		WHERE e.win IN (`+db.In(1, len(codes))+`) AND NOT EXISTS (SELECT 1 FROM appraisal_outcome x WHERE x.evaluation_id = o.evaluation_id AND x.number > o.number)`,
		func(r db.Row) error {
			var person, window, tenure, signer string
			var d decided
			var at time.Time
			if err := r.Scan(&person, &window, &d.part, &tenure, &d.until, &d.predicate, &signer, db.TimeTo(&at)); err != nil {
				return err
			}
			var by appraisal.Signer
			if signer != "" {
				if err := json.Unmarshal([]byte(signer), &by); err != nil {
					return fmt.Errorf("who decided %s: %w", d.part, err)
				}
			}
			d.by, d.on, d.definite = by.Name, s.day(at), tenure == string(org.Definitive)
			key := person + " " + window
			if have, has := found[key]; !has || d.over(have) {
				found[key] = d
			}
			return nil
		}, codes...)
	return found, err
}

func (d decided) over(o decided) bool {
	if d.definite != o.definite {
		return d.definite
	}
	return cmp.Or(cmp.Compare(d.until, o.until), cmp.Compare(d.part, o.part)) > 0
}

// readMissing reads where the evaluations of a window lie that have no
// predicate.
func (s *Service) readMissing(ctx context.Context, w *world, window appraisal.Window) error {
	batch, err := s.Appraisals.EvaluateAll(ctx, window)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	parts, err := s.partsOf(ctx, w, window.Year)
	if err != nil {
		return err
	}
	byID, heads := map[string]*appraisal.Part{}, map[string]appraisal.Identity{}
	for i := range parts {
		p := &parts[i]
		byID[p.ID] = p
		if p.HeadOf != "" && window.Meets(p.From, p.To) {
			heads[p.HeadOf] = p.Evaluator
		}
	}
	note := func(part string, x missing, desk appraisal.Desk) {
		p := byID[part]
		if p == nil {
			return
		}
		x.desk = deskOf(desk)
		x.person, x.name = atDesk(p, desk, heads)
		key := p.Who.PersonID + " " + window.Code()
		if _, has := w.missing[key]; !has || p.Tenure == string(org.Definitive) {
			w.missing[key] = x
		}
	}
	for _, b := range batch.Missing {
		desk := b.Desk
		if desk == appraisal.DeskNobody {
			desk = appraisal.DeskPerson
		}
		note(b.Part, missing{lack: lackOf(b.Missing)}, desk)
	}
	for _, b := range batch.Computed {
		if b.Stored == "" {
			note(b.Part, missing{lack: LacksRating}, appraisal.DeskEvaluator)
		}
	}
	return nil
}

// atDesk returns whose desk it is.
func atDesk(p *appraisal.Part, d appraisal.Desk, heads map[string]appraisal.Identity) (person, name string) {
	who := p.Who
	switch d {
	case appraisal.DeskEvaluator:
		who = p.Evaluator
	case appraisal.DeskAbove:
		who = p.Above
	case appraisal.DeskOrg:
		who = heads[p.OrgUnit]
	}
	return who.PersonID, who.Name
}
