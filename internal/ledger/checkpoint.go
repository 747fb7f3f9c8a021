package ledger

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Checkpoint states that the first Size entries have the tree root Root.
type Checkpoint struct {
	Size int64
	Root []byte
	At   time.Time
	Key  string // name of the key that signed it
	Note string // the signed text, to publish or to keep
}

// checkpoint signs the state of the tree.
func (s *Signer) checkpoint(size int64, root []byte, at time.Time) (Checkpoint, error) {
	name := s.signer.Name()
	text := fmt.Sprintf("%s\n%d\n%s\ntime %s\n", name, size, base64.StdEncoding.EncodeToString(root), db.Time(at))
	signed, err := note.Sign(&note.Note{Text: text}, s.signer)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("sign the checkpoint: %w", err)
	}
	return Checkpoint{Size: size, Root: root, At: at, Key: name, Note: string(signed)}, nil
}

// OpenCheckpoint reads a signed checkpoint and checks its signature with one of
// the keys. It returns an Invalid fault when the text is no checkpoint or was
// signed by none of them.
func OpenCheckpoint(text string, keys ...Verifier) (Checkpoint, error) {
	list := make([]note.Verifier, len(keys))
	for i, k := range keys {
		list[i] = k.verifier
	}
	n, err := note.Open([]byte(text), note.VerifierList(list...))
	if err != nil {
		return Checkpoint{}, fault.Wrong("ledger.badcheckpoint").Because(err)
	}
	c := Checkpoint{Key: n.Sigs[0].Name, Note: text}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 5 || lines[0] != c.Key || !strings.HasPrefix(lines[3], "time ") {
		return Checkpoint{}, fault.Wrong("ledger.badcheckpoint")
	}
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return Checkpoint{}, fault.Wrong("ledger.badcheckpoint").Because(err)
	}
	if c.Root, err = base64.StdEncoding.Strict().DecodeString(lines[2]); err != nil {
		return Checkpoint{}, fault.Wrong("ledger.badcheckpoint").Because(err)
	}
	if c.At, err = db.ParseTime(strings.TrimPrefix(lines[3], "time ")); err != nil {
		return Checkpoint{}, fault.Wrong("ledger.badcheckpoint").Because(err)
	}
	return c, nil
}

// Latest returns the newest checkpoint as it is stored, or [db.ErrNone] while
// there is none.
func Latest(ctx context.Context, q db.Queryer) (Checkpoint, error) {
	keys, err := knownKeys(ctx, q)
	if err != nil {
		return Checkpoint{}, err
	}
	text, err := db.One(ctx, q, `SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1`, db.Value[string])
	if err != nil {
		return Checkpoint{}, err
	}
	return OpenCheckpoint(text, keys...)
}

// knownKeys returns the public keys the database holds.
func knownKeys(ctx context.Context, q db.Queryer) ([]Verifier, error) {
	return db.All(ctx, q, `SELECT verifier FROM ledger_key ORDER BY added_at`, func(r db.Row) (Verifier, error) {
		text, err := db.Value[string](r)
		if err != nil {
			return Verifier{}, err
		}
		return ParseVerifier(text)
	})
}

// keep writes the newest checkpoint beside the key, out of reach of whoever
// can only change the database.
func (s *Signer) keep(c Checkpoint) error {
	return writeFile(filepath.Join(s.dir, checkpointFile), []byte(c.Note), 0o644)
}

// KeptCheckpoint returns the text of the checkpoint kept in a key directory,
// "" when there is none.
func KeptCheckpoint(dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, checkpointFile))
	if err != nil {
		return ""
	}
	return string(text)
}
