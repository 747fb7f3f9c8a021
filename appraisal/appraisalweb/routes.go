package appraisalweb

import (
	"context"
	"embed"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/kindly"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/file"
	"github.com/gurindam/gurindam/internal/web"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Config is what the pages need. Without Files evidence is links only, without
// Elsewhere nothing is told of where a plan written elsewhere came from.
type Config struct {
	Appraisal *appraisal.Service
	Files     *file.Store
	Elsewhere Sources
}

// Sources tells which files a part's plan and results were taken from.
type Sources interface {
	Sources(ctx context.Context, part string) ([]appraisal.Source, error)
}

// pages holds what the handlers need.
type pages struct {
	svc   *appraisal.Service
	files *file.Store
	hints *kindly.Checker
	from  Sources
}

// Routes returns the addresses of the area's pages.
func Routes(c Config) []web.Route {
	h := &pages{c.Appraisal, c.Files, kindly.New(), c.Elsewhere}
	var all []web.Route
	all = append(all, h.planRoutes()...)
	all = append(all, h.citizenRoutes()...)
	all = append(all, h.progressRoutes()...)
	all = append(all, h.evidenceRoutes()...)
	all = append(all, h.evaluationRoutes()...)
	all = append(all, h.listRoutes()...)
	all = append(all, h.organisationRoutes()...)
	all = append(all, h.periodRoutes()...)
	all = append(all, h.feedbackRoutes()...)
	all = append(all, h.feedbackListRoutes()...)
	all = append(all, h.verifyRoutes()...)
	return all
}

func (h *pages) planRoutes() []web.Route {
	own, view := account.ActAppraisalOwn, account.ActAppraisalView
	return []web.Route{
		{Pattern: "GET /skp", Action: own, Handle: h.myPlan},
		{Pattern: "GET /skp/{part}", Action: view, Handle: h.plan},
		{Pattern: "GET /skp/{part}/cetak.pdf", Action: view, Handle: h.planPDF},
		{Pattern: "GET /skp/{part}/beda", Action: view, Handle: h.planDiff},
		{Pattern: "GET /skp/{part}/riwayat", Action: view, Handle: h.planHistory},
		{Pattern: "POST /skp/{part}/mulai", Action: own, Handle: h.startPlan},
		{Pattern: "POST /skp/{part}/salin", Action: own, Handle: h.copyPlan},
		{Pattern: "POST /skp/{part}/pendekatan", Action: own, Handle: h.setApproach},
		{Pattern: "POST /skp/{part}/hasil", Action: own, Handle: h.saveResult},
		{Pattern: "POST /skp/{part}/hasil/{result}/hapus", Action: own, Handle: h.removeResult},
		{Pattern: "POST /skp/{part}/hasil/{result}/pindah", Action: own, Handle: h.moveResult},
		{Pattern: "POST /skp/{part}/hasil/{result}/langkah", Action: own, Handle: h.saveSteps},
		{Pattern: "POST /skp/{part}/hasil/{result}/indikator", Action: own, Handle: h.saveIndicator},
		{Pattern: "POST /skp/{part}/hasil/{result}/indikator/{indicator}/hapus", Action: own, Handle: h.removeIndicator},
		{Pattern: "POST /skp/{part}/periksa", Action: own, Handle: h.checkIndicator},
		{Pattern: "POST /skp/{part}/lampiran", Action: own, Handle: h.saveAnnex},
		{Pattern: "POST /skp/{part}/ekspektasi", Action: account.ActAppraisalReview, Handle: h.saveExpectations},
		{Pattern: "POST /skp/{part}/langkah-skp", Action: view, Handle: h.actPlan},
	}
}
