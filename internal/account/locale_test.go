package account

import (
	"testing"

	"github.com/gurindam/gurindam/internal/i18n"
)

// Every action and role can be said in both languages: the page of roles shows
// them all.
func TestEveryActionAndRoleHasWords(t *testing.T) {
	b, err := i18n.NewBundle(Locale)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Langs() {
		p := b.Printer(l)
		for _, a := range Actions() {
			if !p.Has(a.Key()) {
				t.Errorf("%s: no words for action %s", l, a)
			}
		}
		for _, r := range Roles() {
			if !p.Has(r.Key()) || !p.Has(r.AboutKey()) {
				t.Errorf("%s: no words for role %s", l, r)
			}
		}
	}
}
