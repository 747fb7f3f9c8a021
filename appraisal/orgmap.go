package appraisal

import (
	"context"
	"slices"
	"sync"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/org/reference"
)

// OrgMap answers what appraisal asks of the map out of the org area.
type OrgMap struct {
	store *org.Store
	ranks func() (map[string]string, error)
}

// NewOrgMap returns the map over the org area's store.
func NewOrgMap(store *org.Store) OrgMap { return OrgMap{store, sync.OnceValues(rankNames)} }

// rankNames returns the name (pangkat) of each rank (golongan ruang) of PNS.
func rankNames() (map[string]string, error) {
	all, err := reference.New().Ranks()
	names := make(map[string]string, len(all))
	for _, r := range all {
		names[r.Code] = r.Name
	}
	return names, err
}

// rank writes a rank as forms do: "Penata, III/c". A PPPK's has no name.
func rank(names map[string]string, code string) string {
	if name := names[code]; name != "" {
		return name + ", " + code
	}
	return code
}

// Postings returns every stretch of from..to (both included) in which one
// person held one post under one evaluator and one superior of the evaluator.
// Political office holders have none: they evaluate and are not evaluated.
func (m OrgMap) Postings(ctx context.Context, q db.Queryer, from, to Day, people ...string) ([]Posting, error) {
	stretches, err := m.store.Stretches(ctx, q, from, addDays(to, 1), people...)
	if err != nil {
		return nil, err
	}
	view, err := m.view(ctx, q, min(to, max(from, m.store.Today())), stretches, len(people) > 0)
	if err != nil {
		return nil, err
	}
	postings := make([]Posting, 0, len(stretches))
	for _, s := range stretches {
		if s.Position.Kind != org.Political {
			postings = append(postings, view.posting(s))
		}
	}
	return postings, nil
}

// orgView is the map of one day with how people are called.
type orgView struct {
	day    *org.Map
	people map[string]org.Identity
	ranks  map[string]string
}

func (m OrgMap) view(ctx context.Context, q db.Queryer, on Day, stretches []org.Stretch, few bool) (v orgView, err error) {
	if v.day, err = m.store.Map(ctx, q, on); err != nil {
		return v, err
	}
	if v.ranks, err = m.ranks(); err != nil {
		return v, err
	}
	var ids []string
	if few {
		for _, s := range stretches {
			ids = append(ids, s.Tenure.Person, s.Evaluator.PersonID, s.Above.PersonID)
		}
		slices.Sort(ids)
		ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
		if len(ids) == 0 {
			return v, nil
		}
	}
	v.people, err = m.store.Identities(ctx, q, on, ids...)
	return v, err
}

func (v orgView) posting(s org.Stretch) Posting {
	return Posting{
		Who: v.identity(s.Tenure.Person, s.Position.ID, s.Position.Title, s.Unit, s.Tenure.Kind), TenureID: s.Tenure.ID, Tenure: string(s.Tenure.Kind),
		Group: v.group(s), Kind: string(s.Position.Kind), UnitKind: v.unitKind(s.Unit), HeadOf: s.HeadOf(), From: s.From, To: addDays(s.To, -1),
		Evaluator: v.evaluator(s.Evaluator), EvalHow: howOf(s.Evaluator.How), Above: v.evaluator(s.Above), AboveHow: howOf(s.Above.How),
		Reason: s.Evaluator.Reason,
	}
}

func (v orgView) unitKind(unit string) string {
	u, _ := v.day.Tree().Unit(unit)
	return string(u.Kind)
}

// acting is what stands before the title of a post one does not hold oneself.
func acting(kind org.TenureKind) string {
	switch kind {
	case org.Plt:
		return "Plt. "
	case org.Plh:
		return "Plh. "
	case org.Pj:
		return "Pj. "
	}
	return ""
}

func (v orgView) identity(person, post, title, unit string, kind org.TenureKind) Identity {
	i := v.people[person]
	return Identity{
		PersonID: person, Name: i.Name, NIP: i.NIP, Rank: rank(v.ranks, i.Rank),
		PostID: post, Post: acting(kind) + title, UnitID: unit, Unit: v.day.Tree().Name(unit),
	}
}

// evaluator names somebody by the post they evaluate with.
func (v orgView) evaluator(e org.Evaluator) Identity {
	if e.PersonID == "" {
		return Identity{}
	}
	p, _ := v.day.Was(e.PositionID)
	return v.identity(e.PersonID, e.PositionID, p.Title, v.day.UnitOf(e.PositionID), e.Tenure)
}

func howOf(h org.How) How {
	switch h {
	case org.ByOverride:
		return HowOverride
	case org.ByPost:
		return HowDefinitive
	case org.ByActing:
		return HowActing
	case org.ByNextAbove:
		return HowNextAbove
	}
	return HowNone
}

// group returns the staff group of a stretch: part-time contracts first, then
// schools, then the kind of employee.
func (v orgView) group(s org.Stretch) Group {
	employment := v.people[s.Tenure.Person].Employment
	switch {
	case employment == org.PPPKPartTime:
		return "pppk_paruh_waktu"
	case s.Position.Head && v.unitKind(s.Unit) == string(org.School):
		return "kepala_sekolah"
	case s.Position.Group == "guru":
		return "guru"
	}
	return Group(employment)
}

// Units returns the units as they stand on a day.
func (m OrgMap) Units(ctx context.Context, q db.Queryer, day Day) ([]Unit, error) {
	t, err := m.store.Units(ctx, q, day)
	if err != nil {
		return nil, err
	}
	all := t.All()
	units := make([]Unit, len(all))
	for i, u := range all {
		units[i] = Unit{ID: u.ID, Parent: t.Parent(u.ID), Name: u.Name, Kind: string(u.Kind)}
	}
	return units, nil
}

// Who returns how a person is called on a day, with the main post.
func (m OrgMap) Who(ctx context.Context, q db.Queryer, person string, day Day) (Identity, error) {
	all, err := m.store.Identities(ctx, q, day, person)
	if err != nil {
		return Identity{}, err
	}
	ranks, err := m.ranks()
	if err != nil {
		return Identity{}, err
	}
	i, has := all[person]
	if !has {
		return Identity{}, fault.Missing("appraisal.evaluator.unknown")
	}
	return Identity{
		PersonID: i.PersonID, Name: i.Name, NIP: i.NIP, Rank: rank(ranks, i.Rank), PostID: i.PositionID, Post: i.Title, UnitID: i.UnitID, Unit: i.Unit,
	}, nil
}

// ContractEnds returns the last day of the contract of those people who have
// one on a day.
func (m OrgMap) ContractEnds(ctx context.Context, q db.Queryer, on Day, people ...string) (map[string]Day, error) {
	all, err := m.store.Identities(ctx, q, org.Day(on), people...)
	ends := map[string]Day{}
	for id, i := range all {
		if i.ContractEnd != "" {
			ends[id] = Day(i.ContractEnd)
		}
	}
	return ends, err
}
