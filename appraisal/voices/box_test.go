package voices

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/questionnaire"
)

func said(words string) Answer {
	return Answer{Bucket: Peers, Answers: questionnaire.Answers{Words: map[string]string{"ubah": words}, Marks: map[string]int{"a": 3}}}
}

func TestABoxGivesBackWhatWasPutIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(rapid.StringN(1, 600, 1800), 0, 8, rapid.ID[string]).Draw(t, "words")
		key, box := newKey(), make(slots, 8)
		for _, w := range words {
			if err := box.put(said(w), shuffle); err != nil {
				t.Fatal(err)
			}
			sealed, err := seal(key, "r", box)
			if fault.Is(err, fault.Invalid) {
				return // too long once written
			}
			if err != nil {
				t.Fatal(err)
			}
			if box, err = unseal(key, "r", sealed); err != nil {
				t.Fatal(err)
			}
		}
		got := map[string]bool{}
		for _, a := range box.answers() {
			got[a.Words["ubah"]] = true
		}
		for _, w := range words {
			if !got[strings.ToValidUTF8(w, "\ufffd")] {
				t.Fatalf("%q is lost", w)
			}
		}
	})
}

func TestABoxTellsNoNumberAndFitsNoOtherRound(t *testing.T) {
	key, empty, full := newKey(), make(slots, 6), make(slots, 6)
	for i := range full {
		a := said(strings.Repeat("x", 10*i+1))
		full[i] = &a
	}
	one, err := seal(key, "r", empty)
	if err != nil {
		t.Fatal(err)
	}
	six, err := seal(key, "r", full)
	if err != nil {
		t.Fatal(err)
	}
	if len(one) != len(six) || bytes.Equal(one, six) {
		t.Errorf("%d and %d bytes", len(one), len(six))
	}
	if _, err := unseal(key, "other", six); err == nil {
		t.Error("opened as another round's")
	}
	six[40] ^= 1
	if _, err := unseal(key, "r", six); err == nil {
		t.Error("a changed box was opened")
	}
	if err := full.put(said("x"), shuffle); !fault.Is(err, fault.Conflict) {
		t.Errorf("a full box takes more: %v", err)
	}
}

func TestShuffleReachesEveryOrderEvenly(t *testing.T) {
	seen := map[string]int{}
	const rounds = 6000
	for range rounds {
		s := []byte("abc")
		if err := shuffle(3, func(i, j int) { s[i], s[j] = s[j], s[i] }); err != nil {
			t.Fatal(err)
		}
		seen[string(s)]++
	}
	for order, n := range seen {
		if n < rounds/6-160 || n > rounds/6+160 { // 5½ standard deviations
			t.Errorf("%s came %d times of %d", order, n, rounds)
		}
	}
	if len(seen) != 6 {
		t.Errorf("orders %v", seen)
	}
}
