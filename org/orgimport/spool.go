package orgimport

import (
	"bufio"
	"encoding/gob"
	"errors"
	"io"
	"os"
)

// spool keeps rows between reading and loading, so that neither holds them all
// and the transaction does not wait for the reading. Its file has no name and
// is gone with the program.
type spool struct {
	file *os.File
	buf  *bufio.Writer
	enc  *gob.Encoder
	rows int
}

func newSpool(dir string) (*spool, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(dir, "rows-*")
	if err != nil {
		return nil, err
	}
	// Where an open file cannot be removed it is removed when it is closed.
	_ = os.Remove(f.Name())
	s := &spool{file: f, buf: bufio.NewWriterSize(f, 256<<10)}
	s.enc = gob.NewEncoder(s.buf)
	return s, nil
}

func (s *spool) put(p person) error {
	s.rows++
	return s.enc.Encode(&p)
}

// finish ends the writing.
func (s *spool) finish() error { return s.buf.Flush() }

// each calls fn with at most n rows at a time, from the start. What fn is given
// is overwritten after it returns.
func (s *spool) each(n int, fn func([]person) error) error {
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	dec := gob.NewDecoder(bufio.NewReaderSize(s.file, 256<<10))
	batch := make([]person, 0, n)
	for {
		batch = batch[:len(batch)+1]
		last := &batch[len(batch)-1]
		*last = person{} // gob leaves out what is empty
		err := dec.Decode(last)
		if err != nil {
			batch = batch[:len(batch)-1]
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(batch) == n || err != nil && len(batch) > 0 {
			if e := fn(batch); e != nil {
				return e
			}
			batch = batch[:0]
		}
		if err != nil {
			return nil
		}
	}
}

func (s *spool) close() error {
	return errors.Join(s.file.Close(), removeIfThere(s.file.Name()))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
