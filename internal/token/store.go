package token

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "token", FS: migrations} }

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

// Batch is what can be told of a batch.
type Batch struct {
	ID          string
	Subject     string
	Public      []byte
	Fingerprint string
	OpenedOn    string
	ClosedOn    string // empty while open
	Issued      int    // codes handed out
	Signed      int    // of these exchanged for blind tokens
	Used        int    // answers given with a code or a blind token
}

// Open makes the batch of a subject with a key of its own; the key is made
// before the transaction, because that takes a while. A subject has one batch;
// a second is a Conflict fault.
func Open(ctx context.Context, tx *db.Tx, subject, today string, key Key) (Batch, error) {
	public, err := key.Public()
	if err != nil {
		return Batch{}, fmt.Errorf("open token batch: %w", err)
	}
	private, err := key.der()
	if err != nil {
		return Batch{}, fmt.Errorf("open token batch: %w", err)
	}
	b := Batch{ID: db.NewID(), Subject: subject, Public: public, Fingerprint: Fingerprint(public), OpenedOn: today}
	n, err := db.Exec(ctx, tx, `INSERT INTO token_batch (id, subject, public_key, private_key, fingerprint, opened_on)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (subject) DO NOTHING`,
		b.ID, subject, public, private, b.Fingerprint, today)
	if err == nil && n == 0 {
		err = fault.Clash("token.open_already")
	}
	return b, err
}

// Find returns the batch of a subject with its counts, or a NotFound fault.
func Find(ctx context.Context, q db.Queryer, subject string) (Batch, error) {
	return db.One(ctx, q, `SELECT b.id, b.subject, b.public_key, b.fingerprint, b.opened_on, b.closed_on, b.issued, b.signed, b.used
			+ (SELECT count(*) FROM token_spent s WHERE s.batch_id = b.id)
			+ (SELECT count(*) FROM token_code c WHERE c.batch_id = b.id AND c.spent = 'code')
		FROM token_batch b WHERE b.subject = $1`, scanBatch, subject)
}

func scanBatch(r db.Row) (Batch, error) {
	var b Batch
	err := r.Scan(&b.ID, &b.Subject, &b.Public, &b.Fingerprint, &b.OpenedOn, db.OrZero(&b.ClosedOn), &b.Issued, &b.Signed, &b.Used)
	return b, err
}

// Issue draws n new codes and returns them for printing; only their hashes are
// kept. They are stored in the order of their hashes, which is random.
func Issue(ctx context.Context, tx *db.Tx, subject string, n int) ([]Code, error) {
	changed, err := db.Exec(ctx, tx, `UPDATE token_batch SET issued = issued + $1 WHERE subject = $2 AND closed_on IS NULL`, n, subject)
	if err != nil {
		return nil, err
	}
	if changed == 0 {
		return nil, fault.Clash("token.closed")
	}
	b, err := Find(ctx, tx, subject)
	if err != nil {
		return nil, err
	}
	codes, rows := make([]Code, n), make([][]any, n)
	for i := range codes {
		if codes[i], err = NewCode(rand.Reader); err != nil {
			return nil, err
		}
		rows[i] = []any{codes[i].hash(subject), b.ID}
	}
	slices.SortFunc(rows, byHash)
	return codes, db.Insert(ctx, tx, "token_code", []string{"hash", "batch_id"}, rows)
}

func byHash(a, b []any) int { return slices.Compare(a[0].([]byte), b[0].([]byte)) }

// Exchange spends a code and signs a blinded message for it: the visitor leaves
// with a token that nobody can trace to the code. The same message sent again
// for the same code, because the answer was lost on the way, is signed again.
func Exchange(ctx context.Context, tx *db.Tx, subject string, code Code, blinded []byte) ([]byte, error) {
	private, err := db.One(ctx, tx, `SELECT private_key FROM token_batch WHERE subject = $1 AND closed_on IS NULL`, db.Value[[]byte], subject)
	if errors.Is(err, db.ErrNone) {
		return nil, fault.Clash("token.closed")
	}
	if err != nil {
		return nil, err
	}
	key, err := parseKey(private)
	if err != nil {
		return nil, err
	}
	signature, err := key.Sign(blinded)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(blinded)
	err = spendCode(ctx, tx, subject, code, "signed")
	if fault.Is(err, fault.Conflict) {
		again, findErr := db.Exists(ctx, tx, `SELECT 1 FROM token_code WHERE hash = $1 AND spent = 'signed' AND blinded = $2`, code.hash(subject), sum[:])
		if findErr != nil || again {
			return signature, findErr
		}
	}
	if err != nil {
		return nil, err
	}
	if _, err = db.Exec(ctx, tx, `UPDATE token_code SET blinded = $1 WHERE hash = $2`, sum[:], code.hash(subject)); err != nil {
		return nil, err
	}
	_, err = db.Exec(ctx, tx, `UPDATE token_batch SET signed = signed + 1 WHERE subject = $1`, subject)
	return signature, err
}

// Spend uses up what a visitor presents, a code as typed or the text of a
// blind token, in the transaction that stores the answer. It is a fault when it
// is malformed, forged, of another subject, or used before.
func Spend(ctx context.Context, tx *db.Tx, subject, presented string) error {
	if len(presented) > 64 {
		return spendBlind(ctx, tx, subject, presented)
	}
	code, err := ParseCode(presented)
	if err != nil {
		return err
	}
	return spendCode(ctx, tx, subject, code, "code")
}

func spendCode(ctx context.Context, tx *db.Tx, subject string, code Code, how string) error {
	hash := code.hash(subject)
	n, err := db.Exec(ctx, tx, `UPDATE token_code SET spent = $1 WHERE hash = $2 AND spent IS NULL
		AND batch_id = (SELECT id FROM token_batch WHERE subject = $3 AND closed_on IS NULL)`, how, hash, subject)
	if err != nil || n == 1 {
		return err
	}
	used, err := db.Exists(ctx, tx, `SELECT 1 FROM token_code WHERE hash = $1`, hash)
	if err != nil {
		return err
	}
	if used {
		return fault.Clash("token.used")
	}
	return fault.Denied("token.unknown")
}

func spendBlind(ctx context.Context, tx *db.Tx, subject, presented string) error {
	t, err := ParseBlind(presented)
	if err != nil {
		return err
	}
	b, err := Find(ctx, tx, subject)
	if errors.Is(err, db.ErrNone) || err == nil && b.ClosedOn != "" {
		return fault.Denied("token.unknown")
	}
	if err != nil {
		return err
	}
	if err := t.Verify(b.Public); err != nil {
		return err
	}
	n, err := db.Exec(ctx, tx, `INSERT INTO token_spent (hash, batch_id) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING`, t.hash(subject), b.ID)
	if err == nil && n == 0 {
		err = fault.Clash("token.used")
	}
	return err
}

// Close ends a batch: its key is erased, so that no further token can be made,
// the counts are kept, and every code and spent token is forgotten: a closed
// batch takes nothing, so nothing has to be remembered to refuse a replay.
func Close(ctx context.Context, tx *db.Tx, subject, today string) error {
	b, err := Find(ctx, tx, subject)
	if errors.Is(err, db.ErrNone) || err == nil && b.ClosedOn != "" {
		return fault.Clash("token.closed")
	}
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `UPDATE token_batch SET closed_on = $1, private_key = NULL, used = $2 WHERE id = $3`, today, b.Used, b.ID); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `DELETE FROM token_code WHERE batch_id = $1`, b.ID); err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `DELETE FROM token_spent WHERE batch_id = $1`, b.ID)
	return err
}

// Shuffle rewrites the tokens of an open batch in random order, so that the
// order of rows in the file says nothing about the order of visitors.
func Shuffle(ctx context.Context, tx *db.Tx, subject string) error {
	b, err := Find(ctx, tx, subject)
	if errors.Is(err, db.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	codes, err := db.All(ctx, tx, `SELECT hash, spent, blinded FROM token_code WHERE batch_id = $1`, func(r db.Row) ([]any, error) {
		var hash, blinded []byte
		var spent string
		err := r.Scan(&hash, db.OrZero(&spent), &blinded)
		return []any{hash, b.ID, db.Null(spent), blinded}, err
	}, b.ID)
	if err != nil {
		return err
	}
	if err := rewrite(ctx, tx, b.ID, "token_code", []string{"hash", "batch_id", "spent", "blinded"}, codes); err != nil {
		return err
	}
	spent, err := db.All(ctx, tx, `SELECT hash FROM token_spent WHERE batch_id = $1`, func(r db.Row) ([]any, error) {
		var hash []byte
		err := r.Scan(&hash)
		return []any{hash, b.ID}, err
	}, b.ID)
	if err != nil {
		return err
	}
	return rewrite(ctx, tx, b.ID, "token_spent", []string{"hash", "batch_id"}, spent)
}

func rewrite(ctx context.Context, tx *db.Tx, batch, table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	if _, err := db.Exec(ctx, tx, `DELETE FROM `+table+` WHERE batch_id = $1`, batch); err != nil {
		return err
	}
	if err := permute(rows); err != nil {
		return err
	}
	return db.Insert(ctx, tx, table, columns, rows)
}

// permute brings the rows into an order drawn from the system's randomness: a
// guessable generator would let somebody undo it.
func permute(rows [][]any) error {
	for i := len(rows) - 1; i > 0; i-- {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err != nil {
			return fmt.Errorf("shuffle tokens: %w", err)
		}
		j := int(n.Int64())
		rows[i], rows[j] = rows[j], rows[i]
	}
	return nil
}
