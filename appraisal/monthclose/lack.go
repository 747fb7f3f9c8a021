package monthclose

import "github.com/gurindam/gurindam/appraisal"

// State says where one person stands in a month.
type State string

// The states: ready to be paid, without a predicate or another thing that is
// needed (Belum), left out, and of a group that has no allowance.
const (
	Ready    State = "siap"
	Late     State = "belum"
	Excluded State = "dikecualikan"
	Outside  State = "di_luar"
)

// States lists the states.
func States() []State { return []State{Ready, Late, Excluded, Outside} }

// Lack says what is missing before somebody can be paid.
type Lack string

// What can be missing.
const (
	LacksPlan      Lack = "skp"
	LacksSelf      Lack = "pegawai"
	LacksRating    Lack = "penilaian"
	LacksUnit      Lack = "organisasi"
	LacksAnswer    Lack = "daftar" // the list says BELUM BUAT and no more
	LacksEvaluator Lack = "penilai"
	LacksRow       Lack = "baris" // nobody of that number is in the list
	LacksMatch     Lack = "cocok" // a row that most likely means the person is not matched yet
	LacksMinutes   Lack = "menit"
	LacksClass     Lack = "kelas"
	LacksRank      Lack = "golongan"
)

// Desk says on whose desk it lies.
type Desk string

// The desks of the month's close: the person's, the superior's (the evaluator,
// the evaluator's superior, or who sets the unit's predicate), and data that HR
// has to mend.
const (
	NoDesk       Desk = ""
	PersonDesk   Desk = "pegawai"
	SuperiorDesk Desk = "atasan"
	DataDesk     Desk = "data"
)

// Desks lists the desks.
func Desks() []Desk { return []Desk{PersonDesk, SuperiorDesk, DataDesk} }

// deskOf returns the desk an evaluation lies on.
func deskOf(d appraisal.Desk) Desk {
	switch d {
	case appraisal.DeskPerson:
		return PersonDesk
	case appraisal.DeskNobody:
		return DataDesk
	}
	return SuperiorDesk
}

// lackOf returns what an evaluation lacks first, by what a batch lists.
func lackOf(missing []string) Lack {
	order := []struct {
		name string
		lack Lack
	}{{"plan", LacksPlan}, {"self", LacksSelf}, {"superior", LacksRating}, {"results", LacksRating}, {"conduct", LacksRating}, {"organisation", LacksUnit}}
	for _, o := range order {
		for _, m := range missing {
			if m == o.name {
				return o.lack
			}
		}
	}
	return LacksRating
}
