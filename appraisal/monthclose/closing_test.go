package monthclose

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// A closed list reckoned again is the list that was closed; a list with another
// figure, or another byte, is not.
func TestAClosedListIsReckonedAgain(t *testing.T) {
	base := nationalRule(t)
	rapid.Check(t, func(t *rapid.T) {
		f := NewFormula(anyRule(t, base))
		l := closedList{Format: listFormat, Month: "2026-11", Number: 1}
		for range rapid.IntRange(1, 5).Draw(t, "people") {
			in := anyInput(t, base)
			body, err := in.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			l.Rows = append(l.Rows, closedRow{Person: "p", Name: "Nama", State: Ready, Input: body, Sum: sumOf(f.Pay(in))})
		}
		c, packed, err := l.pack()
		if err != nil {
			t.Fatal(err)
		}
		back, err := unpack(packed, c.Hash)
		if err != nil {
			t.Fatal(err)
		}
		if different, err := back.recompute(f); err != nil || len(different) > 0 {
			t.Fatalf("%v %v", different, err)
		}
		spoilt := bytes.Clone(packed)
		spoilt[rapid.IntRange(10, len(spoilt)-9).Draw(t, "byte")] ^= 1
		if again, err := unpack(spoilt, c.Hash); err == nil {
			t.Fatalf("a changed byte is not noticed: %+v", again)
		}
		back.Rows[0].Sum.Net++
		if different, err := back.recompute(f); err != nil || len(different) != 1 {
			t.Fatalf("a changed figure is not noticed: %v %v", different, err)
		}
	})
}
