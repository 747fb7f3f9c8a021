// Package listed reads how lists of other applications (e-Kinerja's result
// list, Ruang GTK's, attendance machines') write people, ratings and
// predicates, and finds whom a row means.
//
// It knows names and numbers only: whose results they become is for those who
// load the lists.
package listed
