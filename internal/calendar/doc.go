// Package calendar counts working days.
//
// A deadline of the regulations is mostly given in working days (hari kerja):
// Mondays to Fridays that are neither a public holiday (libur nasional) nor a
// day of collective leave (cuti bersama). The holidays stand in holidays.toml
// with their source; a year the ministers have not decreed yet is estimated
// and marked unverified, so that a page can say that a deadline may move.
//
// Dates are texts YYYY-MM-DD, as everywhere in this program. Everything is
// pure: the caller says which day it is.
package calendar
