package repotest

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// DurablePostgresURL starts a PostgreSQL of this benchmark alone, on disk and
// with its own settings, so that a commit means what it means in production;
// the test cluster trades that for speed. It is stopped when the benchmark
// ends.
func DurablePostgresURL(t testing.TB) string {
	t.Helper()
	if os.Getenv("GURINDAM_SKIP_POSTGRES") == "1" {
		t.Skip("GURINDAM_SKIP_POSTGRES=1")
	}
	// Not t.TempDir: its name may be too long for a socket, and the server's user
	// may not enter it.
	home, err := os.MkdirTemp("", "gurindam-pg-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(home, 0o755); err != nil {
		t.Fatal(err)
	}
	p, err := newPostmaster(home)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.stop(); err != nil {
			t.Error(err)
		}
		if err := os.RemoveAll(home); err != nil {
			t.Error(err)
		}
	})
	if err := p.start("max_connections=100"); err != nil {
		t.Fatal(err)
	}
	return p.url()
}

// stop ends the server and waits until it is gone.
func (p *postmaster) stop() error {
	raw, err := os.ReadFile(filepath.Join(p.dir, "data", "postmaster.pid"))
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		return err
	}
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil {
		return err
	}
	for range 300 {
		if syscall.Kill(pid, 0) != nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return os.ErrDeadlineExceeded
}
