package orgimport

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
)

// rosterLoader loads a roster from its spool.
type rosterLoader struct {
	spool      *spool
	drop       map[int]bool // rows not to be loaded
	copies     int          // rows that say the same as another
	mentioned  []string     // numbers of people in rejected rows
	unitColumn string
	nipColumn  string
}

func (l *rosterLoader) close() error { return l.spool.close() }

// chunk is how many people are loaded at a time.
const chunk = 500

// muster is one attempt at loading a roster.
type muster struct {
	*task
	*rosterLoader
	units    *unitFinder
	posts    *postFinder
	bySource map[string]string
	byNIP    map[string]string
	numbered map[string]bool    // people with a number of the source
	holds    map[string]string  // person → position held definitively on the day
	acts     map[[2]string]bool // person and position otherwise held
	named    map[string]bool    // people the file names
	present  map[string]bool    // people in rows that are not loaded
	done     int
}

func (l *rosterLoader) load(ctx context.Context, t *task) error {
	m := &muster{task: t, rosterLoader: l, holds: map[string]string{}, acts: map[[2]string]bool{}, present: map[string]bool{}, named: make(map[string]bool, l.spool.rows)}
	var err error
	if m.units, err = t.unitFinder(ctx); err != nil {
		return err
	}
	if m.posts, err = t.postFinder(ctx); err != nil {
		return err
	}
	if m.bySource, m.byNIP, err = t.Store.PersonIDs(ctx, t.tx); err != nil {
		return err
	}
	m.numbered = make(map[string]bool, len(m.bySource))
	for _, id := range m.bySource {
		m.numbered[id] = true
	}
	err = t.Store.EachPost(ctx, t.tx, t.order.At, func(person, position string, how org.TenureKind) error {
		if how == org.Definitive {
			m.holds[person] = position
		} else {
			m.acts[[2]string{person, position}] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := l.spool.each(chunk, func(batch []person) error { return m.put(ctx, batch) }); err != nil {
		return err
	}
	for _, id := range l.mentioned {
		m.present[m.bySource[id]], m.present[m.byNIP[id]] = true, true
	}
	t.report.Unchanged += l.copies
	t.report.Made = Made{Units: m.units.made, Positions: len(m.posts.fresh)}
	return m.absent(ctx)
}

// enlisted is a row with the ids it became.
type enlisted struct {
	*person
	id       string
	known    bool
	position string // empty for somebody who holds none
	note     string
}

// put loads some rows.
func (m *muster) put(ctx context.Context, batch []person) error {
	list, err := m.identify(ctx, batch)
	if err != nil {
		return err
	}
	if err := m.posts.save(ctx, m.task); err != nil {
		return err
	}
	var fresh, known []enlisted
	for _, e := range list {
		if e.known {
			known = append(known, e)
		} else {
			fresh = append(fresh, e)
		}
	}
	if err := m.add(ctx, fresh); err != nil {
		return err
	}
	if err := m.change(ctx, known); err != nil {
		return err
	}
	m.done += len(batch)
	m.order.tell(Loading, int64(m.done), int64(m.spool.rows))
	return ctx.Err()
}

// identify finds who the rows are and where they belong.
func (m *muster) identify(ctx context.Context, batch []person) ([]enlisted, error) {
	list := make([]enlisted, 0, len(batch))
	for i := range batch {
		x := &batch[i]
		if m.drop[x.Row] {
			m.present[m.bySource[x.Source]], m.present[m.byNIP[x.NIP]] = true, true
			continue
		}
		e, ok := m.who(x)
		if !ok {
			continue
		}
		if !x.Gone {
			if err := m.seat(ctx, &e); err != nil {
				return nil, err
			}
		}
		list = append(list, e)
	}
	return list, nil
}

// who finds the person of a row by the source's number, then by NIP. Where the
// two name different people the row is rejected.
func (m *muster) who(x *person) (e enlisted, ok bool) {
	e = enlisted{person: x, known: true}
	nip := ""
	if x.NIP != "" {
		nip = m.byNIP[x.NIP]
	}
	if x.Source != "" {
		e.id = m.bySource[x.Source]
	}
	other := nip != "" && (e.id != "" && e.id != nip || e.id == "" && x.Source != "" && m.numbered[nip])
	keep(&e.id, nip)
	if other || m.named[e.id] {
		m.present[e.id], m.present[nip] = true, true
		m.journal.reject(x.Row, Problem{Column: m.nipColumn, Value: x.NIP, Key: "import.reject.nip_of_other", Args: []any{x.NIP, x.Source}})
		return e, false
	}
	if e.id == "" {
		e.id, e.known = db.NewID(), false
	}
	m.named[e.id] = true
	return e, true
}

// seat finds the unit and the position of a row.
func (m *muster) seat(ctx context.Context, e *enlisted) error {
	x := e.person
	unit, found := m.units.find(x.UnitID, x.Unit, x.Office)
	if !found.ok() {
		value := x.Unit
		keep(&value, x.UnitID)
		m.journal.warn(Warning{Code: string(found), Row: x.Row, Column: m.unitColumn, Value: value, Args: []any{value}})
		e.note = value
		var err error
		if unit, err = m.units.unmapped(ctx, m.task); err != nil {
			return err
		}
	}
	if e.position = m.posts.of(unit, x); m.acts[[2]string{e.id, e.position}] {
		e.position = "" // the file shows what somebody acts for, which is held already
	}
	return nil
}

// record is the person as it is to be put; what the row does not say stays as
// it was.
func (e enlisted) record(was org.Person, since org.Day) org.Person {
	x := e.person
	p := org.Person{
		ID: e.id, SourceID: x.Source, NIP: x.NIP, Name: x.Name, Front: x.Front, Back: x.Back, Born: x.Born, Birthplace: x.Birthplace,
		Sex: x.Sex, Email: x.Email, Phone: x.HP, From: since, Employment: x.Employment, Rank: x.Rank, Education: x.Education,
		Study: x.Study, LegalStatus: x.Status, ContractEnd: x.ContractEnd,
	}
	for _, f := range []struct{ now, was *string }{
		{&p.SourceID, &was.SourceID},
		{&p.NIP, &was.NIP},
		{&p.Front, &was.Front},
		{&p.Back, &was.Back},
		{&p.Birthplace, &was.Birthplace},
		{&p.Sex, &was.Sex},
		{&p.Email, &was.Email},
		{&p.Phone, &was.Phone},
		{&p.Rank, &was.Rank},
		{&p.Education, &was.Education},
		{&p.Study, &was.Study},
		{&p.LegalStatus, &was.LegalStatus},
	} {
		keep(f.now, *f.was)
	}
	keep(&p.Born, was.Born)
	keep(&p.ContractEnd, was.ContractEnd)
	keep(&p.LegalStatus, org.Active)
	return p
}

// since is the day a row's position began to be held: what the file says, if it
// is not after the snapshot.
func (m *muster) since(e enlisted) org.Day {
	if s := e.person.Since; s != "" && s <= m.order.At {
		return s
	}
	return m.order.Since
}

// add stores people nobody knew.
func (m *muster) add(ctx context.Context, list []enlisted) error {
	people := make([]org.Person, len(list))
	var tenures []org.Tenure
	for i, e := range list {
		people[i] = e.record(org.Person{}, m.order.Since)
		if e.position != "" {
			tenures = append(tenures, org.Tenure{
				Person: e.id, Position: e.position, Kind: org.Definitive, From: m.since(e), Decree: e.Decree, Note: e.note,
			})
		}
		m.report.Created++
		if m.journal.wants() {
			m.journal.changed(Change{Row: e.Row, Name: people[i].FullName(), Created: true, Fields: m.seatChange(e)})
		}
	}
	if err := m.Store.AddPeople(ctx, m.tx, people); err != nil {
		return err
	}
	return m.Store.AddTenures(ctx, m.tx, tenures)
}

// change puts people who are known.
func (m *muster) change(ctx context.Context, list []enlisted) error {
	if len(list) == 0 {
		return nil
	}
	ids := make([]string, len(list))
	for i, e := range list {
		ids[i] = e.id
	}
	was, err := m.Store.PeopleOn(ctx, m.tx, m.order.At, ids)
	if err != nil {
		return err
	}
	people := make([]org.Person, len(list))
	var posts []org.Tenure
	seat := map[string]int{}
	for i, e := range list {
		people[i] = e.record(was[e.id], m.order.Since)
		if e.position != "" {
			seat[e.id] = len(posts)
			posts = append(posts, org.Tenure{Person: e.id, Position: e.position, From: m.since(e), Decree: e.Decree, Note: e.note})
		}
	}
	selves, err := m.Store.PutPeople(ctx, m.tx, m.order.At, people)
	if err != nil {
		return err
	}
	moves, err := m.Store.PutPosts(ctx, m.tx, m.order.At, posts)
	if err != nil {
		return err
	}
	for i, e := range list {
		outcome := selves[i]
		at, seated := seat[e.id]
		if moved := seated && moves[at] != org.Unchanged; moved && outcome == org.Unchanged {
			outcome = org.Updated
		}
		m.report.count(outcome)
		if outcome != org.Unchanged && m.journal.wants() {
			fields := append(differ(personTraits(was[e.id]), personTraits(people[i])), m.seatChange(e)...)
			m.journal.changed(Change{Row: e.Row, Name: people[i].FullName(), Fields: fields})
		}
	}
	return nil
}

// seatChange tells the preview where somebody goes.
func (m *muster) seatChange(e enlisted) []Field {
	was := m.holds[e.id]
	if e.position == "" || was == e.position {
		return nil
	}
	return []Field{{Name: "position", Was: m.posts.name(was, m.units), Now: m.posts.name(e.position, m.units)}}
}

// personTraits are what the preview compares.
func personTraits(p org.Person) []Field {
	return []Field{
		{Name: "name", Now: p.FullName()},
		{Name: "nip", Now: p.NIP},
		{Name: "born", Now: string(p.Born)},
		{Name: "birthplace", Now: p.Birthplace},
		{Name: "sex", Now: p.Sex},
		{Name: "email", Now: p.Email},
		{Name: "phone", Now: p.Phone},
		{Name: "employment", Now: string(p.Employment)},
		{Name: "rank", Now: p.Rank},
		{Name: "education", Now: p.Education},
		{Name: "study", Now: p.Study},
		{Name: "legal_status", Now: p.LegalStatus},
		{Name: "contract_end", Now: string(p.ContractEnd)},
	}
}
