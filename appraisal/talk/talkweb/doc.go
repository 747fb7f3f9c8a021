// Package talkweb is the pages of the performance talks: the reader's own and
// those with the people a superior evaluates, one talk from its agenda to both
// signatures, and the actions that were agreed.
package talkweb
