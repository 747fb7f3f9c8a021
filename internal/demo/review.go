package demo

import (
	"time"

	"github.com/gurindam/gurindam/appraisal"
)

// Others lists the demo accounts beside those of Accounts: a hospital field
// where one superior has forty people to confirm each month, and a school that
// writes in Ruang GTK.
func Others() []string { return []string{"kabid", "direktur", "ners", "guru", "kepsek"} }

// tinyUnit is an office of three: its head and two others, so few that the
// pattern of predicates cannot be satisfied.
func (p *planner) tinyUnit() {
	office := id("unit", "disdagin")
	u := p.unit("disdagin/metrologi", office, "UPTD Metrologi Legal", "UPTD Metrologi", "upt", "")
	head := p.chief(u, "Kepala UPTD Metrologi Legal", "pengawas", 9, p.heads[office])
	for _, level := range []int{0, 2} {
		l := functionalLevels[level]
		p.post(Post{
			Unit: u, Title: "Pengamat Tera " + l.suffix, Kind: "fungsional", Level: l.level, Class: l.class,
			RankLow: l.low, RankHigh: l.high, Superior: head, Need: 1, jobs: 1, Group: "umum",
		})
	}
	for _, post := range p.city.Posts {
		if post.Unit == u {
			p.hire(post)
		}
	}
}

// hospital gives the accounts of Others their people: a superior, the
// superior's superior, and a nurse who will object.
func (p *planner) hospital() {
	field := id("unit", "rsud/Bidang Keperawatan")
	for _, role := range []struct{ account, post string }{
		{"kabid", p.heads[field]}, {"direktur", p.heads[id("unit", "rsud")]}, {"ners", id("post", field+"/Perawat Ahli Muda")},
	} {
		p.city.Actors[role.account] = p.settled(role.post).ID
	}
}

// kept are the people of accounts and everybody whom the hospital's superior
// evaluates: their plans are agreed.
func (w *writer) kept(p appraisal.Part) bool {
	for _, name := range append(Accounts(), Others()...) {
		if w.city.Actors[name] == p.Who.PersonID {
			return true
		}
	}
	return p.Evaluator.PersonID != "" && p.Evaluator.PersonID == w.city.Actors["kabid"] || w.tiny(p)
}

func (w *writer) tiny(p appraisal.Part) bool { return p.Who.UnitID == id("unit", "disdagin/metrologi") }

// tinyPredicate sets the predicate of the unit of three for the year under way.
func (w *writer) tinyPredicate() (out []appraisal.Organisation) {
	for _, p := range w.parts {
		if w.tiny(p) && p.HeadOf == p.Who.UnitID {
			e := p.Evaluator
			out = append(out, appraisal.Organisation{
				UnitID: p.HeadOf, Unit: p.Who.Unit, Window: appraisal.AnnualOf(w.year), Predicate: appraisal.OrganisationGood,
				Reason:   "Seluruh alat ukur pasar yang terdaftar ditera ulang sesuai jadwal.",
				Evidence: "Rekap tera ulang triwulan III", At: w.now().AddDate(0, 0, -7),
				By: appraisal.Signer{Name: e.Name, Post: e.Post, PersonID: e.PersonID},
			})
		}
	}
	return out
}

// now is the morning of the city's day.
func (w *writer) now() time.Time {
	day, _ := time.Parse(time.DateOnly, w.city.Today)
	return day.Add(2*time.Hour + 30*time.Minute)
}

// underWay are the evaluations of the year that is not over: ratings of the
// unit of three, and two months in the hospital that were quarrelled about.
func (w *writer) underWay(p appraisal.Part, results []appraisal.Result, evaluator appraisal.Signer) []appraisal.LoadEvaluation {
	switch {
	case w.tiny(p) && p.HeadOf == "":
		return []appraisal.LoadEvaluation{w.rated(p, results, evaluator)}
	case p.Who.PersonID == w.city.Actors["ners"]:
		return w.quarrels(p, results, evaluator)
	}
	return nil
}

func (w *writer) rated(p appraisal.Part, results []appraisal.Result, evaluator appraisal.Signer) appraisal.LoadEvaluation {
	rng := w.lot(p, "under way")
	var e appraisal.LoadEvaluation
	e.Window, e.State, e.Version = appraisal.AnnualOf(w.year), appraisal.Running, 1
	e.Ratings = appraisal.Ratings{Results: appraisal.Meets, Conduct: appraisal.Meets, ResultsReason: reasons[appraisal.Meets]}
	e.RatedAt, e.RatedBy = w.now().AddDate(0, 0, -4), evaluator
	e.Self = appraisal.Side{Words: words(results, -1, false, rng), SentAt: w.now().AddDate(0, 0, -6), Version: 1}
	e.Superior = appraisal.Side{Words: words(results, -1, true, rng), SentAt: e.RatedAt, Version: 1}
	return e
}

// quarrels makes two months of Butuh Perbaikan: the earlier was objected to
// and changed, the later was received a few days ago.
func (w *writer) quarrels(p appraisal.Part, results []appraisal.Result, evaluator appraisal.Signer) []appraisal.LoadEvaluation {
	if p.Cadence != appraisal.Monthly {
		return nil
	}
	latest := int(w.now().Month()) - 1
	if latest < 3 {
		return nil
	}
	now := w.now()
	won, open := w.low(results, evaluator, latest-2, now.AddDate(0, 0, -30)), w.low(results, evaluator, latest-1, now.AddDate(0, 0, -6))
	open.State, open.ReceivedAt = appraisal.Received, now.AddDate(0, 0, -5)
	won.State, won.ReceivedAt = appraisal.Settled, now.AddDate(0, 0, -29)
	won.Settled = appraisal.Ratings{
		Results: appraisal.Meets, ResultsReason: "Rekap bangsal menunjukkan target bulan itu tercapai.", Conduct: appraisal.Meets, ConductReason: conductReasons[appraisal.Meets],
	}
	won.Objection = &appraisal.Objection{
		Text:        "Realisasi bulan itu ada di rekap bangsal yang terlampir, tetapi tidak ikut dibaca. Targetnya tercapai.",
		FiledAt:     now.AddDate(0, 0, -26),
		Evaluator:   "Rekap bangsal baru saya terima setelah menilai. Angkanya benar.",
		EvaluatorAt: now.AddDate(0, 0, -24), Person: "Rekap itu saya unggah pada hari terakhir bulan itu.", PersonAt: now.AddDate(0, 0, -23),
		Changed: true, Decision: "Bukti sah dan tercatat sebelum penilaian. Rating hasil kerja diubah menjadi sesuai ekspektasi.",
		DecidedAt: now.AddDate(0, 0, -20), DecidedBy: appraisal.Signer{PersonID: p.Above.PersonID, Name: p.Above.Name, Post: p.Above.Post},
	}
	return []appraisal.LoadEvaluation{won, open}
}

// low rates a month as short of its targets.
func (w *writer) low(results []appraisal.Result, evaluator appraisal.Signer, month int, at time.Time) appraisal.LoadEvaluation {
	var e appraisal.LoadEvaluation
	e.Window, e.Version = appraisal.Window{Year: w.year, Kind: appraisal.Month, N: month}, 1
	e.Ratings = appraisal.Ratings{
		Results: appraisal.Below, ResultsReason: "Rekap bangsal bulan ini belum masuk, jadi target dianggap belum tercapai.",
		Conduct: appraisal.Meets, ConductReason: conductReasons[appraisal.Meets],
	}
	e.RatedAt, e.RatedBy, e.DecidedAt = at, evaluator, appraisal.Day(at.Format(time.DateOnly))
	e.Superior = appraisal.Side{SentAt: at, Version: 1, Words: appraisal.Words{Indicators: map[string]appraisal.Say{}, Values: map[string]appraisal.Say{}}}
	said := map[string]appraisal.Say{}
	for _, r := range results {
		for _, in := range r.Indicators {
			said[in.ID] = appraisal.Say{Value: in.Target, Text: "Menurut rekap bangsal yang terunggah pada hari terakhir bulan ini."}
		}
	}
	e.Self = appraisal.Side{SentAt: at.AddDate(0, 0, -2), Version: 1, Words: appraisal.Words{Indicators: said, Values: map[string]appraisal.Say{}}}
	return e
}
