package org

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
)

// FieldChange is one thing that was said differently from a day on. Values are
// as stored: ids, code words, days.
type FieldChange struct {
	Field string `json:"field"`
	Was   string `json:"was"`
	Now   string `json:"now"`
}

// Noted is what the ledger holds of one change of the map.
type Noted struct {
	By      string        `json:"by"`
	From    Day           `json:"from"`
	Decree  string        `json:"decree,omitempty"`
	Reason  string        `json:"reason,omitempty"`
	Changes []FieldChange `json:"changes,omitempty"`
	Others  []string      `json:"others,omitempty"` // other things the change concerned, as "unit:id"
}

// Entry is one change in the history of a unit, position or person.
type Entry struct {
	Noted
	ID     string
	Kind   string // code word: "org.unit.changed"
	At     time.Time
	Erased bool // its content was removed as the law demands
}

// record writes a change into the ledger.
func (s *Service) record(ctx context.Context, tx *db.Tx, actor account.Actor, kind, subject string, n Noted) error {
	n.By = actor.Name
	return ledger.Append(ctx, tx, ledger.Entry{Kind: kind, Subject: subject, Actor: actor.ID, Payload: n, At: s.now()})
}

// entries returns what the ledger holds about a subject, newest first.
func entries(ctx context.Context, q db.Queryer, subject string) ([]Entry, error) {
	records, err := ledger.Of(ctx, q, subject)
	if err != nil {
		return nil, err
	}
	all := make([]Entry, len(records))
	for i, r := range records {
		e := Entry{ID: r.ID, Kind: r.Kind, At: r.At, Erased: r.Payload == nil}
		if !e.Erased {
			if err := json.Unmarshal(r.Payload, &e.Noted); err != nil {
				return nil, err
			}
		}
		all[len(records)-1-i] = e
	}
	return all, nil
}

// trait is one field of a thing by name, to be compared.
type trait struct{ name, value string }

func (u Unit) traits() []trait {
	return []trait{
		{"name", u.Name}, {"short", u.Short}, {"kind", string(u.Kind)}, {"code", u.Code}, {"parent", u.Parent}, {"merged_into", u.MergedInto},
	}
}

func (p Position) traits() []trait {
	return []trait{
		{"title", p.Title},
		{"unit", p.Unit},
		{"position_kind", string(p.Kind)},
		{"level", p.Level},
		{"class", number(p.Class)},
		{"rank_low", p.RankLow},
		{"rank_high", p.RankHigh},
		{"answers_to", p.AnswersTo},
		{"need", p.Need},
		{"head", yes(p.Head)},
		{"group", p.Group},
	}
}

func (p Person) traits() []trait {
	return []trait{
		{"name", p.Name},
		{"front", p.Front},
		{"back", p.Back},
		{"nip", p.NIP},
		{"born", string(p.Born)},
		{"birthplace", p.Birthplace},
		{"sex", p.Sex},
		{"email", p.Email},
		{"phone", p.Phone},
		{"employment", string(p.Employment)},
		{"rank", p.Rank},
		{"education", p.Education},
		{"study", p.Study},
		{"legal_status", p.LegalStatus},
		{"contract_end", string(p.ContractEnd)},
	}
}

func (t Tenure) traits() []trait {
	return []trait{
		{"person", t.Person},
		{"position", t.Position},
		{"tenure_kind", string(t.Kind)},
		{"from", string(t.From)},
		{"to", string(t.To)},
		{"decree", t.Decree},
		{"note", t.Note},
		{"extended_on", string(t.ExtendedOn)},
	}
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return ""
}

// changed returns the traits that differ. before and after list the same ones.
func changed(before, after []trait) []FieldChange {
	var all []FieldChange
	for i, a := range after {
		was := ""
		if i < len(before) {
			was = before[i].value
		}
		if was != a.value {
			all = append(all, FieldChange{a.name, was, a.value})
		}
	}
	return all
}
