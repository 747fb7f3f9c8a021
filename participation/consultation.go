package participation

import (
	"context"
	"errors"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// ConsultationState is where a consultation forum (FKP) stands.
type ConsultationState string

// The states: people are invited, the forum was held, the agreement is signed.
const (
	Invited ConsultationState = "invited"
	Held    ConsultationState = "held"
	Agreed  ConsultationState = "agreed"
)

// GuestKinds are the participants PermenPANRB 16/2017 wants at the table.
func GuestKinds() []string {
	return []string{"provider", "user", "stakeholder", "expert", "society", "media"}
}

// Consultation is one Forum Konsultasi Publik.
type Consultation struct {
	ID, UnitID, ServiceID string
	Topic, HeldOn, Place  string
	Background, Minutes   string
	State                 ConsultationState
	AgreedOn              string
	Version               int
	Unit                  string // name, filled when read
	Guests                []Guest
	Points                []Point
}

// Guest is somebody invited.
type Guest struct {
	ID, Kind, Name, StandsFor string
	Came                      bool
}

// Point is something raised and what was agreed about it.
type Point struct {
	ID, Issue, Agreement, Owner, OwnerPerson, DueOn, FollowUpID string
}

func (c Consultation) thing() account.Thing { return account.Thing{Unit: c.UnitID} }

// Missing returns the kinds of participants nobody came for, once it was held.
func (c Consultation) Missing() []string {
	var out []string
	for _, kind := range GuestKinds() {
		if !slices.ContainsFunc(c.Guests, func(g Guest) bool { return g.Kind == kind && g.Came }) {
			out = append(out, kind)
		}
	}
	return out
}

func (c Consultation) check() error {
	var f fault.Fields
	f.Check(c.Topic != "" && len([]rune(c.Topic)) <= 200, "topic", "form.required")
	f.Check(isDate(c.HeldOn), "held_on", "form.date")
	f.Check(c.Place != "" && len([]rune(c.Place)) <= 200, "place", "form.required")
	f.Check(c.UnitID != "", "unit", "form.choose")
	f.Check(len([]rune(c.Background)) <= maxText*4, "background", "form.too_long", maxText*4)
	return f.Err()
}

const selectConsultation = `SELECT c.id, c.unit_id, c.service_id, c.topic, c.held_on, c.place, c.background, c.minutes, c.state, c.agreed_on, c.version FROM consultation c `

func scanConsultation(r db.Row) (Consultation, error) {
	var c Consultation
	err := r.Scan(&c.ID, &c.UnitID, db.OrZero(&c.ServiceID), &c.Topic, &c.HeldOn, &c.Place, &c.Background, &c.Minutes, &c.State, db.OrZero(&c.AgreedOn), &c.Version)
	return c, err
}

// Consultations returns all consultation forums, the latest first.
func (o *Office) Consultations(ctx context.Context) ([]Consultation, error) {
	list, err := db.All(ctx, o.db, selectConsultation+`ORDER BY c.held_on DESC, c.id DESC LIMIT 500`, scanConsultation)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, c := range list {
		ids[i] = c.UnitID
	}
	names, err := o.units.UnitNames(ctx, ids)
	for i := range list {
		list[i].Unit = names[list[i].UnitID]
	}
	return list, err
}

// Consultation returns one forum with guests and points, or NotFound.
func (o *Office) Consultation(ctx context.Context, id string) (Consultation, error) {
	c, err := db.One(ctx, o.db, selectConsultation+`WHERE c.id = $1`, scanConsultation, id)
	if errors.Is(err, db.ErrNone) {
		return c, fault.Missing("consult.none")
	}
	if err != nil {
		return c, err
	}
	names, err := o.units.UnitNames(ctx, []string{c.UnitID})
	if err != nil {
		return c, err
	}
	c.Unit = names[c.UnitID]
	c.Guests, err = db.All(ctx, o.db, `SELECT id, kind, name, stands_for, came FROM consultation_guest WHERE consultation_id = $1 ORDER BY id`, func(r db.Row) (Guest, error) {
		var g Guest
		err := r.Scan(&g.ID, &g.Kind, &g.Name, &g.StandsFor, &g.Came)
		return g, err
	}, id)
	if err != nil {
		return c, err
	}
	c.Points, err = db.All(ctx, o.db, `SELECT id, issue, agreement, owner, owner_person, due_on, follow_up_id FROM consultation_point WHERE consultation_id = $1 ORDER BY id`, func(r db.Row) (Point, error) {
		var p Point
		err := r.Scan(&p.ID, &p.Issue, &p.Agreement, &p.Owner, &p.OwnerPerson, &p.DueOn, db.OrZero(&p.FollowUpID))
		return p, err
	}, id)
	return c, err
}

// Invite plans a consultation forum.
func (o *Office) Invite(ctx context.Context, actor account.Actor, c Consultation) (Consultation, error) {
	if err := c.check(); err != nil {
		return c, err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, c.thing()); err != nil {
		return c, err
	}
	c.ID, c.State, c.Version = db.NewID(), Invited, 1
	err := o.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO consultation (id, unit_id, service_id, topic, held_on, place, background, state)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, c.ID, c.UnitID, db.Null(c.ServiceID), c.Topic, c.HeldOn, c.Place, c.Background, string(c.State))
		if err != nil {
			return err
		}
		return o.record(ctx, tx, actor, "consultation_planned", "consultation:"+c.ID, map[string]string{"topic": c.Topic, "on": c.HeldOn})
	})
	return c, err
}

// consult runs one change to a forum that is not agreed yet.
func (o *Office) consult(ctx context.Context, actor account.Actor, id, kind string, change func(*db.Tx, Consultation) error) error {
	c, err := o.Consultation(ctx, id)
	if err != nil {
		return err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, c.thing()); err != nil {
		return err
	}
	if c.State == Agreed {
		return fault.Clash("consult.agreed_already")
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE consultation SET version = version + 1 WHERE id = $1 AND state <> 'agreed'`, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("consult.agreed_already")
		}
		if err := change(tx, c); err != nil {
			return err
		}
		return o.record(ctx, tx, actor, kind, "consultation:"+id, map[string]string{"topic": c.Topic})
	})
}

// AddGuest puts somebody on the list of participants.
func (o *Office) AddGuest(ctx context.Context, actor account.Actor, id string, g Guest) error {
	if g.Name == "" || len([]rune(g.Name)) > maxName || len([]rune(g.StandsFor)) > maxName {
		return fault.WrongField("guest", "form.required")
	}
	if !slices.Contains(GuestKinds(), g.Kind) {
		return fault.WrongField("kind", "form.choose")
	}
	return o.consult(ctx, actor, id, "consultation_guest", func(tx *db.Tx, _ Consultation) error {
		return db.Insert(ctx, tx, "consultation_guest", []string{"id", "consultation_id", "kind", "name", "stands_for", "came"},
			[][]any{{db.NewID(), id, g.Kind, g.Name, g.StandsFor, g.Came}})
	})
}

// Note writes the minutes: the forum was held.
func (o *Office) Note(ctx context.Context, actor account.Actor, id, minutes string) error {
	if minutes == "" || len([]rune(minutes)) > 20000 {
		return fault.WrongField("minutes", "form.required")
	}
	return o.consult(ctx, actor, id, "consultation_held", func(tx *db.Tx, c Consultation) error {
		if c.HeldOn > o.today() {
			return fault.WrongField("minutes", "consult.not_yet")
		}
		_, err := db.Exec(ctx, tx, `UPDATE consultation SET minutes = $1, state = 'held' WHERE id = $2`, minutes, id)
		return err
	})
}

// AddPoint notes what was raised and what was agreed about it.
func (o *Office) AddPoint(ctx context.Context, actor account.Actor, id string, p Point) error {
	c, err := o.Consultation(ctx, id)
	if err != nil {
		return err
	}
	if err := o.own(ctx, c.UnitID, p.OwnerPerson, &p.Owner); err != nil {
		return err
	}
	var f fault.Fields
	for name, text := range map[string]string{"issue": p.Issue, "agreement": p.Agreement, "owner": p.Owner} {
		f.Check(text != "" && len([]rune(text)) <= maxText, name, "form.required")
	}
	f.Check(isDate(p.DueOn), "due_on", "form.date")
	if err := f.Err(); err != nil {
		return err
	}
	return o.consult(ctx, actor, id, "consultation_point", func(tx *db.Tx, _ Consultation) error {
		return db.Insert(ctx, tx, "consultation_point", []string{"id", "consultation_id", "issue", "agreement", "owner", "owner_person", "due_on"},
			[][]any{{db.NewID(), id, p.Issue, p.Agreement, p.Owner, p.OwnerPerson, p.DueOn}})
	})
}

// Agree closes a forum that was held: the berita acara stands, and each point
// becomes a follow-up of the service it is about.
func (o *Office) Agree(ctx context.Context, actor account.Actor, id string) error {
	return o.consult(ctx, actor, id, "consultation_agreed", func(tx *db.Tx, c Consultation) error {
		switch {
		case c.State != Held:
			return fault.Clash("consult.hold_first")
		case len(c.Points) == 0:
			return fault.Clash("consult.no_points")
		}
		if _, err := db.Exec(ctx, tx, `UPDATE consultation SET state = 'agreed', agreed_on = $1 WHERE id = $2`, o.today(), id); err != nil {
			return err
		}
		if c.ServiceID == "" {
			return nil // without a service the points stand in the berita acara alone
		}
		return o.followPoints(ctx, tx, actor, c)
	})
}

// followPoints makes each point a follow-up and puts it on its owner's desk.
func (o *Office) followPoints(ctx context.Context, tx *db.Tx, actor account.Actor, c Consultation) error {
	rows := make([][]any, len(c.Points))
	for i, p := range c.Points {
		f := FollowUp{ID: db.NewID(), Said: p.Issue, Deed: p.Agreement, Owner: p.Owner, OwnerPerson: p.OwnerPerson, DueOn: p.DueOn, State: FollowPlanned}
		rows[i] = []any{f.ID, c.ServiceID, FromConsultation, c.ID, f.Said, f.Deed, f.Owner, db.Null(f.OwnerPerson), f.DueOn, string(f.State), o.today()}
		if err := o.desk(ctx, tx, actor, f); err != nil {
			return err
		}
	}
	columns := []string{"id", "service_id", "source", "source_ref", "said", "deed", "owner", "owner_person", "due_on", "state", "made_on"}
	if err := db.Insert(ctx, tx, "follow_up", columns, rows); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `UPDATE consultation_point SET follow_up_id = (SELECT f.id FROM follow_up f
		WHERE f.source = 'consultation' AND f.source_ref = $1 AND f.said = consultation_point.issue AND f.deed = consultation_point.agreement
		ORDER BY f.id LIMIT 1) WHERE consultation_id = $2`, c.ID, c.ID)
	return err
}
