package penimport

import (
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/appraisal/listed"
)

// Row is what a file says about one person: a result, a plan, or both.
type Row struct {
	Numbers             []int `json:"numbers"` // rows of the file it was made of
	NIP                 string
	Name, Post, Unit    string
	RaterNIP, RaterName string
	Results, Conduct    appraisal.Rating
	Predicate           appraisal.Predicate
	NotMade             bool               // BELUM BUAT: the file says that nothing is there yet
	Plan                *appraisal.Content `json:"plan,omitempty"`
}

// Kind is what sort of file it is.
type Kind string

// The kinds.
const (
	Results Kind = "hasil"
	Plans   Kind = "skp"
	Text    Kind = "teks"
)

// File is what was read of one file.
type File struct {
	Kind     Kind
	Rows     []Row
	Lines    int // rows of the table, or documents of a text
	Year     int // the year the file is about, 0 when it does not say
	Rejected []intake.Rejected
}

// who is how a file calls somebody.
func (r Row) who() listed.Who { return listed.Who{NIP: r.NIP, Name: r.Name, Unit: r.Unit} }

// first is the first row of the file a person stands in.
func (r Row) first() int {
	if len(r.Numbers) == 0 {
		return 0
	}
	return r.Numbers[0]
}

// rating reads a rating as the applications write it, in words or by its
// number. The head of a unit is rated by the words of an organisation's
// predicate; those are read by the rule leader-results.
func rating(text string, leader map[appraisal.OrganisationPredicate]appraisal.Rating) appraisal.Rating {
	if r := listed.Rating(text); r != "" {
		return r
	}
	word := listed.RatingWord(text)
	switch word {
	case "1":
		return appraisal.Above
	case "2":
		return appraisal.Meets
	case "3":
		return appraisal.Below
	}
	return leader[appraisal.OrganisationPredicate(strings.ReplaceAll(word, " ", "_"))]
}

// with returns the row with what a later row says of the same person; what the
// later one does not tell stays.
func (r Row) with(later Row) Row {
	if later.Plan == nil {
		later.Plan = r.Plan
	}
	if later.Predicate == "" && !later.NotMade {
		later.Predicate, later.Results, later.Conduct, later.NotMade = r.Predicate, r.Results, r.Conduct, r.NotMade
	}
	return later
}
