package monthclose

import "github.com/gurindam/gurindam/internal/account"

// Hand is who acts when the command line does: it may do everything of the
// month's close. name is how it is called beside what it did.
func Hand(name string) account.Actor {
	return account.Actor{ID: "machine", Name: name, Grants: []account.Grant{{Role: account.HR}}}
}
