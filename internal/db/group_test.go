package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
)

func TestGroupWriterAnswersEachWriteForItself(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		g := db.NewGroupWriter(d)
		parents := g.Insert("parent", "id", "name")
		if err := parents.Add(t.Context(), []any{"first", "taken"}); err != nil {
			t.Fatal(err)
		}
		const n = 300
		stop := errors.New("stop")
		var wg sync.WaitGroup
		var mu sync.Mutex
		var want []string
		for i := range n {
			wg.Go(func() {
				id := fmt.Sprintf("p%03d", i)
				name, err := id, error(nil)
				switch i % 4 {
				case 0: // refused by the database
					err = parents.Add(t.Context(), []any{id, id}, []any{id + "b", "taken"})
					if !db.IsDuplicate(err) {
						t.Errorf("%s: got %v", id, err)
					}
					return
				case 1: // refused by its author after writing
					err = g.Do(t.Context(), func(tx *db.Tx) error {
						if _, err := db.Exec(t.Context(), tx, `INSERT INTO parent (id, name) VALUES ($1, $2)`, id, name); err != nil {
							return err
						}
						return stop
					})
					if !errors.Is(err, stop) {
						t.Errorf("%s: got %v", id, err)
					}
					return
				case 2:
					err = g.Do(t.Context(), func(tx *db.Tx) error {
						_, err := db.Exec(t.Context(), tx, `INSERT INTO parent (id, name) VALUES ($1, $2)`, id, name)
						return err
					})
				default:
					err = parents.Add(t.Context(), []any{id, name})
				}
				// What was answered is there for everybody.
				there, readErr := db.Exists(t.Context(), d, `SELECT 1 FROM parent WHERE id = $1`, id)
				if err != nil || readErr != nil || !there {
					t.Errorf("%s: %v, there %v, %v", id, err, there, readErr)
				}
				mu.Lock()
				want = append(want, id)
				mu.Unlock()
			})
		}
		wg.Wait()
		got, err := db.All(t.Context(), d, `SELECT id FROM parent WHERE id <> 'first' ORDER BY id`, db.Value[string])
		slices.Sort(want)
		if err != nil || !slices.Equal(got, want) || len(want) != n/2 {
			t.Errorf("%d are there, %d were answered, %v", len(got), len(want), err)
		}
	})
}

func TestGroupWriterSharesTransactions(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		g := db.NewGroupWriter(d)
		first, release := make(chan struct{}), make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			err := g.Do(t.Context(), func(*db.Tx) error {
				close(first)
				<-release
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
		<-first // a transaction is open; what comes now shares the next
		var commits atomic.Int32
		for i := range 50 {
			wg.Go(func() {
				err := g.Do(t.Context(), func(tx *db.Tx) error {
					if i == 0 {
						tx.AfterCommit(func() { commits.Add(1) })
					}
					_, err := db.Exec(t.Context(), tx, `INSERT INTO parent (id, name) VALUES ($1, $1)`, fmt.Sprint(i))
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		for g.Waiting() < 50 {
			time.Sleep(time.Millisecond)
		}
		// One that is no longer wanted leaves the queue and writes nothing.
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		err := g.Do(gone, func(*db.Tx) error {
			t.Error("ran though it had left")
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		close(release)
		wg.Wait()
		n, err := db.One(t.Context(), d, `SELECT count(*) FROM parent`, db.Value[int])
		if n != 50 || commits.Load() != 1 || err != nil {
			t.Errorf("%d rows, %d commits heard, %v", n, commits.Load(), err)
		}
	})
}

func TestGroupWriterReturnsAPanicToItsAuthor(t *testing.T) {
	d := repotest.OpenSQLite(t, sample)
	g := db.NewGroupWriter(d)
	defer func() {
		if p := recover(); p != "mine" {
			t.Errorf("recovered %v", p)
		}
		if err := g.Insert("parent", "id", "name").Add(t.Context(), []any{"a", "a"}); err != nil {
			t.Errorf("the writer does not go on: %v", err)
		}
	}()
	g.Do(t.Context(), func(*db.Tx) error { panic("mine") })
}

func TestGroupWriterTellsEverybodyWhenTheDatabaseIsAway(t *testing.T) {
	d, err := db.Open(t.Context(), db.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.NewGroupWriter(d).Insert("parent", "id").Add(t.Context(), []any{"a"}); err == nil {
		t.Error("answered without a database")
	}
}
