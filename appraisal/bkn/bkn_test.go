package bkn

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
)

type world struct {
	*appraisaltest.City
	bkn *Service
}

func eachWorld(t *testing.T, fn func(t *testing.T, w world)) {
	t.Helper()
	repotest.EachDB(t, appraisaltest.Migrations(Migrations()), func(t *testing.T, d *db.DB) { fn(t, newWorld(t, d)) })
}

func newWorld(t *testing.T, d *db.DB) world {
	c := appraisaltest.New(t, d)
	svc, err := New(Config{DB: d, Access: c.Access, Appraisal: c.Service, People: c.Org, Now: c.Now})
	c.Must(err)
	return world{c, svc}
}

func (w world) load(all ...Record) {
	w.T.Helper()
	reads := make([]Read, len(all))
	for i, r := range all {
		reads[i] = Read{Row: i + 1, Record: r}
	}
	rep, err := w.bkn.Import(w.T.Context(), appraisaltest.HR(), reads, false)
	w.Must(err)
	if len(rep.Rejected) > 0 || !rep.Whole() {
		w.T.Fatalf("rejected: %+v", rep)
	}
}

func (w world) export(window string) Export {
	w.T.Helper()
	win, err := appraisal.ParseWindow(window)
	w.Must(err)
	e, err := w.bkn.Export(w.T.Context(), appraisaltest.HR(), Query{Window: win})
	w.Must(err)
	return e
}

func marchOf(person string) Record {
	return Record{
		Kind: Periodic, ID: "rw-" + person, Person: "PNS-" + person, Year: 2026, Results: 2, Conduct: 1, Quadrant: 2, Periodic: "1",
		StartMonth: 2, EndMonth: 2, StartYear: 2026, EndYear: 2026, Coefficient: "12",
		Rater:     Rater{Name: "Rina Marlina", NIP: "197505052000032001", Rank: "33", Post: "Kepala Bidang Pendaftaran", Unit: "Bidang Pendaftaran", Status: "ASN"},
		Documents: []Document{{ID: "1179", Name: "Dok Evaluasi", URI: "peremajaan/a.pdf", Object: "o", Slug: "s"}},
	}
}

func TestWhatSIASNHoldsComesOutAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		w.load(marchOf("dewi"), marchOf("arif"))
		e := w.export("2026-02")
		if len(e.Rows) != 2 || e.Kind != Periodic {
			t.Fatalf("rows: %+v", e.Rows)
		}
		for _, r := range e.Rows {
			want, _ := json.Marshal(marchOf(r.Record.Person[4:]))
			got, _ := json.Marshal(r.Record)
			if string(got) != string(want) {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		}
		l, err := w.List(t.Context(), appraisaltest.HR(), appraisal.ListQuery{Window: appraisal.Window{Year: 2026, Kind: appraisal.Month, N: 2}, Predicate: appraisal.Good})
		w.Must(err)
		if l.Total != 2 {
			t.Errorf("%d results were taken over", l.Total)
		}
	})
}

func TestImportTwiceIsImportOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		reads := []Read{{Row: 1, Record: marchOf("dewi")}}
		dry, err := w.bkn.Import(t.Context(), appraisaltest.HR(), reads, true)
		w.Must(err)
		if dry.Created != 1 || len(w.export("2026-02").Rows) != 0 {
			t.Fatalf("a trial wrote something: %+v", dry)
		}
		w.load(marchOf("dewi"))
		rep, err := w.bkn.Import(t.Context(), appraisaltest.HR(), reads, false)
		w.Must(err)
		if rep.Unchanged != 1 || rep.Created+rep.Updated != 0 {
			t.Fatalf("again: %+v", rep)
		}
	})
}

// Whatever records people have, they come out of the database as they went in.
func TestRoundTripLosesNothing(t *testing.T) {
	people := []string{"nurhayati", "rina", "dewi", "arif", "yusuf", "lia", "budi"}
	eachWorld(t, func(t *testing.T, w world) {
		for round := range 3 {
			for month := 1; month <= 12; month += 5 {
				want := map[string]string{}
				var all []Record
				for i, p := range people {
					r := records(p, month).Example(100*round + 10*month + i)
					body, err := json.Marshal(r)
					w.Must(err)
					want[r.Person] = string(body)
					all = append(all, r)
				}
				w.load(all...)
				e := w.export(appraisal.Window{Year: 2026, Kind: appraisal.Month, N: month}.Code())
				if len(e.Rows) != len(want) {
					t.Fatalf("%d records, want %d; %+v", len(e.Rows), len(want), e.Missing)
				}
				for _, r := range e.Records() {
					if got, _ := json.Marshal(r); string(got) != want[r.Person] {
						t.Fatalf("got  %s\nwant %s", got, want[r.Person])
					}
				}
			}
		}
	})
}

// JSON and the workbook hold every record whole.
func TestFilesHoldEverything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := rapid.SliceOfN(records("dewi", 2), 1, 3).Draw(rt, "records")
		rows := make([]Row, len(want))
		for i, r := range want {
			rows[i].Record = r
		}
		var js, xl, cs bytes.Buffer
		for _, err := range []error{WriteJSON(&js, want), WriteSheet(&xl, sheet.XLSX, Periodic, rows), WriteSheet(&cs, sheet.CSV, Periodic, rows)} {
			if err != nil {
				rt.Fatal(err)
			}
		}
		for _, file := range [][]byte{js.Bytes(), xl.Bytes(), cs.Bytes()} {
			back, err := ReadFile(file)
			if err != nil || len(back) != len(want) {
				rt.Fatalf("%d records, %v", len(back), err)
			}
			for i, b := range back {
				got, _ := json.Marshal(b.Record)
				exp, _ := json.Marshal(want[i])
				if b.Wrong != nil || string(got) != string(exp) {
					rt.Fatalf("%+v\ngot  %s\nwant %s", b.Wrong, got, exp)
				}
			}
		}
	})
}

func records(person string, month int) *rapid.Generator[Record] {
	return rapid.Custom(func(rt *rapid.T) Record { return drawn(rt, person, month) })
}

func drawn(rt *rapid.T, person string, month int) Record {
	word := rapid.StringMatching(`|[A-Za-z0-9&<>"'/;,=+\-]([A-Za-zé ,&<>"'/]{0,12}[A-Za-z0-9é"])?`)
	code := func(most int) int { return rapid.IntRange(1, most).Draw(rt, "code") }
	r := Record{
		Kind: Periodic, ID: word.Draw(rt, "id"), Person: "PNS-" + person, Year: 2026, Results: code(3), Conduct: code(3), Quadrant: code(5), Periodic: "1",
		StartMonth: month, EndMonth: month, StartYear: 2026, EndYear: 2026, Coefficient: word.Draw(rt, "coefficient"),
		Rater: Rater{Name: word.Draw(rt, "name"), NIP: word.Draw(rt, "nip"), Rank: word.Draw(rt, "rank"), Post: word.Draw(rt, "post"), Unit: word.Draw(rt, "unit"), Status: word.Draw(rt, "status")},
	}
	for range rapid.IntRange(0, 2).Draw(rt, "documents") {
		r.Documents = append(r.Documents, Document{word.Draw(rt, "d"), word.Draw(rt, "d"), word.Draw(rt, "d"), word.Draw(rt, "d"), word.Draw(rt, "d")})
	}
	return r
}

func TestARecordThatCannotBeIsRejectedWithItsRow(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		change := func(f func(*Record)) Record {
			r := marchOf("dewi")
			f(&r)
			return r
		}
		cases := []struct {
			key string
			r   Record
		}{
			{"bkn.wrong.person", change(func(r *Record) { r.Person = "PNS-nobody" })},
			{"bkn.wrong.part", change(func(r *Record) { r.Periodic, r.StartMonth, r.EndMonth = "2", 1, 3 })},
			{"bkn.wrong.year", change(func(r *Record) { r.Year, r.StartYear, r.EndYear = 2031, 2031, 2031 })},
			{"bkn.wrong.year", change(func(r *Record) { r.Year = 0 })},
			{"bkn.wrong.months", change(func(r *Record) { r.EndMonth = 13 })},
			{"bkn.wrong.months", change(func(r *Record) { r.StartMonth = 1 })},
			{"bkn.wrong.periodic", change(func(r *Record) { r.Periodic = "7" })},
			{"bkn.wrong.rating", change(func(r *Record) { r.Conduct = 4 })},
			{"bkn.wrong.predicate", change(func(r *Record) { r.Quadrant = 0 })},
			{"", marchOf("dewi")},
			{"bkn.wrong.twice", marchOf("dewi")},
		}
		reads := make([]Read, len(cases))
		for i, c := range cases {
			reads[i] = Read{Row: i + 1, Record: c.r}
		}
		rep, err := w.bkn.Import(t.Context(), appraisaltest.HR(), reads, false)
		w.Must(err)
		if !rep.Whole() || rep.Created != 1 || len(rep.Rejected) != len(cases)-1 {
			t.Fatalf("report: %+v", rep)
		}
		for _, x := range rep.Rejected {
			if want := cases[x.Row-1].key; x.Key != want {
				t.Errorf("row %d: %s, want %s", x.Row, x.Key, want)
			}
		}
	})
}

func TestWhoIsMissingIsListedWithWhatToDo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		e := w.export("2026")
		keys := map[string]string{}
		for _, m := range e.Missing {
			keys[m.Name] = m.Key
		}
		if len(e.Rows) != 0 || e.Refused() != 10 || keys["Dewi Rahmawati"] != "bkn.missing.elsewhere.ekinerja" || keys["Tono Wibowo"] != "bkn.missing.elsewhere.ruang_gtk" {
			t.Fatalf("missing: %+v", keys)
		}
		if e := w.export("2025"); e.Missing[0].Key != "bkn.missing.result" {
			t.Errorf("2025: %+v", e.Missing[0])
		}
	})
}

func TestOnlyThoseWhoMayExchange(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		win := appraisal.AnnualOf(2026)
		_, err := w.bkn.Export(t.Context(), appraisaltest.As("dewi"), Query{Window: win})
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("staff exports: %v", err)
		}
		officer := appraisaltest.As("arif", account.Grant{Role: account.PerformanceOfficer, Unit: "capil"})
		e, err := w.bkn.Export(t.Context(), officer, Query{Window: win})
		w.Must(err)
		if e.Refused() != 4 {
			t.Errorf("an officer of an office sees %d people", e.Refused())
		}
		if _, err := w.bkn.Import(t.Context(), officer, nil, false); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an officer imports: %v", err)
		}
	})
}

func TestWhatSIASNAnswersIsRead(t *testing.T) {
	body := `{"code":1,"data":[{"id":"r1","hasilKinerja":"SESUAI ESPEKTASI","hasilKinerjaNilai":"2","kuadranKinerja":"BAIK","KuadranKinerjaNilai":2.0,
		"namaPenilai":"RINA","nipNrpPenilai":"1975","penilaiGolonganId":"33","penilaiJabatanNm":"Kabid","penilaiUnorNm":"Bidang","perilakuKerja":"x",
		"PerilakuKerjaNilai":"1","pnsDinilaiId":"PNS-dewi","statusPenilai":"ASN","tahun":"2026","path":{"890":{"dok_id":"890","dok_nama":"a","dok_uri":"u","object":"o","slug":"s"}}}]}`
	all, err := ReadFile([]byte("\ufeff" + body))
	if err != nil {
		t.Fatal(err)
	}
	r := all[0].Record
	if r.Kind != Annual || r.Person != "PNS-dewi" || r.Results != 2 || r.Conduct != 1 || r.Quadrant != 2 || r.Rater.Post != "Kabid" || r.Documents[0].ID != "890" || r.Year != 2026 {
		t.Fatalf("%+v", r)
	}
}

// The names are those of the service itself.
func TestFieldNamesAreSIASNs(t *testing.T) {
	dir := os.Getenv("GURINDAM_DATA")
	if dir == "" {
		t.Skip("GURINDAM_DATA is not set")
	}
	raw, err := os.ReadFile(dir + "/siasn/request-bodies.json")
	if err != nil {
		t.Fatal(err)
	}
	var bodies map[string]map[string]any
	if err := json.Unmarshal(raw, &bodies); err != nil {
		t.Fatal(err)
	}
	for _, k := range []Kind{Annual, Periodic} {
		body, _ := json.Marshal(Record{Kind: k, Documents: []Document{{}}})
		var ours map[string]any
		if err := json.Unmarshal(body, &ours); err != nil {
			t.Fatal(err)
		}
		theirs := bodies["POST /"+string(k)+"/save"]
		if len(ours) != len(theirs) || len(theirs) == 0 {
			t.Errorf("%s: %d fields, want %d", k, len(ours), len(theirs))
		}
		for name, v := range theirs {
			if _, has := ours[name]; !has {
				t.Errorf("%s lacks %s (%T)", k, name, v)
			}
		}
	}
}

func FuzzReadFile(f *testing.F) {
	f.Add([]byte(`[{"tahun":2026}]`))
	f.Add([]byte(`{"data":{"path":[1]}}`))
	f.Add([]byte("nip,id,tahun,path\n1,2,3,[\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		all, err := ReadFile(body)
		for _, r := range all {
			if r.Wrong != nil && r.Wrong.Key == "" {
				t.Error("a wrong record without a reason")
			}
		}
		if err == nil && len(all) == 0 && strings.HasPrefix(string(body), "[") {
			t.Error("no record and no error")
		}
	})
}
