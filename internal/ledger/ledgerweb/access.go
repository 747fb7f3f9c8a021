package ledgerweb

import (
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
)

// open are the kinds whose content every reader of the record may see: nothing
// in them is about how somebody works.
func open() []string {
	return []string{
		"account.", "policy.", "ledger.", "system.", "participation.", "forum.",
		"appraisal.period.", "org.unit.", "org.import.",
	}
}

// needs returns the permission that the content of a kind asks for.
func needs(kind string) account.Action {
	for _, prefix := range open() {
		if strings.HasPrefix(kind, prefix) {
			return account.ActLedger
		}
	}
	if strings.HasPrefix(kind, "org.") {
		return account.ActPerson
	}
	return account.ActAppraisalView
}

// subjectNeeds returns the permission to know who a subject is.
func subjectNeeds(subject string) account.Action {
	switch thing, _, _ := strings.Cut(subject, ":"); thing {
	case "part", "evaluation", "voices", "exclusion", "objection":
		return account.ActAppraisalView
	case "person":
		return account.ActPerson
	}
	return account.ActLedger
}

// may reports whether the actor may know who the subject is and, with a kind,
// what the entry says.
func may(q *web.Request, s Subject, subject, kind string) bool {
	if q.Can(subjectNeeds(subject), s.Thing) != nil {
		return false
	}
	return kind == "" || q.Can(needs(kind), s.Thing) == nil
}
