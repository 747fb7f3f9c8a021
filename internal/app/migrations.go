package app

import (
	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/calibration"
	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/file"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/mail"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/org/orgimport"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/participation/complaint"
	"github.com/gurindam/gurindam/participation/forum"
)

// Migrations lists the migrations of every package with tables. They are
// applied in the order of their file names over all packages.
func Migrations() []db.Migrations {
	return append(aroundMigrations(), []db.Migrations{
		calibration.Migrations(),
		ledger.Migrations(), job.Migrations(), mail.Migrations(), policy.Migrations(), account.Migrations(), task.Migrations(), token.Migrations(), file.Migrations(),
		org.Migrations(), orgimport.Migrations(), appraisal.Migrations(), voices.Migrations(), participation.Migrations(), forum.Migrations(), complaint.Migrations(),
	}...)
}
