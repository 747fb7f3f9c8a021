package participation

import (
	"context"
	"errors"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/token"
)

// BlindKey returns the public key a wave's blind tokens are made for, as DER,
// or a NotFound fault when no codes were handed out or the wave is closed.
func (o *Office) BlindKey(ctx context.Context, w Wave) ([]byte, error) {
	b, err := token.Find(ctx, o.db, w.TokenSubject())
	if errors.Is(err, db.ErrNone) || err == nil && b.ClosedOn != "" {
		return nil, fault.Missing("token.closed")
	}
	return b.Public, err
}

// Blind spends a code of the counter and signs a blinded message for it: the
// visitor's answer can no longer be traced to the code.
func (o *Office) Blind(ctx context.Context, w Wave, typed string, blinded []byte) (signature []byte, err error) {
	code, err := token.ParseCode(typed)
	if err != nil {
		return nil, err
	}
	err = o.db.TxReadCommitted(ctx, func(tx *db.Tx) error {
		signature, err = token.Exchange(ctx, tx, w.TokenSubject(), code, blinded)
		return err
	})
	return signature, err
}
