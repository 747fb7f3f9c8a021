package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/rulebook"
)

// taskCitizen asks the superior to confirm a figure of citizens.
const taskCitizen = "appraisal.citizen.confirm"

// usersFace is the perspective whose indicators citizens can measure.
const usersFace = "penerima_layanan"

// CitizenView is everything the page of citizens' figures shows.
type CitizenView struct {
	Period   Period
	Part     Part
	Lines    []CitizenLine
	Services []CitizenService
	Tie      bool // the actor may tie indicators
	Confirm  bool // the actor may confirm figures
}

// CitizenLine is one indicator that citizens can measure.
type CitizenLine struct {
	Result    Result
	Indicator Indicator
	Tied      *CitizenTie
	Confirmed *CitizenTaken  // in force
	Taken     []CitizenTaken // everything decided, the latest first
	Offer     *CitizenTaken  // the latest figure, not decided yet, as it would count
	Change    string         // of the offer against what is in force, exact decimal; empty without one
	Reach     *Reach         // of what is in force
}

// measurable reports whether citizens can measure an indicator of a part.
func (p Part) measurable(in Indicator) bool { return p.Form == LeaderForm && in.Face == usersFace }

// CitizenFigures returns what citizens said about the indicators of a part.
func (s *Service) CitizenFigures(ctx context.Context, actor account.Actor, part string) (CitizenView, error) {
	p, year, err := s.view(ctx, actor, part)
	if err != nil {
		return CitizenView{}, err
	}
	v := CitizenView{Period: year, Part: p}
	if readOnly(p, year) == "" && s.voices != nil {
		v.Tie = s.can(ctx, actor, account.ActAppraisalOwn, p)
		v.Confirm = s.can(ctx, actor, account.ActAppraisalReview, p)
	}
	if v.Lines, err = s.citizenLines(ctx, p); err != nil || s.voices == nil || len(v.Lines) == 0 {
		return v, err
	}
	v.Services, err = s.voices.CitizenServices(ctx, p.HeadOf)
	return v, err
}

// citizenLines returns the indicators of a part that citizens can measure, with
// what was said, decided and is offered.
func (s *Service) citizenLines(ctx context.Context, p Part) ([]CitizenLine, error) {
	content, _, err := contentOf(ctx, s.db, p)
	if err != nil {
		return nil, err
	}
	ties, err := tiesOf(ctx, s.db, p.ID)
	if err != nil {
		return nil, err
	}
	taken, err := takenOf(ctx, s.db, p.ID)
	if err != nil {
		return nil, err
	}
	if err := s.explainTaken(ctx, taken); err != nil {
		return nil, err
	}
	var figures []CitizenFigure
	if s.voices != nil && p.HeadOf != "" && len(ties) > 0 {
		if figures, err = s.voices.CitizenFigures(ctx, p.HeadOf, p.From, p.To); err != nil {
			return nil, err
		}
	}
	rule, err := rule[CitizenRule](ctx, s, s.today())
	if err != nil {
		return nil, err
	}
	var lines []CitizenLine
	for _, placed := range content.Indicators() {
		if p.measurable(*placed.Indicator) {
			lines = append(lines, citizenLine(p, placed, ties, taken, figures, rule))
		}
	}
	return lines, nil
}

// explainTaken computes again why each decided figure counts or not, by the
// book it was decided with.
func (s *Service) explainTaken(ctx context.Context, taken []CitizenTaken) error {
	books := map[string]CitizenRule{}
	for i := range taken {
		r, known := books[taken[i].Book]
		if !known {
			book, err := s.books.Kept(ctx, taken[i].Book)
			if err != nil {
				return err
			}
			if r, err = rulebook.Load[CitizenRule](book); err != nil {
				return err
			}
			books[taken[i].Book] = r
		}
		_, taken[i].Because = r.Weigh(taken[i].CitizenInput)
	}
	return nil
}

func citizenLine(p Part, placed Placed, ties map[string]CitizenTie, taken []CitizenTaken, figures []CitizenFigure, rule CitizenRule) CitizenLine {
	in := *placed.Indicator
	l := CitizenLine{Result: *placed.Result, Indicator: in}
	for _, t := range taken {
		if t.Indicator == in.ID {
			l.Taken = append(l.Taken, t)
		}
	}
	if t, has := confirmedOf(l.Taken)[in.ID]; has {
		l.Confirmed = &t
		if r, ok := reach(in, t.Value()); ok {
			l.Reach = &r
		}
	}
	tie, tied := ties[in.ID]
	if !tied {
		return l
	}
	l.Tied = &tie
	if i := slices.IndexFunc(figures, func(f CitizenFigure) bool { return f.Code == tie.Service }); i >= 0 {
		l.offer(p, tie, figures[i], rule)
	}
	return l
}

// offer puts the latest figure beside what is in force, unless it was decided
// on already.
func (l *CitizenLine) offer(p Part, tie CitizenTie, f CitizenFigure, rule CitizenRule) {
	if slices.ContainsFunc(l.Taken, func(t CitizenTaken) bool { return t.Figure.Result == f.Result && t.Measure == tie.Measure }) {
		return
	}
	o := CitizenTaken{Indicator: l.Indicator.ID, CitizenInput: citizenInput(p, tie.Measure, f)}
	o.Counts, o.Because = rule.Weigh(o.CitizenInput)
	l.Offer = &o
	if l.Confirmed == nil || l.Confirmed.Measure != tie.Measure {
		return
	}
	after, err := rulebook.ParseNum(o.Value())
	before, err2 := rulebook.ParseNum(l.Confirmed.Value())
	if err == nil && err2 == nil {
		l.Change = after.Sub(before).String()
	}
}

// TieCitizens ties an indicator of the perspective of service users to what
// citizens say of a service; an empty service unties it. Figures taken over
// before stay.
func (s *Service) TieCitizens(ctx context.Context, actor account.Actor, part string, t CitizenTie) error {
	p, _, err := s.write(ctx, actor, part, account.ActAppraisalOwn)
	if err != nil {
		return err
	}
	if err := s.checkTie(ctx, p, t); err != nil {
		return err
	}
	err = s.tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM appraisal_citizen_tie WHERE part_id = $1 AND indicator_id = $2`, p.ID, t.Indicator); err != nil {
			return err
		}
		if t.Service != "" {
			err := db.Insert(ctx, tx, "appraisal_citizen_tie", []string{"part_id", "indicator_id", "service", "measure", "tied_at", "tied_by"},
				[][]any{{p.ID, t.Indicator, t.Service, string(t.Measure), db.Time(s.now()), actor.ID}})
			if err != nil {
				return err
			}
		}
		return s.record(ctx, tx, actor, "appraisal.citizen.tied", p.subject(), t)
	})
	if err != nil {
		return err
	}
	return s.offerCitizens(ctx, p)
}

func (s *Service) checkTie(ctx context.Context, p Part, t CitizenTie) error {
	if s.voices == nil || p.HeadOf == "" {
		return fault.Clash("appraisal.citizen.none")
	}
	content, _, err := contentOf(ctx, s.db, p)
	if err != nil {
		return err
	}
	known := slices.ContainsFunc(content.Indicators(), func(x Placed) bool { return x.Indicator.ID == t.Indicator && p.measurable(*x.Indicator) })
	if !known {
		return fault.WrongField("indicator", "appraisal.indicator.absent")
	}
	if t.Service == "" {
		return nil
	}
	services, err := s.voices.CitizenServices(ctx, p.HeadOf)
	if err != nil {
		return err
	}
	var wrong fault.Fields
	wrong.Check(slices.ContainsFunc(services, func(x CitizenService) bool { return x.Code == t.Service }), "service", "form.choose")
	wrong.Check(slices.Contains(Measures(), t.Measure), "measure", "form.choose")
	return wrong.Err()
}

// DecideCitizens confirms the figure that is offered for an indicator, or
// leaves it out with a reason. result names the published result that was
// shown: a later one meanwhile is a Conflict. A confirmed figure that counts
// becomes the indicator's progress; one that does not is shown.
func (s *Service) DecideCitizens(ctx context.Context, actor account.Actor, part, indicator, result string, confirm bool, words string) error {
	p, _, err := s.write(ctx, actor, part, account.ActAppraisalReview)
	if err != nil {
		return err
	}
	words = tidy(words)
	var wrong fault.Fields
	wrong.Check(confirm || words != "", "words", "appraisal.reason.required")
	checkLength(&wrong, "words", words, mostText)
	if err := wrong.Err(); err != nil {
		return err
	}
	lines, err := s.citizenLines(ctx, p)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(lines, func(l CitizenLine) bool { return l.Indicator.ID == indicator })
	if i < 0 || lines[i].Offer == nil || lines[i].Offer.Figure.Result != result {
		return fault.Clash("appraisal.citizen.decided")
	}
	t := *lines[i].Offer
	t.ID, t.Confirmed, t.Words, t.At, t.By = db.NewID(), confirm, words, s.now(), signerOf(actor, p)
	t.Counts = t.Counts && confirm
	return s.takeOver(ctx, actor, p, lines[i], t)
}

// takeOver stores the superior's decision on a figure with the book it follows
// and, where it counts, the progress.
func (s *Service) takeOver(ctx context.Context, actor account.Actor, p Part, l CitizenLine, t CitizenTaken) error {
	book, err := s.bookOn(ctx, s.today())
	if err != nil {
		return err
	}
	rule, err := rulebook.Load[CitizenRule](book)
	if err != nil {
		return err
	}
	t.Book, t.Cite = book.Hash(), rule.Cite()
	return s.tx(ctx, func(tx *db.Tx) error {
		if err := s.books.Keep(ctx, tx, book); err != nil {
			return err
		}
		progress := ""
		if t.Counts {
			e := Progress{
				ID: db.NewID(), PartID: p.ID, ResultID: l.Result.ID, IndicatorID: l.Indicator.ID, Month: string(min(p.To, t.Figure.To)[:7]), Value: t.Value(),
				Note: rulebook.Because{t.step()}[0].Label(s.words), CreatedAt: t.At, UpdatedAt: t.At, Version: 1,
			}
			if err := db.Insert(ctx, tx, "appraisal_progress", progressInsert, [][]any{e.row("warga")}); err != nil {
				return err
			}
			progress = e.ID
		}
		if err := insertTaken(ctx, tx, p.ID, t, progress); err != nil {
			return err
		}
		if err := task.Close(ctx, tx, task.Done{Kind: taskCitizen, By: actor.ID, At: t.At}, citizenSubject(p, t.Indicator)); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.citizen.decided", p.subject(), map[string]any{"figure": t, "confirmed": t.Confirmed, "words": t.Words})
	})
}

func citizenSubject(p Part, indicator string) string { return p.subject() + ":warga:" + indicator }

// offerCitizens puts figures that wait for a decision on the superior's desk.
func (s *Service) offerCitizens(ctx context.Context, p Part) error {
	lines, err := s.citizenLines(ctx, p)
	if err != nil {
		return err
	}
	desk := task.Person(p.Evaluator.PersonID)
	if p.Evaluator.PersonID == "" {
		desk = task.Role(account.HR, "")
	}
	var tasks []task.Task
	var settled []string
	for _, l := range lines {
		subject := citizenSubject(p, l.Indicator.ID)
		if l.Offer == nil {
			settled = append(settled, subject)
			continue
		}
		tasks = append(tasks, s.taskFor(taskCitizen, subject, desk, p.Who.PersonID, planPath+p.ID+"/warga", "", l.Offer.Figure.Service, p.Who.Name, l.Offer.Figure.Period))
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		if err := task.Close(ctx, tx, task.Done{Kind: taskCitizen, At: s.now()}, settled...); err != nil {
			return err
		}
		return task.File(ctx, tx, tasks...)
	})
}

// OfferCitizens looks once a night for figures published since, in the years
// that are open: each lies on the desk of the superior who confirms it.
func (s *Service) OfferCitizens(ctx context.Context) error {
	if s.voices == nil {
		return nil
	}
	ids, err := db.All(ctx, s.db, `SELECT DISTINCT t.part_id FROM appraisal_citizen_tie t JOIN appraisal_part p ON p.id = t.part_id
		JOIN appraisal_period y ON y.id = p.period_id WHERE y.state <> 'ditutup' ORDER BY t.part_id`, db.Value[string])
	if err != nil {
		return err
	}
	for _, id := range ids { // as many as there are heads of offices
		p, err := partOf(ctx, s.db, id)
		if err != nil {
			return err
		}
		if err := s.offerCitizens(ctx, p); err != nil {
			return err
		}
	}
	return nil
}
