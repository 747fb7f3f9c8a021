package ledgerweb

import (
	"strings"

	"github.com/gurindam/gurindam/internal/i18n"
)

// kindWords says in words what a kind of entry tells; an unknown kind is told
// by its area and code word.
func kindWords(p *i18n.Printer, kind string) string {
	if key := "ledgerweb.kind." + kind; p.Has(key) {
		return p.T("ledgerweb.kind." + kind)
	}
	area, rest, _ := strings.Cut(kind, ".")
	return areaWords(p, area) + ": " + strings.NewReplacer(".", " ", "_", " ").Replace(rest)
}

// areaWords names the part of the house a kind belongs to.
func areaWords(p *i18n.Printer, area string) string {
	if p.Has("ledgerweb.area." + area) {
		return p.T("ledgerweb.area." + area)
	}
	return area
}

// thingWords names the sort of thing a subject is: "part:…" is an SKP.
func thingWords(p *i18n.Printer, subject string) string {
	thing, _, _ := strings.Cut(subject, ":")
	thing = strings.ReplaceAll(thing, "-", "_")
	if p.Has("ledgerweb.thing." + thing) {
		return p.T("ledgerweb.thing." + thing)
	}
	return thing
}
