package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/participation"
)

// survey is a published survey whose index a journalist computes again.
type survey struct {
	*app.System
	t    *testing.T
	hr   account.Actor
	unit string
}

// newSurveys opens an agency of one office.
func newSurveys(t *testing.T, flags []string) survey {
	t.Helper()
	units := filepath.Join(t.TempDir(), "units.csv")
	if err := os.WriteFile(units, []byte("id,parent,name\nkota,,Kota Contoh\nloket,kota,Dinas Loket\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, status := gurindam(t, append([]string{"import", "units", units, "--at", "2026-01-01"}, flags...)...); status != 0 {
		t.Fatal(errs)
	}
	store := storeOf(flags)
	now := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	sys, err := app.Open(t.Context(), app.Config{Data: store.Data, Database: store.Database, Now: func() time.Time { return now }, Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sys.Close(); err != nil {
			t.Error(err)
		}
	})
	unit, err := db.One(t.Context(), sys.DB, `SELECT id FROM unit ORDER BY id LIMIT 1`, db.Value[string])
	if err != nil {
		t.Fatal(err)
	}
	return survey{sys, t, account.Actor{ID: "hr", Grants: []account.Grant{{Role: account.HR}}}, unit}
}

func (s survey) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// wave opens a survey of a new service.
func (s survey) wave(code string, elements, weights []string) participation.Wave {
	s.t.Helper()
	service, err := s.Areas.Participation.SaveService(s.t.Context(), s.hr, participation.Service{Code: code, UnitID: s.unit, Name: code})
	s.must(err)
	w, err := s.Areas.Participation.OpenWave(s.t.Context(), s.hr, participation.Wave{
		ServiceID: service.ID, Name: "Akhir 2026", OpensOn: "2026-11-01", EndsOn: "2026-12-31", Elements: elements, Weights: weights,
		Basis: participation.Strata(), Population: 900, TargetBy: "krejcie",
	})
	s.must(err)
	return w
}

// fill stores n paper answers; one in seven leaves an element out.
func (s survey) fill(w participation.Wave, n int) {
	s.t.Helper()
	rng := rand.New(rand.NewPCG(uint64(n), 25))
	for i := range n {
		a := participation.Answer{Stratum: participation.Paper, Day: "2026-11-20", Marks: make(participation.Marks, len(w.Elements))}
		for e := range a.Marks {
			a.Marks[e] = uint8(1 + rng.IntN(4))
		}
		if i%7 == 3 {
			a.Marks[i%len(a.Marks)] = 0
		}
		a.Profile.Sex = []string{"f", "m"}[rng.IntN(2)]
		s.must(s.Areas.Participation.EnterPaper(s.t.Context(), s.hr, participation.Submission{Wave: w, Answer: a}))
	}
}

// hold sets the first answers of a wave aside.
func (s survey) hold(w participation.Wave, n int) {
	s.t.Helper()
	ids, err := db.All(s.t.Context(), s.DB, `SELECT id FROM survey_answer WHERE wave_id = $1 AND held = '' ORDER BY marks, id`, db.Value[string], w.ID)
	s.must(err)
	s.must(s.Areas.Participation.Hold(s.t.Context(), s.hr, w.ID, ids[:n], participation.HeldManual, "diisi petugas"))
}

func (s survey) publish(w participation.Wave) {
	s.t.Helper()
	s.must(s.Areas.Participation.CloseWave(s.t.Context(), s.hr, w.ID))
	_, err := s.Areas.Participation.Publish(s.t.Context(), s.hr, w.ID, "")
	s.must(err)
}

// page asks the public site.
func (s survey) page(path string) string {
	s.t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequestWithContext(context.WithoutCancel(s.t.Context()), "GET", path, nil))
	if w.Code != 200 {
		s.t.Fatalf("%s answers %d", path, w.Code)
	}
	return w.Body.String()
}

func one(t *testing.T, text, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no %s in\n%s", pattern, text)
	}
	return html.UnescapeString(m[1])
}

// recompute does what the page of a service tells a journalist to do: downloads
// the file, runs the one command printed there, and returns its index and what
// the page says was published.
func (s survey) recompute(code string) (computed, published string, file [][]string) {
	s.t.Helper()
	page := s.page("/layanan/" + code + "/hitung-ulang?lang=en")
	command := strings.Fields(one(s.t, page, `<code>gurindam ([^<]*)</code>`))
	body := s.page(one(s.t, page, `href="([^"]*)" download`))
	name := filepath.Join(s.t.TempDir(), command[1])
	s.must(os.WriteFile(name, []byte(body), 0o600))
	command[1] = name
	out, errs, status := gurindam(s.t, command...)
	if status != 0 {
		s.t.Fatalf("%s: %d %s", command, status, errs)
	}
	file, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	s.must(err)
	line := strings.Fields(one(s.t, out, `(?m)^(Citizen satisfaction index.*)$`))
	return strings.Join(line[len(line)-2:], " "), one(s.t, page, `<b>([0-9.]+ [A-D])</b>`), file
}

func TestAJournalistRecomputesEveryPublishedIndex(t *testing.T) {
	eachStore(t, func(t *testing.T, flags []string) {
		s := newSurveys(t, flags)
		own := participation.Element{Key: "antre", Name: "Antrean", NameEN: "Queue", Question: "Antreannya?", QuestionEN: "The queue?"}
		for i := range 4 {
			own.Answers[i], own.AnswersEN[i] = fmt.Sprint("jawaban ", i), fmt.Sprint("answer ", i)
		}
		s.must(s.Areas.Participation.AddElement(t.Context(), s.hr, own))
		nine := participation.Nine()
		for code, c := range map[string]struct {
			elements, weights []string
			answers, left     int
			before, after     func(w participation.Wave)
		}{
			"biasa":      {elements: nine, answers: 83, left: 83},
			"sendiri":    {elements: append(slices.Clone(nine), "antre"), answers: 61, left: 61},
			"berbobot":   {elements: []string{"time", "behaviour", "antre"}, weights: []string{"0.35", "0.15", "0.5"}, answers: 47, left: 47},
			"disisihkan": {elements: nine, answers: 70, left: 59, before: func(w participation.Wave) { s.hold(w, 11) }},
			"kemudian":   {elements: nine, answers: 64, left: 50, after: func(w participation.Wave) { s.hold(w, 14) }},
			"ditimbang": {elements: nine, answers: 90, left: 90, before: func(w participation.Wave) {
				s.must(s.Areas.Participation.SetMargin(t.Context(), s.hr, w.ID, "sex", map[string]int{"f": 700, "m": 200}))
			}},
			"kecil": {elements: nine, answers: 12, left: 12, before: func(w participation.Wave) { s.hold(w, 1); s.fill(w, 1) }},
		} {
			t.Run(code, func(t *testing.T) {
				s := s
				s.t = t
				w := s.wave(code, c.elements, c.weights)
				s.fill(w, c.answers)
				if c.before != nil {
					c.before(w)
				}
				s.publish(w)
				if c.after != nil {
					c.after(w)
				}
				computed, published, file := s.recompute(code)
				if computed != published {
					t.Errorf("published %s, computed again %s", published, computed)
				}
				if !strings.Contains(s.page("/layanan/"+code+"?lang=en"), `<b class="idx">`+strings.Fields(published)[0]+`</b>`) {
					t.Errorf("the service's page does not say %s", published)
				}
				if len(file) != c.left+1 || !slices.Equal(file[0], c.elements) {
					t.Errorf("the file has %d answers to %s", len(file)-1, file[0])
				}
				if !sortedMarks(file[1:]) {
					t.Error("the order of the answers says something")
				}
			})
		}
	})
}

// sortedMarks reports whether rows stand in the order of their marks, an empty
// one as nought.
func sortedMarks(rows [][]string) bool {
	return slices.IsSortedFunc(rows, func(a, b []string) int {
		key := func(row []string) (text string) {
			for _, cell := range row {
				text += max(cell, "0")
			}
			return text
		}
		return strings.Compare(key(a), key(b))
	})
}
