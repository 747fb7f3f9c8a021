package ledger

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/gurindam/gurindam/internal/db"
)

//go:embed migration/*.sql
var migrations embed.FS

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

// Migrations returns the tables of the record.
func Migrations() db.Migrations { return db.Migrations{Area: "ledger", FS: migrations} }

// topic is rung when an entry waits to be numbered.
const topic = "ledger"

// leafVersion is the first line of every leaf.
const leafVersion = "gurindam-ledger-1"

// Entry is what happened, as its author states it.
type Entry struct {
	// ID is a UUIDv7; empty for a new one. Set it to refer to the entry from
	// the rows of the same transaction.
	ID string
	// Kind is a code word with the area first: "appraisal.decided".
	Kind string
	// Subject is what the entry is about, as "thing:id".
	Subject string
	// Actor is the id of the account that did it, empty for the system.
	Actor string
	// Payload is anything encoding/json can write. Personal data belongs here
	// and nowhere else in an entry.
	Payload any
	// At is when it happened.
	At time.Time
}

// Append enters e in the caller's transaction. It is numbered and signed soon
// after the commit.
func Append(ctx context.Context, tx *db.Tx, e Entry) error {
	return AppendAll(ctx, tx, []Entry{e})
}

// AppendAll enters many entries, numbered in their order if their ids are left
// empty.
func AppendAll(ctx context.Context, tx *db.Tx, entries []Entry) error {
	rows := make([][]any, len(entries))
	for i, e := range entries {
		r, err := seal(e)
		if err != nil {
			return fmt.Errorf("ledger entry %q: %w", e.Kind, err)
		}
		rows[i] = []any{r.ID, r.Kind, r.Subject, r.Actor, db.Time(r.At), r.Commitment, r.LeafHash, r.Salt, r.Payload}
	}
	columns := []string{"id", "kind", "subject", "actor", "at", "commitment", "leaf_hash", "salt", "payload"}
	if err := db.Insert(ctx, tx, "ledger_entry", columns, rows); err != nil {
		return err
	}
	tx.Wake(topic)
	return nil
}

// Record is a stored entry.
type Record struct {
	ID      string
	Seq     int64 // -1 while it waits for its number
	Kind    string
	Subject string
	Actor   string
	At      time.Time
	// Commitment is SHA-256(Salt || Payload).
	Commitment []byte
	LeafHash   []byte
	Salt       []byte // nil once erased
	Payload    []byte // nil once erased
	ErasedBy   string // the entry that says why, if erased
}

// seal makes the record of an entry: payload, salt, commitment and leaf.
func seal(e Entry) (Record, error) {
	if e.At.IsZero() {
		return Record{}, fmt.Errorf("no time")
	}
	if e.Kind == "" || e.Subject == "" {
		return Record{}, fmt.Errorf("no kind or no subject")
	}
	for _, s := range []string{e.ID, e.Kind, e.Subject, e.Actor} {
		if strings.ContainsFunc(s, unicode.IsControl) {
			return Record{}, fmt.Errorf("%q has a control character", s)
		}
	}
	payload, err := canonical(e.Payload)
	if err != nil {
		return Record{}, err
	}
	if e.ID == "" {
		e.ID = db.NewID()
	}
	salt := make([]byte, 32)
	rand.Read(salt) // never fails
	r := Record{
		ID: e.ID, Seq: -1, Kind: e.Kind, Subject: e.Subject, Actor: e.Actor, At: e.At.UTC().Truncate(time.Microsecond),
		Commitment: commit(salt, payload), Salt: salt, Payload: payload,
	}
	r.LeafHash = rfc6962.DefaultHasher.HashLeaf(r.Leaf())
	return r, nil
}

// canonical returns v as compact JSON: fields in their order, map keys sorted,
// no HTML escapes. The bytes are what is stored and hashed.
func canonical(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("payload: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func commit(salt, payload []byte) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write(payload)
	return h.Sum(nil)
}

// Leaf returns the exact bytes that the tree holds of r.
func (r Record) Leaf() []byte {
	return leafBytes(r.ID, r.Kind, r.Subject, r.Actor, db.Time(r.At), r.Commitment)
}

// leafBytes is unambiguous: a leaf has seven lines, so no field of it can hold
// a newline unnoticed.
func leafBytes(id, kind, subject, actor, at string, commitment []byte) []byte {
	lines := []string{leafVersion, id, kind, subject, actor, at, hex.EncodeToString(commitment)}
	return []byte(strings.Join(lines, "\n") + "\n")
}

const selectRecord = `SELECT id, seq, kind, subject, actor, at, commitment, leaf_hash, salt, payload, erased_by FROM ledger_entry `

func scanRecord(row db.Row) (Record, error) {
	r := Record{Seq: -1}
	var seq *int64
	err := row.Scan(&r.ID, &seq, &r.Kind, &r.Subject, &r.Actor, db.TimeTo(&r.At), &r.Commitment, &r.LeafHash, &r.Salt, &r.Payload, db.OrZero(&r.ErasedBy))
	if seq != nil {
		r.Seq = *seq
	}
	return r, err
}
