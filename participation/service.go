package participation

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Service is one public service (layanan) of a unit with its promise: the
// components of its standar pelayanan that a citizen asks for.
type Service struct {
	ID           string
	Code         string // in addresses and on posters: letters, digits, dashes
	UnitID, Unit string // Unit is the unit's name, filled when read
	Name, NameEN string
	Time         string // promised time, in words
	Cost         string
	Requirements string
	Procedures   string
	Product      string
	RetiredOn    string // empty while offered
	Version      int
}

// In returns the service's name in a language, "id" or "en".
func (s Service) In(lang string) string {
	if lang == "en" && s.NameEN != "" {
		return s.NameEN
	}
	return s.Name
}

func (s Service) thing() account.Thing { return account.Thing{Unit: s.UnitID} }

var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Lengths of a service's texts, in characters.
const (
	maxName = 120
	maxText = 1000
	maxCode = 40
)

func (s *Service) check() error {
	s.Code = strings.ToLower(strings.TrimSpace(s.Code))
	var f fault.Fields
	f.Check(codeForm.MatchString(s.Code) && len(s.Code) <= maxCode, "code", "survey.service.code_form")
	f.Check(s.Name != "", "name", "form.required")
	f.Check(s.UnitID != "", "unit", "form.required")
	for name, text := range map[string]string{"name": s.Name, "name_en": s.NameEN} {
		f.Check(len([]rune(text)) <= maxName, name, "form.too_long", maxName)
	}
	for name, text := range map[string]string{"time": s.Time, "cost": s.Cost, "requirements": s.Requirements, "procedures": s.Procedures, "product": s.Product} {
		f.Check(len([]rune(text)) <= maxText, name, "form.too_long", maxText)
	}
	return f.Err()
}

const selectService = `SELECT s.id, s.code, s.unit_id, s.name, s.name_en, s.time, s.cost, s.requirements, s.procedures, s.product, s.retired_on, s.version
	FROM service s `

func scanService(r db.Row) (Service, error) {
	var s Service
	err := r.Scan(&s.ID, &s.Code, &s.UnitID, &s.Name, &s.NameEN, &s.Time, &s.Cost, &s.Requirements, &s.Procedures,
		&s.Product, db.OrZero(&s.RetiredOn), &s.Version)
	return s, err
}

// Service returns the service of a code, retired ones included, or a NotFound
// fault.
func (o *Office) Service(ctx context.Context, code string) (Service, error) {
	s, err := db.One(ctx, o.db, selectService+`WHERE s.code = $1`, scanService, code)
	if errors.Is(err, db.ErrNone) {
		return s, fault.Missing("survey.service.unknown")
	}
	if err != nil {
		return s, err
	}
	return s, o.nameUnit(ctx, &s)
}

// serviceByID is Service for an id that a stored row refers to.
func (o *Office) serviceByID(ctx context.Context, id string) (Service, error) {
	s, err := db.One(ctx, o.db, selectService+`WHERE s.id = $1`, scanService, id)
	if err != nil {
		return s, err
	}
	return s, o.nameUnit(ctx, &s)
}

// nameUnit fills in the name of the service's unit.
func (o *Office) nameUnit(ctx context.Context, s *Service) error {
	names, err := o.units.UnitNames(ctx, []string{s.UnitID})
	s.Unit = names[s.UnitID]
	return err
}

// ServiceOf returns the service of an id, retired ones included.
func (o *Office) ServiceOf(ctx context.Context, id string) (Service, error) {
	s, err := o.serviceByID(ctx, id)
	if errors.Is(err, db.ErrNone) {
		return s, fault.Missing("survey.service.unknown")
	}
	return s, err
}

// UnitNames returns the names of units by id.
func (o *Office) UnitNames(ctx context.Context, ids []string) (map[string]string, error) {
	return o.units.UnitNames(ctx, ids)
}

// Services returns the services offered today by name.
func (o *Office) Services(ctx context.Context) ([]Service, error) {
	list, err := db.All(ctx, o.db, selectService+`WHERE s.retired_on IS NULL ORDER BY s.sort_key, s.id`, scanService)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.UnitID
	}
	names, err := o.units.UnitNames(ctx, ids)
	for i := range list {
		list[i].Unit = names[list[i].UnitID]
	}
	return list, err
}

// SaveService creates a service (empty ID) or changes one; the version must be
// the one read, else somebody else changed it meanwhile. A service may not be
// moved to a unit the actor does not manage.
func (o *Office) SaveService(ctx context.Context, actor account.Actor, s Service) (Service, error) {
	if err := s.check(); err != nil {
		return s, err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
		return s, err
	}
	err := o.db.Tx(ctx, func(tx *db.Tx) error {
		if err := o.codeFree(ctx, tx, s); err != nil {
			return err
		}
		if s.ID == "" {
			return o.insertService(ctx, tx, actor, &s)
		}
		return o.updateService(ctx, tx, actor, &s)
	})
	o.open.forget()
	return s, err
}

func (o *Office) codeFree(ctx context.Context, tx *db.Tx, s Service) error {
	taken, err := db.Exists(ctx, tx, `SELECT 1 FROM service WHERE code = $1 AND id <> $2`, s.Code, s.ID)
	if err == nil && taken {
		err = fault.WrongField("code", "survey.service.code_taken")
	}
	return err
}

func (o *Office) insertService(ctx context.Context, tx *db.Tx, actor account.Actor, s *Service) error {
	s.ID, s.Version = db.NewID(), 1
	_, err := db.Exec(ctx, tx, `INSERT INTO service (id, code, unit_id, name, name_en, time, cost, requirements, procedures, product, sort_key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		s.ID, s.Code, s.UnitID, s.Name, s.NameEN, s.Time, s.Cost, s.Requirements, s.Procedures, s.Product, sortKey(s.Name))
	if err != nil {
		return err
	}
	return o.record(ctx, tx, actor, "service_added", "service:"+s.ID, s)
}

func (o *Office) updateService(ctx context.Context, tx *db.Tx, actor account.Actor, s *Service) error {
	old, err := db.One(ctx, tx, selectService+`WHERE s.id = $1`, scanService, s.ID)
	if err != nil {
		return err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, old.thing()); err != nil {
		return err
	}
	n, err := db.Exec(ctx, tx, `UPDATE service SET code = $1, unit_id = $2, name = $3, name_en = $4, time = $5, cost = $6, requirements = $7,
			procedures = $8, product = $9, sort_key = $10, version = version + 1 WHERE id = $11 AND version = $12`,
		s.Code, s.UnitID, s.Name, s.NameEN, s.Time, s.Cost, s.Requirements, s.Procedures, s.Product, sortKey(s.Name), s.ID, s.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Clash("survey.changed_meanwhile")
	}
	s.Version++
	return o.record(ctx, tx, actor, "service_changed", "service:"+s.ID, s)
}

// RetireService ends a service from today; its results stay readable.
func (o *Office) RetireService(ctx context.Context, actor account.Actor, code string) error {
	s, err := o.Service(ctx, code)
	if err != nil {
		return err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
		return err
	}
	defer o.open.forget()
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE service SET retired_on = $1, version = version + 1 WHERE id = $2 AND retired_on IS NULL`, o.today(), s.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("survey.changed_meanwhile")
		}
		return o.record(ctx, tx, actor, "service_retired", "service:"+s.ID, map[string]string{"on": o.today()})
	})
}

// sortKey is the name as it is sorted and searched: lower case, single spaces.
func sortKey(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }
