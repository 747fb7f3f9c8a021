package demo

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/participation"
)

// pastQuarters is how many quarters of results the city has.
const pastQuarters = 5

// surveys writes the city's services with what citizens answered.
func (c *City) surveys(ctx context.Context, office *participation.Office, hr account.Actor) error {
	today, err := time.Parse(time.DateOnly, c.Today)
	if err != nil {
		return err
	}
	w := &surveyor{today: today, rng: rand.New(rand.NewPCG(14, 2017))}
	var list []participation.LoadService
	for i, s := range counters {
		list = append(list, w.service(i, s))
	}
	return office.Load(ctx, hr, list)
}

// surveyor draws answers.
type surveyor struct {
	today time.Time
	rng   *rand.Rand
}

func (w *surveyor) service(place int, s counter) participation.LoadService {
	l := participation.LoadService{Voices: map[int][2]int{}, Service: participation.Service{
		Code: s.code, UnitID: id("unit", s.unit), Name: s.name, NameEN: s.english, Time: s.time, Cost: s.cost, Requirements: s.needs,
	}}
	if s.share == 0 {
		return l
	}
	first := time.Date(w.today.Year(), (w.today.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
	for q := -pastQuarters; q <= 0; q++ {
		l.Waves = append(l.Waves, w.wave(s, first.AddDate(0, 3*q, 0), q))
	}
	w.deeds(place, &l)
	return l
}

// wave draws one quarter; the last one is under way.
func (w *surveyor) wave(s counter, from time.Time, q int) participation.LoadWave {
	to := from.AddDate(0, 3, -1)
	l := participation.LoadWave{Wave: participation.Wave{
		Name: participation.PeriodName(iso(from), iso(to)), OpensOn: iso(from), EndsOn: iso(to), Elements: participation.Nine(),
		Basis: participation.Strata(), Population: s.visits, TargetBy: "krejcie", Repeat: 3,
	}}
	last := to
	n := int(float64(s.visits) * s.share * (0.85 + 0.3*w.rng.Float64()))
	if q == 0 {
		last = w.today
		n = n * int(w.today.Sub(from).Hours()/24+1) / 91
	} else {
		l.Wave.ClosedOn = iso(to.AddDate(0, 0, 3))
		l.PublishedOn = iso(to.AddDate(0, 0, 10))
	}
	for range n {
		l.Answers = append(l.Answers, w.answer(s, from, last, s.mood+s.drift*float64(q+pastQuarters)))
	}
	l.Visits = int(float64(s.visits) * (0.95 + 0.1*w.rng.Float64()))
	if q == 0 {
		l.Visits = l.Visits * int(w.today.Sub(from).Hours()/24+1) / 91
	}
	if s.code == "ktp-el-kk" && q >= -1 {
		l.Issued = visitors(l.Answers) + 9
	}
	if q == -1 {
		for _, element := range s.weak[:min(2, len(s.weak))] {
			said := remarks[element]
			l.Quotes = append(l.Quotes, participation.Quote{Element: element, Words: said[w.rng.IntN(len(said))]})
		}
	}
	return l
}

func visitors(list []participation.Answer) (n int) {
	for _, a := range list {
		if a.Stratum == participation.Visit {
			n++
		}
	}
	return n
}

// answer draws one respondent: a mood, a habit of ticking one column that is as
// common as in real files, and the weak spots of the service.
func (w *surveyor) answer(s counter, from, to time.Time, mood float64) participation.Answer {
	a := participation.Answer{Stratum: w.stratum(s), Day: w.workday(from, to), Marks: make(participation.Marks, 9), Profile: w.profile()}
	own := mood + 0.42*w.rng.NormFloat64()
	straight := w.rng.Float64() < 0.42
	for i, key := range participation.Nine() {
		v := own
		if !straight {
			v += 0.55 * w.rng.NormFloat64()
			if slices.Contains(s.weak, key) {
				v -= 0.42
			}
			if key == "cost" {
				v += 0.6
			}
		}
		a.Marks[i] = uint8(max(1, min(4, int(v+0.5))))
	}
	if w.rng.Float64() < 0.14 {
		keys := append(slices.Clone(s.weak), "behaviour", "product")
		said := remarks[keys[w.rng.IntN(len(keys))]]
		a.Words = said[w.rng.IntN(len(said))]
	}
	return a
}

func (w *surveyor) stratum(s counter) participation.Stratum {
	x := w.rng.Float64()
	switch {
	case s.unit == "21.72.03.1004" && x < 0.4:
		return participation.Assisted
	case x < 0.44:
		return participation.Visit
	case x < 0.62:
		return participation.Paper
	case x < 0.74:
		return participation.Counter
	case x < 0.8:
		return participation.Kiosk
	}
	return participation.Open
}

func (w *surveyor) workday(from, to time.Time) string {
	days := int(to.Sub(from).Hours()/24) + 1
	for {
		d := from.AddDate(0, 0, w.rng.IntN(days))
		if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			return iso(d)
		}
	}
}

// profile draws who answers; one in six tells nothing.
func (w *surveyor) profile() participation.Profile {
	if w.rng.IntN(6) == 0 {
		return participation.Profile{}
	}
	pick := func(codes []string, common int) string {
		if w.rng.IntN(100) < 60 {
			return codes[common]
		}
		return codes[w.rng.IntN(len(codes))]
	}
	f := participation.Fields()
	return participation.Profile{
		Sex: f[0].Codes[w.rng.IntN(2)], Age: pick(f[1].Codes, 2), Education: pick(f[2].Codes, 2), Work: f[3].Codes[w.rng.IntN(len(f[3].Codes))],
		Disability: pick(f[4].Codes[:1], 0),
	}
}

// deeds gives a service some of the deeds, others to the next.
func (w *surveyor) deeds(place int, l *participation.LoadService) {
	for i, d := range deeds {
		if place > 0 && (i+place)%3 != 0 {
			continue
		}
		day := func(offset int) string { return iso(w.today.AddDate(0, 0, offset)) }
		f := participation.FollowUp{
			Element: d.element, Said: d.said, Deed: d.deed, Reason: d.reason, Owner: d.owner, Voices: d.voices,
			State: participation.FollowUpState(d.state), MadeOn: day(d.made),
		}
		if f.State != participation.FollowDeclined {
			f.DueOn = day(d.due)
		}
		if f.State == participation.FollowDone || f.State == participation.FollowReported {
			f.ReportedOn, f.Evidence = day(d.due-3), "Foto dan berita acara di sekretariat."
		}
		l.Voices[len(l.Follow)] = [2]int{d.agree, d.disagree}
		l.Follow = append(l.Follow, f)
	}
}

func iso(t time.Time) string { return t.Format(time.DateOnly) }
