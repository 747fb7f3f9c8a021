package appraisalweb

import "time"

// dayNumber counts days, for shares of a year; text that is no day gives 0.
func dayNumber(iso string) int {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return 0
	}
	return int(t.Unix() / (24 * 60 * 60))
}
