package ledger

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// KindRekeyed is the kind of the entry that says why another key signs from
// now on.
const KindRekeyed = "ledger.rekeyed"

// Rekeying is the payload of an entry of [KindRekeyed]; keys are public.
type Rekeying struct {
	Old    []string `json:"old"`
	New    string   `json:"new"`
	Reason string   `json:"reason"`
}

// register notes the signer's public key in the database the first time. It
// refuses a key the database does not know: a server started with an empty data
// directory must not quietly begin to sign with another key, see [Rekey].
func (s *Signer) register(ctx context.Context, tx *db.Tx, now time.Time) error {
	keys, err := knownKeys(ctx, tx)
	if err != nil || has(keys, s.text) {
		return err
	}
	if len(keys) > 0 {
		return fault.Clash("ledger.otherkey", s.signer.Name(), s.dir)
	}
	return addKey(ctx, tx, s.text, now)
}

// Rekey lets the signer's key sign from now on, because the old one was lost or
// given away, and enters who decided so and why. What the old keys signed stays
// valid; they are kept beside the new one. It returns a Conflict fault when the
// key signs already.
func Rekey(ctx context.Context, d *db.DB, s *Signer, actor, reason string, at time.Time) error {
	var old []Verifier
	err := d.Tx(ctx, func(tx *db.Tx) (err error) {
		if old, err = knownKeys(ctx, tx); err != nil {
			return err
		}
		if has(old, s.text) {
			return fault.Clash("ledger.samekey", s.signer.Name())
		}
		p := Rekeying{New: s.text, Reason: reason}
		for _, k := range old {
			p.Old = append(p.Old, k.text)
		}
		e := Entry{Kind: KindRekeyed, Subject: "key:" + s.signer.Name(), Actor: actor, Payload: p, At: at}
		if err := Append(ctx, tx, e); err != nil {
			return err
		}
		return addKey(ctx, tx, s.text, at)
	})
	if err != nil {
		return err
	}
	lines := s.text + "\n"
	for _, k := range old {
		lines += k.text + "\n"
	}
	return writeFile(filepath.Join(s.dir, verifierFile), []byte(lines), 0o644)
}

func has(keys []Verifier, text string) bool {
	for _, k := range keys {
		if strings.TrimSpace(k.text) == text {
			return true
		}
	}
	return false
}

func addKey(ctx context.Context, tx *db.Tx, text string, at time.Time) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO ledger_key (verifier, added_at) VALUES ($1, $2)`, text, db.Time(at))
	return err
}
