package penimport

import (
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/search"
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

// key is how a file calls somebody: what an accepted proposal is remembered by.
func (r Row) key() string {
	if r.NIP != "" {
		return "nip:" + r.NIP
	}
	return "nama:" + plainName(r.Name) + "|" + search.Fold(r.Unit)
}

// first is the first row of the file a person stands in.
func (r Row) first() int {
	if len(r.Numbers) == 0 {
		return 0
	}
	return r.Numbers[0]
}

// rating reads a rating as the applications write it. The head of a unit is
// rated by the words of an organisation's predicate; those are read by the
// rule leader-results.
func rating(text string, leader map[appraisal.OrganisationPredicate]appraisal.Rating) appraisal.Rating {
	word := strings.ReplaceAll(search.Fold(text), "espektasi", "ekspektasi")
	word = strings.TrimSpace(strings.TrimSuffix(word, "ekspektasi"))
	switch word {
	case "di atas", "diatas", "1":
		return appraisal.Above
	case "sesuai", "2":
		return appraisal.Meets
	case "di bawah", "dibawah", "3":
		return appraisal.Below
	}
	return leader[appraisal.OrganisationPredicate(strings.ReplaceAll(word, " ", "_"))]
}

// predicate reads a predicate as the applications write it; "cukup" is the
// older word for butuh perbaikan.
func predicate(text string) appraisal.Predicate {
	switch search.Fold(text) {
	case "sangat baik":
		return appraisal.VeryGood
	case "baik":
		return appraisal.Good
	case "butuh perbaikan", "cukup", "cukup butuh perbaikan", "butuh perbaikan cukup":
		return appraisal.NeedsImprovement
	case "kurang", "kurang misconduct", "misconduct":
		return appraisal.Poor
	case "sangat kurang":
		return appraisal.VeryPoor
	}
	return ""
}

// notMade reports whether a cell says that nothing is there yet.
func notMade(text string) bool {
	switch search.Fold(text) {
	case "belum buat", "belum dibuat", "belum ada", "belum dinilai", "belum":
		return true
	}
	return false
}
