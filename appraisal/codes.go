package appraisal

// Rating is the superior's judgement against the expectation: of results, of
// conduct, of a single indicator or value. The words are BKN's.
type Rating string

// The ratings.
const (
	Above Rating = "di_atas"
	Meets Rating = "sesuai"
	Below Rating = "di_bawah"
)

// AllRatings lists the ratings, the best first.
func AllRatings() []Rating { return []Rating{Above, Meets, Below} }

// Known reports whether r is one of the three.
func (r Rating) Known() bool { return r == Above || r == Meets || r == Below }

// Predicate is an employee's predikat kinerja.
type Predicate string

// The predicates.
const (
	VeryGood         Predicate = "sangat_baik"
	Good             Predicate = "baik"
	NeedsImprovement Predicate = "butuh_perbaikan"
	Poor             Predicate = "kurang"
	VeryPoor         Predicate = "sangat_kurang"
)

// AllPredicates lists the predicates, the best first.
func AllPredicates() []Predicate {
	return []Predicate{VeryGood, Good, NeedsImprovement, Poor, VeryPoor}
}

// OrganisationPredicate is a unit's predikat kinerja organisasi.
type OrganisationPredicate string

// The organisation predicates.
const (
	OrganisationExcellent        OrganisationPredicate = "istimewa"
	OrganisationGood             OrganisationPredicate = "baik"
	OrganisationNeedsImprovement OrganisationPredicate = "butuh_perbaikan"
	OrganisationPoor             OrganisationPredicate = "kurang"
	OrganisationVeryPoor         OrganisationPredicate = "sangat_kurang"
)

// AllOrganisationPredicates lists the organisation predicates, the best first.
func AllOrganisationPredicates() []OrganisationPredicate {
	return []OrganisationPredicate{OrganisationExcellent, OrganisationGood, OrganisationNeedsImprovement, OrganisationPoor, OrganisationVeryPoor}
}
