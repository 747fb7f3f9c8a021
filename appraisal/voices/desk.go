package voices

import (
	"github.com/gurindam/gurindam/internal/task"
)

// The kinds of tasks. The two of those who are asked are closed for all at the
// same time where closing them for one would tell who has answered.
const (
	kindDraw   = "appraisal.voices.draw"
	kindAnswer = "appraisal.voices.answer"
	kindRead   = "appraisal.voices.read"
)

func (s *Service) drawTask(r Round, person string) task.Task {
	return task.Task{
		Kind: kindDraw, Subject: r.subject(), For: task.Person(person),
		Title: task.Say("voices.task.draw", r.About.Name), Why: task.Say("voices.task.draw_why"), Button: "voices.task.draw_button",
		Link: "/suara/" + r.ID, Due: string(r.DrawUntil), At: s.now(),
	}
}

func (s *Service) answerTask(r Round, person string) task.Task {
	return task.Task{
		Kind: kindAnswer, Subject: r.subject(), For: task.Person(person),
		Title: task.Say("voices.task.answer", r.About.Name), Why: task.Say("voices.task.answer_why"), Button: "voices.task.answer_button",
		Link: "/suara/" + r.ID, Due: string(r.AnswerUntil), At: s.now(),
	}
}

func (s *Service) readTask(r Round) task.Task {
	return task.Task{
		Kind: kindRead, Subject: r.subject(), For: task.Person(r.About.PersonID),
		Title: task.Say("voices.task.read"), Why: task.Say("voices.task.read_why", r.Release.Answers), Button: "voices.task.read_button",
		Link: "/suara/" + r.ID, At: s.now(),
	}
}
