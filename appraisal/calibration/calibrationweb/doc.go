// Package calibrationweb is the pages on which leaders lay ratings of several
// superiors side by side and agree on changes.
package calibrationweb
