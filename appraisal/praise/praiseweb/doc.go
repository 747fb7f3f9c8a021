// Package praiseweb is the pages of recognition: who is recognised, for those
// who lead; one's own unit beside the middle of its kind, for everybody in it;
// and a note on the home page of who is recognised.
package praiseweb
