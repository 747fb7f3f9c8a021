// Package task keeps what waits for whom (tugas): the inbox behind the home
// page's two columns, Menunggu Anda and Anda menunggu.
//
// An area that needs somebody to act files a task in the transaction of the
// change that made it necessary, and closes it in the transaction of the act:
//
//	err := task.File(ctx, tx, task.Task{
//		Kind: "appraisal.plan.agree", Subject: "part:" + part.ID,
//		For: task.Person(evaluator), From: owner,
//		Title: task.Say("appraisal.task.agree", name), Why: task.Say("appraisal.task.agree_why"),
//		Await: task.Say("appraisal.task.agree_await"), Button: "appraisal.task.agree_button",
//		Link: "/skp/" + part.ID, Due: due, At: now,
//	})
//	…
//	err := task.Close(ctx, tx, task.Done{Kind: "appraisal.plan.agree", By: actor.ID, At: now}, "part:"+part.ID)
//
// A desk (meja) is a person, or a role within a unit: whoever holds the role
// there, or for a unit above it, sees the task and any of them may do it. The
// same kind and subject waits at most once at a desk: filing it again refreshes
// its words and date and keeps the day since which it waits.
//
// Texts are translation keys with arguments, rendered when somebody looks, in
// that person's language.
package task
