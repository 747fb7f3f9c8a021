package praise

import (
	"cmp"
	"context"
	"embed"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "appraisal-praise", FS: migrations} }

// Books gives the rulebook in force on a day. *policy.Service is one.
type Books interface {
	At(ctx context.Context, day string) (*rulebook.Book, error)
}

// Config is what a Service needs. Now and Zone may be left out.
type Config struct {
	DB        *db.DB
	Access    *account.Access
	Appraisal *appraisal.Service
	Org       *org.Store
	Books     Books
	Now       func() time.Time // time.Now when nil
	Zone      *time.Location   // the agency's zone; UTC when nil
}

// Service finds who is recognised. It is safe for concurrent use.
type Service struct{ Config }

// New returns the service.
func New(c Config) *Service {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	return &Service{c}
}

// Rule returns the rule in force today.
func (s *Service) Rule(ctx context.Context) (Rule, error) {
	book, err := s.Books.At(ctx, s.day())
	if err != nil {
		return Rule{}, err
	}
	return rulebook.Load[Rule](book)
}

func (s *Service) day() string { return s.Now().In(s.Zone).Format(time.DateOnly) }

// Turn reckons who is recognised in the year under way, and replaces what was
// reckoned before. It is run every night; without a year before nobody is.
func (s *Service) Turn(ctx context.Context) error {
	r, err := s.Rule(ctx)
	if err != nil {
		return err
	}
	year := s.Now().In(s.Zone).Year()
	now, err := s.Appraisal.Courses(ctx, year, r.MostPercent)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	last, err := s.Appraisal.Courses(ctx, year-1, r.MostPercent)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	tree, err := s.Org.Units(ctx, s.DB, s.Org.Today())
	if err != nil {
		return err
	}
	rows := r.Compare(append(people(now, last, tree), units(now, last, tree, r.UnitKinds)...))
	return s.store(ctx, rows)
}

// people makes a row of everybody: holders of the same post are one group, and
// so are the heads of units of one kind.
func people(now, last []appraisal.Course, tree *org.Tree) []Row {
	before := map[string]int{}
	for _, c := range last {
		before[c.Part.Who.PersonID] = c.Hundredths
	}
	rows := make([]Row, 0, len(now))
	for _, c := range now {
		who := c.Part.Who
		kind := who.Post
		if u, ok := tree.Unit(c.Part.HeadOf); ok && c.Part.HeadOf != "" {
			kind = "kepala/" + string(u.Kind)
		}
		rows = append(rows, Row{
			What: People, SubjectID: who.PersonID, Name: who.Name, Note: who.Post + " · " + who.Unit, Kind: kind,
			Now: c.Hundredths, Last: before[who.PersonID], Size: c.Indicators,
		})
	}
	return rows
}

// sum is the courses of the people of a unit.
type sum struct{ total, people int }

func (s sum) mean() int {
	if s.people == 0 {
		return 0
	}
	return s.total / s.people
}

// units makes a row of every unit of the kinds the rule names, from the
// courses of its people and of those below it.
func units(now, last []appraisal.Course, tree *org.Tree, kinds []string) []Row {
	gather := func(all []appraisal.Course) map[string]sum {
		sums := map[string]sum{}
		for _, c := range all {
			for _, u := range tree.Path(c.Part.Who.UnitID) {
				x := sums[u.ID]
				sums[u.ID] = sum{x.total + c.Hundredths, x.people + 1}
			}
		}
		return sums
	}
	today, before := gather(now), gather(last)
	var rows []Row
	for _, u := range tree.All() {
		x := today[u.ID]
		if x.people > 0 && slices.Contains(kinds, string(u.Kind)) {
			rows = append(rows, Row{What: Units, SubjectID: u.ID, Name: u.Name, Kind: string(u.Kind), Now: x.mean(), Last: before[u.ID].mean(), Size: x.people})
		}
	}
	return rows
}

var columns = []string{"what", "subject_id", "name", "note", "kind", "praised", "now_value", "last_value", "middle", "compared", "size", "day"}

func (s *Service) store(ctx context.Context, rows []Row) error {
	day := s.day()
	var kept [][]any
	for _, r := range rows {
		if r.Praised || r.What == Units {
			kept = append(kept, []any{string(r.What), r.SubjectID, r.Name, r.Note, r.Kind, r.Praised, r.Now, r.Last, r.Middle, r.Compared, r.Size, day})
		}
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM appraisal_praise`); err != nil {
			return err
		}
		return db.Insert(ctx, tx, "appraisal_praise", columns, kept)
	})
}

const selectRow = `SELECT what, subject_id, name, note, kind, praised, now_value, last_value, middle, compared, size FROM appraisal_praise `

func scanRow(r db.Row) (Row, error) {
	var x Row
	err := r.Scan(&x.What, &x.SubjectID, &x.Name, &x.Note, &x.Kind, &x.Praised, &x.Now, &x.Last, &x.Middle, &x.Compared, &x.Size)
	return x, err
}

// Query asks for part of the recognised.
type Query struct {
	What What
	Kind string
	Text string
}

// List is the recognised, by kind and name and never by rank.
type List struct {
	Rows  []Row
	Total map[What]int
	Kinds map[string]int // recognised of a kind, of what was asked for
	Day   string         // as reckoned
}

// List returns who is recognised, for those who lead or look after the agency.
func (s *Service) List(ctx context.Context, actor account.Actor, q Query) (List, error) {
	l := List{Total: map[What]int{}, Kinds: map[string]int{}}
	if !s.Access.May(actor, account.ActMonitor) {
		return l, s.Access.Can(ctx, actor, account.ActMonitor, account.Thing{})
	}
	rows, err := db.All(ctx, s.DB, selectRow+`WHERE praised ORDER BY what, kind, subject_id`, scanRow)
	byName(rows)
	if err != nil {
		return l, err
	}
	terms := search.Terms(q.Text)
	for _, r := range rows {
		l.Total[r.What]++
		if r.What != q.What {
			continue
		}
		l.Kinds[r.Kind]++
		if (q.Kind == "" || q.Kind == r.Kind) && search.Match(search.Column(r.Name, r.Note), terms) {
			l.Rows = append(l.Rows, r)
		}
	}
	l.Day, err = db.One(ctx, s.DB, `SELECT COALESCE(max(day), '') FROM appraisal_praise`, db.Value[string])
	return l, err
}

// Own is what somebody sees of themself and of the units they belong to.
type Own struct {
	Me    *Row  // nil unless recognised
	Units []Row // the own units that were compared, nearest first
	Peers []Row // recognised units of the same kind as the nearest, by name
}

// Own returns the actor's own recognition and units.
func (s *Service) Own(ctx context.Context, actor account.Actor) (Own, error) {
	var o Own
	if actor.PersonID == "" {
		return o, nil
	}
	parts, err := s.Appraisal.MyParts(ctx, actor, 0)
	if fault.Is(err, fault.NotFound) || err == nil && len(parts) == 0 {
		return o, nil
	}
	if err != nil {
		return o, err
	}
	me, err := db.One(ctx, s.DB, selectRow+`WHERE what = 'orang' AND subject_id = $1`, scanRow, actor.PersonID)
	if err == nil {
		o.Me = &me
	} else if !fault.Is(err, fault.NotFound) {
		return o, err
	}
	return o, s.ownUnits(ctx, &o, parts[0].Who.UnitID)
}

func (s *Service) ownUnits(ctx context.Context, o *Own, unit string) error {
	tree, err := s.Org.Units(ctx, s.DB, s.Org.Today())
	if err != nil {
		return err
	}
	path := tree.Path(unit)
	slices.Reverse(path)
	if len(path) == 0 {
		return nil
	}
	ids := make([]any, len(path))
	for i, u := range path {
		ids[i] = u.ID
	}
	rows, err := db.All(ctx, s.DB, selectRow+`WHERE what = 'unit' AND subject_id IN (`+db.In(1, len(ids))+`)`, scanRow, ids...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		for _, r := range rows {
			if r.SubjectID == id {
				o.Units = append(o.Units, r)
			}
		}
	}
	if len(o.Units) == 0 {
		return nil
	}
	o.Peers, err = db.All(ctx, s.DB, selectRow+`WHERE what = 'unit' AND praised AND kind = $1 ORDER BY subject_id`, scanRow, o.Units[0].Kind)
	byName(o.Peers)
	return err
}

// byName puts rows in the order of kind and name.
func byName(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(search.Key(a.Name), search.Key(b.Name)))
	})
}
