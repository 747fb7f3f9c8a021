package nation

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/rulebook"
)

// Rules are the rules of the year as a table that is asked millions of times.
type Rules struct {
	predicate [16]byte // by two rating codes: number in AllPredicates
	spread    appraisal.DistributionRule
}

// NewRules takes the rules "predicate" and "distribution" from a rulebook.
func NewRules(book *rulebook.Book) (Rules, error) {
	matrix, err := rulebook.Load[appraisal.PredicateRule](book)
	if err != nil {
		return Rules{}, err
	}
	r := Rules{}
	if r.spread, err = rulebook.Load[appraisal.DistributionRule](book); err != nil {
		return Rules{}, err
	}
	for _, results := range appraisal.AllRatings() {
		for _, conduct := range appraisal.AllRatings() {
			p := slices.Index(appraisal.AllPredicates(), matrix.Of(results, conduct))
			if p < 0 {
				return Rules{}, fmt.Errorf("rule predicate: %s and %s give no predicate", results, conduct)
			}
			r.predicate[cell(code(results), code(conduct))] = byte(p)
		}
	}
	return r, nil
}

func cell(results, conduct byte) int { return int(results)<<2 | int(conduct) }

// Result is what came of a unit's year.
type Result struct {
	Unit   string
	Counts [5]int64 // people by predicate, in the order of AllPredicates
	Fits   bool     // as the rule "distribution" asks; of nobody it is true
	Block  []byte
}

// desk is what one evaluation after another writes on, so that millions of
// people cost no memory of their own.
type desk struct{ keys []uint64 }

// evaluate evaluates a unit: predicate of everybody, order, spread.
func (d *desk) evaluate(r Rules, unit string, o appraisal.OrganisationPredicate, block []byte) (Result, error) {
	records, err := recordsOf(block)
	if err != nil {
		return Result{}, fmt.Errorf("unit %s: %w", unit, err)
	}
	n := len(records) / personWidth
	res := Result{Unit: unit, Fits: true, Block: make([]byte, n*placedWidth)}
	d.keys = d.keys[:0]
	for i := range n {
		p := records[i*personWidth : (i+1)*personWidth]
		if rating(p[ratingsAt]) == "" || rating(p[ratingsAt+1]) == "" {
			return Result{}, fmt.Errorf("unit %s: %w", unit, errBlock())
		}
		predicate := r.predicate[cell(p[ratingsAt], p[ratingsAt+1])]
		res.Counts[predicate]++
		res.Block[i*placedWidth] = predicate
		d.keys = append(d.keys, orderKey(predicate, achieved(p), uint32(i)))
	}
	d.place(res.Block)
	if n > 0 {
		spread, _ := r.spread.Spread(o, res.counts())
		res.Fits = spread.Fits
	}
	return res, nil
}

// achieved is the sum of a packed person's months.
func achieved(p []byte) uint32 {
	var sum uint32
	for m := range Months {
		sum += uint32(binary.BigEndian.Uint16(p[monthsAt+2*m:]))
	}
	return sum
}

// The bits of an order key: predicate, what is missing to the highest sum, the
// number inside the block. Ascending keys are the order of places.
const (
	numberBits = 32
	sumBits    = 20 // 12 × 65,535 fits
)

func orderKey(predicate byte, sum, number uint32) uint64 {
	return uint64(predicate)<<(sumBits+numberBits) | uint64(1<<sumBits-1-sum)<<numberBits | uint64(number)
}

// place sorts the keys and writes everybody's place.
func (d *desk) place(block []byte) {
	slices.Sort(d.keys)
	place := uint32(0)
	for i, key := range d.keys {
		if i == 0 || key>>numberBits != d.keys[i-1]>>numberBits {
			place = uint32(i + 1)
		}
		number := key & (1<<numberBits - 1)
		binary.BigEndian.PutUint32(block[number*placedWidth+1:], place)
	}
}

func (r Result) counts() appraisal.PredicateCounts {
	counts := appraisal.PredicateCounts{}
	for i, p := range appraisal.AllPredicates() {
		counts[p] = r.Counts[i]
	}
	return counts
}
