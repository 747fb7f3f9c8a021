package org

import (
	"context"
	"strconv"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/search"
)

// Hits is what a search over the map found, each kind in order of name and at
// most as many as asked for.
type Hits struct {
	Units     []Unit
	Positions []Position
	People    []Identity // without NIP
	More      bool       // there was more of some kind
}

// Search finds units, positions and people of a day whose names hold words
// that begin like the words of text. An empty text finds nothing.
func (s *Store) Search(ctx context.Context, q db.Queryer, text string, on Day, most int) (Hits, error) {
	var h Hits
	m, err := s.Map(ctx, q, on)
	if err != nil || len(search.Terms(text)) == 0 {
		return h, err
	}
	units, err := found(ctx, q, "unit_state", "unit_id", text, on, most)
	if err != nil {
		return h, err
	}
	for _, id := range units {
		if u, ok := m.tree.Unit(id); ok {
			h.Units = append(h.Units, u)
		}
	}
	positions, err := found(ctx, q, "position_state", "position_id", text, on, most)
	if err != nil {
		return h, err
	}
	for _, id := range positions {
		if p, ok := m.Position(id); ok {
			h.Positions = append(h.Positions, p)
		}
	}
	people, err := s.People(ctx, q, Filter{Query: text, Size: most + 1}, on)
	if err != nil {
		return h, err
	}
	for _, p := range people.Rows {
		who := m.identity(p.Person)
		who.NIP = ""
		h.People = append(h.People, who)
	}
	h.cut(most)
	return h, nil
}

// cut leaves at most so many of each kind and notes whether there was more.
func (h *Hits) cut(most int) {
	h.More = len(h.Units) > most || len(h.Positions) > most || len(h.People) > most
	h.Units = h.Units[:min(len(h.Units), most)]
	h.Positions = h.Positions[:min(len(h.Positions), most)]
	h.People = h.People[:min(len(h.People), most)]
}

// found returns the ids of the things whose search column holds the words, one
// more than asked for where there are more.
func found(ctx context.Context, q db.Queryer, periods, key, text string, on Day, most int) ([]string, error) {
	named, args := search.Where("search", 2, search.Terms(text))
	query := `SELECT ` + key + ` FROM ` + periods + ` WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1) AND ` + named +
		` ORDER BY sort_key, ` + key + ` LIMIT ` + strconv.Itoa(most+1)
	return db.All(ctx, q, query, db.Value[string], append([]any{string(on)}, args...)...)
}
