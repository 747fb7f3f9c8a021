package taskweb

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

type flat struct{}

func (flat) Within(_ context.Context, unit, ancestor string) (bool, error) {
	return unit == ancestor, nil
}

func (flat) YearDays(context.Context, string) (string, string, error) {
	return "2026-01-31", "2027-01-31", nil
}

// anybody signs in whoever the cookie names.
type anybody struct{}

func (anybody) Actor(_ context.Context, token string, _ time.Time) (account.Actor, error) {
	return account.Actor{ID: "acc-" + token, PersonID: token, Name: "Dewi <b>Rahmawati</b>"}, nil
}

// greetings is a section that shows itself to some.
type greetings struct{ to string }

func (g greetings) Home(q *web.Request) (templ.Component, error) {
	if q.Actor.PersonID != g.to {
		return nil, nil
	}
	return templ.Raw("<p>Bagian saya</p>"), nil
}

func words() fstest.MapFS {
	return fstest.MapFS{
		"locale/id.toml": {Data: []byte("\"t.agree\" = \"Setujui SKP {0}\"\n\"t.open\" = \"Buka SKP\"\n\"t.why\" = \"Ia menunggu.\"\n\"t.rate\" = \"Nilai {0}\"\n\"t.rating\" = \"Isi penilaian\"")},
		"locale/en.toml": {Data: []byte("\"t.agree\" = \"Agree on the SKP of {0}\"\n\"t.open\" = \"Open SKP\"\n\"t.why\" = \"Is waiting.\"\n\"t.rate\" = \"Rate {0}\"\n\"t.rating\" = \"Fill in\"")},
	}
}

func taskOf(kind, subject, title, button, due string) task.Task {
	return task.Task{
		Kind: kind, Subject: subject, For: task.Person("rina"), From: "dewi", Title: task.Say(title, "Arif <i>"+subject+"</i>"), Why: task.Say("t.why"),
		Button: button, Link: "/skp/" + subject, Due: due, At: now.Add(-50 * time.Hour),
	}
}

func serve(t *testing.T, d *db.DB) func(as, path string) (int, string) {
	t.Helper()
	tasks := []task.Task{taskOf("a.rate", "late", "t.rate", "t.rating", "2026-11-20")}
	for i := range 30 {
		tasks = append(tasks, taskOf("a.agree", fmt.Sprintf("p%02d", i), "t.agree", "t.open", fmt.Sprintf("2026-12-%02d", i%28+1)))
	}
	tasks = append(tasks, taskOf("a.agree", "undated", "t.agree", "t.open", ""))
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		if err := task.File(t.Context(), tx, tasks...); err != nil {
			return err
		}
		return task.Close(t.Context(), tx, task.Done{By: "acc-rina", At: now}, "p00")
	})
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := i18n.NewBundle(Locale, account.Locale, web.Locale, ui.Locale, words())
	if err != nil {
		t.Fatal(err)
	}
	inbox := task.NewInbox(d, flat{}, nil)
	site := web.New(web.Config{
		Bundle: bundle, Access: account.NewAccess(flat{}), Sessions: anybody{}, Counter: inbox, Static: http.NotFoundHandler(),
		Now: func() time.Time { return now }, Zone: time.UTC, Log: slog.New(slog.DiscardHandler),
	}, Routes(Config{Inbox: inbox, Calendar: flat{}, Sections: []Section{greetings{"dewi"}, greetings{"nobody"}}}))
	server := httptest.NewServer(site.Handler())
	t.Cleanup(server.Close)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return func(as, path string) (int, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if as != "" {
			req.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: as})
		}
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(body)
	}
}

func TestHomeAndTasks(t *testing.T) {
	repotest.EachDB(t, []db.Migrations{task.Migrations()}, func(t *testing.T, d *db.DB) {
		get := serve(t, d)
		for _, c := range []struct {
			as, path string
			has, not []string
		}{
			{"rina", "/", []string{"Selamat pagi, Dewi", "31 hal menunggu Anda, ada yang sudah lewat", "Nilai Arif &lt;i&gt;late", "Isi penilaian", "Lihat semua (31)", "Pelaksanaan", "Anda tidak menunggu siapa pun"}, []string{"Bagian saya", "undated"}},
			{"dewi", "/", []string{"Tidak ada yang menunggu Anda", "Bagian saya", "Lihat semua (31)", "menunggu jawaban"}, []string{"Buka SKP"}},
			{"orang", "/?lang=en", []string{"Nothing waits for you", "You are not waiting for anybody"}, nil},
			{"rina", "/tugas", []string{"1 sampai 25 dari 31", "late", "Lewat waktu", "Tujuh hari ini"}, []string{"undated"}},
			{"rina", "/tugas?page=2", []string{"26 sampai 31 dari 31", "undated"}, []string{"&lt;i&gt;late"}},
			{"rina", "/tugas?page=99", []string{"26 sampai 31 dari 31"}, nil},
			{"rina", "/tugas?kapan=late", []string{"1 sampai 1 dari 1", "Nilai Arif"}, []string{"Setujui SKP"}},
			{"rina", "/tugas?kapan=nodate", []string{"undated", "1 sampai 1 dari 1"}, nil},
			{"rina", "/tugas?jenis=a.rate", []string{"1 sampai 1 dari 1"}, []string{"Setujui SKP"}},
			{"rina", "/tugas?q=nilai+arif", []string{"1 sampai 1 dari 1", "&lt;i&gt;late"}, []string{"Setujui SKP"}},
			{"rina", "/tugas?q=setujui&lang=en", []string{"No task fits"}, nil},
			{"rina", "/tugas?q=agree&lang=en&page=2", []string{"26 to 30 of 30"}, nil},
			{"rina", "/tugas?daftar=selesai", []string{"Setujui SKP Arif &lt;i&gt;p00", "1 sampai 1 dari 1"}, nil},
			{"dewi", "/tugas?daftar=saya&q=late", []string{"1 sampai 1 dari 1", "menunggu jawaban", "<b>2</b>"}, nil},
			{"dewi", "/tugas?daftar=%00%ff&kapan=kapan&jenis=%27&page=x", nil, []string{"sistem gagal"}},
			{"rina", "/tugas?format=csv&kapan=late", []string{"2026-11-20", "Nilai Arif", "/skp/late"}, []string{"Setujui"}},
		} {
			code, body := get(c.as, c.path)
			if code != http.StatusOK && !strings.Contains(c.path, "%00") {
				t.Errorf("%s as %s: %d", c.path, c.as, code)
			}
			for _, text := range c.has {
				if !strings.Contains(body, text) {
					t.Errorf("%s as %s: no %q", c.path, c.as, text)
				}
			}
			for _, text := range c.not {
				if strings.Contains(body, text) {
					t.Errorf("%s as %s: has %q", c.path, c.as, text)
				}
			}
		}
		if code, _ := get("", "/"); code != http.StatusSeeOther {
			t.Errorf("home without an account: %d", code)
		}
		if code, _ := get("rina", "/tugas?format=exe"); code != http.StatusUnprocessableEntity {
			t.Errorf("no such format: %d", code)
		}
	})
}
