package calibration

import (
	"testing"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

var quarter = appraisal.Window{Year: 2025, Kind: appraisal.Quarter, N: 1}

var (
	asHead  = appraisaltest.As("nurhayati")
	asBoss  = appraisaltest.As("rina")
	asDewi  = appraisaltest.As("dewi")
	asMayor = appraisaltest.As("raja", account.Grant{Role: account.Leader})
)

// world is a unit with two superiors: the head, who evaluates rina, and rina,
// who evaluates dewi and arif.
type world struct {
	*appraisaltest.City
	svc *Service
}

func eachWorld(t *testing.T, fn func(t *testing.T, w world)) {
	t.Helper()
	repotest.EachDB(t, appraisaltest.Migrations(Migrations()), func(t *testing.T, d *db.DB) {
		c := appraisaltest.New(t, d)
		w := world{c, New(Config{DB: d, Access: c.Access, Appraisal: c.Service, Now: c.Now})}
		w.rated("rina", asHead, appraisal.Above)
		w.rated("dewi", asBoss, appraisal.Above)
		w.rated("arif", asBoss, appraisal.Meets)
		fn(t, w)
	})
}

// rated gives somebody a plan that is agreed, and ratings that are handed over.
func (w world) rated(who string, by account.Actor, results appraisal.Rating) {
	w.T.Helper()
	ctx, own, p := w.T.Context(), appraisaltest.As(who), w.Part(who, 2025)
	plan, err := w.StartPlan(ctx, own, p.ID, "")
	w.Must(err)
	plan, r, err := w.SaveResult(ctx, own, p.ID, plan.Version, appraisal.Result{Kind: appraisal.Main, Text: "Data kependudukan mutakhir", Supports: appraisal.Support{Text: "Warga memiliki dokumen"}})
	w.Must(err)
	plan, _, err = w.SaveIndicator(ctx, own, p.ID, plan.Version, r, appraisal.Indicator{Text: "Anomali yang dibersihkan", Target: "2200", Unit: "data", Direction: appraisal.Up, Face: p.Form.Faces()[0]})
	w.Must(err)
	plan, err = w.Act(ctx, own, p.ID, plan.Version, appraisal.SubmitAct, "")
	w.Must(err)
	_, err = w.Act(ctx, by, p.ID, plan.Version, appraisal.ApproveAct, "")
	w.Must(err)
	_, err = w.Confirm(ctx, by, quarter, []appraisal.Confirmation{{PartID: p.ID, Ratings: appraisal.Ratings{
		Results: results, ResultsReason: "Menurut bukti.", Conduct: appraisal.Meets,
	}}})
	w.Must(err)
}

func (w world) refused(err error, kind fault.Kind, what string) {
	w.T.Helper()
	if !fault.Is(err, kind) {
		w.T.Fatalf("%s: got %v, want %s", what, err, kind)
	}
}

func (w world) start() string {
	w.T.Helper()
	id, err := w.svc.Start(w.T.Context(), asHead, "capil", quarter)
	w.Must(err)
	return id
}

func TestOnlyLeadersOfTheUnitSeeItsCalibration(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		ctx := t.Context()
		_, err := w.svc.Start(ctx, asBoss, "capil", quarter)
		w.refused(err, fault.Forbidden, "opened by a superior within")
		_, err = w.svc.Start(ctx, asHead, "capil", appraisal.Window{Year: 2025, Kind: appraisal.Quarter, N: 2})
		w.refused(err, fault.Conflict, "nobody has handed over ratings")
		id := w.start()
		_, err = w.svc.Start(ctx, asMayor, "capil", quarter)
		w.refused(err, fault.Conflict, "a second at the same time")
		for _, who := range []account.Actor{asDewi, appraisaltest.HR(), appraisaltest.As("yusuf"), {ID: "acc-admin", Grants: []account.Grant{{Role: account.SysAdmin}}}, {ID: "acc-audit", Grants: []account.Grant{{Role: account.Auditor}}}} {
			_, err := w.svc.Session(ctx, who, id)
			w.refused(err, fault.Forbidden, who.Name)
		}
		for who, want := range map[*account.Actor]int{&asBoss: 1, &asHead: 1, &asMayor: 1, &asDewi: 0} {
			all, err := w.svc.Sessions(ctx, *who)
			w.Must(err)
			if len(all) != want {
				t.Errorf("%s lists %d", who.Name, len(all))
			}
		}
		v, err := w.svc.Session(ctx, asBoss, id)
		w.Must(err)
		if v.Names || v.Close || len(v.Cases) != 3 || len(v.Superior) != 2 {
			t.Fatalf("%+v", v)
		}
		for _, c := range v.Cases {
			if c.Name != "" || c.Post != "" || c.CalibrationCase.Evaluator.Name != "" || c.Ratings.ResultsReason == "" {
				t.Errorf("names are hidden first: %+v", c)
			}
		}
		w.Must(w.svc.Show(ctx, asBoss, id))
		w.Must(w.svc.Show(ctx, asBoss, id))
		v, err = w.svc.Session(ctx, asBoss, id)
		w.Must(err)
		if !v.Names || v.Cases[0].Name == "" || len(v.Shown) != 1 {
			t.Fatalf("shown: %+v", v.Shown)
		}
		if v, err = w.svc.Session(ctx, asHead, id); err != nil || v.Names {
			t.Fatal("somebody else's names stay hidden")
		}
		if n, err := db.One(ctx, w.DB, `SELECT count(*) FROM ledger_entry WHERE kind = 'calibration.names_shown'`, db.Value[int]); err != nil || n != 1 {
			t.Errorf("%d entries %v", n, err)
		}
	})
}

func TestNobodyCalibratesTheOwnStaffAlone(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		ctx, id, part := t.Context(), w.start(), w.Part("dewi", 2025).ID
		to := Pair{appraisal.Meets, appraisal.Meets}
		w.refused(w.svc.Propose(ctx, asBoss, id, part, Pair{appraisal.Above, appraisal.Meets}, "x"), fault.Invalid, "the same ratings")
		w.refused(w.svc.Propose(ctx, asBoss, id, part, to, " "), fault.Invalid, "without a reason")
		w.refused(w.svc.Propose(ctx, asDewi, id, part, to, "x"), fault.Forbidden, "by who is no member")
		w.Must(w.svc.Propose(ctx, asBoss, id, part, to, "Targetnya sama dengan yang lain."))
		w.refused(w.svc.Propose(ctx, asHead, id, part, to, "x"), fault.Conflict, "two at a time")
		v, err := w.svc.Session(ctx, asHead, id)
		w.Must(err)
		k := v.Changes[0]
		if k.State != Proposed || k.Direction != Down || len(k.Consents) != 1 {
			t.Fatalf("her own word is not enough: %+v", k)
		}
		state, err := w.svc.Consent(ctx, asBoss, id, k.ID, true)
		w.Must(err)
		if state != Proposed {
			t.Fatalf("nor is saying it twice: %s", state)
		}
		state, err = w.svc.Consent(ctx, asHead, id, k.ID, true)
		w.Must(err)
		if state != Applied {
			t.Fatalf("with the head: %s", state)
		}
		u, err := w.CalibrationUnit(ctx, "capil", quarter)
		w.Must(err)
		for _, c := range u.Cases {
			if c.PartID == part && (c.Ratings.Results != appraisal.Meets || c.Ratings.ResultsReason != "Targetnya sama dengan yang lain." || c.Predicate != appraisal.Good) {
				t.Fatalf("applied: %+v", c)
			}
		}
		for kind, want := range map[string]int{"calibration.proposed": 1, "calibration.consented": 2, "appraisal.evaluation.calibrated": 1} {
			n, err := db.One(ctx, w.DB, `SELECT count(*) FROM ledger_entry WHERE kind = $1`, db.Value[int], kind)
			w.Must(err)
			if n != want {
				t.Errorf("%d of %s, want %d", n, kind, want)
			}
		}
		_, err = w.svc.Consent(ctx, asHead, id, k.ID, true)
		w.refused(err, fault.Conflict, "settled already")
	})
}

func TestAProposalNeedsTheEvaluator(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		ctx, id, part := t.Context(), w.start(), w.Part("arif", 2025).ID
		w.Must(w.svc.Propose(ctx, asHead, id, part, Pair{appraisal.Above, appraisal.Meets}, "Melampaui target."))
		v, err := w.svc.Session(ctx, asMayor, id)
		w.Must(err)
		k := v.Changes[0].ID
		state, err := w.svc.Consent(ctx, asMayor, id, k, true)
		w.Must(err)
		if state != Proposed {
			t.Fatalf("two leaders do not overrule the evaluator: %s", state)
		}
		state, err = w.svc.Consent(ctx, asBoss, id, k, false)
		w.Must(err)
		if state != Refused {
			t.Fatalf("refused by the evaluator: %s", state)
		}
		w.refused(w.svc.Close(ctx, asBoss, id), fault.Forbidden, "closed by a member")
		w.Must(w.svc.Close(ctx, asHead, id))
		w.refused(w.svc.Close(ctx, asHead, id), fault.Conflict, "closed twice")
		w.refused(w.svc.Propose(ctx, asHead, id, part, Pair{appraisal.Above, appraisal.Above}, "x"), fault.Conflict, "after it was closed")
	})
}

func TestDirections(t *testing.T) {
	for _, c := range []struct {
		from, to Pair
		want     Direction
	}{
		{Pair{appraisal.Meets, appraisal.Meets}, Pair{appraisal.Above, appraisal.Meets}, Up},
		{Pair{appraisal.Meets, appraisal.Meets}, Pair{appraisal.Meets, appraisal.Below}, Down},
		{Pair{appraisal.Meets, appraisal.Meets}, Pair{appraisal.Above, appraisal.Below}, Level},
	} {
		if got := direction(c.from, c.to); got != c.want {
			t.Errorf("%v to %v: %s", c.from, c.to, got)
		}
	}
}

// What was written as a reason names nobody either, until the names are shown.
func TestReasonsNameNobodyWhileNamesAreHidden(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		ctx, id, part := t.Context(), w.start(), w.Part("dewi", 2025).ID
		const said = "DEWI, menurut Rina Marlina, S.Sos., sama dengan yang lain."
		w.Must(w.svc.Propose(ctx, asBoss, id, part, Pair{appraisal.Meets, appraisal.Meets}, said))
		v, err := w.svc.Session(ctx, asHead, id)
		w.Must(err)
		if got := v.Changes[0].Reason; got != "•••, menurut ••• •••, S.Sos., sama dengan yang lain." {
			t.Errorf("hidden: %s", got)
		}
		w.Must(w.svc.Show(ctx, asHead, id))
		v, err = w.svc.Session(ctx, asHead, id)
		w.Must(err)
		if got := v.Changes[0].Reason; got != said {
			t.Errorf("shown: %s", got)
		}
	})
}
