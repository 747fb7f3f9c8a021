package ui

import "strconv"

// Phase is one stretch of a period's ribbon.
type Phase struct {
	Name   string
	Note   string // "Januari, selesai"
	Weight int    // share of the width, 1 to 16
	Pieces int    // months it is cut into; at least 1
	Done   int    // whole pieces behind us
	Part   int    // per cent of the piece we are in
	State  PhaseState
}

// PhaseState tells where a phase stands to today.
type PhaseState int

// The states of a phase.
const (
	Ahead PhaseState = iota
	Now
	Over
)

func (ph Phase) class() string {
	c := "w" + strconv.Itoa(min(max(ph.Weight, 1), 16))
	switch ph.State {
	case Now:
		return c + " now"
	case Over:
		return c + " done"
	}
	return c
}

func (ph Phase) pieces() int { return max(ph.Pieces, 1) }

// passed is how much of the phase is behind us, in hundredths of a per cent of
// its width.
func (ph Phase) passed() int {
	switch ph.State {
	case Over:
		return 10000
	case Ahead:
		return 0
	}
	return min((ph.Done*100+min(ph.Part, 100))*100/ph.pieces(), 10000)
}

// upTo is the end of the piece we are in.
func (ph Phase) upTo() int {
	if ph.State != Now {
		return 0
	}
	return 10000
}

// early reports whether today's mark stands over the phase's name; then the word
// follows the name instead.
func (ph Phase) early() bool { return ph.passed() < 3500 }

// anchor keeps the word under the mark within the phase.
func (ph Phase) anchor() string {
	if ph.passed() > 9000 {
		return "end"
	}
	return "middle"
}

// percent writes hundredths of a per cent as an SVG length: 7525 is "75.25%".
func percent(hundredths int) string {
	s := strconv.Itoa(hundredths / 100)
	if rest := hundredths % 100; rest > 0 {
		s += "." + string(rune('0'+rest/10))
		if rest%10 > 0 {
			s += string(rune('0' + rest%10))
		}
	}
	return s + "%"
}
