package calibration

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const selectSession = `SELECT id, unit_id, unit, win, opened_at, opened_by, opener, closed_at, closer FROM calibration_session `

func scanSession(r db.Row) (Session, error) {
	var s Session
	var win string
	err := r.Scan(&s.ID, &s.UnitID, &s.Unit, &win, db.TimeTo(&s.OpenedAt), &s.OpenerID, &s.Opener, db.TimeTo(&s.ClosedAt), &s.Closer)
	if err != nil {
		return s, err
	}
	s.Window, err = appraisal.ParseWindow(win)
	return s, err
}

func sessionOf(ctx context.Context, q db.Queryer, id string) (Session, error) {
	s, err := db.One(ctx, q, selectSession+`WHERE id = $1`, scanSession, id)
	if fault.Is(err, fault.NotFound) {
		return s, fault.Missing("calibration.absent")
	}
	return s, err
}

// sessionsOf returns the sessions of a person, and those of some units or of
// all.
func sessionsOf(ctx context.Context, q db.Queryer, person string, units []string, all bool) ([]Session, error) {
	args := []any{person, all}
	for _, u := range units {
		args = append(args, u)
	}
	where := `id IN (SELECT session_id FROM calibration_member WHERE person_id = $1) OR $2`
	if len(units) > 0 {
		where += ` OR unit_id IN (` + db.In(3, len(units)) + `)`
	}
	return db.All(ctx, q, selectSession+`WHERE `+where+` ORDER BY opened_at DESC, id DESC LIMIT 200`, scanSession, args...)
}

func insertSession(ctx context.Context, tx *db.Tx, s Session, members []string) error {
	rows := make([][]any, len(members))
	for i, m := range members {
		rows[i] = []any{s.ID, m}
	}
	_, err := db.Exec(ctx, tx, `INSERT INTO calibration_session (id, unit_id, unit, win, opened_at, opened_by, opener, closed_at, closer) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, '')`,
		s.ID, s.UnitID, s.Unit, s.Window.Code(), db.Time(s.OpenedAt), s.OpenerID, s.Opener)
	if err != nil {
		return err
	}
	return db.Insert(ctx, tx, "calibration_member", []string{"session_id", "person_id"}, rows)
}

const selectChange = `SELECT id, session_id, part_id, evaluator_id, version, from_results, from_conduct, to_results, to_conduct, direction, reason, state,
	proposed_at, proposer_id, proposer, settled_at FROM calibration_change `

func scanChange(r db.Row) (Change, error) {
	var c Change
	err := r.Scan(&c.ID, &c.SessionID, &c.PartID, &c.EvaluatorID, &c.Version, &c.From.Results, &c.From.Conduct, &c.To.Results, &c.To.Conduct, &c.Direction,
		&c.Reason, &c.State, db.TimeTo(&c.At), &c.ProposerID, &c.Proposer, db.TimeTo(&c.SettledAt))
	return c, err
}

func changeOf(ctx context.Context, q db.Queryer, session, id string) (Change, error) {
	c, err := db.One(ctx, q, selectChange+`WHERE id = $1 AND session_id = $2`, scanChange, id, session)
	if fault.Is(err, fault.NotFound) {
		return c, fault.Missing("calibration.no_change")
	}
	if err != nil {
		return c, err
	}
	c.Consents, err = db.All(ctx, q, `SELECT person_id, name, agrees, at FROM calibration_consent WHERE change_id = $1 ORDER BY at, person_id`, scanConsent, id)
	return c, err
}

func scanConsent(r db.Row) (Consent, error) {
	var k Consent
	err := r.Scan(&k.PersonID, &k.Name, &k.Agrees, db.TimeTo(&k.At))
	return k, err
}

// changesOf returns the proposals of a session with their consents, the latest
// first.
func changesOf(ctx context.Context, q db.Queryer, session string) ([]Change, error) {
	all, err := db.All(ctx, q, selectChange+`WHERE session_id = $1 ORDER BY proposed_at DESC, id DESC`, scanChange, session)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, c := range all {
		at[c.ID] = i
	}
	return all, db.Each(ctx, q, `SELECT k.change_id, k.person_id, k.name, k.agrees, k.at FROM calibration_consent k JOIN calibration_change c ON c.id = k.change_id
		WHERE c.session_id = $1 ORDER BY k.at, k.person_id`, func(r db.Row) error {
		var id string
		var k Consent
		err := r.Scan(&id, &k.PersonID, &k.Name, &k.Agrees, db.TimeTo(&k.At))
		c := &all[at[id]]
		c.Consents = append(c.Consents, k)
		return err
	}, session)
}

func insertChange(ctx context.Context, tx *db.Tx, c Change) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO calibration_change (id, session_id, part_id, evaluator_id, version, from_results, from_conduct, to_results, to_conduct,
		direction, reason, state, proposed_at, proposer_id, proposer, settled_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, NULL)`,
		c.ID, c.SessionID, c.PartID, c.EvaluatorID, c.Version, string(c.From.Results), string(c.From.Conduct), string(c.To.Results), string(c.To.Conduct),
		string(c.Direction), c.Reason, string(c.State), db.Time(c.At), c.ProposerID, c.Proposer)
	if err != nil {
		return err
	}
	return addConsent(ctx, tx, c.ID, c.Consents[0])
}

func addConsent(ctx context.Context, tx *db.Tx, change string, k Consent) error {
	return db.Upsert(ctx, tx, "calibration_consent", []string{"change_id", "person_id"}, []string{"change_id", "person_id", "name", "agrees", "at"},
		[][]any{{change, k.PersonID, k.Name, k.Agrees, db.Time(k.At)}})
}

// storeConsent adds a word and what the proposal has come to.
func storeConsent(ctx context.Context, tx *db.Tx, c Change, word Consent, at time.Time) error {
	if err := addConsent(ctx, tx, c.ID, word); err != nil {
		return err
	}
	settled := time.Time{}
	if c.State != Proposed {
		settled = at
	}
	n, err := db.Exec(ctx, tx, `UPDATE calibration_change SET state = $1, settled_at = $2 WHERE id = $3 AND state = 'diusulkan'`, string(c.State), db.NullTime(settled), c.ID)
	if err == nil && n == 0 {
		return fault.Clash("calibration.settled")
	}
	return err
}

func shownOf(ctx context.Context, q db.Queryer, session string) ([]Consent, error) {
	return db.All(ctx, q, `SELECT person_id, name, at FROM calibration_shown WHERE session_id = $1 ORDER BY at, person_id`, func(r db.Row) (Consent, error) {
		var k Consent
		err := r.Scan(&k.PersonID, &k.Name, db.TimeTo(&k.At))
		return k, err
	}, session)
}
