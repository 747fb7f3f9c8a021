package app

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/competency"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/rulebook"
	"github.com/gurindam/gurindam/talent"
)

// Rules returns the rules of every area, in the order of their names.
func Rules() []rulebook.Rule {
	all := slices.Concat(org.Rules(), appraisal.Rules(), monthclose.Rules(), competency.Rules(), talent.Rules(), participation.Rules())
	slices.SortFunc(all, func(a, b rulebook.Rule) int { return strings.Compare(a.Name, b.Name) })
	return all
}
