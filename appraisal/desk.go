package appraisal

import (
	"context"
	"strconv"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/task"
)

// The kinds of tasks of this area.
const (
	taskDraft    = "appraisal.plan.draft"
	taskMend     = "appraisal.plan.mend"
	taskAgree    = "appraisal.plan.agree"
	taskAnswer   = "appraisal.feedback.answer"
	taskOrg      = "appraisal.organisation.set"
	taskSelf     = "appraisal.evaluation.self"
	taskRate     = "appraisal.evaluation.rate"
	taskDecide   = "appraisal.evaluation.decide"
	taskHandOver = "appraisal.evaluation.handover"
	taskReceive  = "appraisal.evaluation.receive"
	taskExplain  = "appraisal.objection.explain"
	taskSettle   = "appraisal.objection.settle"
	taskAdvise   = "appraisal.adviser.ask"
	planPath     = "/skp/"
	evaluatePath = "/evaluasi/"
)

func (p Part) subject() string { return "part:" + p.ID }

func (p Part) windowSubject(w Window) string { return "part:" + p.ID + ":" + w.Code() }

// taskFor makes a task about a part. name is who it is about, as the one who acts
// knows them; the words are the kind's keys.
func (s *Service) taskFor(kind, subject string, to task.Desk, from, link string, due Day, args ...any) task.Task {
	return task.Task{
		Kind: kind, Subject: subject, For: to, From: from,
		Title: task.Say(kind+".title", args...), Why: task.Say(kind+".why", args...), Await: task.Say(kind+".await", args...),
		Button: kind + ".button", Link: link, Due: string(due), At: s.now(),
	}
}

// waits dates a task to the first moment of the day since which the thing has
// been outstanding, where that has come.
func (s *Service) waits(t task.Task, since Day) task.Task {
	at, err := time.ParseInLocation(time.DateOnly, string(since), s.zone)
	if err == nil && at.Before(t.At) {
		t.At = at
	}
	return t
}

// draftTask asks a person to write the SKP of a part, which is outstanding from
// the part's first day.
func (s *Service) draftTask(p Part, due Day) task.Task {
	return s.waits(s.taskFor(taskDraft, p.subject(), task.Person(p.Who.PersonID), p.Evaluator.PersonID, planPath+p.ID, due, strconv.Itoa(p.Year), p.Who.Post, p.Who.Name), p.From)
}

// fileDrafts gives everybody with a new part the task to write its SKP, where
// it is written here and has not ended.
func (s *Service) fileDrafts(ctx context.Context, tx *db.Tx, calendar CalendarRule, parts []Part) error {
	var tasks []task.Task
	for _, p := range parts {
		if p.Pen == PenGurindam && p.To >= s.today() {
			tasks = append(tasks, s.draftTask(p, calendar.PlanDue(p)))
		}
	}
	return task.File(ctx, tx, tasks...)
}

// settleDesks files what is wanted and closes what else of these kinds waits
// about the subject; what waits already keeps the day since which it does.
func (s *Service) settleDesks(ctx context.Context, tx *db.Tx, actor account.Actor, subject string, kinds []string, wanted ...task.Task) error {
	keep := map[string]bool{}
	for _, t := range wanted {
		keep[t.Kind] = true
	}
	for _, kind := range kinds {
		if keep[kind] {
			continue
		}
		if err := task.Close(ctx, tx, task.Done{Kind: kind, By: actor.ID, At: s.now()}, subject); err != nil {
			return err
		}
	}
	return task.File(ctx, tx, wanted...)
}

// movePlanDesk gives a plan to whoever has to act next.
func (s *Service) movePlanDesk(ctx context.Context, tx *db.Tx, actor account.Actor, p Part, plan Plan, due Day) error {
	kinds := []string{taskDraft, taskMend, taskAgree}
	owner, link := task.Person(p.Who.PersonID), planPath+p.ID
	switch {
	case plan.State == Submitted && p.Evaluator.PersonID != "":
		return s.settleDesks(ctx, tx, actor, p.subject(), kinds,
			s.taskFor(taskAgree, p.subject(), task.Person(p.Evaluator.PersonID), p.Who.PersonID, link, due, strconv.Itoa(p.Year), p.Who.Post, p.Who.Name))
	case plan.State == Submitted: // nobody above: HR sees to it
		return s.settleDesks(ctx, tx, actor, p.subject(), kinds,
			s.taskFor(taskAgree, p.subject(), task.Role(account.HR, ""), p.Who.PersonID, link, due, strconv.Itoa(p.Year), p.Who.Post, p.Who.Name))
	case plan.State == Returned:
		return s.settleDesks(ctx, tx, actor, p.subject(), kinds,
			s.taskFor(taskMend, p.subject(), owner, p.Evaluator.PersonID, link, due, strconv.Itoa(p.Year), p.Who.Post, p.Who.Name, plan.Remark))
	case plan.State == Draft:
		return s.settleDesks(ctx, tx, actor, p.subject(), kinds, s.draftTask(p, due))
	}
	return s.settleDesks(ctx, tx, actor, p.subject(), kinds)
}

// feedbackDesk closes the task of whoever was asked.
func (s *Service) feedbackDesk(ctx context.Context, tx *db.Tx, actor account.Actor, f Feedback) error {
	return task.Close(ctx, tx, task.Done{Kind: taskAnswer, By: actor.ID, At: s.now()}, "feedback:"+f.ID)
}

// askDesk gives whoever is asked for feedback the task to answer.
func (s *Service) askDesk(ctx context.Context, tx *db.Tx, p Part, f Feedback) error {
	return task.File(ctx, tx, s.taskFor(taskAnswer, "feedback:"+f.ID, task.Person(f.AskedOf), p.Who.PersonID,
		"/jawab-umpan-balik/"+f.ID, "", p.Who.Name, f.Question))
}

// organisationTask asks the level above to set a unit's predicate.
func (s *Service) organisationTask(o OrganisationRow, due Day) task.Task {
	desk := task.Role(account.Leader, "")
	if o.Rater.PersonID != "" {
		desk = task.Person(o.Rater.PersonID)
	}
	t := s.taskFor(taskOrg, organisationSubject(o.UnitID, o.Window), desk, "", "/organisasi?w="+o.Window.Code(), due, o.Unit, i18n.Period(o.Window.Code()), o.People)
	return s.waits(t, addDays(o.Window.To(), 1))
}

func organisationSubject(unit string, w Window) string { return "unit:" + unit + ":" + w.Code() }

// organisationDesk closes the task of setting a unit's predicate.
func (s *Service) organisationDesk(ctx context.Context, tx *db.Tx, actor account.Actor, o Organisation) error {
	return task.Close(ctx, tx, task.Done{Kind: taskOrg, By: actor.ID, At: s.now()}, organisationSubject(o.UnitID, o.Window))
}

// evaluationTasks returns what waits in an evaluation, and for whom.
func (s *Service) evaluationTasks(p Part, e Evaluation, calendar CalendarRule, moved MovedRule) []task.Task {
	subject, link := p.windowSubject(e.Window), evaluatePath+p.ID+"?w="+e.Window.Code()
	owner, rater, above := p.Who.PersonID, p.Evaluator.PersonID, p.Above.PersonID
	to := func(kind, desk, from string, due Day) task.Task {
		return s.taskFor(kind, subject, task.Person(desk), from, link, due, p.Who.Name, i18n.Period(e.Window.Code()))
	}
	var tasks []task.Task
	add := func(desk string, t task.Task) {
		if desk != "" {
			tasks = append(tasks, t)
		}
	}
	switch e.State {
	case Running:
		if p.handsOver(e.Window) {
			if !e.Superior.Sent() && p.To < s.today() {
				add(rater, s.taskFor(taskHandOver, subject, task.Person(rater), owner, link, moved.Due(p), p.Who.Name, p.Who.Post, task.Day(p.To)))
			}
			if !e.Self.Sent() && p.To < s.today() {
				add(owner, to(taskSelf, owner, rater, moved.Due(p)))
			}
			break
		}
		if !e.Self.Sent() {
			add(owner, s.waits(to(taskSelf, owner, rater, calendar.SelfDue(e.Window)), addDays(e.Window.To(), 1)))
		}
		if !e.Superior.Sent() {
			add(rater, s.waits(to(taskRate, rater, owner, calendar.SelfDue(e.Window)), addDays(e.Window.To(), 1)))
		}
		if e.Self.Sent() && e.Superior.Sent() {
			add(rater, to(taskDecide, rater, owner, calendar.RateDue(e.Window)))
		}
	case Decided:
		add(owner, to(taskReceive, owner, rater, ""))
	case Objected:
		if e.Objection != nil && e.Objection.EvaluatorAt.IsZero() {
			add(rater, to(taskExplain, rater, above, e.Objection.DecideBy))
		}
		due := Day("")
		if e.Objection != nil {
			due = e.Objection.DecideBy
		}
		add(above, to(taskSettle, above, owner, due))
	}
	return tasks
}

// moveEvaluationDesk gives an evaluation to whoever has to act next.
func (s *Service) moveEvaluationDesk(ctx context.Context, tx *db.Tx, actor account.Actor, c *evidenceCase) error {
	return s.settleDesks(ctx, tx, actor, c.part.windowSubject(c.window), evaluationKinds(), s.evaluationTasks(c.part, c.evaluation, c.calendar, c.moved)...)
}

// moveDesk hands what waits for an evaluator to the new one.
func (s *Service) moveDesk(ctx context.Context, tx *db.Tx, p Part, from string) error {
	if err := task.Hand(ctx, tx, p.subject(), from, p.Evaluator.PersonID, s.now()); err != nil {
		return err
	}
	for _, w := range p.Windows() {
		if err := task.Hand(ctx, tx, p.windowSubject(w), from, p.Evaluator.PersonID, s.now()); err != nil {
			return err
		}
	}
	return nil
}

// loadedDesks puts loaded plans on the desks they belong to: what is written
// no longer waits for its author, what is submitted waits for the evaluator.
func (s *Service) loadedDesks(ctx context.Context, tx *db.Tx, actor account.Actor, records []Record) error {
	var written []string
	var tasks []task.Task
	for _, r := range records {
		if r.Plan == nil || r.Plan.State == Draft || r.Plan.State == NotMade {
			continue
		}
		p, year := r.Part, strconv.Itoa(r.Part.Year)
		written = append(written, p.subject())
		switch {
		case r.Plan.State == Submitted && p.Evaluator.PersonID != "":
			t := s.taskFor(taskAgree, p.subject(), task.Person(p.Evaluator.PersonID), p.Who.PersonID, planPath+p.ID, "", year, p.Who.Post, p.Who.Name)
			tasks = append(tasks, s.waits(t, Day(s.inZone(r.Plan.SubmittedAt))))
		case r.Plan.State == Returned:
			t := s.taskFor(taskMend, p.subject(), task.Person(p.Who.PersonID), p.Evaluator.PersonID, planPath+p.ID, "", year, p.Who.Post, p.Who.Name, r.Plan.Remark)
			tasks = append(tasks, s.waits(t, Day(s.inZone(r.Plan.DecidedAt))))
		}
	}
	if err := task.Close(ctx, tx, task.Done{Kind: taskDraft, By: actor.ID, At: s.now()}, written...); err != nil {
		return err
	}
	return task.File(ctx, tx, tasks...)
}
