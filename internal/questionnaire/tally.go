package questionnaire

// Tally counts the marks of one item: how many gave 1, 2, … up to the scale.
type Tally []int

// Answered returns how many gave a mark.
func (t Tally) Answered() int {
	n := 0
	for _, c := range t {
		n += c
	}
	return n
}

// Mean returns the mean mark in hundredths, half up; 0 when nobody answered.
func (t Tally) Mean() int {
	sum, n := 0, t.Answered()
	for i, c := range t {
		sum += (i + 1) * c
	}
	if n == 0 {
		return 0
	}
	return (200*sum + n) / (2 * n)
}

// Count tallies the marks of every item of the sheet.
func (s Sheet) Count(all []Answers) map[string]Tally {
	out := map[string]Tally{}
	for _, i := range s.Items {
		out[i.Code] = make(Tally, s.Scale)
	}
	for _, a := range all {
		for code, mark := range a.Marks {
			if t := out[code]; t != nil && mark >= 1 && mark <= len(t) {
				t[mark-1]++
			}
		}
	}
	return out
}
