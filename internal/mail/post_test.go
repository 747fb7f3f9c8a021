package mail

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/mail/mailsink"
	"github.com/gurindam/gurindam/internal/repotest"
)

func letter(to string) Letter {
	return Letter{
		To: to, Subject: "Ada yang menunggu Anda", Lang: "id", Paragraphs: []string{"Satu hal menunggu Anda & <rekan>."},
		Links: []Link{{"Buka", "https://contoh.go.id/tugas"}}, Foot: "Gurindam", Unsubscribe: "https://contoh.go.id/berhenti/1", Stop: "Berhenti menerima",
	}
}

type office struct {
	t     *testing.T
	db    *db.DB
	post  *Post
	jobs  *job.Runner
	clock *time.Time
}

func newOffice(t *testing.T, d *db.DB, c Config) office {
	t.Helper()
	clock := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	now := func() time.Time { return clock }
	post, err := New(d, c, now)
	if err != nil {
		t.Fatal(err)
	}
	o := office{t, d, post, job.NewRunner(d, job.Config{Now: now}), &clock}
	post.Handle(o.jobs)
	return o
}

func (o office) send(l ...Letter) error {
	return o.db.Tx(o.t.Context(), func(tx *db.Tx) error { return o.post.Send(o.t.Context(), tx, l...) })
}

// later runs what is due after a while.
func (o office) later(d time.Duration) {
	o.t.Helper()
	*o.clock = o.clock.Add(d)
	if _, err := o.jobs.Drain(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

func (o office) stored() int {
	o.t.Helper()
	n, err := db.One(o.t.Context(), o.db, `SELECT count(*) FROM mail_letter`, db.Value[int])
	if err != nil {
		o.t.Fatal(err)
	}
	return n
}

func TestLettersAreSentOnceAndErased(t *testing.T) {
	repotest.EachDB(t, []db.Migrations{job.Migrations(), Migrations()}, func(t *testing.T, d *db.DB) {
		sink := mailsink.Start(t)
		sink.Away(2)
		o := newOffice(t, d, Config{Server: sink.Addr, From: "Gurindam <g@contoh.go.id>", TLS: "none"})
		if err := o.send(letter("dewi@contoh.id")); err != nil {
			t.Fatal(err)
		}
		for range 4 {
			o.later(time.Hour)
		}
		got := sink.Letters()
		if len(got) != 1 || o.stored() != 0 {
			t.Fatalf("%d letters, %d still stored", len(got), o.stored())
		}
		for _, want := range []string{"To: <dewi@contoh.id>", "List-Unsubscribe: <https://contoh.go.id/berhenti/1>", "text/html", "Satu hal menunggu Anda &amp; &lt;rekan&gt;.", "https://contoh.go.id/tugas"} {
			if !strings.Contains(got[0], want) {
				t.Errorf("the letter lacks %q:\n%s", want, got[0])
			}
		}
	})
}

func TestAReaderWhoIsRefusedIsNotTriedAgain(t *testing.T) {
	repotest.EachDB(t, []db.Migrations{job.Migrations(), Migrations()}, func(t *testing.T, d *db.DB) {
		sink := mailsink.Start(t)
		sink.Refuse("nobody@contoh.id")
		o := newOffice(t, d, Config{Server: sink.Addr, From: "g@contoh.go.id", TLS: "none"})
		if err := o.send(letter("nobody@contoh.id"), letter("ada@contoh.id")); err != nil {
			t.Fatal(err)
		}
		o.later(time.Minute)
		if n := len(sink.Letters()); n != 1 || o.stored() != 0 {
			t.Errorf("%d letters, %d stored", n, o.stored())
		}
		for _, bad := range []string{"", "dewi", "dewi@contoh.id, lain@contoh.id", "a@b.c\r\nBcc: x@y.z"} {
			if err := o.send(letter(bad)); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: %v", bad, err)
			}
		}
	})
}

func TestWithoutAServerNothingIsStored(t *testing.T) {
	repotest.EachDB(t, []db.Migrations{job.Migrations(), Migrations()}, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, Config{})
		if err := o.send(letter("dewi@contoh.id")); err != nil || o.post.On() || o.stored() != 0 {
			t.Errorf("%v, %d stored", err, o.stored())
		}
		dir := t.TempDir()
		o = newOffice(t, d, Config{Dir: dir})
		if err := o.send(letter("dewi@contoh.id")); err != nil {
			t.Fatal(err)
		}
		o.later(time.Minute)
		files, err := os.ReadDir(dir)
		if err != nil || len(files) != 1 {
			t.Errorf("%d files, %v", len(files), err)
		}
	})
	for _, c := range []Config{{Server: "host"}, {Server: "host:x", From: "a@b.c"}, {Server: "host:25"}, {Server: "host:25", From: "a@b.c", TLS: "sometimes"}} {
		if _, err := New(nil, c, time.Now); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
