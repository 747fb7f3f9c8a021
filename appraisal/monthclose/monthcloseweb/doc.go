// Package monthcloseweb is the pages of the month's close: the offices with who
// is late and on whose desk, one person's sum line by line, what was loaded and
// not matched, objections, and everybody's own allowance (TPP).
package monthcloseweb
