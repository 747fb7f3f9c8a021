package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of trouble a fault is; the shells map it to a status.
type Kind uint8

// The kinds. Internal is the zero value: an error nobody classified.
const (
	Internal Kind = iota
	Invalid
	NotFound
	Conflict
	Forbidden
	Unauthenticated
	TooMany
	Unavailable
)

// String returns the kind's lower-case English name, for logs.
func (k Kind) String() string {
	return [...]string{"internal", "invalid", "not found", "conflict", "forbidden", "unauthenticated", "too many", "unavailable"}[k]
}

// Field is one wrong input: its form name, the key of the sentence that says
// what is wrong and how to mend it, and the sentence's arguments.
type Field struct {
	Name string
	Key  string
	Args []any
}

// Error is a fault. Key is a translation key; Err, if set, is the cause and is
// only logged.
type Error struct {
	Kind   Kind
	Key    string
	Args   []any
	Fields []Field
	Err    error
}

// Error renders kind, key, arguments, fields and cause for logs; users get the
// translated sentence instead.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Kind.String())
	b.WriteString(": ")
	b.WriteString(e.Key)
	for _, a := range e.Args {
		fmt.Fprintf(&b, " %v", a)
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Name, f.Key)
		for _, a := range f.Args {
			fmt.Fprintf(&b, " %v", a)
		}
	}
	if e.Err != nil {
		b.WriteString(": ")
		b.WriteString(e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause, or nil.
func (e *Error) Unwrap() error { return e.Err }

// Because returns a copy of e that carries err as its cause.
func (e *Error) Because(err error) *Error {
	c := *e
	c.Err = err
	return &c
}

// New returns a fault of the given kind.
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Missing returns a NotFound fault.
func Missing(key string, args ...any) *Error { return New(NotFound, key, args...) }

// Wrong returns an Invalid fault.
func Wrong(key string, args ...any) *Error { return New(Invalid, key, args...) }

// Clash returns a Conflict fault: somebody else changed the thing meanwhile,
// or it is in a state that does not allow the act.
func Clash(key string, args ...any) *Error { return New(Conflict, key, args...) }

// Denied returns a Forbidden fault.
func Denied(key string, args ...any) *Error { return New(Forbidden, key, args...) }

// WrongField returns an Invalid fault about one field. The fault's own key is
// "fault.fields", the shells' sentence for "please look at the marked fields".
func WrongField(name, key string, args ...any) *Error {
	return &Error{Kind: Invalid, Key: "fault.fields", Fields: []Field{{name, key, args}}}
}

// Fields collects the wrong fields of one form. The zero value is ready.
type Fields []Field

// Add notes one wrong field.
func (f *Fields) Add(name, key string, args ...any) {
	*f = append(*f, Field{name, key, args})
}

// Check notes the field unless ok holds.
func (f *Fields) Check(ok bool, name, key string, args ...any) {
	if !ok {
		f.Add(name, key, args...)
	}
}

// Err returns an Invalid fault with the fields collected, or nil when there
// are none.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "fault.fields", Fields: f}
}

// KindOf returns the kind of the first fault in err's chain, or Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a fault of the given kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Status returns the HTTP status that answers a fault of this kind: the one
// table both shells use.
func (k Kind) Status() int {
	return [...]int{
		Internal: 500, Invalid: 422, NotFound: 404, Conflict: 409,
		Forbidden: 403, Unauthenticated: 401, TooMany: 429, Unavailable: 503,
	}[k]
}
