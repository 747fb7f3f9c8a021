package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/backup"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// BackupCmd is `gurindam backup`.
type BackupCmd struct {
	Store
	File string `arg:"" help:"File to write; it must not exist." type:"path"`
	JSON bool   `name:"json" help:"Print what the backup holds as one JSON document."`
}

// Run copies database, keys and attachments while the server runs.
func (c *BackupCmd) Run(env *Env) error {
	d, err := c.Existing(env.Ctx)
	if err != nil {
		return err
	}
	m, err := backup.Write(env.Ctx, d, c.Data, c.File, time.Now())
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	env.Say("backup.made", c.File, m.Rows(), len(m.Tables), m.Files)
	env.Say("backup.secret")
	if c.JSON {
		return env.JSON(m)
	}
	return nil
}

// RestoreCmd is `gurindam restore`.
type RestoreCmd struct {
	Store
	File string `arg:"" help:"A backup." type:"existingfile"`
	JSON bool   `name:"json" help:"Print what was restored as one JSON document."`
}

// Run fills an empty database and data directory from a backup. The rows come
// last and in one transaction, so a restore that fails leaves an empty
// database.
func (c *RestoreCmd) Run(env *Env) error {
	a, err := backup.Open(c.File)
	if err != nil {
		return err
	}
	err = c.restore(env.Ctx, a, time.Now())
	if err = errors.Join(err, a.Close()); err != nil {
		return err
	}
	m := a.Manifest
	env.Say("backup.restored", m.Rows(), len(m.Tables), m.Files, m.Made.Format("2006-01-02 15:04:05 MST"))
	if c.JSON {
		return env.JSON(m)
	}
	return nil
}

func (c *RestoreCmd) restore(ctx context.Context, a *backup.Archive, now time.Time) error {
	if c.Data == "" && (c.Database == "" || a.Manifest.Files > 0) {
		return fault.Wrong("db.dir")
	}
	if err := c.emptyDir(); err != nil {
		return err
	}
	d, err := db.Open(ctx, db.Config{URL: c.Database, Dir: c.Data})
	if err != nil {
		return err
	}
	err = c.fill(ctx, d, a, now)
	if err = errors.Join(err, d.Close()); err != nil {
		return errors.Join(err, c.emptyAgain())
	}
	return nil
}

// fill restores files and rows.
func (c *RestoreCmd) fill(ctx context.Context, d *db.DB, a *backup.Archive, now time.Time) error {
	if err := backup.Empty(ctx, d); err != nil {
		return err
	}
	if c.Data != "" {
		if err := a.Files(c.Data); err != nil {
			return err
		}
	}
	// The record itself says that it was brought back, and to which moment.
	return a.Rows(ctx, d, app.Migrations(), func(tx *db.Tx) error {
		return ledger.Append(ctx, tx, ledger.Entry{
			Kind: "system.restored", Subject: "system", At: now,
			Payload: map[string]any{"made": a.Manifest.Made, "rows": a.Manifest.Rows()},
		})
	})
}

// emptyAgain takes away what a failed restore left in the data directory, which
// was empty before.
func (c *RestoreCmd) emptyAgain() error {
	if c.Data == "" {
		return nil
	}
	left, err := os.ReadDir(c.Data)
	for _, e := range left {
		err = errors.Join(err, os.RemoveAll(filepath.Join(c.Data, e.Name())))
	}
	return err
}

// emptyDir refuses a data directory that is in use.
func (c *RestoreCmd) emptyDir() error {
	if c.Data == "" {
		return nil
	}
	found, err := os.ReadDir(c.Data)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(found) == 0 {
		return nil
	}
	if err != nil {
		return fault.Missing("db.nofile", c.Data).Because(err)
	}
	return fault.Clash("backup.direxists", c.Data)
}
