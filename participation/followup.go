package participation

import (
	"context"
	"errors"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// FollowUpState is where a follow-up stands.
type FollowUpState string

// The states. A deed reported by the office is done only when enough of those
// who raised the matter confirm it:
//
//	planned → running → reported → done
//	   └─────────┴──────────┴────→ declined (with the reason, in public)
const (
	FollowPlanned  FollowUpState = "planned"
	FollowRunning  FollowUpState = "running"
	FollowReported FollowUpState = "reported"
	FollowDone     FollowUpState = "done"
	FollowDeclined FollowUpState = "declined"
)

// Ways a matter comes to be followed up.
const (
	FromSurvey       = "survey"
	FromForum        = "forum"
	FromConsultation = "consultation"
	FromComplaint    = "complaint"
)

// FollowUp faces what citizens said with what is done about it.
type FollowUp struct {
	ID, ServiceID, WaveID string
	Source, Ref           string
	Element               string
	Said                  string
	Voices                int
	Deed                  string
	Owner, OwnerPerson    string
	DueOn                 string
	State                 FollowUpState
	Reason                string
	Evidence              string
	ReportedOn, MadeOn    string
	Promise               string // page of the SKP result it became, empty when none
	Version               int

	Agree, Disagree int // of those who raised it
	Service, Code   string
	UnitID          string
}

// Overdue reports whether the deadline has passed without a report.
func (f FollowUp) Overdue(today string) bool {
	return (f.State == FollowPlanned || f.State == FollowRunning) && f.DueOn != "" && f.DueOn < today
}

// FollowUpRule is the rule of when a follow-up counts as done.
type FollowUpRule struct {
	rulebook.Head `json:"-"`
	ConfirmLeast  int          `json:"confirm_least"`
	ConfirmShare  rulebook.Num `json:"confirm_share"`
	RiseDays      int          `json:"rise_days"` // working days after which what is late rises
}

// RuleID names the rule.
func (FollowUpRule) RuleID() string { return "follow-up" }

// Check refuses a share that is none.
func (r FollowUpRule) Check() error {
	if f := float(r.ConfirmShare); r.ConfirmLeast < 1 || r.RiseDays < 0 || f <= 0 || f > 1 {
		return fault.WrongField("confirm_share", "rulebook.value.broken", "confirm_share")
	}
	return nil
}

// Confirmed reports whether enough of those who raised a matter agree that it
// was dealt with.
func (r FollowUpRule) Confirmed(agree, disagree int) bool {
	all := agree + disagree
	return all >= r.ConfirmLeast && !rulebook.Ratio(int64(agree), int64(max(all, 1))).Less(r.ConfirmShare)
}

const selectFollowUp = `SELECT f.id, f.service_id, f.wave_id, f.source, f.source_ref, f.element, f.said, f.voices, f.deed, f.owner, f.owner_person,
	f.due_on, f.state, f.reason, f.evidence, f.reported_on, f.made_on, f.promise, f.version, s.name, s.code, s.unit_id,
	(SELECT count(*) FROM follow_up_voice v WHERE v.follow_up_id = f.id AND v.agrees),
	(SELECT count(*) FROM follow_up_voice v WHERE v.follow_up_id = f.id AND NOT v.agrees)
	FROM follow_up f JOIN service s ON s.id = f.service_id `

func scanFollowUp(r db.Row) (FollowUp, error) {
	var f FollowUp
	err := r.Scan(&f.ID, &f.ServiceID, db.OrZero(&f.WaveID), &f.Source, &f.Ref, &f.Element, &f.Said, &f.Voices, &f.Deed, &f.Owner,
		db.OrZero(&f.OwnerPerson), &f.DueOn, &f.State, &f.Reason, &f.Evidence, db.OrZero(&f.ReportedOn), &f.MadeOn, &f.Promise, &f.Version,
		&f.Service, &f.Code, &f.UnitID, &f.Agree, &f.Disagree)
	return f, err
}

// FollowUps returns a service's follow-ups, the newest first.
func (o *Office) FollowUps(ctx context.Context, serviceID string) ([]FollowUp, error) {
	return db.All(ctx, o.db, selectFollowUp+`WHERE f.service_id = $1 ORDER BY f.made_on DESC, f.id DESC`, scanFollowUp, serviceID)
}

// OverdueFollowUps returns what is late in the whole agency, the oldest first:
// what rises to the leader.
func (o *Office) OverdueFollowUps(ctx context.Context) ([]FollowUp, error) {
	return db.All(ctx, o.db, selectFollowUp+`WHERE f.state IN ('planned', 'running') AND f.due_on <> '' AND f.due_on < $1
		ORDER BY f.due_on, f.id`, scanFollowUp, o.today())
}

// LatestFollowUps returns the n latest of the services offered today that say
// what was done, is being done, or why not.
func (o *Office) LatestFollowUps(ctx context.Context, n int) ([]FollowUp, error) {
	return db.All(ctx, o.db, selectFollowUp+`WHERE s.retired_on IS NULL AND (f.deed <> '' OR f.reason <> '')
		ORDER BY f.made_on DESC, f.id DESC LIMIT $1`, scanFollowUp, n)
}

// FollowUp returns one follow-up, or a NotFound fault.
func (o *Office) FollowUp(ctx context.Context, id string) (FollowUp, error) {
	f, err := db.One(ctx, o.db, selectFollowUp+`WHERE f.id = $1`, scanFollowUp, id)
	if errors.Is(err, db.ErrNone) {
		err = fault.Missing("survey.follow.unknown")
	}
	return f, err
}

func (f FollowUp) check() error {
	var w fault.Fields
	w.Check(f.Said != "", "said", "form.required")
	for name, text := range map[string]string{"said": f.Said, "deed": f.Deed, "reason": f.Reason, "evidence": f.Evidence} {
		w.Check(len([]rune(text)) <= maxText, name, "form.too_long", maxText)
	}
	if f.State == FollowDeclined {
		w.Check(f.Reason != "", "reason", "survey.follow.reason")
		return w.Err()
	}
	w.Check(f.Deed != "", "deed", "form.required")
	w.Check(f.Owner != "", "owner", "form.required")
	w.Check(isDate(f.DueOn), "due_on", "form.date")
	return w.Err()
}

// AddFollowUp answers something citizens said: with a deed, its owner and
// deadline, or with why it cannot be done (FollowDeclined).
func (o *Office) AddFollowUp(ctx context.Context, actor account.Actor, f FollowUp) (FollowUp, error) {
	if f.State != FollowDeclined {
		f.State = FollowPlanned
	}
	if f.Source == "" {
		f.Source = FromSurvey
	}
	if f.OwnerPerson != "" {
		s, err := o.serviceByID(ctx, f.ServiceID)
		if err != nil {
			return f, err
		}
		if err := o.own(ctx, s.UnitID, f.OwnerPerson, &f.Owner); err != nil {
			return f, err
		}
	}
	if err := f.check(); err != nil {
		return f, err
	}
	f.ID, f.MadeOn, f.Version = db.NewID(), o.today(), 1
	err := o.db.Tx(ctx, func(tx *db.Tx) error {
		s, err := db.One(ctx, tx, selectService+`WHERE s.id = $1`, scanService, f.ServiceID)
		if err != nil {
			return err
		}
		if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `INSERT INTO follow_up (id, service_id, wave_id, source, source_ref, element, said, voices, deed, owner, owner_person, due_on, state, reason, made_on)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
			f.ID, f.ServiceID, db.Null(f.WaveID), f.Source, f.Ref, f.Element, f.Said, f.Voices, f.Deed, f.Owner, db.Null(f.OwnerPerson), f.DueOn,
			string(f.State), f.Reason, f.MadeOn)
		if err != nil {
			return err
		}
		if err := o.record(ctx, tx, actor, "follow_up", f.subject(), f); err != nil {
			return err
		}
		return o.desk(ctx, tx, actor, f)
	})
	return f, err
}

// MoveFollowUp changes where a follow-up stands: it begins (running), is
// reported with its evidence, or is declined with a reason. Nobody can make it
// done but those who raised it.
func (o *Office) MoveFollowUp(ctx context.Context, actor account.Actor, id string, version int, to FollowUpState, words string) error {
	f, err := o.FollowUp(ctx, id)
	if err != nil {
		return err
	}
	if err := o.access.Can(ctx, actor, account.ActFollowUpMove, f.thing()); err != nil {
		return err
	}
	if err := f.move(to, words, o.today()); err != nil {
		return err
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE follow_up SET state = $1, reason = $2, evidence = $3, reported_on = $4, version = version + 1
			WHERE id = $5 AND version = $6`, string(f.State), f.Reason, f.Evidence, db.Null(f.ReportedOn), f.ID, version)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("survey.changed_meanwhile")
		}
		if err := o.record(ctx, tx, actor, "follow_up_"+string(to), f.subject(), map[string]string{"words": words}); err != nil {
			return err
		}
		return o.desk(ctx, tx, actor, f)
	})
}

func (f *FollowUp) move(to FollowUpState, words, today string) error {
	from := f.State
	switch {
	case to == FollowRunning && (from == FollowPlanned || from == FollowReported):
	case to == FollowReported && (from == FollowPlanned || from == FollowRunning):
		if words == "" {
			return fault.WrongField("words", "survey.follow.evidence")
		}
		f.Evidence, f.ReportedOn = words, today
	case to == FollowDeclined && from != FollowDone && from != FollowDeclined:
		if words == "" {
			return fault.WrongField("words", "survey.follow.reason")
		}
		f.Reason = words
	default:
		return fault.Clash("survey.follow.order")
	}
	f.State = to
	return nil
}
