package participation

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Published is a result that was made public.
type Published struct {
	ID          string
	Result      Result
	PublishedOn string
	Superseded  bool
	Note        string
}

// Publish computes the result of a closed wave and makes it public. A wave that
// was published before gets a new result that supersedes the old one, which
// stays readable; why is said in the note.
func (o *Office) Publish(ctx context.Context, actor account.Actor, waveID, note string) (Published, error) {
	s, w, err := o.Wave(ctx, waveID)
	if err != nil {
		return Published{}, err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
		return Published{}, err
	}
	if w.ClosedOn == "" {
		return Published{}, fault.Clash("survey.publish.open")
	}
	y, err := o.yard(ctx, w.EndsOn)
	if err != nil {
		return Published{}, err
	}
	p := Published{ID: db.NewID(), PublishedOn: o.today(), Note: note}
	err = o.db.Tx(ctx, func(tx *db.Tx) error {
		if p.Result, err = o.resultOf(ctx, tx, y, s, w); err != nil {
			return err
		}
		return o.insertResult(ctx, tx, actor, y, s, p)
	})
	return p, err
}

// keepPublic publishes the result of a wave again whose answers were changed
// after it was published: what is public is what anybody can compute again.
func (o *Office) keepPublic(ctx context.Context, tx *db.Tx, actor account.Actor, waveID, note string) error {
	public, err := db.Exists(ctx, tx, `SELECT 1 FROM survey_result WHERE wave_id = $1 AND superseded_by IS NULL`, waveID)
	if err != nil || !public {
		return err
	}
	w, err := db.One(ctx, tx, selectWave+`WHERE w.id = $1`, scanWave, waveID)
	if err != nil {
		return err
	}
	s, err := db.One(ctx, tx, selectService+`WHERE s.id = $1`, scanService, w.ServiceID)
	if err != nil {
		return err
	}
	y, err := o.yard(ctx, w.EndsOn)
	if err != nil {
		return err
	}
	r, err := o.resultOf(ctx, tx, y, s, w)
	if err != nil {
		return err
	}
	return o.insertResult(ctx, tx, actor, y, s, Published{ID: db.NewID(), Result: r, PublishedOn: o.today(), Note: note})
}

// resultOf computes a result with its weighted figure, which needs the answers
// themselves.
func (o *Office) resultOf(ctx context.Context, q db.Queryer, y yard, s Service, w Wave) (Result, error) {
	rows, err := tallies(ctx, q, w.ID)
	if err != nil {
		return Result{}, err
	}
	r, err := y.result(s, w, rows)
	if err != nil {
		return r, err
	}
	list, err := answers(ctx, q, w.ID)
	if err != nil {
		return r, err
	}
	r.Weighted, err = o.weigh(ctx, q, y, w, counting(w, list))
	return r, err
}

func (o *Office) insertResult(ctx context.Context, tx *db.Tx, actor account.Actor, y yard, s Service, p Published) error {
	body, err := p.Result.body()
	if err != nil {
		return err
	}
	first, err := o.supersede(ctx, tx, p)
	if err != nil {
		return err
	}
	if !first && p.Note == "" {
		return fault.WrongField("note", "survey.publish.why")
	}
	r := p.Result
	_, err = db.Exec(ctx, tx, `INSERT INTO survey_result (id, wave_id, service_id, published_on, answers, index_text, grade, lo, hi, body, book, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		p.ID, r.Wave, s.ID, p.PublishedOn, r.Answers, db.Null(r.Index), db.Null(r.Grade), db.Null(r.Lo), db.Null(r.Hi), body, r.Book, p.Note)
	if err != nil {
		return err
	}
	if err := o.books.Keep(ctx, tx, y.book); err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	return o.record(ctx, tx, actor, "published", "wave:"+r.Wave, map[string]any{
		"result": p.ID, "sha256": hex.EncodeToString(sum[:]), "index": r.Index, "answers": r.Answers, "note": p.Note,
	})
}

// supersede marks the wave's earlier results and reports whether there were
// none.
func (o *Office) supersede(ctx context.Context, tx *db.Tx, p Published) (first bool, err error) {
	n, err := db.Exec(ctx, tx, `UPDATE survey_result SET superseded_by = $1 WHERE wave_id = $2 AND superseded_by IS NULL`, p.ID, p.Result.Wave)
	return n == 0, err
}

const selectResult = `SELECT r.id, r.published_on, r.superseded_by, r.note, r.body FROM survey_result r `

func scanPublished(r db.Row) (Published, error) {
	var p Published
	var by string
	var body []byte
	if err := r.Scan(&p.ID, &p.PublishedOn, db.OrZero(&by), &p.Note, &body); err != nil {
		return p, err
	}
	p.Superseded = by != ""
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // figures keep their decimals
	if err := d.Decode(&p.Result); err != nil {
		return p, fmt.Errorf("stored result %s: %w", p.ID, err)
	}
	revive(p.Result.Because)
	return p, nil
}

// revive makes the texts of stored steps into the code words they were.
func revive(steps rulebook.Because) {
	word := func(v any) any {
		if s, ok := v.(string); ok {
			return rulebook.Word(s)
		}
		return v
	}
	for i := range steps {
		steps[i].Value = word(steps[i].Value)
		for k := range steps[i].Args {
			steps[i].Args[k] = word(steps[i].Args[k])
		}
		revive(steps[i].Parts)
	}
}

// History returns the published results of a service that hold today, the
// latest period first.
func (o *Office) History(ctx context.Context, serviceID string) ([]Published, error) {
	return db.All(ctx, o.db, selectResult+`JOIN survey_wave w ON w.id = r.wave_id
		WHERE r.service_id = $1 AND r.superseded_by IS NULL ORDER BY w.opens_on DESC, r.id DESC`, scanPublished, serviceID)
}

// PublishedOf returns the result of a wave that holds today, or a NotFound
// fault.
func (o *Office) PublishedOf(ctx context.Context, waveID string) (Published, error) {
	p, err := db.One(ctx, o.db, selectResult+`WHERE r.wave_id = $1 AND r.superseded_by IS NULL`, scanPublished, waveID)
	if errors.Is(err, db.ErrNone) {
		err = fault.Missing("survey.publish.none")
	}
	return p, err
}

// Listed is a service in the public list.
type Listed struct {
	ID, UnitID               string
	Code, Name, NameEN, Unit string
	Answers                  int    // stored so far in all waves
	Index, Grade, Lo, Hi     string // the latest published, empty if none
	Counted                  int    // answers the published index stands on
	Period                   string
	Open                     bool // a wave runs today
}

// Listed returns every service offered, with its answers as counted when they
// were stored and its latest published index.
func (o *Office) Listed(ctx context.Context) ([]Listed, error) {
	today := o.today()
	list, err := db.All(ctx, o.db, `SELECT s.id, s.code, s.name, s.name_en, s.unit_id, coalesce(a.answers, 0), coalesce(a.running, 0),
			r.index_text, r.grade, r.lo, r.hi, coalesce(r.answers, 0), l.name
		FROM service s
		LEFT JOIN (SELECT service_id, sum(answers) AS answers,
				sum(CASE WHEN closed_on IS NULL AND opens_on <= $1 AND ends_on >= $2 THEN 1 ELSE 0 END) AS running
			FROM survey_wave GROUP BY service_id) a ON a.service_id = s.id
		LEFT JOIN (SELECT w.service_id, w.id, w.name, row_number() OVER (PARTITION BY w.service_id ORDER BY w.opens_on DESC) AS place
			FROM survey_wave w JOIN survey_result p ON p.wave_id = w.id AND p.superseded_by IS NULL) l ON l.service_id = s.id AND l.place = 1
		LEFT JOIN survey_result r ON r.wave_id = l.id AND r.superseded_by IS NULL
		WHERE s.retired_on IS NULL ORDER BY s.sort_key, s.id`, scanListed, today, today)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, l := range list {
		ids[i] = l.UnitID
	}
	names, err := o.units.UnitNames(ctx, ids)
	for i := range list {
		list[i].Unit = names[list[i].UnitID]
	}
	return list, err
}

func scanListed(r db.Row) (Listed, error) {
	var l Listed
	var running int
	err := r.Scan(&l.ID, &l.Code, &l.Name, &l.NameEN, &l.UnitID, &l.Answers, &running, db.OrZero(&l.Index), db.OrZero(&l.Grade),
		db.OrZero(&l.Lo), db.OrZero(&l.Hi), &l.Counted, db.OrZero(&l.Period))
	l.Open = running > 0
	return l, err
}

// SafeAnswers returns the marks a published index stands on, in an order that
// says nothing, for anybody to compute it again: no profile, no day, no words.
// Where fewer answered than an index needs they are not given out.
func (o *Office) SafeAnswers(ctx context.Context, w Wave) ([]Marks, error) {
	if _, err := o.PublishedOf(ctx, w.ID); err != nil {
		return nil, err
	}
	minimum, err := o.Minimum(ctx)
	if err != nil {
		return nil, err
	}
	list, err := answers(ctx, o.db, w.ID)
	if err != nil {
		return nil, err
	}
	list = counting(w, list)
	if len(list) < minimum.Index {
		return nil, fault.Missing("survey.publish.too_few")
	}
	byMarks(list)
	out := make([]Marks, len(list))
	for i, a := range list {
		out[i] = a.Marks
	}
	return out, nil
}
