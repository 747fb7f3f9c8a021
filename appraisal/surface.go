package appraisal

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
)

var errLater = fault.New(fault.Unavailable, "appraisal.later")

// --- Documents: file bytes in the regulation's form ---

// PlanPDF prints a revision of an SKP; 0 is the plan as it stands, marked as a
// draft unless approved.
func (s *Service) PlanPDF(ctx context.Context, actor account.Actor, part string, revision int) ([]byte, error) {
	return nil, errLater
}

// EvaluationPDF prints the "Evaluasi Kinerja Pegawai" form.
func (s *Service) EvaluationPDF(ctx context.Context, actor account.Actor, part string, w Window) ([]byte, error) {
	return nil, errLater
}

// DocumentPDF prints the "Dokumen Evaluasi Kinerja Pegawai" with the receipt
// inside.
func (s *Service) DocumentPDF(ctx context.Context, actor account.Actor, part string, w Window) ([]byte, error) {
	return nil, errLater
}

// ListXLSX exports everything a query matches, in the language of p.
func (s *Service) ListXLSX(ctx context.Context, actor account.Actor, q ListQuery, p Teller) ([]byte, error) {
	return nil, errLater
}
