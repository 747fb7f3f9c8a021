package voices

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
)

// Draw signs the blinded message of somebody who was asked. The answer becomes
// a token in the browser; nobody can tell later which. Each person draws once;
// asking again with the same message gives the same signature, so that an
// answer lost on the way costs nobody the token.
func (s *Service) Draw(ctx context.Context, actor account.Actor, round string, blinded []byte) ([]byte, error) {
	if err := member(actor); err != nil {
		return nil, err
	}
	r, err := roundOf(ctx, s.db, round)
	if err != nil {
		return nil, err
	}
	var signature []byte
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		mine, err := s.takeSeat(ctx, tx, actor, r, blinded)
		if err != nil {
			return err
		}
		signature, err = sign(ctx, tx, r.tokens(mine.Group), blinded)
		return err
	})
	return signature, err
}

// takeSeat notes that the actor has drawn, for this blinded message.
func (s *Service) takeSeat(ctx context.Context, tx *db.Tx, actor account.Actor, r Round, blinded []byte) (seat, error) {
	mine, err := seatOf(ctx, tx, r.ID, actor.PersonID)
	if err != nil {
		return mine, err
	}
	if r.State != Drawing || s.today() > r.DrawUntil {
		return mine, fault.Clash("voices.draw_over")
	}
	sum := sha256.Sum256(blinded)
	if mine.Drawn {
		if bytes.Equal(mine.Blinded, sum[:]) {
			return mine, nil
		}
		return mine, fault.Clash("voices.drawn")
	}
	n, err := db.Exec(ctx, tx, `UPDATE voice_invited SET drawn = true, blinded = $1 WHERE round_id = $2 AND person_id = $3 AND NOT drawn`,
		sum[:], r.ID, actor.PersonID)
	if err == nil && n != 1 {
		err = fault.Clash("voices.drawn")
	}
	if err != nil {
		return mine, err
	}
	return mine, task.Close(ctx, tx, task.Done{Kind: kindDraw, For: task.Person(actor.PersonID), By: actor.ID, At: s.now()}, r.subject())
}

// sign exchanges a code made for this purpose for a blind signature.
func sign(ctx context.Context, tx *db.Tx, subject string, blinded []byte) ([]byte, error) {
	codes, err := token.Issue(ctx, tx, subject, 1)
	if err != nil {
		return nil, err
	}
	return token.Exchange(ctx, tx, subject, codes[0], blinded)
}

// DrawUnlinked makes a token for a browser that cannot blind. The token is
// shown once and stored nowhere. It is called unlinked and not blind: for a
// moment this program has seen both the person and the token.
func (s *Service) DrawUnlinked(ctx context.Context, actor account.Actor, round string) (coupon string, err error) {
	if err := member(actor); err != nil {
		return "", err
	}
	r, err := roundOf(ctx, s.db, round)
	if err != nil {
		return "", err
	}
	mine, err := seatOf(ctx, s.db, r.ID, actor.PersonID)
	if err != nil {
		return "", err
	}
	batch, err := token.Find(ctx, s.db, r.tokens(mine.Group))
	if err != nil {
		return "", err
	}
	wallet, err := token.NewWallet(rand.Reader, batch.Public)
	if err != nil {
		return "", err
	}
	signature, err := s.Draw(ctx, actor, round, wallet.Blinded)
	if err != nil {
		return "", err
	}
	t, err := wallet.Finish(signature)
	if err != nil {
		return "", err
	}
	coupon = Coupon(mine.Group, t.Text())
	if s.habits.draw != nil {
		err = s.db.Tx(ctx, func(tx *db.Tx) error { return s.habits.draw(ctx, tx, r, actor.PersonID, coupon) })
	}
	return coupon, err
}

// Coupon writes a token with the group whose key signed it.
func Coupon(g GroupCode, token string) string { return string(g) + "." + token }

// parseCoupon reads what Coupon wrote, however it was pasted.
func parseCoupon(r Round, text string) (GroupCode, string, error) {
	text = strings.Join(strings.Fields(text), "")
	g, tok, has := strings.Cut(text, ".")
	if !has || r.group(GroupCode(g)) == nil || tok == "" {
		return "", "", fault.WrongField("kupon", "voices.coupon_malformed")
	}
	return GroupCode(g), tok, nil
}
