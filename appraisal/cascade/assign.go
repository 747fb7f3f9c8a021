package cascade

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
)

// Assignment gives results to many people at once.
type Assignment struct {
	People  []string          // ids of parts; empty with a Team: its members
	Team    string            // id of a team
	Goals   []string          // ids of columns
	Words   string            // the wording, with placeholders
	Own     map[string]string // another wording, by column
	Measure *appraisal.Indicator
	Direct  bool // write into drafts at once where there is no agreed SKP
}

// wishes spells an assignment out for every person and every result.
func (a Assignment) wishes(b *Board) ([]Wish, error) {
	var wrong fault.Fields
	people := a.people(*b)
	wrong.Check(len(people) > 0, "people", "cascade.choose_people")
	wrong.Check(len(a.Goals) > 0, "goals", "cascade.choose_goals")
	for name, words := range map[string]string{"words": a.Words} {
		wrong.Check(strings.TrimSpace(words) != "", name, "form.required")
	}
	for _, words := range append([]string{a.Words}, values(a.Own)...) {
		if unknown := unknownPlaceholder(words); unknown != "" {
			wrong.Add("words", "cascade.placeholder", "{"+unknown+"}")
		}
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	var all []Wish
	for _, part := range people {
		m := b.Member(part)
		if m == nil {
			continue
		}
		for _, goal := range a.Goals {
			if c := b.Column(goal); c != nil {
				words := a.Words
				if own := strings.TrimSpace(a.Own[goal]); own != "" {
					words = own
				}
				all = append(all, Wish{part, goal, fillWords(words, *m, *c)})
			}
		}
	}
	return all, checkWishes(all)
}

func values(m map[string]string) []string {
	var all []string
	for _, v := range m {
		all = append(all, v)
	}
	slices.Sort(all)
	return all
}

// people are those chosen one by one and the members of the team.
func (a Assignment) people(b Board) []string {
	all := slices.Clone(a.People)
	for _, t := range b.Teams {
		if t.ID == a.Team {
			for _, id := range t.Members {
				if !slices.Contains(all, id) {
					all = append(all, id)
				}
			}
		}
	}
	return all
}

// Given is what giving results does, or would do.
type Given struct {
	Board  Board
	Rows   []Judged
	Counts map[Verdict]int
}

// Try tells what an assignment would do; it writes nothing.
func (s *Service) Try(ctx context.Context, actor account.Actor, board string, a Assignment) (Given, error) {
	b, err := s.editable(ctx, actor, board)
	if err != nil {
		return Given{}, err
	}
	wishes, err := a.wishes(&b)
	if err != nil {
		return Given{Board: b}, err
	}
	return s.try(ctx, b, wishes, a.Direct)
}

// TryWishes is Try for what was pasted, loaded or typed into the grid.
func (s *Service) TryWishes(ctx context.Context, actor account.Actor, board string, wishes []Wish, direct bool) (Given, error) {
	b, err := s.editable(ctx, actor, board)
	if err != nil {
		return Given{}, err
	}
	if err := checkWishes(wishes); err != nil {
		return Given{Board: b}, err
	}
	return s.try(ctx, b, wishes, direct)
}

func (s *Service) try(ctx context.Context, b Board, wishes []Wish, direct bool) (Given, error) {
	roles, err := rolesOf(ctx, s.DB, b.ID)
	g := Given{Board: b, Rows: judge(b, roles, wishes, direct && b.Draft)}
	g.Counts = given(g.Rows)
	return g, err
}

// editable returns a board the actor may give results on.
func (s *Service) editable(ctx context.Context, actor account.Actor, board string) (Board, error) {
	b, err := s.Board(ctx, actor, board)
	switch {
	case err != nil:
		return b, err
	case !b.Period.Open():
		return b, fault.Clash("appraisal.closed")
	case !b.Edit:
		return b, fault.Denied("account.denied")
	}
	return b, nil
}

// Assign gives results: what can go into drafts is written there, the rest is
// proposed, in one transaction. Giving the same again changes nothing.
func (s *Service) Assign(ctx context.Context, actor account.Actor, board string, a Assignment) (Given, error) {
	g, err := s.Try(ctx, actor, board, a)
	if err != nil {
		return g, err
	}
	team := ""
	for _, t := range g.Board.Teams {
		if t.ID == a.Team {
			team = t.Name
		}
	}
	return g, s.give(ctx, actor, &g, a.Measure, team)
}

// GiveWishes is Assign for what was pasted, loaded or typed into the grid.
func (s *Service) GiveWishes(ctx context.Context, actor account.Actor, board string, wishes []Wish, direct bool) (Given, error) {
	g, err := s.TryWishes(ctx, actor, board, wishes, direct)
	if err != nil {
		return g, err
	}
	return g, s.give(ctx, actor, &g, nil, "")
}

// give stores what was judged. The board is judged again inside the
// transaction's reach by the unique words of a cell: the same proposal twice is
// kept once.
func (s *Service) give(ctx context.Context, actor account.Actor, g *Given, measure *appraisal.Indicator, team string) error {
	now := s.Now()
	var rows [][]any
	direct := map[string][]Role{}
	asked := map[string]int{}
	for _, j := range g.Rows {
		if j.Verdict != WillPropose && j.Verdict != WillDraft {
			continue
		}
		r := Role{
			ID: db.NewID(), Year: g.Board.Period.Year, Leader: g.Board.ID, Goal: j.Goal, GoalText: g.Board.Column(j.Goal).Text, Part: j.Part,
			Words: j.Words, Measure: measure, Team: team, State: Waiting, MadeAt: now, MadeBy: actor.ID, MadeByName: actor.Name,
		}
		if j.Verdict == WillDraft {
			r.State, r.ResultID = Accepted, db.NewID()
			direct[j.Part] = append(direct[j.Part], r)
		} else {
			asked[j.Part]++
		}
		row, err := r.row()
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		if err := db.InsertNew(ctx, tx, "cascade_role", "(part_id, leader, goal, word_key)", roleColumns, rows); err != nil {
			return err
		}
		if _, err := s.Appraisal.Add(ctx, tx, actor, additions(direct, g.Board.Part)); err != nil {
			return err
		}
		if err := s.ask(ctx, tx, g.Board, asked); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "cascade.roles.given", "board:"+g.Board.ID, map[string]any{
			"proposed": g.Counts[WillPropose], "drafted": g.Counts[WillDraft], "people": len(direct) + len(asked),
		})
	})
}

// additions makes of accepted roles what goes into the SKP.
func additions(byPart map[string][]Role, leader *appraisal.Part) []appraisal.Addition {
	var all []appraisal.Addition
	for _, part := range sortedParts(byPart) {
		roles := byPart[part]
		all = append(all, appraisal.Addition{Part: part, Change: func(c *appraisal.Content) error {
			for _, r := range roles {
				r.into(c, leader)
			}
			return nil
		}})
	}
	return all
}

func sortedParts(byPart map[string][]Role) []string {
	var parts []string
	for p := range byPart {
		parts = append(parts, p)
	}
	slices.Sort(parts)
	return parts
}

// into puts a role into an SKP as a result tied to the leader's; one that is
// there already with the same words only gets the tie.
func (x Role) into(c *appraisal.Content, leader *appraisal.Part) {
	sup := appraisal.Support{Text: x.GoalText}
	if leader != nil {
		sup.Part, sup.Result = leader.ID, x.Goal
	}
	for i := range c.Results {
		if r := &c.Results[i]; like(r.Text, x.Words) && (r.Supports.None() || r.Supports.Result == sup.Result) {
			r.Supports = sup
			return
		}
	}
	r := appraisal.Result{ID: x.ResultID, Kind: appraisal.Main, Text: x.Words, Supports: sup}
	if x.Measure != nil {
		in := *x.Measure
		in.ID = db.NewID()
		if !slices.Contains(c.Form.Faces(), in.Face) {
			in.Face = ""
		}
		r.Indicators = append(r.Indicators, in)
	}
	c.Results = append(c.Results, r)
}

// taskRoles waits for whoever was given results.
const taskRoles = "cascade.roles.decide"

// ask gives everybody who was proposed results the task to decide on them.
func (s *Service) ask(ctx context.Context, tx *db.Tx, b Board, asked map[string]int) error {
	var tasks []task.Task
	for _, m := range b.People {
		if asked[m.Part.ID] == 0 {
			continue
		}
		tasks = append(tasks, task.Task{
			Kind: taskRoles, Subject: "roles:" + m.Part.ID, For: task.Person(m.Part.Who.PersonID), From: b.Leader.PersonID,
			Title: task.Say("cascade.task.title", b.Leader.Name), Why: task.Say("cascade.task.why"), Await: task.Say("cascade.task.await", m.Part.Who.Name),
			Button: "cascade.task.button", Link: "/peran-hasil/" + m.Part.ID, At: s.Now(),
		})
	}
	return task.File(ctx, tx, tasks...)
}
