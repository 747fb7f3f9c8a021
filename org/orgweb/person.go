package orgweb

import (
	"slices"

	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// personPage is one person's file as far as the reader may see it.
type personPage struct {
	base
	*org.File
	Own    bool
	Titles map[string]org.Position // of every position named, as it last was
	Log    log
	NIPWhy string // problems of the NIP
}

func (h *pages) person(q *web.Request) error {
	b, err := h.base(q)
	if err != nil {
		return err
	}
	f, err := h.svc.File(q.Context(), q.Actor, q.Path("id"), b.On)
	if err != nil {
		return err
	}
	p := personPage{base: b, File: f, Own: q.Actor.PersonID == f.Person.ID, Titles: map[string]org.Position{}}
	if p.Log, err = h.log(q, b, f.Map, f.History); err != nil {
		return err
	}
	for _, t := range f.Tenures {
		if p.Titles[t.Position], err = h.positionThen(q, f.Map, t); err != nil {
			return err
		}
	}
	nav := "pegawai"
	if p.Own {
		nav = "beranda"
	}
	return q.Render(web.Page{Title: f.Person.FullName(), Nav: nav, Body: personBody(p)})
}

// positionThen returns the position of a tenure as it is or last was; one that
// begins later as it will be.
func (h *pages) positionThen(q *web.Request, m *org.Map, t org.Tenure) (org.Position, error) {
	if p, ok := m.Was(t.Position); ok {
		return p, nil
	}
	store := h.svc.Store()
	periods, err := store.PositionPeriods(q.Context(), store.DB(), t.Position)
	if err != nil || len(periods) == 0 {
		return org.Position{ID: t.Position}, err
	}
	return periods[0], nil
}

// post returns the main post of the day.
func (p personPage) post() (org.Tenure, org.Position, bool) {
	t, ok := p.Map.Post(p.Person.ID)
	return t, p.Titles[t.Position], ok
}

// now are the tenures that hold on the day.
func (p personPage) now() []org.Tenure {
	return slices.DeleteFunc(slices.Clone(p.Tenures), func(t org.Tenure) bool { return !holdsOn(t, p.On) })
}

func (p personPage) others() []org.Tenure {
	return slices.DeleteFunc(slices.Clone(p.Tenures), func(t org.Tenure) bool { return holdsOn(t, p.On) })
}

func holdsOn(t org.Tenure, on org.Day) bool { return t.From <= on && (t.To == "" || on < t.To) }

// lead says what somebody is, in one line.
func (p personPage) lead() string {
	t, position, ok := p.post()
	if !ok {
		return joined(" · ", p.employment(p.Person.Employment), p.P.T("orgweb.nowhere"))
	}
	title := position.Title
	if t.Kind.Acting() {
		title = p.tenureKind(t.Kind) + " " + title
	}
	return joined(" · ", title, p.Map.Tree().Name(p.Map.UnitOf(t.Position)))
}

func (p personPage) acts() []ui.Act {
	path := "/pegawai/" + p.Person.ID
	var acts []ui.Act
	if p.May.Edit {
		acts = append(acts, ui.Act{Text: p.P.T("orgweb.change"), Icon: "edit", To: path + "/ubah"})
		acts = append(acts, ui.Act{Text: p.P.T("orgweb.name_evaluator"), Icon: "swap", To: path + "/penilai"})
	}
	if p.May.Propose {
		acts = append(acts, ui.Act{Text: p.P.T("orgweb.propose"), Icon: "message", To: path + "/usul"})
	}
	return acts
}

func (p personPage) facts() []ui.Fact {
	x := p.Person
	var facts []ui.Fact
	add := func(field, value string) {
		if value != "" && value != "–" {
			facts = append(facts, ui.Fact{Name: word(p.P, "field", field), Value: value})
		}
	}
	add("nip", spaced(x.NIP))
	add("employment", p.employment(x.Employment))
	add("rank", x.Rank)
	add("legal_status", word(p.P, "status", x.LegalStatus))
	if x.ContractEnd != "" {
		add("contract_end", p.day(x.ContractEnd))
	}
	if x.Born != "" {
		add("born", joined(", ", x.Birthplace, p.day(x.Born)))
	}
	add("sex", word(p.P, "sex", x.Sex))
	add("education", joined(" · ", word(p.P, "education", x.Education), x.Study))
	add("email", x.Email)
	add("phone", x.Phone)
	return facts
}

// how says how an evaluator was found.
func (p personPage) how(e org.Evaluator) string {
	position, _ := p.Map.Was(e.PositionID)
	switch e.How {
	case org.ByOverride:
		return p.P.T("orgweb.how.override", e.Reason)
	case org.ByPost:
		return p.P.T("orgweb.how.definitive", position.Title)
	case org.ByActing:
		return p.P.T("orgweb.how.plt", p.tenureKind(e.Tenure), position.Title)
	case org.ByNextAbove:
		var skipped []string
		for _, id := range e.Skipped {
			s, _ := p.Map.Was(id)
			skipped = append(skipped, s.Title)
		}
		return p.P.T("orgweb.how.next_above", position.Title, joined(", ", skipped...))
	}
	return p.P.T("orgweb.how.none")
}

// correctionTone is the look of a correction's state.
func correctionTone(s org.CorrectionState) ui.Tone {
	switch s {
	case org.OpenCorrection:
		return ui.Waiting
	case org.AcceptedCorrected:
		return ui.Good
	}
	return ui.Neutral
}
