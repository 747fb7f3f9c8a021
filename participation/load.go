package participation

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/token"
)

// LoadService is a service with its past as it is loaded whole: from another system, or of the
// sample city.
type LoadService struct {
	Service Service
	Waves   []LoadWave
	Follow  []FollowUp
	Voices  map[int][2]int // by place in Follow: who agrees, who does not
}

// LoadWave is one wave with its answers. A wave that is to be closed is sealed
// on ClosedOn and, when PublishedOn is given, published on that day.
type LoadWave struct {
	Wave        Wave
	Answers     []Answer // ids are drawn here
	Visits      int      // in all
	Issued      int      // codes handed out; visit-bound answers spend them
	PublishedOn string
	Quotes      []Quote
}

// Load writes services with their past in one transaction. The actor must be
// allowed to manage every one of them.
func (o *Office) Load(ctx context.Context, actor account.Actor, list []LoadService) error {
	for i := range list {
		if err := list[i].Service.check(); err != nil {
			return err
		}
		if err := o.access.Can(ctx, actor, account.ActSurveyManage, list[i].Service.thing()); err != nil {
			return err
		}
	}
	defer o.open.forget()
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		for _, l := range list {
			if err := o.loadService(ctx, tx, actor, l); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o *Office) loadService(ctx context.Context, tx *db.Tx, actor account.Actor, l LoadService) error {
	s := l.Service
	if err := o.insertService(ctx, tx, actor, &s); err != nil {
		return err
	}
	for _, w := range l.Waves {
		if err := o.loadWave(ctx, tx, actor, s, w); err != nil {
			return err
		}
	}
	for i, f := range l.Follow {
		f.ServiceID = s.ID
		if err := o.loadFollowUp(ctx, tx, f, l.Voices[i]); err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) loadWave(ctx context.Context, tx *db.Tx, actor account.Actor, s Service, l LoadWave) error {
	w := l.Wave
	w.ServiceID = s.ID
	if err := w.check(); err != nil {
		return err
	}
	y, err := o.yard(ctx, w.EndsOn)
	if err != nil {
		return err
	}
	if w.TargetBy != "own" {
		w.Target = y.sample.Target(w.Population, w.TargetBy)
	}
	if err := o.insertWave(ctx, tx, actor, &w); err != nil {
		return err
	}
	batch := make([]Submission, len(l.Answers))
	for i, a := range l.Answers {
		a.ID = newAnswerID()
		l.Answers[i].ID = a.ID
		batch[i] = Submission{Wave: w, Answer: a}
	}
	if len(batch) > 0 {
		if err := storeAnswers(ctx, tx, batch); err != nil {
			return err
		}
	}
	if err := o.loadTokens(ctx, tx, w, l); err != nil {
		return err
	}
	if l.Visits > 0 {
		if err := db.Insert(ctx, tx, "survey_visits", []string{"wave_id", "day", "visits"}, [][]any{{w.ID, w.OpensOn, l.Visits}}); err != nil {
			return err
		}
	}
	for _, q := range l.Quotes {
		row := []any{db.NewID(), w.ID, q.Element, q.Words, w.EndsOn}
		if err := db.Insert(ctx, tx, "survey_quote", []string{"id", "wave_id", "element", "words", "chosen_on"}, [][]any{row}); err != nil {
			return err
		}
	}
	if w.ClosedOn = l.Wave.ClosedOn; w.ClosedOn == "" {
		return nil
	}
	return o.loadClosed(ctx, tx, actor, y, s, w, l)
}

// loadTokens opens the wave's batch, and spends a code for each visit-bound
// answer.
func (o *Office) loadTokens(ctx context.Context, tx *db.Tx, w Wave, l LoadWave) error {
	if l.Issued == 0 {
		return nil
	}
	key, err := token.NewKey()
	if err != nil {
		return err
	}
	if _, err := token.Open(ctx, tx, w.TokenSubject(), w.OpensOn, key); err != nil {
		return err
	}
	codes, err := token.Issue(ctx, tx, w.TokenSubject(), l.Issued)
	if err != nil {
		return err
	}
	for _, a := range l.Answers {
		if a.Stratum != Visit || len(codes) == 0 {
			continue
		}
		if err := token.Spend(ctx, tx, w.TokenSubject(), string(codes[0])); err != nil {
			return err
		}
		codes = codes[1:]
	}
	return nil
}

// loadClosed seals a loaded wave and publishes its result. The answers were
// written by their random ids already, an order that says nothing.
func (o *Office) loadClosed(ctx context.Context, tx *db.Tx, actor account.Actor, y yard, s Service, w Wave, l LoadWave) error {
	list, err := answers(ctx, tx, w.ID)
	if err != nil {
		return err
	}
	w.Seal = sealOf(list)
	if _, err := db.Exec(ctx, tx, `UPDATE survey_wave SET closed_on = $1, seal = $2 WHERE id = $3`, w.ClosedOn, w.Seal, w.ID); err != nil {
		return err
	}
	if err := closeTokens(ctx, tx, w, w.ClosedOn); err != nil {
		return err
	}
	if err := o.record(ctx, tx, actor, "wave_closed", "wave:"+w.ID, map[string]any{"answers": len(list), "seal": w.Seal}); err != nil {
		return err
	}
	if l.PublishedOn == "" {
		return nil
	}
	p := Published{ID: db.NewID(), PublishedOn: l.PublishedOn}
	if p.Result, err = o.resultOf(ctx, tx, y, s, w); err != nil {
		return err
	}
	return o.insertResult(ctx, tx, actor, y, s, p)
}

func (o *Office) loadFollowUp(ctx context.Context, tx *db.Tx, f FollowUp, voices [2]int) error {
	f.ID = db.NewID()
	row := []any{f.ID, f.ServiceID, nil, FromSurvey, "", f.Element, f.Said, f.Voices, f.Deed, f.Owner, db.Null(f.OwnerPerson), f.DueOn, string(f.State), f.Reason, f.Evidence, db.Null(f.ReportedOn), f.MadeOn}
	columns := []string{"id", "service_id", "wave_id", "source", "source_ref", "element", "said", "voices", "deed", "owner", "owner_person", "due_on", "state", "reason", "evidence", "reported_on", "made_on"}
	if err := db.Insert(ctx, tx, "follow_up", columns, [][]any{row}); err != nil {
		return err
	}
	var rows [][]any
	for i := range voices[0] + voices[1] {
		rows = append(rows, []any{f.ID, []byte(newAnswerID()), i < voices[0]})
	}
	return db.Insert(ctx, tx, "follow_up_voice", []string{"follow_up_id", "hash", "agrees"}, rows)
}
