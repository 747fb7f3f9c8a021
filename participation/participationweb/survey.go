package participationweb

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/participation"
)

// survey shows the form of a service.
func (h *pages) survey(q *web.Request) error {
	f, err := h.office.Form(q.Context(), q.Path("code"))
	if fault.Is(err, fault.Conflict) {
		return h.closed(q, f)
	}
	if err != nil {
		return err
	}
	page, err := h.draw(q, f)
	if err != nil {
		return err
	}
	page.Opened = strconv.FormatInt(q.Now.Unix(), 10)
	if code := q.Query("k"); code != "" {
		page.Token, page.TokenHint = code, q.P.T("survey.token_read")
		if err := h.offerBlind(q, f, &page); err != nil {
			return err
		}
	}
	return h.show(q, http.StatusOK, page)
}

func (h *pages) closed(q *web.Request, f participation.Form) error {
	page := surveyPage{P: q.P, Service: f.Service.In(string(q.P.Lang())), Unit: f.Service.Unit}
	page.address(q)
	q.W.Header().Set("Cache-Control", "no-store")
	return q.RenderStatus(http.StatusConflict, web.Page{
		Title: page.Service, Plain: true, Body: surveyClosed(page, servicePath(f.Service.Code)),
	})
}

// draw makes the empty form in the language and size asked for.
func (h *pages) draw(q *web.Request, f participation.Form) (surveyPage, error) {
	own, err := h.ownElements(q, f.Wave)
	if err != nil {
		return surveyPage{}, err
	}
	page := h.blank(q.P, f, own)
	page.address(q)
	return page, nil
}

// ownElements asks for the agency's own questions only where the wave has some.
func (h *pages) ownElements(q *web.Request, w participation.Wave) (map[string]participation.Element, error) {
	for _, key := range w.Elements {
		if !slices.Contains(participation.Standard(), key) {
			return h.office.Elements(q.Context())
		}
	}
	return nil, nil
}

// address makes the form's own address and those of the other language and
// size. They carry everything, because a survey sets no cookie.
func (page *surveyPage) address(q *web.Request) {
	page.addressAt(q, "/s/"+url.PathEscape(q.Path("code")), "k")
}

// addressAt is address for a form elsewhere; keep names a parameter to carry on.
func (page *surveyPage) addressAt(q *web.Request, path, keep string) {
	lang, other := string(q.P.Lang()), string(i18n.English)
	if lang == other {
		other = string(i18n.Indonesian)
	}
	page.Large = q.Query("huruf") == "besar"
	with := func(lang string, large bool) string {
		v := url.Values{"lang": {lang}}
		if large {
			v.Set("huruf", "besar")
		}
		if k := q.Query(keep); k != "" {
			v.Set(keep, k)
		}
		return path + "?" + v.Encode()
	}
	page.Action = with(lang, page.Large)
	page.Lang = langLinks{Other: with(other, page.Large), Size: with(lang, !page.Large)}
}

func (h *pages) show(q *web.Request, status int, page surveyPage) error {
	q.W.Header().Set("Cache-Control", "no-store")
	return q.RenderStatus(status, web.Page{Title: page.Service, Plain: true, Body: surveyForm(page)})
}

// answer takes a filled-in form. What is wrong is shown with the form, nothing
// typed is lost.
func (h *pages) answer(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	f, err := h.office.Form(q.Context(), q.Path("code"))
	if fault.Is(err, fault.Conflict) {
		return h.closed(q, f)
	}
	if err != nil {
		return err
	}
	s, err := h.submission(q, f, form)
	if err == nil {
		err = h.office.Submit(q.Context(), s)
	}
	if err != nil {
		return h.again(q, f, form, err)
	}
	to := "/s/" + url.PathEscape(q.Path("code")) + "/terima-kasih"
	if page := keepQuery(q); page != "" {
		to += "?" + page
	}
	http.Redirect(q.W, q.R, to, http.StatusSeeOther)
	return nil
}

// keepQuery carries language and size on to the next page.
func keepQuery(q *web.Request) string {
	v := url.Values{}
	for _, name := range []string{"lang", "huruf"} {
		if s := q.Query(name); s != "" {
			v.Set(name, s)
		}
	}
	return v.Encode()
}

// submission reads the form into an answer and judges how it came.
func (h *pages) submission(q *web.Request, f participation.Form, form *web.Form) (participation.Submission, error) {
	s := participation.Submission{Wave: f.Wave, Token: form.Text("token")}
	s.Answer.Stratum = participation.Open
	from := web.ClientAddr(q.R, h.Trusted)
	if !h.NoRate {
		if err := h.guard.Allow(f.Quality, from, q.Now); err != nil {
			return s, err
		}
	}
	if err := onlyKnown(q, f.Wave); err != nil {
		return s, err
	}
	var err error
	if s.Answer.Marks, err = participation.ReadMarks(f.Wave.Elements, form.Text, false); err != nil {
		return s, err
	}
	if s.Answer.Profile, err = participation.ReadProfile(form.Text); err != nil {
		return s, err
	}
	s.Answer.Words = form.Text("words")
	if s.Token != "" || h.NoRate {
		return s, nil
	}
	if f.Counter(from) {
		s.Answer.Stratum = participation.Counter
	}
	s.Answer.Held = h.guard.Judge(f.Quality, participation.Arrival{
		From: from, Service: f.Service.ID, Marks: s.Answer.Marks, Words: s.Answer.Words, Seconds: secondsOpen(q, form), At: q.Now,
	})
	return s, nil
}

// onlyKnown refuses fields the form does not have and fields sent twice: a
// tenth element, a second answer to the same question.
func onlyKnown(q *web.Request, w participation.Wave, more ...string) error {
	known := map[string]bool{"words": true, "token": true, "opened": true}
	for _, name := range more {
		known[name] = true
	}
	for _, key := range w.Elements {
		known[key] = true
	}
	for _, f := range participation.Fields() {
		known[f.Name] = true
	}
	var wrong fault.Fields
	for name, values := range q.R.PostForm {
		wrong.Check(known[name], name, "survey.unknown_field")
		wrong.Check(len(values) == 1, name, "survey.twice")
	}
	return wrong.Err()
}

// secondsOpen is how long the form was open, or −1 when it did not say so: a
// plain post without the field is no reason for suspicion.
func secondsOpen(q *web.Request, form *web.Form) int {
	at, err := strconv.ParseInt(form.Text("opened"), 10, 64)
	if err != nil || at <= 0 || at > q.Now.Unix() {
		return -1
	}
	return int(min(q.Now.Unix()-at, 1<<30))
}

// again shows the form with what is wrong, 422, or 429 when answers come too
// thick. Errors that are no fault of the
// citizen go to the error page.
func (h *pages) again(q *web.Request, f participation.Form, form *web.Form, cause error) error {
	var wrong *fault.Error
	if !errors.As(cause, &wrong) || wrong.Kind == fault.Internal || wrong.Kind == fault.NotFound {
		return cause
	}
	page, err := h.draw(q, f)
	if err != nil {
		return err
	}
	page.Problems = web.Problems(q.P, cause)
	page.Alert = web.Sentence(q.P, cause)
	if strings.HasPrefix(wrong.Key, "token.") {
		page.Problems["token"] = page.Alert
	}
	page.fill(form.Text)
	status := http.StatusUnprocessableEntity
	if wrong.Kind == fault.TooMany {
		status = http.StatusTooManyRequests
		q.W.Header().Set("Retry-After", "60")
	}
	return h.show(q, status, page)
}

// thanks is where an answer leads once it is stored.
func (h *pages) thanks(q *web.Request) error {
	s, err := h.office.Service(q.Context(), q.Path("code"))
	if err != nil {
		return err
	}
	page := surveyPage{P: q.P, Service: s.In(string(q.P.Lang())), Unit: s.Unit}
	page.address(q)
	done, err := h.doneLines(q, s)
	if err != nil {
		return err
	}
	own, err := h.office.Elements(q.Context())
	if err != nil {
		return err
	}
	texts := elementTexts{q.P, own}
	var elements []option
	for _, key := range participation.Nine() {
		elements = append(elements, option{key, texts.name(key)})
	}
	return q.Render(web.Page{
		Title: q.P.T("survey.thanks_title"), Plain: true,
		Body: surveyThanks(page, done, elements, servicePath(s.Code), page.Action),
	})
}

// shownDone is how many changes the thanks mention.
const shownDone = 3

// doneLines are the latest things that changed after citizens spoke.
func (h *pages) doneLines(q *web.Request, s participation.Service) ([]doneLine, error) {
	list, err := h.office.FollowUps(q.Context(), s.ID)
	var done []doneLine
	for _, f := range list {
		if len(done) < shownDone && (f.State == participation.FollowDone || f.State == participation.FollowReported) {
			done = append(done, doneLine{"“" + f.Said + "”", f.Deed})
		}
	}
	return done, err
}

// doneLine is one thing that changed after earlier answers.
type doneLine struct{ Said, Did string }

func servicePath(code string) string { return "/layanan/" + url.PathEscape(code) }

func sizeLabel(s surveyPage) string {
	if s.Large {
		return s.P.T("survey.smaller")
	}
	return s.P.T("survey.larger")
}

func (s surveyPage) anyProfile() bool {
	return slices.ContainsFunc(s.Profile, func(f profileField) bool { return f.Chosen != "" })
}
