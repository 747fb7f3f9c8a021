package rulebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
)

// Values is the struct in which an area keeps the values of one rule. Its
// fields carry json tags that name the keys of the rulebook; numbers are Num,
// int or int64, code words string types. It embeds Head.
type Values interface {
	// RuleID names the rule.
	RuleID() string
	// Check reports values that contradict each other (a band out of order, a
	// matrix with a hole) as a fault that names them.
	Check() error
}

// Load decodes the values of V's rule from the book. It is strict: every field
// of V must be in the book and everything in the book must have a field. It
// returns a NotFound fault when the rule is not in the book, and an Invalid
// one when an override has broken it.
func Load[V Values](b *Book) (V, error) {
	var v, none V
	in, has := b.rules[v.RuleID()]
	if !has {
		return none, fault.Missing("rulebook.rule.absent", v.RuleID())
	}
	if err := decodeValues(in.values, &v); err != nil {
		return none, err
	}
	if h, ok := any(&v).(interface{ setHead(Head) }); ok {
		h.setHead(in.head)
	}
	if err := v.Check(); err != nil {
		return none, err
	}
	return v, nil
}

// decodeValues decodes values into a struct and makes sure that nothing was
// lost on the way: written out again, the struct must be the same value.
func decodeValues(values *Value, into any) error {
	raw := values.bytes()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) && kind.Field != "" {
			return fault.WrongField(kind.Field, "rulebook.value.kind")
		}
		return fault.Wrong("rulebook.value.broken", err.Error()).Because(err)
	}
	back, err := json.Marshal(into)
	if err != nil {
		return err
	}
	again, err := ParseJSON(back)
	if err != nil {
		return err
	}
	if at, same := values.equal(again, ""); !same {
		return fault.WrongField(at, "rulebook.value.broken", at)
	}
	return nil
}

// Codes returns the keys of a rule's table in order, as the words an input may
// use.
func Codes[K ~string, V any](table map[K]V) []string {
	codes := make([]string, 0, len(table))
	for _, k := range slices.Sorted(maps.Keys(table)) {
		codes = append(codes, string(k))
	}
	return codes
}
