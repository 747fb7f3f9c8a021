package org

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

const selectPerson = `
	SELECT p.id, p.source_id, p.version, p.nip, p.name, p.front, p.back, p.born, p.birthplace, p.sex, p.email, p.phone,
		s.valid_from, s.valid_to, s.employment, s.rank, s.education, s.study, s.legal_status, s.contract_end
	FROM person p JOIN person_state s ON s.person_id = p.id `

func scanPerson(r db.Row) (Person, error) {
	var p Person
	err := r.Scan(&p.ID, db.OrZero(&p.SourceID), &p.Version, db.OrZero(&p.NIP), &p.Name, &p.Front, &p.Back, &p.Born, &p.Birthplace,
		&p.Sex, &p.Email, &p.Phone, &p.From, db.OrZero((*string)(&p.To)), &p.Employment, &p.Rank, &p.Education, &p.Study, &p.LegalStatus, &p.ContractEnd)
	return p, err
}

var (
	personColumns = []string{"id", "source_id", "nip", "name", "front", "back", "born", "birthplace", "sex", "email", "phone", "search", "sort_key", "created_at"}
	stateColumns  = []string{"employment", "rank", "education", "study", "legal_status", "contract_end"}
)

func personRow(p Person, now string) []any {
	return []any{
		p.ID, db.Null(p.SourceID), db.Null(p.NIP), p.Name, p.Front, p.Back, string(p.Born), p.Birthplace, p.Sex, p.Email, p.Phone,
		search.Column(p.Name), search.Key(p.Name), now,
	}
}

func stateRow(p Person) []any {
	return []any{string(p.Employment), p.Rank, p.Education, p.Study, p.LegalStatus, string(p.ContractEnd)}
}

func personTable() table[Person, *Person] {
	return table[Person, *Person]{
		identity: "person", periods: "person_state", key: "person_id", columns: stateColumns, row: stateRow,
		id: func(p Person) string { return p.ID }, read: selectPerson, scan: scanPerson,
	}
}

// Person returns a person as they are on a day; of somebody who has left, as
// they last were, and of somebody who is yet to come, as they will be first.
// NotFound when there is no such person.
func (s *Store) Person(ctx context.Context, q db.Queryer, id string, on Day) (Person, error) {
	all, err := s.PersonPeriods(ctx, q, id)
	if err != nil {
		return Person{}, err
	}
	if len(all) == 0 {
		return Person{}, fault.Missing("org.no_person")
	}
	return asOf(all, on), nil
}

// PersonPeriods returns everything that was true of a person, oldest first.
func (s *Store) PersonPeriods(ctx context.Context, q db.Queryer, id string) ([]Person, error) {
	return db.All(ctx, q, selectPerson+`WHERE p.id = $1 ORDER BY s.valid_from`, scanPerson, id)
}

// PersonIDs returns the ids of all people by the source's number and by NIP.
func (s *Store) PersonIDs(ctx context.Context, q db.Queryer) (bySource, byNIP map[string]string, err error) {
	bySource, byNIP = map[string]string{}, map[string]string{}
	err = db.Each(ctx, q, `SELECT id, source_id, nip FROM person`, func(r db.Row) error {
		var id, source, nip string
		err := r.Scan(&id, db.OrZero(&source), db.OrZero(&nip))
		if source != "" {
			bySource[source] = id
		}
		if nip != "" {
			byNIP[nip] = id
		}
		return err
	})
	return bySource, byNIP, err
}

// AddPeople stores new people with their periods; several records of one ID
// are its periods. IDs must be set and new.
func (s *Store) AddPeople(ctx context.Context, tx *db.Tx, people []Person) error {
	return editStaff(ctx, tx, func() error { return s.addPeople(ctx, tx, people) })
}

func (s *Store) addPeople(ctx context.Context, tx *db.Tx, people []Person) error {
	var identities, periods [][]any
	seen := map[string]bool{}
	now := db.Time(s.now())
	for _, p := range people {
		if !seen[p.ID] {
			seen[p.ID] = true
			identities = append(identities, personRow(p, now))
		}
		periods = append(periods, append([]any{p.ID, string(p.From), db.Null(string(p.To))}, stateRow(p)...))
	}
	if err := db.Insert(ctx, tx, "person", personColumns, identities); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "person_state", append([]string{"person_id", "valid_from", "valid_to"}, stateColumns...), periods)
}

// PutPeople makes the records hold from a day on: it adds people whose ID is
// not known yet, corrects names and numbers, and changes what differs on the
// day. IDs must be set. It returns what became of each record.
func (s *Store) PutPeople(ctx context.Context, tx *db.Tx, on Day, people []Person) ([]Outcome, error) {
	outcomes := make([]Outcome, len(people))
	err := editStaff(ctx, tx, func() error {
		known, err := personTable().load(ctx, tx, idsOf(people, func(p Person) string { return p.ID }))
		if err != nil {
			return err
		}
		var add []Person
		var selves [][]any
		var changes []change[Person]
		now := db.Time(s.now())
		for i, p := range people {
			before := known[p.ID]
			if len(before) == 0 {
				p.From, p.To = began(p.From, on), ""
				add, outcomes[i] = append(add, p), Created
				continue
			}
			if !before[0].sameSelf(p) {
				selves, outcomes[i] = append(selves, personRow(p, now)), Updated
			}
			if was, there := at(before, on); !there || !was.same(p) {
				changes, outcomes[i] = append(changes, change[Person]{p.ID, before, splice(before, on, p)}), Updated
			}
		}
		if err := s.addPeople(ctx, tx, add); err != nil {
			return err
		}
		if err := correctSelves(ctx, tx, selves); err != nil {
			return err
		}
		return personTable().save(ctx, tx, changes)
	})
	return outcomes, err
}

// correctSelves replaces names and numbers of people who are there, and counts
// their versions up.
func correctSelves(ctx context.Context, tx *db.Tx, rows [][]any) error {
	columns := personColumns[:len(personColumns)-1] // created_at stays
	ids := make([]any, len(rows))
	for i, r := range rows {
		rows[i], ids[i] = r[:len(columns)], r[0]
	}
	if err := db.Upsert(ctx, tx, "person", []string{"id"}, columns, rows); err != nil {
		return err
	}
	return personTable().touch(ctx, tx, ids)
}
