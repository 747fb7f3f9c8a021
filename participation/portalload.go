package participation

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

// PortalImport is a dump of a city's survey portal to load.
type PortalImport struct {
	Dump   Dump
	Unit   string // where services go whose office is no unit of the map; empty: they are left out
	DryRun bool
}

// PortalReport says what became of a dump.
type PortalReport struct {
	ImportReport
	Services int      `json:"services"` // made anew
	Left     []string `json:"left"`     // services left out, because their office is not on the map
}

// ImportPortal loads the services, surveys and answers of a city's present
// survey portal in one transaction, and remembers the portal's own ids, so that
// its addresses lead to the service's page here. Names of respondents are not
// read. Loading the same dump again changes nothing.
func (o *Office) ImportPortal(ctx context.Context, actor account.Actor, in PortalImport) (PortalReport, error) {
	p, err := readPortal(in.Dump)
	if err != nil {
		return PortalReport{}, err
	}
	units, err := o.units.UnitsToday(ctx)
	if err != nil {
		return PortalReport{}, err
	}
	l := &portalLoad{Office: o, actor: actor, in: in, portal: p, units: map[string]string{}}
	for _, u := range units {
		l.units[search.Fold(u.Name)] = u.ID
	}
	defer o.open.forget()
	err = o.db.Tx(ctx, func(tx *db.Tx) error {
		l.report = PortalReport{ImportReport: ImportReport{Rows: len(p.arrived)}}
		p.rejected = nil
		return l.load(ctx, tx)
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return l.report, err
}

// portalLoad writes one portal.
type portalLoad struct {
	*Office
	actor  account.Actor
	in     PortalImport
	portal *portal
	units  map[string]string // folded name → id
	report PortalReport
}

func (l *portalLoad) load(ctx context.Context, tx *db.Tx) error {
	for _, id := range l.portal.order {
		s, found, err := l.place(ctx, tx, l.portal.services[id])
		if err != nil {
			return err
		}
		if !found {
			l.report.Left = append(l.report.Left, l.portal.services[id].name)
			continue
		}
		for _, w := range l.portal.waves(id) {
			if err := l.wave(ctx, tx, s, w); err != nil {
				return err
			}
		}
	}
	l.report.Rejected = append(l.portal.rejected, l.strays()...)
	if l.in.DryRun {
		return errDryRun
	}
	return nil
}

// strays are respondents whose survey or service is not there or not loaded.
func (l *portalLoad) strays() (list []ImportRejected) {
	for _, r := range l.portal.arrived {
		s, known := l.portal.surveys[r.survey]
		_, there := l.portal.services[s.service]
		if !known || !there || slices.Contains(l.report.Left, l.portal.services[s.service].name) {
			list = append(list, ImportRejected{Row: r.row, Column: "id_survey", Value: r.survey, Key: "survey.portal.stray"})
		}
	}
	return list
}

// place finds the service of an earlier load, or makes it.
func (l *portalLoad) place(ctx context.Context, tx *db.Tx, old portalService) (s Service, found bool, err error) {
	s, err = db.One(ctx, tx, selectService+`JOIN survey_old_address a ON a.service_id = s.id WHERE a.kind = 'service' AND a.old_id = $1`, scanService, old.id)
	if err == nil {
		return s, true, l.access.Can(ctx, l.actor, account.ActSurveyManage, s.thing())
	}
	if !errors.Is(err, db.ErrNone) {
		return s, false, err
	}
	unit := l.units[search.Fold(l.portal.offices[old.office])]
	if unit == "" {
		unit = l.in.Unit
	}
	if unit == "" {
		return s, false, nil
	}
	s = Service{UnitID: unit, Name: cut(old.name, maxName)}
	if s.Code, err = freeCode(ctx, tx, old.name); err != nil {
		return s, false, err
	}
	if err := errors.Join(s.check(), l.access.Can(ctx, l.actor, account.ActSurveyManage, s.thing())); err != nil {
		return s, false, err
	}
	if err := l.insertService(ctx, tx, l.actor, &s); err != nil {
		return s, false, err
	}
	l.report.Services++
	return s, true, oldAddress(ctx, tx, "service", old.id, s.ID)
}

// wave stores one period's answers that are not there yet.
func (l *portalLoad) wave(ctx context.Context, tx *db.Tx, s Service, w portalWave) error {
	r := &importer{in: Import{Service: s, Stratum: Imported}, elements: w.elements, rows: map[span][]Answer{w.at: w.answers}}
	wave, err := l.importWave(ctx, tx, l.actor, r, w.at)
	if fault.Is(err, fault.Invalid) { // it lies across another period, or asked for other elements
		for range w.answers {
			l.portal.rejected = append(l.portal.rejected, ImportRejected{Column: "survey", Value: w.at.from + "/" + w.at.to, Key: "survey.wave.overlap"})
		}
		return nil
	}
	if err != nil {
		return err
	}
	if err := l.fillWave(ctx, tx, l.actor, r, &wave, w.answers); err != nil {
		return err
	}
	l.report.Created += r.report.Created
	l.report.Unchanged += r.report.Unchanged
	l.report.Waves = append(l.report.Waves, wave)
	for _, id := range w.ids {
		if err := oldAddress(ctx, tx, "survey", id, s.ID); err != nil {
			return err
		}
	}
	return nil
}

func oldAddress(ctx context.Context, tx *db.Tx, kind, oldID, service string) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO survey_old_address (kind, old_id, service_id) VALUES ($1, $2, $3) ON CONFLICT (kind, old_id) DO NOTHING`, kind, oldID, service)
	return err
}

// freeCode makes a code of a service's name that no other has.
func freeCode(ctx context.Context, tx *db.Tx, name string) (string, error) {
	words := strings.FieldsFunc(search.Fold(name), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') })
	code := strings.Trim(cut(strings.Join(words, "-"), maxCode-4), "-")
	if code == "" {
		code = "layanan"
	}
	for n := 1; ; n++ {
		try := code
		if n > 1 {
			try += "-" + strconv.Itoa(n)
		}
		taken, err := db.Exists(ctx, tx, `SELECT 1 FROM service WHERE code = $1`, try)
		if err != nil || !taken {
			return try, err
		}
	}
}

// cut shortens a text to n characters.
func cut(s string, n int) string {
	r := []rune(s)
	return strings.TrimSpace(string(r[:min(n, len(r))]))
}

// OldAddress returns the service an address of the former portal meant, by its
// id of the service or else of the survey; NotFound when neither is known.
func (o *Office) OldAddress(ctx context.Context, service, survey string) (Service, error) {
	s, err := db.One(ctx, o.db, selectService+`JOIN survey_old_address a ON a.service_id = s.id
		WHERE a.kind = 'service' AND a.old_id = $1 OR a.kind = 'survey' AND a.old_id = $2 ORDER BY a.kind`, scanService, service, survey)
	if errors.Is(err, db.ErrNone) {
		return s, fault.Missing("survey.service.unknown")
	}
	return s, err
}
