// Package appraisalweb holds the pages of the performance year: the SKP and
// its editor, progress with evidence, feedback, the evaluation, the
// organisation's predicate, the lists of a superior and of an office, and the
// official documents.
//
// The pages decide nothing. They read a form, call appraisal.Service, and show
// what came back; who may do what is told by the views (Acts, Edit), so that a
// button is there exactly when its act is possible.
package appraisalweb
