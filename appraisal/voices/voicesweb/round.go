package voicesweb

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
)

type roundPage struct {
	P *i18n.Printer
	voices.View
	Coupon string // just made for a browser that cannot blind; shown this once
}

func (h *pages) round(q *web.Request) error {
	v, err := h.svc.View(q.Context(), q.Actor, q.Path("round"))
	if err != nil {
		return err
	}
	if err := h.svc.Read(q.Context(), q.Actor, v); err != nil {
		return err
	}
	return showRound(q, roundPage{P: q.P, View: v})
}

func showRound(q *web.Request, p roundPage) error {
	title := q.P.T("voicesweb.about", p.Round.About.Name)
	return q.Render(web.Page{Title: title, Nav: nav, Body: roundBody(p)})
}

// draw signs what the browser has blinded; a form without anything blinded is
// a browser without the script, which gets an unlinked token on a page.
func (h *pages) draw(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	id := q.Path("round")
	if text := form.Text("blinded"); text != "" {
		blinded, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			return fault.Wrong("token.blinded")
		}
		signature, err := h.svc.Draw(q.Context(), q.Actor, id, blinded)
		if err != nil {
			return err
		}
		q.W.Header().Set("Content-Type", "application/json")
		q.W.Header().Set("Cache-Control", "no-store")
		return json.NewEncoder(q.W).Encode(map[string]string{"signature": base64.RawURLEncoding.EncodeToString(signature)})
	}
	coupon, err := h.svc.DrawUnlinked(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	v, err := h.svc.View(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	q.W.Header().Set("Cache-Control", "no-store")
	return showRound(q, roundPage{P: q.P, View: v, Coupon: coupon})
}

// form shows the questionnaire to anybody who knows its address.
func (h *pages) form(q *web.Request) error {
	f, err := h.svc.Form(q.Context(), q.Path("round"))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if f.State != voices.Answering {
		status = http.StatusConflict
	}
	return showForm(q, status, formPage{P: q.P, Form: f})
}

func (p roundPage) key() string { return base64.StdEncoding.EncodeToString(p.Public) }

func (p roundPage) fingerprint() string {
	for _, g := range p.Round.Groups {
		if g.Code == p.Group {
			return spaced(g.Fingerprint)
		}
	}
	return ""
}

// spaced writes a fingerprint in groups of four that can be compared by eye.
func spaced(s string) string {
	var parts []string
	for len(s) > 4 {
		parts, s = append(parts, s[:4]), s[4:]
	}
	return strings.Join(append(parts, s), " ")
}

// decimal writes hundredths of a mark with one decimal.
func decimal(p *i18n.Printer, hundredths int) string {
	return p.Num(fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100), 1)
}

// figureText is a figure in a table: the mean, or a dash where it is hidden.
func figureText(p *i18n.Printer, f voices.Figure) string {
	if f.Answers == 0 {
		return "–"
	}
	return decimal(p, f.Mean)
}

// spreadText writes how many gave each mark: "4: 6 · 3: 4 · 2: 1 · 1: 0".
func spreadText(p *i18n.Printer, f voices.Figure) string {
	if f.Spread == nil {
		return "–"
	}
	var parts []string
	for i := len(f.Spread) - 1; i >= 0; i-- {
		parts = append(parts, p.T("voicesweb.mark."+fmt.Sprint(i+1))+" "+p.Num(f.Spread[i]))
	}
	return strings.Join(parts, " · ")
}

func (p roundPage) valueName(code string) string {
	for _, v := range p.Values {
		if v.Code == code {
			return v.Name.In(string(p.P.Lang()))
		}
	}
	return code
}
