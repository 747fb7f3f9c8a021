package appraisal

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
)

var errLater = fault.New(fault.Unavailable, "appraisal.later")

// --- Years (HR) ---

// Periods returns every year, the latest first.
func (s *Service) Periods(ctx context.Context, actor account.Actor) ([]Period, error) {
	return nil, errLater
}

// Period returns one year. year 0 is the current one: the latest that is not
// closed and has begun, else the latest of all. NotFound when there is none.
func (s *Service) Period(ctx context.Context, actor account.Actor, year int) (Period, error) {
	return Period{}, errLater
}

// OpenPeriod opens a year and builds its parts from the map. Clash when the
// year is open already. Needs appraisal.period.
func (s *Service) OpenPeriod(ctx context.Context, actor account.Actor, n NewPeriod) (Period, error) {
	return Period{}, errLater
}

// MovePeriod moves a year to the next stage or back to the one before.
func (s *Service) MovePeriod(ctx context.Context, actor account.Actor, year int, version int64, to PeriodState) (Period, error) {
	return Period{}, errLater
}

// SyncParts brings the parts of a year in line with the map: new people get
// parts, moves split them, evaluators follow the posts. Parts that already
// hold a plan are shortened or get a new evaluator, never removed.
func (s *Service) SyncParts(ctx context.Context, actor account.Actor, year int) (SyncReport, error) {
	return SyncReport{}, errLater
}

// SetEvaluator names an evaluator other than the map's, with a reason.
func (s *Service) SetEvaluator(ctx context.Context, actor account.Actor, part string, version int64, person, reason string) (Part, error) {
	return Part{}, errLater
}

// SyncReport counts what SyncParts changed.
type SyncReport struct{ Created, Changed, Unchanged, Orphaned int }

// --- Parts ---

// MyParts returns the actor's own parts of a year (0: the current one), the
// one that decides first. Empty for who holds no post.
func (s *Service) MyParts(ctx context.Context, actor account.Actor, year int) ([]Part, error) {
	return nil, errLater
}

// Part returns one part. Needs appraisal.view; a look by anybody but the
// person and the superiors leaves a trace.
func (s *Service) Part(ctx context.Context, actor account.Actor, id string) (Part, error) {
	return Part{}, errLater
}

// --- SKP ---

// Plan returns the SKP of a part with everything its page shows.
func (s *Service) Plan(ctx context.Context, actor account.Actor, part string) (PlanView, error) {
	return PlanView{}, errLater
}

// StartPlan makes an empty draft. approach empty is quantitative.
func (s *Service) StartPlan(ctx context.Context, actor account.Actor, part string, approach Approach) (Plan, error) {
	return Plan{}, errLater
}

// The Save and Remove methods change one piece of a draft. version is the
// plan's as the form was shown; when somebody else has saved meanwhile they
// return a Conflict fault "appraisal.plan.changed" and write nothing: the page
// shows the form again with what was typed beside what is stored now. They
// return the plan as stored.

// SaveResult adds a result (empty ID) or changes its text, kind, support and
// assignment; indicators and steps stay as they are.
func (s *Service) SaveResult(ctx context.Context, actor account.Actor, part string, version int64, r Result) (Plan, string, error) {
	return Plan{}, "", errLater
}

// RemoveResult removes a result with its indicators and steps. Conflict when
// progress hangs on it.
func (s *Service) RemoveResult(ctx context.Context, actor account.Actor, part string, version int64, result string) (Plan, error) {
	return Plan{}, errLater
}

// MoveResult moves a result up (-1) or down (1) among its kind.
func (s *Service) MoveResult(ctx context.Context, actor account.Actor, part string, version int64, result string, by int) (Plan, error) {
	return Plan{}, errLater
}

// SaveIndicator adds (empty ID) or changes an indicator and returns its id.
// A flawed indicator is stored; only submitting asks for better.
func (s *Service) SaveIndicator(ctx context.Context, actor account.Actor, part string, version int64, result string, in Indicator) (Plan, string, error) {
	return Plan{}, "", errLater
}

// RemoveIndicator removes an indicator.
func (s *Service) RemoveIndicator(ctx context.Context, actor account.Actor, part string, version int64, result, indicator string) (Plan, error) {
	return Plan{}, errLater
}

// SaveSteps replaces the action plan of a result; steps keep their id, those
// without one get one.
func (s *Service) SaveSteps(ctx context.Context, actor account.Actor, part string, version int64, result string, steps []Step) (Plan, error) {
	return Plan{}, errLater
}

// SaveAnnex replaces the annex.
func (s *Service) SaveAnnex(ctx context.Context, actor account.Actor, part string, version int64, a Annex) (Plan, error) {
	return Plan{}, errLater
}

// SaveExpectations replaces the superior's special expectations, by code of a
// value. Only the evaluator may, in any state but approved.
func (s *Service) SaveExpectations(ctx context.Context, actor account.Actor, part string, version int64, byValue map[string]string) (Plan, error) {
	return Plan{}, errLater
}

// SetApproach changes the approach.
func (s *Service) SetApproach(ctx context.Context, actor account.Actor, part string, version int64, a Approach) (Plan, error) {
	return Plan{}, errLater
}

// CopyPlan fills a draft from the approved SKP of an earlier part of the same
// person: results, indicators, steps (moved to this year) and annex; supports
// are kept as text to be tied again. What is in the draft stays.
func (s *Service) CopyPlan(ctx context.Context, actor account.Actor, part string, version int64, from string) (Plan, error) {
	return Plan{}, errLater
}

// ComparePlan tells how the SKP differs from an earlier one: from empty is the
// person's previous approved SKP. Nil when there is none.
func (s *Service) ComparePlan(ctx context.Context, actor account.Actor, part, from string) ([]Difference, error) {
	return nil, errLater
}

// Act moves the plan along its states: submit, withdraw, return (remark
// required), approve, revise, discard. Submitting a plan with flaws returns an
// Invalid fault with one field an indicator; approving one is the superior's
// own responsibility and only needs a result with an indicator.
func (s *Service) Act(ctx context.Context, actor account.Actor, part string, version int64, act PlanAct, remark string) (Plan, error) {
	return Plan{}, errLater
}

// Revisions returns the approved SKPs of a part, the latest first.
func (s *Service) Revisions(ctx context.Context, actor account.Actor, part string) ([]Revision, error) {
	return nil, errLater
}

// Check returns the flaws of one indicator that is being typed: the live hint.
func (s *Service) Check(ctx context.Context, part string, in Indicator) ([]Flaw, error) {
	return nil, errLater
}

// Examples returns measurable indicators colleagues with the same post name
// have in approved plans, most used first, without names.
func (s *Service) Examples(ctx context.Context, actor account.Actor, part string, face string, most int) ([]Example, error) {
	return nil, errLater
}

// Example is an indicator colleagues use.
type Example struct {
	Indicator Indicator
	Used      int // people of the same post who use it
}

// --- Progress, evidence, feedback ---

// Progress returns the progress of a part with everything its page shows.
func (s *Service) Progress(ctx context.Context, actor account.Actor, part string) (ProgressView, error) {
	return ProgressView{}, errLater
}

// SaveProgress adds (empty ID) or changes one entry with its links; files are
// added by Attach and stay. Version must be the entry's when it has an ID.
func (s *Service) SaveProgress(ctx context.Context, actor account.Actor, p Progress) (Progress, error) {
	return Progress{}, errLater
}

// RemoveProgress removes an entry.
func (s *Service) RemoveProgress(ctx context.Context, actor account.Actor, part, id string, version int64) error {
	return errLater
}

// GiveFeedback stores words about a part. ID set answers a request.
func (s *Service) GiveFeedback(ctx context.Context, actor account.Actor, f Feedback) (Feedback, error) {
	return Feedback{}, errLater
}

// AskFeedback asks a person for words about the actor's own part.
func (s *Service) AskFeedback(ctx context.Context, actor account.Actor, f Feedback) (Feedback, error) {
	return Feedback{}, errLater
}

// ReadFeedback notes that the person has read what is unread; it returns how
// many.
func (s *Service) ReadFeedback(ctx context.Context, actor account.Actor, part string) (int, error) {
	return 0, errLater
}

// AskedOfMe returns requests for feedback the actor has not answered.
func (s *Service) AskedOfMe(ctx context.Context, actor account.Actor) ([]Feedback, error) {
	return nil, errLater
}

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
