package account

import "slices"

// Key returns the translation key of the role's name.
func (r Role) Key() string { return "account.role." + string(r) }

// AboutKey returns the key of the sentence that says what the role is for.
func (r Role) AboutKey() string { return "account.role_about." + string(r) }

// Key returns the translation key of what the action is, in words.
func (a Action) Key() string { return "account.action." + string(a) }

// Rule is one line of the table of permissions, for the page that shows it.
type Rule struct {
	Action                  Action
	Public, Everyone        bool
	Owner, Evaluator, Above bool
	Roles                   []Role
}

// Rules returns the table of permissions in the order of the actions' names.
func Rules() []Rule {
	var all []Rule
	for a, p := range table() {
		all = append(all, Rule{a, p.public, p.everyone, p.owner, p.evaluator, p.above, p.roles})
	}
	slices.SortFunc(all, func(x, y Rule) int {
		if x.Action < y.Action {
			return -1
		}
		return 1
	})
	return all
}
