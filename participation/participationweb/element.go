package participationweb

import (
	"strconv"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/participation"
)

// elementTexts gives the words of elements in one language: the regulation's
// nine are translations, an agency's own come from its table.
type elementTexts struct {
	p   *i18n.Printer
	own map[string]participation.Element
}

func (t elementTexts) english() bool { return t.p.Lang() == i18n.English }

func (t elementTexts) name(key string) string {
	if e, ok := t.own[key]; ok {
		return pick(t.english(), e.NameEN, e.Name)
	}
	return t.p.T("survey.element." + key + ".name")
}

func (t elementTexts) question(key string) string {
	if e, ok := t.own[key]; ok {
		return pick(t.english(), e.QuestionEN, e.Question)
	}
	return t.p.T("survey.element." + key + ".question")
}

// answer returns the words of answer 1 to 4.
func (t elementTexts) answer(key string, mark int) string {
	if e, ok := t.own[key]; ok {
		return pick(t.english(), e.AnswersEN[mark-1], e.Answers[mark-1])
	}
	return t.p.T("survey.element." + key + ".a" + strconv.Itoa(mark))
}

func pick(first bool, a, b string) string {
	if first && a != "" {
		return a
	}
	return b
}
