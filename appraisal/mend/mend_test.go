package mend

import (
	"testing"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

var dewi, rina, nurhayati, yusuf = appraisaltest.As("dewi"), appraisaltest.As("rina"), appraisaltest.As("nurhayati"), appraisaltest.As("yusuf")

type world struct {
	*appraisaltest.City
	mend *Service
	part appraisal.Part
}

func eachWorld(t *testing.T, fn func(t *testing.T, w world)) {
	t.Helper()
	repotest.EachDB(t, appraisaltest.Migrations(Migrations()), func(t *testing.T, d *db.DB) {
		c := appraisaltest.New(t, d)
		w := world{City: c, mend: New(Config{DB: d, Access: c.Access, Appraisal: c.Service, Now: c.Now})}
		p := c.Part("dewi", 2026)
		// The list HR copied names the head of the hospital.
		_, err := c.SetEvaluator(t.Context(), appraisaltest.HR(), p.ID, p.Version, "yusuf", "Daftar lama")
		c.Must(err)
		w.part = c.Part("dewi", 2026)
		fn(t, w)
	})
}

func (w world) refused(err error, kind fault.Kind) {
	w.T.Helper()
	if !fault.Is(err, kind) {
		w.T.Fatalf("got %v, want %s", err, kind)
	}
}

func (w world) waits(person string) int {
	w.T.Helper()
	n, err := db.One(w.T.Context(), w.DB, `SELECT count(*) FROM task WHERE for_person = $1 AND kind = $2 AND done_at IS NULL`, db.Value[int], person, kindDecide)
	w.Must(err)
	return n
}

func TestTheRightSuperiorAcceptsAndTheDeskMoves(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		ctx := t.Context()
		_, err := w.mend.Propose(ctx, dewi, w.part.ID, WrongSuperior, "yusuf", "x")
		w.refused(err, fault.Invalid)
		_, err = w.mend.Propose(ctx, rina, w.part.ID, WrongSuperior, "rina", "x")
		w.refused(err, fault.Forbidden)
		x, err := w.mend.Propose(ctx, dewi, w.part.ID, WrongSuperior, "rina", "Surat tugas 12")
		w.Must(err)
		_, err = w.mend.Propose(ctx, dewi, w.part.ID, WrongUnit, "Bidang Data", "x")
		w.refused(err, fault.Conflict)
		if w.waits("rina") != 1 {
			t.Fatal("the right superior is not asked")
		}
		// Work goes on: feedback reaches the part while the proposal waits.
		_, err = w.GiveFeedback(ctx, yusuf, appraisal.Feedback{PartID: w.part.ID, About: appraisal.AboutGeneral, Text: "Berkas lengkap."})
		w.Must(err)
		w.refused(w.mend.Decide(ctx, dewi, x.ID, true, ""), fault.Forbidden)
		w.refused(w.mend.Decide(ctx, nurhayati, x.ID, true, ""), fault.Forbidden)
		w.refused(w.mend.Decide(ctx, rina, x.ID, false, " "), fault.Invalid)
		w.Must(w.mend.Decide(ctx, rina, x.ID, true, ""))
		w.refused(w.mend.Decide(ctx, appraisaltest.HR(), x.ID, true, ""), fault.Conflict)
		p := w.Part("dewi", 2026)
		if p.Evaluator.PersonID != "rina" || p.Above.PersonID != "nurhayati" || w.waits("rina") != 0 {
			t.Fatalf("%+v", p)
		}
		v, err := w.Progress(ctx, rina, p.ID)
		w.Must(err)
		if len(v.Feedback) != 1 {
			t.Fatal("what was written under the wrong superior is lost")
		}
	})
}

// A late correction gives what an early one would have given.
func TestALateCorrectionGivesTheSameAsAnEarlyOne(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		ctx := t.Context()
		other := w.Part("arif", 2026)
		_, err := w.SetEvaluator(ctx, appraisaltest.HR(), other.ID, other.Version, "yusuf", "Daftar lama")
		w.Must(err)
		mend := func(who account.Actor, part string) {
			x, err := w.mend.Propose(ctx, who, part, WrongSuperior, "rina", "Surat tugas")
			w.Must(err)
			w.Must(w.mend.Decide(ctx, appraisaltest.HR(), x.ID, true, ""))
		}
		mend(dewi, w.part.ID)
		w.On("2026-10-01")
		mend(appraisaltest.As("arif"), other.ID)
		early, late := w.Part("dewi", 2026), w.Part("arif", 2026)
		if early.Evaluator != late.Evaluator || early.Above != late.Above || early.EvalHow != late.EvalHow || early.From != late.From || early.To != late.To {
			t.Fatalf("early %+v\nlate %+v", early, late)
		}
	})
}

func TestAWrongUnitIsMendedInTheMapByHR(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		ctx := t.Context()
		x, err := w.mend.Propose(ctx, dewi, w.part.ID, WrongUnit, "Bidang Pencatatan", "Pindah sejak Februari")
		w.Must(err)
		w.refused(w.mend.Decide(ctx, rina, x.ID, true, ""), fault.Forbidden)
		w.Must(w.mend.Decide(ctx, appraisaltest.HR(), x.ID, false, "SK belum diterima."))
		y, err := w.mend.Propose(ctx, dewi, w.part.ID, WrongUnit, "Bidang Pencatatan", "SK terlampir")
		w.Must(err)
		w.Must(w.mend.Withdraw(ctx, dewi, y.ID))
		z, err := w.mend.Propose(ctx, dewi, w.part.ID, WrongUnit, "Bidang Pencatatan", "SK terlampir")
		w.Must(err)
		w.Must(w.mend.Decide(ctx, appraisaltest.HR(), z.ID, true, ""))
		all, counts, err := w.mend.List(ctx, appraisaltest.HR(), "", "dewi")
		w.Must(err)
		if len(all) != 3 || counts[Refused] != 1 || counts[Withdrawn] != 1 || counts[Accepted] != 1 {
			t.Fatalf("%+v", counts)
		}
		mine, _, err := w.mend.List(ctx, rina, "", "")
		w.Must(err)
		if len(mine) != 0 {
			t.Fatal("somebody else reads proposals")
		}
	})
}
