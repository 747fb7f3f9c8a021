package forum_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/participation/forum"
	"github.com/gurindam/gurindam/rulebook"
)

var tables = []db.Migrations{
	{Area: "org", FS: fstest.MapFS{"20260101-01-org-stub.sql": {Data: []byte(`CREATE TABLE unit (id text PRIMARY KEY); INSERT INTO unit (id) VALUES ('disduk'), ('rsud');`)}}},
	ledger.Migrations(), task.Migrations(), token.Migrations(), participation.Migrations(), forum.Migrations(),
}

type flat struct{}

func (flat) Within(_ context.Context, unit, ancestor string) (bool, error) {
	return unit == ancestor, nil
}

type books struct{ lib *rulebook.Library }

func (b books) At(_ context.Context, day string) (*rulebook.Book, error) {
	return b.lib.At(rulebook.Day(day), "")
}

var (
	moderator = account.Actor{ID: "mod", Grants: []account.Grant{{Role: account.UnitAdmin, Unit: "disduk"}}}
	second    = account.Actor{ID: "mod2", Grants: []account.Grant{{Role: account.UnitAdmin, Unit: "disduk"}}}
	stranger  = account.Actor{ID: "other", Grants: []account.Grant{{Role: account.UnitAdmin, Unit: "rsud"}}}
	hr        = account.Actor{ID: "hr", Grants: []account.Grant{{Role: account.HR}}}
	staff     = account.Actor{ID: "staff", Grants: []account.Grant{{Role: account.Staff, Unit: "disduk"}}}
)

type house struct {
	*forum.Hall
	db  *db.DB
	day string
}

func eachHall(t *testing.T, fn func(t *testing.T, h *house)) {
	repotest.EachDB(t, tables, func(t *testing.T, d *db.DB) {
		lib, err := rulebook.National()
		if err != nil {
			t.Fatal(err)
		}
		cal, err := calendar.National()
		if err != nil {
			t.Fatal(err)
		}
		h := &house{db: d, day: "2026-11-23"}
		h.Hall = forum.New(forum.Config{DB: d, Access: account.NewAccess(flat{}), Books: books{lib}, Calendar: cal, Now: func() time.Time {
			day, err := time.Parse(time.DateOnly, h.day)
			if err != nil {
				panic(err)
			}
			return day
		}})
		fn(t, h)
	})
}

func (h *house) join(t *testing.T, name string, confirmed bool) forum.Member {
	t.Helper()
	m, err := h.Join(t.Context(), name, "", i18n.Indonesian)
	if err != nil {
		t.Fatal(err)
	}
	if confirmed {
		if err := h.Vouch(t.Context(), hr, m.ID); err != nil {
			t.Fatal(err)
		}
	}
	if m, err = h.Enter(t.Context(), string(m.Code)); err != nil {
		t.Fatal(err)
	}
	return m
}

func (h *house) topic(t *testing.T) forum.Topic {
	t.Helper()
	topic, err := h.Open(t.Context(), moderator, forum.Topic{UnitID: "disduk", Title: "Antrean", Body: "Bagaimana antrean sebaiknya?"})
	if err != nil {
		t.Fatal(err)
	}
	return topic
}

func wantKind(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s gives %v, want %v", what, err, kind)
	}
}

func TestNamesAreChosenButNotAnOffices(t *testing.T) {
	eachHall(t, func(t *testing.T, h *house) {
		h.join(t, "Warga Penyengat", false)
		for _, name := range []string{"warga-penyengat", "WARGA PENYENGAT", "Wargapenyengat", "ab", strings.Repeat("x", 31), "Admin Forum", "Dinas Kota", "<b>x</b>", ""} {
			_, err := h.Join(t.Context(), name, "", i18n.Indonesian)
			wantKind(t, name, err, fault.Invalid)
		}
		_, err := h.Join(t.Context(), "Lain", "bukan-surel", i18n.Indonesian)
		wantKind(t, "no address", err, fault.Invalid)
		_, err = h.Enter(t.Context(), "AAAA-BBBB-CCCC")
		wantKind(t, "a wrong code", err, fault.Forbidden)
		m := h.join(t, "Orang Baik", true)
		if !m.Confirmed || m.Code != "" {
			t.Errorf("%+v", m)
		}
		wantKind(t, "a unit's moderator vouching", h.Vouch(t.Context(), moderator, m.ID), fault.Forbidden)
		wantKind(t, "vouching twice", h.Vouch(t.Context(), hr, m.ID), fault.Conflict)
	})
}

func TestNewMembersAreLookedAtFirst(t *testing.T) {
	eachHall(t, func(t *testing.T, h *house) {
		topic := h.topic(t)
		m := h.join(t, "Warga Satu", true)
		p, err := h.Say(t.Context(), m, topic.ID, "", "Nomor antrean **per jam**.")
		if err != nil || p.State != forum.Waiting {
			t.Fatalf("%+v %v", p, err)
		}
		if list, err := h.Posts(t.Context(), topic.ID, forum.Member{}); err != nil || len(list) != 0 {
			t.Fatalf("the public sees %+v, %v", list, err)
		}
		if list, err := h.Posts(t.Context(), topic.ID, m); err != nil || len(list) != 1 {
			t.Fatalf("the author sees %+v, %v", list, err)
		}
		q, err := h.Queue(t.Context(), moderator)
		if err != nil || len(q.Posts) != 1 {
			t.Fatalf("%+v %v", q, err)
		}
		if q, err = h.Queue(t.Context(), stranger); err != nil || len(q.Posts) != 0 {
			t.Fatalf("another unit's moderator sees %+v, %v", q, err)
		}
		wantKind(t, "another unit deciding", h.Decide(t.Context(), stranger, p.ID, true, ""), fault.Forbidden)
		wantKind(t, "staff deciding", h.Decide(t.Context(), staff, p.ID, true, ""), fault.Forbidden)
		if err := h.Decide(t.Context(), moderator, p.ID, true, ""); err != nil {
			t.Fatal(err)
		}
		if p, err = h.Say(t.Context(), m, topic.ID, p.ID, "Dan bisa dari rumah."); err != nil || p.State != forum.Shown {
			t.Fatalf("the second post: %+v %v", p, err)
		}
		_, err = h.Say(t.Context(), m, topic.ID, "0197a2b0-0000-7000-8000-000000000000", "x")
		wantKind(t, "a reply to nothing", err, fault.NotFound)
		_, err = h.Say(t.Context(), m, topic.ID, "", "   ")
		wantKind(t, "an empty post", err, fault.Invalid)
		_, err = h.Say(t.Context(), m, topic.ID, "", strings.Repeat("x", 5001))
		wantKind(t, "a novel", err, fault.Invalid)
		_, err = h.Say(t.Context(), forum.Member{}, topic.ID, "", "x")
		wantKind(t, "nobody", err, fault.Forbidden)
		if err := h.Block(t.Context(), hr, m.ID); err != nil {
			t.Fatal(err)
		}
		if m, err = h.blocked(t, m); err != nil {
			t.Fatal(err)
		}
		_, err = h.Say(t.Context(), m, topic.ID, "", "x")
		wantKind(t, "a blocked member", err, fault.Forbidden)
	})
}

// blocked is the member as the code would bring it in.
func (h *house) blocked(t *testing.T, m forum.Member) (forum.Member, error) {
	t.Helper()
	m.Blocked = true
	return m, nil
}

func TestAnOfficialAnswerStopsTheClock(t *testing.T) {
	eachHall(t, func(t *testing.T, h *house) {
		m := h.join(t, "Warga Satu", true)
		topic, err := h.Ask(t.Context(), m, forum.Topic{UnitID: "disduk", Title: "Kapan buka di Penyengat?", Body: "Mohon jawaban."})
		if err != nil || topic.State != forum.Waiting || topic.DueOn != "2026-12-11" {
			t.Fatalf("%+v %v", topic, err)
		}
		if _, err := h.Topic(t.Context(), topic.ID, account.Actor{}, forum.Member{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("the public sees a waiting topic: %v", err)
		}
		if err := h.DecideTopic(t.Context(), moderator, topic.ID, true); err != nil {
			t.Fatal(err)
		}
		h.day = "2026-12-14"
		late, err := h.LateTopics(t.Context())
		if err != nil || len(late) != 1 || !late[0].Late(h.day) {
			t.Fatalf("%+v %v", late, err)
		}
		_, err = h.Reply(t.Context(), stranger, topic.ID, "", "Nanti.")
		wantKind(t, "another unit answering", err, fault.Forbidden)
		_, err = h.Reply(t.Context(), staff, topic.ID, "", "Nanti.")
		wantKind(t, "staff answering", err, fault.Forbidden)
		p, err := h.Reply(t.Context(), moderator, topic.ID, "", "Dua kali sebulan.")
		if err != nil || !p.Official {
			t.Fatalf("%+v %v", p, err)
		}
		if late, err = h.LateTopics(t.Context()); err != nil || len(late) != 0 {
			t.Fatalf("%+v %v", late, err)
		}
		wantKind(t, "hiding an official answer", h.Decide(t.Context(), moderator, p.ID, false, "x"), fault.Conflict)
	})
}

func TestPhasesGoForward(t *testing.T) {
	eachHall(t, func(t *testing.T, h *house) {
		topic := h.topic(t)
		wantKind(t, "leaping", h.Move(t.Context(), moderator, topic.ID, 1, forum.Answer), fault.Conflict)
		for i, to := range []forum.Phase{forum.Content, forum.Outcome, forum.Answer} {
			if err := h.Move(t.Context(), moderator, topic.ID, i+1, to); err != nil {
				t.Fatal(err)
			}
		}
		wantKind(t, "an old version", h.Move(t.Context(), moderator, topic.ID, 1, forum.Answer), fault.Conflict)
		if err := h.Close(t.Context(), moderator, topic.ID); err != nil {
			t.Fatal(err)
		}
		_, err := h.Reply(t.Context(), moderator, topic.ID, "", "x")
		wantKind(t, "a closed topic", err, fault.Conflict)
	})
}

func TestSupportOfConfirmedMembersCountsOnce(t *testing.T) {
	eachHall(t, func(t *testing.T, h *house) {
		topic := h.topic(t)
		votes := func() int {
			t.Helper()
			x, err := h.Topic(t.Context(), topic.ID, account.Actor{}, forum.Member{})
			if err != nil {
				t.Fatal(err)
			}
			return x.Votes
		}
		support := func(m forum.Member) {
			t.Helper()
			if err := h.Support(t.Context(), m, topic.ID); err != nil {
				t.Fatal(err)
			}
		}
		one := h.join(t, "Warga Satu", true)
		support(one)
		for i := range 20 {
			support(h.join(t, "Tiruan "+string(rune('a'+i)), false))
		}
		if n := votes(); n != 1 {
			t.Errorf("%d votes count, twenty of them unconfirmed", n)
		}
		support(one)
		if n := votes(); n != 0 {
			t.Errorf("taken back, %d votes count", n)
		}
		wantKind(t, "support for nothing", h.Support(t.Context(), one, "0197a2b0-0000-7000-8000-000000000000"), fault.NotFound)
		wantKind(t, "support by nobody", h.Support(t.Context(), forum.Member{}, topic.ID), fault.Forbidden)
	})
}

func TestFlagsHoldAPostAndAnotherDecidesTheAppeal(t *testing.T) {
	eachHall(t, func(t *testing.T, h *house) {
		topic := h.topic(t)
		author := h.join(t, "Penulis", true)
		p, err := h.Say(t.Context(), author, topic.ID, "", "Petugasnya begitulah.")
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Decide(t.Context(), moderator, p.ID, true, ""); err != nil {
			t.Fatal(err)
		}
		if p, err = h.Say(t.Context(), author, topic.ID, "", "Petugasnya begitulah lagi."); err != nil || p.State != forum.Shown {
			t.Fatalf("%+v %v", p, err)
		}
		for i := range 10 {
			if err := h.Flag(t.Context(), h.join(t, "Tiruan "+string(rune('a'+i)), false), p.ID, "kasar"); err != nil {
				t.Fatal(err)
			}
		}
		h.seen(t, topic.ID, 2) // ten flags of nobody hold nothing
		for i := range 3 {
			if err := h.Flag(t.Context(), h.join(t, "Tetangga "+string(rune('a'+i)), true), p.ID, "kasar"); err != nil {
				t.Fatal(err)
			}
		}
		h.seen(t, topic.ID, 1)
		wantKind(t, "hiding without a reason", h.Decide(t.Context(), moderator, p.ID, false, ""), fault.Invalid)
		if err := h.Decide(t.Context(), moderator, p.ID, false, "menyebut orang"); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "somebody else appealing", h.Object(t.Context(), h.join(t, "Lain", true), p.ID, "tidak benar"), fault.NotFound)
		if err := h.Object(t.Context(), author, p.ID, "tidak menyebut siapa pun"); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "appealing twice", h.Object(t.Context(), author, p.ID, "lagi"), fault.Conflict)
		wantKind(t, "deciding one's own case", h.Settle(t.Context(), moderator, p.ID, false), fault.Forbidden)
		q, err := h.Queue(t.Context(), second)
		if err != nil || len(q.Appeals) != 1 {
			t.Fatalf("%+v %v", q, err)
		}
		if err := h.Settle(t.Context(), second, p.ID, true); err != nil {
			t.Fatal(err)
		}
		h.seen(t, topic.ID, 2)
		if err := h.Flag(t.Context(), h.join(t, "Keempat", true), p.ID, "kasar"); err != nil {
			t.Fatal(err)
		}
		h.seen(t, topic.ID, 2) // decided once, flags hold it no more
		if q, err = h.Queue(t.Context(), second); err != nil || len(q.Flagged) != 1 || q.Flagged[0].Flags != 1 || q.Flagged[0].Complaints[0] != "kasar" {
			t.Fatalf("a moderator does not hear of the flag: %+v %v", q, err)
		}
		if err := h.Decide(t.Context(), second, p.ID, true, ""); err != nil {
			t.Fatal(err)
		}
		if q, err = h.Queue(t.Context(), second); err != nil || len(q.Flagged) != 0 {
			t.Errorf("a flag that was looked at still waits: %+v %v", q, err)
		}
	})
}

// seen counts the posts whose words the public can read.
func (h *house) seen(t *testing.T, topicID string, want int) {
	t.Helper()
	list, err := h.Posts(t.Context(), topicID, forum.Member{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, p := range list {
		if p.Body != "" {
			n++
		}
	}
	if n != want {
		t.Errorf("the public reads %d posts, want %d", n, want)
	}
}

func TestNobodyFloodsTheForum(t *testing.T) {
	eachHall(t, func(t *testing.T, h *house) {
		topic := h.topic(t)
		m := h.join(t, "Cerewet", true)
		said := 0
		for range 30 {
			if _, err := h.Say(t.Context(), m, topic.ID, "", "x"); err == nil {
				said++
			} else if !fault.Is(err, fault.TooMany) {
				t.Fatal(err)
			}
		}
		if said != 20 {
			t.Errorf("%d posts in a day", said)
		}
		h.day = "2026-11-24"
		if _, err := h.Say(t.Context(), m, topic.ID, "", "x"); err != nil {
			t.Errorf("the next day: %v", err)
		}
		if err := h.Follow(t.Context(), m, topic.ID); err != nil {
			t.Fatal(err)
		}
	})
}
