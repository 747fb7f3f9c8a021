package appraisal

import (
	"slices"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// confirmed brings the first quarter of dewi and andi to a result.
func (w world) confirmed() (d, a Part) {
	w.t.Helper()
	d, a = w.quarter()
	_, err := w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: firstQuarter, Predicate: OrganisationGood})
	w.must(err)
	_, err = w.Confirm(w.ctx, asBoss, firstQuarter, []Confirmation{confirmation(d, 0, Meets, Meets), confirmation(a, 0, Meets, Meets)})
	w.must(err)
	return d, a
}

func TestAResultCanBeTakenBackOnTheDayItWasSet(t *testing.T) {
	eachWorld(t, func(w world) {
		d, a := w.confirmed()
		v := w.reviews()
		if len(v.Done) != 2 || !v.Done[0].Undo || !v.Done[1].Undo {
			w.t.Fatalf("both can be taken back today: %+v", v.Done)
		}
		first, err := evaluationOf(w.ctx, w.db, d.ID, firstQuarter)
		w.must(err)
		for name, who := range map[string]account.Actor{"the person": asDewi, "the head above": asHead, "HR": asHR} {
			_, err := w.TakeBack(w.ctx, who, firstQuarter, d.ID)
			w.refused(err, fault.Forbidden, name)
		}
		n, err := w.TakeBack(w.ctx, asBoss, firstQuarter, d.ID, a.ID)
		w.must(err)
		e, err := evaluationOf(w.ctx, w.db, d.ID, firstQuarter)
		w.must(err)
		if n != 2 || e.State != Running || e.Outcome != nil || e.Ratings.Results != Meets || !e.Superior.Sent() {
			w.t.Fatalf("%d taken back: %+v", n, e)
		}
		seen, err := w.Verify(w.ctx, first.Outcome.Code)
		w.must(err)
		if seen.InForce || !seen.Recomputed {
			w.t.Fatalf("the code of what was taken back: %+v", seen)
		}
		if got := w.waits(asDewi); slices.Contains(got, taskReceive) {
			w.t.Errorf("nothing is left to receive: %v", got)
		}
		kept, err := db.One(w.ctx, w.db, `SELECT count(*) FROM ledger_entry WHERE kind = 'appraisal.predicate.taken_back'`, db.Value[int])
		w.must(err)
		if kept != 2 {
			w.t.Errorf("%d entries", kept)
		}
		again := []Confirmation{confirmation(d, e.Version, Meets, Above)}
		again[0].Ratings.ConductReason = "Menolong dua rekan."
		done, err := w.Confirm(w.ctx, asBoss, firstQuarter, again)
		w.must(err)
		if done != (Confirmed{1, 1}) {
			w.t.Fatalf("set again: %+v", done)
		}
	})
}

func TestAResultThatWasReceivedOrIsOfYesterdayStays(t *testing.T) {
	eachWorld(t, func(w world) {
		d, a := w.confirmed()
		e, err := evaluationOf(w.ctx, w.db, d.ID, firstQuarter)
		w.must(err)
		w.must(w.Receive(w.ctx, asDewi, d.ID, firstQuarter, e.Version))
		_, err = w.TakeBack(w.ctx, asBoss, firstQuarter, d.ID, a.ID)
		w.refused(err, fault.Conflict, "received")
		if e, err := evaluationOf(w.ctx, w.db, a.ID, firstQuarter); err != nil || e.State != Decided {
			w.t.Fatalf("all or none: %+v %v", e, err)
		}
		w.on("2025-04-16")
		_, err = w.TakeBack(w.ctx, asBoss, firstQuarter, a.ID)
		w.refused(err, fault.Conflict, "a day later")
		if v := w.reviews(); v.Done[0].Undo || v.Done[1].Undo {
			w.t.Error("nothing can be taken back any more")
		}
		_, err = w.TakeBack(w.ctx, asBoss, firstQuarter)
		w.refused(err, fault.Invalid, "nothing named")
	})
}
