package rulebook

import (
	"errors"
	"math/big"
	"strconv"
	"strings"
)

// Num is an exact rational number. Sums, products and quotients of Nums lose
// nothing; only Round does. Nums are immutable; the zero value is 0.
type Num struct{ r *big.Rat }

// Limits of what ParseNum reads: far beyond any figure of a rule, and small
// enough that no text can ask for a number that fills the memory.
const (
	maxNumDigits   = 40
	maxNumExponent = 15
)

var (
	errNotNum  = errors.New("not a decimal number")
	errHugeNum = errors.New("a number with too many digits")
)

// Int returns n as a Num.
func Int(n int64) Num { return Num{new(big.Rat).SetInt64(n)} }

// Ratio returns a/b. It panics when b is zero, as the built-in division does.
func Ratio(a, b int64) Num { return Num{big.NewRat(a, b)} }

// ParseNum reads a decimal number as JSON writes it: 12, -0.5, 1.2e3. It
// refuses NaN, infinities, fractions and numbers of more than 40 digits.
func ParseNum(s string) (Num, error) {
	if !decimalText(s) {
		return Num{}, errNotNum
	}
	if len(s) > maxNumDigits {
		return Num{}, errHugeNum
	}
	if _, exp, has := strings.Cut(strings.ToLower(s), "e"); has {
		n, err := strconv.Atoi(exp)
		if err != nil || n > maxNumExponent || n < -maxNumExponent {
			return Num{}, errHugeNum
		}
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return Num{}, errNotNum
	}
	return Num{r}, nil
}

// decimalText reports whether s is made of a decimal number's characters and
// begins with a digit or a minus; big.Rat judges the rest.
func decimalText(s string) bool {
	if s == "" || strings.Trim(s, "0123456789+-.eE") != "" {
		return false
	}
	first := strings.TrimPrefix(s, "-")
	return first != "" && first[0] >= '0' && first[0] <= '9'
}

func (n Num) rat() *big.Rat {
	if n.r == nil {
		return new(big.Rat)
	}
	return n.r
}

// Add returns n + m.
func (n Num) Add(m Num) Num { return Num{new(big.Rat).Add(n.rat(), m.rat())} }

// Sub returns n - m.
func (n Num) Sub(m Num) Num { return Num{new(big.Rat).Sub(n.rat(), m.rat())} }

// Mul returns n × m.
func (n Num) Mul(m Num) Num { return Num{new(big.Rat).Mul(n.rat(), m.rat())} }

// Quo returns n ÷ m. It panics when m is zero.
func (n Num) Quo(m Num) Num { return Num{new(big.Rat).Quo(n.rat(), m.rat())} }

// Cmp returns -1, 0 or 1 as n is less than, equal to or greater than m.
func (n Num) Cmp(m Num) int { return n.rat().Cmp(m.rat()) }

// Less reports whether n < m.
func (n Num) Less(m Num) bool { return n.Cmp(m) < 0 }

// Equal reports whether n and m are the same number.
func (n Num) Equal(m Num) bool { return n.Cmp(m) == 0 }

// Sign returns -1, 0 or 1.
func (n Num) Sign() int { return n.rat().Sign() }

// Round returns n rounded to the given decimal places, halves away from zero.
func (n Num) Round(places int) Num {
	r, _ := new(big.Rat).SetString(n.rat().FloatString(places))
	return Num{r}
}

// Ceil returns the smallest whole number that is not less than n.
func (n Num) Ceil() Num {
	q, m := new(big.Int).DivMod(n.rat().Num(), n.rat().Denom(), new(big.Int))
	if m.Sign() != 0 {
		q.Add(q, big.NewInt(1))
	}
	return Num{new(big.Rat).SetInt(q)}
}

// Floor returns the greatest whole number that is not greater than n.
func (n Num) Floor() Num {
	q, _ := new(big.Int).DivMod(n.rat().Num(), n.rat().Denom(), new(big.Int))
	return Num{new(big.Rat).SetInt(q)}
}

// Int64 returns n as an integer; ok is false when n is not whole or too large.
func (n Num) Int64() (v int64, ok bool) {
	r := n.rat()
	if !r.IsInt() || !r.Num().IsInt64() {
		return 0, false
	}
	return r.Num().Int64(), true
}

// Fixed writes n with exactly the given decimal places, rounding halves away
// from zero.
func (n Num) Fixed(places int) string { return n.rat().FloatString(places) }

// String writes n as its shortest exact decimal (18.75), or as a fraction
// (125/9) when no decimal is exact.
func (n Num) String() string {
	places, exact := n.rat().FloatPrec()
	if !exact {
		return n.rat().RatString()
	}
	return n.rat().FloatString(places)
}

// MarshalJSON writes n as a JSON number, or as the text of a fraction when no
// decimal is exact.
func (n Num) MarshalJSON() ([]byte, error) {
	if _, exact := n.rat().FloatPrec(); !exact {
		return []byte(strconv.Quote(n.String())), nil
	}
	return []byte(n.String()), nil
}

// UnmarshalJSON reads a JSON number as ParseNum does.
func (n *Num) UnmarshalJSON(b []byte) error {
	m, err := ParseNum(string(b))
	if err != nil {
		return err
	}
	*n = m
	return nil
}

// Figure is a number rounded to a fixed number of decimal places and written
// with all of them: 78.70.
type Figure struct {
	Num
	Places int
}

// Figure returns n rounded to places, halves away from zero.
func (n Num) Figure(places int) Figure { return Figure{n.Round(places), places} }

// String writes all places.
func (f Figure) String() string { return f.Fixed(f.Places) }

// MarshalJSON writes a JSON number with all places.
func (f Figure) MarshalJSON() ([]byte, error) { return []byte(f.String()), nil }
