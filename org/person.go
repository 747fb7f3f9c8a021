package org

// Employment is the kind of employee (jenis ASN).
type Employment string

// The kinds of employee.
const (
	PNS          Employment = "pns"
	PPPK         Employment = "pppk"
	PPPKPartTime Employment = "pppk_paruh_waktu"
	Politician   Employment = "politik" // mayor and deputy
	OtherWorker  Employment = "lain"
)

// Employments lists the kinds of employee.
func Employments() []Employment {
	return []Employment{PNS, PPPK, PPPKPartTime, Politician, OtherWorker}
}

// Active is the legal status (kedudukan hukum) of somebody at work.
const Active = "aktif"

// LegalStatuses lists the legal statuses a person can be given here; imports
// keep others as they are written.
func LegalStatuses() []string {
	return []string{Active, "cltn", "tugas_belajar", "pemberhentian_sementara", "masa_persiapan_pensiun", "pensiun", "berhenti", "meninggal"}
}

// Educations lists the levels of education, lowest first.
func Educations() []string {
	return []string{"sd", "sltp", "slta", "d1", "d2", "d3", "d4", "s1", "profesi", "s2", "s3"}
}

// Person is a person, with what is true of them during one period.
type Person struct {
	ID       string
	SourceID string // the number elsewhere, such as SIASN's PNS ID
	Version  int64

	NIP         string // 18 digits; empty for a mayor. Never shown in public
	Name        string // without titles
	Front, Back string // titles
	Born        Day
	Birthplace  string
	Sex         string // L, P or empty
	Email       string
	Phone       string

	From, To    Day
	Employment  Employment
	Rank        string // golongan: III/d, of a PPPK IX
	Education   string // one of Educations
	Study       string // what was studied
	LegalStatus string
	ContractEnd Day // last day of a contract
}

// FullName returns the name with its titles: "Hj. Ratna Wulandari, S.Sos.".
func (p Person) FullName() string { return fullName(p.Front, p.Name, p.Back) }

func fullName(front, name, back string) string {
	if front != "" {
		name = front + " " + name
	}
	if back != "" {
		name += ", " + back
	}
	return name
}

// sameSelf reports whether two records name the same person the same way.
func (p Person) sameSelf(q Person) bool {
	return p.SourceID == q.SourceID && p.NIP == q.NIP && p.Name == q.Name && p.Front == q.Front && p.Back == q.Back &&
		p.Born == q.Born && p.Birthplace == q.Birthplace && p.Sex == q.Sex && p.Email == q.Email && p.Phone == q.Phone
}

// same reports whether two periods say the same about a person.
func (p Person) same(q Person) bool {
	return p.Employment == q.Employment && p.Rank == q.Rank && p.Education == q.Education && p.Study == q.Study &&
		p.LegalStatus == q.LegalStatus && p.ContractEnd == q.ContractEnd
}

// Identity is how a person is called on a day, with the main post: what lists
// show and documents print.
type Identity struct {
	PersonID   string
	Name       string // with titles
	NIP        string // for those who may see it only
	Rank       string
	Employment Employment
	PositionID string
	Title      string
	UnitID     string
	Unit       string

	ContractEnd Day // last day of a contract
}
