package ledgerweb

import (
	"context"
	"embed"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Subject is what an entry is about.
type Subject struct {
	Name  string
	To    string // its page, empty when it has none
	Thing account.Thing
}

// Directory knows what the ids of the record stand for. internal/app connects
// it with the areas.
type Directory interface {
	// Accounts returns the names of accounts by id; unknown ones are absent.
	Accounts(ctx context.Context, ids []string) (map[string]string, error)
	// Describe tells what subjects ("part:0198…") are; unknown ones are absent.
	Describe(ctx context.Context, subjects []string) (map[string]Subject, error)
	// Find returns the accounts and subjects in whose names the words occur, at
	// most a few hundred of each.
	Find(ctx context.Context, words string) (accounts, subjects []string, err error)
	// Trace notes that the actor has read about the subject where the person
	// concerned may see who did, and returns a fault when the actor may not.
	Trace(ctx context.Context, actor account.Actor, subject string) error
}

type pages struct {
	record ledger.Reader
	names  Directory
}

// Routes returns the addresses of the record.
func Routes(record ledger.Reader, names Directory) []web.Route {
	h := &pages{record, names}
	return []web.Route{
		{Pattern: "GET /catatan", Action: account.ActLedger, Handle: h.list},
		{Pattern: "GET /catatan/periksa", Action: account.ActLedger, Handle: h.verify},
		{Pattern: "GET /catatan/{id}", Action: account.ActLedger, Handle: h.entry},
	}
}

// base is what every page of the record begins with.
type base struct {
	P  *i18n.Printer
	At ui.Address
}

// admit refuses everybody whose grant does not reach the whole agency: the
// record is one.
func admit(q *web.Request) (base, error) {
	return base{q.P, ui.At(q.R.URL)}, q.Can(account.ActLedger, account.Thing{})
}
