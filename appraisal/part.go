package appraisal

// Form is which of the regulation's forms a plan follows.
type Form string

// The forms: heads of independent units plan by perspective, administrators
// and functional officials by aspect (PermenPANRB 6/2022, annex).
const (
	LeaderForm Form = "pimpinan"
	StaffForm  Form = "jabatan"
)

// Pen is where a staff group's plan and ratings are written. Where it is not
// Gurindam everything is imported and shown read-only.
type Pen string

// The pens.
const (
	PenGurindam Pen = "gurindam"
	PenEKinerja Pen = "ekinerja"
	PenRuangGTK Pen = "ruang_gtk"
)

// Group is a staff group of the rulebook's rule "pen": pns, pppk,
// pppk_paruh_waktu, guru, kepala_sekolah.
type Group string

// How says how an evaluator, or the evaluator's superior, was found.
type How string

// The ways, in the order they are tried.
const (
	HowDefinitive How = "definitif" // definitive holder of the superior post
	HowActing     How = "plt"       // its Plt, Plh or Pj
	HowNextAbove  How = "atasan_di_atasnya"
	HowOverride   How = "ditetapkan" // named by HR in the map, with a reason
	HowNamed      How = "ditunjuk"   // named by HR for this part only, with a reason
	HowNone       How = "belum_ada"  // nobody above holds a post
)

// Identity is how a person, the post and the unit were called during a part:
// what lists show and documents print. NIP is empty for political office
// holders and is never shown in public.
type Identity struct {
	PersonID string `json:"person"`
	Name     string `json:"name"`
	NIP      string `json:"nip,omitempty"`
	Rank     string `json:"rank,omitempty"`
	PostID   string `json:"post_id,omitempty"`
	Post     string `json:"post"`
	UnitID   string `json:"unit_id,omitempty"`
	Unit     string `json:"unit"`
}

// Part (bagian) is the piece of a performance year one person spends in one
// post under one evaluator. Who moves in the middle of the year has one part
// per post and evaluator; Plt, Plh and additional duties are parts of their
// own that overlap and never split the own post's.
type Part struct {
	ID        string
	PeriodID  string
	Year      int
	Who       Identity
	Tenure    string // org's tenure kind: definitive, plt, plh, pj, tugas_tambahan
	TenureID  string
	HeadOf    string // id of the unit whose head this post is, or empty
	OrgUnit   string // unit whose organisation predicate counts for this part
	Group     Group
	Form      Form
	Pen       Pen
	Cadence   Cadence
	From, To  Day  // inclusive, within the year
	Last      bool // the part whose evaluation decides the year: the definitive post's latest
	Evaluator Identity
	Above     Identity // superior of the evaluator, who decides objections
	EvalHow   How
	AboveHow  How
	Reason    string // of an override
	Version   int64
}

// Windows returns the windows this part is evaluated in: those of its cadence
// that share a day with it, and the whole year.
func (p Part) Windows() []Window {
	var all []Window
	for _, w := range p.Cadence.Windows(p.Year) {
		if w.Meets(p.From, p.To) {
			all = append(all, w)
		}
	}
	return all
}
