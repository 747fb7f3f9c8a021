package stat

import "slices"

// Suppress says which groups of a published list must be hidden, given that
// their total is published too: every non-empty group smaller than least, and
// as many of the smallest others as it takes that at least two groups with
// together at least least people stay hidden. Otherwise the hidden figure
// would be the total less the rest. Empty groups are never hidden: nobody can
// be found in them. When all groups together have fewer than least people the
// total must be hidden as well, which is the caller's to do.
func Suppress(counts []int, least int) []bool {
	hidden := make([]bool, len(counts))
	var groups, people int
	for i, n := range counts {
		if n > 0 && n < least {
			hidden[i] = true
			groups++
			people += n
		}
	}
	for _, i := range bySize(counts) {
		if groups == 0 || groups >= 2 && people >= least {
			break
		}
		if !hidden[i] && counts[i] > 0 {
			hidden[i] = true
			groups++
			people += counts[i]
		}
	}
	return hidden
}

// bySize returns the indexes of counts, smallest first, ties in order.
func bySize(counts []int) []int {
	order := make([]int, len(counts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return counts[a] - counts[b] })
	return order
}
