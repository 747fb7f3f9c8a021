package orgweb

import (
	"maps"
	"net/url"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// refused reports whether an error is one a form is shown again for: wrong
// fields, or somebody else was faster.
func refused(err error) bool {
	return fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict)
}

// draft returns a form as it stands in a request: what was posted, or what the
// form sent with GET to look something up. Values that are in neither are
// taken from stored, unless the form has been sent before.
func draft(q *web.Request, stored url.Values) ui.Draft {
	values := q.R.PostForm
	if len(values) == 0 {
		values = q.R.URL.Query()
	}
	d := ui.Draft{Values: url.Values{}, Problems: map[string]string{}}
	if !values.Has("sent") {
		maps.Copy(d.Values, stored)
	}
	maps.Copy(d.Values, values)
	return d
}

// failed returns the draft of a refused form with its problems. When somebody
// else was faster it takes over the version that is stored now: whoever reads
// what changed and sends again means it.
func failed(q *web.Request, d ui.Draft, err error, version string) ui.Draft {
	d.Problems = web.Problems(q.P, err)
	if fault.Is(err, fault.Conflict) {
		d.Values.Set("version", version)
	}
	return d
}

// values makes url.Values of name-value pairs.
func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// form is what every form page carries.
type form struct {
	base
	Draft  ui.Draft
	Title  string
	Lead   string
	Action string
	Back   string
	Now    []ui.Fact // what holds now, shown when somebody else was faster
}

// field returns a field with its label from the words of the map.
func (f form) field(name string, required bool) ui.Field {
	d := f.Draft.Field(name, word(f.P, "field", name))
	d.Required = required
	if hint := "orgweb.hint." + name; f.P.Has(hint) {
		d.Hint = f.P.T(hint)
	}
	return d
}

// labelled returns a field with another label.
func (f form) labelled(name, key string, required bool) ui.Field {
	d := f.field(name, required)
	d.Label = f.P.T(key)
	return d
}

// choice returns a field with options.
func (f form) choice(name string, required bool, options []ui.Option) ui.Field {
	d := f.field(name, required)
	d.Options = options
	return d
}

// problems lists everything that is wrong, known fields first by name.
func (f form) problems() []ui.Problem {
	var all []ui.Problem
	for name, text := range f.Draft.Problems {
		p := ui.Problem{ID: name, Text: text}
		if name != "" {
			p.Text = word(f.P, "field", name) + ": " + text
		}
		all = append(all, p)
	}
	return all
}

// clash reports whether the form came back because somebody else was faster.
func (f form) clash() bool { return f.Draft.Problems[""] != "" }

// pickMost is how many things a picker offers at once.
const pickMost = 12

// pick is a choice of one thing among many: a search, and what it found.
type pick struct {
	Field   ui.Field // named like the value
	Query   string   // what was searched for, in the field named with "_q"
	Options []ui.Option
	More    bool
}

// unitPick offers units by name; the chosen one stays first.
func (f form) unitPick(name string, required bool, t *org.Tree) pick {
	p := pick{Field: f.field(name, required), Query: f.Draft.Values.Get(name + "_q")}
	chosen := f.Draft.Values.Get(name)
	if u, ok := t.Unit(chosen); ok {
		p.Options = append(p.Options, ui.Option{Value: u.ID, Text: u.Name, Hint: under(t, u.ID)})
	}
	terms := search.Terms(p.Query)
	if len(terms) == 0 {
		return p
	}
	for _, u := range t.All() {
		if u.ID == chosen || !search.Match(search.Column(u.Name, u.Short), terms) {
			continue
		}
		if len(p.Options) > pickMost {
			p.More = true
			break
		}
		p.Options = append(p.Options, ui.Option{Value: u.ID, Text: u.Name, Hint: under(t, u.ID)})
	}
	return p
}

// under names what a unit lies below.
func under(t *org.Tree, id string) string {
	var names []string
	for _, u := range t.Path(id) {
		if u.ID != id {
			names = append(names, u.ShortName())
		}
	}
	return strings.Join(names, " / ")
}

// personPick offers people by name.
func (h *pages) personPick(q *web.Request, f form, name string) (pick, error) {
	p := pick{Field: f.field(name, true), Query: f.Draft.Values.Get(name + "_q")}
	var ids []string
	if chosen := f.Draft.Values.Get(name); chosen != "" {
		ids = append(ids, chosen)
	}
	found, err := h.svc.Search(q.Context(), q.Actor, p.Query, pickMost)
	if err != nil {
		return p, err
	}
	p.More = found.More && len(found.People) == pickMost
	names, err := h.svc.Names(q.Context(), q.Actor, ids...)
	if err != nil {
		return p, err
	}
	for id, name := range names {
		p.Options = append(p.Options, ui.Option{Value: id, Text: name})
	}
	for _, who := range found.People {
		if names[who.PersonID] == "" {
			p.Options = append(p.Options, ui.Option{Value: who.PersonID, Text: who.Name, Hint: joined(" · ", who.Title, who.Unit)})
		}
	}
	return p, nil
}
