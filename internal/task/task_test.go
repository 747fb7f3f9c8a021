package task

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/repotest"
)

// branch is a tree: city contains office contains desk; other lies beside.
type branch struct{}

func (branch) Within(_ context.Context, unit, ancestor string) (bool, error) {
	path := map[string][]string{"desk": {"desk", "office", "city"}, "office": {"office", "city"}, "city": {"city"}, "other": {"other", "city"}}
	return slices.Contains(path[unit], ancestor), nil
}

// register calls everybody by an invented name.
type register struct{}

func (register) PeopleNames(_ context.Context, ids []string) (map[string]string, error) {
	return naming("Person ", ids), nil
}

func (register) UnitNames(_ context.Context, ids []string) (map[string]string, error) {
	return naming("Unit ", ids), nil
}

func naming(prefix string, ids []string) map[string]string {
	names := map[string]string{}
	for _, id := range ids {
		names[id] = prefix + id
	}
	return names
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func agree(subject string, to Desk, due string) Task {
	return Task{
		Kind: "appraisal.plan.agree", Subject: subject, For: to, From: "dewi", Title: Say("t.agree", "Dewi"),
		Button: "t.open", Link: "/skp/1", Due: due, At: noon,
	}
}

func eachInbox(t *testing.T, fn func(t *testing.T, d *db.DB, b *Inbox)) {
	repotest.EachDB(t, []db.Migrations{Migrations()}, func(t *testing.T, d *db.DB) {
		fn(t, d, NewInbox(d, branch{}, register{}))
	})
}

func file(t *testing.T, d *db.DB, tasks ...Task) {
	t.Helper()
	if err := d.Tx(t.Context(), func(tx *db.Tx) error { return File(t.Context(), tx, tasks...) }); err != nil {
		t.Fatal(err)
	}
}

func subjects(tasks []Task) string {
	var all []string
	for _, t := range tasks {
		all = append(all, t.Subject)
	}
	return strings.Join(all, " ")
}

func waiting(t *testing.T, b *Inbox, who account.Actor, f Filter) []Task {
	t.Helper()
	all, err := b.Waiting(t.Context(), who, f)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestFilingTwiceRefreshesAndKeepsTheWaitingTime(t *testing.T) {
	eachInbox(t, func(t *testing.T, d *db.DB, b *Inbox) {
		file(t, d, agree("part:1", Person("rina"), "2026-12-01"))
		first := waiting(t, b, account.Actor{ID: "a", PersonID: "rina"}, Filter{})
		again := agree("part:1", Person("rina"), "2026-12-05")
		again.At = noon.Add(48 * time.Hour)
		again.Title = Say("t.agree_again", i18n.Key("word.plan"), 3, Day("2026-12-05"))
		file(t, d, again, again)
		got := waiting(t, b, account.Actor{ID: "a", PersonID: "rina"}, Filter{})
		if len(first) != 1 || len(got) != 1 {
			t.Fatalf("%d then %d tasks, want one and the same", len(first), len(got))
		}
		if got[0].ID != first[0].ID || !got[0].At.Equal(noon) || got[0].Due != "2026-12-05" {
			t.Errorf("got %+v after %+v", got[0], first[0])
		}
		if !reflect.DeepEqual(got[0].Title, again.Title) {
			t.Errorf("title %#v, want %#v", got[0].Title, again.Title)
		}
	})
}

func TestDoneThingsCanBeAskedAgain(t *testing.T) {
	eachInbox(t, func(t *testing.T, d *db.DB, b *Inbox) {
		rina := account.Actor{ID: "acc-rina", PersonID: "rina"}
		file(t, d, agree("part:1", Person("rina"), ""), agree("part:2", Person("rina"), ""))
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return Close(t.Context(), tx, Done{Kind: "appraisal.plan.agree", By: rina.ID, At: noon}, "part:1", "part:unknown")
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := subjects(waiting(t, b, rina, Filter{})); got != "part:2" {
			t.Errorf("waiting %q", got)
		}
		file(t, d, agree("part:1", Person("rina"), ""))
		if got := len(waiting(t, b, rina, Filter{})); got != 2 {
			t.Errorf("%d wait after asking again, want 2", got)
		}
		done, err := b.Finished(t.Context(), rina, Filter{Limit: 10})
		if err != nil || len(done) != 1 || done[0].DoneBy != rina.ID || !done[0].DoneAt.Equal(noon) {
			t.Errorf("finished %+v, %v", done, err)
		}
	})
}

func TestCloseOnlyOneDeskOrEveryKind(t *testing.T) {
	eachInbox(t, func(t *testing.T, d *db.DB, b *Inbox) {
		other := agree("part:1", Person("hasan"), "")
		other.Kind = "appraisal.rate"
		file(t, d, agree("part:1", Person("rina"), ""), agree("part:1", Person("hasan"), ""), other)
		shut := func(done Done) {
			t.Helper()
			if err := d.Tx(t.Context(), func(tx *db.Tx) error { return Close(t.Context(), tx, done, "part:1") }); err != nil {
				t.Fatal(err)
			}
		}
		shut(Done{Kind: "appraisal.plan.agree", For: Person("rina"), At: noon})
		if n := len(waiting(t, b, account.Actor{ID: "h", PersonID: "hasan"}, Filter{})); n != 2 {
			t.Errorf("%d left with the other person, want 2", n)
		}
		shut(Done{At: noon})
		if n := len(waiting(t, b, account.Actor{ID: "h", PersonID: "hasan"}, Filter{})); n != 0 {
			t.Errorf("%d left after closing every kind", n)
		}
	})
}

func TestOrderAndDates(t *testing.T) {
	eachInbox(t, func(t *testing.T, d *db.DB, b *Inbox) {
		rina := account.Actor{ID: "a", PersonID: "rina"}
		file(t, d, agree("part:nodate", Person("rina"), ""), agree("part:next", Person("rina"), "2026-11-25"),
			agree("part:late", Person("rina"), "2026-11-01"), agree("part:far", Person("rina"), "2027-01-31"))
		for _, c := range []struct {
			when When
			want string
		}{
			{Any, "part:late part:next part:far part:nodate"},
			{Overdue, "part:late"},
			{Soon, "part:next"},
			{Undated, "part:nodate"},
		} {
			f := Filter{When: c.when, Today: "2026-11-23", Until: "2026-11-30"}
			if got := subjects(waiting(t, b, rina, f)); got != c.want {
				t.Errorf("%q: %q, want %q", c.when, got, c.want)
			}
		}
		if got := subjects(waiting(t, b, rina, Filter{Limit: 2, Offset: 1})); got != "part:next part:far" {
			t.Errorf("second page %q", got)
		}
		counts, err := b.Counts(t.Context(), rina, "2026-11-23", "2026-11-30")
		want := []Count{{Kind: "appraisal.plan.agree", Button: "t.open", All: 4, Late: 1, Soon: 1, Undated: 1}}
		if err != nil || !reflect.DeepEqual(counts, want) {
			t.Errorf("counts %+v, %v", counts, err)
		}
	})
}

func TestRoleDesksAreReachedWithinScope(t *testing.T) {
	eachInbox(t, func(t *testing.T, d *db.DB, b *Inbox) {
		file(t, d, agree("unit:desk", Role(account.PerformanceOfficer, "desk"), ""),
			agree("unit:other", Role(account.PerformanceOfficer, "other"), ""),
			agree("agency", Role(account.PerformanceOfficer, ""), ""),
			agree("hr", Role(account.HR, ""), ""))
		for _, c := range []struct {
			name string
			who  account.Actor
			want string
		}{
			{"nobody", account.Actor{}, ""},
			{"no role", account.Actor{ID: "1", PersonID: "dewi"}, ""},
			{"officer of the office", account.Actor{ID: "1", Grants: []account.Grant{{Role: account.PerformanceOfficer, Unit: "office"}}}, "unit:desk"},
			{"officer of the agency", account.Actor{ID: "1", Grants: []account.Grant{{Role: account.PerformanceOfficer}, {Role: account.PerformanceOfficer, Unit: "desk"}}}, "unit:desk unit:other agency"},
			{"officer of two places", account.Actor{ID: "1", Grants: []account.Grant{{Role: account.PerformanceOfficer, Unit: "desk"}, {Role: account.PerformanceOfficer, Unit: "city"}}}, "unit:desk unit:other"},
			{"other role for the unit", account.Actor{ID: "1", Grants: []account.Grant{{Role: account.UnitAdmin, Unit: "office"}}}, ""},
			{"hr", account.Actor{ID: "1", Grants: []account.Grant{{Role: account.HR}}}, "hr"},
		} {
			if got := subjects(waiting(t, b, c.who, Filter{})); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
	})
}

func TestAwaitedShowsTheDesks(t *testing.T) {
	eachInbox(t, func(t *testing.T, d *db.DB, b *Inbox) {
		file(t, d, agree("feedback:1", Person("rina"), ""), agree("feedback:1", Person("arif"), ""),
			agree("fix:1", Role(account.HR, "office"), ""))
		got, err := b.Awaited(t.Context(), account.Actor{ID: "d", PersonID: "dewi"})
		if err != nil || len(got) != 2 {
			t.Fatalf("%+v, %v", got, err)
		}
		if len(got[0].Desks) != 2 || got[0].Desks[0].Name != "Person rina" || got[1].Desks[0].Name != "Unit office" {
			t.Errorf("desks %+v and %+v", got[0].Desks, got[1].Desks)
		}
		if got[0].Days(noon.Add(50*time.Hour)) != 2 {
			t.Errorf("waits %d days", got[0].Days(noon.Add(50*time.Hour)))
		}
	})
}

func TestBadgesCountByEveryBeginningOfTheKind(t *testing.T) {
	eachInbox(t, func(t *testing.T, d *db.DB, b *Inbox) {
		give := agree("feedback:1", Person("rina"), "")
		give.Kind = "appraisal.feedback"
		file(t, d, agree("part:1", Person("rina"), ""), give)
		got, err := b.Badges(t.Context(), account.Actor{ID: "a", PersonID: "rina"})
		want := map[string]int{"tasks": 2, "appraisal": 2, "appraisal.plan": 1, "appraisal.plan.agree": 1, "appraisal.feedback": 1}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, %v; want %v", got, err, want)
		}
	})
}

func TestHandKeepsTheWaitingTime(t *testing.T) {
	eachInbox(t, func(t *testing.T, d *db.DB, b *Inbox) {
		file(t, d, agree("part:1", Person("rina"), "2026-12-01"), agree("part:1", Person("hasan"), "2026-12-09"))
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return Hand(t.Context(), tx, "part:1", "rina", "hasan", noon.Add(time.Hour))
		})
		if err != nil {
			t.Fatal(err)
		}
		got := waiting(t, b, account.Actor{ID: "h", PersonID: "hasan"}, Filter{})
		if len(got) != 1 || !got[0].At.Equal(noon) {
			t.Errorf("new desk holds %+v", got)
		}
		if left := waiting(t, b, account.Actor{ID: "r", PersonID: "rina"}, Filter{}); len(left) != 0 {
			t.Errorf("old desk still holds %+v", left)
		}
	})
}

func TestThousandsAreFiledAtOnce(t *testing.T) {
	eachInbox(t, func(t *testing.T, d *db.DB, b *Inbox) {
		const n = 3001
		tasks := make([]Task, n)
		all := make([]string, n)
		for i := range tasks {
			all[i] = fmt.Sprintf("part:%d", i)
			tasks[i] = agree(all[i], Person("rina"), "2026-12-01")
		}
		rina := account.Actor{ID: "a", PersonID: "rina"}
		file(t, d, tasks...)
		file(t, d, tasks...)
		if badges, err := b.Badges(t.Context(), rina); err != nil || badges[TasksBadge] != n {
			t.Fatalf("%d tasks, want %d (%v)", badges[TasksBadge], n, err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return Close(t.Context(), tx, Done{At: noon}, all...) }); err != nil {
			t.Fatal(err)
		}
		if left := waiting(t, b, rina, Filter{}); len(left) != 0 {
			t.Errorf("%d tasks left", len(left))
		}
	})
}

func TestMistakesOfTheProgramAreRefused(t *testing.T) {
	good := agree("part:1", Person("rina"), "")
	for name, spoil := range map[string]func(*Task){
		"no kind":     func(x *Task) { x.Kind = "" },
		"no desk":     func(x *Task) { x.For = Desk{} },
		"two desks":   func(x *Task) { x.For = Desk{Person: "a", Role: account.HR} },
		"no time":     func(x *Task) { x.At = time.Time{} },
		"other site":  func(x *Task) { x.Link = "//example.org/" },
		"no title":    func(x *Task) { x.Title = Text{} },
		"strange arg": func(x *Task) { x.Title = Say("t", 1.5) },
	} {
		bad := good
		spoil(&bad)
		_, rowErr := bad.row()
		if bad.check() == nil && rowErr == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if good.check() != nil {
		t.Error("a good task was refused")
	}
}

func TestTextIsRenderedInTheReadersLanguage(t *testing.T) {
	bundle, err := i18n.NewBundle(fstest.MapFS{
		"locale/id.toml": {Data: []byte("\"w\" = \"rencana\"\n\"s\" = \"{0} {1} sampai {2}, {3}, {4}\"")},
		"locale/en.toml": {Data: []byte("\"w\" = \"plan\"\n\"s\" = \"{0} {1} until {2}, {3}, {4}\"")},
	})
	if err != nil {
		t.Fatal(err)
	}
	text := Say("s", 1234, i18n.Key("w"), Day("2026-12-05"), "Dewi {0}", i18n.Period("2026-Q3"))
	args, err := text.encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := decode(text.Key, args)
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[i18n.Lang]string{"id": "1.234 rencana sampai 5 Desember 2026, Dewi {0}, Triwulan III 2026", "en": "1,234 plan until 5 December 2026, Dewi {0}, Quarter III 2026"} {
		if got := back.In(bundle.Printer(lang)); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
