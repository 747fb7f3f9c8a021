package participation

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

func (h *house) importText(t testing.TB, s Service, w *Wave, stratum Stratum, text string) (ImportReport, error) {
	t.Helper()
	return h.ImportAnswers(t.Context(), officer, Import{File: strings.NewReader(text), Size: int64(len(text)), Service: s, Wave: w, Stratum: stratum})
}

const head = "requirements,procedure,time,cost,product,competence,behaviour,complaints,facilities"

func TestImportingTwiceChangesNothing(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, w := h.ktp(t)
		text := "Jenis Kelamin,Umur," + head + ",Saran\nP,34,3,4,3,4,3,3,4,3,3,Antre lama\nL,1121212,3,4,3,4,3,3,4,3,3,\nP,34,3,4,3,4,3,3,4,3,3,Antre lama\n" +
			"P,20,3,4,5,4,3,3,4,3,3,\nP,20,3,4,x,4,3,3,4,3,3,\nP,20,,,,,,,,,,\nP,20,3,,3,4,3,3,4,3,3,\n"
		r, err := h.importText(t, s, &w, Paper, text)
		if err != nil {
			t.Fatal(err)
		}
		if r.Rows != 7 || r.Created != 4 || len(r.Rejected) != 3 || r.Rows != r.Created+r.Updated+r.Unchanged+len(r.Rejected) {
			t.Fatalf("%+v", r)
		}
		if got := fmt.Sprint(r.Rejected[0]); got != "{5 time 5 survey.one_to_four}" {
			t.Errorf("first rejected: %s", got)
		}
		if fmt.Sprint(r.Warnings) != "[{age 1}]" {
			t.Errorf("warnings: %v", r.Warnings)
		}
		r, err = h.importText(t, s, &w, Paper, text)
		if err != nil || r.Created != 0 || r.Unchanged != 4 {
			t.Fatalf("the second time: %+v %v", r, err)
		}
		_, w, err = h.Wave(t.Context(), w.ID)
		if err != nil || w.Answers != 4 {
			t.Fatalf("%d answers, %v", w.Answers, err)
		}
		list, err := answers(t.Context(), h.db, w.ID)
		if err != nil {
			t.Fatal(err)
		}
		sexes := map[string]int{}
		for _, a := range list {
			sexes[a.Profile.Sex+a.Profile.Age+string(a.Stratum)]++
		}
		if sexes["f30-44paper"] != 2 || sexes["mpaper"] != 1 {
			t.Errorf("profiles: %v", sexes)
		}
	})
}

func TestImportsThatCannotBe(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, w := h.ktp(t)
		_, err := h.importText(t, s, &w, Paper, "name,answer\nA,3\n")
		wantKind(t, "a file without elements", err, fault.Invalid)
		_, err = h.importText(t, s, &w, Paper, "time,cost\n3,4\n")
		wantKind(t, "a file that lacks elements of the wave", err, fault.Invalid)
		_, err = h.importText(t, s, &w, Open, head+"\n3,3,3,3,3,3,3,3,3\n")
		wantKind(t, "a file of open answers", err, fault.Invalid)
		_, err = h.ImportAnswers(t.Context(), stranger, Import{File: strings.NewReader(head), Size: int64(len(head)), Service: s, Wave: &w, Stratum: Paper})
		wantKind(t, "another unit", err, fault.Forbidden)
		text := head + "\n3,3,3,3,3,3,3,3,3\n"
		r, err := h.ImportAnswers(t.Context(), officer, Import{File: strings.NewReader(text), Size: int64(len(text)), Service: s, Wave: &w, Stratum: Paper, DryRun: true})
		if err != nil || r.Created != 1 {
			t.Fatalf("%+v %v", r, err)
		}
		if _, w, err = h.Wave(t.Context(), w.ID); err != nil || w.Answers != 0 {
			t.Errorf("a dry run stored %d answers, %v", w.Answers, err)
		}
		h.closed(t, w)
		_, err = h.importText(t, s, &w, Paper, text)
		wantKind(t, "a closed wave", err, fault.Conflict)
	})
}

// A file with years and quarters makes its own waves.
func TestAFileOfYearsBecomesWaves(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, err := h.SaveService(t.Context(), officer, Service{Code: "izin", UnitID: "disduk", Name: "Izin usaha"})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		b.WriteString("tahun;triwulan;" + strings.ReplaceAll(strings.Replace(head, "facilities", "charter", 1), ",", ";") + "\n")
		for i := range 40 {
			fmt.Fprintf(&b, "2020;%d;3;3;3;4;3;3;3;%d;3\n", 3+i%2, 1+i%4)
		}
		b.WriteString("2020;9;3;3;3;4;3;3;3;3;3\n")
		r, err := h.importText(t, s, nil, Imported, b.String())
		if err != nil || r.Created != 40 || len(r.Waves) != 2 || len(r.Rejected) != 1 {
			t.Fatalf("%+v %v", r, err)
		}
		if w := r.Waves[0]; w.Name != "Triwulan III 2020" || w.Answers != 20 || w.StateOn(h.day) != Ended {
			t.Errorf("first wave: %+v", w)
		}
		r, err = h.importText(t, s, nil, Imported, b.String())
		if err != nil || r.Created != 0 || r.Unchanged != 40 || len(r.Waves) != 2 {
			t.Fatalf("the second time: %+v %v", r, err)
		}
		if err := h.Night(t.Context()); err != nil {
			t.Fatal(err)
		}
		p, err := h.Publish(t.Context(), officer, r.Waves[0].ID, "")
		if err != nil || p.Result.Index == "" || p.Result.Elements[8].Key != "charter" && p.Result.Elements[7].Key != "charter" {
			t.Fatalf("%+v %v", p.Result, err)
		}
	})
}

// The whole of a real file, where it is at hand: every quarter's index is the
// one `gurindam skm` computes from the file.
func TestRealAnswersRunFromFileToIndex(t *testing.T) {
	dir := os.Getenv("GURINDAM_DATA")
	if dir == "" {
		t.Skip("GURINDAM_DATA names no directory with real answers")
	}
	name := filepath.Join(dir, "survey", "skm-pulang-pisau-2018-2021.csv")
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	repotest.EachDB(t, tables, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		s, err := h.SaveService(t.Context(), officer, Service{Code: "izin", UnitID: "disduk", Name: "Perizinan"})
		if err != nil {
			t.Fatal(err)
		}
		r, err := h.ImportAnswers(t.Context(), officer, Import{File: f, Size: info.Size(), Service: s, Stratum: Imported})
		if err != nil || r.Created != 953 || len(r.Rejected) != 0 {
			t.Fatalf("%d created, %v rejected, %v", r.Created, r.Rejected, err)
		}
		if err := h.Night(t.Context()); err != nil {
			t.Fatal(err)
		}
		y, err := h.yard(t.Context(), h.day)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range r.Waves {
			h.sameAsFile(t, y, name, w)
		}
	})
}

func (h *house) sameAsFile(t *testing.T, y yard, name string, w Wave) {
	t.Helper()
	p, err := h.Publish(t.Context(), officer, w.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	part := []string{lines[0]}
	quarter := (int(w.OpensOn[6]-'0')+10*int(w.OpensOn[5]-'0')-1)/3 + 1
	for _, l := range lines[1:] {
		if strings.HasPrefix(l, fmt.Sprintf("%s,%d,", w.OpensOn[:4], quarter)) {
			part = append(part, l)
		}
	}
	file := filepath.Join(t.TempDir(), "quarter.csv")
	if err := os.WriteFile(file, []byte(strings.Join(part, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := y.skm.ReadSurvey(file, "")
	if err != nil {
		t.Fatal(err)
	}
	scored, _, err := y.skm.Score("exact", read.Sums, read.Respondents)
	if err != nil {
		t.Fatal(err)
	}
	if int(read.Respondents) < y.minimum.Index {
		if p.Result.Index != "" {
			t.Errorf("%s: an index out of %d answers", w.Name, read.Respondents)
		}
		return
	}
	if scored.Index.String() != p.Result.Index || scored.Grade != p.Result.Grade || int(read.Respondents) != p.Result.Answers {
		t.Errorf("%s: file %s %s, published %s %s", w.Name, scored.Index, scored.Grade, p.Result.Index, p.Result.Grade)
	}
	t.Logf("%s: %d answers, %s %s (%s to %s), with 0.11 %v", w.Name, p.Result.Answers, p.Result.Index, p.Result.Grade, p.Result.Lo, p.Result.Hi, p.Result.Printed)
}
