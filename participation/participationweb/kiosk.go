package participationweb

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
)

// kioskPath is the address of a service's form on a device with the key.
func kioskPath(code, key string) string {
	return "/s/" + url.PathEscape(code) + "/kios?" + url.Values{"alat": {key}}.Encode()
}

// kioskOf finds the service and the device of a request.
func (h *pages) kioskOf(q *web.Request) (participation.Service, participation.Device, error) {
	s, err := h.office.Service(q.Context(), q.Path("code"))
	if err != nil {
		return s, participation.Device{}, err
	}
	d, err := h.office.Kiosk(q.Context(), s, q.Query("alat"))
	return s, d, err
}

// kiosk shows the form on a device in the service room.
func (h *pages) kiosk(q *web.Request) error {
	if _, _, err := h.kioskOf(q); err != nil {
		return err
	}
	f, err := h.office.Form(q.Context(), q.Path("code"))
	closed := fault.Is(err, fault.Conflict)
	if err != nil && !closed {
		return err
	}
	page, err := h.drawKiosk(q, f)
	if err != nil {
		return err
	}
	page.Opened = strconv.FormatInt(q.Now.Unix(), 10)
	if page.Closed = closed; closed {
		return h.showKiosk(q, http.StatusConflict, page)
	}
	return h.showKiosk(q, http.StatusOK, page)
}

// drawKiosk makes the empty form; its links keep the device's key.
func (h *pages) drawKiosk(q *web.Request, f participation.Form) (surveyPage, error) {
	page, err := h.draw(q, f)
	page.Kiosk, page.Key, page.Today = true, q.Query("alat"), q.Today()
	page.Start = kioskPath(f.Service.Code, page.Key)
	page.addressAt(q, "/s/"+url.PathEscape(f.Service.Code)+"/kios", "alat")
	return page, err
}

func (h *pages) showKiosk(q *web.Request, status int, page surveyPage) error {
	q.W.Header().Set("Cache-Control", "no-store")
	return q.RenderStatus(status, web.Page{Title: page.Service, Plain: true, Body: kioskForm(page)})
}

// kioskAnswer takes an answer of a device: from its script one that may be days
// old and sent again, named by "ref" and answered in a word; without a script
// the plain form.
func (h *pages) kioskAnswer(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	err = h.takeKiosk(q, form)
	if form.Text("ref") != "" {
		return plainly(q, err)
	}
	if err == nil {
		http.Redirect(q.W, q.R, "/s/"+url.PathEscape(q.Path("code"))+"/kios/terima-kasih?"+q.R.URL.RawQuery, http.StatusSeeOther)
		return nil
	}
	f, formErr := h.office.Form(q.Context(), q.Path("code"))
	var wrong *fault.Error
	if formErr != nil || !errors.As(err, &wrong) || wrong.Kind != fault.Invalid {
		return err
	}
	page, drawErr := h.drawKiosk(q, f)
	if drawErr != nil {
		return drawErr
	}
	page.Problems, page.Alert = web.Problems(q.P, err), web.Sentence(q.P, err)
	page.fill(form.Text)
	return h.showKiosk(q, http.StatusUnprocessableEntity, page)
}

// takeKiosk stores what a device sent. It is judged by the time the form was
// open, not by its network: a device sends many answers alike, and all at once
// when the network returns.
func (h *pages) takeKiosk(q *web.Request, form *web.Form) error {
	service, _, err := h.kioskOf(q)
	if err != nil {
		return err
	}
	day := h.office.KioskDay(form.Text("day"))
	w, err := h.office.WaveOn(q.Context(), service.ID, day)
	if err != nil {
		return err
	}
	if err := onlyKnown(q, w, "ref", "day", "seconds"); err != nil {
		return err
	}
	s := participation.Submission{Wave: w}
	if s.Answer.Marks, err = participation.ReadMarks(w.Elements, form.Text, false); err != nil {
		return err
	}
	if s.Answer.Profile, err = participation.ReadProfile(form.Text); err != nil {
		return err
	}
	s.Answer.Words = form.Text("words")
	ref, seconds := form.Text("ref"), secondsOpen(q, form)
	if ref == "" {
		ref = participation.NewRef()
	} else if n, err := strconv.Atoi(form.Text("seconds")); err == nil {
		seconds = n
	}
	if s.Answer.Held, err = h.office.TooFast(q.Context(), seconds); err != nil {
		return err
	}
	return h.office.SubmitKiosk(q.Context(), s, day, ref)
}

// plainly answers a script: 204, or the status of the fault with its sentence.
func plainly(q *web.Request, err error) error {
	if err == nil {
		q.W.WriteHeader(http.StatusNoContent)
		return nil
	}
	var wrong *fault.Error
	if !errors.As(err, &wrong) || wrong.Kind == fault.Internal {
		return err
	}
	http.Error(q.W, web.Sentence(q.P, err), web.Status(err))
	return nil
}

// kioskThanks thanks and returns to the start by itself, where there is no
// script.
func (h *pages) kioskThanks(q *web.Request) error {
	s, _, err := h.kioskOf(q)
	if err != nil {
		return err
	}
	page := surveyPage{P: q.P, Service: s.In(string(q.P.Lang())), Unit: s.Unit, Large: q.Query("huruf") == "besar", Start: kioskPath(s.Code, q.Query("alat"))}
	q.W.Header().Set("Refresh", "10; url="+page.Start)
	q.W.Header().Set("Cache-Control", "no-store")
	return q.Render(web.Page{Title: q.P.T("survey.kiosk.thanks"), Plain: true, Body: kioskThanks(page)})
}

// addKiosk registers a device and shows its link, this once.
func (h *pages) addKiosk(q *web.Request) error {
	s, form, err := h.deskForm(q)
	if err != nil {
		return err
	}
	key, err := h.office.AddKiosk(q.Context(), q.Actor, s, form.Text("kiosk"))
	service := ui.Draft{Values: serviceValues(s)}
	if fault.Is(err, fault.Invalid) {
		return h.showServiceDesk(q, http.StatusUnprocessableEntity, s, service, draft(q, err), nil)
	}
	if err != nil {
		return err
	}
	return h.showServiceDesk(q, http.StatusOK, s, service, ui.Draft{}, &importView{Kiosk: h.Site + kioskPath(s.Code, key)})
}

func (h *pages) endKiosk(q *web.Request) error {
	s, err := h.deskService(q, account.ActSurveyManage)
	if err != nil {
		return err
	}
	if err := h.office.EndKiosk(q.Context(), q.Actor, s, q.Path("id")); err != nil {
		return err
	}
	return q.Redirect("/survei/layanan/"+url.PathEscape(s.Code), "survey.kiosk.ended")
}
