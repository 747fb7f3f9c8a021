package voices

import (
	"context"
	"crypto/sha256"
	"strings"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/token"
)

// Leak makes a service careless in every way the attacks look for: it keeps
// answers in the order they came and unsealed, enters each into the ledger, and
// writes down who was given which token.
func (s *Service) Leak() {
	s.habits = habits{
		shuffle: func(int, func(i, j int)) error { return nil },
		seal:    func(_ []byte, _ string, all slots) ([]byte, error) { return all.plain() },
		unseal:  func(_ []byte, _ string, box []byte) (slots, error) { return parseSlots(box) },
		answer: func(ctx context.Context, tx *db.Tx, r Round, _ string, a Answer) error {
			return ledger.Append(ctx, tx, ledger.Entry{Kind: "appraisal.voices.answered", Subject: r.subject(), Payload: a.Words["lanjutkan"], At: s.now()})
		},
		draw: func(ctx context.Context, tx *db.Tx, r Round, person, coupon string) error {
			g, text, _ := strings.Cut(coupon, ".")
			b, err := token.ParseBlind(text)
			if err != nil {
				return err
			}
			_, err = db.Exec(ctx, tx, `UPDATE voice_invited SET blinded = $1 WHERE round_id = $2 AND person_id = $3`, spentHash(r.tokens(GroupCode(g)), b), r.ID, person)
			return err
		},
	}
}

// spentHash is how a spent token is stored.
func spentHash(subject string, b token.Blind) []byte {
	sum := sha256.Sum256(append([]byte("gurindam blind\x00"+subject+"\x00"), b.Prepared...))
	return sum[:]
}

// Box returns the answers of a running round as somebody finds them who holds
// the database with its keys, by their place in the box: the words on the first
// question, "" where a slot is free.
func (s *Service) Box(ctx context.Context, round string) ([]string, error) {
	all, _, err := s.openBox(ctx, s.db, round)
	out := make([]string, len(all))
	for i, a := range all {
		if a != nil {
			out[i] = a.Words["lanjutkan"]
		}
	}
	return out, err
}
