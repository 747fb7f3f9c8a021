package web

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/i18n"
)

func TestDecimalsAreReadAsThePageWritesThem(t *testing.T) {
	for _, c := range []struct {
		text, id, en string // "" is refused
	}{
		{"2250", "2250", "2250"},
		{"2.250", "2250", "2.250"},
		{"2,250", "2.250", "2250"},
		{"1.234,5", "1234.5", "1234.5"},
		{"1,234.5", "1234.5", "1234.5"},
		{"1.234.567", "1234567", "1234567"},
		{"1,234,567", "1234567", "1234567"},
		{"1.234.567,89", "1234567.89", "1234567.89"},
		{"2,5", "2.5", "2.5"},
		{"2.5", "2.5", "2.5"},
		{"0.125", "0.125", "0.125"},
		{"0,125", "0.125", "0.125"},
		{"-3,75", "-3.75", "-3.75"},
		{"−3,75", "-3.75", "-3.75"},
		{"12 500", "12500", "12500"},
		{"", "", ""},
		{"abc", "", ""},
		{",5", "", ""},
		{"5,", "", ""},
		{"1.2,3.4", "", ""},
	} {
		for l, want := range map[i18n.Lang]string{i18n.Indonesian: c.id, i18n.English: c.en} {
			if got, ok := ParseDecimal(l, c.text); got != want || ok != (want != "") {
				t.Errorf("%q in %s: %q, %v, want %q", c.text, l, got, ok, want)
			}
		}
	}
}

// What a page shows in a field comes back as the same number.
func TestDecimalsSurviveTheFormInBothLanguages(t *testing.T) {
	b, err := i18n.NewBundle(Locale)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		number := fmt.Sprint(rapid.Int64Range(0, 99_999_999).Draw(t, "whole"))
		if n := rapid.IntRange(0, 999).Draw(t, "part"); n > 0 {
			number += fmt.Sprintf(".%03d", n)
		}
		if rapid.Bool().Draw(t, "below zero") {
			number = "-" + number
		}
		l := rapid.SampledFrom(i18n.Langs()).Draw(t, "language")
		shown := b.Printer(l).Num(number)
		if got, ok := ParseDecimal(l, shown); !ok || got != number {
			t.Fatalf("%s is shown as %s in %s and read as %s", number, shown, l, got)
		}
	})
}
