package accountweb

import (
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
)

// rules shows the table of permissions in words: everybody may know who may do
// what.
func (h *pages) rules(q *web.Request) error {
	return q.Render(web.Page{Title: q.P.T("accountweb.rules.title"), Body: rulesBody(q.P, account.Rules())})
}

// whoMay says in words who may do an action.
func whoMay(p *i18n.Printer, r account.Rule) string {
	switch {
	case r.Public:
		return p.T("accountweb.rules.public")
	case r.Everyone:
		return p.T("accountweb.rules.everyone")
	}
	var words []string
	for _, relation := range []struct {
		holds bool
		key   string
	}{{r.Owner, "owner"}, {r.Evaluator, "evaluator"}, {r.Above, "above"}} {
		if relation.holds {
			words = append(words, p.T("accountweb.rules."+relation.key))
		}
	}
	for _, role := range r.Roles {
		words = append(words, p.T(role.Key()))
	}
	return strings.Join(words, ", ")
}

// area is the first word of an action, under which the table is grouped.
func area(a account.Action) string {
	first, _, _ := strings.Cut(string(a), ".")
	switch first {
	case "public", "self":
		return "everyone"
	case "account", "machine", "ledger":
		return "system"
	}
	return first
}

// group is the actions of one area.
type group struct {
	Area  string
	Rules []account.Rule
}

// grouped sorts the rules into areas, in the order in which people meet them.
func grouped(rules []account.Rule) []group {
	order := []string{"everyone", "appraisal", "org", "rule", "survey", "forum", "competency", "talent", "monitor", "system"}
	var groups []group
	for _, name := range order {
		groups = append(groups, group{Area: name})
	}
	for _, r := range rules {
		placed := false
		for i := range groups {
			if groups[i].Area == area(r.Action) {
				groups[i].Rules = append(groups[i].Rules, r)
				placed = true
			}
		}
		if !placed {
			groups = append(groups, group{area(r.Action), []account.Rule{r}})
		}
	}
	return groups
}
