package account

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
)

// Invitee is a person of the roster who can be given an account.
type Invitee struct {
	PersonID string
	NIP      string // empty for a mayor
	Name     string // with titles, as it is printed
	Email    string
	UnitID   string
	Unit     string // name of the unit
	Kind     string // code word of the employment: "pns", "pppk", …
}

// Roster tells whom one can invite. org implements it.
type Roster interface {
	// Invitable returns the people who work today in the unit or below it, in
	// the whole agency when unit is empty, ordered by unit and name.
	Invitable(ctx context.Context, q db.Queryer, unit string) ([]Invitee, error)
}

// Scheme is how usernames are made.
type Scheme string

// The schemes.
const (
	ByNIP   Scheme = "nip"
	ByEmail Scheme = "email" // the part before the @
)

// Schemes lists them.
func Schemes() []Scheme { return []Scheme{ByNIP, ByEmail} }

func (c Scheme) username(i Invitee) string {
	if c == ByEmail {
		for n, r := range i.Email {
			if r == '@' {
				return usernameKey(i.Email[:n])
			}
		}
		return ""
	}
	return usernameKey(i.NIP)
}
