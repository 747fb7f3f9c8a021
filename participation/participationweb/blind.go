package participationweb

import (
	"encoding/base64"
	"encoding/json"
	"net/url"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/participation"
)

// offerBlind tells the form's script where a scanned code is exchanged for a
// blind token and with which key.
func (h *pages) offerBlind(q *web.Request, f participation.Form, page *surveyPage) error {
	public, err := h.office.BlindKey(q.Context(), f.Wave)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	page.BlindTo = "/s/" + url.PathEscape(f.Service.Code) + "/kupon"
	page.BlindKey = base64.RawURLEncoding.EncodeToString(public)
	return err
}

// exchange signs a blinded message for a code. The signature sent again for the
// same message is the same, so that nobody loses a visit's voice to a lost
// connection.
func (h *pages) exchange(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	f, err := h.office.Form(q.Context(), q.Path("code"))
	if err != nil {
		return plainly(q, err)
	}
	if !h.NoRate {
		if err := h.guard.Allow(f.Quality, web.ClientAddr(q.R, h.Trusted), q.Now); err != nil {
			return plainly(q, err)
		}
	}
	blinded, err := base64.RawURLEncoding.DecodeString(form.Text("blinded"))
	if err != nil {
		return plainly(q, fault.Wrong("token.blinded"))
	}
	signature, err := h.office.Blind(q.Context(), f.Wave, form.Text("code"), blinded)
	if err != nil {
		return plainly(q, err)
	}
	q.W.Header().Set("Content-Type", "application/json")
	q.W.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(q.W).Encode(map[string]string{"signature": base64.RawURLEncoding.EncodeToString(signature)})
}
