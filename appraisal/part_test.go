package appraisal

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
)

func TestPartsFollowTheMapAndKeepWhatTheyHold(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		if p.OrgUnit != "dinas" || !p.Last || p.Evaluator.Name != boss.Name || p.Above.Name != head.Name {
			t.Fatalf("part: %+v", p)
		}
		plan := w.agreed(asDewi, asBoss, p)
		// In July she moves to another post, under the head himself.
		w.on("2025-07-02")
		moved := dewi
		moved.PostID, moved.Post = "post-new", "Sekretaris"
		for i, o := range w.office.postings {
			if o.Who.PersonID == dewi.PersonID {
				w.office.postings[i].To = "2025-06-30"
			}
		}
		w.office.postings = append(w.office.postings, Posting{
			Who: moved, TenureID: "t-new", Tenure: definitive, Group: "pns", Kind: "administrator", From: "2025-07-01", To: "2025-12-31",
			Evaluator: head, EvalHow: HowDefinitive, Above: mayor, AboveHow: HowDefinitive,
		})
		r, err := w.SyncParts(w.ctx, asHR, 2025)
		w.must(err)
		if r != (SyncReport{Created: 1, Changed: 1, Unchanged: 3}) {
			t.Fatalf("report: %+v", r)
		}
		parts, err := w.MyParts(w.ctx, asDewi, 2025)
		w.must(err)
		if len(parts) != 2 || parts[0].Who.Post != "Sekretaris" || !parts[0].Last || parts[1].ID != p.ID || parts[1].To != "2025-06-30" || parts[1].Last {
			t.Fatalf("parts: %+v", parts)
		}
		v, err := w.Plan(w.ctx, asDewi, p.ID)
		w.must(err)
		if v.Plan.Version != plan.Version || len(v.Siblings) != 1 {
			t.Fatalf("the first part keeps its plan: %+v", v.Plan)
		}
		again, err := w.SyncParts(w.ctx, asHR, 2025)
		w.must(err)
		if again != (SyncReport{Unchanged: 5}) {
			t.Fatalf("twice is once: %+v", again)
		}
	})
}

func TestAPartThatHoldsNothingGoesAndOneThatDoesStays(t *testing.T) {
	eachWorld(t, func(w world) {
		w.agreed(asDewi, asBoss, w.part(dewi))
		w.office.postings = slices.DeleteFunc(w.office.postings, func(o Posting) bool {
			return o.Who.PersonID == dewi.PersonID || o.Who.PersonID == andi.PersonID
		})
		r, err := w.SyncParts(w.ctx, asHR, 2025)
		w.must(err)
		if r.Removed != 1 || r.Kept != 1 {
			t.Fatalf("report: %+v", r)
		}
	})
}

func TestAnEvaluatorNamedByHRStays(t *testing.T) {
	eachWorld(t, func(w world) {
		p := w.part(dewi)
		_, err := w.SetEvaluator(w.ctx, asBoss, p.ID, p.Version, andi.PersonID, "Ketua tim")
		w.refused(err, fault.Forbidden, "the superior names another")
		_, err = w.SetEvaluator(w.ctx, asHR, p.ID, p.Version, dewi.PersonID, "Sendiri")
		w.refused(err, fault.Invalid, "herself")
		_, err = w.SetEvaluator(w.ctx, asHR, p.ID, p.Version, "p-99", "Tidak ada")
		w.refused(err, fault.Invalid, "nobody")
		q, err := w.SetEvaluator(w.ctx, asHR, p.ID, p.Version, head.PersonID, "Ditugasi langsung oleh kepala dinas")
		w.must(err)
		if q.Evaluator.Name != head.Name || q.Above.Name != mayor.Name {
			t.Fatalf("evaluator: %+v", q)
		}
		_, err = w.SetEvaluator(w.ctx, asHR, p.ID, p.Version, boss.PersonID, "Lagi")
		w.refused(err, fault.Conflict, "from an old page")
		_, err = w.SyncParts(w.ctx, asHR, 2025)
		w.must(err)
		if now := w.part(dewi); now.EvalHow != HowNamed || now.Evaluator.Name != head.Name {
			t.Fatalf("after the map was read again: %+v", now)
		}
	})
}

func TestAYearMovesStepByStepAndClosesForGood(t *testing.T) {
	eachWorld(t, func(w world) {
		_, err := w.OpenPeriod(w.ctx, asHR, NewPeriod{Year: 2025})
		w.refused(err, fault.Conflict, "opened twice")
		_, err = w.OpenPeriod(w.ctx, asBoss, NewPeriod{Year: 2026})
		w.refused(err, fault.Forbidden, "opened by a superior")
		_, err = w.OpenPeriod(w.ctx, asHR, NewPeriod{Year: 2099})
		w.refused(err, fault.Invalid, "far ahead")
		_, err = w.MovePeriod(w.ctx, asHR, 2025, 1, InRating)
		w.refused(err, fault.Conflict, "a stage left out")
		for i, to := range []PeriodState{InExecution, InPlanning, InExecution, InRating, Closed} {
			p, err := w.MovePeriod(w.ctx, asHR, 2025, int64(i+1), to)
			w.must(err)
			if p.State != to || p.PlanBy != "2025-01-31" || p.EvaluateBy != "2026-01-31" {
				t.Fatalf("period: %+v", p)
			}
		}
		_, err = w.MovePeriod(w.ctx, asHR, 2025, 6, InRating)
		w.refused(err, fault.Conflict, "opened again")
		_, err = w.StartPlan(w.ctx, asDewi, w.part(dewi).ID, "")
		w.refused(err, fault.Conflict, "written in a closed year")
	})
}

// Splitting the map's stretches at any day with equal content loses no day and
// changes nothing about who evaluates whom: the pieces lie side by side and
// cover what the whole did, and putting them together again gives it back.
func TestSplittingAStretchAtAnyDateLosesNothing(t *testing.T) {
	units, _ := (&office{}).Units(t.Context(), nil, "")
	period := Period{ID: "p", Year: 2025, From: "2025-01-01", To: "2025-12-31", Cadence: Quarterly}
	rapid.Check(t, func(t *rapid.T) {
		whole := newOffice(2025).postings
		at := addDays("2025-01-01", rapid.IntRange(1, 364).Draw(t, "day"))
		who := rapid.IntRange(0, len(whole)-1).Draw(t, "who")
		cut := slices.Clone(whole)
		first, second := cut[who], cut[who]
		first.To, second.From = addDays(at, -1), at
		cut = slices.Replace(cut, who, who+1, first, second)
		rules := partRules{groups: map[Group]GroupRule{}, cadence: Quarterly, form: FormRule{Positions: []string{"jpt_pratama"}}}
		one, two := arrange(period, whole, newTree(units), rules, nil), arrange(period, cut, newTree(units), rules, nil)
		if len(two) != len(one)+1 {
			t.Fatalf("%d parts of %d", len(two), len(one))
		}
		if d := days(two) - days(one); d != 0 {
			t.Fatalf("%d days lost", d)
		}
		a, b := two[who], two[who+1]
		if addDays(a.To, 1) != b.From || a.Last || !b.Last {
			t.Fatalf("pieces: %s..%s %v, %s..%s %v", a.From, a.To, a.Last, b.From, b.To, b.Last)
		}
		a.To, a.Last = b.To, true
		if a != one[who] {
			t.Fatalf("put together again: %+v, want %+v", a, one[who])
		}
		for _, w := range one[who].Windows() {
			if !slices.Contains(two[who].Windows(), w) && !slices.Contains(two[who+1].Windows(), w) {
				t.Fatalf("window %s is lost", w.Code())
			}
		}
	})
}

func days(parts []Part) (n int) {
	for _, p := range parts {
		from, _ := time.Parse(time.DateOnly, string(p.From))
		to, _ := time.Parse(time.DateOnly, string(p.To))
		n += int(to.Sub(from).Hours()/24) + 1
	}
	return n
}

// Whatever order of corrections leads to a map, the parts are the same; what
// exists keeps its id as long as its tenure is there.
func TestMatchingNeverLosesOrDoublesAStretch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) []Part {
			var all []Part
			for tenure := range rapid.IntRange(0, 3).Draw(t, label) {
				from := Day("2025-01-01")
				for range rapid.IntRange(1, 3).Draw(t, "pieces") {
					to := addDays(from, rapid.IntRange(0, 60).Draw(t, "days"))
					all = append(all, Part{Who: Identity{PersonID: "p"}, TenureID: string(rune('a' + tenure)), From: from, To: to})
					from = addDays(to, 1)
				}
			}
			return all
		}
		existing, wanted := draw("existing"), draw("wanted")
		for i := range existing {
			existing[i].ID = string(rune('A' + i))
		}
		created, changed, orphans := match(existing, wanted)
		gone := map[string]bool{}
		for _, o := range orphans {
			gone[o.ID] = true
		}
		now := map[string]Part{}
		for _, p := range existing {
			if !gone[p.ID] {
				now[p.ID] = p
			}
		}
		for _, p := range append(changed, created...) {
			now[p.ID] = p
		}
		if len(now) != len(wanted) {
			t.Fatalf("%d parts, want %d", len(now), len(wanted))
		}
		for _, w := range wanted {
			same := func(p Part) bool { return p.TenureID == w.TenureID && p.From == w.From && p.To == w.To }
			n := 0
			for _, p := range now {
				if same(p) {
					n++
				}
			}
			if n != 1 {
				t.Fatalf("%s from %s is there %d times", w.TenureID, w.From, n)
			}
		}
	})
}
