package ui

// Crumb is one step of the way to a page; without To it is the page itself.
type Crumb struct{ Text, To string }

// Choice is a link among others of which one is current. Count is written
// beside it when it is not empty.
type Choice struct {
	Text, To string
	Count    string
	Current  bool
}
