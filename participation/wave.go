package participation

import (
	"slices"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/stat"
	"github.com/gurindam/gurindam/rulebook"
)

// Wave is one period of a service's survey.
type Wave struct {
	ID         string
	ServiceID  string
	Name       string
	OpensOn    string // first day, YYYY-MM-DD
	EndsOn     string // last day
	ClosedOn   string // empty until it is closed
	Elements   []string
	Weights    []string // exact decimals that sum to one; empty: equal
	Basis      Basis    // what its index stands on
	Population int      // users of the period before, 0 when unknown
	Target     int      // answers wanted
	TargetBy   string   // "krejcie", "slovin" or "own"
	Repeat     int      // months until the next wave follows by itself, 0: none
	Answers    int      // stored so far, all strata
	Seal       string   // SHA-256 of the answers of a closed wave
	Version    int
}

// State is where a wave stands.
type State string

// The states, in their order. An ended wave takes no more answers and waits to
// be closed.
const (
	Planned State = "planned"
	Running State = "open"
	Ended   State = "ended"
	Closed  State = "closed"
)

// StateOn returns the wave's state on a day.
func (w Wave) StateOn(day string) State {
	switch {
	case w.ClosedOn != "":
		return Closed
	case day < w.OpensOn:
		return Planned
	case day > w.EndsOn:
		return Ended
	}
	return Running
}

// TokenSubject names the wave's batch of tokens.
func (w Wave) TokenSubject() string { return "survey:" + w.ID }

// maxElements is far beyond what anybody answers in a minute.
const maxElements = 20

func (w *Wave) check() error {
	var f fault.Fields
	f.Check(w.Name != "", "name", "form.required")
	f.Check(len([]rune(w.Name)) <= maxName, "name", "form.too_long", maxName)
	f.Check(isDate(w.OpensOn), "opens_on", "form.date")
	f.Check(isDate(w.EndsOn) && w.EndsOn >= w.OpensOn, "ends_on", "survey.wave.ends_before")
	f.Check(len(w.Basis) > 0, "basis", "form.choose")
	f.Check(w.Population >= 0, "population", "form.int", 0, 1_000_000_000)
	f.Check(w.Repeat >= 0 && w.Repeat <= 24, "repeat", "form.int", 0, 24)
	f.Check(len(w.Elements) > 0 && len(w.Elements) <= maxElements && distinct(w.Elements), "elements", "survey.wave.elements")
	w.checkWeights(&f)
	return f.Err()
}

// checkWeights notes weights that are no positive decimals or do not sum to
// exactly one.
func (w *Wave) checkWeights(f *fault.Fields) {
	if len(w.Weights) == 0 {
		return
	}
	sum := rulebook.Int(0)
	for _, s := range w.Weights {
		n, err := rulebook.ParseNum(s)
		if err != nil || n.Sign() <= 0 {
			f.Add("weights", "survey.wave.weight")
			return
		}
		sum = sum.Add(n)
	}
	f.Check(len(w.Weights) == len(w.Elements) && sum.Equal(rulebook.Int(1)), "weights", "survey.wave.weights_sum")
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func distinct(words []string) bool {
	return len(slices.Compact(slices.Sorted(slices.Values(words)))) == len(words)
}

// weights returns the elements' weights as floats for statistics, nil when
// equal.
func (w Wave) weights() []float64 {
	if len(w.Weights) == 0 {
		return nil
	}
	out := make([]float64, len(w.Weights))
	for i, s := range w.Weights {
		n, err := rulebook.ParseNum(s)
		if err != nil {
			return nil
		}
		out[i] = float(n)
	}
	return out
}

// Target returns how many answers a wave of the given population wants, by
// "krejcie" (the regulation's) or "slovin".
func (s Sample) Target(population int, by string) int {
	if by == "slovin" {
		return stat.Slovin(population, float(s.SlovinMargin))
	}
	return stat.KrejcieMorgan(population, float(s.Chi), float(s.Share), float(s.Margin))
}

// next returns the wave that follows a repeating one: the same questions for
// the months after it.
func (w Wave) next() (Wave, error) {
	ends, err := time.Parse(time.DateOnly, w.EndsOn)
	if err != nil {
		return Wave{}, err
	}
	first := ends.AddDate(0, 0, 1)
	n := w
	n.ID, n.ClosedOn, n.Seal, n.Answers, n.Version = "", "", "", 0, 0
	n.OpensOn = first.Format(time.DateOnly)
	n.EndsOn = first.AddDate(0, w.Repeat, -1).Format(time.DateOnly)
	n.Name = PeriodName(n.OpensOn, n.EndsOn)
	return n, nil
}

// PeriodName names a period the way reports do: "Triwulan IV 2026", "Semester
// I 2026", "2026", else its months "2026-08 – 2026-09".
func PeriodName(from, to string) string {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return strings.TrimSpace(from + " – " + to)
	}
	whole := a.Day() == 1 && b.AddDate(0, 0, 1).Day() == 1 && a.Year() == b.Year()
	months := int(b.Month()-a.Month()) + 1
	year := a.Format("2006")
	switch {
	case whole && months == 3 && int(a.Month()-1)%3 == 0:
		return "Triwulan " + []string{"I", "II", "III", "IV"}[int(a.Month()-1)/3] + " " + year
	case whole && months == 6 && int(a.Month()-1)%6 == 0:
		return "Semester " + []string{"I", "II"}[int(a.Month()-1)/6] + " " + year
	case whole && months == 12:
		return year
	}
	return a.Format("2006-01") + " – " + b.Format("2006-01")
}
