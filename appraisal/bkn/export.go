package bkn

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/search"
)

// Query asks for the records of a window.
type Query struct {
	Window appraisal.Window
	Units  []string // these units only; empty: all
}

// Row is a record with how the person is called.
type Row struct {
	PartID, Name, NIP, UnitID, Unit string
	Record                          Record
}

// Missing is somebody without a record, or with one that SIASN may refuse.
// Key is the translation key of what to do; Refused says that no record was
// written.
type Missing struct {
	PartID, Name, NIP, UnitID, Unit string
	Key                             string
	Refused                         bool
}

// Export is what Records found.
type Export struct {
	Kind    Kind
	Window  appraisal.Window
	Rows    []Row
	Missing []Missing // those without a record first, then in order of unit and name
}

// Records returns the records of the export in their order.
func (e Export) Records() []Record {
	all := make([]Record, len(e.Rows))
	for i, r := range e.Rows {
		all[i] = r.Record
	}
	return all
}

// Refused counts the people without a record.
func (e Export) Refused() int {
	n := 0
	for _, m := range e.Missing {
		if m.Refused {
			n++
		}
	}
	return n
}

// Export returns the records of the units the actor closes months for. Needs
// appraisal.close; the agency's HR sees all.
func (s *Service) Export(ctx context.Context, actor account.Actor, q Query) (Export, error) {
	granted, whole := s.Access.Units(actor, account.ActMonthClose)
	if !whole && len(granted) == 0 {
		return Export{}, s.Access.Can(ctx, actor, account.ActMonthClose, account.Thing{})
	}
	e, err := s.kept.Of(q.Window.Code(), s.Appraisal.Writes()+s.writes.Load(), s.Now(), func() (Export, error) {
		return s.export(context.WithoutCancel(ctx), q.Window)
	})
	if err != nil || whole && len(q.Units) == 0 {
		return e, err
	}
	access, err := s.Access.Many(ctx)
	if err != nil {
		return Export{}, err
	}
	return e.only(func(unit string) bool {
		return (len(q.Units) == 0 || slices.Contains(q.Units, unit)) &&
			(whole || access.Can(ctx, actor, account.ActMonthClose, account.Thing{Unit: unit}) == nil)
	}), nil
}

// ExportAll is Export for whoever holds the database: the command line.
func (s *Service) ExportAll(ctx context.Context, q Query) (Export, error) {
	e, err := s.export(ctx, q.Window)
	if err != nil || len(q.Units) == 0 {
		return e, err
	}
	return e.only(func(unit string) bool { return slices.Contains(q.Units, unit) }), nil
}

// only returns the export of some units.
func (e Export) only(in func(unit string) bool) Export {
	some := Export{Kind: e.Kind, Window: e.Window}
	for _, r := range e.Rows {
		if in(r.UnitID) {
			some.Rows = append(some.Rows, r)
		}
	}
	for _, m := range e.Missing {
		if in(m.UnitID) {
			some.Missing = append(some.Missing, m)
		}
	}
	return some
}

// export makes the records of everybody.
func (s *Service) export(ctx context.Context, w appraisal.Window) (Export, error) {
	out := Export{Kind: KindOf(w), Window: w}
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		held, err := s.hold(ctx, tx, w)
		if err != nil {
			return err
		}
		for _, h := range held.people {
			s.add(&out, *h)
		}
		return nil
	})
	slices.SortStableFunc(out.Missing, func(a, b Missing) int { // what keeps a record back comes first
		switch {
		case a.Refused == b.Refused:
			return 0
		case a.Refused:
			return -1
		}
		return 1
	})
	return out, err
}

// add makes the record of one person, or says what is missing.
func (s *Service) add(out *Export, h holding) {
	p := h.part
	miss := func(key string, refused bool) {
		out.Missing = append(out.Missing, Missing{p.ID, p.Who.Name, p.Who.NIP, p.Who.UnitID, p.Who.Unit, key, refused})
	}
	switch {
	case h.outcome.predicate == "" && p.Pen != appraisal.PenGurindam:
		miss("bkn.missing.elsewhere."+string(p.Pen), true)
		return
	case h.outcome.predicate == "":
		miss("bkn.missing.result", true)
		return
	case h.pns == "":
		miss("bkn.missing.pns", true)
		return
	case h.outcome.results == "" || h.outcome.conduct == "":
		miss("bkn.missing.ratings", true)
		return
	}
	r := s.record(h, out.Window)
	if h.outcome.state == appraisal.Objected {
		miss("bkn.missing.objection", false)
	}
	if p.Evaluator.NIP != "" && p.Evaluator.Rank != "" && r.Rater.Rank == "" {
		miss("bkn.missing.rank", false)
	}
	if p.Evaluator.PersonID == "" && r.Rater.Name == "" {
		miss("bkn.missing.rater", false)
	}
	out.Rows = append(out.Rows, Row{p.ID, p.Who.Name, p.Who.NIP, p.Who.UnitID, p.Who.Unit, r})
}

// record makes the record of one person: what SIASN holds already where it
// says the same, else anew with SIASN's number and documents.
func (s *Service) record(h holding, w appraisal.Window) Record {
	p, r := h.part, Record{Kind: KindOf(w), Person: h.pns, Year: w.Year}
	r.Results, r.Conduct, r.Quadrant = s.codes.Ratings[h.outcome.results], s.codes.Ratings[h.outcome.conduct], s.codes.Predicates[h.outcome.predicate]
	if k := h.kept; k != nil {
		same := k.Results == r.Results && k.Conduct == r.Conduct && k.Quadrant == r.Quadrant && k.Person == h.pns
		if same && p.Pen != appraisal.PenGurindam {
			return *k
		}
		r.ID, r.Documents, r.Coefficient = k.ID, k.Documents, k.Coefficient
	}
	e := p.Evaluator
	r.Rater = Rater{Name: e.Name, NIP: e.NIP, Rank: s.codes.Ranks[e.Rank], Post: e.Post, Unit: e.Unit, Status: s.codes.Status.ASN}
	if e.NIP == "" {
		r.Rater.Status = s.codes.Status.Other
	}
	if r.Kind == Periodic {
		r.Periodic = s.codes.Periodic[w.Kind]
		r.StartMonth, r.EndMonth = month(max(w.From(), h.from)), month(min(w.To(), h.to))
		r.StartYear, r.EndYear = w.Year, w.Year
	}
	return r
}

func month(d appraisal.Day) int {
	m := 0
	_, _ = fmt.Sscanf(string(d[5:7]), "%d", &m)
	return m
}

// outcome is a result in force.
type outcome struct {
	state            appraisal.EvaluationState
	results, conduct appraisal.Rating
	predicate        appraisal.Predicate
}

// holding is what is known of one person in a window: the part that decides,
// the days of all parts, the result and SIASN's record.
type holding struct {
	part     appraisal.Part
	from, to appraisal.Day
	outcome  outcome
	pns      string
	kept     *Record
	order    [2]string // sort keys of unit and name
}

// holdings are everybody's, in order of unit and name.
type holdings struct {
	people   []*holding
	byPerson map[string]*holding
	bySource map[string]string
	byNIP    map[string]string
}

// hold reads a window in a few queries.
func (s *Service) hold(ctx context.Context, q db.Queryer, w appraisal.Window) (holdings, error) {
	var h holdings
	parts, err := s.Appraisal.Parts(ctx, q, w.Year)
	if err != nil {
		return h, err
	}
	if h.bySource, h.byNIP, err = s.People.PersonIDs(ctx, q); err != nil {
		return h, err
	}
	outcomes, err := outcomesOf(ctx, q, w)
	if err != nil {
		return h, err
	}
	kept, err := keptOf(ctx, q, w)
	if err != nil {
		return h, err
	}
	h.group(parts, w)
	for source, person := range h.bySource {
		if x := h.byPerson[person]; x != nil {
			x.pns = source
		}
	}
	for _, x := range h.people {
		x.outcome, x.kept = outcomes[x.part.ID], kept[x.part.Who.PersonID]
	}
	return h, nil
}

// group finds for each person the part that decides in the window: of the own
// post the latest, else the latest of any.
func (h *holdings) group(parts []appraisal.Part, w appraisal.Window) {
	h.byPerson = map[string]*holding{}
	for _, p := range parts {
		if !w.Meets(p.From, p.To) || !slices.Contains(p.Windows(), w) {
			continue
		}
		have := h.byPerson[p.Who.PersonID]
		if have == nil {
			have = &holding{part: p, from: p.From, to: p.To}
			h.byPerson[p.Who.PersonID] = have
			h.people = append(h.people, have)
			continue
		}
		have.from, have.to = min(have.from, p.From), max(have.to, p.To)
		if decides(p, have.part) {
			have.part = p
		}
	}
	units := map[string]string{}
	for _, x := range h.people {
		unit := x.part.Who.Unit
		if units[unit] == "" {
			units[unit] = search.Key(unit)
		}
		x.order = [2]string{units[unit], search.Key(x.part.Who.Name)}
	}
	slices.SortFunc(h.people, func(a, b *holding) int {
		return cmp.Or(cmp.Compare(a.order[0], b.order[0]), cmp.Compare(a.order[1], b.order[1]), cmp.Compare(a.part.ID, b.part.ID))
	})
}

const definitive = "definitive"

func decides(a, b appraisal.Part) bool {
	if own := a.Tenure == definitive; own != (b.Tenure == definitive) {
		return own
	}
	return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From), cmp.Compare(b.ID, a.ID)) > 0
}

// outcomesOf returns the results in force of a window, by part id.
func outcomesOf(ctx context.Context, q db.Queryer, w appraisal.Window) (map[string]outcome, error) {
	all := map[string]outcome{}
	err := db.Each(ctx, q, `SELECT e.part_id, e.state, o.results, o.conduct, o.predicate
		FROM appraisal_evaluation e JOIN appraisal_outcome o ON o.evaluation_id = e.id
		WHERE e.win = $1 AND o.number = (SELECT max(x.number) FROM appraisal_outcome x WHERE x.evaluation_id = e.id)`, func(r db.Row) error {
		var part string
		var o outcome
		err := r.Scan(&part, &o.state, &o.results, &o.conduct, &o.predicate)
		all[part] = o
		return err
	}, w.Code())
	return all, err
}

// keptOf returns SIASN's records of a window, by person.
func keptOf(ctx context.Context, q db.Queryer, w appraisal.Window) (map[string]*Record, error) {
	all := map[string]*Record{}
	err := db.Each(ctx, q, `SELECT person_id, body FROM bkn_record WHERE win = $1 AND kind = $2`, func(r db.Row) error {
		var person, body string
		if err := r.Scan(&person, &body); err != nil {
			return err
		}
		record, err := readKept(body)
		all[person] = &record
		return err
	}, w.Code(), string(KindOf(w)))
	return all, err
}

func readKept(body string) (Record, error) {
	read, err := ReadJSON([]byte(body))
	if err != nil {
		return Record{}, fmt.Errorf("stored SIASN record: %w", err)
	}
	return read[0].Record, nil
}

func (r Record) stored() (string, error) {
	b, err := json.Marshal(r)
	return string(b), err
}
