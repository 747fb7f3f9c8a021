package bkn

import (
	"embed"
	"fmt"

	"github.com/BurntSushi/toml"

	"github.com/gurindam/gurindam/appraisal"
)

//go:embed codes.toml
var codesText string

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

// codes are SIASN's code lists.
type codes struct {
	Ratings    map[appraisal.Rating]int    `toml:"ratings"`
	Predicates map[appraisal.Predicate]int `toml:"predicates"`
	Periodic   map[appraisal.WindowKind]string
	Status     struct{ ASN, Other string }
	Ranks      map[string]string
}

func readCodes() (codes, error) {
	var c codes
	if _, err := toml.Decode(codesText, &c); err != nil {
		return c, fmt.Errorf("SIASN's code lists: %w", err)
	}
	return c, nil
}

// rating returns the rating of a code, empty when it is none.
func (c codes) rating(code int) appraisal.Rating { return named(c.Ratings, code) }

// predicate returns the predicate of a code, empty when it is none.
func (c codes) predicate(code int) appraisal.Predicate { return named(c.Predicates, code) }

func named[K ~string](codes map[K]int, code int) K {
	for k, v := range codes {
		if v == code {
			return k
		}
	}
	return ""
}
