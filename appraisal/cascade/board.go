package cascade

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

// Board (matriks peran hasil) is a leader's results with what each of the
// leader's people contributes to them.
type Board struct {
	ID      string // id of the leader's part, or of the agreement of a leader without one
	Period  appraisal.Period
	Leader  appraisal.Identity
	Part    *appraisal.Part // nil for a mayor
	Unit    string          // unit the leader leads, for the way to its agreement
	Columns []Column
	People  []Member
	Teams   []Team
	Edit    bool // the actor may give results
	Draft   bool // the actor may write them into drafts at once
}

// Column is one result of the leader.
type Column struct {
	ID     string
	Number int // from 1
	Text   string
	Final  bool // stands in the approved SKP: ties to it are links
	Tied   int  // people whose SKP supports it
	Asked  int  // people it is only proposed to
}

// Empty reports whether nobody supports a result, not even as a proposal.
func (c Column) Empty() bool { return c.Tied+c.Asked == 0 }

// Member is one person of the board.
type Member struct {
	Part    appraisal.Part
	Plan    appraisal.PlanState
	Cells   map[string][]Cell // by column id
	Loose   int               // results of the SKP that support nothing of the leader's
	Team    string            // name, empty for nobody's
	Closed  string            // key of the sentence that says why nothing can be given
	support int
}

// Unlinked reports whether nothing ties a person to the leader.
func (m Member) Unlinked() bool { return m.support == 0 }

// CellState says how firm what stands in a cell is.
type CellState string

// The states of a cell.
const (
	Proposed CellState = "usulan"    // the person has not taken it yet
	Tie      CellState = "sementara" // in the person's SKP; the leader's is not final
	Link     CellState = "tautan"
)

// Cell is one result of a person for one result of the leader.
type Cell struct {
	Text     string
	State    CellState
	RoleID   string // of a proposal
	ResultID string // of a result in the SKP
	Final    bool   // the person's own SKP is approved with it
}

// Unsupported returns the results nobody supports.
func (b Board) Unsupported() []Column {
	return slices.DeleteFunc(slices.Clone(b.Columns), func(c Column) bool { return !c.Empty() })
}

// Unlinked returns the people nothing ties to the leader.
func (b Board) Unlinked() []Member {
	return slices.DeleteFunc(slices.Clone(b.People), func(m Member) bool { return !m.Unlinked() })
}

// Column returns a column by its id, or nil.
func (b *Board) Column(id string) *Column {
	for i := range b.Columns {
		if b.Columns[i].ID == id {
			return &b.Columns[i]
		}
	}
	return nil
}

// Member returns a person by the id of the part, or nil.
func (b *Board) Member(part string) *Member {
	for i := range b.People {
		if b.People[i].Part.ID == part {
			return &b.People[i]
		}
	}
	return nil
}

// Board returns the matrix of a leader: of a part, or of an agreement. Who may
// read the leader's SKP may read it.
func (s *Service) Board(ctx context.Context, actor account.Actor, id string) (Board, error) {
	b, err := s.head(ctx, actor, id)
	if err != nil {
		return b, err
	}
	return s.filled(ctx, b)
}

// filled reads the people of a board and what they contribute.
func (s *Service) filled(ctx context.Context, b Board) (Board, error) {
	from := max(b.Period.From, s.today())
	to := b.Period.To
	if s.today() > to {
		from = b.Period.From
	}
	if b.Part != nil {
		from, to = min(max(from, b.Part.From), b.Part.To), b.Part.To
	}
	parts, err := s.Appraisal.PartsUnder(ctx, s.DB, b.Leader.PersonID, b.Period.Year, from, to)
	if err != nil {
		return b, err
	}
	plans, approved, err := s.Appraisal.PlansOf(ctx, s.DB, parts)
	if err != nil {
		return b, err
	}
	if b.Teams, err = teamsOf(ctx, s.DB, b.ID); err != nil {
		return b, err
	}
	for _, p := range parts {
		m := Member{Part: p, Plan: appraisal.NotMade, Cells: map[string][]Cell{}, Team: teamOf(b.Teams, p.ID), Closed: p.ReadOnly(b.Period)}
		plan, known := plans[p.ID]
		if known {
			m.Plan = plan.State
		}
		b.People = append(b.People, b.tied(m, plan.Content, approved[p.ID].Content))
	}
	roles, err := rolesOf(ctx, s.DB, b.ID)
	if err != nil {
		return b, err
	}
	b.propose(roles)
	b.count()
	return b, nil
}

// head finds the leader of a board, with the results that are its columns.
func (s *Service) head(ctx context.Context, actor account.Actor, id string) (Board, error) {
	part, err := s.Appraisal.PartByID(ctx, s.DB, id)
	if fault.Is(err, fault.NotFound) {
		return s.mayor(ctx, actor, id)
	}
	if err != nil {
		return Board{}, err
	}
	thing := thingOf(part)
	if err := s.Access.Can(ctx, actor, account.ActAppraisalView, thing); err != nil {
		return Board{}, err
	}
	b := Board{ID: part.ID, Leader: part.Who, Part: &part, Unit: part.HeadOf}
	if b.Period, err = s.Appraisal.YearOf(ctx, part.Year); err != nil {
		return b, err
	}
	b.Draft = b.Period.Open() && s.Access.Can(ctx, actor, account.ActAppraisalDraft, thing) == nil
	b.Edit = b.Period.Open() && (b.Draft || actor.PersonID != "" && actor.PersonID == part.Who.PersonID)
	plans, approved, err := s.Appraisal.PlansOf(ctx, s.DB, []appraisal.Part{part})
	if err != nil {
		return b, err
	}
	force := approved[part.ID].Content
	for i, r := range plans[part.ID].Results {
		same, _ := force.Find(r.ID)
		b.Columns = append(b.Columns, Column{ID: r.ID, Number: i + 1, Text: r.Text, Final: same != nil})
	}
	return b, nil
}

// mayor is head for a leader without an SKP: the goals of the unit's agreement
// are the columns.
func (s *Service) mayor(ctx context.Context, actor account.Actor, id string) (Board, error) {
	a, err := db.One(ctx, s.DB, selectAgreement+`WHERE id = $1`, scanAgreement, id)
	if fault.Is(err, fault.NotFound) {
		return Board{}, fault.Missing("cascade.no_board")
	}
	if err != nil {
		return Board{}, err
	}
	if err := s.Access.Can(ctx, actor, account.ActAppraisalView, account.Thing{Unit: a.UnitID, Owner: a.First.PersonID}); err != nil {
		return Board{}, err
	}
	b := boardOf(a)
	if b.Period, err = s.Appraisal.YearOf(ctx, a.Year); err != nil {
		return b, err
	}
	b.Draft = b.Period.Open() && s.Access.Can(ctx, actor, account.ActAppraisalDraft, account.Thing{Unit: a.UnitID}) == nil
	b.Edit = b.Period.Open() && (b.Draft || actor.PersonID != "" && actor.PersonID == a.First.PersonID)
	return b, nil
}

// boardOf begins the matrix of a leader without an SKP.
func boardOf(a Agreement) Board {
	b := Board{ID: a.ID, Leader: a.First, Unit: a.UnitID}
	for i, g := range a.Goals {
		b.Columns = append(b.Columns, Column{ID: g.ID, Number: i + 1, Text: g.Text, Final: a.State == Signed})
	}
	return b
}

func thingOf(p appraisal.Part) account.Thing {
	return account.Thing{Unit: p.Who.UnitID, Owner: p.Who.PersonID, Evaluator: p.Evaluator.PersonID, Above: p.Above.PersonID}
}

// columnOf returns the column a result supports, or nil.
func (b *Board) columnOf(sup appraisal.Support) *Column {
	if sup.Result != "" {
		return b.Column(sup.Result)
	}
	if sup.Text == "" {
		return nil
	}
	for i := range b.Columns {
		if search.Fold(b.Columns[i].Text) == search.Fold(sup.Text) {
			return &b.Columns[i]
		}
	}
	return nil
}

// tied fills the cells of a person with what the SKP says.
func (b *Board) tied(m Member, now, force appraisal.Content) Member {
	for _, r := range now.Results {
		c := b.columnOf(r.Supports)
		if c == nil {
			m.Loose++
			continue
		}
		own, _ := force.Find(r.ID)
		cell := Cell{Text: r.Text, State: Tie, ResultID: r.ID, Final: own != nil}
		if c.Final {
			cell.State = Link
		}
		m.Cells[c.ID] = append(m.Cells[c.ID], cell)
		m.support++
	}
	return m
}

// propose adds what waits to be taken.
func (b *Board) propose(roles []Role) {
	for _, r := range roles {
		m := b.Member(r.Part)
		if m == nil || r.State != Waiting || b.Column(r.Goal) == nil {
			continue
		}
		m.Cells[r.Goal] = append(m.Cells[r.Goal], Cell{Text: r.Words, State: Proposed, RoleID: r.ID})
		m.support++
	}
}

func (b *Board) count() {
	for i := range b.Columns {
		c := &b.Columns[i]
		for _, m := range b.People {
			cells := m.Cells[c.ID]
			switch {
			case slices.ContainsFunc(cells, func(x Cell) bool { return x.State != Proposed }):
				c.Tied++
			case len(cells) > 0:
				c.Asked++
			}
		}
	}
}

// BoardRow is one leader in the list of matrices.
type BoardRow struct {
	ID          string
	Leader      appraisal.Identity
	Results     int
	Unsupported int
	People      int
	Unlinked    int
	Waiting     int // proposals that wait for people
}

// Gaps reports whether something is missing.
func (r BoardRow) Gaps() bool { return r.Unsupported > 0 || r.Unlinked > 0 }

// Boards lists the matrices the actor may see in a year (0: the current one):
// the own, those of the own people, and those of the units of the roles held;
// those with the most gaps first. text looks in name, post and unit.
func (s *Service) Boards(ctx context.Context, actor account.Actor, year int, text string, gapsOnly bool) ([]BoardRow, appraisal.Period, error) {
	y, err := s.Appraisal.YearOf(ctx, year)
	if err != nil {
		return nil, y, err
	}
	if err := s.Access.Can(ctx, actor, account.ActSelf, account.Thing{}); err != nil {
		return nil, y, err
	}
	all, err := s.kept.Of(y.ID+" "+string(s.day(y)), s.Appraisal.Writes()+s.writes.Load(), s.Now(), func() ([]surveyed, error) {
		return s.census(context.WithoutCancel(ctx), y)
	})
	if err != nil {
		return nil, y, err
	}
	access, err := s.Access.Many(ctx)
	if err != nil {
		return nil, y, err
	}
	terms := search.Terms(text)
	var rows []BoardRow
	for _, x := range all {
		if gapsOnly && !x.row.Gaps() || len(terms) > 0 && !search.Match(x.column, terms) {
			continue
		}
		err := access.Can(ctx, actor, account.ActAppraisalView, x.thing)
		if err == nil {
			rows = append(rows, x.row)
		} else if !fault.Is(err, fault.Forbidden) {
			return nil, y, err
		}
	}
	return rows, y, nil
}
