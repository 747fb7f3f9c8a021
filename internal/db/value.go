package db

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/gurindam/gurindam/internal/fault"
)

// timeLayout has a fixed width, so that times compare as text.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// NewID returns a new UUIDv7 as text. Ids made later sort later, to the
// millisecond and, within one process, strictly.
func NewID() string {
	return uuid.Must(uuid.NewV7()).String()
}

// Time returns t as it is stored: UTC, microseconds, fixed width.
func Time(t time.Time) string { return t.UTC().Format(timeLayout) }

// ParseTime reads what [Time] wrote.
func ParseTime(s string) (time.Time, error) {
	t, err := time.Parse(timeLayout, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("stored time: %w", err)
	}
	return t, nil
}

// TimeTo returns a scan target that fills t from a stored time; NULL gives the
// zero time.
func TimeTo(t *time.Time) sql.Scanner { return timeScanner{t} }

type timeScanner struct{ to *time.Time }

// Scan implements sql.Scanner.
func (s timeScanner) Scan(src any) error {
	var text string
	switch v := src.(type) {
	case nil:
		*s.to = time.Time{}
		return nil
	case string:
		text = v
	case []byte:
		text = string(v)
	default:
		return fmt.Errorf("stored time is a %T, want text", src)
	}
	t, err := ParseTime(text)
	*s.to = t
	return err
}

// NullTime returns t as it is stored, or nil (NULL) for the zero time.
func NullTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return Time(t)
}

// OrZero returns a scan target that fills dest; NULL gives the zero value.
func OrZero[T any](dest *T) sql.Scanner { return zeroScanner[T]{dest} }

type zeroScanner[T any] struct{ to *T }

// Scan implements sql.Scanner.
func (s zeroScanner[T]) Scan(src any) error {
	var n sql.Null[T]
	err := n.Scan(src)
	*s.to = n.V
	return err
}

// Null returns v, or nil (NULL) when v is its type's zero value.
func Null[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

// bind makes the arguments mean the same on both engines: times become their
// stored text, and text neither engine should be asked to keep is refused.
func bind(args []any) ([]any, error) {
	bound := args
	for i, a := range args {
		switch v := a.(type) {
		case string:
			if strings.IndexByte(v, 0) >= 0 || !utf8.ValidString(v) {
				return nil, fault.Wrong("db.text")
			}
		case time.Time:
			if &bound[0] == &args[0] {
				bound = slices.Clone(args) // the caller's stay as they are
			}
			bound[i] = Time(v)
		}
	}
	return bound, nil
}
