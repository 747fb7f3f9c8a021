package account

// Action names something one can do. Every route carries one.
type Action string

// The actions, by area. The table below says who may.
const (
	ActPublic    Action = "public"     // open to everybody
	ActSelf      Action = "self"       // anything signed in: own home, own password
	ActOrgView   Action = "org.view"   // map of units and posts, without personal data
	ActOrgEdit   Action = "org.edit"   // change units, posts, tenures
	ActOrgImport Action = "org.import" // load files into the map
	ActPerson    Action = "org.person" // one person's record
	ActPeople    Action = "org.people" // lists of people with their NIP

	ActAccounts  Action = "account.manage" // invite, reset, end sessions
	ActGrant     Action = "account.grant"  // propose and confirm roles
	ActMachine   Action = "machine.run"    // jobs, backup, ledger checks
	ActLedger    Action = "ledger.view"    // read the record
	ActRules     Action = "rule.view"      // the rulebook is public
	ActRulesEdit Action = "rule.edit"      // agency's own values, by decision

	ActAppraisalOwn     Action = "appraisal.own"      // write one's own plan, progress, words
	ActAppraisalView    Action = "appraisal.view"     // read one person's appraisal
	ActAppraisalReview  Action = "appraisal.review"   // agree on a plan, rate, decide
	ActAppraisalAbove   Action = "appraisal.above"    // decide an objection
	ActAppraisalUnit    Action = "appraisal.unit"     // lists of a unit: who has what state
	ActAppraisalOrgRate Action = "appraisal.org-rate" // set a unit's organisation predicate
	ActAppraisalCalib   Action = "appraisal.compare"  // lay a unit's ratings side by side
	ActAppraisalPeriod  Action = "appraisal.period"   // open and close periods
	ActAppraisalDraft   Action = "appraisal.draft"    // draft for somebody who has none
	ActMonthClose       Action = "appraisal.close"    // close the month, allowance list
	ActMonthView        Action = "appraisal.month"    // read the month's close
	ActFeedbackGive     Action = "appraisal.feedback" // give or ask for feedback

	ActSurveyManage  Action = "survey.manage" // services, waves, follow-up of a unit
	ActSurveyView    Action = "survey.view"   // internal results of a unit
	ActFollowUp      Action = "follow.view"   // see what one owns, or the unit's
	ActFollowUpMove  Action = "follow.move"   // report on it
	ActSurveyEnter   Action = "survey.enter"  // enter paper answers, hand out tokens
	ActForumPost     Action = "forum.post"    // write in a forum
	ActForumAnswer   Action = "forum.answer"  // answer officially
	ActForumModerate Action = "forum.moderate"

	ActTalentView     Action = "talent.view"
	ActTalentDecide   Action = "talent.decide"
	ActCompetencyView Action = "competency.view"
	ActMonitor        Action = "monitor.view"
)

// permission says who may do an action. Public and everyone need no relation;
// owner, evaluator and above are relations to the thing; roles apply within
// their unit scope.
type permission struct {
	public, everyone        bool
	owner, evaluator, above bool
	roles                   []Role
}

// table is the one place where access is granted. What is not listed is denied.
// Reading and writing are separate: Auditor stands only on actions that read,
// SysAdmin on none that touches an appraisal.
func table() map[Action]permission {
	return map[Action]permission{
		ActPublic:    {public: true},
		ActSelf:      {everyone: true},
		ActOrgView:   {everyone: true},
		ActOrgEdit:   {roles: []Role{HR}},
		ActOrgImport: {roles: []Role{HR}},
		ActPerson:    {owner: true, evaluator: true, above: true, roles: []Role{HR, UnitAdmin, PerformanceOfficer, Leader, Auditor}},
		ActPeople:    {roles: []Role{HR, UnitAdmin, PerformanceOfficer, Leader, Auditor}},

		ActAccounts:  {roles: []Role{SysAdmin, HR}},
		ActGrant:     {roles: []Role{SysAdmin, HR}},
		ActMachine:   {roles: []Role{SysAdmin}},
		ActLedger:    {roles: []Role{Auditor, HR, SysAdmin}},
		ActRules:     {public: true},
		ActRulesEdit: {roles: []Role{HR}},

		ActAppraisalOwn:     {owner: true},
		ActAppraisalView:    {owner: true, evaluator: true, above: true, roles: []Role{HR, PerformanceOfficer, Leader, Auditor}},
		ActAppraisalReview:  {evaluator: true},
		ActAppraisalAbove:   {above: true},
		ActAppraisalUnit:    {evaluator: true, roles: []Role{HR, PerformanceOfficer, Leader, Auditor}},
		ActAppraisalOrgRate: {evaluator: true, roles: []Role{Leader}},
		ActAppraisalCalib:   {evaluator: true, roles: []Role{Leader}},
		ActAppraisalPeriod:  {roles: []Role{HR}},
		ActAppraisalDraft:   {roles: []Role{PerformanceOfficer}},
		ActMonthClose:       {roles: []Role{HR, PerformanceOfficer}},
		ActMonthView:        {roles: []Role{HR, PerformanceOfficer, Leader, Auditor}},
		ActFeedbackGive:     {everyone: true},

		ActSurveyManage:  {roles: []Role{HR, UnitAdmin, PerformanceOfficer}},
		ActSurveyView:    {roles: []Role{HR, UnitAdmin, PerformanceOfficer, Leader, Auditor}},
		ActFollowUp:      {owner: true, roles: []Role{HR, UnitAdmin, PerformanceOfficer, Leader, Auditor}},
		ActFollowUpMove:  {owner: true, roles: []Role{HR, UnitAdmin, PerformanceOfficer}},
		ActSurveyEnter:   {roles: []Role{HR, UnitAdmin, PerformanceOfficer, Staff}},
		ActForumPost:     {everyone: true},
		ActForumAnswer:   {roles: []Role{HR, UnitAdmin, PerformanceOfficer, Leader}},
		ActForumModerate: {roles: []Role{HR, UnitAdmin}},

		ActTalentView:     {roles: []Role{HR, Leader, Auditor}},
		ActTalentDecide:   {roles: []Role{Leader}},
		ActCompetencyView: {owner: true, evaluator: true, roles: []Role{HR, Leader, Auditor}},
		ActMonitor:        {roles: []Role{HR, PerformanceOfficer, Leader, Auditor}},
	}
}

// Actions lists every action of the table, for tests and the roles page.
func Actions() []Action {
	var all []Action
	for a := range table() {
		all = append(all, a)
	}
	return all
}
