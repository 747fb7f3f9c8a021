package search

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestColumn(t *testing.T) {
	for text, want := range map[string]string{
		"Hj. Ratna Wulandari, S.Sos.": " hj ratna wulandari s sos",
		"  Renée Ümit ﬁsh ":           " renee umit fish",
		"Batu IX/2":                   " batu ix 2",
		"…":                           "",
	} {
		if got := Column(text); got != want {
			t.Errorf("Column(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestMatchTakesBeginningsOfWords(t *testing.T) {
	column := Column("Dinas Kependudukan dan Pencatatan Sipil")
	for query, want := range map[string]bool{
		"dinas sipil": true, "penc kepend": true, "dudukan": false, "dinas laut": false, "": true, "--": true,
	} {
		if got := Match(column, Terms(query)); got != want {
			t.Errorf("%q: got %v", query, got)
		}
	}
}

func TestWhere(t *testing.T) {
	sql, args := Where("p.search", 3, Terms("Dewi r"))
	if want := "replace(p.search, $3, '') <> p.search AND replace(p.search, $4, '') <> p.search"; sql != want {
		t.Errorf("got %s", sql)
	}
	if len(args) != 2 || args[0] != " dewi" || args[1] != " r" {
		t.Errorf("got %v", args)
	}
	if sql, args := Where("x", 1, nil); sql != "true" || args != nil {
		t.Errorf("no terms: %s %v", sql, args)
	}
}

// Whoever types a whole text finds the thing that bears it.
func TestEveryTextFindsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		if !Match(Column(text), Terms(text)) {
			t.Fatalf("%q does not find itself", text)
		}
		if f := Fold(text); Fold(f) != f || strings.Contains(f, "  ") {
			t.Fatalf("folding %q twice changes it", text)
		}
	})
}

func TestKeySortsNumbersByValue(t *testing.T) {
	if nine, ten := Key("SMP Negeri 9"), Key("SMP Negeri 10"); nine >= ten {
		t.Errorf("%q does not stand before %q", nine, ten)
	}
	if got, want := Key("Élan 2a"), "elan 0000"+"02a"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
