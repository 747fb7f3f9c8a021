package demo

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/appraisal"
)

// writer fills one year: plans, progress, feedback and evaluations, spread so
// that every state can be seen.
type writer struct {
	city  *City
	year  int
	parts []appraisal.Part

	byPost  map[string]appraisal.Part // of who leads, by person and post
	results map[string][]appraisal.Result
}

// lot draws from what is fixed for a part, so that the same city comes out
// whatever the order of the parts.
func (w *writer) lot(p appraisal.Part, what string) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s/%s/%d/%s", p.Who.PersonID, p.Who.PostID, w.year, what)
	return rand.New(rand.NewPCG(h.Sum64(), 2172))
}

func (w *writer) write() ([]appraisal.Organisation, []appraisal.Record) {
	w.byPost, w.results = map[string]appraisal.Part{}, map[string][]appraisal.Result{}
	for _, p := range w.parts {
		w.byPost[p.Who.PersonID+"/"+p.Who.PostID] = p
		w.results[p.ID] = w.goals(p)
	}
	var records []appraisal.Record
	for _, p := range w.parts {
		if r, any := w.record(p); any {
			records = append(records, r)
		}
	}
	return w.organisations(), records
}

// organisations rates every unit that a head leads, for a year that is over.
func (w *writer) organisations() []appraisal.Organisation {
	if w.year == w.city.Year {
		return w.tinyPredicate()
	}
	seen := map[string]bool{}
	var out []appraisal.Organisation
	for _, p := range w.parts {
		if seen[p.Who.UnitID] {
			continue
		}
		seen[p.Who.UnitID] = true
		out = append(out, appraisal.Organisation{
			UnitID: p.Who.UnitID, Unit: p.Who.Unit, Window: appraisal.AnnualOf(w.year), Predicate: w.organisation(p.Who.UnitID),
			Reason: "Capaian perjanjian kinerja tahun " + strconv.Itoa(w.year) + " dan ekspektasi pimpinan.",
			At:     w.day(w.year+1, 1, 5), By: appraisal.Signer{Name: "Raja Amirul Fauzi", Post: "Wali Kota Tanjungpinang", PersonID: w.city.Actors["walikota"]},
		})
	}
	return out
}

func (w *writer) organisation(unit string) appraisal.OrganisationPredicate {
	h := fnv.New32a()
	fmt.Fprint(h, unit, w.year)
	switch n := h.Sum32() % 20; {
	case n < 3:
		return appraisal.OrganisationExcellent
	case n < 17:
		return appraisal.OrganisationGood
	case n < 19:
		return appraisal.OrganisationNeedsImprovement
	default:
		return appraisal.OrganisationPoor
	}
}

func (w *writer) day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 2, 30, 0, 0, time.UTC)
}

// goals makes the results of a part: those of the post's line of work, with
// targets that differ a little from person to person.
func (w *writer) goals(p appraisal.Part) []appraisal.Result {
	lines := jobFor(p.Who.Post)
	if p.Who.PersonID == w.city.Actors["pegawai"] {
		lines = dewi
	}
	r := w.lot(p, "goals")
	if len(lines) > 2 && p.Who.PersonID != w.city.Actors["pegawai"] && r.IntN(3) == 0 {
		lines = lines[:2]
	}
	var out []appraisal.Result
	for i, g := range lines {
		res := appraisal.Result{ID: id("result", fmt.Sprintf("%s/%d/%d", p.ID, w.year, i)), Kind: appraisal.Main, Text: g.text}
		for j, m := range g.indicators {
			face := m.face
			if p.Form == appraisal.LeaderForm && !slices.Contains(appraisal.Perspectives(), face) {
				face = "proses_bisnis"
			}
			if p.Form == appraisal.StaffForm && !slices.Contains(appraisal.Aspects(), face) {
				face = "kualitas"
			}
			res.Indicators = append(res.Indicators, appraisal.Indicator{
				ID: id("indicator", fmt.Sprintf("%s/%d", res.ID, j)), Text: m.text, Face: face, Target: m.target, Unit: m.unit,
				Direction: appraisal.Direction(m.direction),
			})
		}
		for j, s := range g.steps {
			month := min(3*(j+1), 12)
			res.Steps = append(res.Steps, appraisal.Step{ID: id("step", fmt.Sprintf("%s/%d", res.ID, j)), Text: s, Due: fmt.Sprintf("%04d-%02d", w.year, month)})
		}
		out = append(out, res)
	}
	return out
}

func jobFor(title string) []goal {
	for _, j := range jobs {
		if j.match == nil || slices.ContainsFunc(j.match, func(m string) bool { return strings.Contains(title, m) }) {
			return j.results
		}
	}
	return nil
}

// state draws how far the plan of a part is. Last year everybody had one.
func (w *writer) state(p appraisal.Part) appraisal.PlanState {
	if w.kept(p) {
		return appraisal.Approved
	}
	for _, person := range w.city.Cast {
		if person == p.Who.PersonID {
			return appraisal.Approved
		}
	}
	if w.year < w.city.Year {
		if w.lot(p, "plan").IntN(60) == 0 {
			return appraisal.NotMade
		}
		return appraisal.Approved
	}
	switch n := w.lot(p, "plan").IntN(100); {
	case n < 7:
		return appraisal.NotMade
	case n < 12:
		return appraisal.Draft
	case n < 16:
		return appraisal.Submitted
	case n < 18:
		return appraisal.Returned
	default:
		return appraisal.Approved
	}
}

// record makes everything of one part; any is false where nothing was made.
func (w *writer) record(p appraisal.Part) (r appraisal.Record, any bool) {
	state := w.state(p)
	r.Part = p
	if state == appraisal.NotMade || w.taught(p) {
		return r, false
	}
	results := slices.Clone(w.results[p.ID])
	w.tie(p, results)
	if state == appraisal.Draft && w.lot(p, "flaw").IntN(2) == 0 {
		results[0].Indicators[0].Text = "Melakukan kegiatan sesuai tugas"
		results[0].Indicators[0].Unit = ""
	}
	plan := &appraisal.Plan{
		PartID: p.ID, State: state, Version: 1,
		Content: appraisal.Content{
			Approach: appraisal.Quantitative, Form: p.Form, Results: results,
			Expectations: map[string]string{"berorientasi_pelayanan": "Warga mendapat jawaban pada hari yang sama.", "kolaboratif": "Berbagi data dengan bidang lain tanpa diminta dua kali."},
			Annex: appraisal.Annex{
				Resources:      []string{"Anggaran kegiatan sesuai DPA", "Perangkat kerja dan jaringan"},
				Accountability: []string{"Laporan kemajuan tiap triwulan beserta buktinya"},
				Consequences:   []string{"Capaian menjadi bahan penilaian dan pengembangan"},
			},
		},
		UpdatedAt: w.day(w.year, 1, 12),
	}
	evaluator := appraisal.Signer{PersonID: p.Evaluator.PersonID, Name: p.Evaluator.Name, Post: p.Evaluator.Post}
	switch state {
	case appraisal.Approved:
		plan.Revision, plan.SubmittedAt, plan.DecidedAt, plan.DecidedBy = 1, w.day(w.year, 1, 15), w.day(w.year, 1, 20), evaluator
	case appraisal.Submitted:
		plan.SubmittedAt = w.day(w.year, int(w.month()), 18)
	case appraisal.Returned:
		plan.Remark, plan.DecidedBy, plan.DecidedAt = "Indikator pertama belum menyebut hasil. Tulis apa yang berubah bagi warga.", evaluator, w.day(w.year, int(w.month()), 16)
	}
	r.Plan = plan
	if state == appraisal.Approved {
		r.Progress = w.progress(p, results)
		r.Feedback = w.feedback(p, results, evaluator)
		r.Evaluations = w.evaluations(p, results, evaluator)
	}
	return r, true
}

// month is the last month of the year that has begun on the city's day.
func (w *writer) month() time.Month {
	if w.year < w.city.Year {
		return time.December
	}
	day, _ := time.Parse(time.DateOnly, w.city.Today)
	return day.Month()
}
