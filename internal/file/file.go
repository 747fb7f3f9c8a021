package file

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Locale holds the sentences of this package's faults.
//
//go:embed locale/*.toml
var Locale embed.FS

// Migrations returns the table of files.
func Migrations() db.Migrations { return db.Migrations{Area: "file", FS: migrations} }

// MostBytes is the largest file kept.
const MostBytes = 10 << 20

// File is one upload.
type File struct {
	ID    string
	Hash  string // SHA-256 of the bytes, hexadecimal
	Name  string // as it was called, made safe
	Media string // media type found in the bytes
	Size  int64
	Owner string // account id
	At    time.Time
}

// Store keeps files in a directory and their rows in the database. It is safe
// for concurrent use.
type Store struct {
	db  *db.DB
	dir string
	now func() time.Time
}

// New returns the store of a directory, which is made when the first file
// comes. now nil is time.Now.
func New(d *db.DB, dir string, now func() time.Time) *Store {
	if now == nil {
		now = time.Now
	}
	return &Store{db: d, dir: dir, now: now}
}

// Put keeps what r holds under the name given and returns its row. It returns
// an Invalid fault for an empty file, one that is too large, and one whose type
// is not on the list. When it returns without error the bytes are on disk.
func (s *Store) Put(ctx context.Context, owner, name string, r io.Reader) (File, error) {
	temp, f, err := s.receive(r)
	if temp != "" {
		defer os.Remove(temp)
	}
	if err != nil {
		return File{}, err
	}
	if f.Media == "" {
		return File{}, fault.WrongField("file", "file.type")
	}
	f.ID, f.Owner, f.At, f.Name = db.NewID(), owner, s.now(), safeName(name, f.Media)
	if err := s.place(temp, f.Hash); err != nil {
		return File{}, err
	}
	return f, s.db.TxReadCommitted(ctx, func(tx *db.Tx) error {
		return db.Insert(ctx, tx, "stored_file", []string{"id", "hash", "name", "media", "size", "owner", "created_at"},
			[][]any{{f.ID, f.Hash, f.Name, f.Media, f.Size, f.Owner, db.Time(f.At)}})
	})
}

// receive writes the upload to a temporary file beside the others, flushed,
// and finds its hash, size and type.
func (s *Store) receive(r io.Reader) (temp string, f File, err error) {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return "", f, away(err)
	}
	out, err := os.CreateTemp(s.dir, ".upload-")
	if err != nil {
		return "", f, away(err)
	}
	defer out.Close()
	temp = out.Name()
	hash := sha256.New()
	head := &headWriter{}
	f.Size, err = io.Copy(io.MultiWriter(out, hash, head), io.LimitReader(r, MostBytes+1))
	switch {
	case err != nil:
		return temp, f, away(err)
	case f.Size > MostBytes:
		return temp, f, fault.WrongField("file", "file.large", MostBytes>>20)
	case f.Size == 0:
		return temp, f, fault.WrongField("file", "file.empty")
	}
	if err := errors.Join(out.Sync(), out.Close()); err != nil {
		return temp, f, away(err)
	}
	f.Hash, f.Media = hex.EncodeToString(hash.Sum(nil)), mediaOf(head.bytes, temp)
	return temp, f, nil
}

// headWriter keeps the first bytes, by which a type is known.
type headWriter struct{ bytes []byte }

func (h *headWriter) Write(p []byte) (int, error) {
	const enough = 1024
	if room := enough - len(h.bytes); room > 0 {
		h.bytes = append(h.bytes, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

// place moves an upload to where its hash says; the same bytes are kept once.
func (s *Store) place(temp, hash string) error {
	path := s.path(hash)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return away(err)
	}
	if err := os.Rename(temp, path); err != nil {
		return away(err)
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return away(err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func (s *Store) path(hash string) string { return filepath.Join(s.dir, hash[:2], hash[2:4], hash) }

func away(err error) error {
	return fmt.Errorf("keep file: %w", fault.New(fault.Unavailable, "file.away").Because(err))
}

// Get returns the row of a file, or NotFound.
func (s *Store) Get(ctx context.Context, id string) (File, error) {
	f, err := db.One(ctx, s.db, `SELECT id, hash, name, media, size, owner, created_at FROM stored_file WHERE id = $1`, func(r db.Row) (File, error) {
		var f File
		err := r.Scan(&f.ID, &f.Hash, &f.Name, &f.Media, &f.Size, &f.Owner, db.TimeTo(&f.At))
		return f, err
	}, id)
	if fault.Is(err, fault.NotFound) {
		return f, fault.Missing("file.absent")
	}
	return f, err
}

// Open returns the bytes of a file. A file that is gone from the disk is
// Unavailable, not NotFound: its row says that it should be there.
func (s *Store) Open(f File) (*os.File, error) {
	if len(f.Hash) != 64 {
		return nil, fault.Missing("file.absent")
	}
	in, err := os.Open(s.path(f.Hash))
	if err != nil {
		return nil, away(err)
	}
	return in, nil
}
