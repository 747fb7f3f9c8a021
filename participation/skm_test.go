package participation

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

func skmRule(t testing.TB) SKMRule {
	t.Helper()
	l, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.At("2026-11-23", "")
	if err != nil {
		t.Fatal(err)
	}
	r, err := rulebook.Load[SKMRule](b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// drawAnswers draws a survey in which every element was answered at least once.
func drawAnswers(t *rapid.T, elements int) [][]int64 {
	row := rapid.SliceOfN(rapid.Int64Range(0, 4), elements, elements)
	rows := rapid.SliceOfN(row, 1, 40).Draw(t, "rows")
	return append(rows, rapid.SliceOfN(rapid.Int64Range(1, 4), elements, elements).Draw(t, "full row"))
}

func sumsOf(r SKMRule, rows [][]int64) []ElementSum {
	sums := make([]ElementSum, len(rows[0]))
	for i := range sums {
		sums[i].Key = r.Elements[i]
	}
	for _, row := range rows {
		for i, answer := range row {
			if answer > 0 {
				sums[i].add(answer)
			}
		}
	}
	return sums
}

func TestTheOrderOfRespondentsDoesNotChangeTheIndex(t *testing.T) {
	r := skmRule(t)
	rapid.Check(t, func(t *rapid.T) {
		rows := drawAnswers(t, 9)
		method := rapid.SampledFrom(r.MethodCodes()).Draw(t, "method")
		first, because, err := r.Score(method, sumsOf(r, rows), int64(len(rows)))
		if err != nil {
			t.Fatal(err)
		}
		shuffled, _, err := r.Score(method, sumsOf(r, rapid.Permutation(rows).Draw(t, "order")), int64(len(rows)))
		if err != nil || !first.Index.Equal(shuffled.Index.Num) || first.Grade != shuffled.Grade {
			t.Fatalf("%v then %v (%v)", first, shuffled, err)
		}
		twice, _, _ := r.Score(method, sumsOf(r, append(rows, rows...)), int64(2*len(rows)))
		if !twice.Index.Equal(first.Index.Num) {
			t.Fatalf("everybody twice: %s instead of %s", twice.Index, first.Index)
		}
		if len(because) != 13 || because[11].Value.(rulebook.Figure).String() != first.Index.String() {
			t.Fatalf("explained as %v", because)
		}
	})
}

func TestTheExactIndexIsTheMeanOfTheElements(t *testing.T) {
	r := skmRule(t)
	rapid.Check(t, func(t *rapid.T) {
		rows := drawAnswers(t, rapid.IntRange(1, 9).Draw(t, "elements"))
		sums := sumsOf(r, rows)
		result, _, err := r.Score("exact", sums, int64(len(rows)))
		if err != nil {
			t.Fatal(err)
		}
		var mean rulebook.Num
		for _, s := range sums {
			mean = mean.Add(rulebook.Ratio(s.Sum*25, s.Answers*int64(len(sums))))
		}
		if !mean.Round(2).Equal(result.Index.Num) || result.Index.Less(rulebook.Int(25)) || rulebook.Int(100).Less(result.Index.Num) {
			t.Fatalf("got %s, want %s", result.Index, mean)
		}
	})
}

func TestAMethodMayTurnTheGrade(t *testing.T) {
	r := skmRule(t)
	// Published indices of a real office (Pulang Pisau, third quarter of 2020
	// and 2021), made again from the sum of all answers.
	for _, c := range []struct {
		respondents, sum int64
		exact, printed   string
	}{
		{219, 6081, "77.13 B", "76.36 C"},
		{299, 9586, "89.06 A", "88.17 B"},
	} {
		sums := make([]ElementSum, 9)
		for i := range sums {
			share := (c.sum*int64(i+1))/9 - (c.sum*int64(i))/9
			sums[i] = ElementSum{r.Elements[i], share, c.respondents}
		}
		for method, want := range map[string]string{"exact": c.exact, "0.11": c.printed} {
			got, _, err := r.Score(method, sums, c.respondents)
			if err != nil || got.Index.String()+" "+got.Grade != want {
				t.Errorf("%d respondents, %s: %s %s (%v), want %s", c.respondents, method, got.Index, got.Grade, err, want)
			}
		}
	}
}

func writeSurvey(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "survey.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestASurveyFileIsReadAsOfficesSendIt(t *testing.T) {
	r := skmRule(t)
	for name, text := range map[string]string{
		"plain":           "year,time,cost,note\n2019,3,4,baik\n2019,,2,\"lama, sekali\"\n2020,4,4,\n",
		"CRLF and BOM":    "\ufeffyear;TIME;Cost;note\r\n2019;3;4;baik\r\n2019;;2;lama\r\n2020;4;4;\r\n",
		"tabs and CR":     "year\ttime\tcost\tnote\r2019\t3\t4\tbaik\r2019\t\t2\tx\r2020\t4\t4\t",
		"title, quotes":   "Survei Kepuasan Masyarakat,,,\nyear,time,cost,note\n2019,\"3\", 4 ,\"dua\nbaris\"\n2019, ,2,\n\n2020,4,4\n",
		"another order":   "cost,note,time,year\n4,baik,3,2019\n2,,,2019\n4,,4,2020\n",
		"charter ignored": "year,time,cost,charters\n2019,3,4,x\n2019,,2,\n2020,4,4,\n",
	} {
		f, err := r.ReadSurvey(writeSurvey(t, text), "YEAR")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := fmt.Sprint(f.Respondents, f.Sums, f.Groups)
		want := "3 [{time 7 2} {cost 10 3}] [{2019 2 [{time 3 1} {cost 6 2}]} {2020 1 [{time 4 1} {cost 4 1}]}]"
		if got != want || len(f.Profile) != 2 {
			t.Errorf("%s: got %s %v, want %s", name, got, f.Profile, want)
		}
	}
}

func TestAWrongSurveyFileIsRefusedWithItsRow(t *testing.T) {
	r := skmRule(t)
	for _, c := range []struct{ text, by, says string }{
		{"time,cost\n3,4\n5,4\n", "", "skm.cell 3 time 5"},
		{"time,cost\n3,4\n3,empat\n", "", "skm.cell 3 cost empat"},
		{"time,cost\n3,0\n", "", "skm.cell 2 cost 0"},
		{"time,cost\n3,3.5\n", "", "skm.cell 2 cost 3.5"},
		{"time,cost\n3,4\n3,4,4\n", "", "skm.columns 3 3 2"},
		{"time,cost,Time\n3,4,3\n", "", "skm.column_twice time"},
		{"time,cost,time\n3,4,3\n", "", "skm.column_twice time"},
		{"waktu,biaya\nx,y\n", "", "skm.no_elements"},
		{"time,cost\n", "", "skm.empty"},
		{"time,cost,who\n3,4,a\n", "year", "skm.by year"},
		{"time,cost,who\n3,4,a\n", "time", "skm.by time"},
		{"time,cost\n" + strings.Repeat("9,4\n", 30), "", "skm.more 20"},
	} {
		f, err := r.ReadSurvey(writeSurvey(t, c.text), c.by)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%.40q: got %v %v, want %s", c.text, f, err, c.says)
		}
	}
	many := "time,who\n"
	for i := range maxSurveyGroups + 1 {
		many += fmt.Sprintf("3,%d\n", i)
	}
	if _, err := r.ReadSurvey(writeSurvey(t, many), "who"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a thousand and one groups: %v", err)
	}
}

func TestTheRealSurveyOfPulangPisau(t *testing.T) {
	dir := os.Getenv("GURINDAM_DATA")
	if dir == "" {
		t.Skip("GURINDAM_DATA does not point to the real data")
	}
	r := skmRule(t)
	f, err := r.ReadSurvey(filepath.Join(dir, "survey", "skm-pulang-pisau-2018-2021.csv"), "year")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"2018": "82.78 B", "2019": "81.05 B", "2020": "78.09 B", "2021": "89.06 A"}
	for _, g := range f.Groups {
		result, _, err := r.Score("exact", g.Sums, g.Respondents)
		if err != nil || result.Index.String()+" "+result.Grade != want[g.Name] {
			t.Errorf("%s: %s %s (%v), want %s", g.Name, result.Index, result.Grade, err, want[g.Name])
		}
	}
	if f.Respondents != 953 || len(f.Groups) != len(want) || len(f.Sums) != 9 {
		t.Errorf("got %d respondents, %d years, %d elements", f.Respondents, len(f.Groups), len(f.Sums))
	}
}

// BenchmarkReadSurvey reads and scores two million answers of thirteen columns,
// 74 MB, from a file.
func BenchmarkReadSurvey(b *testing.B) {
	const respondents = 2_000_000
	r := skmRule(b)
	var text strings.Builder
	text.WriteString("date,sex,education,age," + strings.Join(r.Elements, ",") + "\n")
	for i := range respondents {
		fmt.Fprintf(&text, "2026-0%d-1%d,%s,SMA,%d", i%9+1, i%10, "LP"[i%2:i%2+1], 17+i%60)
		for e := range r.Elements {
			text.WriteByte(',')
			text.WriteByte('1' + byte((i*7+e*3+i/11)%4))
		}
		text.WriteByte('\n')
	}
	path := filepath.Join(b.TempDir(), "survey.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		f, err := r.ReadSurvey(path, "")
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := r.Score("exact", f.Sums, f.Respondents); err != nil || f.Respondents != respondents {
			b.Fatalf("%d respondents, %v", f.Respondents, err)
		}
	}
	b.ReportMetric(float64(respondents)*float64(b.N)/b.Elapsed().Seconds(), "answers/s")
}
