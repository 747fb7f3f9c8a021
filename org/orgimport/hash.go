package orgimport

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"strconv"
)

// hashOf returns a short hash of some texts, for identities.
func hashOf(texts ...string) string {
	h := sha256.New()
	for _, t := range texts {
		_, _ = io.WriteString(h, t) // a hash takes everything
		_, _ = h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// hashFile returns the SHA-256 of a file's bytes, in hexadecimal.
func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// digits writes a number, nothing for zero.
func digits(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// yes writes a truth value as the history does.
func yes(b bool) string {
	if b {
		return "true"
	}
	return ""
}
