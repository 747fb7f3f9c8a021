package voices

import (
	"github.com/gurindam/gurindam/internal/questionnaire"
	"github.com/gurindam/gurindam/internal/stat"
)

// Answer is one person's, with what it counts for. It has no id, no time and no
// name: where it lies among others is the only thing one could tell of it, and
// that is shuffled.
type Answer struct {
	Bucket GroupCode `json:"g"`
	questionnaire.Answers
}

// Release is what is shown of a round.
type Release struct {
	Answers int            `json:"answers"`
	Parts   []Part         `json:"parts"` // everybody first, then the groups that can be shown
	Words   []WordList     `json:"words"`
	Hidden  []GroupCode    `json:"hidden,omitempty"` // groups that cannot
	Values  map[string]int `json:"values"`           // mean of everybody by value, hundredths
}

// Part is the figures of one group.
type Part struct {
	Group   GroupCode `json:"group"`
	Answers int       `json:"answers"`
	Items   []Figure  `json:"items"`
}

// Figure is what is shown of one item; Answers is 0 when it is hidden.
type Figure struct {
	Code    string              `json:"code"`
	Answers int                 `json:"answers"`
	Mean    int                 `json:"mean"`             // hundredths
	Spread  questionnaire.Tally `json:"spread,omitempty"` // from enough answers on
}

// WordList is what was written on one question.
type WordList struct {
	Code  string   `json:"code"`
	Words []string `json:"words"`
}

// limits are the numbers below which nothing is shown.
type limits struct{ least, spread int }

// shuffler brings n things into random order.
type shuffler func(n int, swap func(i, j int)) error

// release computes what can be shown; ok is false when it is nothing at all.
func release(sheet questionnaire.Sheet, buckets []GroupCode, all []Answer, l limits, shuffle shuffler) (r Release, ok bool, err error) {
	if len(all) < l.least {
		return Release{}, false, nil
	}
	counts := make([]int, len(buckets))
	tallies := make([]map[string]questionnaire.Tally, len(buckets))
	for i, b := range buckets {
		mine := ofBucket(all, b)
		counts[i], tallies[i] = len(mine), sheet.Count(mine)
	}
	total := sheet.Count(ofBucket(all, ""))
	hidden := stat.Suppress(counts, l.least)
	r = Release{Answers: len(all), Values: map[string]int{}}
	r.Parts = []Part{{Group: Everybody, Answers: len(all), Items: figures(sheet, l, func(code string) (questionnaire.Tally, bool) { return total[code], true })}}
	for i, b := range buckets {
		if len(buckets) == 1 || counts[i] == 0 {
			continue
		}
		if hidden[i] {
			r.Hidden = append(r.Hidden, b)
			continue
		}
		r.Parts = append(r.Parts, Part{Group: b, Answers: counts[i], Items: figures(sheet, l, func(code string) (questionnaire.Tally, bool) {
			return tallies[i][code], !hiddenItem(tallies, hidden, code, i, l.least)
		})})
	}
	r.values(sheet)
	r.Words, err = words(sheet, all, shuffle)
	return r, true, err
}

// ofBucket returns the answers that count for a bucket, all for "".
func ofBucket(all []Answer, b GroupCode) []questionnaire.Answers {
	var out []questionnaire.Answers
	for _, a := range all {
		if b == "" || a.Bucket == b {
			out = append(out, a.Answers)
		}
	}
	return out
}

// hiddenItem reports whether an item's figure of one bucket must be hidden,
// given that the item's total and the figures of the other shown buckets are
// seen. Buckets that are hidden as a whole are hidden here too.
func hiddenItem(tallies []map[string]questionnaire.Tally, whole []bool, code string, bucket, least int) bool {
	counts := make([]int, len(tallies))
	for i := range tallies {
		counts[i] = tallies[i][code].Answered()
	}
	h := stat.Suppress(counts, least)
	return h[bucket] || whole[bucket]
}

func figures(sheet questionnaire.Sheet, l limits, of func(code string) (questionnaire.Tally, bool)) []Figure {
	out := make([]Figure, len(sheet.Items))
	for i, item := range sheet.Items {
		out[i].Code = item.Code
		t, show := of(item.Code)
		if n := t.Answered(); show && n >= l.least {
			out[i].Answers, out[i].Mean = n, t.Mean()
			if n >= l.spread {
				out[i].Spread = t
			}
		}
	}
	return out
}

// values averages the shown means of everybody by what they are an item of.
// Hidden items do not enter, so they cannot be worked out.
func (r *Release) values(sheet questionnaire.Sheet) {
	sums, n := map[string]int{}, map[string]int{}
	for i, item := range sheet.Items {
		if f := r.Parts[0].Items[i]; f.Answers > 0 {
			sums[item.Value] += f.Mean
			n[item.Value]++
		}
	}
	for v, sum := range sums {
		r.Values[v] = (2*sum + n[v]) / (2 * n[v])
	}
}

// words lists what was written on each question, each list shuffled by itself
// so that two texts of one person do not stand at the same place.
func words(sheet questionnaire.Sheet, all []Answer, shuffle shuffler) ([]WordList, error) {
	var out []WordList
	for _, q := range sheet.Questions {
		list := WordList{Code: q.Code}
		for _, a := range all {
			if w := a.Words[q.Code]; w != "" {
				list.Words = append(list.Words, w)
			}
		}
		w := list.Words
		if err := shuffle(len(w), func(i, j int) { w[i], w[j] = w[j], w[i] }); err != nil {
			return nil, err
		}
		out = append(out, list)
	}
	return out, nil
}

// assign says what the answers of each group will count for, from how many drew
// a token: groups that could be told apart by being small are one. ok is false
// when all together are too few.
func assign(groups []Group, least int) (ok bool) {
	counts := make([]int, len(groups))
	total := 0
	for i, g := range groups {
		counts[i] = g.Drawn
		total += g.Drawn
	}
	for i, hidden := range stat.Suppress(counts, least) {
		groups[i].Bucket = groups[i].Code
		if hidden {
			groups[i].Bucket = Merged
		}
	}
	return total >= least
}
