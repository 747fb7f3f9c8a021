package participation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Device is a kiosk: a device that stands in a service room. Its answers are a stratum of
// their own, because the office vouches that it stands there.
type Device struct {
	ID        string
	ServiceID string
	Name      string
	MadeOn    string
	EndedOn   string // empty while it is in use
}

// kioskLate is how many days an answer may wait on a device without network.
const kioskLate = 60

const selectKiosk = `SELECT id, service_id, name, made_on, ended_on FROM survey_kiosk `

func scanKiosk(r db.Row) (Device, error) {
	var k Device
	err := r.Scan(&k.ID, &k.ServiceID, &k.Name, &k.MadeOn, db.OrZero(&k.EndedOn))
	return k, err
}

func kioskHash(key string) []byte {
	sum := sha256.Sum256([]byte("gurindam kiosk\x00" + key))
	return sum[:]
}

// Kiosks returns the devices of a service, those in use first.
func (o *Office) Kiosks(ctx context.Context, serviceID string) ([]Device, error) {
	return db.All(ctx, o.db, selectKiosk+`WHERE service_id = $1 ORDER BY CASE WHEN ended_on IS NULL THEN 0 ELSE 1 END, id`, scanKiosk, serviceID)
}

// AddKiosk registers a device and returns its key, which is shown this once:
// only its hash is kept.
func (o *Office) AddKiosk(ctx context.Context, actor account.Actor, s Service, name string) (key string, err error) {
	if name == "" || len([]rune(name)) > 100 {
		return "", fault.WrongField("kiosk", "form.required")
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
		return "", err
	}
	key = newAnswerID()
	id := db.NewID()
	return key, o.db.Tx(ctx, func(tx *db.Tx) error {
		err := db.Insert(ctx, tx, "survey_kiosk", []string{"id", "service_id", "hash", "name", "made_on"},
			[][]any{{id, s.ID, kioskHash(key), name, o.today()}})
		if err != nil {
			return err
		}
		return o.record(ctx, tx, actor, "kiosk_added", "service:"+s.ID, map[string]string{"kiosk": id, "name": name})
	})
}

// EndKiosk makes a device's key worthless; what it sent stays.
func (o *Office) EndKiosk(ctx context.Context, actor account.Actor, s Service, id string) error {
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
		return err
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE survey_kiosk SET ended_on = $1 WHERE id = $2 AND service_id = $3 AND ended_on IS NULL`, o.today(), id, s.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing("survey.kiosk.gone")
		}
		return o.record(ctx, tx, actor, "kiosk_ended", "service:"+s.ID, map[string]string{"kiosk": id})
	})
}

// Kiosk finds the device of a service by its key, or gives a Forbidden fault:
// an unknown key, one of another service, one that was ended.
func (o *Office) Kiosk(ctx context.Context, s Service, key string) (Device, error) {
	k, err := db.One(ctx, o.db, selectKiosk+`WHERE hash = $1`, scanKiosk, kioskHash(key))
	if errors.Is(err, db.ErrNone) || err == nil && (k.EndedOn != "" || k.ServiceID != s.ID) {
		return Device{}, fault.Denied("survey.kiosk.unknown")
	}
	return k, err
}

// WaveOn returns the wave of a service a day belongs to, closed or not, or a
// Conflict fault when there is none.
func (o *Office) WaveOn(ctx context.Context, serviceID, day string) (Wave, error) {
	w, err := db.One(ctx, o.db, selectWave+`WHERE w.service_id = $1 AND w.opens_on <= $2 AND w.ends_on >= $3 ORDER BY w.opens_on DESC`,
		scanWave, serviceID, day, day)
	if errors.Is(err, db.ErrNone) {
		err = fault.Clash("survey.wave.none")
	}
	return w, err
}

// KioskDay is the day an answer of a kiosk counts for: the day the device says,
// unless it lies ahead or too far back or is none, then today.
func (o *Office) KioskDay(said string) string {
	today := o.today()
	now, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return today
	}
	day, err := time.Parse(time.DateOnly, said)
	if err != nil || day.After(now) || now.Sub(day) > kioskLate*24*time.Hour {
		return today
	}
	return said
}

// SubmitKiosk stores an answer of a kiosk on the day it was given. ref is the
// random name the device gave it: the same answer sent again, because the
// network was lost before the acknowledgement, is stored once and acknowledged
// again. The wave must not be closed.
func (o *Office) SubmitKiosk(ctx context.Context, s Submission, day, ref string) error {
	if len(ref) < 32 || len(ref) > 64 {
		return fault.WrongField("ref", "survey.kiosk.ref")
	}
	sum := sha256.Sum256([]byte("gurindam kiosk answer\x00" + ref))
	s.Answer.ID, s.Answer.Day, s.Answer.Stratum = hex.EncodeToString(sum[:16]), day, Kiosk
	if err := s.Answer.check(s.Wave); err != nil {
		return err
	}
	return o.db.TxReadCommitted(ctx, func(tx *db.Tx) error {
		stored, err := db.Exists(ctx, tx, `SELECT 1 FROM survey_answer WHERE wave_id = $1 AND id = $2 AND stratum = 'kiosk'`, s.Wave.ID, s.Answer.ID)
		if err != nil || stored {
			return err
		}
		// Taking hold of the wave makes the second of two that arrive at once wait.
		if err := count(ctx, tx, map[string]int{s.Wave.ID: 0}); err != nil {
			return err
		}
		stored, err = db.Exists(ctx, tx, `SELECT 1 FROM survey_answer WHERE wave_id = $1 AND id = $2 AND stratum = 'kiosk'`, s.Wave.ID, s.Answer.ID)
		if err != nil || stored {
			return err
		}
		return storeAnswers(ctx, tx, []Submission{s})
	})
}

// NewRef draws a name for an answer whose device gave it none.
func NewRef() string { return newAnswerID() }

// TooFast says that a form was filled in faster than anybody reads, if it was;
// a negative time is one not known.
func (o *Office) TooFast(ctx context.Context, seconds int) (Reason, error) {
	q, err := rules[Quality](ctx, o)
	if err != nil || seconds < 0 || seconds >= q.LeastSeconds {
		return HeldNone, err
	}
	return HeldFast, nil
}
