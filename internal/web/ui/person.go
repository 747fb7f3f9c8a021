package ui

// Person is one of the people a superior answers for: a name, a note, flags.
type Person struct {
	Name, To string
	Note     string
	Flags    []Flag
	Act      *Act
}

// Flag is a state shown as a tag.
type Flag struct {
	Tone Tone
	Word string
}
