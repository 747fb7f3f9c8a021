package task

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
)

// Admin puts what needs a second administrator before those who may confirm
// it: holders of HR and of SysAdmin. It implements account.Desk.
type Admin struct{}

// Kinds of tasks that Admin files.
const (
	KindGrant = "account.grant.confirm"
	KindReset = "account.reset.confirm"
)

func adminDesks() []Desk {
	return []Desk{Role(account.HR, ""), Role(account.SysAdmin, "")}
}

// GrantWaits implements account.Desk.
func (Admin) GrantWaits(ctx context.Context, tx *db.Tx, g account.Granted, from string, at time.Time) error {
	var tasks []Task
	for _, d := range adminDesks() {
		tasks = append(tasks, Task{
			Kind: KindGrant, Subject: subject(g.ID), For: d, From: from,
			Title: Say("account.task.grant", i18n.Key(g.Role.Key()), g.Name), Why: Say("account.task.grant_why"),
			Await:  Say("account.task.grant_await", i18n.Key(g.Role.Key()), g.Name),
			Button: "account.task.grant_button", Link: "/akun/peran", At: at,
		})
	}
	return File(ctx, tx, tasks...)
}

// ResetWaits implements account.Desk.
func (Admin) ResetWaits(ctx context.Context, tx *db.Tx, id string, of account.Account, from string, at time.Time) error {
	var tasks []Task
	for _, d := range adminDesks() {
		tasks = append(tasks, Task{
			Kind: KindReset, Subject: subject(id), For: d, From: from,
			Title: Say("account.task.reset", of.Name), Why: Say("account.task.reset_why"),
			Await:  Say("account.task.reset_await", of.Name),
			Button: "account.task.reset_button", Link: "/akun/semua/" + of.ID, At: at,
		})
	}
	return File(ctx, tx, tasks...)
}

// Settled implements account.Desk.
func (Admin) Settled(ctx context.Context, tx *db.Tx, id, by string, at time.Time) error {
	return Close(ctx, tx, Done{By: by, At: at}, subject(id))
}

func subject(id string) string { return "account-act:" + id }
