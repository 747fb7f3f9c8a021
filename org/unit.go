package org

import "slices"

// UnitKind is what sort of unit a unit is. A kind that is not among UnitKinds
// is kept as the source wrote it.
type UnitKind string

// The kinds of unit (perangkat daerah and their parts).
const (
	City         UnitKind = "kota"
	Secretariat  UnitKind = "sekretariat"
	Assistant    UnitKind = "asisten"
	Section      UnitKind = "bagian"
	Inspectorate UnitKind = "inspektorat"
	Office       UnitKind = "dinas"
	Agency       UnitKind = "badan"
	Field        UnitKind = "bidang"
	Subsection   UnitKind = "subbagian"
	Desk         UnitKind = "seksi"
	TechnicalArm UnitKind = "upt"
	Hospital     UnitKind = "rsud"
	HealthCentre UnitKind = "puskesmas"
	School       UnitKind = "sekolah"
	District     UnitKind = "kecamatan"
	Village      UnitKind = "kelurahan"
	OtherUnit    UnitKind = "lain"
	Unmapped     UnitKind = "belum_terpetakan" // holds people whose unit nobody knows
)

// UnitKinds lists the kinds in the order in which units stand on the map.
func UnitKinds() []UnitKind {
	return []UnitKind{
		City, Secretariat, Assistant, Section, Inspectorate, Office, Agency, Field, Subsection, Desk,
		TechnicalArm, Hospital, HealthCentre, School, District, Village, OtherUnit, Unmapped,
	}
}

// Unit is a unit as it is during one period.
type Unit struct {
	ID        string
	SourceID  string // its number elsewhere, such as SIASN's unor id
	SplitFrom string // the unit it was made from
	Version   int64

	From, To     Day
	Name, Short  string
	Kind         UnitKind
	Code         string
	Parent       string // empty at the top
	ParentSource string // a parent the source names and nobody knows
	MergedInto   string // where the unit went when this period ended
}

// ShortName returns the short name, or the name when there is none.
func (u Unit) ShortName() string {
	if u.Short != "" {
		return u.Short
	}
	return u.Name
}

// same reports whether two periods say the same about a unit.
func (u Unit) same(v Unit) bool {
	return u.Name == v.Name && u.Short == v.Short && u.Kind == v.Kind && u.Code == v.Code &&
		u.Parent == v.Parent && u.ParentSource == v.ParentSource && u.MergedInto == v.MergedInto
}

func (k UnitKind) order() int {
	if i := slices.Index(UnitKinds(), k); i >= 0 {
		return i
	}
	return len(UnitKinds()) - 2
}
