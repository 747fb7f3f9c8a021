package appraisal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/task"
)

var firstQuarter = Window{2025, Quarter, 1}

// quarter brings dewi and andi to where the first quarter can be confirmed:
// dewi has recorded something, andi nothing.
func (w world) quarter() (d, a Part) {
	w.t.Helper()
	d, a = w.part(dewi), w.part(andi)
	plan := w.agreed(asDewi, asBoss, d)
	w.agreed(asAndi, asBoss, a)
	w.on("2025-03-10")
	in := plan.Results[0].Indicators[0].ID
	for _, e := range []Progress{
		{IndicatorID: in, Month: "2025-02", Value: "100", Note: "lama"},
		{IndicatorID: in, Month: "2025-03", Value: "700", Evidence: []Evidence{{URL: "https://contoh.go.id/a"}, {URL: "https://contoh.go.id/b"}}},
		{IndicatorID: in, Month: "2025-03", Note: "catatan tanpa angka"},
	} {
		e.PartID = d.ID
		_, err := w.SaveProgress(w.ctx, asDewi, e)
		w.must(err)
	}
	_, err := w.GiveFeedback(w.ctx, asAndi, Feedback{PartID: d.ID, About: AboutGeneral, Text: "Sigap."})
	w.must(err)
	w.on("2025-04-15")
	return d, a
}

func (w world) reviews() Reviews {
	w.t.Helper()
	v, err := w.Reviews(w.ctx, asBoss, Window{})
	w.must(err)
	return v
}

func confirmation(p Part, version int64, results, conduct Rating) Confirmation {
	return Confirmation{PartID: p.ID, Version: version, Ratings: Ratings{Results: results, Conduct: conduct}}
}

func TestThePageOfReviewsPutsExceptionsFirst(t *testing.T) {
	eachWorld(t, func(w world) {
		d, a := w.quarter()
		v := w.reviews()
		if v.Window != firstQuarter || len(v.Windows) != 2 || v.Due != "2025-04-10" {
			w.t.Fatalf("window %v of %v, due %s", v.Window, v.Windows, v.Due)
		}
		if len(v.Open) != 2 || v.Open[0].Part.ID != a.ID || v.Open[0].Exceptions[0].Key != "appraisal.exception.nothing" {
			w.t.Fatalf("who recorded nothing must come first: %+v", v.Open)
		}
		r := v.Open[1]
		if r.Part.ID != d.ID || r.Entries != 3 || r.Evidence != 2 || r.Feedback != 1 || len(r.Exceptions) != 0 {
			w.t.Fatalf("dewi: %+v", r)
		}
		if l := r.Lines[0]; l.Value != "700" || l.Month != "2025-03" || l.Percent != 31 || l.Behind {
			w.t.Fatalf("dewi's indicator: %+v", l)
		}
		if r.Ratings != (Ratings{}) {
			w.t.Fatalf("nothing may be proposed: %+v", r.Ratings)
		}
		w.on("2025-06-30")
		v, err := w.Reviews(w.ctx, asBoss, Window{2025, Quarter, 2})
		w.must(err)
		if r := v.Open[1]; !r.Lines[0].Behind || r.Entries != 0 || len(r.Exceptions) != 2 {
			w.t.Fatalf("dewi in the second quarter: %+v", r)
		}
		none, err := w.Reviews(w.ctx, asDewi, Window{})
		w.must(err)
		if len(none.Open)+len(none.Held)+len(none.Done) != 0 {
			w.t.Fatal("who evaluates nobody sees nobody")
		}
		_, err = w.Reviews(w.ctx, asAdmin, Window{})
		w.refused(err, fault.Forbidden, "an account that is nobody")
	})
}

func TestWhoHasNoSKPIsHeldBack(t *testing.T) {
	eachWorld(t, func(w world) {
		w.agreed(asDewi, asBoss, w.part(dewi))
		w.draft(asAndi, w.part(andi))
		w.on("2025-04-15")
		v := w.reviews()
		if len(v.Open) != 1 || len(v.Held) != 1 || v.Held[0].Part.Who.Name != andi.Name {
			w.t.Fatalf("%+v", v)
		}
		_, err := w.Confirm(w.ctx, asBoss, firstQuarter, []Confirmation{confirmation(w.part(andi), 0, Meets, Meets)})
		w.refused(err, fault.Conflict, "without an SKP")
	})
}

func TestManyAreConfirmedInOneTransaction(t *testing.T) {
	eachWorld(t, func(w world) {
		d, a := w.quarter()
		both := func(versions ...int64) []Confirmation {
			return []Confirmation{confirmation(d, versions[0], Meets, Meets), confirmation(a, versions[1], Below, Meets)}
		}
		_, err := w.Confirm(w.ctx, asBoss, firstQuarter, both(0, 0))
		w.refused(err, fault.Invalid, "below without a reason")
		var f *fault.Error
		if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Name != a.ID+".results_reason" {
			w.t.Fatalf("the field must be named: %v", err)
		}
		given := both(0, 0)
		given[1].Ratings.ResultsReason = "Belum ada catatan."
		stale := slices.Clone(given)
		stale[0].Version = 3
		_, err = w.Confirm(w.ctx, asBoss, firstQuarter, stale)
		w.refused(err, fault.Conflict, "from an old page")
		if e, err := evaluationOf(w.ctx, w.db, a.ID, firstQuarter); err != nil || e.ID != "" {
			w.t.Fatalf("something was stored: %+v %v", e, err)
		}
		done, err := w.Confirm(w.ctx, asBoss, firstQuarter, given)
		w.must(err)
		if done != (Confirmed{2, 0}) {
			w.t.Fatalf("before the organisation's: %+v", done)
		}
		_, err = w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: firstQuarter, Predicate: OrganisationGood})
		w.must(err)
		given[0].Version, given[1].Version = 1, 1
		done, err = w.Confirm(w.ctx, asBoss, firstQuarter, given)
		w.must(err)
		if done != (Confirmed{2, 2}) {
			w.t.Fatalf("after it: %+v", done)
		}
		for p, want := range map[string]Predicate{d.ID: Good, a.ID: NeedsImprovement} {
			e, err := evaluationOf(w.ctx, w.db, p, firstQuarter)
			w.must(err)
			if e.State != Decided || e.Outcome == nil || e.Outcome.Predicate != want || e.Outcome.By.Name != boss.Name {
				w.t.Errorf("%s: %+v", p, e)
			}
		}
		for kind, want := range map[string]int{"appraisal.predicate.set": 2, "appraisal.evaluation.sent_superior": 4} {
			n, err := db.One(w.ctx, w.db, `SELECT count(*) FROM ledger_entry WHERE kind = $1`, db.Value[int], kind)
			w.must(err)
			if n != want {
				w.t.Errorf("%d entries of %s, want %d", n, kind, want)
			}
		}
		if got := w.waits(asDewi); !slices.Contains(got, taskReceive) || slices.Contains(got, taskSelf) {
			w.t.Errorf("dewi has %v", got)
		}
		if got := w.waits(asBoss); slices.Contains(got, taskRate) || slices.Contains(got, taskDecide) {
			w.t.Errorf("the superior has %v", got)
		}
		if v := w.reviews(); len(v.Open) != 0 || len(v.Done) != 2 || v.Done[0].Predicate == "" {
			w.t.Errorf("afterwards: %+v", v)
		}
	})
}

// waits lists the kinds of what waits for somebody.
func (w world) waits(who account.Actor) []string {
	w.t.Helper()
	all, err := task.NewInbox(w.db, w.office, nil).Waiting(w.ctx, who, task.Filter{})
	w.must(err)
	var kinds []string
	for _, x := range all {
		kinds = append(kinds, x.Kind)
	}
	return kinds
}

func TestConfirmingIsOnlyForTheEvaluatorAndForPartsOfTheYear(t *testing.T) {
	eachWorld(t, func(w world) {
		d, _ := w.quarter()
		one := []Confirmation{confirmation(d, 0, Meets, Meets)}
		for name, who := range map[string]account.Actor{"the person": asDewi, "the head above": asHead, "HR": asHR, "the administrator": asAdmin, "nobody": {}} {
			_, err := w.Confirm(w.ctx, who, firstQuarter, one)
			w.refused(err, fault.Forbidden, name)
		}
		for name, win := range map[string]Window{"the year": year2025, "a quarter to come": {2025, Quarter, 3}} {
			_, err := w.Confirm(w.ctx, asBoss, win, one)
			w.refused(err, fault.Invalid, name)
		}
		_, err := w.Confirm(w.ctx, asBoss, Window{2025, Month, 2}, one)
		w.refused(err, fault.Forbidden, "a month of who is evaluated by quarters")
		_, err = w.Confirm(w.ctx, asBoss, firstQuarter, nil)
		w.refused(err, fault.Invalid, "nobody chosen")
		_, err = w.Confirm(w.ctx, asBoss, firstQuarter, append(one, one[0]))
		w.refused(err, fault.Forbidden, "somebody twice")
		_, err = w.Confirm(w.ctx, asBoss, firstQuarter, make([]Confirmation, mostConfirmed+1))
		w.refused(err, fault.Invalid, "too many")
	})
}

// Read one by one or together, a case leads to the same bytes.
func TestManyCasesAreReadAsOne(t *testing.T) {
	eachWorld(t, func(w world) {
		d, a := w.quarter()
		w.must(w.SaveSelf(w.ctx, asDewi, d.ID, firstQuarter, 0, Words{Note: "Perlu akses."}, true))
		book, err := w.bookOf(w.ctx, firstQuarter)
		w.must(err)
		together, err := gatherAll(w.ctx, w.db, []Part{d, a}, firstQuarter, book)
		w.must(err)
		for i, p := range []Part{d, a} {
			alone, err := gather(w.ctx, w.db, p, firstQuarter, book)
			w.must(err)
			want, err := alone.inputs(good(), Signer{}, "2025-04-15", "").Bytes()
			w.must(err)
			got, err := together[i].inputs(good(), Signer{}, "2025-04-15", "").Bytes()
			w.must(err)
			if !bytes.Equal(want, got) {
				w.t.Errorf("%s:\n%s\n%s", p.Who.Name, want, got)
			}
		}
	})
}

// BenchmarkReviews is the page of a superior of forty people, each with five
// indicators recorded every month.
func BenchmarkReviews(b *testing.B) {
	for name, open := range map[string]func(testing.TB, []db.Migrations) *db.DB{"sqlite": repotest.OpenSQLite, "postgres": repotest.OpenPostgres} {
		b.Run(name, func(b *testing.B) {
			s := fortyPeople(b, open(b, testMigrations()))
			for b.Loop() {
				v, err := s.Reviews(context.Background(), asBoss, Window{2025, Quarter, 4})
				if err != nil || len(v.Open) < 40 {
					b.Fatal(len(v.Open), err)
				}
			}
		})
	}
}

func fortyPeople(b *testing.B, d *db.DB) *Service {
	b.Helper()
	s := bigWorld(b, d)
	all, err := s.Parts(b.Context(), s.db, 2025)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := fewer(b, s, 40, all); err != nil {
		b.Fatal(err)
	}
	return s
}

// fewer gives the superior so many of the people and loads their year.
func fewer(b *testing.B, s *Service, people int, all []Part) (int, error) {
	b.Helper()
	at := time.Date(2025, 1, 12, 9, 0, 0, 0, time.UTC)
	var records []Record
	for _, p := range all {
		if p.Evaluator.PersonID != boss.PersonID {
			continue
		}
		if len(records) == people {
			p.Evaluator = head
			if err := s.tx(b.Context(), func(tx *db.Tx) error { return storeParts(b.Context(), tx, []Part{p}) }); err != nil {
				return 0, err
			}
			continue
		}
		plan := Plan{State: Approved, Revision: 1, Content: fullContent(p.Form), DecidedAt: at, UpdatedAt: at}
		r := Record{Part: p, Plan: &plan}
		for m := 1; m <= 12; m++ {
			for _, placed := range plan.Content.Indicators() {
				r.Progress = append(r.Progress, Progress{
					ResultID: placed.Result.ID, IndicatorID: placed.Indicator.ID, Month: fmt.Sprintf("2025-%02d", m), Value: "300", CreatedAt: at,
					Evidence: []Evidence{{URL: "https://contoh.go.id/a"}},
				})
			}
		}
		records = append(records, r)
	}
	return len(records), s.tx(b.Context(), func(tx *db.Tx) error { return s.Load(b.Context(), tx, asHR, nil, records) })
}
