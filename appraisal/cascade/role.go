package cascade

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

// RoleState is the state of a role.
type RoleState string

// The states of a role.
const (
	Waiting  RoleState = "usulan"
	Accepted RoleState = "diterima"
	Declined RoleState = "ditolak"
)

// Role (peran hasil) is what somebody is to contribute to a leader's result.
type Role struct {
	ID         string
	Year       int
	Leader     string // id of the board
	Goal       string
	GoalText   string
	Part       string
	Words      string
	Measure    *appraisal.Indicator // how it is measured, nil while that is left to the person
	Team       string               // name of the team it was given to
	State      RoleState
	MadeAt     time.Time
	MadeBy     string
	MadeByName string
	Remark     string // why it was declined
	ResultID   string // in the SKP, once accepted
}

const selectRole = `SELECT id, year, leader, goal, goal_text, part_id, words, measure, team, state, made_at, made_by, made_name, remark, result_id FROM cascade_role `

func scanRole(r db.Row) (Role, error) {
	var x Role
	var measure string
	if err := r.Scan(&x.ID, &x.Year, &x.Leader, &x.Goal, &x.GoalText, &x.Part, &x.Words, &measure, &x.Team, &x.State, db.TimeTo(&x.MadeAt), &x.MadeBy, &x.MadeByName, &x.Remark, &x.ResultID); err != nil {
		return x, err
	}
	if measure == "" {
		return x, nil
	}
	x.Measure = &appraisal.Indicator{}
	if err := json.Unmarshal([]byte(measure), x.Measure); err != nil {
		return x, fmt.Errorf("stored role %s: %w", x.ID, err)
	}
	return x, nil
}

func rolesOf(ctx context.Context, q db.Queryer, leader string) ([]Role, error) {
	return db.All(ctx, q, selectRole+`WHERE leader = $1 ORDER BY made_at, id`, scanRole, leader)
}

var roleColumns = []string{
	"id", "year", "leader", "goal", "goal_text", "part_id", "word_key", "words", "measure", "team", "state",
	"made_at", "made_by", "made_name", "decided_at", "remark", "result_id",
}

func (x Role) row() ([]any, error) {
	measure := ""
	if x.Measure != nil {
		b, err := json.Marshal(x.Measure)
		if err != nil {
			return nil, err
		}
		measure = string(b)
	}
	var decided any
	if x.State != Waiting {
		decided = db.Time(x.MadeAt)
	}
	return []any{
		x.ID, x.Year, x.Leader, x.Goal, x.GoalText, x.Part, wordKey(x.Words), x.Words, measure, x.Team, string(x.State),
		db.Time(x.MadeAt), x.MadeBy, x.MadeByName, decided, x.Remark, x.ResultID,
	}, nil
}

// wordKey is what makes two wordings the same: an index holds it, so it is cut.
func wordKey(words string) string {
	r := []rune(search.Fold(words))
	return string(r[:min(len(r), 300)])
}

// Wish is what somebody shall contribute to one result of the leader.
type Wish struct {
	Part, Goal, Words string
}

// Verdict says what becomes of a wish.
type Verdict string

// The verdicts.
const (
	WillPropose Verdict = "usulan"  // waits until the person takes it
	WillDraft   Verdict = "draf"    // is written into the person's draft at once
	Stands      Verdict = "ada"     // stands there already
	Refused     Verdict = "ditolak" // the person has declined these words
	Shut        Verdict = "tertutup"
)

// Judged is a wish with what becomes of it.
type Judged struct {
	Wish
	Verdict Verdict
	Why     string // key of the sentence that says why it is shut
}

// judge says what becomes of each wish on a board. The same wish twice is
// judged once. direct is asked of who may write drafts.
func judge(b Board, roles []Role, wishes []Wish, direct bool) []Judged {
	type place struct{ part, goal, key string }
	known := map[place]Verdict{}
	for _, r := range roles {
		v := Refused // declined, or taken out of the SKP again
		if r.State == Waiting {
			v = Stands
		}
		known[place{r.Part, r.Goal, wordKey(r.Words)}] = v
	}
	for _, m := range b.People {
		for goal, cells := range m.Cells {
			for _, c := range cells {
				known[place{m.Part.ID, goal, wordKey(c.Text)}] = Stands
			}
		}
	}
	var all []Judged
	for _, w := range wishes {
		at := place{w.Part, w.Goal, wordKey(w.Words)}
		m := b.Member(w.Part)
		j := Judged{Wish: w, Verdict: WillPropose}
		switch v, has := known[at]; {
		case m == nil || b.Column(w.Goal) == nil:
			j.Verdict, j.Why = Shut, "cascade.shut.absent"
		case has:
			j.Verdict = v
		case m.Closed != "":
			j.Verdict, j.Why = Shut, m.Closed
		case direct && (m.Plan == appraisal.NotMade || m.Plan == appraisal.Draft || m.Plan == appraisal.Returned):
			j.Verdict = WillDraft
		}
		known[at] = Stands
		all = append(all, j)
	}
	return all
}

// checkWishes reports wishes that cannot be stored.
func checkWishes(wishes []Wish) error {
	var wrong fault.Fields
	wrong.Check(len(wishes) > 0, "goals", "cascade.nothing_given")
	wrong.Check(len(wishes) <= mostWishes, "goals", "cascade.too_many", mostWishes)
	for _, w := range wishes {
		wrong.Check(strings.TrimSpace(w.Words) != "", "words", "form.required")
		checkLength(&wrong, "words", w.Words, mostText)
	}
	return wrong.Err()
}

// mostWishes is the most results that are given at once: a hundred people with
// fifty results each.
const mostWishes = 5000

// given counts what a list of verdicts comes to.
func given(all []Judged) map[Verdict]int {
	n := map[Verdict]int{}
	for _, j := range all {
		n[j.Verdict]++
	}
	return n
}

// Placeholders are what can stand in the wording of an assignment, in braces.
func Placeholders() []string { return []string{"hasil", "nomor", "nama", "jabatan", "unit", "tim"} }

// fillWords puts what is meant for one person and one result into a wording.
func fillWords(words string, m Member, c Column) string {
	return strings.TrimSpace(strings.NewReplacer(
		"{hasil}", c.Text, "{nomor}", fmt.Sprint(c.Number), "{nama}", m.Part.Who.Name, "{jabatan}", m.Part.Who.Post, "{unit}", m.Part.Who.Unit, "{tim}", m.Team,
	).Replace(words))
}

// unknownPlaceholder returns the first word in braces that means nothing.
func unknownPlaceholder(words string) string {
	for rest := words; ; {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			return ""
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed {
			return ""
		}
		if !slices.Contains(Placeholders(), name) {
			return name
		}
		rest = tail
	}
}
