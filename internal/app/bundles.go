package app

import (
	"net/url"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/task/taskweb"
)

// bundles says which of a superior's tasks are one line on the home page.
func bundles() map[string]taskweb.Bundle {
	return map[string]taskweb.Bundle{
		"appraisal.evaluation.rate": {
			Title: "appraisalweb.bundle.rate", Why: "appraisalweb.bundle.rate_why", Button: "appraisalweb.bundle.rate_do",
			Link: confirmTogether,
		},
	}
}

// confirmTogether returns the page that confirms everybody of the window a task
// is about; the year's evaluation is written one by one.
func confirmTogether(t task.Task) string {
	w, err := appraisal.ParseWindow(windowOf(t))
	if err != nil || w.Kind == appraisal.Year {
		return ""
	}
	return "/tim/konfirmasi?w=" + url.QueryEscape(w.Code())
}

// windowOf returns the code of the window a task leads to.
func windowOf(t task.Task) string {
	u, err := url.Parse(t.Link)
	if err != nil {
		return ""
	}
	return u.Query().Get("w")
}
