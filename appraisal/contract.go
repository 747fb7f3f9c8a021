package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// ContractRule says whose evaluation tells the end of the contract, and from
// how many days before it.
type ContractRule struct {
	rulebook.Head `json:"-"`
	AheadDays     int     `json:"ahead_days"` // calendar days
	Groups        []Group `json:"groups"`
}

// RuleID names the rule.
func (ContractRule) RuleID() string { return "contract-end" }

// Check refuses days that lie behind.
func (r ContractRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.AheadDays >= 0, "ahead_days", "rulebook.value.positive")
	return wrong.Err()
}

// Contracts knows when contracts end. OrgMap is one.
type Contracts interface {
	// ContractEnds returns the last day of the contract of those people who
	// have one on a day.
	ContractEnds(ctx context.Context, q db.Queryer, on Day, people ...string) (map[string]Day, error)
}

// ContractEnd is a contract whose last day is in view: what is decided next
// stands on the evaluation.
type ContractEnd struct {
	On     Day
	Days   int // until then, 0 on the day itself
	Source string
}

// contractsOf returns the contracts in view today, by person.
func (s *Service) contractsOf(ctx context.Context, q db.Queryer, book *rulebook.Book, parts ...Part) (map[string]ContractEnd, error) {
	if s.contracts == nil {
		return nil, nil
	}
	r, err := rulebook.Load[ContractRule](book)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, p := range parts {
		if slices.Contains(r.Groups, p.Group) {
			people = append(people, p.Who.PersonID)
		}
	}
	if len(people) == 0 {
		return nil, nil
	}
	ends, err := s.contracts.ContractEnds(ctx, q, s.today(), people...)
	if err != nil {
		return nil, err
	}
	all := map[string]ContractEnd{}
	for person, on := range ends {
		if days := daysBetween(s.today(), on); days >= 0 && days <= r.AheadDays {
			all[person] = ContractEnd{on, days, r.Cite()}
		}
	}
	return all, nil
}
