package participation

import (
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// Marks are one respondent's answers in the order of the wave's elements, each
// 1 to 4, or 0 for an element left unanswered. They are stored as text of one
// character an element: "43344.444", the dot being unanswered.
type Marks []uint8

const unanswered = '.'

// String returns the text that is stored.
func (m Marks) String() string {
	var b strings.Builder
	for _, v := range m {
		if v == 0 {
			b.WriteByte(unanswered)
		} else {
			b.WriteByte('0' + v)
		}
	}
	return b.String()
}

// ParseMarks reads String; anything but 1..4 and dots is a fault.
func ParseMarks(s string) (Marks, error) {
	m := make(Marks, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c == unanswered:
		case c >= '1' && c <= '4':
			m[i] = c - '0'
		default:
			return nil, fault.Wrong("survey.marks")
		}
	}
	return m, nil
}

// ReadMarks reads one value an element from a form or a file. An empty value is
// an unanswered element, allowed only where partial is true; everything else
// must be 1, 2, 3 or 4. Every wrong element is named in the fault.
func ReadMarks(elements []string, value func(key string) string, partial bool) (Marks, error) {
	m := make(Marks, len(elements))
	var wrong fault.Fields
	for i, key := range elements {
		switch v := value(key); v {
		case "1", "2", "3", "4":
			m[i] = v[0] - '0'
		case "":
			wrong.Check(partial, key, "survey.choose")
		default:
			wrong.Add(key, "survey.one_to_four")
		}
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	return m, m.some()
}

func (m Marks) some() error {
	for _, v := range m {
		if v > 0 {
			return nil
		}
	}
	return fault.Wrong("survey.nothing_answered")
}
