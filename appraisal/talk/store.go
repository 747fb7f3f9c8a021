package talk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

var talkColumns = []string{
	"id", "part_id", "year", "person_id", "superior_id", "day", "state", "body", "wording", "hash",
	"person_signed_at", "superior_signed_at", "signed_at", "opened_at", "opened_by", "version", "open_part",
}

const selectTalk = `SELECT id, part_id, year, person_id, superior_id, day, state, body, wording, hash,
	person_signed_at, superior_signed_at, signed_at, opened_at, opened_by, version FROM appraisal_talk `

func (t Talk) row() ([]any, error) {
	body, err := json.Marshal(t.Written)
	if err != nil {
		return nil, fmt.Errorf("write talk: %w", err)
	}
	open := ""
	if t.Open() {
		open = t.PartID
	}
	var wording any
	if t.Wording != nil {
		wording = t.Wording
	}
	return []any{
		t.ID, t.PartID, t.Year, t.PersonID, t.SuperiorID, string(t.Day), string(t.State), string(body), wording, t.Hash,
		db.NullTime(t.PersonSignedAt), db.NullTime(t.SuperiorSignedAt), db.NullTime(t.SignedAt), db.Time(t.OpenedAt), string(t.OpenedBy), t.Version, db.Null(open),
	}, nil
}

func scanTalk(r db.Row) (Talk, error) {
	var t Talk
	var body string
	err := r.Scan(&t.ID, &t.PartID, &t.Year, &t.PersonID, &t.SuperiorID, &t.Day, &t.State, &body, &t.Wording, &t.Hash,
		db.TimeTo(&t.PersonSignedAt), db.TimeTo(&t.SuperiorSignedAt), db.TimeTo(&t.SignedAt), db.TimeTo(&t.OpenedAt), &t.OpenedBy, &t.Version)
	if err != nil {
		return t, err
	}
	if err := json.Unmarshal([]byte(body), &t.Written); err != nil {
		return t, fmt.Errorf("stored talk %s: %w", t.ID, err)
	}
	return t, nil
}

func talkOf(ctx context.Context, q db.Queryer, id string) (Talk, error) {
	t, err := db.One(ctx, q, selectTalk+`WHERE id = $1`, scanTalk, id)
	if fault.Is(err, fault.NotFound) {
		return t, fault.Missing("talk.absent")
	}
	return t, err
}

// storeTalk writes a talk as version+1; a Conflict when somebody was faster.
func storeTalk(ctx context.Context, tx *db.Tx, t *Talk) error {
	n, err := db.Exec(ctx, tx, `UPDATE appraisal_talk SET version = version + 1 WHERE id = $1 AND version = $2`, t.ID, t.Version)
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.Clash("talk.changed")
	}
	t.Version++
	row, err := t.row()
	if err != nil {
		return err
	}
	return db.Upsert(ctx, tx, "appraisal_talk", []string{"id"}, talkColumns, [][]any{row})
}

// talksOf returns the talks of parts, the latest first.
func talksOf(ctx context.Context, q db.Queryer, parts []string) ([]Talk, error) {
	if len(parts) == 0 {
		return nil, nil
	}
	args := make([]any, len(parts))
	for i, p := range parts {
		args[i] = p
	}
	return db.All(ctx, q, selectTalk+`WHERE part_id IN (`+db.In(1, len(args))+`) ORDER BY day DESC, opened_at DESC, id DESC`, scanTalk, args...)
}

// lastSigned returns when a person's latest talk was signed; zero without one.
func lastSigned(ctx context.Context, q db.Queryer, person string) (time.Time, error) {
	at, err := db.One(ctx, q, `SELECT signed_at FROM appraisal_talk WHERE person_id = $1 AND signed_at IS NOT NULL ORDER BY signed_at DESC LIMIT 1`, func(r db.Row) (time.Time, error) {
		var t time.Time
		err := r.Scan(db.TimeTo(&t))
		return t, err
	}, person)
	if fault.Is(err, fault.NotFound) {
		return time.Time{}, nil
	}
	return at, err
}

var actionColumns = []string{"id", "talk_id", "part_id", "person_id", "place", "owner_id", "owner", "text", "due", "note", "created_at", "done_at", "done_by"}

const selectAction = `SELECT id, talk_id, part_id, person_id, place, owner_id, owner, text, due, note, created_at, done_at, done_by FROM appraisal_talk_action `

func (a Action) row() []any {
	return []any{
		a.ID, a.TalkID, a.PartID, a.PersonID, a.Place, a.OwnerID, a.Owner, a.Text, string(a.Due), a.Note, db.Time(a.At), db.NullTime(a.DoneAt), a.DoneBy,
	}
}

func scanAction(r db.Row) (Action, error) {
	var a Action
	err := r.Scan(&a.ID, &a.TalkID, &a.PartID, &a.PersonID, &a.Place, &a.OwnerID, &a.Owner, &a.Text, &a.Due, &a.Note,
		db.TimeTo(&a.At), db.TimeTo(&a.DoneAt), &a.DoneBy)
	return a, err
}

// openActionsOf returns the actions of a person's talks that are not done.
func openActionsOf(ctx context.Context, q db.Queryer, person string) ([]Action, error) {
	return db.All(ctx, q, selectAction+`WHERE person_id = $1 AND done_at IS NULL ORDER BY due, place, id`, scanAction, person)
}

func actionsOf(ctx context.Context, q db.Queryer, talk string) ([]Action, error) {
	return db.All(ctx, q, selectAction+`WHERE talk_id = $1 ORDER BY place, id`, scanAction, talk)
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
