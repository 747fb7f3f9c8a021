package participation

import (
	"context"
	"errors"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/token"
)

const selectWave = `SELECT w.id, w.service_id, w.name, w.opens_on, w.ends_on, w.closed_on, w.elements, w.weights, w.basis,
	w.population, w.target, w.target_by, w.repeat_months, w.answers, w.seal, w.version FROM survey_wave w `

func scanWave(r db.Row) (Wave, error) {
	var w Wave
	var elements, weights, basis string
	err := r.Scan(&w.ID, &w.ServiceID, &w.Name, &w.OpensOn, &w.EndsOn, db.OrZero(&w.ClosedOn), &elements, &weights, &basis,
		&w.Population, &w.Target, &w.TargetBy, &w.Repeat, &w.Answers, &w.Seal, &w.Version)
	w.Elements, w.Weights, w.Basis = words(elements), words(weights), ParseBasis(basis)
	return w, err
}

// words splits a stored list; an empty text is an empty list.
func words(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// Waves returns a service's waves, the newest first.
func (o *Office) Waves(ctx context.Context, serviceID string) ([]Wave, error) {
	return db.All(ctx, o.db, selectWave+`WHERE w.service_id = $1 ORDER BY w.opens_on DESC, w.id DESC`, scanWave, serviceID)
}

// Wave returns one wave with its service, or a NotFound fault.
func (o *Office) Wave(ctx context.Context, id string) (Service, Wave, error) {
	w, err := db.One(ctx, o.db, selectWave+`WHERE w.id = $1`, scanWave, id)
	if errors.Is(err, db.ErrNone) {
		return Service{}, w, fault.Missing("survey.wave.unknown")
	}
	if err != nil {
		return Service{}, w, err
	}
	s, err := o.serviceByID(ctx, w.ServiceID)
	return s, w, err
}

// OpenWave plans a wave. Waves of one service do not overlap. The target is computed from the population unless the wave names
// its own.
func (o *Office) OpenWave(ctx context.Context, actor account.Actor, w Wave) (Wave, error) {
	if err := w.check(); err != nil {
		return w, err
	}
	sample, err := rules[Sample](ctx, o)
	if err != nil {
		return w, err
	}
	if w.TargetBy != "own" {
		w.Target = sample.Target(w.Population, w.TargetBy)
	}
	defer o.open.forget()
	err = o.db.Tx(ctx, func(tx *db.Tx) error {
		s, err := db.One(ctx, tx, selectService+`WHERE s.id = $1 AND s.retired_on IS NULL`, scanService, w.ServiceID)
		if err != nil {
			return err
		}
		if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
			return err
		}
		return o.insertWave(ctx, tx, actor, &w)
	})
	return w, err
}

func (o *Office) insertWave(ctx context.Context, tx *db.Tx, actor account.Actor, w *Wave) error {
	overlaps, err := db.Exists(ctx, tx, `SELECT 1 FROM survey_wave WHERE service_id = $1 AND opens_on <= $2 AND ends_on >= $3`,
		w.ServiceID, w.EndsOn, w.OpensOn)
	if err != nil {
		return err
	}
	if overlaps {
		return fault.WrongField("opens_on", "survey.wave.overlap")
	}
	if err := o.elementsKnown(ctx, tx, w.Elements); err != nil {
		return err
	}
	w.ID, w.Version = db.NewID(), 1
	_, err = db.Exec(ctx, tx, `INSERT INTO survey_wave (id, service_id, name, opens_on, ends_on, elements, weights, basis, population, target, target_by, repeat_months)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		w.ID, w.ServiceID, w.Name, w.OpensOn, w.EndsOn, strings.Join(w.Elements, ","), strings.Join(w.Weights, ","), w.Basis.String(),
		w.Population, w.Target, w.TargetBy, w.Repeat)
	if err != nil {
		return err
	}
	return o.record(ctx, tx, actor, "wave_opened", "wave:"+w.ID, w)
}

// SetPopulation corrects the number of users of the period before, and with it
// the target, while a wave is not closed.
func (o *Office) SetPopulation(ctx context.Context, actor account.Actor, waveID string, population int, by string) error {
	if population < 0 {
		return fault.WrongField("population", "form.int", 0, 1_000_000_000)
	}
	sample, err := rules[Sample](ctx, o)
	if err != nil {
		return err
	}
	return o.changeWave(ctx, actor, waveID, "wave_population", func(tx *db.Tx, w Wave) (any, error) {
		w.Population, w.TargetBy, w.Target = population, by, sample.Target(population, by)
		_, err := db.Exec(ctx, tx, `UPDATE survey_wave SET population = $1, target = $2, target_by = $3, version = version + 1 WHERE id = $4`,
			w.Population, w.Target, w.TargetBy, w.ID)
		return map[string]any{"population": population, "target": w.Target, "by": by}, err
	})
}

// SetVisits notes how many people were served at the counter on a day.
func (o *Office) SetVisits(ctx context.Context, actor account.Actor, waveID, day string, visits int) error {
	if !isDate(day) || visits < 0 {
		return fault.WrongField("visits", "form.int", 0, 1_000_000)
	}
	return o.changeWave(ctx, actor, waveID, "visits", func(tx *db.Tx, w Wave) (any, error) {
		if day < w.OpensOn || day > w.EndsOn {
			return nil, fault.WrongField("day", "survey.wave.outside")
		}
		err := db.Upsert(ctx, tx, "survey_visits", []string{"wave_id", "day"}, []string{"wave_id", "day", "visits"}, [][]any{{w.ID, day, visits}})
		return map[string]any{"day": day, "visits": visits}, err
	})
}

// SetMargin notes the known numbers of visitors by one field of the profile;
// an empty list removes them.
func (o *Office) SetMargin(ctx context.Context, actor account.Actor, waveID, field string, totals map[string]int) error {
	return o.changeWave(ctx, actor, waveID, "margin", func(tx *db.Tx, w Wave) (any, error) {
		if _, err := db.Exec(ctx, tx, `DELETE FROM survey_margin WHERE wave_id = $1 AND field = $2`, w.ID, field); err != nil {
			return nil, err
		}
		var rows [][]any
		for _, f := range Fields() {
			for _, code := range f.Codes {
				if n := totals[code]; f.Name == field && n > 0 {
					rows = append(rows, []any{w.ID, field, code, n})
				}
			}
		}
		err := db.Insert(ctx, tx, "survey_margin", []string{"wave_id", "field", "code", "total"}, rows)
		return map[string]any{"field": field, "totals": totals}, err
	})
}

// changeWave runs one change to a wave that is not closed: permission, change,
// ledger entry, in one transaction.
func (o *Office) changeWave(ctx context.Context, actor account.Actor, waveID, kind string, change func(*db.Tx, Wave) (any, error)) error {
	s, _, err := o.Wave(ctx, waveID)
	if err != nil {
		return err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
		return err
	}
	defer o.open.forget()
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		w, err := db.One(ctx, tx, selectWave+`WHERE w.id = $1`, scanWave, waveID)
		if err != nil {
			return err
		}
		if w.ClosedOn != "" {
			return fault.Clash("survey.wave.closed")
		}
		payload, err := change(tx, w)
		if err != nil {
			return err
		}
		return o.record(ctx, tx, actor, kind, "wave:"+w.ID, payload)
	})
}

// Turnout is what stands side by side in public: codes handed out, rights to
// speak used, and visits counted.
type Turnout struct {
	Fingerprint           string
	Issued, Signed, Used  int
	Visits                int
	VisitAnswers, Answers int
	Target, Population    int
}

// Turnout returns the figures of a wave.
func (o *Office) Turnout(ctx context.Context, w Wave) (Turnout, error) {
	t := Turnout{Answers: w.Answers, Target: w.Target, Population: w.Population}
	b, err := token.Find(ctx, o.db, w.TokenSubject())
	if err != nil && !errors.Is(err, db.ErrNone) {
		return t, err
	}
	t.Fingerprint, t.Issued, t.Signed, t.Used = b.Fingerprint, b.Issued, b.Signed, b.Used
	if t.Visits, err = db.One(ctx, o.db, `SELECT coalesce(sum(visits), 0) FROM survey_visits WHERE wave_id = $1`, db.Value[int], w.ID); err != nil {
		return t, err
	}
	t.VisitAnswers, err = db.One(ctx, o.db, `SELECT coalesce(sum(answers), 0) FROM survey_tally WHERE wave_id = $1 AND stratum = $2`,
		db.Value[int], w.ID, string(Visit))
	return t, err
}

// IssueCodes hands out n single-use codes of a wave for printing. The first
// time it opens the wave's batch, whose key's fingerprint goes into the ledger.
func (o *Office) IssueCodes(ctx context.Context, actor account.Actor, waveID string, n int) ([]token.Code, error) {
	if n < 1 || n > maxCodes {
		return nil, fault.WrongField("number", "form.int", 1, maxCodes)
	}
	s, w, err := o.Wave(ctx, waveID)
	if err != nil {
		return nil, err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyEnter, s.thing()); err != nil {
		return nil, err
	}
	if w.ClosedOn != "" {
		return nil, fault.Clash("survey.wave.closed")
	}
	if err := o.openBatch(ctx, actor, w); err != nil {
		return nil, err
	}
	var codes []token.Code
	err = o.db.Tx(ctx, func(tx *db.Tx) error {
		if codes, err = token.Issue(ctx, tx, w.TokenSubject(), n); err != nil {
			return err
		}
		return o.record(ctx, tx, actor, "codes_issued", "wave:"+w.ID, map[string]int{"number": n})
	})
	return codes, err
}

// openBatch makes the wave's batch of tokens unless it has one.
func (o *Office) openBatch(ctx context.Context, actor account.Actor, w Wave) error {
	_, err := token.Find(ctx, o.db, w.TokenSubject())
	if !errors.Is(err, db.ErrNone) {
		return err
	}
	key, err := token.NewKey()
	if err != nil {
		return err
	}
	err = o.db.Tx(ctx, func(tx *db.Tx) error {
		b, err := token.Open(ctx, tx, w.TokenSubject(), o.today(), key)
		if err != nil {
			return err
		}
		return o.record(ctx, tx, actor, "tokens_opened", "wave:"+w.ID, map[string]string{"fingerprint": b.Fingerprint})
	})
	if fault.Is(err, fault.Conflict) {
		return nil // somebody opened it just now
	}
	return err
}

// maxCodes is one print run.
const maxCodes = 2000
