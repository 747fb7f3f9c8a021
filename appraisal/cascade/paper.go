package cascade

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// RecordPapers is RecordPaper for many units at once, in one transaction: those
// with a draft that can be signed. It returns how many there were; the others
// stay as they are. It needs HR.
func (s *Service) RecordPapers(ctx context.Context, actor account.Actor, year int, units []string, on appraisal.Day) (n int, err error) {
	if err := s.Access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}); err != nil {
		return 0, err
	}
	if on == "" || on > s.today() {
		return 0, fault.WrongField("on", "cascade.day_bad")
	}
	y, err := s.Appraisal.YearOf(ctx, year)
	if err != nil {
		return 0, err
	}
	if !y.Open() {
		return 0, fault.Clash("appraisal.closed")
	}
	offices, err := s.offices(ctx, s.DB, y)
	if err != nil {
		return 0, err
	}
	return n, s.DB.Tx(ctx, func(tx *db.Tx) error {
		have, err := agreementsOf(ctx, tx, y.Year)
		if err != nil {
			return err
		}
		var all []Agreement
		for _, o := range offices {
			a, known := have[o.UnitID]
			if !known || a.State != Draft || !slices.Contains(units, o.UnitID) || a.signable() != nil {
				continue
			}
			a.refresh(o)
			a.State, a.SignedOn, a.Paper = Signed, on, true
			a.Revision++
			a.Version++
			a.UpdatedAt, a.UpdatedBy = s.Now(), actor.ID
			all = append(all, a)
		}
		n = len(all)
		return s.keepPapers(ctx, tx, actor, all)
	})
}

// keepPapers stores agreements that were signed on paper, with their entries.
func (s *Service) keepPapers(ctx context.Context, tx *db.Tx, actor account.Actor, all []Agreement) error {
	if len(all) == 0 {
		return nil
	}
	if err := storeAgreements(ctx, tx, all...); err != nil {
		return err
	}
	hashes, err := keepSigned(ctx, tx, all...)
	if err != nil {
		return err
	}
	var entries []ledger.Entry
	for i, a := range all {
		entries = append(entries, ledger.Entry{
			Kind: "cascade.agreement.signed", Subject: "unit:" + a.UnitID, Actor: actor.ID, At: s.Now(),
			Payload: map[string]any{"year": a.Year, "revision": a.Revision, "hash": hashes[i], "paper": true},
		})
	}
	return ledger.AppendAll(ctx, tx, entries)
}
