// Package praise recognises units and people by fair comparison: like with
// like, and each with their own last year.
//
//	pengakuan        Row      a unit or person with its group's middle and its own last year
//	nilai tengah     middle   the median of the group
//
// The rule "recognition" holds the limits; [Rule.Compare] is its pure function.
// Nobody below the middle is listed anywhere: a unit sees only itself beside
// the middle of its kind, and of people only who is recognised is stored.
package praise
