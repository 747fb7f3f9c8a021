package participationweb

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/participation"
)

// recomputePage says how to compute an index again.
type recomputePage struct {
	P                                  *i18n.Printer
	File, FileTo, Command, Index, Hash string
}

func (h *pages) recompute(q *web.Request) error {
	s, p, w, body, err := h.safeFile(q)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	page := recomputePage{
		P: q.P, File: safeName(s, p.Result), FileTo: servicePath(s.Code) + "/jawaban.csv?masa=" + url.QueryEscape(p.Result.Wave),
		Command: "gurindam skm " + safeName(s, p.Result) + skmElements(w),
		Index:   q.P.Num(p.Result.Index) + " " + p.Result.Grade, Hash: hex.EncodeToString(sum[:]),
	}
	return q.Render(web.Page{Title: q.P.T("survey.recompute"), Nav: "layanan", Body: recomputeBody(page)})
}

// raw gives out the safe answers as CSV.
func (h *pages) raw(q *web.Request) error {
	s, p, _, body, err := h.safeFile(q)
	if err != nil {
		return err
	}
	return q.Download(safeName(s, p.Result), sheet.MediaType("csv"), body)
}

func safeName(s participation.Service, r participation.Result) string {
	return fmt.Sprintf("skm-%s-%s.csv", s.Code, r.From)
}

// skmElements says to the command which elements there are, where the survey
// has questions or weights of its own.
func skmElements(w participation.Wave) string {
	keys := slices.Clone(w.Elements)
	own := slices.ContainsFunc(keys, func(key string) bool { return !slices.Contains(participation.Standard(), key) })
	if !own && len(w.Weights) == 0 {
		return ""
	}
	for i, weight := range w.Weights {
		keys[i] += "=" + weight
	}
	return " --elements " + strings.Join(keys, ",")
}

// safeFile is the marks a published index stands on, as CSV with the element
// keys as header: what `gurindam skm` reads.
func (h *pages) safeFile(q *web.Request) (participation.Service, participation.Published, participation.Wave, []byte, error) {
	s, err := h.office.Service(q.Context(), q.Path("code"))
	if err != nil {
		return s, participation.Published{}, participation.Wave{}, nil, err
	}
	p, w, err := h.chosen(q, s)
	if err != nil {
		return s, p, w, nil, err
	}
	marks, err := h.office.SafeAnswers(q.Context(), w)
	if err != nil {
		return s, p, w, nil, err
	}
	var b bytes.Buffer
	b.WriteString(strings.Join(w.Elements, ",") + "\n")
	for _, m := range marks {
		for i, v := range m {
			if i > 0 {
				b.WriteByte(',')
			}
			if v > 0 {
				b.WriteByte('0' + v)
			}
		}
		b.WriteByte('\n')
	}
	return s, p, w, b.Bytes(), nil
}

// chosen is the published wave asked for, the latest when none is named.
func (h *pages) chosen(q *web.Request, s participation.Service) (participation.Published, participation.Wave, error) {
	history, err := h.office.History(q.Context(), s.ID)
	if err != nil {
		return participation.Published{}, participation.Wave{}, err
	}
	for _, p := range history {
		if id := q.Query("masa"); id == "" || id == p.Result.Wave {
			_, w, err := h.office.Wave(q.Context(), p.Result.Wave)
			return p, w, err
		}
	}
	return participation.Published{}, participation.Wave{}, fault.Missing("survey.publish.none")
}
