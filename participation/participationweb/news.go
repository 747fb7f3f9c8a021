package participationweb

import (
	"net/http"
	"net/url"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/participation"
)

// newsPage tells a citizen what became of what he or she raised.
type newsPage struct {
	P        *i18n.Printer
	Service  string
	Code     string
	To       string
	Fresh    bool // the code was given just now
	Elements []string
	Lines    []newsLine
	Problem  string
}

type newsLine struct {
	saidLine
	ID      string
	Ask     bool // it was reported as done: is it?
	Yes, No bool
}

// newsForm asks for the code.
func (h *pages) newsForm(q *web.Request) error {
	if code := q.Query("kode"); code != "" {
		http.Redirect(q.W, q.R, "/kabar/"+url.PathEscape(code), http.StatusSeeOther)
		return nil
	}
	return q.Render(web.Page{Title: q.P.T("survey.news.title"), Nav: "layanan", Body: newsAsk(newsPage{P: q.P})})
}

// raise gives a code to somebody who wants to hear what becomes of an element.
func (h *pages) raise(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	s, err := h.office.Service(q.Context(), q.Path("code"))
	if err != nil {
		return err
	}
	rule, err := h.office.Quality(q.Context())
	if err != nil {
		return err
	}
	if !h.NoRate {
		if err := h.guard.Allow(rule, web.ClientAddr(q.R, h.Trusted), q.Now); err != nil {
			return err
		}
	}
	v, err := h.office.Raise(q.Context(), s, form.All("element"))
	if err != nil {
		return err
	}
	return h.showNews(q, http.StatusOK, v, true, "")
}

func (h *pages) news(q *web.Request) error {
	v, err := h.office.Voice(q.Context(), q.Path("code"))
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) {
		page := newsPage{P: q.P, Problem: web.Sentence(q.P, err)}
		return q.RenderStatus(http.StatusNotFound, web.Page{Title: q.P.T("survey.news.title"), Nav: "layanan", Body: newsAsk(page)})
	}
	if err != nil {
		return err
	}
	return h.showNews(q, http.StatusOK, v, false, "")
}

func (h *pages) showNews(q *web.Request, status int, v participation.Voice, fresh bool, problem string) error {
	list, said, err := h.office.Heard(q.Context(), v)
	if err != nil {
		return err
	}
	own, err := h.office.Elements(q.Context())
	if err != nil {
		return err
	}
	texts := elementTexts{q.P, own}
	page := newsPage{P: q.P, Service: v.Service.In(string(q.P.Lang())), Code: string(v.Code), To: "/kabar/" + string(v.Code), Fresh: fresh, Problem: problem}
	for _, e := range v.Elements {
		page.Elements = append(page.Elements, texts.name(e))
	}
	for _, f := range list {
		l := newsLine{saidLine: lineOf(q.P, texts, f), ID: f.ID, Ask: f.State == participation.FollowReported || f.State == participation.FollowDone}
		agrees, spoke := said[f.ID]
		l.Yes, l.No = spoke && agrees, spoke && !agrees
		page.Lines = append(page.Lines, l)
	}
	q.W.Header().Set("Cache-Control", "no-store")
	return q.RenderStatus(status, web.Page{Title: q.P.T("survey.news.title"), Nav: "layanan", Body: newsBody(page)})
}

func (h *pages) confirm(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	v, err := h.office.Voice(q.Context(), q.Path("code"))
	if err != nil {
		return err
	}
	err = h.office.Confirm(q.Context(), v, form.Text("id"), form.OneOf("agrees", "ya", "belum") == "ya")
	if err == nil {
		err = form.Err()
	}
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
		return h.showNews(q, http.StatusUnprocessableEntity, v, false, web.Sentence(q.P, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/kabar/"+string(v.Code), "survey.news.thanks")
}
