package org

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// PositionEdit is a position as somebody wants it to be from a day on. The
// period of the embedded position is ignored.
type PositionEdit struct {
	Position
	From   Day
	Decree string
}

// maxClass is the highest class of a position (kelas jabatan 1 to 17).
const maxClass = 17

func (e PositionEdit) check(m *Map, ranks []string) error {
	var wrong fault.Fields
	p := e.Position
	text(&wrong, "title", p.Title, MaxName, true)
	text(&wrong, "decree", e.Decree, MaxDecree, false)
	_, live := m.tree.Unit(p.Unit)
	wrong.Check(live, "unit", "org.unit_absent")
	wrong.Check(slices.Contains(PositionKinds(), p.Kind), "kind", "form.choose")
	wrong.Check(p.Kind != Functional || slices.Contains(Levels(), p.Level), "level", "org.level_needed")
	wrong.Check(p.Class >= 0 && p.Class <= maxClass, "class", "form.int", 0, maxClass)
	wrong.Check(slices.Contains(StaffGroups(), p.Group), "group", "form.choose")
	for name, rank := range map[string]string{"rank_low": p.RankLow, "rank_high": p.RankHigh} {
		wrong.Check(rank == "" || slices.Contains(ranks, rank), name, "form.choose")
	}
	low, high := slices.Index(ranks, p.RankLow), slices.Index(ranks, p.RankHigh)
	wrong.Check(p.RankLow == "" || p.RankHigh == "" || low <= high, "rank_high", "org.ranks_reversed")
	need, err := rulebook.ParseNum(needText(p.Need))
	wrong.Check(err == nil && need.Sign() >= 0 && need.Less(rulebook.Int(maxNeed)), "need", "org.need")
	if p.AnswersTo != "" {
		_, there := m.Position(p.AnswersTo)
		wrong.Check(there, "answers_to", "org.superior_absent")
		below := p.ID != "" && (p.AnswersTo == p.ID || slices.Contains(m.Line(p.AnswersTo), p.ID))
		wrong.Check(!below, "answers_to", "org.superior_below")
	}
	return wrong.Err()
}

// Ranks lists the ranks (golongan ruang) of PNS, lowest first.
func Ranks() []string {
	var all []string
	for _, group := range []struct{ roman, letters string }{{"I", "abcd"}, {"II", "abcd"}, {"III", "abcd"}, {"IV", "abcde"}} {
		for _, letter := range group.letters {
			all = append(all, group.roman+"/"+string(letter))
		}
	}
	return all
}

// SavePosition makes a position (empty ID), or changes one from a day on. It
// returns the position's id.
func (s *Service) SavePosition(ctx context.Context, actor account.Actor, e PositionEdit) (string, error) {
	if err := goodDay("from", e.From); err != nil {
		return "", err
	}
	e.Title = strings.TrimSpace(e.Title)
	e.Position.From, e.Position.To = e.From, ""
	if e.Kind != Functional {
		e.Level = ""
	}
	err := s.change(ctx, func(tx *db.Tx) error {
		m, err := s.store.Map(ctx, tx, e.From)
		if err != nil {
			return err
		}
		if err := s.mayEditAll(ctx, actor, e.Unit, m.UnitOf(e.ID)); err != nil {
			return err
		}
		if err := e.check(m, Ranks()); err != nil {
			return err
		}
		if e.ID == "" {
			e.ID = db.NewID()
			if err := s.store.AddPositions(ctx, tx, []Position{e.Position}); err != nil {
				return err
			}
			return s.record(ctx, tx, actor, "org.position.created", "position:"+e.ID, Noted{From: e.From, Decree: e.Decree, Changes: changed(nil, e.traits())})
		}
		return s.changePosition(ctx, tx, actor, e)
	})
	return e.ID, err
}

func (s *Service) changePosition(ctx context.Context, tx *db.Tx, actor account.Actor, e PositionEdit) error {
	was, err := s.positionToEdit(ctx, tx, e.ID, e.Version, e.From)
	if err != nil {
		return err
	}
	if _, err := s.store.PutPositions(ctx, tx, e.From, []Position{e.Position}); err != nil {
		return err
	}
	changes := changed(was.traits(), e.traits())
	if len(changes) == 0 {
		return nil
	}
	return s.record(ctx, tx, actor, "org.position.changed", "position:"+e.ID, Noted{From: e.From, Decree: e.Decree, Changes: changes})
}

func (s *Service) positionToEdit(ctx context.Context, tx *db.Tx, id string, version int64, on Day) (Position, error) {
	periods, err := s.store.PositionPeriods(ctx, tx, id)
	if err != nil {
		return Position{}, err
	}
	if len(periods) == 0 {
		return Position{}, fault.Missing("org.no_position")
	}
	return editable(periods, periods[0].Version == version, on)
}

// ClosePosition ends a position on a day. It is refused while somebody holds
// it that day or later.
func (s *Service) ClosePosition(ctx context.Context, actor account.Actor, id string, version int64, on Day, decree string) error {
	if err := goodDay("from", on); err != nil {
		return err
	}
	return s.change(ctx, func(tx *db.Tx) error {
		was, err := s.positionToEdit(ctx, tx, id, version, on)
		if err != nil {
			return err
		}
		if err := s.mayEdit(ctx, actor, was.Unit); err != nil {
			return err
		}
		held, err := s.store.HoldersEver(ctx, tx, id)
		if err != nil {
			return err
		}
		n := 0
		for _, t := range held {
			if t.To == "" || t.To > on {
				n++
			}
		}
		if n > 0 {
			return fault.Clash("org.position_held", n)
		}
		if err := s.store.endPositions(ctx, tx, on, id); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "org.position.closed", "position:"+id, Noted{From: on, Decree: decree})
	})
}

// endPositions ends positions on a day.
func (s *Store) endPositions(ctx context.Context, tx *db.Tx, on Day, ids ...string) error {
	return edit(ctx, tx, func() error {
		known, err := positionTable().load(ctx, tx, ids)
		if err != nil {
			return err
		}
		var changes []change[Position]
		for _, id := range ids {
			after := cut(known[id], on)
			if len(after) == 0 {
				return fault.WrongField("from", "org.ends_before_it_begins")
			}
			changes = append(changes, change[Position]{id, known[id], after})
		}
		return positionTable().save(ctx, tx, changes)
	})
}
