package app

import (
	"context"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
)

// ifSuperior shows an entry to who evaluates somebody today.
const ifSuperior = "superior"

// unlessSuperior shows an entry to everybody else.
const unlessSuperior = "no superior"

// wholeFor, before an action, shows an entry to whose role for it reaches the
// whole agency: the page is about all of it.
const wholeFor = "whole "

// holds tells whether a condition of the rail holds.
func (s *System) holds(ctx context.Context, actor account.Actor, condition string) (bool, error) {
	if action, of := strings.CutPrefix(condition, wholeFor); of {
		_, whole := s.Access.Units(actor, account.Action(action))
		return whole, nil
	}
	if actor.PersonID == "" {
		return condition == unlessSuperior, nil
	}
	m, err := s.Areas.Map.Map(ctx, s.DB, s.Areas.Map.Today())
	if err != nil {
		return false, err
	}
	return (len(m.Subordinates(actor.PersonID)) > 0) == (condition == ifSuperior), nil
}

// navigation is the left rail, in its order. The first group is one's own
// year, the second the city, the third what officials run.
func navigation() []web.NavItem {
	const city, office, machine = "nav.city", "nav.office", "nav.machine"
	return []web.NavItem{
		{Key: "beranda", Path: "/", Icon: "home", Label: "nav.home", Action: account.ActSelf, Badge: "tasks"},
		{Key: "skp", Path: "/skp", Icon: "file", Label: "nav.skp", Action: account.ActAppraisalOwn},
		{Key: "kemajuan", Path: "/kemajuan", Icon: "bars", Label: "nav.progress", Action: account.ActAppraisalOwn},
		{Key: "harian", Path: "/harian", Icon: "edit", Label: "worklogweb.nav", Action: account.ActAppraisalOwn},
		{Key: "umpan-balik", Path: "/umpan-balik", Icon: "message", Label: "nav.feedback", Action: account.ActAppraisalOwn},
		{Key: "dialog", Path: "/dialog", Icon: "people", Label: "talkweb.nav", Action: account.ActSelf},
		{Key: "suara", Path: "/suara", Icon: "people", Label: "voicesweb.nav", Action: account.ActAppraisalOwn, Badge: "appraisal.voices"},
		{Key: "evaluasi", Path: "/evaluasi", Icon: "ok", Label: "nav.evaluation", Action: account.ActAppraisalOwn},
		{Key: "tpp", Path: "/tpp", Icon: "table", Label: "monthcloseweb.nav_own", Action: account.ActAppraisalOwn},
		{Key: "peran-hasil", Path: "/peran-hasil", Icon: "target", Label: "cascadeweb.nav_roles", Action: account.ActAppraisalOwn, Badge: "cascade.roles"},
		{Key: "matriks", Path: "/matriks", Icon: "grid", Label: "cascadeweb.nav_boards", Action: account.ActAppraisalReview, If: ifSuperior},
		{Key: "team", Path: "/tim", Icon: "people", Label: "nav.team", Action: account.ActAppraisalReview, If: ifSuperior},

		{Key: "kalibrasi", Path: "/kalibrasi", Icon: "scale", Label: "calibrationweb.nav", Action: account.ActAppraisalCalib, If: ifSuperior},

		{Key: "unit", Path: "/unit", Icon: "tree", Label: "nav.map", Group: city, Action: account.ActOrgView},
		{Key: "perjanjian", Path: "/perjanjian", Icon: "sign", Label: "cascadeweb.nav_agreements", Group: city, Action: account.ActOrgView},
		{Key: "pegawai", Path: "/pegawai", Icon: "user", Label: "nav.people", Group: city, Action: account.ActPeople},
		{Key: "layanan", Path: "/layanan", Icon: "face", Label: "nav.services", Group: city, Action: account.ActPublic},
		{Key: "forum", Path: "/forum", Icon: "message", Label: "web.forum", Group: city, Action: account.ActPublic},
		{Key: "aturan", Path: "/aturan", Icon: "book", Label: "nav.rules", Group: city, Action: account.ActRules},

		{Key: "survei", Path: "/survei", Icon: "trend", Label: "nav.surveys", Group: office, Action: account.ActSurveyView},
		{Key: "tutup-bulan", Path: "/tutup-bulan", Icon: "calendar", Label: "monthcloseweb.nav", Group: office, Action: account.ActMonthView},
		{Key: "penilaian", Path: "/penilaian", Icon: "list", Label: "nav.appraisals", Group: office, Action: account.ActMonitor},
		{Key: "pengakuan", Path: "/pengakuan", Icon: "award", Label: "praiseweb.nav", Group: office, Action: account.ActMonitor},
		{Key: "matriks", Path: "/matriks", Icon: "grid", Label: "cascadeweb.nav_boards", Group: office, Action: account.ActMonitor, If: unlessSuperior},
		{Key: "organisasi", Path: "/organisasi", Icon: "building", Label: "nav.organisations", Group: office, Action: account.ActMonitor},
		{Key: "diputuskan", Path: "/jabatan-diputuskan", Icon: "flag", Label: "nav.decisions", Group: office, Action: account.ActPeople},
		{Key: "impor", Path: "/impor", Icon: "upload", Label: "nav.import", Group: office, Action: account.ActOrgImport, If: wholeFor + string(account.ActOrgImport)},
		{Key: "tahun", Path: "/tahun", Icon: "calendar", Label: "nav.years", Group: office, Action: account.ActAppraisalPeriod, If: wholeFor + string(account.ActAppraisalPeriod)},
		{Key: "perbaikan", Path: "/perbaikan", Icon: "edit", Label: "mendweb.nav", Group: office, Action: account.ActAppraisalPeriod, If: wholeFor + string(account.ActAppraisalPeriod)},
		{Key: "hasil-lain", Path: "/hasil-lain", Icon: "swap", Label: "exchange.nav_elsewhere", Group: office, Action: account.ActAppraisalPeriod, If: wholeFor + string(account.ActAppraisalPeriod)},
		{Key: "dinas", Path: "/dinas", Icon: "clock", Label: "worklogweb.nav_shifts", Group: office, Action: account.ActMonthClose},
		{Key: "siasn", Path: "/siasn", Icon: "out", Label: "exchange.nav_siasn", Group: office, Action: account.ActMonthClose},

		{Key: "catatan", Path: "/catatan", Icon: "history", Label: "ledgerweb.title", Group: machine, Action: account.ActLedger, If: wholeFor + string(account.ActLedger)},
		{Key: "akun", Path: "/akun/semua", Icon: "key", Label: "nav.accounts", Group: machine, Action: account.ActAccounts},
		{Key: "peran", Path: "/akun/peran", Icon: "shield", Label: "nav.roles", Group: machine, Action: account.ActGrant, If: wholeFor + string(account.ActGrant)},
	}
}
