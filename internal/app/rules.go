package app

import (
	"os"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/appraisal/praise"
	"github.com/gurindam/gurindam/appraisal/talk"
	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/competency"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/participation/complaint"
	"github.com/gurindam/gurindam/participation/forum"
	"github.com/gurindam/gurindam/rulebook"
	"github.com/gurindam/gurindam/talent"
)

// Rules returns the rules of every area, in the order of their names.
func Rules() []rulebook.Rule {
	all := slices.Concat(org.Rules(), appraisal.Rules(), monthclose.Rules(), competency.Rules(), talent.Rules(), participation.Rules())
	slices.SortFunc(all, func(a, b rulebook.Rule) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// ruleChecks returns the check of every rule in the rulebook by the area that
// uses it.
func ruleChecks() []rulebook.Check {
	return []rulebook.Check{
		rulebook.CheckOf[org.ActingRule](),
		rulebook.CheckOf[org.HorizonRule](),
		rulebook.CheckOf[org.JobClassRule](),
		rulebook.CheckOf[org.NIPRule](),
		rulebook.CheckOf[org.RetirementRule](),
		rulebook.CheckOf[org.WorkloadRule](),
		rulebook.CheckOf[appraisal.CalendarRule](),
		rulebook.CheckOf[appraisal.CitizenRule](),
		rulebook.CheckOf[appraisal.CreditRule](),
		rulebook.CheckOf[appraisal.DistributionRule](),
		rulebook.CheckOf[appraisal.FormRule](),
		rulebook.CheckOf[appraisal.GroupsRule](),
		rulebook.CheckOf[appraisal.LeaderResultsRule](),
		rulebook.CheckOf[appraisal.ContractRule](),
		rulebook.CheckOf[appraisal.MovedRule](),
		rulebook.CheckOf[appraisal.ObjectionRule](),
		rulebook.CheckOf[appraisal.OrderRule](),
		rulebook.CheckOf[appraisal.PredicateRule](),
		rulebook.CheckOf[appraisal.QualityRule](),
		rulebook.CheckOf[appraisal.ValuesRule](),
		rulebook.CheckOf[monthclose.CalendarRule](),
		rulebook.CheckOf[monthclose.Rule](),
		rulebook.CheckOf[praise.Rule](),
		rulebook.CheckOf[talk.Rule](),
		rulebook.CheckOf[voices.Rule](),
		rulebook.CheckOf[competency.MatchRule](),
		rulebook.CheckOf[talent.BoxRule](),
		rulebook.CheckOf[talent.ProfessionalismRule](),
		rulebook.CheckOf[talent.ScoreRule](),
		rulebook.CheckOf[participation.FollowUpRule](),
		rulebook.CheckOf[participation.Minimum](),
		rulebook.CheckOf[participation.Quality](),
		rulebook.CheckOf[participation.SKMRule](),
		rulebook.CheckOf[participation.Sample](),
		rulebook.CheckOf[complaint.Deadlines](),
		rulebook.CheckOf[forum.Rules](),
		rulebook.CheckOf[task.NoticeRule](),
	}
}

// Library returns the national rules, with an agency's rulebook file on top. It
// refuses a file with which a rule makes no sense.
func Library(file string) (*rulebook.Library, error) {
	library, err := rulebook.National()
	if err != nil {
		return nil, err
	}
	library = library.Checked(ruleChecks())
	if file == "" {
		return library, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fault.Wrong("rulebook.file.open", file).Because(err)
	}
	overlay, err := rulebook.ParseOverlay(data)
	if err != nil {
		return nil, err
	}
	if library, err = library.With(overlay); err != nil {
		return nil, err
	}
	return library, library.Sound()
}
