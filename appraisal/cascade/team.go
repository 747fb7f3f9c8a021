package cascade

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

// Team is people of a board who are given results together. Somebody is in one
// team of a board at most.
type Team struct {
	ID, Leader, Name string
	Members          []string // ids of parts
	Version          int64
}

func teamsOf(ctx context.Context, q db.Queryer, leader string) ([]Team, error) {
	return db.All(ctx, q, `SELECT id, leader, name, members, version FROM cascade_team WHERE leader = $1 ORDER BY name_key, id`, func(r db.Row) (Team, error) {
		var t Team
		var members string
		if err := r.Scan(&t.ID, &t.Leader, &t.Name, &members, &t.Version); err != nil {
			return t, err
		}
		if err := json.Unmarshal([]byte(members), &t.Members); err != nil {
			return t, fmt.Errorf("stored team %s: %w", t.ID, err)
		}
		return t, nil
	}, leader)
}

func teamOf(teams []Team, part string) string {
	for _, t := range teams {
		if slices.Contains(t.Members, part) {
			return t.Name
		}
	}
	return ""
}

// SaveTeam makes a team (empty id) or changes it; without members it is
// removed. Whoever was in another team of the board leaves that one.
func (s *Service) SaveTeam(ctx context.Context, actor account.Actor, board, id, name string, members []string) error {
	b, err := s.editable(ctx, actor, board)
	if err != nil {
		return err
	}
	name = strings.TrimSpace(name)
	members = slices.DeleteFunc(slices.Clone(members), func(m string) bool { return b.Member(m) == nil })
	var wrong fault.Fields
	wrong.Check(name != "", "name", "form.required")
	checkLength(&wrong, "name", name, mostShort)
	wrong.Check(len(members) > 0 || id != "", "members", "cascade.choose_people")
	for _, t := range b.Teams {
		wrong.Check(t.ID == id || search.Key(t.Name) != search.Key(name), "name", "cascade.team_twice")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		teams, err := teamsOf(ctx, tx, b.ID)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `DELETE FROM cascade_team WHERE leader = $1`, b.ID); err != nil {
			return err
		}
		rows, err := s.teamRows(actor, b.ID, teams, Team{ID: id, Name: name, Members: members})
		if err != nil {
			return err
		}
		if err := db.Insert(ctx, tx, "cascade_team", []string{"id", "leader", "name", "name_key", "members", "version", "updated_at", "updated_by"}, rows); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "cascade.team.saved", "board:"+b.ID, map[string]any{"team": name, "members": members})
	})
}

// teamRows returns the teams of a board with one of them new or changed.
func (s *Service) teamRows(actor account.Actor, board string, teams []Team, changed Team) ([][]any, error) {
	if changed.ID == "" {
		changed.ID = db.NewID()
		teams = append(teams, changed)
	}
	var rows [][]any
	for _, t := range teams {
		if t.ID == changed.ID {
			t.Name, t.Members = changed.Name, changed.Members
		} else {
			t.Members = slices.DeleteFunc(t.Members, func(m string) bool { return slices.Contains(changed.Members, m) })
		}
		if len(t.Members) == 0 {
			continue
		}
		members, err := json.Marshal(t.Members)
		if err != nil {
			return nil, err
		}
		rows = append(rows, []any{t.ID, board, t.Name, search.Key(t.Name), string(members), t.Version + 1, db.Time(s.Now()), actor.ID})
	}
	return rows, nil
}
