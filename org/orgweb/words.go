package orgweb

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// dayParam is the parameter that says as of which day a page shows the map.
const dayParam = "per"

// base is what every page carries: the words of its reader's language, where
// it is, and the day it shows.
type base struct {
	P     *i18n.Printer
	At    ui.Address
	On    org.Day
	Today org.Day
}

// base reads the day of a request; a day that is none is an Invalid fault.
func (h *pages) base(q *web.Request) (base, error) {
	b := base{P: q.P, At: ui.At(q.R.URL), Today: h.svc.Today()}
	b.On = b.Today
	if s := q.Query(dayParam); s != "" {
		d, ok := web.ParseDate(s)
		if !ok {
			return b, fault.WrongField(dayParam, "form.date")
		}
		b.On = org.Day(d)
	}
	return b, nil
}

// mapped reads the day of a request and the map of that day.
func (h *pages) mapped(q *web.Request) (base, *org.Map, error) {
	b, err := h.base(q)
	if err != nil {
		return b, nil, err
	}
	m, err := h.svc.Map(q.Context(), q.Actor, b.On)
	return b, m, err
}

// to returns an address that keeps the day, when it is not today.
func (b base) to(path string, pairs ...string) string {
	query := url.Values{}
	if b.On != b.Today {
		query.Set(dayParam, string(b.On))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

func (b base) unit(id string) string     { return b.to("/unit/" + id) }
func (b base) peta(id string) string     { return b.to("/peta/" + id) }
func (b base) position(id string) string { return b.to("/jabatan/" + id) }
func (b base) person(id string) string   { return b.to("/pegawai/" + id) }

// day writes a day out; an open end as a dash.
func (b base) day(d org.Day) string { return b.P.Date(string(d)) }

// until writes the last day of a period whose end is the first day after it.
func (b base) until(d org.Day) string {
	if d == "" {
		return b.P.T("orgweb.until_now")
	}
	return b.P.Date(string(org.LastDay(d)))
}

// word returns a translated code word, the code itself where there is none.
func word(p *i18n.Printer, family, code string) string {
	if code == "" {
		return "–"
	}
	if key := "org." + family + "." + code; p.Has(key) {
		return p.T(key)
	}
	return code
}

func (b base) unitKind(k org.UnitKind) string     { return word(b.P, "unit_kind", string(k)) }
func (b base) tenureKind(k org.TenureKind) string { return word(b.P, "tenure_kind", string(k)) }
func (b base) employment(e org.Employment) string { return word(b.P, "employment", string(e)) }
func (b base) positionKind(p org.Position) string {
	if p.Kind == org.Functional && p.Level != "" {
		return word(b.P, "level", p.Level)
	}
	return word(b.P, "position_kind", string(p.Kind))
}

// class writes a position's class, "" when it is not set.
func (b base) class(p org.Position) string {
	if p.Class == 0 {
		return ""
	}
	return b.P.T("orgweb.class", p.Class)
}

// about writes class and kind of a position in one line.
func (b base) about(p org.Position) string {
	return joined(" · ", b.class(p), b.positionKind(p))
}

// joined joins the texts that are not empty.
func joined(by string, texts ...string) string {
	var some []string
	for _, t := range texts {
		if t != "" && t != "–" {
			some = append(some, t)
		}
	}
	return strings.Join(some, by)
}

// balance writes holders against need as a surplus or a lack: "+1", "−2", "0".
func balance(p *i18n.Printer, need, filled int) string {
	switch d := filled - need; {
	case d > 0:
		return "+" + p.Num(d)
	default:
		return p.Num(d)
	}
}

// options makes options of code words.
func options[T ~string](p *i18n.Printer, family string, codes []T) []ui.Option {
	all := make([]ui.Option, len(codes))
	for i, c := range codes {
		all[i] = ui.Option{Value: string(c), Text: word(p, family, string(c))}
	}
	return all
}

// atoi reads a version or another number a form carries; anything else is 0.
func atoi(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}
