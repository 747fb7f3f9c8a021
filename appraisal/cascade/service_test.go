package cascade

import (
	"bytes"
	"testing"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
)

const year = 2025 // in which everybody writes here

type world struct {
	*appraisaltest.City
	cas *Service
}

func eachWorld(t *testing.T, fn func(t *testing.T, w world)) {
	t.Helper()
	bundle, err := i18n.NewBundle(Locale, appraisal.Locale)
	if err != nil {
		t.Fatal(err)
	}
	repotest.EachDB(t, appraisaltest.Migrations(Migrations()), func(t *testing.T, d *db.DB) {
		c := appraisaltest.New(t, d)
		c.On("2025-12-01")
		fn(t, world{c, New(Config{
			DB: d, Access: c.Access, Appraisal: c.Service, Org: c.Org, People: appraisal.NewOrgMap(c.Org), Now: c.Now,
			Words: bundle.Printer(i18n.Indonesian), Agency: appraisal.Agency{Name: "Pemerintah Kota", City: "Kota"},
		})})
	})
}

var hr = appraisaltest.HR()

func (w world) load(body string) Report {
	w.T.Helper()
	f, err := ReadAgreements([]byte(body))
	w.Must(err)
	rep, err := w.cas.Import(w.T.Context(), hr, year, f, false)
	w.Must(err)
	if !rep.Whole() {
		w.T.Fatalf("rows are lost: %+v", rep)
	}
	return rep
}

const offices = "tahun,unit,sasaran,indikator,target,satuan\n" +
	"2025,Dinas Kependudukan,Warga memiliki dokumen,Cakupan KTP-el,99,%\n" +
	",,,Waktu tunggu,15,menit\n" +
	",,Data kependudukan bersih,Data ganda,5,data\n" +
	",Pemerintah Kota,Warga dilayani pasti,Indeks kepuasan,86,indeks\n" +
	",Dinas Antah Berantah,X,Y,1,%\n"

func TestAnAgreementIsLoadedSignedAndTaken(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		if rep := w.load(offices); rep.Created != 4 || len(rep.Rejected) != 1 || rep.Rejected[0].Key != "cascade.wrong.unit" || rep.Units != 2 {
			t.Fatalf("%+v", rep)
		}
		if again := w.load(offices); again.Created+again.Updated != 0 || again.Unchanged != 4 {
			t.Fatalf("again: %+v", again)
		}
		head, mayor := appraisaltest.As("nurhayati"), appraisaltest.As("raja")
		v, err := w.cas.Agreement(t.Context(), head, year, "capil")
		w.Must(err)
		if v.First.PersonID != "nurhayati" || v.Second.PersonID != "raja" || len(v.Goals) != 2 || !v.Edit || !v.SignFirst || !v.Mine || v.Above == nil {
			t.Fatalf("%+v", v)
		}
		a, err := w.cas.Sign(t.Context(), head, year, "capil", v.Version)
		w.Must(err)
		if _, err := w.cas.SaveGoal(t.Context(), head, year, "capil", a.Version, "", "Lagi"); !fault.Is(err, fault.Conflict) {
			t.Fatalf("a half-signed agreement was changed: %v", err)
		}
		if a, err = w.cas.Sign(t.Context(), mayor, year, "capil", a.Version); err != nil || a.State != Signed || a.Revision != 1 || a.SignedOn != "2025-12-01" {
			t.Fatalf("%v %+v", err, a)
		}
		changed := w.load("unit,sasaran,indikator,target,satuan\nDinas Kependudukan,Warga memiliki dokumen,Cakupan KTP-el,97,%\n")
		if len(changed.Rejected) != 1 || changed.Rejected[0].Key != "cascade.wrong.signed" {
			t.Fatalf("what is signed was changed: %+v", changed)
		}
		raw, err := w.cas.PDF(t.Context(), appraisaltest.As("lia"), year, "capil")
		if err != nil || !bytes.HasPrefix(raw, []byte("%PDF")) {
			t.Fatal(err)
		}
		w.taken(head)
	})
}

// taken takes the agreement into the head's SKP in one step, and again after
// the SKP was changed.
func (w world) taken(head account.Actor) {
	t := w.T
	v, err := w.cas.Taking(t.Context(), head, year, "capil")
	w.Must(err)
	if len(v.Offers) != 2 || v.Plan.State != appraisal.NotMade {
		t.Fatalf("%+v", v.Offers)
	}
	n, part, err := w.cas.Take(t.Context(), head, year, "capil", []string{v.Offers[0].Key, v.Offers[1].Key})
	w.Must(err)
	plan, err := w.Plan(t.Context(), head, part)
	w.Must(err)
	if n != 2 || len(plan.Plan.Results) != 2 || len(plan.Plan.Results[0].Indicators) != 2 || plan.Plan.State != appraisal.Draft {
		t.Fatalf("%d %+v", n, plan.Plan)
	}
	in := plan.Plan.Results[0].Indicators[0]
	in.Target = "90"
	_, _, err = w.SaveIndicator(t.Context(), head, part, plan.Plan.Version, plan.Plan.Results[0].ID, in)
	w.Must(err)
	if v, err = w.cas.Taking(t.Context(), head, year, "capil"); err != nil || len(v.Offers) != 1 || v.Offers[0].Kind != NewTarget || v.Same != 4 {
		t.Fatalf("%v %+v", err, v.Offers)
	}
	if _, err := w.cas.Taking(t.Context(), appraisaltest.As("rina"), year, "capil"); !fault.Is(err, fault.Forbidden) {
		t.Fatalf("somebody else took it: %v", err)
	}
}

func TestAnAgreementIsEnteredByHand(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		rina := appraisaltest.As("rina")
		a, err := w.cas.SaveGoal(t.Context(), rina, year, "daftar", 0, "", "Berkas selesai sekali datang")
		w.Must(err)
		if _, err := w.cas.Sign(t.Context(), rina, year, "daftar", a.Version); !fault.Is(err, fault.Invalid) {
			t.Fatalf("an agreement without a measure was signed: %v", err)
		}
		if a, err = w.cas.SaveMeasure(t.Context(), rina, year, "daftar", a.Version, a.Goals[0].ID, Measure{Text: "Berkas kembali", Target: "5", Unit: "%", Direction: appraisal.Down}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.cas.SaveGoal(t.Context(), appraisaltest.As("dewi"), year, "daftar", a.Version, "", "X"); !fault.Is(err, fault.Forbidden) {
			t.Fatalf("an employee wrote it: %v", err)
		}
		if a, err = w.cas.RecordPaper(t.Context(), hr, year, "daftar", a.Version, "2025-01-15"); err != nil || a.State != Signed || !a.Paper {
			t.Fatalf("%v %+v", err, a)
		}
		if a, err = w.cas.Revise(t.Context(), rina, year, "daftar", a.Version); err != nil || a.State != Draft || a.Revision != 1 {
			t.Fatalf("%v %+v", err, a)
		}
		l, err := w.cas.Agreements(t.Context(), rina, Query{Year: year, State: Draft})
		if err != nil || len(l.Rows) != 1 || l.Rows[0].UnitID != "daftar" || l.States[None] < 3 {
			t.Fatalf("%v %+v", err, l)
		}
	})
}

// approved gives somebody an agreed SKP with results.
func (w world) approved(person string, results ...appraisal.Result) appraisal.Part {
	w.T.Helper()
	p := w.Part(person, year)
	plan := &appraisal.Plan{State: appraisal.Approved, Revision: 1, Content: appraisal.Content{Approach: appraisal.Quantitative, Results: results}, DecidedAt: w.Now(), UpdatedAt: w.Now()}
	w.Must(w.DB.Tx(w.T.Context(), func(tx *db.Tx) error {
		return w.Load(w.T.Context(), tx, hr, nil, []appraisal.Record{{Part: p, Plan: plan}})
	}))
	return p
}

func TestResultsAreDistributedAndGapsClose(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		leader := w.approved("rina", appraisal.Result{ID: "r1", Kind: appraisal.Main, Text: "Berkas selesai sekali datang"}, appraisal.Result{ID: "r2", Kind: appraisal.Main, Text: "Data bersih"})
		rina, dewi, arif := appraisaltest.As("rina"), appraisaltest.As("dewi"), appraisaltest.As("arif")
		see := func() Board {
			b, err := w.cas.Board(t.Context(), rina, leader.ID)
			w.Must(err)
			return b
		}
		b := see()
		if len(b.Columns) != 2 || len(b.People) != 2 || len(b.Unsupported()) != 2 || len(b.Unlinked()) != 2 || !b.Edit || b.Draft {
			t.Fatalf("%+v", b)
		}
		w.Must(w.cas.SaveTeam(t.Context(), rina, b.ID, "", "Tim Data", []string{b.People[0].Part.ID}))
		all := Assignment{People: []string{b.People[0].Part.ID, b.People[1].Part.ID}, Goals: []string{"r1", "r2"}, Words: "{hasil}: {nama}"}
		g, err := w.cas.Assign(t.Context(), rina, b.ID, all)
		if err != nil || g.Counts[WillPropose] != 4 {
			t.Fatalf("%v %+v", err, g.Counts)
		}
		if g, err = w.cas.Assign(t.Context(), rina, b.ID, all); err != nil || g.Counts[WillPropose] != 0 || g.Counts[Stands] != 4 {
			t.Fatalf("twice: %v %+v", err, g.Counts)
		}
		if b = see(); len(b.Unsupported())+len(b.Unlinked()) != 0 || b.Columns[0].Asked != 2 || b.People[0].Team != "Tim Data" {
			t.Fatalf("%+v", b.Columns)
		}
		part := w.Part("dewi", year)
		v, err := w.cas.Roles(t.Context(), dewi, part.ID)
		w.Must(err)
		n, err := w.cas.Decide(t.Context(), dewi, part.ID, []string{v.Roles[0].ID, v.Roles[1].ID}, true, "")
		w.Must(err)
		plan, err := w.Plan(t.Context(), dewi, part.ID)
		w.Must(err)
		if n != 2 || len(plan.Plan.Results) != 2 || plan.Plan.Results[0].Supports.Part != leader.ID || plan.Plan.State != appraisal.Draft {
			t.Fatalf("%d %+v", n, plan.Plan)
		}
		if v, err = w.cas.Roles(t.Context(), arif, w.Part("arif", year).ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.cas.Decide(t.Context(), arif, v.Part.ID, []string{v.Roles[0].ID}, false, ""); !fault.Is(err, fault.Invalid) {
			t.Fatalf("declined without a reason: %v", err)
		}
		_, err = w.cas.Decide(t.Context(), arif, v.Part.ID, []string{v.Roles[0].ID}, false, "Bukan tugas saya")
		w.Must(err)
		if b = see(); b.Columns[0].Tied != 1 || b.Member(part.ID).Cells["r1"][0].State != Link {
			t.Fatalf("%+v", b.Columns)
		}
		w.back(b, rina)
		if _, err := w.cas.Board(t.Context(), dewi, leader.ID); !fault.Is(err, fault.Forbidden) {
			t.Fatalf("an employee read the leader's matrix: %v", err)
		}
	})
}

// back exports a matrix and loads it again: nothing is given twice.
func (w world) back(b Board, rina account.Actor) {
	var out bytes.Buffer
	w.Must(sheet.Write(&out, sheet.XLSX, b.Doc(w.cas.Words)))
	wishes, rep, err := b.ReadGrid(out.Bytes())
	w.Must(err)
	g, err := w.cas.TryWishes(w.T.Context(), rina, b.ID, wishes, false)
	w.Must(err)
	if len(wishes) != 3 || len(rep.Rejected) != 0 || g.Counts[Stands] != 3 {
		w.T.Fatalf("%d wishes, %+v", len(wishes), g.Counts)
	}
}

// Work can start before the superior's plan is final: ties are proposals until
// then, and links from the day it is.
func TestATieBecomesALinkWhenTheLeadersPlanIsFinal(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		rina := appraisaltest.As("rina")
		leader := w.Part("rina", year)
		plan, err := w.StartPlan(t.Context(), rina, leader.ID, "")
		w.Must(err)
		plan, goal, err := w.SaveResult(t.Context(), rina, leader.ID, plan.Version, appraisal.Result{Kind: appraisal.Main, Text: "Berkas selesai sekali datang"})
		w.Must(err)
		plan, _, err = w.SaveIndicator(t.Context(), rina, leader.ID, plan.Version, goal, appraisal.Indicator{Text: "Berkas yang selesai", Target: "90", Unit: "%", Direction: appraisal.Up, Face: "kualitas"})
		w.Must(err)
		officer := account.Actor{ID: "acc-p", Name: "Pengelola", Grants: []account.Grant{{Role: account.PerformanceOfficer, Unit: "capil"}}}
		part := w.Part("dewi", year)
		g, err := w.cas.GiveWishes(t.Context(), officer, leader.ID, []Wish{{part.ID, goal, "Berkas KTP-el lengkap"}}, true)
		if err != nil || g.Counts[WillDraft] != 1 {
			t.Fatalf("%v %+v", err, g.Counts)
		}
		state := func() CellState {
			b, err := w.cas.Board(t.Context(), rina, leader.ID)
			w.Must(err)
			return b.Member(part.ID).Cells[goal][0].State
		}
		if s := state(); s != Tie {
			t.Fatalf("before: %s", s)
		}
		plan, err = w.Act(t.Context(), rina, leader.ID, plan.Version, appraisal.SubmitAct, "")
		w.Must(err)
		_, err = w.Act(t.Context(), appraisaltest.As("nurhayati"), leader.ID, plan.Version, appraisal.ApproveAct, "")
		w.Must(err)
		if s := state(); s != Link {
			t.Fatalf("after: %s", s)
		}
		rows, _, err := w.cas.Boards(t.Context(), hr, year, "", false)
		if err != nil || len(rows) == 0 {
			t.Fatalf("%v %+v", err, rows)
		}
		for _, r := range rows {
			if r.ID == leader.ID && (r.People != 2 || r.Unlinked != 1 || r.Unsupported != 0) {
				t.Fatalf("%+v", r)
			}
		}
	})
}

// A mayor has no SKP: the goals of the city's agreement are the columns.
func TestAMayorsMatrixStandsOnTheAgreement(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		w.load(offices)
		raja := appraisaltest.As("raja")
		v, err := w.cas.Agreement(t.Context(), raja, year, "kota")
		w.Must(err)
		b, err := w.cas.Board(t.Context(), raja, v.ID)
		w.Must(err)
		if len(b.Columns) != 1 || len(b.People) < 2 || b.Part != nil {
			t.Fatalf("%+v", b)
		}
		head := w.Part("nurhayati", year)
		_, err = w.cas.GiveWishes(t.Context(), raja, b.ID, []Wish{{head.ID, b.Columns[0].ID, "Layanan dokumen pasti"}}, false)
		w.Must(err)
		nurhayati := appraisaltest.As("nurhayati")
		roles, err := w.cas.Roles(t.Context(), nurhayati, head.ID)
		w.Must(err)
		_, err = w.cas.Decide(t.Context(), nurhayati, head.ID, []string{roles.Roles[0].ID}, true, "")
		w.Must(err)
		if b, err = w.cas.Board(t.Context(), raja, v.ID); err != nil || b.Columns[0].Tied != 1 {
			t.Fatalf("%v %+v", err, b.Columns)
		}
	})
}
