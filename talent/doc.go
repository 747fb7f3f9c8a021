// Package talent finds the right person for a position, in the open: the
// professionalism index (indeks profesionalitas ASN), the nine boxes (kotak
// manajemen talenta) of performance and potential, the talent score of an
// agency's preset, ranking, succession and placement.
//
// Every weight and threshold is in the rulebook: the regulation numbers the
// boxes, but each agency has weights of its own, kept as presets.
package talent
