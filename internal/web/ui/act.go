package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// Look is how strongly a button speaks.
type Look string

// The looks. A page has at most one Go.
const (
	Plain  Look = ""     // an act among others
	Go     Look = "go"   // the one next act
	Danger Look = "no"   // takes something away
	Bare   Look = "bare" // hardly a button: close, cancel
)

// Act is something the reader can do: a link when To is set, a button otherwise.
type Act struct {
	Text string // says what happens: "Ajukan SKP ke atasan"
	Icon string
	Look Look
	To   string // where a link leads

	Name, Value string // of a submitting button
	Script      bool   // type=button: does nothing without JavaScript
	Form        string // id of the form it submits, when it stands outside
	FormAction  string // another address for the same form
	NoCheck     bool   // submits without the browser's checks: "save draft"

	Confirm      string // the question asked first, naming what cannot be undone
	ConfirmTitle string
	Download     bool
	Pane         bool // opens beside the page
	Tight        bool
	Keep         bool // stays in the sticky bar of a phone
	Attrs        templ.Attributes
}

// Link returns an act that leads to an address.
func Link(text, to string) Act { return Act{Text: text, To: to} }

func (a Act) class() string {
	c := []string{"btn"}
	if a.Look != Plain {
		c = append(c, string(a.Look))
	}
	if a.Tight {
		c = append(c, "tight")
	}
	if a.Keep {
		c = append(c, "keep")
	}
	return strings.Join(c, " ")
}

func (a Act) kind() string {
	if a.Script {
		return "button"
	}
	return "submit"
}
