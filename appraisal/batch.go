package appraisal

import (
	"cmp"
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/rulebook"
)

// Batch is what the rulebook makes of every evaluation of a window. It decides
// nothing.
type Batch struct {
	Period   string         `json:"period"`
	Rulebook BatchBook      `json:"rulebook"`
	Computed []BatchResult  `json:"computed"`
	Missing  []BatchMissing `json:"missing"`
	Counts   BatchCounts    `json:"counts"`
}

// BatchBook names the rulebook used.
type BatchBook struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

// BatchResult is a predicate both ratings lead to. State says whether it is
// set already; Stored is what was set, which may be a decision on an objection.
type BatchResult struct {
	Part         string                `json:"part"`
	Person       string                `json:"person"`
	Name         string                `json:"name"`
	Unit         string                `json:"unit"`
	Organisation OrganisationPredicate `json:"organisation,omitempty"`
	Results      Rating                `json:"results"`
	Conduct      Rating                `json:"conduct"`
	Predicate    Predicate             `json:"predicate"`
	State        EvaluationState       `json:"state"`
	Stored       Predicate             `json:"stored,omitempty"`
}

// BatchMissing is an evaluation without a predicate, what is missing, and on
// whose desk it lies.
type BatchMissing struct {
	Part     string   `json:"part"`
	Person   string   `json:"person"`
	Name     string   `json:"name"`
	Unit     string   `json:"unit"`
	Missing  []string `json:"missing"` // plan, self, results, conduct, superior, organisation
	Desk     Desk     `json:"desk"`
	DeskName string   `json:"desk_name"`
}

// BatchCounts counts a batch.
type BatchCounts struct {
	Parts      int               `json:"parts"`
	Computed   int               `json:"computed"`
	Missing    int               `json:"missing"`
	Elsewhere  int               `json:"elsewhere"` // written in another application
	Predicates map[Predicate]int `json:"predicates"`
	Unequal    int               `json:"unequal"` // set predicates the ratings do not lead to
}

// EvaluateAll computes the predicates of a window where both ratings are sent
// and lists the rest with what is missing; it decides and writes nothing. It
// checks no permission: it is for whoever holds the database.
func (s *Service) EvaluateAll(ctx context.Context, w Window) (Batch, error) {
	b := Batch{Period: w.Code(), Computed: []BatchResult{}, Missing: []BatchMissing{}, Counts: BatchCounts{Predicates: map[Predicate]int{}}}
	year, err := s.period(ctx, w.Year)
	if err != nil {
		return b, err
	}
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return b, err
	}
	b.Rulebook = BatchBook{book.ID(), book.Version(), book.Hash()}
	rules, err := loadRules(book)
	if err != nil {
		return b, err
	}
	calendar, err := rulebook.Load[CalendarRule](book)
	if err != nil {
		return b, err
	}
	all, err := s.batchRows(ctx, year, w, rules)
	if err != nil {
		return b, err
	}
	for _, v := range all {
		b.add(v, w, rules, s.today() > calendar.SelfDue(w))
	}
	return b, nil
}

// batchRow is a row of a list with what a batch needs besides.
type batchRow struct {
	Row
	revised bool // an SKP is in force
}

// batchRows reads every part of a window in one query.
func (s *Service) batchRows(ctx context.Context, year Period, w Window, rules evaluationRules) ([]batchRow, error) {
	l, desk := rowsOf(year, w, true, rules.order.Required[w.Kind])
	all, err := db.All(ctx, s.db, rowText(desk, l)+` ORDER BY p.sort_name, p.id`, func(r db.Row) (batchRow, error) {
		v, err := scanRow(r)
		return batchRow{Row: v}, err
	}, l.args...)
	if err != nil {
		return nil, err
	}
	approved, err := db.All(ctx, s.db, `SELECT v.part_id FROM appraisal_revision v JOIN appraisal_part p ON p.id = v.part_id
		WHERE p.period_id = $1 AND v.number = 1`, db.Value[string], year.ID)
	if err != nil {
		return nil, err
	}
	has := make(map[string]bool, len(approved))
	for _, id := range approved {
		has[id] = true
	}
	rows := make([]Row, len(all))
	for i := range all {
		rows[i] = all[i].Row
	}
	if err := s.nameDesks(ctx, rows, w); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Row, all[i].revised = rows[i], has[rows[i].Part.ID]
	}
	return all, nil
}

// add puts one part where it belongs.
func (b *Batch) add(v batchRow, w Window, rules evaluationRules, selfLate bool) {
	p := v.Part
	if !slices.Contains(p.Windows(), w) {
		return
	}
	b.Counts.Parts++
	if p.Pen != PenGurindam {
		b.Counts.Elsewhere++
		return
	}
	missing := lacking(lack{
		approved: v.revised, orgNeeded: rules.order.Required[w.Kind] || p.head(), orgSet: v.Organisation != "", head: p.head(),
		results: v.ResultsRating, conduct: v.ConductRating, superiorSent: v.SuperiorSent, selfSent: v.SelfSent, selfLate: selfLate,
	})
	if v.Evaluation == Running && len(missing) > 0 {
		b.Counts.Missing++
		b.Missing = append(b.Missing, BatchMissing{
			Part: p.ID, Person: p.Who.PersonID, Name: p.Who.Name, Unit: p.Who.Unit, Missing: shortNames(missing), Desk: v.Desk, DeskName: v.DeskName,
		})
		return
	}
	r := BatchResult{
		Part: p.ID, Person: p.Who.PersonID, Name: p.Who.Name, Unit: p.Who.Unit, Organisation: v.Organisation,
		Results: v.ResultsRating, Conduct: v.ConductRating, State: v.Evaluation, Stored: v.Predicate,
	}
	if p.head() {
		r.Results = rules.leader.Results[v.Organisation]
	}
	r.Predicate = rules.predicate.Of(r.Results, r.Conduct)
	b.Computed = append(b.Computed, r)
	b.Counts.Computed++
	b.Counts.Predicates[cmp.Or(r.Stored, r.Predicate)]++
	if r.Stored != "" && r.Stored != r.Predicate {
		b.Counts.Unequal++
	}
}

// shortNames leaves the last word of the keys of what is missing.
func shortNames(keys []string) []string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k[len("appraisal.missing."):]
	}
	return names
}
