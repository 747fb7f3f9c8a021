package account

import (
	"context"
	"slices"
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
)

// line is a tree of three: city contains office contains desk.
type line struct{}

func (line) Within(_ context.Context, unit, ancestor string) (bool, error) {
	path := map[string][]string{"desk": {"desk", "office", "city"}, "office": {"office", "city"}, "city": {"city"}, "other": {"other", "city"}}
	return slices.Contains(path[unit], ancestor), nil
}

func TestCan(t *testing.T) {
	access := NewAccess(line{})
	hr := Actor{ID: "1", Grants: []Grant{{HR, ""}}}
	officer := Actor{ID: "2", PersonID: "p2", Grants: []Grant{{PerformanceOfficer, "office"}}}
	dewi := Actor{ID: "3", PersonID: "dewi", Grants: []Grant{{Staff, "desk"}}}
	admin := Actor{ID: "4", Grants: []Grant{{SysAdmin, ""}}}
	auditor := Actor{ID: "5", Grants: []Grant{{Auditor, ""}}}
	file := Thing{Unit: "desk", Owner: "dewi", Evaluator: "rina", Above: "hasan"}
	for _, c := range []struct {
		name  string
		actor Actor
		act   Action
		on    Thing
		want  fault.Kind
		ok    bool
	}{
		{"public page", Actor{}, ActPublic, Thing{}, 0, true},
		{"public asks for a file", Actor{}, ActAppraisalView, file, fault.Unauthenticated, false},
		{"owner reads", dewi, ActAppraisalView, file, 0, true},
		{"owner cannot rate", dewi, ActAppraisalReview, file, fault.Forbidden, false},
		{"evaluator rates", Actor{ID: "9", PersonID: "rina"}, ActAppraisalReview, file, 0, true},
		{"evaluator does not decide the objection", Actor{ID: "9", PersonID: "rina"}, ActAppraisalAbove, file, fault.Forbidden, false},
		{"superior of the evaluator decides", Actor{ID: "9", PersonID: "hasan"}, ActAppraisalAbove, file, 0, true},
		{"hr reads", hr, ActAppraisalView, file, 0, true},
		{"hr does not rate", hr, ActAppraisalReview, file, fault.Forbidden, false},
		{"officer below", officer, ActAppraisalUnit, file, 0, true},
		{"officer elsewhere", officer, ActAppraisalUnit, Thing{Unit: "other"}, fault.Forbidden, false},
		{"officer and the whole agency", officer, ActAppraisalUnit, Thing{}, fault.Forbidden, false},
		{"administrator reads no appraisal", admin, ActAppraisalView, file, fault.Forbidden, false},
		{"auditor reads", auditor, ActAppraisalView, file, 0, true},
		{"auditor edits nothing", auditor, ActOrgEdit, Thing{}, fault.Forbidden, false},
		{"unknown action", hr, Action("no.such"), Thing{}, fault.Forbidden, false},
		{"empty person is nobody's owner", Actor{ID: "9"}, ActAppraisalView, Thing{}, fault.Forbidden, false},
	} {
		err := access.Can(context.Background(), c.actor, c.act, c.on)
		if (err == nil) != c.ok || err != nil && fault.KindOf(err) != c.want {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}

// The auditor writes nothing and the system administrator sees no appraisal,
// whatever is added to the table.
func TestTableKeepsItsPromises(t *testing.T) {
	reads := []Action{ActPerson, ActPeople, ActLedger, ActAppraisalView, ActAppraisalUnit, ActMonthView, ActSurveyView, ActFollowUp, ActTalentView, ActCompetencyView, ActMonitor}
	for act, rule := range table() {
		if slices.Contains(rule.roles, Auditor) && !slices.Contains(reads, act) {
			t.Errorf("%s lets the auditor write", act)
		}
		if slices.Contains(rule.roles, SysAdmin) && !slices.Contains([]Action{ActAccounts, ActGrant, ActMachine, ActLedger}, act) {
			t.Errorf("%s is open to the system administrator", act)
		}
	}
}
