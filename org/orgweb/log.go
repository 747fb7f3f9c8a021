package orgweb

import (
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/org"
)

// log is the recorded changes of a thing, ready to be shown: ids are names.
type log []logged

type logged struct {
	org.Entry
	When    string
	Changes []said
	Others  []link
}

// said is one changed field in words.
type said struct{ Field, Was, Now string }

type link struct{ Text, To string }

// log turns entries into words.
func (h *pages) log(q *web.Request, b base, m *org.Map, entries []org.Entry) (log, error) {
	var people []string
	for _, e := range entries {
		for _, c := range e.Changes {
			if c.Field == "person" || c.Field == "evaluator" {
				people = append(people, c.Was, c.Now)
			}
		}
		for _, o := range e.Others {
			if id, ok := strings.CutPrefix(o, "person:"); ok {
				people = append(people, id)
			}
		}
	}
	names, err := h.svc.Names(q.Context(), q.Actor, people...)
	if err != nil {
		return nil, err
	}
	w := wording{b, m, names}
	all := make(log, len(entries))
	for i, e := range entries {
		l := logged{Entry: e, When: b.P.Moment(e.At.In(q.Now.Location()))}
		for _, c := range e.Changes {
			l.Changes = append(l.Changes, said{word(b.P, "field", c.Field), w.value(c.Field, c.Was), w.value(c.Field, c.Now)})
		}
		for _, o := range e.Others {
			l.Others = append(l.Others, w.thing(o))
		}
		all[i] = l
	}
	return all, nil
}

// wording turns stored values into words.
type wording struct {
	base
	m     *org.Map
	names map[string]string
}

// value writes one stored value of a field.
func (w wording) value(field, v string) string {
	switch {
	case v == "":
		return "–"
	case field == "head":
		return w.P.T("orgweb.yes")
	case field == "need" || field == "class":
		return w.P.Num(v)
	}
	switch field {
	case "unit", "parent", "merged_into":
		return orElse(w.m.Tree().Name(v), v)
	case "position", "answers_to":
		p, _ := w.m.Was(v)
		return orElse(p.Title, v)
	case "person", "evaluator":
		return orElse(w.names[v], v)
	case "from", "to", "born", "contract_end", "extended_on":
		return w.P.Date(v)
	}
	family := map[string]string{
		"kind": "unit_kind", "position_kind": "position_kind", "level": "level", "group": "group", "tenure_kind": "tenure_kind",
		"employment": "employment", "education": "education", "legal_status": "status", "sex": "sex", "about": "about", "correction": "correction_state",
	}[field]
	return word(w.P, family, v)
}

// thing names and links another thing an entry concerns: "unit:id".
func (w wording) thing(subject string) link {
	kind, id, _ := strings.Cut(subject, ":")
	switch kind {
	case "unit":
		return link{orElse(w.m.Tree().Name(id), id), w.unit(id)}
	case "position":
		p, _ := w.m.Was(id)
		return link{orElse(p.Title, w.P.T("org.field.position")), w.position(id)}
	case "person":
		return link{orElse(w.names[id], w.P.T("org.field.person")), w.person(id)}
	}
	return link{Text: subject}
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func errNoUnit() error     { return fault.Missing("org.no_unit") }
func errNoPosition() error { return fault.Missing("org.no_position") }
