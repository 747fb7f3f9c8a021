package backup

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// loadBatch is how many rows are held before they are inserted.
const loadBatch = 1000

// Open opens a backup and reads what it holds. It returns an Invalid fault when
// the file is no whole backup.
func Open(file string) (*Archive, error) {
	z, err := zip.OpenReader(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.Missing("backup.nofile", file).Because(err)
	}
	if err != nil {
		return nil, fault.Wrong("backup.notone", file).Because(err)
	}
	a := &Archive{file: file, zip: z}
	if err := a.readManifest(); err != nil {
		return nil, errors.Join(fault.Wrong("backup.notone", file).Because(err), z.Close())
	}
	return a, nil
}

// Archive is an open backup.
type Archive struct {
	Manifest Manifest
	file     string
	zip      *zip.ReadCloser
}

// Close closes the file.
func (a *Archive) Close() error { return a.zip.Close() }

func (a *Archive) readManifest() error {
	f, err := a.zip.Open(manifestName)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := json.NewDecoder(f).Decode(&a.Manifest); err != nil {
		return err
	}
	if a.Manifest.Format != format {
		return fmt.Errorf("format %q, want %q", a.Manifest.Format, format)
	}
	return nil
}

// Empty returns a Conflict fault when the database was used before.
func Empty(ctx context.Context, q db.Queryer) error {
	applied, err := db.Applied(ctx, q)
	if err == nil && len(applied) > 0 {
		return fault.Clash("backup.notempty")
	}
	return err
}

// Rows fills the empty database in one transaction and brings it up to date
// with the program's migrations; last runs before the commit. It returns a
// Conflict fault when the database is not empty or the backup was made by a
// newer program.
func (a *Archive) Rows(ctx context.Context, d *db.DB, all []db.Migrations, last func(tx *db.Tx) error) error {
	then := make([]db.Migrations, len(all))
	copy(then, all)
	for i := range then {
		then[i].Only = func(name string) bool { return slices.Contains(a.Manifest.Migrations, name) }
	}
	return d.TxReadCommitted(ctx, func(tx *db.Tx) error {
		if err := Empty(ctx, tx); err != nil {
			return err
		}
		if err := db.MigrateTx(ctx, tx, then); err != nil {
			return err
		}
		if err := a.sameSchema(ctx, tx); err != nil {
			return err
		}
		if err := db.Refill(ctx, tx, func() error { return a.load(ctx, tx) }); err != nil {
			return err
		}
		if err := db.MigrateTx(ctx, tx, all); err != nil {
			return err
		}
		return last(tx)
	})
}

// sameSchema asks that the program knew every migration of the backup.
func (a *Archive) sameSchema(ctx context.Context, tx *db.Tx) error {
	applied, err := db.Applied(ctx, tx)
	if err != nil {
		return err
	}
	for _, name := range a.Manifest.Migrations {
		if !slices.Contains(applied, name) {
			return fault.Clash("db.newer", name)
		}
	}
	return nil
}

func (a *Archive) load(ctx context.Context, tx *db.Tx) error {
	tables, err := db.Tables(ctx, tx)
	if err != nil {
		return err
	}
	for _, info := range a.Manifest.Tables {
		i := slices.IndexFunc(tables, func(t db.Table) bool { return t.Name == info.Name })
		if i < 0 {
			return fault.Wrong("backup.notone", a.file).Because(fmt.Errorf("no table %s", info.Name))
		}
		if err := a.loadTable(ctx, tx, tables[i], info); err != nil {
			return fault.Wrong("backup.broken", a.file, info.Name).Because(err)
		}
	}
	return nil
}

func (a *Archive) loadTable(ctx context.Context, tx *db.Tx, t db.Table, info TableInfo) error {
	columns := make([]db.Column, len(info.Columns))
	for i, name := range info.Columns {
		k := slices.IndexFunc(t.Columns, func(c db.Column) bool { return c.Name == name })
		if k < 0 {
			return fmt.Errorf("no column %s", name)
		}
		columns[i] = t.Columns[k]
	}
	f, err := a.zip.Open(tablePrefix + info.Name + tableSuffix)
	if err != nil {
		return err
	}
	defer f.Close()
	dec := json.NewDecoder(f)
	var total int64
	var rows [][]any
	for {
		var raw []json.RawMessage
		err := dec.Decode(&raw)
		if err != nil && err != io.EOF {
			return err
		}
		if err == nil {
			row, err := decodeRow(raw, columns)
			if err != nil {
				return fmt.Errorf("row %d: %w", total+1, err)
			}
			rows = append(rows, row)
			total++
		}
		if len(rows) == loadBatch || err == io.EOF {
			if err := db.Insert(ctx, tx, info.Name, info.Columns, rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
		if err == io.EOF {
			break
		}
	}
	if total != info.Rows {
		return fmt.Errorf("%d rows, the manifest says %d", total, info.Rows)
	}
	return nil
}

// Files writes the files of the data directory. It returns a Conflict fault
// when one of them exists, before writing any.
func (a *Archive) Files(dataDir string) error {
	files := map[string]*zip.File{}
	for _, f := range a.zip.File {
		rel, ours := strings.CutPrefix(f.Name, dataPrefix)
		if !ours {
			continue
		}
		if !filepath.IsLocal(filepath.FromSlash(rel)) {
			return fault.Wrong("backup.notone", a.file).Because(fmt.Errorf("file %q", f.Name))
		}
		path := filepath.Join(dataDir, filepath.FromSlash(rel))
		if _, err := os.Lstat(path); err == nil {
			return fault.Clash("backup.fileexists", path)
		}
		files[path] = f
	}
	for path, f := range files {
		if err := extract(f, path); err != nil {
			return fmt.Errorf("restore %s: %w", path, err)
		}
	}
	return nil
}

// extract writes one file; the archive's checksum is checked at its end.
func extract(f *zip.File, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, f.Mode().Perm()|0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
