package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// LedgerCmd holds the commands about the record.
type LedgerCmd struct {
	Verify LedgerVerifyCmd `cmd:"" help:"Check the whole record against its signed checkpoints."`
	Rekey  LedgerRekeyCmd  `cmd:"" help:"Sign the record with another key, because the old one was lost or given away."`
	Erase  LedgerEraseCmd  `cmd:"" help:"Erase what an entry says, because the law demands it; that it was, stays."`
}

// LedgerVerifyCmd is `gurindam ledger verify`.
type LedgerVerifyCmd struct {
	Store
	Key        string   `help:"The agency's public key; that of the data directory without it." placeholder:"KEY"`
	Checkpoint []string `help:"File with a checkpoint kept from before; repeat for several." type:"path" placeholder:"FILE"`
	JSON       bool     `name:"json" help:"Print one JSON document."`
}

// Run recomputes the record. It fails when a single byte was changed.
func (c *LedgerVerifyCmd) Run(env *Env) error {
	trust, err := c.trust()
	if err != nil {
		return err
	}
	d, err := c.Existing(env.Ctx)
	if err != nil {
		return err
	}
	rep, err := ledger.Verify(env.Ctx, d, trust)
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	if c.JSON {
		err = env.JSON(rep)
	} else {
		c.print(env, rep)
	}
	if len(trust.Keys) == 0 && rep.Key != "" {
		env.Say("ledger.ownkey")
	}
	if err == nil && !rep.OK {
		return errSilent
	}
	return err
}

// trust gathers what is known outside the database.
func (c *LedgerVerifyCmd) trust() (ledger.Trust, error) {
	var trust ledger.Trust
	keys, err := c.Verifiers(c.Key)
	if err != nil {
		return trust, err
	}
	trust.Keys = keys
	for _, file := range c.Checkpoint {
		text, err := os.ReadFile(file)
		if err != nil {
			return trust, fault.Missing("ledger.nocheckpointfile", file).Because(err)
		}
		trust.Checkpoints = append(trust.Checkpoints, string(text))
	}
	if c.Data != "" {
		if kept := ledger.KeptCheckpoint(c.Keys()); kept != "" {
			trust.Checkpoints = append(trust.Checkpoints, kept)
		}
	}
	return trust, nil
}

func (c *LedgerVerifyCmd) print(env *Env, rep ledger.Report) {
	say := func(key string, args ...any) { fmt.Fprintln(env.Out, env.P.T(key, args...)) }
	if rep.OK {
		say("ledger.ok", rep.Entries, rep.Checkpoints)
	} else {
		say("ledger.broken", int64(len(rep.Problems))+rep.More)
	}
	for _, p := range rep.Problems {
		where := env.P.T("ledger.at", p.Seq)
		if p.ID != "" {
			where += " (" + p.ID + ")"
		}
		fmt.Fprintf(env.Out, "  %s: %s\n", where, env.P.T("ledger.problem."+string(p.Code)))
	}
	if rep.More > 0 {
		say("ledger.more", rep.More)
	}
	say("ledger.entries", rep.Entries, rep.Waiting, rep.Erased)
	if rep.Key != "" {
		say("ledger.key", rep.Key)
	}
}

// LedgerRekeyCmd is `gurindam ledger rekey`.
type LedgerRekeyCmd struct {
	Store
	Reason string `required:"" help:"Why, as it is entered in the record."`
}

// Run registers the key of the data directory, making one when there is none.
func (c *LedgerRekeyCmd) Run(env *Env) error {
	if c.Data == "" {
		return fault.Wrong("db.dir")
	}
	d, err := c.Existing(env.Ctx)
	if err != nil {
		return err
	}
	signer, err := ledger.OpenSigner(c.Keys())
	if err == nil {
		err = ledger.Rekey(env.Ctx, d, signer, "", c.Reason, time.Now())
	}
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	env.Say("ledger.rekeyed", signer.String())
	return nil
}

// LedgerEraseCmd is `gurindam ledger erase`.
type LedgerEraseCmd struct {
	Store
	Entry  string `arg:"" help:"The entry, by its identity."`
	Reason string `required:"" help:"Why, as it is entered in the record."`
}

// Run removes the payload of the entry. The record still verifies, and says
// that and why something was erased.
func (c *LedgerEraseCmd) Run(env *Env) error {
	d, err := c.Existing(env.Ctx)
	if err != nil {
		return err
	}
	err = d.Tx(env.Ctx, func(tx *db.Tx) error {
		return ledger.Erase(env.Ctx, tx, c.Entry, "", c.Reason, time.Now())
	})
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	env.Say("ledger.erasedone", c.Entry)
	return nil
}
