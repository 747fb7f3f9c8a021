package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// feedbackFor returns the words about a part the actor may read: the person
// and the superiors read all, others what they wrote themselves.
func (s *Service) feedbackFor(ctx context.Context, actor account.Actor, p Part) ([]Feedback, error) {
	all, err := feedbackOf(ctx, s.db, p.ID)
	if err != nil {
		return nil, err
	}
	if may, err := s.reads(ctx, actor, p); err != nil || may {
		return all, err
	}
	return slices.DeleteFunc(all, func(f Feedback) bool { return f.Author.PersonID != actor.PersonID }), nil
}

// relation tells how somebody stands to the person of a part.
func (s *Service) relation(ctx context.Context, p Part, person string) (Relation, error) {
	switch person {
	case p.Who.PersonID:
		return FromSelf, nil
	case p.Evaluator.PersonID, p.Above.PersonID:
		return FromSuperior, nil
	}
	theirs, err := partsOfPerson(ctx, s.db, person, p.Year)
	if err != nil {
		return "", err
	}
	rel := FromOther
	for _, o := range theirs {
		if o.Evaluator.PersonID == p.Who.PersonID {
			return FromSubordinate, nil
		}
		if o.Evaluator.PersonID != "" && o.Evaluator.PersonID == p.Evaluator.PersonID || o.Who.UnitID == p.Who.UnitID {
			rel = FromPeer
		}
	}
	return rel, nil
}

// writer names who gives feedback: a person of the roster with the post held.
func (s *Service) writer(ctx context.Context, actor account.Actor) (Signer, error) {
	if actor.PersonID == "" {
		return Signer{}, fault.Denied("appraisal.feedback.person")
	}
	who, err := s.people.Who(ctx, s.db, actor.PersonID, s.today())
	if fault.Is(err, fault.NotFound) {
		return Signer{PersonID: actor.PersonID, Name: actor.Name}, nil
	}
	return Signer{PersonID: actor.PersonID, Name: who.Name, Post: who.Post}, err
}

// GiveFeedback stores words about a part, tied to a result or a value or to
// the whole. An ID answers the request of that id. Anybody signed in may.
func (s *Service) GiveFeedback(ctx context.Context, actor account.Actor, f Feedback) (Feedback, error) {
	p, by, err := s.feedback(ctx, actor, &f)
	if err != nil {
		return f, err
	}
	if f.Text == "" {
		return f, fault.WrongField("text", "form.required")
	}
	if actor.PersonID == p.Who.PersonID {
		return f, fault.Denied("appraisal.feedback.self")
	}
	f.Author, f.CreatedAt = by, s.now()
	if f.Relation, err = s.relation(ctx, p, actor.PersonID); err != nil {
		return f, err
	}
	return f, s.tx(ctx, func(tx *db.Tx) error {
		if err := s.storeFeedback(ctx, tx, actor, &f); err != nil {
			return err
		}
		if err := s.record(ctx, tx, actor, "appraisal.feedback.given", "part:"+p.ID, f); err != nil {
			return err
		}
		return s.feedbackDesk(ctx, tx, actor, f)
	})
}

// storeFeedback writes new words, or the answer to a request.
func (s *Service) storeFeedback(ctx context.Context, tx *db.Tx, actor account.Actor, f *Feedback) error {
	if f.ID == "" {
		f.ID = db.NewID()
		return db.Insert(ctx, tx, "appraisal_feedback", feedbackInsert, [][]any{f.row()})
	}
	asked, err := db.One(ctx, tx, selectFeedback+`WHERE id = $1`, scanFeedback, f.ID)
	if fault.Is(err, fault.NotFound) || err == nil && (asked.AskedOf != actor.PersonID || asked.PartID != f.PartID) {
		return fault.Missing("appraisal.feedback.absent")
	}
	if err != nil {
		return err
	}
	f.AskedOf, f.Question = asked.AskedOf, asked.Question
	n, err := db.Exec(ctx, tx, `UPDATE appraisal_feedback SET about = $1, ref = $2, text = $3, author_id = $4, author = $5, relation = $6, created_at = $7
		WHERE id = $8 AND text = ''`, string(f.About), f.Ref, f.Text, f.Author.PersonID, f.Author.stored(), string(f.Relation), db.Time(f.CreatedAt), f.ID)
	return changedOne(n, err, "appraisal.feedback.answered")
}

// feedback checks what both giving and asking need: the part, what it is
// about, and who writes. Words about a result need its year to be open; about
// a value or the whole they need no open cycle.
func (s *Service) feedback(ctx context.Context, actor account.Actor, f *Feedback) (Part, Signer, error) {
	if err := s.access.Can(ctx, actor, account.ActFeedbackGive, account.Thing{}); err != nil {
		return Part{}, Signer{}, err
	}
	p, err := partOf(ctx, s.db, f.PartID)
	if err != nil {
		return p, Signer{}, err
	}
	year, err := periodOf(ctx, s.db, p.Year)
	if err != nil {
		return p, Signer{}, err
	}
	if f.About == AboutResult && !year.Open() {
		return p, Signer{}, fault.Clash("appraisal.closed")
	}
	f.Text, f.Question = tidy(f.Text), tidy(f.Question)
	if err := s.checkAbout(ctx, p, year, f); err != nil {
		return p, Signer{}, err
	}
	by, err := s.writer(ctx, actor)
	return p, by, err
}

func (s *Service) checkAbout(ctx context.Context, p Part, year Period, f *Feedback) error {
	var wrong fault.Fields
	checkLength(&wrong, "text", f.Text, mostLong)
	checkLength(&wrong, "question", f.Question, mostText)
	switch f.About {
	case AboutGeneral:
		f.Ref = ""
	case AboutResult:
		c, _, err := contentOf(ctx, s.db, p)
		if err != nil {
			return err
		}
		r, _ := c.Find(f.Ref)
		wrong.Check(r != nil, "ref", "appraisal.result.absent")
	case AboutValue:
		values, err := s.values(ctx, year)
		if err != nil {
			return err
		}
		wrong.Check(slices.ContainsFunc(values, func(v Value) bool { return v.Code == f.Ref }), "ref", "form.choose")
	default:
		wrong.Add("about", "form.choose")
	}
	return wrong.Err()
}

// AskFeedback asks a person for words about the actor's own part.
func (s *Service) AskFeedback(ctx context.Context, actor account.Actor, f Feedback) (Feedback, error) {
	p, _, err := s.feedback(ctx, actor, &f)
	if err != nil {
		return f, err
	}
	if err := s.access.Can(ctx, actor, account.ActAppraisalOwn, p.thing()); err != nil {
		return f, err
	}
	var wrong fault.Fields
	wrong.Check(f.Question != "", "question", "form.required")
	wrong.Check(f.AskedOf != "" && f.AskedOf != actor.PersonID, "asked_of", "form.choose")
	if err := wrong.Err(); err != nil {
		return f, err
	}
	if _, err := s.people.Who(ctx, s.db, f.AskedOf, s.today()); err != nil {
		return f, fault.WrongField("asked_of", "appraisal.evaluator.unknown")
	}
	f.ID, f.Text, f.Author, f.Relation, f.CreatedAt = db.NewID(), "", Signer{}, "", s.now()
	return f, s.tx(ctx, func(tx *db.Tx) error {
		if err := db.Insert(ctx, tx, "appraisal_feedback", feedbackInsert, [][]any{f.row()}); err != nil {
			return err
		}
		if err := s.record(ctx, tx, actor, "appraisal.feedback.asked", "part:"+p.ID, f); err != nil {
			return err
		}
		return s.askDesk(ctx, tx, p, f)
	})
}

// ReadFeedback notes that the person has read what is unread; it returns how
// many there were.
func (s *Service) ReadFeedback(ctx context.Context, actor account.Actor, part string) (int, error) {
	p, _, err := s.enter(ctx, actor, part, account.ActAppraisalOwn)
	if err != nil {
		return 0, err
	}
	unread, err := db.Exists(ctx, s.db, `SELECT 1 FROM appraisal_feedback WHERE part_id = $1 AND read_at IS NULL AND text <> '' LIMIT 1`, p.ID)
	if err != nil || !unread {
		return 0, err
	}
	var n int64
	err = s.tx(ctx, func(tx *db.Tx) (err error) {
		n, err = readFeedback(ctx, tx, p.ID, s.now())
		return err
	})
	return int(n), err
}

// AskedOfMe returns the requests for feedback the actor has not answered, with
// the parts they are about.
func (s *Service) AskedOfMe(ctx context.Context, actor account.Actor) ([]Asked, error) {
	if err := s.access.Can(ctx, actor, account.ActFeedbackGive, account.Thing{}); err != nil {
		return nil, err
	}
	if actor.PersonID == "" {
		return nil, nil
	}
	return db.All(ctx, s.db, `SELECT f.id, f.about, f.ref, f.question, f.created_at, `+partColumns+`
		FROM appraisal_feedback f JOIN appraisal_part p ON p.id = f.part_id
		WHERE f.asked_of = $1 AND f.text = '' ORDER BY f.created_at DESC, f.id DESC LIMIT 200`, func(r db.Row) (Asked, error) {
		var a Asked
		var face string
		targets := append([]any{&a.Feedback.ID, &a.Feedback.About, &a.Feedback.Ref, &a.Feedback.Question, db.TimeTo(&a.Feedback.CreatedAt)}, partTargets(&a.Part, &face)...)
		if err := r.Scan(targets...); err != nil {
			return a, err
		}
		a.Feedback.PartID, a.Feedback.AskedOf = a.Part.ID, actor.PersonID
		return a, a.Part.setFaces(face)
	}, actor.PersonID)
}

// Asked is a request for feedback with the part it is about.
type Asked struct {
	Feedback
	Part Part
}

// Target is a person one can give feedback to: without the results unless one
// may read them.
type Target struct {
	PartID  string
	Name    string
	Post    string
	Unit    string
	Results []Result // only for who may read the SKP
	Values  []Value
}

// FeedbackTarget returns the deciding part of a person in the latest year, to
// write feedback about, whether that year is open or not. NotFound when the
// person has none.
func (s *Service) FeedbackTarget(ctx context.Context, actor account.Actor, person string) (Target, error) {
	if err := s.access.Can(ctx, actor, account.ActFeedbackGive, account.Thing{}); err != nil {
		return Target{}, err
	}
	p, err := latestPart(ctx, s.db, person)
	if err != nil {
		return Target{}, err
	}
	year, err := periodOf(ctx, s.db, p.Year)
	if err != nil {
		return Target{}, err
	}
	t := Target{PartID: p.ID, Name: p.Who.Name, Post: p.Who.Post, Unit: p.Who.Unit}
	if t.Values, err = s.values(ctx, year); err != nil {
		return t, err
	}
	if year.Open() && s.can(ctx, actor, account.ActAppraisalView, p) {
		c, _, err := contentOf(ctx, s.db, p)
		t.Results = c.Results
		return t, err
	}
	return t, nil
}
