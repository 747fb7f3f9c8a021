package participation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/stat"
	"github.com/gurindam/gurindam/internal/token"
)

// The figures these tests log stand in docs/survey-attacks.md.

// Linking: an officer has noted in which order which slips were handed out, and
// later holds the whole database. A round is one visitor, whose answer is
// guessed; a guess by chance is right once in a wave's visitors.
const (
	linkWaves    = 25
	linkVisitors = 40
	linkRounds   = linkWaves * linkVisitors
)

// band is what chance hardly ever exceeds: the count of right guesses is nearly
// a Poisson number with one for every wave. 99 of 100 runs stay below 38; the
// test allows 43, so that it fails once in some thousand runs without reason.
func band() int { return linkWaves + int(math.Ceil(3.5*math.Sqrt(linkWaves))) }

func TestADumpCannotBeLinkedToVisitors(t *testing.T) {
	key, err := token.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	repotest.EachDB(t, tables, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		waves := h.oneDayWaves(t, key)
		// The leaking build is the one that does not rewrite: the open waves.
		leak := h.linkByOrder(t, waves)
		if leak < linkRounds*9/10 {
			t.Errorf("the attack itself is weak: %d of %d hits on rows that were not shuffled", leak, linkRounds)
		}
		for _, w := range waves {
			if err := h.CloseWave(t.Context(), officer, w.ID); err != nil {
				t.Fatal(err)
			}
		}
		hits := h.linkByOrder(t, waves)
		t.Logf("by the order of rows: %d of %d hits, chance %d, at most %d; without shuffling %d", hits, linkRounds, linkWaves, band(), leak)
		if hits > band() {
			t.Errorf("%d hits, chance allows %d", hits, band())
		}
		left, err := db.One(t.Context(), d, `SELECT (SELECT count(*) FROM token_code) + (SELECT count(*) FROM token_spent)`, db.Value[int])
		if err != nil || left != 0 {
			t.Errorf("%d token rows are left to link by, %v", left, err)
		}
	})
}

// oneDayWaves lets 40 visitors a day answer with a slip, one after another. The
// marks spell the visitor's number, which is what the attacker wants to know.
func (h *house) oneDayWaves(t *testing.T, key token.Key) []Wave {
	t.Helper()
	s, err := h.SaveService(t.Context(), officer, Service{Code: "ktp", UnitID: "disduk", Name: "KTP"})
	if err != nil {
		t.Fatal(err)
	}
	var waves []Wave
	for day := range linkWaves {
		h.day = fmt.Sprintf("2026-05-%02d", day+1)
		w := h.quarter(s)
		w.OpensOn, w.EndsOn = h.day, h.day
		if w, err = h.OpenWave(t.Context(), officer, w); err != nil {
			t.Fatal(err)
		}
		var codes []token.Code
		err := h.db.Tx(t.Context(), func(tx *db.Tx) error {
			if _, err := token.Open(t.Context(), tx, w.TokenSubject(), h.day, key); err != nil {
				return err
			}
			codes, err = token.Issue(t.Context(), tx, w.TokenSubject(), linkVisitors)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for i, code := range codes {
			if err := h.Submit(t.Context(), Submission{Wave: w, Answer: Answer{Marks: spell(i)}, Token: string(code)}); err != nil {
				t.Fatal(err)
			}
		}
		waves = append(waves, w)
	}
	return waves
}

func spell(visitor int) Marks {
	m := make(Marks, 9)
	for i := range m {
		m[i] = uint8(1 + visitor%4)
		visitor /= 4
	}
	return m
}

// linkByOrder guesses that the nth row is the nth visitor.
func (h *house) linkByOrder(t *testing.T, waves []Wave) (hits int) {
	t.Helper()
	order := "rowid"
	if h.db.Engine() == db.Postgres {
		order = "ctid"
	}
	for _, w := range waves {
		rows, err := db.All(t.Context(), h.db, `SELECT marks FROM survey_answer WHERE wave_id = $1 ORDER BY `+order, db.Value[string], w.ID)
		if err != nil || len(rows) != linkVisitors {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		for i, marks := range rows {
			if marks == spell(i).String() {
				hits++
			}
		}
	}
	return hits
}

// The same against the bytes of the files: the attacker sorts the answers by
// where they lie in the database and in its log.
func TestTheFilesCannotBeLinkedToVisitors(t *testing.T) {
	key, err := token.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	d, err := db.Open(t.Context(), db.Config{Dir: dir, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(t.Context(), tables); err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, d)
	waves := h.oneDayWaves(t, key)
	leak := h.linkByBytes(t, dir, waves)
	for _, w := range waves {
		if err := h.CloseWave(t.Context(), officer, w.ID); err != nil {
			t.Fatal(err)
		}
	}
	hits := h.linkByBytes(t, dir, waves)
	t.Logf("by place in the files: %d of %d hits, chance %d, at most %d; without shuffling %d", hits, linkRounds, linkWaves, band(), leak)
	if leak < linkRounds/2 {
		t.Errorf("the attack itself is weak: %d of %d", leak, linkRounds)
	}
	if hits > band() {
		t.Errorf("%d hits, chance allows %d", hits, band())
	}
}

// linkByBytes sorts each wave's answers by where their rows lie: pages forwards
// or backwards, rows within a page forwards or backwards (SQLite fills a page
// from its end), the first or the last copy. It keeps the best way to guess.
func (h *house) linkByBytes(t *testing.T, dir string, waves []Wave) (best int) {
	t.Helper()
	places := rowPlaces(t, dir)
	hits := make([]int, 8)
	for _, w := range waves {
		list, err := answers(t.Context(), h.db, w.ID)
		if err != nil {
			t.Fatal(err)
		}
		for way := range hits {
			slices.SortFunc(list, func(a, b Answer) int { return places[a.ID].before(places[b.ID], way) })
			for i, a := range list {
				if a.Marks.String() == spell(i).String() {
					hits[way]++
				}
			}
		}
	}
	return slices.Max(hits)
}

// place is where a row's bytes lie.
type place struct{ first, last int }

const pageSize = 4096

func (p place) before(o place, way int) int {
	a, b := p.first, o.first
	if way&4 != 0 {
		a, b = p.last, o.last
	}
	page, within := a/pageSize-b/pageSize, a%pageSize-b%pageSize
	if way&1 != 0 {
		within = -within
	}
	if way&2 != 0 {
		page = -page
	}
	if page != 0 {
		return page
	}
	return within
}

// rowPlaces finds every copy of an answer's row in the database and its log: in
// a row the id is followed by the stratum and the day.
func rowPlaces(t *testing.T, dir string) map[string]place {
	t.Helper()
	row := regexp.MustCompile(`([0-9a-f]{32})visit2026-`)
	out := map[string]place{}
	base := 0
	for _, name := range []string{"gurindam.db", "gurindam.db-wal"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for _, at := range row.FindAllSubmatchIndex(raw, -1) {
			id := string(raw[at[2]:at[3]])
			p, seen := out[id]
			if !seen {
				p.first = base + at[0]
			}
			p.last = base + at[0]
			out[id] = p
		}
		base += len(raw)/pageSize*pageSize + pageSize
	}
	return out
}

// One answer leaves one row, and adds to counters: no time, no entry in the
// ledger, no job, nothing that has the order or the moment in it.
func TestAnAnswerLeavesNoOtherTrace(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		codes, err := h.IssueCodes(t.Context(), officer, w.ID, 2)
		if err != nil {
			t.Fatal(err)
		}
		give := func(code token.Code) {
			t.Helper()
			if err := h.Submit(t.Context(), Submission{Wave: w, Answer: Answer{Marks: spell(7)}, Token: string(code)}); err != nil {
				t.Fatal(err)
			}
		}
		give(codes[0])
		before := tableSizes(t, h.db)
		give(codes[1])
		after := tableSizes(t, h.db)
		for name, n := range after {
			if n != before[name] && name != "survey_answer" {
				t.Errorf("an answer adds to %s", name)
			}
		}
		list, err := answers(t.Context(), h.db, w.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list {
			for _, c := range codes {
				if shared(a.ID, fmt.Sprintf("%x", []byte(c))) || len(a.Day) != len("2026-11-23") {
					t.Error("an answer has bytes of a slip or more than its day")
				}
			}
		}
	})
}

func shared(a, b string) bool {
	for i := 0; i+8 <= len(a); i++ {
		if strings.Contains(b, a[i:i+8]) {
			return true
		}
	}
	return false
}

func tableSizes(t *testing.T, d *db.DB) map[string]int {
	t.Helper()
	names := []string{
		"service", "survey_wave", "survey_visits", "survey_margin", "survey_network", "survey_answer", "survey_tally", "survey_result",
		"survey_quote", "survey_voice", "follow_up", "follow_up_voice", "token_batch", "token_code", "token_spent", "ledger_entry",
	}
	out := map[string]int{}
	for _, name := range names {
		n, err := db.One(t.Context(), d, `SELECT count(*) FROM `+name, db.Value[int])
		if err != nil {
			t.Fatal(err)
		}
		out[name] = n
	}
	return out
}

// An officer keeps slips and answers with them: more are used than people came,
// and that stands in public and in the checks.
func TestAnOfficerWhoUsesUpSlipsShows(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		codes, err := h.IssueCodes(t.Context(), officer, w.ID, 60)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range codes {
			if err := h.Submit(t.Context(), Submission{Wave: w, Answer: Answer{Marks: Marks{4, 4, 4, 4, 4, 4, 4, 4, 4}}, Token: string(c)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.SetVisits(t.Context(), officer, w.ID, h.day, 35); err != nil {
			t.Fatal(err)
		}
		c, err := h.Check(t.Context(), officer, w.ID)
		if err != nil || !slices.ContainsFunc(c.Findings, func(f Finding) bool { return f.Key == "survey.check.slips" }) {
			t.Fatalf("%+v %v", c.Findings, err)
		}
		for range 1000 {
			err := h.Submit(t.Context(), Submission{Wave: w, Answer: Answer{Marks: Marks{4, 4, 4, 4, 4, 4, 4, 4, 4}}, Token: string(codes[0])})
			if !fault.Is(err, fault.Conflict) {
				t.Fatalf("a replay gives %v", err)
			}
		}
	})
}

// Forty identical answers from the office's own network: the guard holds all
// but the first few, and the stratum keeps the rest apart.
func TestFortyAnswersFromTheOffice(t *testing.T) {
	q := testQuality(t)
	g := NewGuard()
	office := netip.MustParseAddr("198.51.100.7")
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	taken := 0
	for i := range 40 {
		if g.Judge(q, Arrival{From: office, Service: "ktp", Marks: Marks{4, 4, 4, 4, 4, 4, 4, 4, 4}, Seconds: 30, At: at.Add(time.Duration(i) * time.Minute)}) == HeldNone {
			taken++
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	honest := people(r, 150, weekdays(20), Visit)
	before := indexOf(honest)
	var stuffed []Answer
	for range taken {
		stuffed = append(stuffed, Answer{Stratum: Counter, Marks: Marks{4, 4, 4, 4, 4, 4, 4, 4, 4}})
	}
	after := indexOf(append(slices.Clone(honest), stuffed...))
	t.Logf("forty alike: %d taken, index of 150 honest answers moves from %.2f to %.2f (all forty: %.2f)", taken, before, after, indexOf(append(slices.Clone(honest), sameAnswers(40)...)))
	if taken > q.SameNetwork || after-before > 0.7 {
		t.Errorf("%d taken, the index moves by %.2f", taken, after-before)
	}
}

func sameAnswers(n int) (out []Answer) {
	for range n {
		out = append(out, Answer{ID: newAnswerID(), Stratum: Open, Marks: Marks{4, 4, 4, 4, 4, 4, 4, 4, 4}})
	}
	return out
}

func indexOf(list []Answer) float64 {
	m := stat.NewMoments(9)
	for _, a := range list {
		if a.Held == HeldNone {
			m.Add(a.Marks)
		}
	}
	return m.Index(nil, 0).Mean * 25
}

// Stuffing the open answers with fours, 0 to 40 of 100, by one network, in one
// day from many, and spread over a quarter from many. Visit-bound answers need
// a slip each and do not move at all.
func TestStuffing(t *testing.T) {
	y := testYard(t)
	type outcome struct{ share, raw, left, told float64 }
	ways := map[string][]outcome{}
	for _, way := range []string{"one network", "many networks in one day", "many networks over weeks"} {
		for _, share := range []float64{0, 0.1, 0.2, 0.3, 0.4} {
			raw, left, told := y.stuff(way, share)
			ways[way] = append(ways[way], outcome{share, raw, left, told})
			t.Logf("%-26s %2.0f %%: open index moves by %5.2f, after the checks by %5.2f, warned in %3.0f %% of runs", way, share*100, raw, left, told*100)
		}
	}
	for _, o := range ways["one network"] {
		if o.left > 0.6 {
			t.Errorf("one network moves the index by %.2f at %.0f %%", o.left, o.share*100)
		}
	}
	if o := ways["many networks in one day"][4]; o.left > o.raw/3 {
		t.Errorf("one day's burst is left with %.2f of %.2f", o.left, o.raw)
	}
	if o := ways["many networks over weeks"][4]; o.told < 0.9 {
		t.Errorf("slow stuffing of 40 %% is told in %.0f %% of runs", o.told*100)
	}
	if o := ways["many networks over weeks"][0]; o.told > 0.15 {
		t.Errorf("honest waves are warned of in %.0f %% of runs", o.told*100)
	}
}

func testYard(t *testing.T) yard {
	t.Helper()
	h := newHouse(t, nil)
	y, err := h.yard(t.Context(), h.day)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// stuff runs an attack on waves of 200 open and 150 visit-bound honest answers
// and returns the mean shift of the open index before and after the checks, and
// how often the office is warned.
func (y yard) stuff(way string, share float64) (raw, left, told float64) {
	const runs = 40
	w := Wave{Elements: Nine(), Basis: Basis{Visit, Open}}
	for run := range runs {
		r := rand.New(rand.NewPCG(uint64(run), uint64(share*100)))
		honest := people(r, 200, weekdays(20), Open)
		fakes := y.fakes(way, int(share/(1-share)*200), r)
		open := append(slices.Clone(honest), fakes...)
		shift := func() float64 { return indexOf(open) - indexOf(honest) }
		free := slices.Clone(open)
		for i := range free {
			free[i].Held = HeldNone
		}
		raw += (indexOf(free) - indexOf(honest)) / runs
		c := examine(y.quality, open)
		holdSuspects(open, c)
		left += shift() / runs
		warned := suspects(c) > 0 || len(y.disagreement(w, append(people(r, 150, weekdays(20), Visit), open...))) > 0
		if warned {
			told += 1.0 / runs
		}
	}
	return raw, left, told
}

func suspects(c Checked) (n int) {
	for _, f := range c.Findings {
		n += len(f.Suspects)
	}
	return n
}

func holdSuspects(list []Answer, c Checked) {
	held := map[string]bool{}
	for _, f := range c.Findings {
		for _, id := range f.Suspects {
			held[id] = true
		}
	}
	for i := range list {
		if held[list[i].ID] {
			list[i].Held = HeldBurst
		}
	}
}

// fakes are stuffed answers as they come in, some already held by the guard.
func (y yard) fakes(way string, n int, r *rand.Rand) []Answer {
	g, days := NewGuard(), weekdays(20)
	one := netip.MustParseAddr("203.0.113.9")
	list := sameAnswers(n)
	for i := range list {
		from := one
		list[i].Day = days[10]
		switch way {
		case "many networks in one day":
			from = netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})
		case "many networks over weeks":
			from = netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})
			list[i].Day = days[r.IntN(len(days))]
		}
		at := time.Date(2026, 10, 11, 9, 0, i*20, 0, time.UTC)
		list[i].Held = g.Judge(y.quality, Arrival{From: from, Service: "ktp", Marks: list[i].Marks, Seconds: 20, At: at})
	}
	return list
}
