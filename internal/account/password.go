package account

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/gurindam/gurindam/internal/fault"
)

// Limits of a password. Long ones are welcome; the upper bound only keeps a
// form from being used to burn time.
const (
	MinPassword = 10  // characters
	maxPassword = 512 // bytes
)

//go:embed common.txt
var commonList string

// common holds the beginnings of passwords everybody tries first.
var common = strings.Fields(commonList)

// checkPassword returns the key of the sentence that says why a password will
// not do, "" when it will. Nothing is asked of its characters: length and not
// being guessable count.
func checkPassword(password, username, name string) (key string, args []any) {
	plain := strings.ToLower(norm.NFKC.String(password))
	switch {
	case len(password) > maxPassword:
		return "account.password.long", []any{maxPassword}
	case utf8.RuneCountInString(password) < MinPassword:
		return "account.password.short", []any{MinPassword}
	case usernameKey(plain) == usernameKey(username), strings.ReplaceAll(plain, " ", "") == strings.ReplaceAll(strings.ToLower(name), " ", ""):
		return "account.password.own_name", nil
	case isCommon(plain), distinct(plain) < 5:
		return "account.password.common", nil
	}
	return "", nil
}

// isCommon reports a password of the list, whatever digits and marks follow it.
func isCommon(plain string) bool {
	stem := strings.TrimRight(plain, "0123456789!@#$%^&*?.,_- ")
	for _, c := range common {
		if plain == c || stem == c {
			return true
		}
	}
	return stem == "" // digits and marks only
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// newPassword notes what is wrong with a password and its repetition.
func newPassword(wrong *fault.Fields, a Account, password, again string) {
	if key, args := checkPassword(password, a.Username, a.Name); key != "" {
		wrong.Add("password", key, args...)
	}
	wrong.Check(password == again, "again", "account.password.again")
}
