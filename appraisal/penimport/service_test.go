package penimport

import (
	"testing"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/repotest"
)

type world struct {
	*appraisaltest.City
	pen *Service
}

var february = appraisal.Window{Year: 2026, Kind: appraisal.Month, N: 2}

func eachWorld(t *testing.T, fn func(t *testing.T, w world)) {
	t.Helper()
	repotest.EachDB(t, appraisaltest.Migrations(Migrations()), func(t *testing.T, d *db.DB) {
		c := appraisaltest.New(t, d)
		fn(t, world{c, New(Config{DB: d, Access: c.Access, Appraisal: c.Service, Books: c.Books, Now: c.Now})})
	})
}

func (w world) load(window appraisal.Window, body string) Report {
	w.T.Helper()
	f, err := w.pen.Keep(w.T.Context(), appraisaltest.HR(), window, "hasil.csv", []byte(body))
	w.Must(err)
	f, err = w.pen.Load(w.T.Context(), appraisaltest.HR(), f.ID)
	w.Must(err)
	if !f.Report.Whole() {
		w.T.Fatalf("rows are lost: %+v", f.Report)
	}
	return f.Report
}

func words(t *testing.T) *i18n.Printer {
	t.Helper()
	b, err := i18n.NewBundle(Locale)
	if err != nil {
		t.Fatal(err)
	}
	return b.Printer(i18n.Indonesian)
}

const list = "nip,nama,unit kerja,hasil kerja,perilaku,hasil akhir,nip penilai,nama penilai\n" +
	"198609262015052001,Dewi Rahmawati,Bidang Pendaftaran,Sesuai,Sesuai,Baik,197505052000032001,Rina Marlina\n" +
	"199001012020121001,Arif Setiawan,Bidang Pendaftaran,BELUM BUAT,BELUM BUAT,BELUM BUAT,197505052000032001,\n" +
	"198003032006042002,LIA KARTIKA,RSUD Kota,Di Atas,Di Atas,Sangat Baik,,\n" + // one digit off
	",Ns. Budi Santosa,RSUD Kota,Sesuai,Di Atas,Baik,,\n" + // spelt otherwise
	",Orang Lain Sekali,Kantor Lain,Sesuai,Sesuai,Baik,,\n"

func TestAListIsLoadedAndWhoIsMeantIsProposed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		rep := w.load(february, list)
		if rep.Rows != 5 || rep.Created != 1 || rep.Unchanged != 1 || rep.NotMade != 1 || rep.Unmatched != 3 || len(rep.Rejected) != 3 {
			t.Fatalf("%+v", rep)
		}
		again := w.load(february, list)
		if again.Created != 0 || again.Updated != 0 || again.Unchanged != 2 {
			t.Fatalf("again: %+v", again)
		}
		all, err := w.pen.Questions(t.Context(), appraisaltest.HR(), 2026)
		w.Must(err)
		if len(all) != 3 || all[0].PersonName == "" || all[2].Person != "" {
			t.Fatalf("questions: %+v", all)
		}
		var ids []string
		for _, q := range all {
			ids = append(ids, q.ID)
		}
		n, err := w.pen.Answer(t.Context(), appraisaltest.HR(), true, "", words(t), ids...)
		w.Must(err)
		if n != 2 {
			t.Fatalf("%d accepted", n)
		}
		l, err := w.List(t.Context(), appraisaltest.HR(), appraisal.ListQuery{Window: february, Predicate: appraisal.VeryGood})
		w.Must(err)
		if l.Total != 1 || l.Rows[0].Part.Who.PersonID != "lia" {
			t.Fatalf("lia: %+v", l.Rows)
		}
		third := w.load(february, list)
		if third.Unmatched != 1 || third.Unchanged != 4 {
			t.Fatalf("what was accepted is remembered: %+v", third)
		}
	})
}

func TestAnotherSuperiorIsProposedAndNamed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		rep := w.load(february, "nip,nama,hasil kerja,perilaku,hasil akhir,nip penilai,nama penilai\n"+
			"198609262015052001,Dewi,Sesuai,Sesuai,Baik,196901011995012001,Nurhayati Ismail\n")
		if rep.Raters != 1 || rep.Created != 1 {
			t.Fatalf("%+v", rep)
		}
		all, err := w.pen.Questions(t.Context(), appraisaltest.HR(), 2026)
		w.Must(err)
		if len(all) != 1 || all[0].Kind != RaterQuestion || all[0].Person != "nurhayati" {
			t.Fatalf("%+v", all)
		}
		_, err = w.pen.Answer(t.Context(), appraisaltest.HR(), true, "", words(t), all[0].ID)
		w.Must(err)
		if p := w.Part("dewi", 2026); p.Evaluator.PersonID != "nurhayati" || p.EvalHow != appraisal.HowNamed {
			t.Fatalf("%+v", p.Evaluator)
		}
	})
}

func TestATrialWritesNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		f, err := w.pen.Keep(t.Context(), appraisaltest.HR(), february, "a.csv", []byte(list))
		w.Must(err)
		if f.Report.Outcomes != 1 || f.Report.Unmatched != 3 {
			t.Fatalf("%+v", f.Report)
		}
		all, err := w.pen.Questions(t.Context(), appraisaltest.HR(), 2026)
		w.Must(err)
		l, err := w.List(t.Context(), appraisaltest.HR(), appraisal.ListQuery{Window: february, Predicate: appraisal.Good})
		w.Must(err)
		if len(all) != 0 || l.Total != 0 {
			t.Fatalf("%d questions, %d results", len(all), l.Total)
		}
	})
}

func TestThePrintedPlanIsShownReadOnly(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		rep := w.load(appraisal.AnnualOf(2026), printed)
		if rep.Plans != 1 || rep.Outcomes != 1 || rep.Created != 1 {
			t.Fatalf("%+v", rep)
		}
		v, err := w.Plan(t.Context(), appraisaltest.As("dewi"), w.Part("dewi", 2026).ID)
		w.Must(err)
		if v.ReadOnly == "" || v.Edit || v.Plan.State != appraisal.Approved || len(v.Plan.Results) != 3 {
			t.Fatalf("%+v", v.Plan)
		}
		again := w.load(appraisal.AnnualOf(2026), printed)
		if again.Unchanged != 1 {
			t.Fatalf("again: %+v", again)
		}
		_, err = w.pen.Keep(t.Context(), appraisaltest.HR(), appraisal.AnnualOf(2025), "a.txt", []byte(printed))
		if !fault.Is(err, fault.Invalid) {
			t.Fatalf("another year: %v", err)
		}
	})
}

func TestWhereThePenIsHereNothingIsTakenOver(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		rep := w.load(appraisal.AnnualOf(2025), list)
		if rep.Created != 0 || len(rep.Rejected) != 5 || rep.Rejected[0].Key != "penimport.wrong.here" {
			t.Fatalf("%+v", rep)
		}
	})
}

func TestASchoolsTeachersHaveNothingLeftToDo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		year := appraisal.AnnualOf(2026)
		w.load(year, "nip,nama,hasil kerja,perilaku,predikat\n198505052010011002,Tono,Sesuai,Sesuai,Baik\n198806062012022003,Wati,Sesuai,Di Atas,Baik\n")
		all, err := w.pen.Covers(t.Context(), appraisaltest.HR(), year)
		w.Must(err)
		for _, c := range all {
			if c.UnitID == "sd1" && (c.People != 3 || c.Results != 2 || c.Pen != appraisal.PenRuangGTK || c.Unit != "SD Negeri 1") {
				t.Fatalf("%+v", c)
			}
		}
		if len(all) < 3 {
			t.Fatalf("%+v", all)
		}
		if _, err := w.pen.Covers(t.Context(), appraisaltest.As("rina"), year); !fault.Is(err, fault.Forbidden) {
			t.Fatalf("a superior: %v", err)
		}
	})
}

// What was set in Ruang GTK is explained, objected to, heard and decided here,
// and its receipt says so.
func TestAnImportedResultIsObjectedToHere(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		year := appraisal.AnnualOf(2026)
		w.load(year, "nip,nama,hasil kerja,perilaku,predikat\n198505052010011002,Tono,Di Bawah,Sesuai,Butuh Perbaikan\n")
		p := w.Part("tono", 2026)
		tono, sari, above := appraisaltest.As("tono"), appraisaltest.As(p.Evaluator.PersonID), appraisaltest.As(p.Above.PersonID)
		see := func() appraisal.EvaluationView {
			v, err := w.Evaluation(t.Context(), tono, p.ID, year)
			w.Must(err)
			return v
		}
		v := see()
		if v.ReadOnly == "" || v.Explained == nil || v.Explained.Because[0].Key != "appraisal.because.elsewhere.ruang_gtk" || len(v.Acts) != 2 {
			t.Fatalf("read-only %q, acts %v, %+v", v.ReadOnly, v.Acts, v.Explained)
		}
		w.Must(w.Object(t.Context(), tono, p.ID, year, v.Evaluation.Version, "Ketuntasan kelas saya 91 persen."))
		w.Must(w.Explain(t.Context(), sari, p.ID, year, see().Evaluation.Version, "Nilainya belum masuk."))
		changed := appraisal.Ratings{Results: appraisal.Meets, Conduct: appraisal.Meets, ResultsReason: "Nilai sudah diperiksa.", ConductReason: "Tetap."}
		o, err := w.Settle(t.Context(), above, p.ID, year, see().Evaluation.Version, changed, "Ketuntasan terbukti.")
		w.Must(err)
		if o.Number != 2 || o.Predicate != appraisal.Good {
			t.Fatalf("%+v", o)
		}
		v = see()
		if len(v.Evaluation.Earlier) != 1 || v.Evaluation.Earlier[0].Predicate != appraisal.NeedsImprovement || v.Explained.Because[0].Key != "appraisal.because.elsewhere.gurindam" {
			t.Fatalf("%+v", v.Evaluation)
		}
		if rep := w.load(year, "nip,nama,hasil kerja,perilaku,predikat\n198505052010011002,Tono,Di Bawah,Sesuai,Kurang\n"); rep.Held != 1 {
			t.Fatalf("a decided objection was overwritten: %+v", rep)
		}
	})
}

// A school's page: who is settled, which rows are to be looked at, and a row
// mended by number. The head reads it and decides nothing.
func TestASchoolsPageIsMendedByNumber(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		year := appraisal.AnnualOf(2026)
		w.load(year, "nip,nama,unit kerja,rhk,aspek,iki,target,satuan\n,WATI PANGGABEAN,SD Negeri 1,Siswa tuntas,Kualitas,Ketuntasan,85,%\n")
		w.load(year, "nip,nama,unit kerja,hasil kerja,perilaku,predikat\n198505052010011002,Tono,SD Negeri 1,Sesuai,Sesuai,Baik\n,WATI PANGGABEAN,SD Negeri 1,Sesuai,Di Atas,Baik\n")
		see := func(as account.Actor) UnitView {
			v, err := w.pen.Unit(t.Context(), as, appraisal.ListQuery{Window: year, Unit: "sd1", Size: 50})
			w.Must(err)
			return v
		}
		v := see(appraisaltest.HR())
		if v.Unit != "SD Negeri 1" || v.People != 3 || v.Done != 1 || len(v.Questions) != 1 || !v.Decide || len(v.Rows) != 3 {
			t.Fatalf("%+v", v)
		}
		if head := see(appraisaltest.As("sari")); head.Decide || head.Done != 1 || len(head.Questions) != 1 {
			t.Fatalf("the head: %+v", head)
		}
		if _, err := w.pen.Unit(t.Context(), appraisaltest.As("dewi"), appraisal.ListQuery{Window: year, Unit: "sd1"}); !fault.Is(err, fault.Forbidden) {
			t.Fatalf("somebody else: %v", err)
		}
		id := v.Questions[0].ID
		for number, want := range map[string]fault.Kind{"123": fault.Invalid, "198505052010011002": fault.Invalid} {
			if err := w.pen.AnswerNIP(t.Context(), appraisaltest.HR(), id, number, words(t)); !fault.Is(err, want) {
				t.Fatalf("%s: %v", number, err)
			}
		}
		w.Must(w.pen.AnswerNIP(t.Context(), appraisaltest.HR(), id, "198806062012022003", words(t)))
		if v = see(appraisaltest.HR()); v.Done != 2 || len(v.Questions) != 0 {
			t.Fatalf("%+v", v)
		}
		wati := w.Part("wati", 2026)
		plan, err := w.Plan(t.Context(), appraisaltest.As("wati"), wati.ID)
		w.Must(err)
		from, err := w.pen.Sources(t.Context(), wati.ID)
		w.Must(err)
		if len(plan.Plan.Results) != 1 || len(from) != 1 || from[0].File != "hasil.csv" {
			t.Fatalf("the plan of the first file and the result of the second: %+v, %+v", plan.Plan, from)
		}
	})
}
