package penimport

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/listed"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/search"
)

// QuestionKind is what has to be decided.
type QuestionKind string

// The kinds of questions: who is meant, and who evaluates.
const (
	PersonQuestion QuestionKind = "orang"
	RaterQuestion  QuestionKind = "penilai"
)

// question is something a file says that the map does not bear out, with a
// proposed mend; Person is empty where nobody comes near.
type question struct {
	ID         string
	Kind       QuestionKind
	Row        Row
	Window     appraisal.Window
	FileID     string
	Who        string // the person it is about, as the file or the map calls them
	PartID     string
	UnitID     string // of the part; empty when it is about no part
	Person     string // proposed
	PersonName string
	PersonUnit string // where the proposed person works, of a question that is open
	Sure       int    // 0 to 100
}

// Question is a question as a page shows it.
type Question = question

// about reports whether a question concerns a unit: its row names the unit, or
// its part belongs to it.
func (q question) about(unit, name string) bool {
	return q.UnitID == unit || name != "" && search.Fold(q.Row.Unit) == search.Fold(name)
}

func (q question) asked() string {
	if q.Kind == RaterQuestion {
		return q.PartID + "|" + q.Row.RaterNIP + "|" + listed.PlainName(q.Row.RaterName)
	}
	return q.Row.who().Key()
}

// keepQuestions stores questions that were not asked before; an answered one
// is not asked again. One that is still open learns what another file says of
// the same person, so that the answer loads the plan and the result together.
func keepQuestions(ctx context.Context, tx *db.Tx, file string, all []question) error {
	open, err := db.All(ctx, tx, selectQuestion+`WHERE q.state = 'terbuka' ORDER BY q.id`, scanQuestion)
	if err != nil {
		return err
	}
	waiting := make(map[string]question, len(open))
	for _, q := range open {
		waiting[string(q.Kind)+q.Window.Code()+q.asked()] = q
	}
	var fresh, told [][]any
	seen := map[string]bool{}
	for _, q := range all {
		key := string(q.Kind) + q.Window.Code() + q.asked()
		if seen[key] {
			continue
		}
		seen[key] = true
		into := &fresh
		q.ID = db.NewID()
		if old, waits := waiting[key]; waits {
			into, q.ID, q.Row = &told, old.ID, old.Row.with(q.Row)
		}
		body, err := json.Marshal(q.Row)
		if err != nil {
			return err
		}
		*into = append(*into, []any{q.ID, string(q.Kind), q.asked(), q.Window.Code(), file, string(body), q.PartID, q.Person, q.PersonName, q.Sure, "terbuka", ""})
	}
	columns := []string{"id", "kind", "ask", "win", "file_id", "body", "part_id", "person_id", "person", "sure", "state", "decided_by"}
	if err := db.Upsert(ctx, tx, "pen_question", []string{"id"}, columns, told); err != nil {
		return err
	}
	return db.InsertNew(ctx, tx, "pen_question", "(kind, ask, win)", columns, fresh)
}

const selectQuestion = `SELECT q.id, q.kind, q.win, q.file_id, q.body, q.part_id, q.person_id, q.person, q.sure, COALESCE(p.unit_id, ''), COALESCE(p.faces, '')
	FROM pen_question q LEFT JOIN appraisal_part p ON p.id = q.part_id `

func scanQuestion(r db.Row) (question, error) {
	var q question
	var win, body, faces string
	if err := r.Scan(&q.ID, &q.Kind, &win, &q.FileID, &body, &q.PartID, &q.Person, &q.PersonName, &q.Sure, &q.UnitID, &faces); err != nil {
		return q, err
	}
	var err error
	if faces != "" && q.Kind == PersonQuestion {
		if q.PersonUnit, err = unitIn(faces); err != nil {
			return q, err
		}
	}
	if q.Window, err = appraisal.ParseWindow(win); err != nil {
		return q, err
	}
	if err := json.Unmarshal([]byte(body), &q.Row); err != nil {
		return q, fmt.Errorf("stored question %s: %w", q.ID, err)
	}
	q.Who = q.Row.Name
	return q, nil
}

// Questions returns what waits for a decision, people before superiors, the
// surest first.
func (s *Service) Questions(ctx context.Context, actor account.Actor, year int) ([]Question, error) {
	if err := s.may(ctx, actor); err != nil {
		return nil, err
	}
	return s.openQuestions(ctx, year)
}

func (s *Service) openQuestions(ctx context.Context, year int) ([]question, error) {
	all, err := db.All(ctx, s.DB, selectQuestion+`WHERE q.state = 'terbuka' ORDER BY q.kind, q.sure DESC, q.ask, q.id`, scanQuestion)
	if err != nil {
		return nil, err
	}
	var kept []Question
	for _, q := range all {
		if q.Window.Year == year {
			kept = append(kept, q)
		}
	}
	return kept, nil
}

// Answer decides questions: accept takes the proposed mend, with person the
// one named instead of the proposal (of one question only). An accepted person
// is remembered and the row loaded; an accepted superior is named for the part.
// It returns how many were decided; those without a proposal stay open.
func (s *Service) Answer(ctx context.Context, actor account.Actor, accept bool, person string, words *i18n.Printer, ids ...string) (int, error) {
	if err := s.may(ctx, actor); err != nil {
		return 0, err
	}
	if len(ids) == 0 {
		return 0, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	all, err := db.All(ctx, s.DB, selectQuestion+`WHERE q.state = 'terbuka' AND q.id IN (`+db.In(1, len(args))+`) ORDER BY q.id`, scanQuestion, args...)
	if err != nil {
		return 0, err
	}
	if person != "" && len(all) == 1 {
		all[0].Person, all[0].PersonName = person, ""
	}
	if !accept {
		return len(all), s.close(ctx, actor, all, "ditolak")
	}
	var people, raters []question
	for _, q := range all {
		switch {
		case q.Person == "":
		case q.Kind == PersonQuestion:
			people = append(people, q)
		default:
			raters = append(raters, q)
		}
	}
	if err := s.acceptPeople(ctx, actor, people); err != nil {
		return 0, err
	}
	return len(people) + len(raters), s.acceptRaters(ctx, actor, raters, words)
}

// acceptPeople remembers who is meant and loads their rows, in one transaction.
func (s *Service) acceptPeople(ctx context.Context, actor account.Actor, all []question) error {
	if len(all) == 0 {
		return nil
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		byFile := map[string]*Sent{}
		var rows [][]any
		seen := map[string]bool{}
		for _, q := range all {
			if key := q.Row.who().Key(); !seen[key] {
				seen[key] = true
				rows = append(rows, []any{key, q.Person, s.Now(), actor.ID})
			}
			at := q.Window.Code() + q.FileID
			f := byFile[at]
			if f == nil {
				f = &Sent{ID: q.FileID, Window: q.Window}
				byFile[at] = f
			}
			f.Body.Rows = append(f.Body.Rows, q.Row)
		}
		if err := db.Upsert(ctx, tx, "pen_alias", []string{"key"}, []string{"key", "person_id", "decided_at", "decided_by"}, rows); err != nil {
			return err
		}
		for _, f := range byFile {
			r, err := s.run(ctx, tx, actor, f)
			if err != nil {
				return err
			}
			if err := r.write(ctx, tx, actor); err != nil {
				return err
			}
			if err := keepQuestions(ctx, tx, f.ID, r.ask); err != nil {
				return err
			}
		}
		return s.closeIn(ctx, tx, actor, all, "diterima")
	})
}

// acceptRaters names the superiors as the files have them.
func (s *Service) acceptRaters(ctx context.Context, actor account.Actor, all []question, words *i18n.Printer) error {
	for _, q := range all {
		p, err := s.Appraisal.Part(ctx, actor, q.PartID)
		if err != nil {
			return err
		}
		if p.Evaluator.PersonID != q.Person {
			_, err = s.Appraisal.SetEvaluator(ctx, actor, p.ID, p.Version, q.Person, words.T("penimport.rater_reason", q.Window.Code()))
		}
		if err != nil {
			return err
		}
		if err := s.close(ctx, actor, []question{q}, "diterima"); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) close(ctx context.Context, actor account.Actor, all []question, state string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return s.closeIn(ctx, tx, actor, all, state) })
}

func (s *Service) closeIn(ctx context.Context, tx *db.Tx, actor account.Actor, all []question, state string) error {
	args := []any{state, s.Now(), actor.ID}
	var ids []string
	for _, q := range all {
		args = append(args, q.ID)
		ids = append(ids, q.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	n, err := db.Exec(ctx, tx, `UPDATE pen_question SET state = $1, decided_at = $2, decided_by = $3 WHERE state = 'terbuka' AND id IN (`+db.In(4, len(ids))+`)`, args...)
	if err != nil {
		return err
	}
	if int(n) != len(ids) {
		return fault.Clash("penimport.file.changed")
	}
	return ledger.Append(ctx, tx, ledger.Entry{
		Kind: "appraisal.elsewhere.decided", Subject: "agency", Actor: actor.ID, At: s.Now(), Payload: map[string]any{"state": state, "questions": ids},
	})
}
