package app

import (
	"embed"
	"io/fs"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisalweb"
	"github.com/gurindam/gurindam/appraisal/calibration"
	"github.com/gurindam/gurindam/appraisal/calibration/calibrationweb"
	"github.com/gurindam/gurindam/appraisal/kindly"
	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/appraisal/voices/voicesweb"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/account/accountweb"
	"github.com/gurindam/gurindam/internal/api"
	"github.com/gurindam/gurindam/internal/backup"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/file"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/ledger/ledgerweb"
	"github.com/gurindam/gurindam/internal/mail"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/questionnaire"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/task/taskweb"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/org/orgimport"
	"github.com/gurindam/gurindam/org/orgimportweb"
	"github.com/gurindam/gurindam/org/orgweb"
	"github.com/gurindam/gurindam/participation/participationweb"
	"github.com/gurindam/gurindam/rulebook"
	"github.com/gurindam/gurindam/rulebook/rulebookweb"
)

//go:embed locale/*.toml
var own embed.FS

// locales lists the translations of every package that speaks.
func locales() []fs.FS {
	return append(aroundLocales(), []fs.FS{
		own, calibration.Locale, calibrationweb.Locale,
		db.Locale, file.Locale, job.Locale, mail.Locale, ledger.Locale, ledgerweb.Locale, backup.Locale, token.Locale, sheet.Locale,
		rulebook.Locale, rulebookweb.Locale, policy.Locale,
		account.Locale, accountweb.Locale, taskweb.Locale, api.Locale, web.Locale, ui.Locale,
		org.Locale, orgweb.Locale, orgimport.Locale, orgimportweb.Locale, appraisal.Locale, appraisalweb.Locale, kindly.Locale, questionnaire.Locale, voices.Locale, voicesweb.Locale,
		participationweb.Locale,
	}...)
}

// Bundle returns the translations of the whole program.
func Bundle() (*i18n.Bundle, error) { return i18n.NewBundle(locales()...) }
