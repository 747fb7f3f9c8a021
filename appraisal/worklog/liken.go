package worklog

import (
	"math"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/search"
)

// Target is a result or a step an entry can be tied to.
type Target struct {
	Link
	Number int // of the result, counted from 1
	Result string
	Step   string // empty for the result itself
}

// Targets lists what the entries of a plan can be tied to: each result,
// followed by the steps of its action plan.
func Targets(c appraisal.Content) []Target {
	var all []Target
	for i, r := range c.Results {
		all = append(all, Target{Link{Result: r.ID}, i + 1, r.Text, ""})
		for _, s := range r.Steps {
			all = append(all, Target{Link{r.ID, s.ID}, i + 1, r.Text, s.Text})
		}
	}
	return all
}

// liker finds the target whose words an entry's are most like. The words of a
// target are its own, for a result those of its indicators too, and those of
// entries that were tied to it before.
type liker struct {
	targets []Target
	bags    []map[string]float64
	weight  map[string]float64 // rare words tell more
	rare    float64            // weight of a word that stands in one target only
	before  map[string]Link    // entries of the same words, as they were tied
}

// A proposal must be so much alike, and so much more than the next result's.
const (
	leastAlike = 0.22
	leastAhead = 1.15
)

func newLiker(c appraisal.Content, history []Entry) *liker {
	l := &liker{targets: Targets(c), weight: map[string]float64{}, before: map[string]Link{}}
	texts := make([]string, len(l.targets))
	at := map[string]int{}
	for i, t := range l.targets {
		at[t.Link.String()] = i
		texts[i] = t.Step
		if t.Step != "" {
			continue
		}
		texts[i] = t.Result
		r, _ := c.Find(t.Link.Result)
		for _, in := range r.Indicators {
			texts[i] += " " + in.Text + " " + in.Unit
		}
	}
	for _, e := range history {
		if i, has := at[e.Link.String()]; has && e.State == Accepted {
			texts[i] += " " + e.Text
			l.before[search.Fold(e.Text)] = e.Link
		}
	}
	l.weigh(texts)
	return l
}

func (l *liker) weigh(texts []string) {
	l.rare = math.Log(1+float64(len(texts))) + 0.1
	in := map[string]int{}
	for _, t := range texts {
		bag := bagOf(t)
		l.bags = append(l.bags, bag)
		for w := range bag {
			in[w]++
		}
	}
	for w, n := range in {
		l.weight[w] = math.Log(1+float64(len(texts))/float64(n)) + 0.1
	}
}

// propose returns the target of an entry; none when no one is clearly nearest.
func (l *liker) propose(text string) Link {
	if link, has := l.before[search.Fold(text)]; has {
		return link
	}
	bag := bagOf(text)
	best, bestAt, next := 0.0, -1, 0.0
	for i := range l.targets {
		like := l.cosine(bag, l.bags[i])
		switch {
		case like > best:
			if bestAt >= 0 && l.targets[bestAt].Link.Result != l.targets[i].Link.Result {
				next = best
			}
			best, bestAt = like, i
		case bestAt >= 0 && l.targets[i].Link.Result != l.targets[bestAt].Link.Result:
			next = max(next, like)
		}
	}
	if bestAt < 0 || best < leastAlike || best < next*leastAhead {
		return Link{}
	}
	return l.targets[bestAt].Link
}

func (l *liker) cosine(a, b map[string]float64) float64 {
	var dot, x, y float64
	for w, n := range a {
		k := l.weight[w]
		if k == 0 { // a word of no target speaks against all
			k = l.rare
		}
		x += n * n * k * k
		dot += n * b[w] * k * k
	}
	for w, n := range b {
		k := l.weight[w]
		y += n * n * k * k
	}
	if x == 0 || y == 0 {
		return 0
	}
	return dot / math.Sqrt(x*y)
}

// bagOf counts the stems of a text's words that tell something.
func bagOf(text string) map[string]float64 {
	bag := map[string]float64{}
	for _, w := range strings.Fields(search.Fold(text)) {
		if len(w) < 3 || quiet(w) {
			continue
		}
		bag[stem(w)] = 1
	}
	return bag
}

// quiet reports whether a word says nothing about which work it is.
func quiet(word string) bool {
	return slices.Contains([]string{
		"yang", "dan", "dari", "untuk", "pada", "dengan", "dalam", "atau", "oleh", "the", "and", "for", "tiap", "setiap", "secara", "sesuai",
		"kegiatan", "melakukan", "melaksanakan", "membuat",
	}, word)
}

// stem takes the affixes of Indonesian from a word, roughly: what is left only
// has to be the same for words of one root.
func stem(w string) string {
	for _, tail := range []string{"nya", "kan", "an", "i"} {
		if rest, ok := strings.CutSuffix(w, tail); ok && len(rest) >= 4 {
			w = rest
			break
		}
	}
	for _, p := range []struct{ head, put string }{
		{"memper", ""},
		{"pember", ""},
		{"peng", ""},
		{"meng", ""},
		{"peny", "s"},
		{"meny", "s"},
		{"pem", ""},
		{"mem", ""},
		{"pen", ""},
		{"men", ""},
		{"ber", ""},
		{"ter", ""},
		{"per", ""},
		{"di", ""},
		{"me", ""},
		{"pe", ""},
		{"se", ""},
	} {
		if rest, ok := strings.CutPrefix(w, p.head); ok && len(rest) >= 4 {
			if strings.HasSuffix(p.head, "er") && strings.ContainsRune("aeiou", rune(rest[0])) {
				rest = "r" + rest // pe-rekam, not per-ekam
			}
			w = p.put + rest
			break
		}
	}
	if len(w) > 4 && strings.ContainsRune("ptk", rune(w[0])) {
		w = w[1:] // mem-perbaiki, men-tata, meng-kaji: the first letter may be gone
	}
	return w
}
