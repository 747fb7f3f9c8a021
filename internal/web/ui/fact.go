package ui

// Fact is a name and its value, a link when To is set.
type Fact struct{ Name, Value, To string }

// Figure is a large number with its name; Late paints it in coral.
type Figure struct {
	Name, Value string
	Late        bool
}
