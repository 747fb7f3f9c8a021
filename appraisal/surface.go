package appraisal

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
)

var errLater = fault.New(fault.Unavailable, "appraisal.later")

// --- Organisation predicate ---

// Organisations returns the units whose predicate the actor sets or may see in
// a window, set or not.
func (s *Service) Organisations(ctx context.Context, actor account.Actor, w Window) ([]Organisation, error) {
	return nil, errLater
}

// SetOrganisation sets a unit's predicate. version is the shown one's, 0 for
// the first time; setting it again keeps the old row. Conflict once a person's
// predicate stands on it.
func (s *Service) SetOrganisation(ctx context.Context, actor account.Actor, o Organisation) (Organisation, error) {
	return Organisation{}, errLater
}

// --- Evaluation ---

// Evaluation returns an evaluation with everything its page shows; it is made
// on the first write.
func (s *Service) Evaluation(ctx context.Context, actor account.Actor, part string, w Window) (EvaluationView, error) {
	return EvaluationView{}, errLater
}

// SaveSelf stores the person's words as a draft, or hands them over with send.
// version is Self.Version.
func (s *Service) SaveSelf(ctx context.Context, actor account.Actor, part string, w Window, version int64, words Words, send bool) error {
	return errLater
}

// SaveSuperior stores the superior's words and ratings as a draft, or hands
// them over with send; then both ratings are required, with reasons where they
// are di_atas or di_bawah. version is Evaluation.Version.
func (s *Service) SaveSuperior(ctx context.Context, actor account.Actor, part string, w Window, version int64, words Words, r Ratings, send bool) error {
	return errLater
}

// Decide sets the predicate (Ditetapkan): both ratings sent and the unit's
// organisation predicate set, else a Conflict fault that names what is
// missing.
func (s *Service) Decide(ctx context.Context, actor account.Actor, part string, w Window, version int64) (Outcome, error) {
	return Outcome{}, errLater
}

// Receive notes that the person has received the result (Diterima).
func (s *Service) Receive(ctx context.Context, actor account.Actor, part string, w Window, version int64) error {
	return errLater
}

// Object files an objection with its reasons (Keberatan) within the days of the
// rulebook.
func (s *Service) Object(ctx context.Context, actor account.Actor, part string, w Window, version int64, text string) error {
	return errLater
}

// Explain stores what the evaluator, or the person, says in the hearing of an
// objection.
func (s *Service) Explain(ctx context.Context, actor account.Actor, part string, w Window, version int64, text string) error {
	return errLater
}

// Settle decides an objection (Diputus): the ratings stay or are changed; the
// old result stays in the record. Only the evaluator's superior may.
func (s *Service) Settle(ctx context.Context, actor account.Actor, part string, w Window, version int64, r Ratings, decision string) (Outcome, error) {
	return Outcome{}, errLater
}

// --- Lists ---

// List returns a page of parts with their states. What an actor sees is
// limited to the units of the roles held; who holds none sees the own people.
func (s *Service) List(ctx context.Context, actor account.Actor, q ListQuery) (List, error) {
	return List{}, errLater
}

// Team returns the people the actor evaluates in a window, exceptions first.
func (s *Service) Team(ctx context.Context, actor account.Actor, w Window) ([]Row, error) {
	return nil, errLater
}

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

// Receipt returns the signed receipt of the result in force.
func (s *Service) Receipt(ctx context.Context, actor account.Actor, part string, w Window) ([]byte, error) {
	return nil, errLater
}

// Verify tells what a code on a document stands for, without personal data.
func (s *Service) Verify(ctx context.Context, code string) (Verification, error) {
	return Verification{}, errLater
}
