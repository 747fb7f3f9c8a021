package repotest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Cluster is this program's share in the throw-away PostgreSQL cluster of its
// user. The share ends with the program or with Leave; the cluster is stopped
// some seconds after the last share ended.
type Cluster struct {
	// URL names the cluster's database "postgres" for its superuser.
	URL   string
	share *os.File
}

// Leave ends the share.
func (c *Cluster) Leave() error { return c.share.Close() }

// JoinCluster starts the cluster, or joins it when another program of the same
// user has started it.
//
// Three locked files keep order, and the system itself lets go of a lock when
// its holder dies: "lock" is held while somebody starts or stops the cluster,
// "share" is held (shared) by every user, "sitter" by the one process that
// stops it.
func JoinCluster() (*Cluster, error) {
	home, err := homeDir()
	if err != nil {
		return nil, err
	}
	gate, err := lockFile(filepath.Join(home, "lock"), syscall.LOCK_EX)
	if err != nil {
		return nil, err
	}
	defer gate.Close()
	p, err := newPostmaster(home)
	if err != nil {
		return nil, err
	}
	if !p.answers() {
		if err := p.start(quick...); err != nil {
			return nil, err
		}
	}
	share, err := lockFile(filepath.Join(home, "share"), syscall.LOCK_SH)
	if err != nil {
		return nil, err
	}
	if err := startSitter(home); err != nil {
		return nil, errors.Join(err, share.Close())
	}
	return &Cluster{URL: p.url(), share: share}, nil
}

// homeDir is where the user's cluster and templates live: in memory where the
// system has room for it there, which makes a database ten times faster, else
// in the directory for temporary files.
func homeDir() (string, error) {
	parent := os.TempDir()
	var shm syscall.Statfs_t
	if err := syscall.Statfs("/dev/shm", &shm); err == nil && shm.Bavail*uint64(shm.Bsize) > 2<<30 {
		parent = "/dev/shm"
	}
	dir := filepath.Join(parent, "gurindam-test-"+strconv.Itoa(os.Getuid()))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return "", err
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); !info.IsDir() || ok && int(owner.Uid) != os.Getuid() {
		return "", fmt.Errorf("%s belongs to somebody else", dir)
	}
	return dir, nil
}

func lockFile(path string, how int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), how); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return f, nil
}

// sitterScript stops the cluster when nobody has had a share for ten seconds.
// It looks only while it holds "lock", so nobody can join a cluster that is
// being stopped.
const sitterScript = `
cd "$1" || exit 1
idle=0
while :; do
	sleep 2
	exec 8>lock 9>share
	flock 8
	if flock -n 9; then idle=$((idle+1)); else idle=0; fi
	if [ $idle -ge 5 ]; then
		pid=$(head -n 1 postgres/data/postmaster.pid 2>/dev/null)
		if [ -n "$pid" ]; then
			kill -INT "$pid" 2>/dev/null
			n=0
			while kill -0 "$pid" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done
		fi
		rm -rf postgres sqlite-*.db making-*
		exit 0
	fi
	exec 8>&- 9>&-
done`

// startSitter starts the sitter unless there is one. It outlives this program
// on purpose and keeps none of its files.
func startSitter(home string) error {
	sitter := exec.Command("flock", "-n", "-o", filepath.Join(home, "sitter"), "sh", "-c", sitterScript, "sitter", home)
	sitter.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := sitter.Start(); err != nil {
		return fmt.Errorf("start the process that stops the cluster: %w", err)
	}
	return sitter.Process.Release()
}

// postmaster is the cluster's server process.
type postmaster struct {
	bin  string // directory of the PostgreSQL programs
	dir  string // of the socket, the data and the log
	cred *syscall.Credential
}

func newPostmaster(home string) (*postmaster, error) {
	bin, err := findPostgres()
	if err != nil {
		return nil, err
	}
	p := &postmaster{bin: bin, dir: filepath.Join(home, "postgres")}
	if os.Getuid() == 0 {
		// PostgreSQL refuses to run as root.
		p.cred, err = credential("postgres", "nobody")
	}
	return p, err
}

// findPostgres returns the newest directory with initdb and postgres.
func findPostgres() (string, error) {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	sort.Slice(dirs, func(i, k int) bool { return version(dirs[i]) > version(dirs[k]) })
	if path, err := exec.LookPath("initdb"); err == nil {
		dirs = append([]string{filepath.Dir(path)}, dirs...)
	}
	for _, dir := range dirs {
		if _, err := exec.LookPath(filepath.Join(dir, "initdb")); err == nil {
			return dir, nil
		}
	}
	return "", errors.New("the program initdb of PostgreSQL is not installed")
}

func version(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

func credential(names ...string) (*syscall.Credential, error) {
	for _, name := range names {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, fmt.Errorf("PostgreSQL cannot run as root and there is no user %s", strings.Join(names, " or "))
}

func (p *postmaster) url() string {
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/postgres", RawQuery: url.Values{"host": {p.dir}}.Encode()}
	return u.String()
}

// answers asks for a whole connection: the socket is there before the server
// is ready.
func (p *postmaster) answers() bool {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := pgx.Connect(ctx, p.url())
	if err != nil {
		return false
	}
	return c.Close(ctx) == nil
}

// quick are the settings of a cluster that may forget everything.
var quick = []string{
	"fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
	"max_connections=300", "shared_buffers=64MB", "autovacuum=off", "max_wal_size=2GB",
}

// start makes a new cluster in place of any dead one and waits until it
// answers.
func (p *postmaster) start(settings ...string) error {
	if err := os.RemoveAll(p.dir); err != nil {
		return err
	}
	if err := os.Mkdir(p.dir, 0o700); err != nil {
		return err
	}
	if p.cred != nil {
		if err := os.Chown(p.dir, int(p.cred.Uid), int(p.cred.Gid)); err != nil {
			return err
		}
	}
	data := filepath.Join(p.dir, "data")
	initdb := p.command("initdb", "--pgdata="+data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	logFile, err := os.Create(filepath.Join(p.dir, "log"))
	if err != nil {
		return err
	}
	defer logFile.Close()
	args := []string{"-D", data, "-k", p.dir, "-c", "listen_addresses=", "-c", "timezone=UTC"}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	server := p.command("postgres", args...)
	server.Stdout, server.Stderr = logFile, logFile
	if err := server.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	return p.await(ended)
}

func (p *postmaster) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(p.bin, name), args...)
	c.Dir = "/"
	c.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	// A session of its own: an interrupt at the terminal is for the tests, and
	// the sitter stops the server.
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: p.cred}
	return c
}

// await returns when the server answers, or why it ended.
func (p *postmaster) await(ended <-chan error) error {
	deadline := time.After(60 * time.Second)
	for !p.answers() {
		select {
		case err := <-ended:
			text, _ := os.ReadFile(filepath.Join(p.dir, "log"))
			return fmt.Errorf("PostgreSQL did not start: %v\n%s", err, text)
		case <-deadline:
			return errors.New("PostgreSQL did not answer within a minute")
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}
