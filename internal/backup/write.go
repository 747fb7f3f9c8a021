package backup

import (
	"archive/zip"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

// Write makes the backup in file, which appears only when it is whole. dataDir
// is the data directory, "" for none. It returns a Conflict fault when the file
// exists.
func Write(ctx context.Context, d *db.DB, dataDir, file string, now time.Time) (Manifest, error) {
	var m Manifest
	if _, err := os.Lstat(file); err == nil {
		return m, fault.Clash("backup.exists", file)
	}
	part, err := os.OpenFile(file+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return m, fault.Wrong("backup.cannotwrite", file).Because(err)
	}
	defer os.Remove(part.Name()) // gone already when all went well
	m, err = write(ctx, d, dataDir, part, now)
	if err = errors.Join(err, part.Sync(), part.Close()); err != nil {
		return m, err
	}
	// A link, unlike a rename, never replaces what came there meanwhile.
	if err := os.Link(part.Name(), file); err != nil {
		return m, fault.Wrong("backup.cannotwrite", file).Because(err)
	}
	return m, nil
}

func write(ctx context.Context, d *db.DB, dataDir string, to io.Writer, now time.Time) (Manifest, error) {
	m := Manifest{Format: format, Made: now.UTC(), Engine: d.Engine().String()}
	z := zip.NewWriter(to)
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		if m.Migrations, err = db.Applied(ctx, tx); err != nil {
			return err
		}
		tables, err := db.Tables(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			if t.Name == "schema_migration" {
				continue // the manifest names them
			}
			info, err := writeTable(ctx, tx, t, z, now)
			if err != nil {
				return fmt.Errorf("copy table %s: %w", t.Name, err)
			}
			m.Tables = append(m.Tables, info)
		}
		return nil
	})
	if err != nil {
		return m, err
	}
	if m.Files, err = writeFiles(ctx, dataDir, z); err != nil {
		return m, err
	}
	w, err := create(z, manifestName, now)
	if err != nil {
		return m, err
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return m, errors.Join(enc.Encode(m), z.Close())
}

func create(z *zip.Writer, name string, at time.Time) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at.UTC()})
}

func writeTable(ctx context.Context, tx *db.Tx, t db.Table, z *zip.Writer, now time.Time) (TableInfo, error) {
	info := TableInfo{Name: t.Name}
	for _, c := range t.Columns {
		info.Columns = append(info.Columns, c.Name)
	}
	w, err := create(z, tablePrefix+t.Name+tableSuffix, now)
	if err != nil {
		return info, err
	}
	err = db.EachRow(ctx, tx, t, func(values []any) error {
		line, err := encodeRow(values)
		if err != nil {
			return err
		}
		info.Rows++
		_, err = w.Write(line)
		return err
	})
	return info, err
}

// writeFiles copies the files of the data directory but those of the database.
func writeFiles(ctx context.Context, dataDir string, z *zip.Writer) (int, error) {
	if dataDir == "" {
		return 0, nil
	}
	n := 0
	err := filepath.WalkDir(dataDir, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || ctx.Err() != nil {
			return ctx.Err() // a temporary file that has gone meanwhile
		}
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(dataDir, path)
		if err != nil || leftOut(filepath.ToSlash(rel)) {
			return err
		}
		if err := writeFile(z, path, dataPrefix+filepath.ToSlash(rel)); err != nil {
			return fmt.Errorf("copy %s: %w", rel, err)
		}
		n++
		return nil
	})
	return n, err
}

// leftOut are the database's own files, half-written ones, and the kept
// checkpoint, which may know entries that were added after the snapshot.
func leftOut(rel string) bool {
	name := rel[strings.LastIndex(rel, "/")+1:]
	return strings.HasPrefix(rel, "gurindam.db") || strings.HasPrefix(name, ".") || rel == "keys/ledger.checkpoint"
}

func writeFile(z *zip.Writer, path, name string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: info.ModTime().UTC()}
	h.SetMode(info.Mode())
	w, err := z.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return err
}
