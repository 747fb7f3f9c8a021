package forum_test

import (
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/participation/forum"
)

func (h *house) desks(t *testing.T, topic forum.Topic) string {
	t.Helper()
	all, err := db.All(t.Context(), h.db, `SELECT kind, for_role, for_unit FROM task WHERE subject = $1 AND done_at IS NULL ORDER BY kind`,
		func(r db.Row) (string, error) {
			var kind, role, unit string
			err := r.Scan(&kind, &role, &unit)
			return strings.TrimPrefix(kind, "forum.task.") + " " + role + "@" + unit, err
		}, "topic:"+topic.ID)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, ", ")
}

func TestATopicWithoutAnAnswerRises(t *testing.T) {
	for name, settle := range map[string]func(t *testing.T, h *house, topic forum.Topic) error{
		"answered": func(t *testing.T, h *house, topic forum.Topic) error {
			_, err := h.Reply(t.Context(), moderator, topic.ID, "", "Dua kali sebulan.")
			return err
		},
		"closed": func(t *testing.T, h *house, topic forum.Topic) error {
			return h.Close(t.Context(), moderator, topic.ID)
		},
		"hidden": func(t *testing.T, h *house, topic forum.Topic) error {
			return h.DecideTopic(t.Context(), moderator, topic.ID, false)
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachHall(t, func(t *testing.T, h *house) {
				topic, err := h.Ask(t.Context(), h.join(t, "Warga Dompak", true), forum.Topic{UnitID: "disduk", Title: "Perekaman", Body: "Kapan di Dompak?"})
				if err != nil {
					t.Fatal(err)
				}
				if err := h.DecideTopic(t.Context(), moderator, topic.ID, true); err != nil {
					t.Fatal(err)
				}
				for _, x := range []struct{ day, want string }{
					{topic.DueOn, ""},
					{"2026-12-14", "late unit-admin@disduk"},
					{"2026-12-28", "late unit-admin@disduk, risen leader@disduk"},
				} {
					h.day = x.day
					if err := h.Night(t.Context()); err != nil {
						t.Fatal(err)
					}
					if got := h.desks(t, topic); got != x.want {
						t.Errorf("on %s (due %s) it lies on %q, not %q", x.day, topic.DueOn, got, x.want)
					}
				}
				if err := settle(t, h, topic); err != nil {
					t.Fatal(err)
				}
				h.day = "2026-12-29"
				if err := h.Night(t.Context()); err != nil {
					t.Fatal(err)
				}
				if got := h.desks(t, topic); got != "" {
					t.Errorf("it still lies on %q", got)
				}
			})
		})
	}
}
