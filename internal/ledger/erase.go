package ledger

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// KindErased is the kind of the entry that says why a payload was erased.
const KindErased = "ledger.erased"

// Erasure is the payload of an entry of [KindErased].
type Erasure struct {
	Entry  string `json:"entry"`
	Reason string `json:"reason"`
}

// Erase removes the payload of an entry where the law demands it and enters
// who did it and why. The record still verifies: commitment and leaf stay. It
// returns NotFound when there is no such entry and Conflict when it is erased
// already or is itself the note of an erasure.
func Erase(ctx context.Context, tx *db.Tx, id, actor, reason string, at time.Time) error {
	r, err := Get(ctx, tx, id)
	if err != nil {
		return err
	}
	if r.Payload == nil || r.Kind == KindErased {
		return fault.Clash("ledger.erased", id)
	}
	note := Entry{ID: db.NewID(), Kind: KindErased, Subject: r.Subject, Actor: actor, Payload: Erasure{id, reason}, At: at}
	if err := Append(ctx, tx, note); err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `UPDATE ledger_entry SET payload = NULL, salt = NULL, erased_by = $1 WHERE id = $2`, note.ID, id)
	return err
}
