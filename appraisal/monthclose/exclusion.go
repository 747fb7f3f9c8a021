package monthclose

import (
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// Exclusion leaves a person out of the list of every month on whose last day of
// attendance it holds. An empty To is open.
type Exclusion struct {
	ID       string
	PersonID string
	Reason   string // a code of the rule's exclusions
	From, To Day
	Decree   string
	Version  int64
	At       time.Time
}

const selectExclusion = `SELECT id, person_id, reason, from_day, to_day, decree, version, created_at FROM monthclose_exclusion `

func scanExclusion(r db.Row) (Exclusion, error) {
	var e Exclusion
	err := r.Scan(&e.ID, &e.PersonID, &e.Reason, &e.From, &e.To, &e.Decree, &e.Version, db.TimeTo(&e.At))
	return e, err
}

// exclusionsOn returns why people are left out on a day, by person; of several
// the one that began last counts.
func exclusionsOn(ctx context.Context, q db.Queryer, on Day) (map[string]string, error) {
	all := map[string]string{}
	err := db.Each(ctx, q, `SELECT person_id, reason FROM monthclose_exclusion WHERE from_day <= $1 AND (to_day = '' OR to_day >= $1) ORDER BY from_day, id`, func(r db.Row) error {
		var person, reason string
		err := r.Scan(&person, &reason)
		all[person] = reason
		return err
	}, string(on))
	return all, err
}

// Reasons returns the reasons for which people can be left out in a month.
func (s *Service) Reasons(ctx context.Context, m Month) ([]string, error) {
	book, err := s.book(ctx, m)
	if err != nil {
		return nil, err
	}
	r, err := s.rules.of(book)
	return rulebook.Codes(r.formula.rule.Exclusions), err
}

// ExclusionsOf returns when a person is and was left out, the latest first.
func (s *Service) ExclusionsOf(ctx context.Context, actor account.Actor, m Month, person string) ([]Exclusion, error) {
	if _, err := s.seen(ctx, actor, m, person); err != nil {
		return nil, err
	}
	return db.All(ctx, s.DB, selectExclusion+`WHERE person_id = $1 ORDER BY from_day DESC, id`, scanExclusion, person)
}

const mostWords = 500

// Exclude leaves a person out from a day on, or changes an exclusion with an ID
// and a Version. Months that are closed stay as they are. Needs the whole agency.
func (s *Service) Exclude(ctx context.Context, actor account.Actor, m Month, e Exclusion) error {
	if err := s.may(ctx, actor); err != nil {
		return err
	}
	reasons, err := s.Reasons(ctx, m)
	if err != nil {
		return err
	}
	var wrong fault.Fields
	wrong.Check(slices.Contains(reasons, e.Reason), "reason", "form.choose")
	_, ok := rulebook.ParseDay(string(e.From))
	wrong.Check(ok, "from", "form.date")
	_, ok = rulebook.ParseDay(string(e.To))
	wrong.Check(e.To == "" || ok, "to", "form.date")
	wrong.Check(e.To == "" || e.To >= e.From, "to", "monthclose.exclusion.order")
	wrong.Check(e.Decree != "", "decree", "form.required")
	wrong.Check(len([]rune(e.Decree)) <= mostWords, "decree", "form.too_long", mostWords)
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := s.Org.Person(ctx, s.DB, e.PersonID, s.Today()); err != nil {
		return err
	}
	return s.changeExclusion(ctx, actor, m, e, func(tx *db.Tx) error {
		if e.ID == "" {
			e.ID = db.NewID()
			return db.Insert(ctx, tx, "monthclose_exclusion", []string{"id", "person_id", "reason", "from_day", "to_day", "decree", "version", "created_at", "created_by"},
				[][]any{{e.ID, e.PersonID, e.Reason, string(e.From), string(e.To), e.Decree, 1, db.Time(s.Now()), actor.ID}})
		}
		n, err := db.Exec(ctx, tx, `UPDATE monthclose_exclusion SET reason = $1, from_day = $2, to_day = $3, decree = $4, version = version + 1
			WHERE id = $5 AND person_id = $6 AND version = $7`, e.Reason, string(e.From), string(e.To), e.Decree, e.ID, e.PersonID, e.Version)
		if err == nil && n != 1 {
			err = fault.Clash("monthclose.changed")
		}
		return err
	})
}

// changeExclusion writes an exclusion with its entry and refreshes the month it
// was made in, unless that is closed.
func (s *Service) changeExclusion(ctx context.Context, actor account.Actor, m Month, e Exclusion, write func(*db.Tx) error) error {
	w, err := s.world(ctx, m)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		if _, err := writable(ctx, tx, m); err != nil {
			return err
		}
		if err := write(tx); err != nil {
			return err
		}
		err := ledger.Append(ctx, tx, ledger.Entry{
			Kind: "monthclose.excluded", Subject: "person:" + e.PersonID, Actor: actor.ID, At: s.Now(),
			Payload: map[string]any{"month": string(m), "reason": e.Reason, "from": string(e.From), "to": string(e.To), "decree": e.Decree},
		})
		if err != nil {
			return err
		}
		return s.refresh(ctx, tx, w)
	})
}
