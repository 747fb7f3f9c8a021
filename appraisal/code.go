package appraisal

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// codeLetters leaves out I, L, O and U, which people misread on paper
// (Crockford's base 32).
const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newCode returns a random code for a document, 50 bits in two groups:
// 7KQ4X-M2TDA. Codes name documents; they open nothing.
func newCode() string {
	raw := make([]byte, 7)
	rand.Read(raw) // never fails
	text := base32.NewEncoding(codeLetters).WithPadding(base32.NoPadding).EncodeToString(raw)
	return text[:5] + "-" + text[5:10]
}

// cleanCode turns what somebody typed into a code: blanks and case do not
// count, O is 0, I and L are 1.
func cleanCode(s string) string {
	s = strings.NewReplacer(" ", "", "-", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(s))
	if len(s) != 10 {
		return ""
	}
	return s[:5] + "-" + s[5:]
}
