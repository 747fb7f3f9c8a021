package appraisal

import (
	"cmp"
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

// OrganisationRow is a unit whose predicate counts for people, set or not.
type OrganisationRow struct {
	Organisation
	Head    Identity // who leads it; empty while vacant
	Rater   Identity // the level above, who sets it; empty where only a leader can
	People  int      // parts that stand on it
	Decided int      // of them with a predicate in the window
	May     bool     // the actor may set it
}

// Organisations returns the units whose predicate the actor sets or may see,
// leads, or evaluates somebody in, in a window, set or not, in order of their names.
func (s *Service) Organisations(ctx context.Context, actor account.Actor, w Window) ([]OrganisationRow, error) {
	if !s.access.May(actor, account.ActAppraisalOrgRate) && !s.access.May(actor, account.ActAppraisalUnit) {
		return nil, s.access.Can(ctx, actor, account.ActAppraisalOrgRate, account.Thing{})
	}
	year, err := s.period(ctx, w.Year)
	if err != nil {
		return nil, err
	}
	rows, err := s.organisationRows(ctx, year, w)
	if err != nil {
		return nil, err
	}
	within, err := s.unitsWithin(ctx, actor, year)
	if err != nil {
		return nil, err
	}
	access, err := s.access.Many(ctx)
	if err != nil {
		return nil, err
	}
	seen := rows[:0]
	for _, r := range rows {
		r.May = year.Open() && access.Can(ctx, actor, account.ActAppraisalOrgRate, r.thing()) == nil
		if r.May || within[r.UnitID] || access.Can(ctx, actor, account.ActAppraisalUnit, r.thing()) == nil {
			seen = append(seen, r)
		}
	}
	return seen, nil
}

// unitsWithin returns the units the actor leads or evaluates somebody in.
func (s *Service) unitsWithin(ctx context.Context, actor account.Actor, year Period) (map[string]bool, error) {
	all := map[string]bool{}
	if actor.PersonID == "" {
		return all, nil
	}
	units, err := db.All(ctx, s.db, `SELECT DISTINCT org_unit_id FROM appraisal_part WHERE period_id = $1 AND (evaluator_id = $2 OR person_id = $2 AND head_of = org_unit_id)`,
		db.Value[string], year.ID, actor.PersonID)
	for _, u := range units {
		all[u] = true
	}
	return all, err
}

func (r OrganisationRow) thing() account.Thing {
	return account.Thing{Unit: r.UnitID, Evaluator: r.Rater.PersonID}
}

// organisationRows returns every unit people's parts stand on in a window.
func (s *Service) organisationRows(ctx context.Context, year Period, w Window) ([]OrganisationRow, error) {
	counts, err := db.All(ctx, s.db, `SELECT p.org_unit_id, count(*), count(e.id) FILTER (WHERE e.state <> 'berjalan')
		FROM appraisal_part p LEFT JOIN appraisal_evaluation e ON e.part_id = p.id AND e.win = $1
		WHERE p.period_id = $2 AND p.from_day <= $3 AND p.to_day >= $4 GROUP BY p.org_unit_id`,
		func(r db.Row) (OrganisationRow, error) {
			var o OrganisationRow
			err := r.Scan(&o.UnitID, &o.People, &o.Decided)
			return o, err
		}, w.Code(), year.ID, string(w.To()), string(w.From()))
	if err != nil {
		return nil, err
	}
	heads, err := headsIn(ctx, s.db, year, w)
	if err != nil {
		return nil, err
	}
	set, err := organisationsOf(ctx, s.db, w)
	if err != nil {
		return nil, err
	}
	units, err := s.unitsOf(ctx, s.db, year)
	if err != nil {
		return nil, err
	}
	for i := range counts {
		o := &counts[i]
		people, decided, id := o.People, o.Decided, o.UnitID
		o.Organisation = Organisation{UnitID: id, Unit: units[id].Name, Window: w}
		if have, is := set[id]; is {
			o.Organisation = have
		}
		o.People, o.Decided = people, decided
		if h, led := heads[id]; led {
			o.Head, o.Rater = h.Who, h.Evaluator
		}
	}
	slices.SortFunc(counts, func(a, b OrganisationRow) int {
		return cmp.Or(cmp.Compare(search.Key(a.Unit), search.Key(b.Unit)), cmp.Compare(a.UnitID, b.UnitID))
	})
	return counts, nil
}

// headsIn returns the part of each unit's head in a window, by unit: of several
// the definitive one, then the latest.
func headsIn(ctx context.Context, q db.Queryer, year Period, w Window) (map[string]Part, error) {
	all, err := db.All(ctx, q, selectPart+`WHERE p.period_id = $1 AND p.head_of <> '' AND p.head_of = p.org_unit_id AND p.form = 'pimpinan'
		AND p.from_day <= $2 AND p.to_day >= $3 ORDER BY p.head_of, p.to_day, p.id`, scanPart, year.ID, string(w.To()), string(w.From()))
	heads := make(map[string]Part, len(all))
	for _, p := range all {
		have, has := heads[p.HeadOf]
		if !has || decides(p, have) {
			heads[p.HeadOf] = p
		}
	}
	return heads, err
}

// SetOrganisation sets a unit's predicate: UnitID, Window, Predicate, Reason
// (required unless baik), Evidence. Version is the shown one's, 0 for the
// first time; setting it again keeps the old row. Conflict once a person's
// predicate stands on it. The level above may, or a leader.
func (s *Service) SetOrganisation(ctx context.Context, actor account.Actor, o Organisation) (Organisation, error) {
	year, err := s.period(ctx, o.Window.Year)
	if err != nil {
		return o, err
	}
	heads, err := headsIn(ctx, s.db, year, o.Window)
	if err != nil {
		return o, err
	}
	head := heads[o.UnitID]
	if err := s.access.Can(ctx, actor, account.ActAppraisalOrgRate, account.Thing{Unit: o.UnitID, Evaluator: head.Evaluator.PersonID}); err != nil {
		return o, err
	}
	if !year.Open() {
		return o, fault.Clash("appraisal.closed")
	}
	if err := checkOrganisation(&o); err != nil {
		return o, err
	}
	units, err := s.unitsOf(ctx, s.db, year)
	if err != nil {
		return o, err
	}
	unit, known := units[o.UnitID]
	if !known {
		return o, fault.Missing("appraisal.organisation.absent")
	}
	o.ID, o.Unit, o.At, o.Version = db.NewID(), unit.Name, s.now(), o.Version+1
	if o.By, err = s.rater(ctx, actor, head); err != nil {
		return o, err
	}
	return o, s.tx(ctx, func(tx *db.Tx) error {
		stood, err := db.Exists(ctx, tx, `SELECT 1 FROM appraisal_evaluation e JOIN appraisal_part p ON p.id = e.part_id
			WHERE e.win = $1 AND p.org_unit_id = $2 AND e.state <> 'berjalan' LIMIT 1`, o.Window.Code(), o.UnitID)
		if err != nil {
			return err
		}
		if stood {
			return fault.Clash("appraisal.organisation.used")
		}
		if err := storeOrganisation(ctx, tx, o); err != nil {
			return err
		}
		if err := s.record(ctx, tx, actor, "appraisal.organisation.set", "unit:"+o.UnitID, o); err != nil {
			return err
		}
		return s.organisationDesk(ctx, tx, actor, o)
	})
}

// rater names who sets a predicate, with the post they hold.
func (s *Service) rater(ctx context.Context, actor account.Actor, head Part) (Signer, error) {
	if actor.PersonID != "" && actor.PersonID == head.Evaluator.PersonID {
		return Signer{PersonID: actor.PersonID, Name: head.Evaluator.Name, Post: head.Evaluator.Post}, nil
	}
	if actor.PersonID == "" {
		return Signer{Name: actor.Name}, nil
	}
	return s.writer(ctx, actor)
}

func checkOrganisation(o *Organisation) error {
	o.Reason, o.Evidence = tidy(o.Reason), tidy(o.Evidence)
	var wrong fault.Fields
	wrong.Check(slices.Contains(AllOrganisationPredicates(), o.Predicate), "predicate", "form.choose")
	wrong.Check(o.Reason != "" || o.Predicate == OrganisationGood, "reason", "appraisal.reason.required")
	checkLength(&wrong, "reason", o.Reason, mostLong)
	checkLength(&wrong, "evidence", o.Evidence, mostLong)
	return wrong.Err()
}
