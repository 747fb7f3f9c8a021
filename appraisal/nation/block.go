package nation

import (
	"encoding/binary"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
)

// Months is how many months of achievement a year has.
const Months = 12

// Person is one person's year: what the evaluator rated and what each month
// achieved, in hundredths of a percent up to 655.35 %.
type Person struct {
	ID               uint64
	Results, Conduct appraisal.Rating
	Achieved         [Months]uint16
}

// The widths of a packed person: id, two ratings in one byte each, the months.
const (
	idWidth     = 8
	ratingsAt   = idWidth
	monthsAt    = ratingsAt + 2
	personWidth = monthsAt + 2*Months
)

// placedWidth is a predicate and a place.
const placedWidth = 1 + 4

// blockVersion is the first byte of a block, so that the form can change.
const blockVersion = 1

// Pack writes the people of a unit as one block. A rating that is none is a
// fault: nobody is evaluated on half of it.
func Pack(people []Person) ([]byte, error) {
	b := make([]byte, 1, 1+len(people)*personWidth)
	b[0] = blockVersion
	for _, p := range people {
		results, conduct := code(p.Results), code(p.Conduct)
		if results == 0 || conduct == 0 {
			return nil, fault.WrongField("results", "appraisal.nation.rating")
		}
		b = binary.BigEndian.AppendUint64(b, p.ID)
		b = append(b, results, conduct)
		for _, a := range p.Achieved {
			b = binary.BigEndian.AppendUint16(b, a)
		}
	}
	return b, nil
}

// Unpack reads what Pack wrote. Anything else is a fault.
func Unpack(block []byte) ([]Person, error) {
	records, err := recordsOf(block)
	if err != nil {
		return nil, err
	}
	people := make([]Person, len(records)/personWidth)
	for i := range people {
		r := records[i*personWidth:]
		p := Person{ID: binary.BigEndian.Uint64(r), Results: rating(r[ratingsAt]), Conduct: rating(r[ratingsAt+1])}
		for m := range p.Achieved {
			p.Achieved[m] = binary.BigEndian.Uint16(r[monthsAt+2*m:])
		}
		if p.Results == "" || p.Conduct == "" {
			return nil, errBlock()
		}
		people[i] = p
	}
	return people, nil
}

// recordsOf returns the records of a block without its header.
func recordsOf(block []byte) ([]byte, error) {
	if len(block) == 0 || block[0] != blockVersion || (len(block)-1)%personWidth != 0 {
		return nil, errBlock()
	}
	return block[1:], nil
}

func errBlock() error { return fault.Wrong("appraisal.nation.block") }

// code is a rating in a block: its number in AllRatings from 1, 0 for none.
func code(r appraisal.Rating) byte {
	for i, known := range appraisal.AllRatings() {
		if r == known {
			return byte(i + 1)
		}
	}
	return 0
}

// rating is the rating of a code, empty for none.
func rating(code byte) appraisal.Rating {
	all := appraisal.AllRatings()
	if code == 0 || int(code) > len(all) {
		return ""
	}
	return all[code-1]
}

// Placed is what came of one person's year.
type Placed struct {
	ID        uint64
	Predicate appraisal.Predicate
	Place     uint32 // inside the unit, from 1; equals share one
}

// Read joins the people of a unit with its result.
func Read(block, result []byte) ([]Placed, error) {
	people, err := Unpack(block)
	if err != nil {
		return nil, err
	}
	if len(result) != len(people)*placedWidth {
		return nil, errBlock()
	}
	predicates := appraisal.AllPredicates()
	placed := make([]Placed, len(people))
	for i, p := range people {
		r := result[i*placedWidth:]
		if int(r[0]) >= len(predicates) {
			return nil, errBlock()
		}
		placed[i] = Placed{p.ID, predicates[r[0]], binary.BigEndian.Uint32(r[1:])}
	}
	return placed, nil
}
