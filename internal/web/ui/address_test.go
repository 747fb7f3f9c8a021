package ui

import (
	"net/url"
	"testing"
)

func TestPageOfAnAddress(t *testing.T) {
	for typed, want := range map[string]int{
		"": 1, "1": 1, "7": 7, "0": 1, "-3": 1, "x": 1, "1000000": 1_000_000, "1000001": 1, "99999999999999999999": 1,
	} {
		if got := (Address{Query: url.Values{PageParam: {typed}}}).Page(); got != want {
			t.Errorf("%q: page %d, not %d", typed, got, want)
		}
	}
}
