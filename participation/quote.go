package participation

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Quote is something a citizen wrote, chosen for the public page and cleared of
// names and numbers by the office.
type Quote struct {
	ID, WaveID, Element, Words, ChosenOn string
}

// Said returns what citizens wrote in a wave, for the office to read. A wave
// with fewer words than a group that may be shown tells nothing, so that a
// single writer is not found.
func (o *Office) Said(ctx context.Context, actor account.Actor, waveID string) ([]string, error) {
	s, w, err := o.Wave(ctx, waveID)
	if err != nil {
		return nil, err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyView, s.thing()); err != nil {
		return nil, err
	}
	minimum, err := o.Minimum(ctx)
	if err != nil || w.Answers < minimum.Group {
		return nil, err
	}
	return db.All(ctx, o.db, `SELECT words FROM survey_answer WHERE wave_id = $1 AND words <> '' AND held = '' ORDER BY id`, db.Value[string], waveID)
}

// Choose puts a citizen's words on the public page, as edited by the office.
func (o *Office) Choose(ctx context.Context, actor account.Actor, waveID, element, said string) error {
	if said == "" || len([]rune(said)) > 300 {
		return fault.WrongField("words", "form.too_long", 300)
	}
	s, _, err := o.Wave(ctx, waveID)
	if err != nil {
		return err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
		return err
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		id := db.NewID()
		_, err := db.Exec(ctx, tx, `INSERT INTO survey_quote (id, wave_id, element, words, chosen_on) VALUES ($1, $2, $3, $4, $5)`,
			id, waveID, element, said, o.today())
		if err != nil {
			return err
		}
		return o.record(ctx, tx, actor, "quote", "wave:"+waveID, map[string]string{"id": id, "element": element})
	})
}

// Quotes returns the chosen words of a wave.
func (o *Office) Quotes(ctx context.Context, waveID string) ([]Quote, error) {
	return db.All(ctx, o.db, `SELECT id, wave_id, element, words, chosen_on FROM survey_quote WHERE wave_id = $1 ORDER BY id`, func(r db.Row) (Quote, error) {
		var q Quote
		err := r.Scan(&q.ID, &q.WaveID, &q.Element, &q.Words, &q.ChosenOn)
		return q, err
	}, waveID)
}
