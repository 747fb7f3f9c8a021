package org

import "slices"

// TenureKind says how a position is held (jenis penugasan).
type TenureKind string

// The kinds of tenure. All but the definitive one overlap the holder's own
// post and never split it.
const (
	Definitive     TenureKind = "definitive"
	Plt            TenureKind = "plt"            // pelaksana tugas: the post has no holder
	Plh            TenureKind = "plh"            // pelaksana harian: the holder is away
	Pj             TenureKind = "pj"             // penjabat
	AdditionalDuty TenureKind = "tugas_tambahan" // head of school or health centre
)

// TenureKinds lists the kinds.
func TenureKinds() []TenureKind { return []TenureKind{Definitive, Plt, Plh, Pj, AdditionalDuty} }

// Acting reports whether the kind stands in for a holder.
func (k TenureKind) Acting() bool { return k == Plt || k == Plh || k == Pj }

// Tenure is who holds which position, how, and from when.
type Tenure struct {
	ID       string
	Person   string
	Position string
	Kind     TenureKind
	From, To Day
	Decree   string
	Note     string

	ExtendedOn      Day // an acting tenure that was extended
	ExtensionDecree string
	Version         int64
}

// regular reports whether the tenure is the regular way of holding its
// position: a definitive one, or the additional duty of a position that is
// only ever held so.
func (t Tenure) regular(kind PositionKind) bool {
	return t.Kind == Definitive || t.Kind == AdditionalDuty && kind == Additional
}

// rank orders the holders of one position: the regular ones, then penjabat,
// Plt, Plh, each by the day they began.
func (t Tenure) rank() int {
	return slices.Index([]TenureKind{Definitive, AdditionalDuty, Pj, Plt, Plh}, t.Kind)
}

// Override names another evaluator for a person than the map does.
type Override struct {
	ID        string
	Person    string
	Evaluator string
	From, To  Day
	Reason    string
	Version   int64
}
