package repotest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"sync"

	_ "github.com/jackc/pgx/v5/stdlib" // databases are made and dropped outside any agency's schema

	"github.com/gurindam/gurindam/internal/db"
)

// server is a PostgreSQL server on which databases may be made and dropped.
type server struct {
	base    string // URL
	admin   *sql.DB
	cluster *Cluster // held so that the share is not closed as garbage; nil for a server of one's own
}

// sharedServer returns the server of this test program: the one in
// GURINDAM_TEST_POSTGRES or the throw-away cluster.
var sharedServer = sync.OnceValues(func() (*server, error) {
	s := &server{base: os.Getenv("GURINDAM_TEST_POSTGRES")}
	var err error
	if s.base == "" {
		if s.cluster, err = JoinCluster(); err != nil {
			return nil, err
		}
		s.base = s.cluster.URL // left when this program ends
	}
	if s.admin, err = sql.Open("pgx", s.base); err != nil {
		return nil, err
	}
	s.admin.SetMaxOpenConns(2)
	return s, s.admin.Ping()
})

func (s *server) url(name string) string { return withDatabase(s.base, name) }

func (s *server) exec(ctx context.Context, query string) error {
	_, err := s.admin.ExecContext(ctx, query)
	return err
}

// newDatabase makes a database with a name of its own.
func (s *server) newDatabase(ctx context.Context, how string) (string, error) {
	name := "gurindam_test_" + strings.ReplaceAll(db.NewID(), "-", "")
	return name, s.exec(ctx, `CREATE DATABASE `+name+` `+how)
}

// template returns the name of the database that has the migrations applied
// and is copied for each test.
func (s *server) template(ctx context.Context, migrations []db.Migrations) (string, error) {
	if len(migrations) == 0 {
		return "template0", nil
	}
	sum, err := fingerprint(migrations)
	if err != nil {
		return "", err
	}
	name := "gurindam_template_" + sum
	return name, s.makeTemplate(ctx, name, migrations)
}

// makeTemplate makes the template unless another test program did: it is
// migrated under another name first, so that a template that exists is whole.
func (s *server) makeTemplate(ctx context.Context, name string, migrations []db.Migrations) error {
	conn, err := s.admin.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(1)`); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(1)`)
	var there bool
	err = conn.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)`, name).Scan(&there)
	if err != nil || there {
		return err
	}
	making := name + "_making"
	for _, q := range []string{`DROP DATABASE IF EXISTS ` + making + ` WITH (FORCE)`, `CREATE DATABASE ` + making + ` TEMPLATE template0`} {
		if _, err := conn.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	if err := migrate(ctx, s.url(making), migrations); err != nil {
		return fmt.Errorf("migrate the template: %w", err)
	}
	_, err = conn.ExecContext(ctx, `ALTER DATABASE `+making+` RENAME TO `+name)
	return err
}

func migrate(ctx context.Context, url string, migrations []db.Migrations) error {
	d, err := db.Open(ctx, db.Config{URL: url, Unsafe: true})
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Migrate(ctx, migrations)
}
