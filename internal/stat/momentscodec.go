package stat

import (
	"encoding/binary"
	"errors"
)

// ErrMoments is returned for bytes that are no moments.
var ErrMoments = errors.New("stat: not a tally of moments")

const momentsVersion = 1

// maxElements bounds what UnmarshalBinary allocates for bytes it does not
// trust yet.
const maxElements = 64

// MarshalBinary writes the moments as bytes for storage: a version, the number
// of elements, the respondents, then the three matrices as variable-length
// integers (the symmetric ones as their upper half).
func (m *Moments) MarshalBinary() ([]byte, error) {
	out := make([]byte, 0, 2+3*len(m.both))
	out = append(out, momentsVersion, byte(m.elements))
	out = binary.AppendVarint(out, m.n)
	for e := range m.elements {
		for f := range m.elements {
			i := e*m.elements + f
			if f >= e {
				out = binary.AppendVarint(out, m.both[i])
				out = binary.AppendVarint(out, m.cross[i])
			}
			out = binary.AppendVarint(out, m.sum[i])
		}
	}
	return out, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Moments) UnmarshalBinary(data []byte) error {
	if len(data) < 3 || data[0] != momentsVersion || data[1] > maxElements {
		return ErrMoments
	}
	r := varints{data: data[2:]}
	*m = *NewMoments(int(data[1]))
	m.n = r.next()
	for e := range m.elements {
		for f := range m.elements {
			i := e*m.elements + f
			if f >= e {
				j := f*m.elements + e
				m.both[i] = r.next()
				m.both[j] = m.both[i]
				m.cross[i] = r.next()
				m.cross[j] = m.cross[i]
			}
			m.sum[i] = r.next()
		}
	}
	if r.bad || len(r.data) != 0 {
		return ErrMoments
	}
	return nil
}

// varints reads one variable-length integer after another and remembers
// whether any was broken.
type varints struct {
	data []byte
	bad  bool
}

func (r *varints) next() int64 {
	x, n := binary.Varint(r.data)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.data = r.data[n:]
	return x
}
