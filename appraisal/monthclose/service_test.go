package monthclose

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/org"
)

// march is paid by February's predicate and attendance to 20 March.
const march = Month("2026-03")

// office is the month's close over the small city.
type office struct {
	*appraisaltest.City
	svc *Service
}

func newOffice(t *testing.T, d *db.DB) office {
	t.Helper()
	c := appraisaltest.New(t, d)
	return office{c, New(Config{DB: d, Access: c.Access, Org: c.Org, Appraisals: c.Service, Books: c.Books, Now: c.Now})}
}

func eachOffice(t *testing.T, fn func(t *testing.T, o office)) {
	repotest.EachDB(t, appraisaltest.Migrations(Migrations()), func(t *testing.T, d *db.DB) { fn(t, newOffice(t, d)) })
}

var hr = appraisaltest.HR()

// officer is the performance officer of one unit.
func officer(unit string) account.Actor {
	return appraisaltest.As("nurhayati", account.Grant{Role: account.PerformanceOfficer, Unit: unit})
}

func (o office) load(kind Kind, body string) Report {
	o.T.Helper()
	rep, err := o.svc.Load(o.T.Context(), hr, march, kind, "daftar.csv", []byte(body), false)
	o.Must(err)
	if !rep.Whole() {
		o.T.Errorf("not every row is accounted for: %+v", rep)
	}
	return rep
}

func (o office) row(person string) Row {
	o.T.Helper()
	l, err := o.svc.People(o.T.Context(), hr, march, Query{Size: -1})
	o.Must(err)
	for _, r := range l.Rows {
		if r.PersonID == person {
			return r
		}
	}
	o.T.Fatalf("%s is not on the list", person)
	return Row{}
}

const list = `Nama;NIP;Jabatan;Unit Kerja;Hasil Kerja;Perilaku;Hasil Akhir;Status
Nurhayati Ismail;'196901011995012001;Kepala Dinas;Dinas Kependudukan;SESUAI EKSPEKTASI;SESUAI EKSPEKTASI;BAIK;
Rina Marlina;'197505052000032001;Kepala Bidang;Bidang Pendaftaran;DIATAS EKSPEKTASI;DIATAS EKSPEKTASI;SANGAT BAIK;
Dewi Rahmawati;'198609262015052001;Analis;Bidang Pendaftaran;SESUAI EKSPEKTASI;SESUAI EKSPEKTASI;BAIK;
Arif Setiawan;'199001012020121001;Analis;Bidang Pendaftaran;BELUM BUAT;BELUM BUAT;BELUM BUAT;Belum dinilai atasan
Yusuf Hidayat;'197001011998031001;Direktur;RSUD Kota;;;BELUM BUAT;SKP belum dibuat
Lia Kartika;'198003032006042001;Perawat;RSUD Kota;;;BELUM BUAT;Pejabat penilai tidak ada di SIASN
Budi Santosa;'199304042025211009;Perawat;RSUD Kota;SESUAI EKSPEKTASI;SESUAI EKSPEKTASI;BAIK;
`

func TestWhoIsLateAndOnWhoseDesk(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		_, err := o.svc.Open(t.Context(), hr, march)
		o.Must(err)
		if r := o.row("dewi"); r.State != Late || r.Desk != DataDesk || r.Lack != LacksRow {
			t.Errorf("before any list: %+v", r)
		}
		// A teacher is paid by last year's predicate, whose SKP is still missing here.
		if r := o.row("tono"); r.State != Late || r.Desk != PersonDesk || r.Lack != LacksPlan || r.DeskPerson != "tono" || r.Due != "2026-01-31" {
			t.Errorf("a teacher without last year's: %+v", r)
		}
		rep := o.load(Results, list)
		if rep.Rows != 7 || rep.Created != 6 || rep.NotMade != 3 || rep.Unmatched != 1 || rep.Proposed != 1 {
			t.Errorf("report %+v", rep)
		}
		for person, want := range map[string]Row{
			"dewi":      {State: Ready, Predicate: appraisal.Good},
			"rina":      {State: Ready, Predicate: appraisal.VeryGood},
			"arif":      {State: Late, Desk: SuperiorDesk, Lack: LacksRating, DeskPerson: "rina", Due: "2026-03-10"},
			"yusuf":     {State: Late, Desk: PersonDesk, Lack: LacksPlan, DeskPerson: "yusuf", Due: "2026-03-10"},
			"lia":       {State: Late, Desk: DataDesk, Lack: LacksEvaluator, Due: "2026-03-10"},
			"budi":      {State: Late, Desk: DataDesk, Lack: LacksMatch, Due: "2026-03-10"},
			"nurhayati": {State: Ready, Predicate: appraisal.Good},
		} {
			r := o.row(person)
			if got := (Row{State: r.State, Desk: r.Desk, Lack: r.Lack, DeskPerson: r.DeskPerson, Due: r.Due, Predicate: r.Predicate}); !sameRow(got, want) {
				t.Errorf("%s: %+v, want %+v", person, got, want)
			}
		}
		if days := o.row("arif").LateDays("2026-03-16"); days != 6 {
			t.Errorf("late by %d days", days)
		}
		again := o.load(Results, list)
		if again.Created != 0 || again.Updated != 0 || again.Unchanged != 6 || len(again.Rejected) != 1 {
			t.Errorf("loaded twice: %+v", again)
		}
		ov, err := o.svc.Overview(t.Context(), hr, march)
		o.Must(err)
		if ov.People != 10 || ov.Ready != 3 || ov.Late != 7 || ov.Desks[DataDesk] != 2 || ov.Desks[SuperiorDesk] != 1 || ov.Unmatched != 1 || ov.Superiors != 1 {
			t.Errorf("overview %+v", ov)
		}
		if ov.Offices[0].Late < ov.Offices[len(ov.Offices)-1].Late || len(ov.Offices) != 3 {
			t.Errorf("offices %+v", ov.Offices)
		}
	})
}

func sameRow(a, b Row) bool {
	return slices.EqualFunc(a.values(""), b.values(""), func(x, y any) bool {
		p, is := x.([]byte)
		if q, too := y.([]byte); is && too {
			return bytes.Equal(p, q)
		}
		return x == y
	})
}

func TestAnUnmatchedRowIsMendedAndRemembered(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.load(Results, list)
		loose, err := o.svc.Unmatched(t.Context(), hr, march)
		o.Must(err)
		if len(loose) != 1 || loose[0].PersonID != "budi" || loose[0].Why != "nip" || loose[0].Proposed != "Budi Santoso" {
			t.Fatalf("%+v", loose)
		}
		if err := o.svc.Mend(t.Context(), hr, march, loose[0].ID, "nobody"); !fault.Is(err, fault.Invalid) {
			t.Errorf("mended to nobody: %v", err)
		}
		if err := o.svc.Mend(t.Context(), appraisaltest.As("rina"), march, loose[0].ID, ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("mended by anybody: %v", err)
		}
		o.Must(o.svc.Mend(t.Context(), hr, march, loose[0].ID, ""))
		if r := o.row("budi"); r.State != Ready || r.Predicate != appraisal.Good {
			t.Errorf("after the mend: %+v", r)
		}
		if err := o.svc.Mend(t.Context(), hr, march, loose[0].ID, ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("mended twice: %v", err)
		}
		rep := o.load(Results, list)
		if rep.Unmatched != 0 || rep.Unchanged != 7 {
			t.Errorf("the next list: %+v", rep)
		}
		o.load(Results, "NIP,Nama,Hasil Akhir\n,Orang Lain Sama Sekali,BAIK\n")
		loose, err = o.svc.Unmatched(t.Context(), hr, march)
		o.Must(err)
		if len(loose) != 1 || loose[0].PersonID != "" {
			t.Fatalf("%+v", loose)
		}
		o.Must(o.svc.Drop(t.Context(), hr, march, loose[0].ID))
		o.load(Results, "NIP,Nama,Hasil Akhir\n,Orang Lain Sama Sekali,BAIK\n")
		if loose, err = o.svc.Unmatched(t.Context(), hr, march); err != nil || len(loose) != 0 {
			t.Errorf("what was put aside is asked again: %+v %v", loose, err)
		}
	})
}

// What the list says of people whose pen is elsewhere is handed to the
// evaluations; what was set here is never overwritten.
func TestThePredicateIsTakenOver(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.load(Results, list)
		part := o.Part("dewi", 2026)
		w, err := appraisal.ParseWindow("2026-02")
		o.Must(err)
		view, err := o.Evaluation(t.Context(), appraisaltest.As("dewi"), part.ID, w)
		o.Must(err)
		if view.Evaluation.Outcome == nil || view.Evaluation.Outcome.Predicate != appraisal.Good {
			t.Errorf("the evaluation shows %+v", view.Evaluation.Outcome)
		}
	})
}

const days = `NIP,Nama,Tanggal,Terlambat,Pulang Cepat,Keterangan,Apel
198609262015052001,Dewi,23/02/2026,12,,hadir,ya
198609262015052001,Dewi,24/02/2026,0:45,,hadir,
198609262015052001,Dewi,02/03/2026,,,hadir,tidak
198609262015052001,Dewi,03/03/2026,,,hadir,
197505052000032001,Rina,2026-02-25,,,alpa,
197505052000032001,Rina,2026-03-21,,,alpa,
000000000000000000,Entah,2026-02-25,,,alpa,
`

func TestAttendanceCutsAndAnObjectionWithdraws(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.load(Results, list)
		rep := o.load(Attendance, days)
		if rep.Rows != 7 || rep.Created != 4 || rep.Unchanged != 1 || len(rep.Rejected) != 2 {
			t.Fatalf("%+v", rep)
		}
		if again := o.load(Attendance, days); again.Created+again.Updated != 0 || again.Unchanged != 5 {
			t.Errorf("loaded twice: %+v", again)
		}
		// 40 % of class 8's 11,100,000: 0.5 % + 1 % + 2 % of 4,440,000.
		dewi := appraisaltest.As("dewi")
		p, err := o.svc.Own(t.Context(), dewi, march)
		o.Must(err)
		if p.Ceiling != 11_100_000 || p.Cuts != 155_400 || !p.Own || !p.Object {
			t.Fatalf("%+v", p.Row)
		}
		if len(p.Changes) != 1 || p.Changes[0] != (Change{WithoutCuts, 11_100_000}) {
			t.Errorf("what would change it: %+v", p.Changes)
		}
		o.objection()
		p, err = o.svc.Own(t.Context(), dewi, march)
		o.Must(err)
		if p.Cuts != 66_600 || p.Withdrawn != 1 || p.Row.Objections != 0 || p.Gross != p.Pay.Gross || p.Objections[0].State != Undone {
			t.Errorf("after the decision: %+v", p.Row)
		}
		// The file still says it: the withdrawal stays.
		o.load(Attendance, strings.Replace(days, "23/02/2026,12", "23/02/2026,13", 1))
		if r := o.row("dewi"); r.Cuts != 66_600 || r.Withdrawn != 1 {
			t.Errorf("after another list: %+v", r)
		}
	})
}

// objection plays an objection against a missed assembly.
func (o office) objection() {
	t, dewi := o.T, appraisaltest.As("dewi")
	t.Helper()
	cut := "tidak_apel/2026-03-02"
	if err := o.svc.Object(t.Context(), dewi, march, "tidak_apel/2026-03-09", "Surat tugas"); !fault.Is(err, fault.Invalid) {
		t.Errorf("against no cut: %v", err)
	}
	if err := o.svc.Object(t.Context(), dewi, march, cut, " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := o.svc.Object(t.Context(), appraisaltest.As("rina"), march, cut, "x"); !fault.Is(err, fault.Invalid) {
		t.Errorf("against somebody else's: %v", err)
	}
	o.Must(o.svc.Object(t.Context(), dewi, march, cut, "Surat tugas 12/ST/2026"))
	if err := o.svc.Object(t.Context(), dewi, march, cut, "lagi"); !fault.Is(err, fault.Invalid) {
		t.Errorf("twice: %v", err)
	}
	if r := o.row("dewi"); r.Objections != 1 {
		t.Errorf("the list does not show it: %+v", r)
	}
	all, err := o.svc.Objections(t.Context(), hr, march)
	o.Must(err)
	if len(all) != 1 || all[0].Amount != -88_800 || all[0].Name != "Dewi Rahmawati" {
		t.Fatalf("%+v", all)
	}
	own := hr
	own.PersonID = "dewi"
	if err := o.svc.Decide(t.Context(), own, all[0].ID, 1, true, "ya"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("one's own: %v", err)
	}
	if err := o.svc.Decide(t.Context(), officer("capil"), all[0].ID, 1, true, "ya"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by an officer: %v", err)
	}
	o.Must(o.svc.Decide(t.Context(), hr, all[0].ID, 1, true, "Ada surat tugas"))
	if err := o.svc.Decide(t.Context(), hr, all[0].ID, 1, false, "tidak"); !fault.Is(err, fault.Conflict) {
		t.Errorf("twice: %v", err)
	}
}

func TestAMonthIsClosedAndCanBeReckonedAgain(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.load(Results, list)
		o.load(Attendance, days)
		o.Must(o.svc.Object(t.Context(), appraisaltest.As("dewi"), march, "tidak_apel/2026-03-02", "Surat tugas"))
		move := func(to MonthState, reason string) error {
			h, err := o.svc.head(t.Context(), o.DB, march)
			o.Must(err)
			return o.svc.Move(t.Context(), hr, march, h.Version, to, reason)
		}
		if err := move(Closed, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("closed unchecked: %v", err)
		}
		o.Must(move(Checked, ""))
		if err := move(Closed, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("closed with an objection: %v", err)
		}
		all, err := o.svc.Objections(t.Context(), hr, march)
		o.Must(err)
		o.Must(o.svc.Decide(t.Context(), hr, all[0].ID, 1, false, "Tidak ada surat"))
		if err := o.svc.Move(t.Context(), hr, march, 1, Closed, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("with an old version: %v", err)
		}
		o.Must(move(Closed, ""))
		o.frozen()
		check, err := o.svc.Recompute(t.Context(), hr, march)
		o.Must(err)
		if check.Rows != 10 || len(check.Different) != 0 || check.People != 3 || check.Hash == "" {
			t.Errorf("reckoned again: %+v", check)
		}
		if err := move(Checked, ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("opened without a reason: %v", err)
		}
		o.Must(move(Checked, "Daftar RSUD terlambat"))
		o.load(Results, strings.Replace(list, ";;;BELUM BUAT;SKP belum dibuat", ";SESUAI EKSPEKTASI;SESUAI EKSPEKTASI;BAIK;", 1))
		o.Must(move(Closed, ""))
		closings, err := o.svc.Closings(t.Context(), hr, march)
		o.Must(err)
		if len(closings) != 2 || closings[0].People != 4 || closings[1].People != 3 || closings[1].Reason == "" || closings[1].ReopenedAt.IsZero() {
			t.Errorf("both lists stay: %+v", closings)
		}
		o.spoilt()
	})
}

// frozen tries everything that would change a closed month.
func (o office) frozen() {
	t := o.T
	t.Helper()
	before := o.row("dewi")
	_, err := o.svc.Load(t.Context(), hr, march, Results, "x.csv", []byte(list), false)
	tries := map[string]error{"load": err}
	tries["exclude"] = o.svc.Exclude(t.Context(), hr, march, Exclusion{PersonID: "dewi", Reason: "cltn", From: "2026-01-01", Decree: "SK"})
	tries["object"] = o.svc.Object(t.Context(), appraisaltest.As("rina"), march, "tanpa_keterangan/2026-02-25", "x")
	_, err = o.svc.Remind(t.Context(), hr, march, PersonDesk, "")
	tries["remind"] = err
	for what, err := range tries {
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", what, err)
		}
	}
	o.Must(o.svc.Night(t.Context()))
	if after := o.row("dewi"); !sameRow(before, after) {
		t.Errorf("a closed month changed: %+v", after)
	}
}

// spoilt changes one byte of a closed list, and one figure.
func (o office) spoilt() {
	t := o.T
	t.Helper()
	body, err := db.One(t.Context(), o.DB, `SELECT body FROM monthclose_closing WHERE month = $1 AND number = 2`, db.Value[[]byte], string(march))
	o.Must(err)
	body[len(body)/2] ^= 1
	o.Must(o.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `UPDATE monthclose_closing SET body = $1 WHERE month = $2 AND number = 2`, body, string(march))
		return err
	}))
	if _, err := o.svc.Recompute(t.Context(), hr, march); err == nil {
		t.Error("a changed byte is not noticed")
	}
}

func TestExclusions(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.load(Results, list)
		e := Exclusion{PersonID: "arif", Reason: "tugas_belajar", From: "2026-02-01", Decree: "SK 12/2026"}
		o.Must(o.svc.Exclude(t.Context(), hr, march, e))
		if r := o.row("arif"); r.State != Excluded || r.Net != 0 || r.Desk != NoDesk {
			t.Errorf("%+v", r)
		}
		all, err := o.svc.ExclusionsOf(t.Context(), hr, march, "arif")
		o.Must(err)
		e = all[0]
		e.To = "2026-03-01"
		o.Must(o.svc.Exclude(t.Context(), hr, march, e))
		if r := o.row("arif"); r.State != Late {
			t.Errorf("after it ended: %+v", r)
		}
		if err := o.svc.Exclude(t.Context(), hr, march, e); !fault.Is(err, fault.Conflict) {
			t.Errorf("with an old version: %v", err)
		}
		for field, bad := range map[string]Exclusion{
			"reason": {PersonID: "arif", Reason: "malas", From: "2026-02-01", Decree: "SK"},
			"from":   {PersonID: "arif", Reason: "cltn", From: "kemarin", Decree: "SK"},
			"to":     {PersonID: "arif", Reason: "cltn", From: "2026-02-02", To: "2026-02-01", Decree: "SK"},
			"decree": {PersonID: "arif", Reason: "cltn", From: "2026-02-02"},
		} {
			if err := o.svc.Exclude(t.Context(), hr, march, bad); !fault.Is(err, fault.Invalid) || !names(err, field) {
				t.Errorf("%s: %v", field, err)
			}
		}
		// The legal status of the roster leaves out by itself.
		o.Must(o.DB.Tx(t.Context(), func(tx *db.Tx) error {
			p, err := o.Org.Person(t.Context(), tx, "lia", "2026-03-16")
			if err != nil {
				return err
			}
			p.LegalStatus = "cltn"
			_, err = o.Org.PutPeople(t.Context(), tx, "2026-03-01", []org.Person{p})
			return err
		}))
		_, err = o.svc.Open(t.Context(), hr, march)
		o.Must(err)
		if r := o.row("lia"); r.State != Excluded || r.Excluded != "cltn" {
			t.Errorf("on unpaid leave: %+v", r)
		}
	})
}

func TestWhoMaySeeAndDo(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.load(Results, list)
		l, err := o.svc.People(t.Context(), officer("capil"), march, Query{})
		o.Must(err)
		if l.Total != 4 || l.Ready != 3 {
			t.Errorf("an officer sees %d people", l.Total)
		}
		if _, err := o.svc.Person(t.Context(), officer("capil"), march, "yusuf"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("of another office: %v", err)
		}
		staff := appraisaltest.As("arif")
		for _, actor := range []account.Actor{staff, {ID: "acc-s", Grants: []account.Grant{{Role: account.SysAdmin}}}} {
			for what, err := range o.attempts(actor) {
				if !fault.Is(err, fault.Forbidden) {
					t.Errorf("%s by %s: %v", what, actor.ID, err)
				}
			}
		}
		for what, err := range o.attempts(officer("capil")) {
			if reads := slices.Contains([]string{"overview", "people", "list"}, what); reads != (err == nil) {
				t.Errorf("%s by an officer: %v", what, err)
			}
		}
		for _, role := range []account.Role{account.Auditor, account.Leader} {
			for what, err := range o.attempts(account.Actor{ID: "acc-r", Grants: []account.Grant{{Role: role}}}) {
				reads := slices.Contains([]string{"overview", "people", "list", "recompute"}, what)
				if reads == fault.Is(err, fault.Forbidden) {
					t.Errorf("%s by a %s: %v", what, role, err)
				}
			}
		}
		for what, err := range o.attempts(account.Actor{}) {
			if !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("%s by nobody: %v", what, err)
			}
		}
		p, err := o.svc.Own(t.Context(), staff, march)
		if err != nil || p.PersonID != "arif" || p.Decide {
			t.Errorf("one's own: %+v %v", p, err)
		}
		if _, err := o.svc.Own(t.Context(), hr, march); !fault.Is(err, fault.NotFound) {
			t.Errorf("who is nobody of the roster: %v", err)
		}
	})
}

// attempts tries everything HR does as somebody else.
func (o office) attempts(actor account.Actor) map[string]error {
	ctx := context.WithoutCancel(o.T.Context())
	all := map[string]error{}
	note := func(what string, err error) { all[what] = err }
	_, err := o.svc.Overview(ctx, actor, march)
	note("overview", err)
	_, err = o.svc.People(ctx, actor, march, Query{})
	note("people", err)
	_, err = o.svc.ListPDF(ctx, actor, march, "")
	note("list", err)
	_, err = o.svc.Open(ctx, actor, march)
	note("open", err)
	_, err = o.svc.Load(ctx, actor, march, Results, "x", []byte(list), true)
	note("load", err)
	_, err = o.svc.Unmatched(ctx, actor, march)
	note("unmatched", err)
	note("mend", o.svc.Mend(ctx, actor, march, "x", "dewi"))
	note("drop", o.svc.Drop(ctx, actor, march, "x"))
	note("exclude", o.svc.Exclude(ctx, actor, march, Exclusion{PersonID: "dewi"}))
	note("move", o.svc.Move(ctx, actor, march, 1, Checked, ""))
	note("decide", o.svc.Decide(ctx, actor, "x", 1, true, "x"))
	_, err = o.svc.Recompute(ctx, actor, march)
	note("recompute", err)
	return all
}

func TestRemindersLieOnDesksAndGoAway(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.load(Results, list)
		inbox := task.NewInbox(o.DB, o.Org, o.Org)
		waiting := func(person string) int {
			all, err := inbox.Waiting(t.Context(), appraisaltest.As(person), task.Filter{Kind: kindLate})
			o.Must(err)
			return len(all)
		}
		for range 2 {
			done, err := o.svc.Remind(t.Context(), hr, march, SuperiorDesk, "")
			o.Must(err)
			if done != (Reminded{1, 1}) {
				t.Errorf("%+v", done)
			}
		}
		done, err := o.svc.Remind(t.Context(), hr, march, PersonDesk, "rsud")
		o.Must(err)
		if done != (Reminded{1, 1}) || waiting("rina") != 1 || waiting("yusuf") != 1 || waiting("arif") != 0 {
			t.Errorf("%+v: rina %d, yusuf %d", done, waiting("rina"), waiting("yusuf"))
		}
		o.load(Results, strings.Replace(list, ";BELUM BUAT;BELUM BUAT;BELUM BUAT;", ";SESUAI EKSPEKTASI;SESUAI EKSPEKTASI;BAIK;", 1))
		if waiting("rina") != 0 || waiting("yusuf") != 1 {
			t.Errorf("after the rating: rina %d, yusuf %d", waiting("rina"), waiting("yusuf"))
		}
	})
}

func TestATrialWritesNothing(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		rep, err := o.svc.Load(t.Context(), hr, march, Results, "x.csv", []byte(list), true)
		o.Must(err)
		if rep.Created != 6 {
			t.Errorf("%+v", rep)
		}
		if _, err := o.svc.Overview(t.Context(), hr, march); !fault.Is(err, fault.NotFound) {
			t.Errorf("a trial opened the month: %v", err)
		}
	})
}

func TestListsAsFiles(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.load(Results, list)
		o.load(Attendance, days)
		for _, office := range []string{"", "capil"} {
			body, err := o.svc.ListPDF(t.Context(), hr, march, office)
			if err != nil || !bytes.HasPrefix(body, []byte("%PDF-")) {
				t.Errorf("office %q: %d bytes, %v", office, len(body), err)
			}
		}
		if _, err := o.svc.ListPDF(t.Context(), officer("capil"), march, "rsud"); !fault.Is(err, fault.NotFound) {
			t.Errorf("another office's list: %v", err)
		}
		if body, err := o.svc.SlipPDF(t.Context(), appraisaltest.As("dewi"), march, "dewi"); err != nil || !bytes.HasPrefix(body, []byte("%PDF-")) {
			t.Errorf("slip: %v", err)
		}
		doc, err := o.svc.Sheet(t.Context(), hr, march, Query{}, func(key string) string { return key })
		o.Must(err)
		var file bytes.Buffer
		o.Must(sheet.Write(&file, sheet.XLSX, doc))
		rep, err := o.svc.Load(t.Context(), hr, march, Results, "kembali.xlsx", file.Bytes(), true)
		o.Must(err)
		if rep.Rows != 10 || len(rep.Rejected) != 0 {
			t.Errorf("the list cannot be loaded back: %+v", rep)
		}
	})
}

func TestEverythingThatCountsIsInTheRecord(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.load(Results, list)
		o.load(Attendance, days)
		o.objection()
		h, err := o.svc.head(t.Context(), o.DB, march)
		o.Must(err)
		o.Must(o.svc.Move(t.Context(), hr, march, h.Version, Checked, ""))
		o.Must(o.svc.Move(t.Context(), hr, march, h.Version+1, Closed, ""))
		var kinds []string
		objection, err := db.One(t.Context(), o.DB, `SELECT id FROM monthclose_objection`, db.Value[string])
		o.Must(err)
		for _, subject := range []string{"month:" + string(march), objectionSubject(objection)} {
			entries, err := ledger.Of(t.Context(), o.DB, subject)
			o.Must(err)
			for _, e := range entries {
				kinds = append(kinds, e.Kind)
			}
		}
		for _, want := range []string{"monthclose.opened", "monthclose.loaded", "monthclose.objected", "monthclose.decided", "monthclose.moved", "monthclose.closed"} {
			if !slices.Contains(kinds, want) {
				t.Errorf("%s is not in the record: %v", want, kinds)
			}
		}
	})
}
