package bkn

import (
	"bytes"
	"context"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// ReadFile reads a file of records: JSON, or a table as WriteSheet makes it.
func ReadFile(body []byte) ([]Read, error) {
	start := bytes.TrimLeft(body, " \t\r\n\uFEFF")
	if len(start) > 0 && (start[0] == '{' || start[0] == '[') {
		return ReadJSON(body)
	}
	return ReadSheet(body)
}

// Import loads records in one transaction; dry only tells what would happen.
// Needs appraisal.period.
func (s *Service) Import(ctx context.Context, actor account.Actor, all []Read, dry bool) (intake.Report, error) {
	if err := s.Access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}); err != nil {
		return intake.Report{}, err
	}
	return s.ImportAll(ctx, actor, all, dry)
}

// errDry ends the transaction of a trial.
var errDry = fault.Clash("bkn.dry")

// ImportAll is Import for whoever holds the database: the command line.
func (s *Service) ImportAll(ctx context.Context, actor account.Actor, all []Read, dry bool) (intake.Report, error) {
	var rep intake.Report
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		tx.AfterCommit(func() { s.writes.Add(1) })
		in := incoming{s: s, ctx: ctx, tx: tx, actor: actor, held: map[string]holdings{}, seen: map[string]bool{}}
		for _, r := range all {
			if err := in.one(r); err != nil {
				return err
			}
		}
		if err := in.store(); err != nil {
			return err
		}
		rep = in.rep
		if dry {
			return errDry
		}
		return nil
	})
	if dry && err == error(errDry) {
		err = nil
	}
	return rep, err
}

// incoming is one import under way.
type incoming struct {
	s     *Service
	ctx   context.Context
	tx    *db.Tx
	actor account.Actor
	rep   intake.Report
	held  map[string]holdings // by window code, read once
	seen  map[string]bool
	take  []appraisal.Elsewhere
	rows  [][]any
}

// one finds out whose record it is and what it says.
func (in *incoming) one(r Read) error {
	in.rep.Rows++
	if r.Wrong != nil {
		in.rep.Rejected = append(in.rep.Rejected, *r.Wrong)
		return nil
	}
	w, bad := in.s.window(r)
	if bad == nil {
		bad = in.s.wrongCode(r)
	}
	if bad != nil {
		in.rep.Rejected = append(in.rep.Rejected, *bad)
		return nil
	}
	held, err := in.holdingsOf(w)
	if fault.Is(err, fault.NotFound) {
		in.rep.Reject(r.Row, "tahun", w.Code(), "bkn.wrong.year")
		return nil
	}
	if err != nil {
		return err
	}
	person := held.bySource[r.Record.Person]
	if person == "" && r.Record.Person == "" {
		person = held.byNIP[r.NIP]
	}
	h := held.byPerson[person]
	switch {
	case person == "":
		in.rep.Reject(r.Row, "pnsDinilaiOrang", r.Record.Person, "bkn.wrong.person")
	case h == nil:
		in.rep.Reject(r.Row, "pnsDinilaiOrang", r.Record.Person, "bkn.wrong.part", w.Code())
	case in.seen[w.Code()+person]:
		in.rep.Reject(r.Row, "pnsDinilaiOrang", r.Record.Person, "bkn.wrong.twice")
	default:
		in.seen[w.Code()+person] = true
		return in.accept(r, w, *h)
	}
	return nil
}

func (in *incoming) holdingsOf(w appraisal.Window) (holdings, error) {
	if h, has := in.held[w.Code()]; has {
		return h, nil
	}
	h, err := in.s.hold(in.ctx, in.tx, w)
	if err == nil {
		in.held[w.Code()] = h
	}
	return h, err
}

// accept keeps a record that agrees with what was set here, and takes over
// what was set elsewhere.
func (in *incoming) accept(r Read, w appraisal.Window, h holding) error {
	c := in.s.codes
	results, conduct, predicate := c.rating(r.Record.Results), c.rating(r.Record.Conduct), c.predicate(r.Record.Quadrant)
	if h.part.Pen == appraisal.PenGurindam {
		switch {
		case h.outcome.predicate == "":
			in.rep.Reject(r.Row, "kuadranKinerjaNilai", h.part.Who.Name, "bkn.wrong.undecided")
			return nil
		case h.outcome.predicate != predicate || h.outcome.results != results || h.outcome.conduct != conduct:
			in.rep.Reject(r.Row, "kuadranKinerjaNilai", h.part.Who.Name, "bkn.wrong.differs",
				"appraisal.predicate."+string(h.outcome.predicate), "appraisal.predicate."+string(predicate))
			return nil
		}
	} else {
		rater := r.Record.Rater
		in.take = append(in.take, appraisal.Elsewhere{Part: h.part, Results: []appraisal.ElsewhereResult{{
			Window: w, Results: results, Conduct: conduct, Predicate: predicate, By: appraisal.Signer{Name: rater.Name, Post: rater.Post}, On: in.s.today(),
		}}})
	}
	if r.Record.Person == "" {
		r.Record.Person = h.pns
	}
	return in.keep(r.Record, w, h)
}

func (in *incoming) keep(r Record, w appraisal.Window, h holding) error {
	body, err := r.stored()
	if err != nil {
		return err
	}
	if h.kept != nil {
		before, err := h.kept.stored()
		if err != nil {
			return err
		}
		if before == body {
			in.rep.Unchanged++
			return nil
		}
		in.rep.Updated++
	} else {
		in.rep.Created++
	}
	in.rows = append(in.rows, []any{string(r.Kind), h.part.Who.PersonID, w.Code(), body, in.s.Now(), in.actor.ID})
	return nil
}

func (in *incoming) store() error {
	if len(in.take) > 0 {
		if _, err := in.s.Appraisal.TakeOver(in.ctx, in.tx, in.actor, merged(in.take)); err != nil {
			return err
		}
	}
	if len(in.rows) == 0 {
		return nil
	}
	if err := db.Upsert(in.ctx, in.tx, "bkn_record", []string{"kind", "person_id", "win"},
		[]string{"kind", "person_id", "win", "body", "updated_at", "updated_by"}, in.rows); err != nil {
		return err
	}
	return ledger.Append(in.ctx, in.tx, ledger.Entry{
		Kind: "appraisal.bkn.imported", Subject: "agency", Actor: in.actor.ID, At: in.s.Now(),
		Payload: map[string]int{"rows": in.rep.Rows, "created": in.rep.Created, "updated": in.rep.Updated, "rejected": len(in.rep.Rejected)},
	})
}

// merged puts what concerns the same part together.
func merged(all []appraisal.Elsewhere) []appraisal.Elsewhere {
	at := map[string]int{}
	var out []appraisal.Elsewhere
	for _, e := range all {
		if i, has := at[e.Part.ID]; has {
			out[i].Results = append(out[i].Results, e.Results...)
			continue
		}
		at[e.Part.ID] = len(out)
		out = append(out, e)
	}
	return out
}

// window returns the window a record is about.
func (s *Service) window(r Read) (appraisal.Window, *intake.Rejected) {
	bad := func(column, key string) (appraisal.Window, *intake.Rejected) {
		return appraisal.Window{}, &intake.Rejected{Row: r.Row, Column: column, Key: key}
	}
	x := r.Record
	if x.Year < 1900 || x.Year > 9999 {
		return bad("tahun", "bkn.wrong.year")
	}
	if x.Kind == Annual {
		return appraisal.AnnualOf(x.Year), nil
	}
	if x.StartMonth < 1 || x.EndMonth > 12 || x.StartMonth > x.EndMonth || x.StartYear != x.Year || x.EndYear != x.Year {
		return bad("bulanMulaiPenilaian", "bkn.wrong.months")
	}
	for _, kind := range []appraisal.WindowKind{appraisal.Month, appraisal.Quarter} {
		if x.Periodic != s.codes.Periodic[kind] {
			continue
		}
		size := 1
		if kind == appraisal.Quarter {
			size = 3
		}
		first, last := (x.StartMonth-1)/size, (x.EndMonth-1)/size
		if first != last {
			return bad("bulanSelesaiPenilaian", "bkn.wrong.months")
		}
		return appraisal.Window{Year: x.Year, Kind: kind, N: last + 1}, nil
	}
	return bad("periodikId", "bkn.wrong.periodic")
}

// wrongCode reports a code that is in none of SIASN's lists.
func (s *Service) wrongCode(r Read) *intake.Rejected {
	x := r.Record
	switch {
	case s.codes.rating(x.Results) == "":
		return &intake.Rejected{Row: r.Row, Column: "hasilKinerjaNilai", Key: "bkn.wrong.rating"}
	case s.codes.rating(x.Conduct) == "":
		return &intake.Rejected{Row: r.Row, Column: "perilakuKerjaNilai", Key: "bkn.wrong.rating"}
	case s.codes.predicate(x.Quadrant) == "":
		return &intake.Rejected{Row: r.Row, Column: "kuadranKinerjaNilai", Key: "bkn.wrong.predicate"}
	}
	return nil
}
