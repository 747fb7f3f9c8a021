// Package appraisaltest makes the small city in which the packages around
// appraisal are tested: a real map of org, two performance years, and a clock
// the test turns. In 2025 plans are written in Gurindam, in 2026 in e-Kinerja
// and Ruang GTK.
package appraisaltest
