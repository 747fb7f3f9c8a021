package voicesweb

import (
	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

type listPage struct {
	P *i18n.Printer
	voices.Listing
	Person bool // the reader is somebody of the roster
}

func (h *pages) list(q *web.Request) error {
	l, err := h.svc.List(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	body := listBody(listPage{q.P, l, q.Actor.PersonID != ""})
	return q.Render(web.Page{Title: q.P.T("voicesweb.title"), Nav: nav, Body: body})
}

func stateTone(s voices.State) ui.Tone {
	switch s {
	case voices.Released:
		return ui.Good
	case voices.TooFew:
		return ui.Neutral
	}
	return ui.Waiting
}

func stateWord(p *i18n.Printer, s voices.State) string { return p.T("voicesweb.state." + string(s)) }

func groupWord(p *i18n.Printer, g voices.GroupCode) string {
	return p.T("voicesweb.group." + string(g))
}

func roundPath(id string) string { return "/suara/" + id }

// due tells until when a seat can act.
func due(p *i18n.Printer, r voices.Round) string {
	if r.State == voices.Drawing {
		return p.T("voicesweb.draw_until", r.DrawUntil)
	}
	return p.T("voicesweb.answer_until", r.AnswerUntil)
}

// seatAct is the one thing somebody who was asked can do now; nil when it is
// nothing.
func seatAct(p *i18n.Printer, s voices.Seat) *ui.Act {
	switch {
	case s.Round.State == voices.Drawing && !s.Drawn:
		return &ui.Act{Text: p.T("voicesweb.draw"), To: roundPath(s.Round.ID)}
	case s.Round.State == voices.Answering && s.Drawn:
		return &ui.Act{Text: p.T("voicesweb.to_form"), To: roundPath(s.Round.ID)}
	}
	return nil
}
