// Package assign finds the best joint placement: which candidate takes which
// position so that as many positions as possible are filled and, of all such
// plans, the sum of the scores is the highest.
//
// Plans are compared first by the number of positions filled, then by the
// total. Scores are exact: they are decimals scaled to integers, never floats.
// The method is the Hungarian algorithm on a square matrix in which everybody
// may also stay without a position; the second-best plan comes from forbidding
// each pair of the best one in turn.
package assign
