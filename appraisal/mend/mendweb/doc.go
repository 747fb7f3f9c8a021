// Package mendweb is the pages on which a wrong superior or unit is put right:
// the form of the person, the proposals that wait, and the decision on one.
package mendweb
