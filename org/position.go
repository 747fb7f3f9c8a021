package org

import (
	"slices"

	"github.com/gurindam/gurindam/rulebook"
)

// PositionKind is the kind of a position (jenis jabatan, UU 20/2023).
type PositionKind string

// The kinds of position.
const (
	Political     PositionKind = "politik"        // mayor and deputy: no civil servants
	JPTUtama      PositionKind = "jpt_utama"      // high leadership, three ranks
	JPTMadya      PositionKind = "jpt_madya"      //
	JPTPratama    PositionKind = "jpt_pratama"    //
	Administrator PositionKind = "administrator"  //
	Pengawas      PositionKind = "pengawas"       //
	Additional    PositionKind = "tugas_tambahan" // head of school or health centre beside the own post
	Functional    PositionKind = "fungsional"
	Pelaksana     PositionKind = "pelaksana"
)

// PositionKinds lists the kinds from the top of the map down.
func PositionKinds() []PositionKind {
	return []PositionKind{Political, JPTUtama, JPTMadya, JPTPratama, Administrator, Pengawas, Additional, Functional, Pelaksana}
}

// Levels lists the levels (jenjang) of functional positions, highest first.
func Levels() []string {
	return []string{"ahli_utama", "ahli_madya", "ahli_muda", "ahli_pertama", "penyelia", "mahir", "terampil", "pemula"}
}

// StaffGroups lists the groups a position's holders belong to.
func StaffGroups() []string { return []string{"umum", "guru", "kesehatan", "paruh_waktu"} }

// Position is a position as it is during one period. Several people may hold
// it: Need says how many it wants.
type Position struct {
	ID       string
	SourceID string
	Version  int64

	From, To          Day
	Unit              string
	Title             string
	Kind              PositionKind
	Level             string // of a functional position
	Class             int    // kelas jabatan 1 to 17; 0 when not set
	RankLow, RankHigh string
	AnswersTo         string // superior position; empty: the head of the unit or the next above
	Need              string // people needed, an exact decimal; "0" when not set
	Head              bool   // leads its unit
	Group             string // staff group
}

func (p Position) same(o Position) bool {
	return p.Unit == o.Unit && p.Title == o.Title && p.Kind == o.Kind && p.Level == o.Level && p.Class == o.Class &&
		p.RankLow == o.RankLow && p.RankHigh == o.RankHigh && p.AnswersTo == o.AnswersTo && p.Need == o.Need &&
		p.Head == o.Head && p.Group == o.Group
}

// Wanted returns the number of people needed: Need rounded up, at least 1 for
// a position that leads.
func (p Position) Wanted() int {
	n, err := rulebook.ParseNum(p.Need)
	if err != nil {
		n = rulebook.Num{}
	}
	whole, _ := n.Ceil().Int64()
	if p.Head {
		whole = max(whole, 1)
	}
	return int(min(max(whole, 0), maxNeed))
}

// maxNeed bounds what one position can want, so that a mistyped figure does
// not overflow a sum.
const maxNeed = 100_000

// Managerial reports whether the position leads people by its kind.
func (p Position) Managerial() bool {
	switch p.Kind {
	case Political, JPTUtama, JPTMadya, JPTPratama, Administrator, Pengawas, Additional:
		return true
	}
	return false
}

// RetirementKind returns the word by which the rule "retirement" knows the
// position; empty for one that nobody retires from.
func (p Position) RetirementKind() string {
	switch p.Kind {
	case JPTUtama, JPTMadya, JPTPratama:
		return "jpt"
	case Administrator, Pengawas, Pelaksana:
		return string(p.Kind)
	case Functional:
		if p.Group == "guru" {
			return "guru"
		}
		return p.Level
	}
	return ""
}

func (k PositionKind) order() int {
	if i := slices.Index(PositionKinds(), k); i >= 0 {
		return i
	}
	return len(PositionKinds())
}
