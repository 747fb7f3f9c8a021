// Package stat holds the statistics behind published figures: means with their
// intervals, weights, sample sizes, the suppression of small groups and the
// detection of answers that do not look like honest ones.
//
// Everything is pure and deterministic, so that a citizen who has the same
// answers gets the same interval. Numbers are floats: an interval is an
// estimate. What is published as an exact index is computed elsewhere, with
// exact decimals.
//
// Words:
//
//   - respondent: one person's questionnaire, the unit of every estimate;
//     nine answers of one person are not nine observations
//   - element: one question of a questionnaire (unsur)
//   - moments: exact integer sums over respondents from which means and
//     variances follow; they can be added and taken away
//   - raking: iterative proportional fitting of weights to known totals
//   - effective sample: how many equally weighted respondents would carry the
//     same information (Kish)
package stat
