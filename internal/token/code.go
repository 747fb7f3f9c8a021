package token

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// Code is a single-use code as printed: three groups of four letters and
// digits, the last of which checks the others.
type Code string

// alphabet leaves out I, L, O and U: nobody shall puzzle over 0 and O, and no
// code shall spell a word.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	codeLen  = 12
	groupLen = 4
)

// NewCode draws a code of 55 random bits.
func NewCode(random io.Reader) (Code, error) {
	var raw [codeLen - 1]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", fmt.Errorf("draw code: %w", err)
	}
	digits := make([]byte, codeLen)
	for i, b := range raw {
		digits[i] = b & 31
	}
	digits[codeLen-1] = check(digits[:codeLen-1])
	return format(digits), nil
}

func format(digits []byte) Code {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && i%groupLen == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(alphabet[d])
	}
	return Code(b.String())
}

// ParseCode reads a code as people type it: any case, with or without dashes
// and spaces, with O for 0 and I or L for 1. A code with a slip of the pen is a
// fault at once, before anything is looked up.
func ParseCode(s string) (Code, error) {
	digits := make([]byte, 0, codeLen)
	for _, r := range strings.ToUpper(s) {
		switch r {
		case '-', ' ', '\u00a0', '–':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		d := strings.IndexRune(alphabet, r)
		if d < 0 || len(digits) == codeLen {
			return "", fault.Wrong("token.code_malformed")
		}
		digits = append(digits, byte(d))
	}
	if len(digits) != codeLen || check(digits[:codeLen-1]) != digits[codeLen-1] {
		return "", fault.Wrong("token.code_malformed")
	}
	return format(digits), nil
}

// check returns the check digit: the digits as elements of the field of 32,
// each times another power of its generator, added up. One wrong digit and two
// exchanged ones always change it.
func check(digits []byte) byte {
	var sum byte
	power := byte(1)
	for _, d := range digits {
		power = double(power)
		sum ^= times(d, power)
	}
	return sum
}

// double multiplies by the generator of GF(32), x⁵ = x² + 1.
func double(a byte) byte {
	a <<= 1
	if a&32 != 0 {
		a ^= 0b100101
	}
	return a
}

func times(a, b byte) byte {
	var product byte
	for ; b > 0; b >>= 1 {
		if b&1 != 0 {
			product ^= a
		}
		a = double(a)
	}
	return product
}

// hash is what is stored of a code: bound to what it is for, so that a code of
// one wave is unknown to every other.
func (c Code) hash(subject string) []byte {
	sum := sha256.Sum256([]byte("gurindam code\x00" + subject + "\x00" + strings.ReplaceAll(string(c), "-", "")))
	return sum[:]
}
