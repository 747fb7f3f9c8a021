package appraisal

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/rulebook"
)

// listText is the one query behind every list: a part with its plan, its
// evaluation and its unit's predicate in a window, and the desk it lies on.
// The pieces are constants; what users type is bound.
type listText struct {
	from  strings.Builder
	where []string
	args  []any
}

func (l *listText) bind(v any) string {
	l.args = append(l.args, v)
	return "$" + strconv.Itoa(len(l.args))
}

func (l *listText) add(condition string) { l.where = append(l.where, condition) }

func (l *listText) in(column string, ids []string) {
	marks := make([]string, len(ids))
	for i, id := range ids {
		marks[i] = l.bind(id)
	}
	l.add(column + ` IN (` + orNull(strings.Join(marks, ", ")) + `)`)
}

func orNull(s string) string {
	if s == "" {
		return "NULL"
	}
	return s
}

// The desk of a part: with the person, the evaluator, the evaluator's superior
// or the level above the unit. Before the window has ended only the plan can
// lie anywhere; written elsewhere nothing lies here.
const (
	planDesk = `CASE WHEN p.pen <> 'gurindam' THEN ''
		WHEN pl.part_id IS NULL OR (pl.revision = 0 AND pl.state IN ('draf', 'dikembalikan')) THEN 'pegawai'
		WHEN pl.state = 'diajukan' THEN 'penilai' `
	ratingDesk = `WHEN e.id IS NULL OR (e.state = 'berjalan' AND e.self_sent_at IS NULL AND e.superior_sent_at IS NULL) THEN 'pegawai'
		WHEN e.state = 'berjalan' AND e.superior_sent_at IS NULL THEN 'penilai'
		WHEN e.state = 'berjalan' AND e.self_sent_at IS NULL THEN 'pegawai'
		`
	orgDesk      = `WHEN e.state = 'berjalan' AND o.id IS NULL THEN 'organisasi' `
	afterDesk    = `WHEN e.state = 'berjalan' THEN 'penilai' WHEN e.state = 'ditetapkan' THEN 'pegawai' WHEN e.state = 'keberatan' THEN 'atasan_penilai' `
	deskEnd      = `ELSE '' END`
	planStateSQL = `COALESCE(pl.state, 'belum_dibuat')`
	evalStateSQL = `COALESCE(e.state, 'berjalan')`
)

// rowsOf returns the query of a list in a window: joins and the desk.
func rowsOf(year Period, w Window, ended, orgNeeded bool) (l *listText, desk string) {
	l = &listText{}
	l.from.WriteString(` FROM appraisal_part p LEFT JOIN appraisal_plan pl ON pl.part_id = p.id
		LEFT JOIN appraisal_evaluation e ON e.part_id = p.id AND e.win = ` + l.bind(w.Code()) + `
		LEFT JOIN appraisal_organisation o ON o.current AND o.win = ` + l.bind(w.Code()) + ` AND o.unit_id = p.org_unit_id`)
	l.add(`p.period_id = ` + l.bind(year.ID))
	l.add(`p.from_day <= ` + l.bind(string(w.To())))
	l.add(`p.to_day >= ` + l.bind(string(w.From())))
	desk = planDesk
	if ended {
		desk += ratingDesk
		if orgNeeded {
			desk += orgDesk
		}
		desk += afterDesk
	}
	return l, desk + deskEnd
}

// filter adds what a query asks for.
func (l *listText) filter(q ListQuery, desk string) {
	if q.Elsewhere {
		l.add(`p.pen <> 'gurindam' AND p.tenure = 'definitive'`)
	}
	if q.Evaluator != "" {
		l.add(`p.evaluator_id = ` + l.bind(q.Evaluator))
	}
	if terms := search.Terms(q.Text); len(terms) > 0 {
		condition, args := search.Where("p.search", len(l.args)+1, terms)
		l.args = append(l.args, args...)
		l.add("(" + condition + ")")
	}
	if q.Plan != "" {
		l.add(planStateSQL + ` = ` + l.bind(string(q.Plan)))
	}
	if q.Evaluation != "" {
		l.add(evalStateSQL + ` = ` + l.bind(string(q.Evaluation)))
	}
	if q.Predicate != "" {
		l.add(`e.predicate = ` + l.bind(string(q.Predicate)))
	}
	if q.Desk != "" {
		l.add(desk + ` = ` + l.bind(string(q.Desk)))
	}
}

func (l *listText) conditions() string { return ` WHERE ` + strings.Join(l.where, ` AND `) }

// order returns the columns a list is sorted by; the id makes pages stable.
func order(sort string) string {
	down := ""
	if rest, has := strings.CutPrefix(sort, "-"); has {
		sort, down = rest, " DESC"
	}
	switch sort {
	case "unit":
		return `p.sort_unit` + down + `, p.sort_name, p.id`
	case "plan":
		return planStateSQL + down + `, p.sort_name, p.id`
	case "evaluation":
		return evalStateSQL + down + `, p.sort_name, p.id`
	default:
		return `p.sort_name` + down + `, p.id`
	}
}

// mostRows is the most rows of one page; an export takes them all.
const mostRows = 200

// List returns a page of parts with their states. What an actor sees is
// limited to the units of the roles held and to the own people.
func (s *Service) List(ctx context.Context, actor account.Actor, q ListQuery) (List, error) {
	if q.Size <= 0 {
		q.Size = 50
	}
	q.Size = min(q.Size, mostRows)
	return s.list(ctx, actor, q)
}

func (s *Service) list(ctx context.Context, actor account.Actor, q ListQuery) (List, error) {
	year, err := s.period(ctx, q.Window.Year)
	if err != nil {
		return List{}, err
	}
	if q.Window == (Window{}) {
		q.Window = year.Annual()
	}
	out := List{}
	orgNeeded, err := s.orgNeeded(ctx, q.Window)
	if err != nil {
		return out, err
	}
	l, desk := rowsOf(year, q.Window, s.today() >= q.Window.To() || year.State == InRating || year.State == Closed, orgNeeded)
	if err := s.scope(ctx, actor, year, q, l); err != nil {
		return out, err
	}
	l.filter(q, desk)
	if out, err = s.count(ctx, l, desk); err != nil {
		return out, err
	}
	out.Period, out.Window = year, q.Window
	out.Rows, err = s.rows(ctx, actor, l, desk, q)
	return out, err
}

func (s *Service) orgNeeded(ctx context.Context, w Window) (bool, error) {
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return false, err
	}
	r, err := rulebook.Load[OrderRule](book)
	return r.Required[w.Kind], err
}

// scope limits a list to what the actor may see.
func (s *Service) scope(ctx context.Context, actor account.Actor, year Period, q ListQuery, l *listText) error {
	if !actor.SignedIn() {
		return fault.New(fault.Unauthenticated, "account.sign_in_first")
	}
	granted, whole := s.access.Units(actor, account.ActAppraisalUnit)
	if actor.PersonID == "" && len(granted) == 0 && !whole {
		return fault.Denied("account.denied")
	}
	if whole && q.Unit == "" {
		return nil
	}
	units, err := s.unitsOf(ctx, s.db, year)
	if err != nil {
		return err
	}
	if q.Unit != "" {
		l.in(`p.unit_id`, units.below(q.Unit))
	}
	if whole {
		return nil
	}
	var mine []string
	for _, g := range granted {
		mine = append(mine, units.below(g)...)
	}
	marks := make([]string, len(mine))
	for i, id := range mine {
		marks[i] = l.bind(id)
	}
	me := l.bind(actor.PersonID)
	l.add(`(p.unit_id IN (` + orNull(strings.Join(marks, ", ")) + `) OR (` + me + ` <> '' AND (p.evaluator_id = ` + me + ` OR p.above_id = ` + me + `)))`)
	return nil
}

// count returns the counts of everything a list matches. Its maps are shared
// by everybody who asks the same: read them only.
func (s *Service) count(ctx context.Context, l *listText, desk string) (List, error) {
	query := `SELECT plan, evaluation, desk, count(*) FROM (
		SELECT ` + planStateSQL + ` AS plan, ` + evalStateSQL + ` AS evaluation, ` + desk + ` AS desk` + l.from.String() + l.conditions() + `) matched
		GROUP BY plan, evaluation, desk`
	key := fmt.Sprintf("%s\n%q", query, l.args)
	return s.counts.Of(key, s.Writes(), s.now(), func() (List, error) { return countAll(context.WithoutCancel(ctx), s.db, query, l.args) })
}

func countAll(ctx context.Context, q db.Queryer, query string, args []any) (List, error) {
	out := List{Plans: map[PlanState]int{}, Evaluations: map[EvaluationState]int{}, Desks: map[Desk]int{}}
	err := db.Each(ctx, q, query, func(r db.Row) error {
		var plan PlanState
		var evaluation EvaluationState
		var on Desk
		var n int
		if err := r.Scan(&plan, &evaluation, &on, &n); err != nil {
			return err
		}
		out.Total += n
		out.Plans[plan] += n
		out.Evaluations[evaluation] += n
		out.Desks[on] += n
		return nil
	}, args...)
	return out, err
}

// rows reads one page, or everything when Size is 0.
func (s *Service) rows(ctx context.Context, actor account.Actor, l *listText, desk string, q ListQuery) ([]Row, error) {
	text := rowText(desk, l) + ` ORDER BY ` + order(q.Sort)
	if q.Size > 0 {
		text += ` LIMIT ` + strconv.Itoa(q.Size) + ` OFFSET ` + strconv.Itoa(q.Size*max(0, q.Page-1))
	}
	all, err := db.All(ctx, s.db, text, scanRow, l.args...)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].hide(actor)
	}
	if err := s.nameDesks(ctx, all, q.Window); err != nil {
		return nil, err
	}
	return all, nil
}

// rowText returns the query whose rows scanRow reads.
func rowText(desk string, l *listText) string {
	return `SELECT ` + partColumns + `, ` + planStateSQL + `, pl.updated_at, COALESCE(pl.flaws, 0), COALESCE(pl.results, 0), COALESCE(pl.indicators, 0),
		` + evalStateSQL + `, COALESCE(e.self_sent_at, ''), COALESCE(e.superior_sent_at, ''), COALESCE(e.results, ''), COALESCE(e.conduct, ''), COALESCE(e.predicate, ''),
		COALESCE(o.predicate, ''), ` + desk + l.from.String() + l.conditions()
}

func scanRow(r db.Row) (Row, error) {
	var v Row
	var face, self, superior string
	targets := append(partTargets(&v.Part, &face), &v.Plan, db.TimeTo(&v.PlanSince), &v.Flaws, &v.Results, &v.Indicators,
		&v.Evaluation, &self, &superior, &v.ResultsRating, &v.ConductRating, &v.Predicate, &v.Organisation, &v.Desk)
	if err := r.Scan(targets...); err != nil {
		return v, err
	}
	v.SelfSent, v.SuperiorSent = self != "", superior != ""
	v.RatedBoth = v.ConductRating != "" && (v.ResultsRating != "" || v.Part.head())
	return v, v.Part.setFaces(face)
}

// hide takes out ratings that are not decided yet, except for who gives them.
func (v *Row) hide(actor account.Actor) {
	if v.Evaluation == Running && (actor.PersonID == "" || actor.PersonID != v.Part.Evaluator.PersonID) {
		v.ResultsRating, v.ConductRating = "", ""
	}
}

// nameDesks fills the name of the person on whose desk each row lies.
func (s *Service) nameDesks(ctx context.Context, rows []Row, w Window) error {
	needsHeads := false
	for i := range rows {
		v := &rows[i]
		switch v.Desk {
		case DeskPerson:
			v.DeskName = v.Part.Who.Name
		case DeskEvaluator:
			v.DeskName = v.Part.Evaluator.Name
		case DeskAbove:
			v.DeskName = v.Part.Above.Name
		case DeskOrg:
			needsHeads = true
		}
	}
	if !needsHeads {
		return nil
	}
	year, err := s.period(ctx, w.Year)
	if err != nil {
		return err
	}
	heads, err := headsIn(ctx, s.db, year, w)
	if err != nil {
		return err
	}
	for i := range rows {
		if rows[i].Desk == DeskOrg {
			rows[i].DeskName = heads[rows[i].Part.OrgUnit].Evaluator.Name
		}
	}
	return nil
}

// Team returns the people the actor evaluates in a window (zero: the current
// year), those that wait for the actor first.
func (s *Service) Team(ctx context.Context, actor account.Actor, w Window) ([]Row, error) {
	if actor.PersonID == "" {
		return nil, nil
	}
	l, err := s.list(ctx, actor, ListQuery{Window: w, Evaluator: actor.PersonID})
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	slices.SortStableFunc(l.Rows, func(a, b Row) int { return urgency(a.Desk) - urgency(b.Desk) })
	return l.Rows, err
}

// urgency sorts desks for the evaluator: what waits for them first.
func urgency(d Desk) int {
	return slices.Index([]Desk{DeskEvaluator, DeskAbove, DeskPerson, DeskOrg, DeskNobody}, d)
}
