package participation

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/token"
)

// Voice is a citizen who wants to hear what became of what he or she said. It
// is known by a random code alone and tied to no answer.
type Voice struct {
	Code     token.Code
	Service  Service
	Elements []string
}

func voiceHash(code token.Code) []byte {
	sum := sha256.Sum256([]byte("gurindam voice\x00" + string(code)))
	return sum[:]
}

// Raise gives a code to a citizen who raised the elements of a service.
func (o *Office) Raise(ctx context.Context, s Service, elements []string) (Voice, error) {
	slices.Sort(elements)
	elements = slices.Compact(elements)
	own, err := o.Elements(ctx)
	if err != nil {
		return Voice{}, err
	}
	for _, e := range elements {
		if _, ok := own[e]; !ok && !slices.Contains(Standard(), e) {
			return Voice{}, fault.WrongField("element", "survey.element.unknown", e)
		}
	}
	if len(elements) == 0 || len(elements) > maxElements {
		return Voice{}, fault.WrongField("element", "form.choose")
	}
	v := Voice{Service: s, Elements: elements}
	if v.Code, err = token.NewCode(rand.Reader); err != nil {
		return v, err
	}
	err = o.db.Tx(ctx, func(tx *db.Tx) error {
		return db.Insert(ctx, tx, "survey_voice", []string{"hash", "service_id", "elements", "month"},
			[][]any{{voiceHash(v.Code), s.ID, strings.Join(elements, ","), o.today()[:7]}})
	})
	return v, err
}

// Voice finds a citizen's code as typed, or gives a NotFound fault.
func (o *Office) Voice(ctx context.Context, typed string) (Voice, error) {
	code, err := token.ParseCode(typed)
	if err != nil {
		return Voice{}, err
	}
	v := Voice{Code: code}
	type row struct{ service, elements string }
	found, err := db.One(ctx, o.db, `SELECT service_id, elements FROM survey_voice WHERE hash = $1`, func(r db.Row) (row, error) {
		var x row
		err := r.Scan(&x.service, &x.elements)
		return x, err
	}, voiceHash(code))
	if errors.Is(err, db.ErrNone) {
		return v, fault.Missing("survey.voice.unknown")
	}
	if err != nil {
		return v, err
	}
	v.Elements = words(found.elements)
	v.Service, err = o.serviceByID(ctx, found.service)
	return v, err
}

// Heard returns the follow-ups of what a voice raised, and what it has said
// about each so far.
func (o *Office) Heard(ctx context.Context, v Voice) ([]FollowUp, map[string]bool, error) {
	all, err := o.FollowUps(ctx, v.Service.ID)
	if err != nil {
		return nil, nil, err
	}
	said := map[string]bool{}
	err = db.Each(ctx, o.db, `SELECT follow_up_id, agrees FROM follow_up_voice WHERE hash = $1`, func(r db.Row) error {
		var id string
		var agrees bool
		if err := r.Scan(&id, &agrees); err != nil {
			return err
		}
		said[id] = agrees
		return nil
	}, voiceHash(v.Code))
	return slices.DeleteFunc(all, func(f FollowUp) bool { return !slices.Contains(v.Elements, f.Element) }), said, err
}

// Confirm is the word of somebody who raised a matter on what was done about
// it. A voice may change its mind. When enough agree, the follow-up is done;
// when they no longer do, it is only reported again.
func (o *Office) Confirm(ctx context.Context, v Voice, followUpID string, agrees bool) error {
	rule, err := rules[FollowUpRule](ctx, o)
	if err != nil {
		return err
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		f, err := db.One(ctx, tx, selectFollowUp+`WHERE f.id = $1`, scanFollowUp, followUpID)
		if err != nil {
			return err
		}
		if f.ServiceID != v.Service.ID || !slices.Contains(v.Elements, f.Element) {
			return fault.Denied("survey.voice.other")
		}
		if f.State != FollowReported && f.State != FollowDone {
			return fault.Clash("survey.voice.early")
		}
		err = db.Upsert(ctx, tx, "follow_up_voice", []string{"follow_up_id", "hash"}, []string{"follow_up_id", "hash", "agrees"},
			[][]any{{f.ID, voiceHash(v.Code), agrees}})
		if err != nil {
			return err
		}
		return o.settle(ctx, tx, rule, f.ID)
	})
}

func (o *Office) settle(ctx context.Context, tx *db.Tx, rule FollowUpRule, id string) error {
	f, err := db.One(ctx, tx, selectFollowUp+`WHERE f.id = $1`, scanFollowUp, id)
	if err != nil {
		return err
	}
	to := FollowReported
	if rule.Confirmed(f.Agree, f.Disagree) {
		to = FollowDone
	}
	if to == f.State {
		return nil
	}
	if _, err := db.Exec(ctx, tx, `UPDATE follow_up SET state = $1, version = version + 1 WHERE id = $2`, string(to), id); err != nil {
		return err
	}
	return o.record(ctx, tx, account.Actor{}, "follow_up_"+string(to), "follow-up:"+id, map[string]int{"agree": f.Agree, "disagree": f.Disagree})
}
