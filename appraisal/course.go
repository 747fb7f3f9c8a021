package appraisal

import (
	"context"
)

// Course is how far somebody has come with the SKP in force, in a way that can
// be compared over posts and years: the mean over the indicators of what was
// reached against what the days gone by ask for.
type Course struct {
	Part       Part
	Hundredths int // of a per cent: 10000 is exactly on course
	Indicators int // with a target and a recorded value
}

// Courses returns the course of every deciding part of a year with something
// recorded, as it stands today. An indicator counts at most so many per cent,
// so that one easy target outshines nothing. It checks no permission.
func (s *Service) Courses(ctx context.Context, year, most int) ([]Course, error) {
	parts, err := s.Parts(ctx, s.db, year)
	if err != nil {
		return nil, err
	}
	deciding := parts[:0]
	for _, p := range parts {
		if p.Last {
			deciding = append(deciding, p)
		}
	}
	w := AnnualOf(year)
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return nil, err
	}
	cases, err := gatherAll(ctx, s.db, deciding, w, book)
	if err != nil {
		return nil, err
	}
	today := s.today()
	var all []Course
	for _, c := range cases {
		latest, _ := latestOf(c.entries)
		if course := courseOf(c.part, c.content, latest, today, most); course.Indicators > 0 && c.approved {
			all = append(all, course)
		}
	}
	return all, nil
}

// courseOf reckons one part. Where less is better, or a value must be kept,
// days ask for nothing: such an indicator is on course when its target is met.
func courseOf(p Part, c Content, latest map[string]Progress, today Day, most int) Course {
	course := Course{Part: p}
	gone := max(daysBetween(p.From, min(today, p.To))+1, 0)
	whole := daysBetween(p.From, p.To) + 1
	sum := 0
	for _, placed := range c.Indicators() {
		in := placed.Indicator
		r, ok := reach(*in, latest[in.ID].Value)
		if !ok || gone == 0 {
			continue
		}
		share := r.Percent * 100
		switch {
		case in.Direction == Up:
			share = share * whole / gone
		case r.Met:
			share = 10000
		default:
			share = min(share, 10000)
		}
		sum += min(share, most*100)
		course.Indicators++
	}
	if course.Indicators > 0 {
		course.Hundredths = sum / course.Indicators
	}
	return course
}
