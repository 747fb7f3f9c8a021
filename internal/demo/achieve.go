package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/appraisal"
)

// progress records two months of every indicator: an early one and the latest.
func (w *writer) progress(p appraisal.Part, results []appraisal.Result) []appraisal.Progress {
	last := int(w.month())
	if w.year == w.city.Year {
		last = max(last-1, 1)
	}
	if from, _ := strconv.Atoi(string(p.From)[5:7]); from > last {
		return nil
	}
	if to, _ := strconv.Atoi(string(p.To)[5:7]); to < last {
		last = to
	}
	rng := w.lot(p, "progress")
	if w.year == w.city.Year && rng.IntN(9) == 0 {
		return nil
	}
	var out []appraisal.Progress
	for _, res := range results {
		for _, in := range res.Indicators {
			if _, serves := w.city.counterOf(p.HeadOf); serves && w.year == w.city.Year && in.Face == "penerima_layanan" {
				continue // citizens tell
			}
			share := 88 + rng.IntN(26)
			out = append(out, w.entry(p, res, in, last, reached(in, share*last/12, rng), rng))
		}
		for _, st := range res.Steps {
			if month, _ := strconv.Atoi(st.Due[5:]); month <= last && rng.IntN(6) > 0 {
				out = append(out, appraisal.Progress{
					PartID: p.ID, ResultID: res.ID, StepID: st.ID, Month: st.Due, Note: "Selesai.", CreatedAt: w.day(w.year, month, 27),
				})
			}
		}
	}
	return out
}

func (w *writer) entry(p appraisal.Part, res appraisal.Result, in appraisal.Indicator, month int, value string, rng *rand.Rand) appraisal.Progress {
	notes := []string{"Sesuai rekap bulanan unit.", "Dihitung dari buku kendali.", "Sebagian tertunda karena cuaca.", "Angka dari laporan triwulan.", ""}
	e := appraisal.Progress{
		PartID: p.ID, ResultID: res.ID, IndicatorID: in.ID, Month: fmt.Sprintf("%04d-%02d", w.year, month), Value: value,
		Note: notes[rng.IntN(len(notes))], CreatedAt: w.day(w.year, month, 25),
	}
	if rng.IntN(3) > 0 {
		e.Evidence = []appraisal.Evidence{{Label: "Rekap bulanan", URL: "https://berkas.contoh.invalid/rekap/" + in.ID[:8]}}
	}
	return e
}

// reached turns a share of the target, in per cent, into a value of the
// indicator: where less is better, less than the target is good.
func reached(in appraisal.Indicator, share int, rng *rand.Rand) string {
	target, err := strconv.ParseFloat(in.Target, 64)
	if err != nil {
		return ""
	}
	places := 0
	if _, frac, has := strings.Cut(in.Target, "."); has {
		places = len(frac)
	}
	value := target * float64(share) / 100
	if in.Direction == appraisal.Down {
		value = target * float64(85+rng.IntN(30)) / 100
		places = max(places, 1)
	} else if in.Unit == "%" || in.Unit == "indeks" || in.Unit == "nilai" {
		value = min(target*float64(92+rng.IntN(14))/100, 100)
		places = max(places, 1)
	}
	return strconv.FormatFloat(value, 'f', places, 64)
}

func (w *writer) feedback(p appraisal.Part, results []appraisal.Result, evaluator appraisal.Signer) []appraisal.Feedback {
	rng := w.lot(p, "feedback")
	if rng.IntN(3) == 0 && p.Who.PersonID != w.city.Actors["pegawai"] {
		return nil
	}
	said := []string{
		"Berkas bulan ini lengkap sejak awal. Cara memilahnya layak dibagikan ke rekan.",
		"Dua laporan terlambat tiga hari. Minggu depan mari susun jadwal bersama.",
		"Warga memuji penjelasan yang runtut di loket.",
		"Angka capaian berbeda dari rekap keuangan. Mohon cocokkan sebelum akhir bulan.",
	}
	month := max(int(w.month())-1-rng.IntN(3), 1)
	f := appraisal.Feedback{
		PartID: p.ID, About: appraisal.AboutResult, Ref: results[0].ID, Text: said[rng.IntN(len(said))], Author: evaluator,
		Relation: appraisal.FromSuperior, CreatedAt: w.day(w.year, month, 14),
	}
	if p.Who.PersonID != w.city.Actors["pegawai"] {
		f.ReadAt = w.day(w.year, month, 16)
	}
	return []appraisal.Feedback{f}
}

// evaluations rates the year that is over.
func (w *writer) evaluations(p appraisal.Part, results []appraisal.Result, evaluator appraisal.Signer) []appraisal.LoadEvaluation {
	if w.year == w.city.Year {
		return append(w.handedOver(p, evaluator), w.underWay(p, results, evaluator)...)
	}
	rng := w.lot(p, "evaluation")
	ratings, marks := w.ratings(p, rng)
	e := appraisal.LoadEvaluation{DecidedAt: appraisal.Day(fmt.Sprintf("%d-01-%02d", w.year+1, 19+rng.IntN(8)))}
	e.PartID, e.Window, e.Ratings = p.ID, appraisal.AnnualOf(w.year), ratings
	e.RatedAt, e.RatedBy = w.day(w.year+1, 1, 12), evaluator
	e.Self = appraisal.Side{Words: words(results, marks, false, rng), SentAt: w.day(w.year+1, 1, 8), Version: 1}
	e.Superior = appraisal.Side{Words: words(results, marks, true, rng), SentAt: w.day(w.year+1, 1, 12), Version: 1}
	e.State, e.Version = appraisal.Received, 1
	e.ReceivedAt = w.day(w.year+1, 1, 28)
	if rng.IntN(25) == 0 {
		e.State, e.ReceivedAt = appraisal.Decided, time.Time{}
	}
	return []appraisal.LoadEvaluation{e}
}

// ratings spreads judgements: most meet what was expected, some exceed it, a
// few fall short.
func (w *writer) ratings(p appraisal.Part, rng *rand.Rand) (appraisal.Ratings, int) {
	r := appraisal.Ratings{Results: appraisal.Meets, Conduct: appraisal.Meets}
	switch n := rng.IntN(100); {
	case n < 18:
		r.Results = appraisal.Above
	case n >= 92:
		r.Results = appraisal.Below
	}
	switch n := rng.IntN(100); {
	case n < 22:
		r.Conduct = appraisal.Above
	case n >= 96:
		r.Conduct = appraisal.Below
	}
	if p.Who.PersonID == w.city.Actors["pegawai"] {
		r.Results, r.Conduct = appraisal.Meets, appraisal.Above
	}
	r.ResultsReason = reasons[r.Results]
	r.ConductReason = conductReasons[r.Conduct]
	r.Note = "Pertahankan yang baik, lanjutkan rencana pengembangan."
	return r, rng.IntN(3)
}

var reasons = map[appraisal.Rating]string{
	appraisal.Above: "Target terlampaui dengan cara kerja yang kini dipakai rekan lain.",
	appraisal.Meets: "Target tercapai sesuai bukti.",
	appraisal.Below: "Sebagian target belum tercapai; penyebabnya dibahas dalam dialog kinerja.",
}

var conductReasons = map[appraisal.Rating]string{
	appraisal.Above: "Tiga nilai melampaui ekspektasi menurut umpan balik sepanjang tahun.",
	appraisal.Meets: "Perilaku sesuai ekspektasi pimpinan.",
	appraisal.Below: "Kehadiran dan tanggung jawab belum memenuhi ekspektasi; sudah diberi bimbingan.",
}

func words(results []appraisal.Result, marks int, superior bool, rng *rand.Rand) appraisal.Words {
	w := appraisal.Words{Indicators: map[string]appraisal.Say{}, Values: map[string]appraisal.Say{}}
	for _, res := range results {
		for i, in := range res.Indicators {
			say := appraisal.Say{Text: "Selesai sesuai rencana."}
			if superior {
				say = appraisal.Say{Text: "Sesuai bukti yang dilampirkan.", Mark: appraisal.Meets}
				if i == marks {
					say = appraisal.Say{Text: "Terlampaui, caranya layak ditiru.", Mark: appraisal.Above}
				}
			} else {
				say.Value = reached(in, 92+rng.IntN(16), rng)
			}
			w.Indicators[in.ID] = say
		}
	}
	if superior {
		w.Values["kolaboratif"] = appraisal.Say{Text: "Membantu bidang lain tanpa diminta.", Mark: appraisal.Above}
	}
	return w
}

// handedOver is the rating the doctor's superior gave when the doctor left the
// first health centre in June.
func (w *writer) handedOver(p appraisal.Part, evaluator appraisal.Signer) []appraisal.LoadEvaluation {
	if p.Who.PersonID != w.city.Cast["dokter"] || p.Last || p.Tenure != "definitive" {
		return nil
	}
	e := appraisal.LoadEvaluation{}
	e.PartID, e.Window, e.State, e.Version = p.ID, appraisal.AnnualOf(w.year), appraisal.Running, 1
	e.Ratings = appraisal.Ratings{
		Results: appraisal.Above, ResultsReason: "Waktu tunggu poli turun dari 70 ke 45 menit sebelum pindah.",
		Conduct: appraisal.Meets, ConductReason: conductReasons[appraisal.Meets],
	}
	e.RatedAt, e.RatedBy = w.day(w.year, 6, 3), evaluator
	e.Self = appraisal.Side{SentAt: w.day(w.year, 6, 2), Version: 1}
	e.Superior = appraisal.Side{SentAt: w.day(w.year, 6, 3), Version: 1}
	return []appraisal.LoadEvaluation{e}
}
