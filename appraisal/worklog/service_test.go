package worklog

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/repotest"
)

type world struct {
	*appraisaltest.City
	log *Service
}

func eachWorld(t *testing.T, fn func(t *testing.T, w world)) {
	t.Helper()
	repotest.EachDB(t, appraisaltest.Migrations(Migrations()), func(t *testing.T, d *db.DB) {
		c := appraisaltest.New(t, d)
		fn(t, world{c, New(Config{DB: d, Access: c.Access, Appraisal: c.Service, People: c.Org, Now: c.Now, Site: "https://kota", Agency: "Pemerintah Kota"})})
	})
}

// planned gives somebody the plan that e-Kinerja holds.
func (w world) planned(person string) appraisal.Part {
	w.T.Helper()
	p := w.Part(person, 2026)
	plan := &appraisal.Content{Approach: appraisal.Quantitative, Results: []appraisal.Result{
		{Kind: appraisal.Main, Text: "Pasien mendapat pelayanan yang aman", Indicators: []appraisal.Indicator{{Text: "Asuhan pasien sesuai standar"}}, Steps: []appraisal.Step{{Text: "Mencatat waktu tunggu pasien"}}},
		{Kind: appraisal.Main, Text: "Catatan medis lengkap"},
	}}
	w.Must(w.DB.Tx(w.T.Context(), func(tx *db.Tx) error {
		_, err := w.TakeOver(w.T.Context(), tx, appraisaltest.HR(), []appraisal.Elsewhere{{Part: p, Plan: plan}})
		return err
	}))
	return p
}

const pasted = "9/3 07.00-14.00 Asuhan pasien ruang Melati 14 pasien\n10/3 Melengkapi catatan medis 12 berkas\n10/3 Rapat koordinasi\n10/3 Rapat koordinasi\n31/3 Belum terjadi\n"

func TestALogIsLoadedOnceAndTied(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		p, lia := w.planned("lia"), appraisaltest.As("lia")
		rep, err := w.log.Import(t.Context(), lia, p.ID, ReadText(pasted, "2026-03-16"))
		w.Must(err)
		if rep.Rows != 5 || rep.Created != 4 || len(rep.Rejected) != 1 || rep.Rejected[0].Key != "worklog.wrong.future" || !rep.Whole() {
			t.Fatalf("%+v", rep)
		}
		again, err := w.log.Import(t.Context(), lia, p.ID, ReadText(pasted, "2026-03-16"))
		w.Must(err)
		if again.Created != 0 || again.Unchanged != 4 {
			t.Fatalf("again: %+v", again)
		}
		l, err := w.log.Log(t.Context(), lia, p.ID, "2026-03-09", "2026-03-15")
		w.Must(err)
		if len(l.Entries) != 4 || l.Entries[0].State != Proposed || l.Entries[0].Link.Result != l.Targets[0].Link.Result || l.Entries[2].State != Untied {
			t.Fatalf("%+v", l.Entries)
		}
		n, err := w.log.Accept(t.Context(), lia, p.ID, "2026-03-01", "2026-03-31")
		w.Must(err)
		if n != 2 {
			t.Fatalf("%d accepted", n)
		}
		if r := Recount(l); r.Entries != 4 || r.Minutes != 420 || r.Days != 2 || len(r.Results) != 3 || r.Results[2].Entries != 2 {
			t.Fatalf("%+v", r)
		}
	})
}

func TestAnEntryIsTypedChangedAndRemoved(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		p, lia := w.planned("lia"), appraisaltest.As("lia")
		e, err := w.log.Save(t.Context(), lia, Entry{PartID: p.ID, Day: "2026-03-16", Text: "Rapat"})
		w.Must(err)
		twin, err := w.log.Save(t.Context(), lia, Entry{PartID: p.ID, Day: "2026-03-16", Text: "Rapat"})
		w.Must(err)
		if twin.ID == e.ID {
			t.Fatal("what is typed twice was done twice")
		}
		e.Version, e.Output = 1, "1 notula"
		e, err = w.log.Save(t.Context(), lia, e)
		w.Must(err)
		stale := e
		stale.Version = 1
		if _, err := w.log.Save(t.Context(), lia, stale); !fault.Is(err, fault.Conflict) {
			t.Fatalf("stale: %v", err)
		}
		w.Must(w.log.Remove(t.Context(), lia, p.ID, e.ID, e.Version))
		l, err := w.log.Log(t.Context(), lia, p.ID, "2026-03-16", "2026-03-16")
		w.Must(err)
		if len(l.Entries) != 1 || l.Entries[0].ID != twin.ID {
			t.Fatalf("%+v", l.Entries)
		}
		for _, bad := range []Entry{
			{Day: "2026-03-16"},
			{Day: "2026-03-17", Text: "x"},
			{Day: "x", Text: "x"},
			{Day: "2025-12-31", Text: "x"},
			{Day: "2026-03-16", Text: "x", Starts: "25:00"},
			{Day: "2026-03-16", Text: "x", URL: "javascript:x"},
		} {
			bad.PartID = p.ID
			if _, err := w.log.Save(t.Context(), lia, bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
	})
}

func TestOnlyThePersonWrites(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		p := w.planned("lia")
		e := Entry{PartID: p.ID, Day: "2026-03-16", Text: "Rapat"}
		for _, who := range []string{"yusuf", "budi", "dewi"} {
			if _, err := w.log.Save(t.Context(), appraisaltest.As(who), e); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: %v", who, err)
			}
		}
		if _, err := w.log.Log(t.Context(), appraisaltest.As("yusuf"), p.ID, "2026-03-01", "2026-03-31"); err != nil {
			t.Errorf("the evaluator reads: %v", err)
		}
		if _, err := w.log.Log(t.Context(), appraisaltest.As("budi"), p.ID, "2026-03-01", "2026-03-31"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a colleague reads: %v", err)
		}
	})
}

func TestAWardsRosterBecomesAWeek(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		p, lia := w.planned("lia"), appraisaltest.As("lia")
		march := appraisal.Window{Year: 2026, Kind: appraisal.Month, N: 3}
		body := "JADWAL DINAS,,,,,\nNIP,Nama,9,10,11,12\n198003032006042001,Lia,M,M,L,P\n,Budi Santoso,P,X,,\n,Siapa Ini,P,,,\n"
		rep, err := w.log.ImportRoster(t.Context(), appraisaltest.HR(), "rsud", march, []byte(body))
		w.Must(err)
		if rep.Rows != 3 || rep.Created != 1 || len(rep.Rejected) != 2 || rep.Rejected[0].Key != "worklog.wrong.shift" || rep.Rejected[1].Key != "worklog.wrong.person" {
			t.Fatalf("%+v", rep)
		}
		if _, err := w.log.ImportRoster(t.Context(), lia, "rsud", march, []byte(body)); !fault.Is(err, fault.Forbidden) {
			t.Fatalf("a nurse keeps no roster: %v", err)
		}
		from, to := Week("2026-03-11")
		l, err := w.log.Log(t.Context(), lia, p.ID, from, to)
		w.Must(err)
		if from != "2026-03-09" || to != "2026-03-15" || len(l.Roster) != 4 || l.Roster["2026-03-09"].Starts != "21:00" || !l.Roster["2026-03-11"].Off() {
			t.Fatalf("%s %+v", from, l.Roster)
		}
		codes := map[appraisal.Day]string{}
		for d, x := range l.Roster {
			codes[d] = x.Code
		}
		for _, want := range []int{3, 0} {
			rep, err := w.log.Fill(t.Context(), lia, p.ID, codes)
			w.Must(err)
			if rep.Created != want {
				t.Fatalf("%+v", rep)
			}
		}
		l, err = w.log.Log(t.Context(), lia, p.ID, from, to)
		w.Must(err)
		if len(l.Entries) != 3 || l.Entries[0].Minutes() != 600 || l.Entries[0].Link.None() {
			t.Fatalf("%+v", l.Entries)
		}
	})
}

func TestCopyingFollowsTheOtherApplicationsOrder(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		p, lia := w.planned("lia"), appraisaltest.As("lia")
		_, err := w.log.Import(t.Context(), lia, p.ID, ReadText(pasted, "2026-03-16"))
		w.Must(err)
		l, err := w.log.Log(t.Context(), lia, p.ID, "2026-03-09", "2026-03-09")
		w.Must(err)
		march := appraisal.Window{Year: 2026, Kind: appraisal.Month, N: 3}
		first, err := w.log.Addresses(t.Context(), lia, p.ID, march)
		w.Must(err)
		again, err := w.log.Addresses(t.Context(), lia, p.ID, march)
		w.Must(err)
		address := first[l.Targets[0].Link.Result]
		if len(first) != 2 || again[l.Targets[0].Link.Result] != address || !strings.HasPrefix(address, "https://kota/bukti/") {
			t.Fatalf("%v %v", first, again)
		}
		all, err := Copy(l, first)
		w.Must(err)
		var keys []string
		for _, f := range all[0].Fields {
			keys = append(keys, f.Key+"="+f.Value)
		}
		want := "tanggal=09-03-2026|rencana_hasil_kerja=Pasien mendapat pelayanan yang aman|kegiatan=Asuhan pasien ruang Melati|mulai=07:00|selesai=14:00|output=14 pasien|bukti=" + address
		if got := strings.Join(keys, "|"); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		code := address[strings.LastIndex(address, "/")+1:]
		e, err := w.log.Behind(t.Context(), appraisaltest.As("yusuf"), strings.ToLower(code))
		w.Must(err)
		if len(e.Entries) != 1 || e.Result != "Pasien mendapat pelayanan yang aman" {
			t.Fatalf("%+v", e)
		}
		if _, err := w.log.Behind(t.Context(), appraisaltest.As("dewi"), code); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := w.log.Behind(t.Context(), lia, "AAAAA-AAAAA"); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody's: %v", err)
		}
	})
}

func TestTheRecapCanBeLoadedBack(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		b, err := i18n.NewBundle(Locale)
		w.Must(err)
		words := b.Printer(i18n.Indonesian)
		p, lia := w.planned("lia"), appraisaltest.As("lia")
		_, err = w.log.Import(t.Context(), lia, p.ID, ReadText(pasted, "2026-03-16"))
		w.Must(err)
		l, err := w.log.Log(t.Context(), lia, p.ID, "2026-03-01", "2026-03-31")
		w.Must(err)
		book, err := XLSX(l, words)
		w.Must(err)
		lines, err := ReadFile(book, 2026)
		w.Must(err)
		rep, err := w.log.Import(t.Context(), lia, p.ID, lines)
		w.Must(err)
		if rep.Rows != 4 || rep.Unchanged != 4 {
			t.Fatalf("%+v", rep)
		}
		doc, err := w.log.PDF(l, words)
		w.Must(err)
		if !bytes.HasPrefix(doc, []byte("%PDF-")) {
			t.Fatal("no PDF")
		}
	})
}
