package taskweb

import (
	"context"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
)

// Step is one of the things a new agency does before its first year can run.
type Step struct {
	Code string // "units": the key of its words, taskweb.step.CODE
	To   string
	Done func(ctx context.Context) (bool, error)
}

// FirstSteps is the part of the home page that leads whoever manages people
// from an empty database to an open year. It is gone once every step is done.
type FirstSteps struct {
	Access *account.Access
	Steps  []Step
}

// stepLine is one step as the page shows it.
type stepLine struct {
	Code, To string
	Done     bool
	Next     bool // the first that is not done
}

// Home returns the steps, nil when all are done or the reader may not do them.
func (s FirstSteps) Home(q *web.Request) (templ.Component, error) {
	if s.Access.Can(q.Context(), q.Actor, account.ActOrgImport, account.Thing{}) != nil {
		return nil, nil
	}
	lines, left := make([]stepLine, len(s.Steps)), 0
	for i, step := range s.Steps {
		done, err := step.Done(q.Context())
		if err != nil {
			return nil, err
		}
		if !done {
			left++
		}
		lines[i] = stepLine{Code: step.Code, To: step.To, Done: done, Next: !done && left == 1}
	}
	if left == 0 {
		return nil, nil
	}
	return firstSteps(q.P, lines, len(lines)-left), nil
}

func (l stepLine) title(p *i18n.Printer) string { return p.T("taskweb.step." + l.Code) }

func (l stepLine) why(p *i18n.Printer) string { return p.T("taskweb.step_why." + l.Code) }
