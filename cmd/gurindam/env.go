package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
)

// Env is what a command speaks through.
type Env struct {
	Ctx context.Context // ends when the program is told to stop
	In  io.Reader
	Out io.Writer // results only
	Err io.Writer // messages
	P   *i18n.Printer
}

// errSilent ends a command with status 1 when it has already said why.
var errSilent = errors.New("already said")

// JSON writes one indented document.
func (e *Env) JSON(v any) error {
	enc := json.NewEncoder(e.Out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// Say writes a translated message.
func (e *Env) Say(key string, args ...any) {
	fmt.Fprintln(e.Err, e.P.T(key, args...))
}

// complain tells a person what went wrong: a fault's sentence and those of its
// fields, or the plain error, which on a command line helps more than an
// apology.
func (e *Env) complain(err error) {
	if errors.Is(err, errSilent) {
		return
	}
	var f *fault.Error
	if !errors.As(err, &f) || !e.P.Has(f.Key) {
		fmt.Fprintln(e.Err, "gurindam:", err)
		return
	}
	fmt.Fprintln(e.Err, e.P.T(f.Key, f.Args...))
	for _, fd := range f.Fields {
		fmt.Fprintf(e.Err, "  %s: %s\n", fd.Name, e.P.T(fd.Key, fd.Args...))
	}
	if f.Kind == fault.Internal || f.Kind == fault.Unavailable {
		if cause := errors.Unwrap(f); cause != nil {
			fmt.Fprintln(e.Err, " ", cause)
		}
	}
}
