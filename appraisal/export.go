package appraisal

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// ExportReceipts calls write with the receipt of the result in force of every
// evaluation of a window: a file name without personal data (its code) and the
// file. It returns how many. It checks no permission: it is for whoever holds
// the database and the key.
func (s *Service) ExportReceipts(ctx context.Context, w Window, write func(name string, file []byte) error) (int, error) {
	all, err := db.All(ctx, s.db, `SELECT o.id, o.evaluation_id, o.number, o.predicate, o.results, o.conduct, o.book, o.inputs, o.code, o.decided_at, o.decided_by
		FROM appraisal_outcome o JOIN appraisal_evaluation e ON e.id = o.evaluation_id
		WHERE e.win = $1 AND o.number = (SELECT max(x.number) FROM appraisal_outcome x WHERE x.evaluation_id = o.evaluation_id)
		ORDER BY o.code`, scanOutcome, w.Code())
	if err != nil {
		return 0, err
	}
	books := map[string]*rulebook.Book{}
	for n, o := range all {
		book := books[o.BookHash]
		if book == nil {
			if book, err = s.books.Kept(ctx, o.BookHash); err != nil {
				return n, err
			}
			books[o.BookHash] = book
		}
		file, err := s.receipt(o, book)
		if err != nil {
			return n, err
		}
		if err := write(o.Code+".json", file); err != nil {
			return n, err
		}
	}
	return len(all), nil
}

// Verify tells what a code on a document stands for, without personal data.
// NotFound for a code nobody issued.
func (s *Service) Verify(ctx context.Context, code string) (Verification, error) {
	code = cleanCode(code)
	v, err := s.verifyOutcome(ctx, code)
	if fault.Is(err, fault.NotFound) {
		v, err = s.verifyRevision(ctx, code)
	}
	if fault.Is(err, fault.NotFound) {
		return Verification{}, fault.Missing("appraisal.verify.absent")
	}
	return v, err
}

func (s *Service) verifyOutcome(ctx context.Context, code string) (Verification, error) {
	o, err := db.One(ctx, s.db, selectOutcome+`WHERE code = $1`, scanOutcome, code)
	withdrawn := fault.Is(err, fault.NotFound)
	if withdrawn {
		o, err = db.One(ctx, s.db, selectWithdrawn+`WHERE code = $1`, scanOutcome, code)
	}
	if err != nil {
		return Verification{}, err
	}
	v := Verification{Code: code, Kind: "evaluasi", At: Day(s.inZone(o.At)), Hash: hashOf(o.Inputs), Book: o.BookHash}
	later := 0
	err = db.Each(ctx, s.db, `SELECT e.win, p.faces, (SELECT COALESCE(max(x.number), 0) FROM appraisal_outcome x WHERE x.evaluation_id = e.id)
		FROM appraisal_evaluation e JOIN appraisal_part p ON p.id = e.part_id WHERE e.id = $1`, func(r db.Row) error {
		var p Part
		var face string
		if err := r.Scan(&v.Window, &face, &later); err != nil {
			return err
		}
		err := p.setFaces(face)
		v.Unit = p.Who.Unit
		return err
	}, o.EvaluationID)
	if err != nil {
		return v, err
	}
	v.InForce = later == o.Number && !withdrawn
	explained, err := s.recomputed(ctx, o)
	v.Recomputed = err == nil && explained.Predicate == o.Predicate
	return v, nil
}

func (s *Service) verifyRevision(ctx context.Context, code string) (Verification, error) {
	r, err := db.One(ctx, s.db, selectRevision+`WHERE code = $1`, scanRevision, code)
	if err != nil {
		return Verification{}, err
	}
	p, err := partOf(ctx, s.db, r.PartID)
	if err != nil {
		return Verification{}, err
	}
	return Verification{
		Code: code, Kind: "skp", Unit: p.Who.Unit, Window: AnnualOf(p.Year).Code(), At: Day(s.inZone(r.At)),
		InForce: r.Replaced.IsZero(), Hash: r.Hash,
	}, nil
}
