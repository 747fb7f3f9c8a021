package participation

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Element is a question the agency adds to the nine of the regulation, whose
// own texts are translations under "survey.element.<key>".
type Element struct {
	Key                  string
	Name, NameEN         string
	Question, QuestionEN string
	Answers, AnswersEN   [4]string // the worst first
}

func (e Element) check() error {
	var f fault.Fields
	f.Check(elementKey(e.Key), "key", "survey.element.key_form")
	f.Check(!slices.Contains(Standard(), e.Key), "key", "survey.element.standard")
	for name, text := range map[string]string{"name": e.Name, "name_en": e.NameEN, "question": e.Question, "question_en": e.QuestionEN} {
		f.Check(text != "", name, "form.required")
		f.Check(len([]rune(text)) <= 300, name, "form.too_long", 300)
	}
	for i := range 4 {
		f.Check(e.Answers[i] != "" && !strings.Contains(e.Answers[i], "\n"), "answers", "form.required")
		f.Check(e.AnswersEN[i] != "" && !strings.Contains(e.AnswersEN[i], "\n"), "answers_en", "form.required")
	}
	return f.Err()
}

// Standard returns the keys of the regulation's nine elements in the order of
// the questionnaire, and the one older data have instead of facilities.
func Standard() []string { return append(Nine(), "charter") }

// Nine returns the keys of today's nine elements.
func Nine() []string {
	return []string{"requirements", "procedure", "time", "cost", "product", "competence", "behaviour", "complaints", "facilities"}
}

// AddElement adds a question that waves may then contain.
func (o *Office) AddElement(ctx context.Context, actor account.Actor, e Element) error {
	if err := e.check(); err != nil {
		return err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, account.Thing{}); err != nil {
		return err
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `INSERT INTO survey_element (key, name, name_en, question, question_en, answers, answers_en)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key) DO NOTHING`,
			e.Key, e.Name, e.NameEN, e.Question, e.QuestionEN, strings.Join(e.Answers[:], "\n"), strings.Join(e.AnswersEN[:], "\n"))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.WrongField("key", "survey.element.taken")
		}
		return o.record(ctx, tx, actor, "element_added", "element:"+e.Key, e)
	})
}

// Elements returns the agency's own questions by key.
func (o *Office) Elements(ctx context.Context) (map[string]Element, error) {
	list, err := db.All(ctx, o.db, `SELECT key, name, name_en, question, question_en, answers, answers_en FROM survey_element`, scanElement)
	all := map[string]Element{}
	for _, e := range list {
		all[e.Key] = e
	}
	return all, err
}

func scanElement(r db.Row) (Element, error) {
	var e Element
	var id, en string
	err := r.Scan(&e.Key, &e.Name, &e.NameEN, &e.Question, &e.QuestionEN, &id, &en)
	copy(e.Answers[:], strings.Split(id, "\n"))
	copy(e.AnswersEN[:], strings.Split(en, "\n"))
	return e, err
}

func (o *Office) elementsKnown(ctx context.Context, tx *db.Tx, keys []string) error {
	own, err := db.All(ctx, tx, `SELECT key FROM survey_element`, db.Value[string])
	if err != nil {
		return err
	}
	for _, k := range keys {
		if !slices.Contains(Standard(), k) && !slices.Contains(own, k) {
			return fault.WrongField("elements", "survey.element.unknown", k)
		}
	}
	return nil
}
