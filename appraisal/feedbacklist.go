package appraisal

import (
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

// FeedbackView is one of the four ways feedback concerns somebody.
type FeedbackView string

// The views: said about me, said by me, asked of me and not answered, asked by
// me and not answered.
const (
	FeedbackReceived FeedbackView = "diterima"
	FeedbackGiven    FeedbackView = "diberikan"
	FeedbackAsked    FeedbackView = "diminta"
	FeedbackAwaited  FeedbackView = "menunggu"
)

// FeedbackViews lists the views in the order of the page.
func FeedbackViews() []FeedbackView {
	return []FeedbackView{FeedbackReceived, FeedbackGiven, FeedbackAsked, FeedbackAwaited}
}

// FeedbackQuery asks for part of somebody's feedback. The zero value is all
// that was received.
type FeedbackQuery struct {
	View  FeedbackView
	Text  string // in the words, the question and the names
	About About
	Page  int // from 1
	Size  int // rows a page, 20 when 0
}

// FeedbackRow is feedback with the part it is about, and what its reference is
// called where the reader may know.
type FeedbackRow struct {
	Feedback
	Part    Part
	RefText string // of a result; empty for the rest
	Asked   string // name of who was asked
}

// FeedbackList is one page of somebody's feedback with the counts of the whole.
type FeedbackList struct {
	Rows   []FeedbackRow
	Total  int
	Views  map[FeedbackView]int
	Abouts map[About]int // of the view, before the filter
	Values []Value
}

// mostFeedback bounds how much of one person's feedback is read.
const mostFeedback = 2000

// Feedbacks returns the feedback that concerns the actor, of all years, the
// latest first.
func (s *Service) Feedbacks(ctx context.Context, actor account.Actor, q FeedbackQuery) (FeedbackList, error) {
	l := FeedbackList{Views: map[FeedbackView]int{}, Abouts: map[About]int{}}
	if err := s.access.Can(ctx, actor, account.ActFeedbackGive, account.Thing{}); err != nil || actor.PersonID == "" {
		return l, err
	}
	rows, err := db.All(ctx, s.db, `SELECT f.id, f.about, f.ref, f.text, f.author, f.relation, f.asked_of, f.question, f.created_at, f.read_at, `+partColumns+`
		FROM appraisal_feedback f JOIN appraisal_part p ON p.id = f.part_id
		WHERE f.id IN (SELECT x.id FROM appraisal_feedback x JOIN appraisal_part y ON y.id = x.part_id WHERE y.person_id = $1
			UNION SELECT id FROM appraisal_feedback WHERE author_id = $1 UNION SELECT id FROM appraisal_feedback WHERE asked_of = $1 AND text = '')
		ORDER BY f.created_at DESC, f.id DESC LIMIT $2`, scanFeedbackRow, actor.PersonID, mostFeedback)
	if err != nil {
		return l, err
	}
	if q.View == "" {
		q.View = FeedbackReceived
	}
	terms := search.Terms(q.Text)
	for _, r := range rows {
		view := r.viewOf(actor.PersonID)
		l.Views[view]++
		if view != q.View {
			continue
		}
		l.Abouts[r.About]++
		if (q.About == "" || q.About == r.About) && search.Match(r.words(), terms) {
			l.Rows = append(l.Rows, r)
		}
	}
	l.Total = len(l.Rows)
	l.page(q)
	if err := s.nameFeedback(ctx, l.Rows); err != nil {
		return l, err
	}
	if year, err := s.period(ctx, 0); err == nil {
		l.Values, err = s.values(ctx, year)
		return l, err
	}
	return l, nil
}

func scanFeedbackRow(r db.Row) (FeedbackRow, error) {
	var f FeedbackRow
	var author, face string
	targets := append([]any{
		&f.ID, &f.About, &f.Ref, &f.Text, &author, &f.Relation, &f.AskedOf, &f.Question, db.TimeTo(&f.CreatedAt), db.TimeTo(&f.ReadAt),
	}, partTargets(&f.Part, &face)...)
	if err := r.Scan(targets...); err != nil {
		return f, err
	}
	f.PartID = f.Part.ID
	if err := f.setAuthor(author); err != nil {
		return f, err
	}
	return f, f.Part.setFaces(face)
}

// viewOf tells how a feedback concerns a person.
func (r FeedbackRow) viewOf(person string) FeedbackView {
	mine := r.Part.Who.PersonID == person
	switch {
	case r.Text == "" && mine:
		return FeedbackAwaited
	case r.Text == "":
		return FeedbackAsked
	case mine:
		return FeedbackReceived
	}
	return FeedbackGiven
}

func (r FeedbackRow) words() string {
	return search.Column(r.Text, r.Question, r.Author.Name, r.Part.Who.Name)
}

// page cuts a list to one page; a size below zero takes everything.
func (l *FeedbackList) page(q FeedbackQuery) {
	if q.Size < 0 {
		return
	}
	if q.Size == 0 {
		q.Size = 20
	}
	from := min((max(q.Page, 1)-1)*q.Size, len(l.Rows))
	l.Rows = l.Rows[from:min(from+q.Size, len(l.Rows))]
}

// nameFeedback fills what results are called and who was asked.
func (s *Service) nameFeedback(ctx context.Context, rows []FeedbackRow) error {
	var results, people []any
	for _, r := range rows {
		if r.About == AboutResult {
			results = append(results, r.Ref)
		}
		if r.AskedOf != "" {
			people = append(people, r.AskedOf)
		}
	}
	texts, err := s.textsBy(ctx, `SELECT result_id, text FROM appraisal_result WHERE result_id IN (`, results)
	if err != nil {
		return err
	}
	names, err := s.namesOf(ctx, people)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].RefText, rows[i].Asked = texts[rows[i].Ref], names[rows[i].AskedOf]
	}
	return nil
}

// textsBy returns texts by id, for a query that ends in an open list.
func (s *Service) textsBy(ctx context.Context, query string, ids []any) (map[string]string, error) {
	out := map[string]string{}
	if len(ids) == 0 {
		return out, nil
	}
	return out, db.Each(ctx, s.db, query+db.In(1, len(ids))+`)`, func(r db.Row) error {
		var id, text string
		err := r.Scan(&id, &text)
		out[id] = text
		return err
	}, ids...)
}

// namesOf returns how people are called, by person id.
func (s *Service) namesOf(ctx context.Context, people []any) (map[string]string, error) {
	out := map[string]string{}
	if len(people) == 0 {
		return out, nil
	}
	parts, err := db.All(ctx, s.db, selectPart+`WHERE p.person_id IN (`+db.In(1, len(people))+`) ORDER BY p.year, p.from_day`, scanPart, people...)
	for _, p := range parts {
		out[p.Who.PersonID] = p.Who.Name
	}
	return out, err
}

// Request returns a request for feedback that waits for the actor's words.
func (s *Service) Request(ctx context.Context, actor account.Actor, id string) (FeedbackRow, error) {
	if err := s.access.Can(ctx, actor, account.ActFeedbackGive, account.Thing{}); err != nil {
		return FeedbackRow{}, err
	}
	r, err := db.One(ctx, s.db, `SELECT f.id, f.about, f.ref, f.text, f.author, f.relation, f.asked_of, f.question, f.created_at, f.read_at, `+partColumns+`
		FROM appraisal_feedback f JOIN appraisal_part p ON p.id = f.part_id WHERE f.id = $1`, scanFeedbackRow, id)
	if fault.Is(err, fault.NotFound) || err == nil && (actor.PersonID == "" || r.AskedOf != actor.PersonID) {
		return FeedbackRow{}, fault.Missing("appraisal.feedback.absent")
	}
	if err != nil {
		return r, err
	}
	rows := []FeedbackRow{r}
	return rows[0], s.nameFeedback(ctx, rows)
}

// Colleague is somebody one can give feedback to, or ask for it.
type Colleague struct{ PersonID, Name, Post, Unit string }

// mostColleagues is how many a search shows.
const mostColleagues = 20

// Colleagues finds people of the year under way by name, post or unit. Numbers
// are not searched: anybody signed in may ask.
func (s *Service) Colleagues(ctx context.Context, actor account.Actor, text string) ([]Colleague, error) {
	if err := s.access.Can(ctx, actor, account.ActFeedbackGive, account.Thing{}); err != nil {
		return nil, err
	}
	terms := search.Terms(text)
	year, err := s.period(ctx, 0)
	if len(terms) == 0 || fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	condition, args := search.Where("p.search", 2, terms)
	parts, err := db.All(ctx, s.db, selectPart+`WHERE p.period_id = $1 AND p.decides AND (`+condition+`) ORDER BY p.sort_name, p.id LIMIT 200`,
		scanPart, append([]any{year.ID}, args...)...)
	if err != nil {
		return nil, err
	}
	var out []Colleague
	for _, p := range parts {
		if p.Who.PersonID != actor.PersonID && search.Match(search.Column(p.Who.Name, p.Who.Post, p.Who.Unit), terms) && len(out) < mostColleagues {
			out = append(out, Colleague{p.Who.PersonID, p.Who.Name, p.Who.Post, p.Who.Unit})
		}
	}
	return out, nil
}

// FeedbackSince returns what was said about the person of a part after a
// moment, in whatever part and year, and the requests that wait: what collects
// into the next talk. Needs appraisal.view of the part.
func (s *Service) FeedbackSince(ctx context.Context, actor account.Actor, part string, since time.Time) ([]Feedback, error) {
	p, _, err := s.view(ctx, actor, part)
	if err != nil {
		return nil, err
	}
	rows, err := db.All(ctx, s.db, `SELECT f.id, f.about, f.ref, f.text, f.author, f.relation, f.asked_of, f.question, f.created_at, f.read_at, `+partColumns+`
		FROM appraisal_feedback f JOIN appraisal_part p ON p.id = f.part_id
		WHERE p.person_id = $1 AND p.year >= $2 AND p.year <= $3 ORDER BY f.created_at, f.id`, scanFeedbackRow, p.Who.PersonID, p.Year-1, p.Year)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r FeedbackRow) bool {
		return r.Text != "" && !r.CreatedAt.After(since) || r.Text == "" && r.PartID != p.ID
	})
	out := make([]Feedback, len(rows))
	for i, r := range rows {
		out[i] = r.Feedback
	}
	return out, nil
}

// latestPart returns the latest part of a person, the deciding one first.
func latestPart(ctx context.Context, q db.Queryer, person string) (Part, error) {
	p, err := db.One(ctx, q, selectPart+`WHERE p.person_id = $1 ORDER BY p.year DESC, p.decides DESC, p.from_day DESC, p.id LIMIT 1`, scanPart, person)
	if fault.Is(err, fault.NotFound) {
		return p, fault.Missing("appraisal.part.absent")
	}
	return p, err
}
