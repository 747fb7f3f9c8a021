package participationweb

import (
	"fmt"
	"net/url"
	"time"

	"github.com/gurindam/gurindam/participation"
)

// suggested fills the form of a new wave: the quarter of today, or the one
// after the latest wave, with its settings.
func suggested(waves []participation.Wave, today string) url.Values {
	first, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return url.Values{}
	}
	first = time.Date(first.Year(), (first.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
	v := url.Values{"by": {"krejcie"}, "repeat": {"3"}, "population": {"0"}, "elements": participation.Nine()}
	for _, s := range participation.Strata() {
		v.Add("basis", string(s))
	}
	if len(waves) > 0 {
		last := waves[0]
		if ends, err := time.Parse(time.DateOnly, last.EndsOn); err == nil && !ends.Before(first) {
			first = ends.AddDate(0, 0, 1)
		}
		v.Set("population", fmt.Sprint(max(last.Population, last.Answers)))
		v["elements"] = last.Elements
	}
	v.Set("opens_on", first.Format(time.DateOnly))
	v.Set("ends_on", first.AddDate(0, 3, -1).Format(time.DateOnly))
	return v
}
