// Package orgweb is the pages of the map: the tree of units, the position map
// of a unit (peta jabatan) as a chart and as a table, positions, people, the
// search over all, the positions somebody has to decide about, and the forms
// with which HR changes the map.
//
// Every page that shows a state shows it as of a day (parameter per); without
// it, of today. Forms that were refused come back with everything that was
// typed; a form that looks for a unit or a person sends itself with GET and
// comes back filled.
package orgweb
