package monthclose

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/listed"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// Loose is a row of a list that nobody was found for.
type Loose struct {
	ID           string
	Kind         Kind
	NIP, Name    string // as the list has them
	Post, Unit   string
	NotMade      bool
	Predicate    appraisal.Predicate
	Events       int
	listed.Match        // whom it most likely means; PersonID is empty where nobody comes near
	Proposed     string // what that person is called
	ProposedNIP  string
	ProposedPost string
	ProposedUnit string
}

// looseRow is a Loose as it is stored.
type looseRow struct {
	id, ask, body string
	kind          Kind
	listed.Match
}

// keptRow is what is stored of a row that is loose.
type keptRow struct {
	Who       who                 `json:"who"`
	Results   appraisal.Rating    `json:"results,omitempty"`
	Conduct   appraisal.Rating    `json:"conduct,omitempty"`
	Predicate appraisal.Predicate `json:"predicate,omitempty"`
	Desk      Desk                `json:"desk,omitempty"`
	Lack      Lack                `json:"lack,omitempty"`
	Minutes   *int64              `json:"minutes,omitempty"`
	By        string              `json:"by,omitempty"`
	On        Day                 `json:"on,omitempty"`
	Events    []Event             `json:"events,omitempty"`
}

func (r resultRow) kept() keptRow {
	return keptRow{r.who, r.results, r.conduct, r.predicate, r.desk, r.lack, r.minutes, r.by, r.on, nil}
}

func (k keptRow) result() result {
	return result{k.Results, k.Conduct, k.Predicate, k.Desk, k.Lack, k.Minutes, k.By, k.On}
}

// keepLoose stores rows nobody was found for. One that waits already gets what
// the new list says; one HR has put aside stays aside. Rows that wait and whose
// person was found meanwhile are done.
func (l *loading) keepLoose(ctx context.Context, tx *db.Tx, kind Kind) error {
	m := l.w.month
	rows := make([][]any, 0, len(l.loose))
	at := map[string]int{}
	for _, x := range l.loose {
		row := []any{x.id, string(m), string(x.kind), x.ask, x.body, x.PersonID, x.Why, x.Sure, "terbuka", ""}
		key := string(x.kind) + " " + x.ask
		if i, twice := at[key]; twice {
			rows[i] = row
			continue
		}
		at[key] = len(rows)
		rows = append(rows, row)
	}
	columns := []string{"id", "month", "kind", "ask", "body", "person_id", "why", "sure", "state", "decided_by"}
	if err := db.InsertNew(ctx, tx, "monthclose_loose", "(month, kind, ask)", columns, rows); err != nil {
		return err
	}
	waiting, err := db.All(ctx, tx, `SELECT id, kind, ask FROM monthclose_loose WHERE month = $1 AND state = 'terbuka'`, func(r db.Row) ([3]string, error) {
		var x [3]string
		return x, r.Scan(&x[0], &x[1], &x[2])
	}, string(m))
	if err != nil {
		return err
	}
	var again [][]any
	done := []any{l.actor.ID, db.Time(l.s.Now())}
	for _, x := range waiting {
		if i, has := at[x[1]+" "+x[2]]; has {
			rows[i][0] = x[0]
			again = append(again, rows[i])
		} else if l.found[x[2]] && Kind(x[1]) == kind {
			done = append(done, x[0])
		}
	}
	if n := len(done) - 2; n > 0 {
		_, err := db.Exec(ctx, tx, `UPDATE monthclose_loose SET state = 'dicocokkan', decided_by = $1, decided_at = $2 WHERE id IN (`+db.In(3, n)+`)`, done...)
		if err != nil {
			return err
		}
	}
	return db.Upsert(ctx, tx, "monthclose_loose", []string{"id"}, columns, again)
}

const selectLoose = `SELECT id, kind, body, person_id, why, sure FROM monthclose_loose `

func scanLoose(r db.Row) (Loose, keptRow, error) {
	var l Loose
	var body string
	var k keptRow
	if err := r.Scan(&l.ID, &l.Kind, &body, &l.PersonID, &l.Why, &l.Sure); err != nil {
		return l, k, err
	}
	if err := json.Unmarshal([]byte(body), &k); err != nil {
		return l, k, fmt.Errorf("stored row %s: %w", l.ID, err)
	}
	l.NIP, l.Name, l.Post, l.Unit = cmp.Or(k.Who.NIP, k.Who.Told), k.Who.Name, k.Who.Post, k.Who.Unit
	l.Predicate, l.NotMade, l.Events = k.Predicate, k.Predicate == "" && l.Kind == Results, len(k.Events)
	return l, k, nil
}

// Unmatched returns the rows nobody was found for, the surest mend first. Needs
// the whole agency.
func (s *Service) Unmatched(ctx context.Context, actor account.Actor, m Month) ([]Loose, error) {
	if err := s.may(ctx, actor); err != nil {
		return nil, err
	}
	all, err := db.All(ctx, s.DB, selectLoose+`WHERE month = $1 AND state = 'terbuka' ORDER BY sure DESC, kind, ask`, func(r db.Row) (Loose, error) {
		l, _, err := scanLoose(r)
		return l, err
	}, string(m))
	if err != nil {
		return nil, err
	}
	snap, err := s.snapshot(ctx, m)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if r, has := snap.person(all[i].PersonID); has {
			all[i].Proposed, all[i].ProposedNIP, all[i].ProposedPost, all[i].ProposedUnit = r.Name, r.NIP, r.Post, r.Unit
		}
	}
	return all, nil
}

// Mend says whom a loose row means: person, or the one proposed when person is
// empty. It is remembered, so that the next list finds the person by itself.
// Needs the whole agency.
func (s *Service) Mend(ctx context.Context, actor account.Actor, m Month, id, person string) error {
	if err := s.may(ctx, actor); err != nil {
		return err
	}
	w, err := s.world(ctx, m)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		l, k, err := s.openLoose(ctx, tx, m, id)
		if err != nil {
			return err
		}
		if person == "" {
			person = l.PersonID
		}
		if !w.knows(person) {
			return fault.WrongField("person", "monthclose.loose.choose")
		}
		if err := l.settle(ctx, tx, s, actor, "dicocokkan"); err != nil {
			return err
		}
		alias := [][]any{{k.Who.listed().Key(), person, db.Time(s.Now()), actor.ID}}
		if err := db.Upsert(ctx, tx, "monthclose_alias", []string{"ask"}, []string{"ask", "person_id", "decided_at", "decided_by"}, alias); err != nil {
			return err
		}
		if err := s.loadKept(ctx, tx, m, actor, w, person, l.Kind, k); err != nil {
			return err
		}
		err = ledger.Append(ctx, tx, ledger.Entry{
			Kind: "monthclose.mended", Subject: "month:" + string(m), Actor: actor.ID, At: s.Now(),
			Payload: map[string]any{"row": id, "person": person, "told": k.Who},
		})
		if err != nil {
			return err
		}
		return s.refresh(ctx, tx, w)
	})
}

func (w *world) knows(person string) bool {
	for i := range w.staff {
		if w.staff[i].ID == person {
			return true
		}
	}
	return false
}

// loadKept stores what a mended row says.
func (s *Service) loadKept(ctx context.Context, tx *db.Tx, m Month, actor account.Actor, w *world, person string, kind Kind, k keptRow) error {
	if kind == Attendance {
		return storeEvents(ctx, tx, m, map[string][]Event{person: k.Events})
	}
	x := k.result()
	if err := db.Upsert(ctx, tx, "monthclose_result", []string{"month", "person_id"}, resultColumns, [][]any{x.row(m, person)}); err != nil {
		return err
	}
	l := loading{s: s, w: w, actor: actor, rep: &Report{}}
	return l.takeOver(ctx, tx, map[string]result{person: x})
}

// Drop puts a loose row aside: it is about nobody of the agency. Needs the whole
// agency.
func (s *Service) Drop(ctx context.Context, actor account.Actor, m Month, id string) error {
	if err := s.may(ctx, actor); err != nil {
		return err
	}
	w, err := s.world(ctx, m)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		l, _, err := s.openLoose(ctx, tx, m, id)
		if err != nil {
			return err
		}
		if err := l.settle(ctx, tx, s, actor, "dilepas"); err != nil {
			return err
		}
		err = ledger.Append(ctx, tx, ledger.Entry{Kind: "monthclose.dropped", Subject: "month:" + string(m), Actor: actor.ID, At: s.Now(), Payload: map[string]any{"row": id}})
		if err != nil {
			return err
		}
		return s.refresh(ctx, tx, w)
	})
}

// openLoose returns a loose row that waits, in a month that can be changed.
func (s *Service) openLoose(ctx context.Context, tx *db.Tx, m Month, id string) (Loose, keptRow, error) {
	if _, err := writable(ctx, tx, m); err != nil {
		return Loose{}, keptRow{}, err
	}
	type found struct {
		l Loose
		k keptRow
	}
	f, err := db.One(ctx, tx, selectLoose+`WHERE month = $1 AND id = $2 AND state = 'terbuka'`, func(r db.Row) (found, error) {
		l, k, err := scanLoose(r)
		return found{l, k}, err
	}, string(m), id)
	if fault.Is(err, fault.NotFound) {
		err = fault.Missing("monthclose.loose.none")
	}
	return f.l, f.k, err
}

func (l Loose) settle(ctx context.Context, tx *db.Tx, s *Service, actor account.Actor, state string) error {
	n, err := db.Exec(ctx, tx, `UPDATE monthclose_loose SET state = $1, decided_by = $2, decided_at = $3 WHERE id = $4 AND state = 'terbuka'`,
		state, actor.ID, db.Time(s.Now()), l.ID)
	if err == nil && n != 1 {
		err = fault.Clash("monthclose.changed")
	}
	return err
}
