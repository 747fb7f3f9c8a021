package talk

import "github.com/gurindam/gurindam/internal/i18n"

// Tell says in one line where a point of the agenda comes from.
func Tell(p *i18n.Printer, x Point) string {
	on := p.Date(string(x.On))
	switch x.Source {
	case OpenAction:
		return p.T("talk.tell.action", x.By, on)
	case Behind:
		if x.Value == "" {
			return p.T("talk.tell.no_value", p.Num(x.Target), x.Unit)
		}
		if x.Expected == 0 {
			return p.T("talk.tell.missed", p.Num(x.Value), p.Num(x.Target), x.Unit)
		}
		return p.T("talk.tell.behind", p.Num(x.Value), p.Num(x.Target), x.Unit, x.Reached, x.Expected)
	case Said:
		return p.T("talk.tell.said", x.By, on)
	case Requested:
		return p.T("talk.tell.requested", on)
	}
	return p.T("talk.tell.added", x.By, on)
}
