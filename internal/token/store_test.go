package token

import (
	"bytes"
	"crypto/rand"
	"sync"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

const today = "2026-11-23"

func withBatches(t *testing.T, fn func(t *testing.T, d *db.DB, codes []Code)) {
	repotest.EachDB(t, []db.Migrations{Migrations()}, func(t *testing.T, d *db.DB) {
		var codes []Code
		key, err := NewKey()
		if err != nil {
			t.Fatal(err)
		}
		other, err := NewKey()
		if err != nil {
			t.Fatal(err)
		}
		err = d.Tx(t.Context(), func(tx *db.Tx) (err error) {
			if _, err = Open(t.Context(), tx, "wave:1", today, key); err != nil {
				return err
			}
			if _, err = Open(t.Context(), tx, "wave:2", today, other); err != nil {
				return err
			}
			codes, err = Issue(t.Context(), tx, "wave:1", 20)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		fn(t, d, codes)
	})
}

func spendIn(t *testing.T, d *db.DB, subject, presented string) error {
	t.Helper()
	return d.Tx(t.Context(), func(tx *db.Tx) error { return Spend(t.Context(), tx, subject, presented) })
}

func wantKind(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s gives %v, want %v", what, err, kind)
	}
}

func TestACodeSpeaksOnceAndOnlyForItsWave(t *testing.T) {
	withBatches(t, func(t *testing.T, d *db.DB, codes []Code) {
		if err := spendIn(t, d, "wave:1", string(codes[0])); err != nil {
			t.Fatal(err)
		}
		invented, _ := NewCode(rand.Reader)
		wantKind(t, "a replay", spendIn(t, d, "wave:1", string(codes[0])), fault.Conflict)
		wantKind(t, "another wave", spendIn(t, d, "wave:2", string(codes[1])), fault.Forbidden)
		wantKind(t, "an invented code", spendIn(t, d, "wave:1", string(invented)), fault.Forbidden)
		wantKind(t, "a mistyped code", spendIn(t, d, "wave:1", "AAAA-BBBB-CCCC"), fault.Invalid)
		counts(t, d, "wave:1", 20, 0, 1)
	})
}

func counts(t *testing.T, d *db.DB, subject string, issued, signed, used int) {
	t.Helper()
	b, err := Find(t.Context(), d, subject)
	if err != nil {
		t.Fatal(err)
	}
	if b.Issued != issued || b.Signed != signed || b.Used != used {
		t.Errorf("issued %d, signed %d, used %d; want %d, %d, %d", b.Issued, b.Signed, b.Used, issued, signed, used)
	}
}

func TestABlindTokenCostsACodeAndSpeaksOnce(t *testing.T) {
	withBatches(t, func(t *testing.T, d *db.DB, codes []Code) {
		tok := exchange(t, d, codes[0])
		wantKind(t, "a code exchanged twice", exchangeErr(t, d, codes[0]), fault.Conflict)
		wantKind(t, "an exchanged code as an answer", spendIn(t, d, "wave:1", string(codes[0])), fault.Conflict)
		if err := spendIn(t, d, "wave:1", tok.Text()); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "a replay", spendIn(t, d, "wave:1", tok.Text()), fault.Conflict)
		wantKind(t, "another wave", spendIn(t, d, "wave:2", tok.Text()), fault.Forbidden)
		wantKind(t, "no wave", spendIn(t, d, "wave:3", tok.Text()), fault.Forbidden)
		forged := Blind{bytes.Clone(tok.Prepared), tok.Signature}
		forged.Prepared[40] ^= 1
		wantKind(t, "another message under the signature", spendIn(t, d, "wave:1", forged.Text()), fault.Forbidden)
		counts(t, d, "wave:1", 20, 1, 1)
	})
}

func exchange(t *testing.T, d *db.DB, code Code) Blind {
	t.Helper()
	b, err := Find(t.Context(), d, "wave:1")
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWallet(rand.Reader, b.Public)
	if err != nil {
		t.Fatal(err)
	}
	var sig []byte
	err = d.Tx(t.Context(), func(tx *db.Tx) (err error) {
		sig, err = Exchange(t.Context(), tx, "wave:1", code, w.Blinded)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	tok, err := w.Finish(sig)
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

func exchangeErr(t *testing.T, d *db.DB, code Code) error {
	t.Helper()
	b, err := Find(t.Context(), d, "wave:1")
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWallet(rand.Reader, b.Public)
	if err != nil {
		t.Fatal(err)
	}
	return d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := Exchange(t.Context(), tx, "wave:1", code, w.Blinded)
		return err
	})
}

// Ten people who share one slip at the same moment have one voice.
func TestASharedCodeHasOneVoice(t *testing.T) {
	withBatches(t, func(t *testing.T, d *db.DB, codes []Code) {
		var wg sync.WaitGroup
		results := make([]error, 10)
		for i := range results {
			wg.Go(func() {
				results[i] = d.Tx(t.Context(), func(tx *db.Tx) error { return Spend(t.Context(), tx, "wave:1", string(codes[3])) })
			})
		}
		wg.Wait()
		heard := 0
		for _, err := range results {
			if err == nil {
				heard++
			} else if !fault.Is(err, fault.Conflict) {
				t.Errorf("got %v", err)
			}
		}
		if heard != 1 {
			t.Fatalf("%d voices were heard", heard)
		}
		counts(t, d, "wave:1", 20, 0, 1)
	})
}

func TestAClosedBatchMakesAndTakesNothing(t *testing.T) {
	withBatches(t, func(t *testing.T, d *db.DB, codes []Code) {
		tok := exchange(t, d, codes[0])
		if err := spendIn(t, d, "wave:1", string(codes[1])); err != nil {
			t.Fatal(err)
		}
		shut := func(tx *db.Tx) error { return Close(t.Context(), tx, "wave:1", today) }
		if err := d.Tx(t.Context(), shut); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "closing twice", d.Tx(t.Context(), shut), fault.Conflict)
		wantKind(t, "a code after closing", spendIn(t, d, "wave:1", string(codes[2])), fault.Forbidden)
		wantKind(t, "a token after closing", spendIn(t, d, "wave:1", tok.Text()), fault.Forbidden)
		wantKind(t, "an exchange after closing", exchangeErr(t, d, codes[3]), fault.Conflict)
		wantKind(t, "issuing after closing", d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := Issue(t.Context(), tx, "wave:1", 1)
			return err
		}), fault.Conflict)
		counts(t, d, "wave:1", 20, 1, 1)
		left, err := db.One(t.Context(), d, `SELECT (SELECT count(*) FROM token_batch WHERE subject = 'wave:1' AND private_key IS NOT NULL)
			+ (SELECT count(*) FROM token_code) + (SELECT count(*) FROM token_spent)`, db.Value[int])
		if err != nil || left != 0 {
			t.Errorf("%d traces of a closed batch are left, %v", left, err)
		}
	})
}

func TestASubjectHasOneBatch(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	withBatches(t, func(t *testing.T, d *db.DB, _ []Code) {
		wantKind(t, "a second batch", d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := Open(t.Context(), tx, "wave:1", today, key)
			return err
		}), fault.Conflict)
	})
}

// After Shuffle the rows' order is another one, and every token is still spent.
func TestShuffleForgetsTheOrder(t *testing.T) {
	withBatches(t, func(t *testing.T, d *db.DB, codes []Code) {
		var tokens []Blind
		codes = codes[:8]
		for _, c := range codes {
			tokens = append(tokens, exchange(t, d, c))
			if err := spendIn(t, d, "wave:1", tokens[len(tokens)-1].Text()); err != nil {
				t.Fatal(err)
			}
		}
		before := spentOrder(t, d)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return Shuffle(t.Context(), tx, "wave:1") }); err != nil {
			t.Fatal(err)
		}
		after := spentOrder(t, d)
		if len(after) != len(codes) || len(before) != len(codes) {
			t.Fatalf("%d spent before, %d after", len(before), len(after))
		}
		same := 0
		for i := range after {
			if bytes.Equal(before[i], after[i]) {
				same++
			}
		}
		if same > len(codes)/2 {
			t.Errorf("%d of %d rows stayed where they were", same, len(codes))
		}
		wantKind(t, "a replay", spendIn(t, d, "wave:1", tokens[7].Text()), fault.Conflict)
		wantKind(t, "an exchanged code", spendIn(t, d, "wave:1", string(codes[7])), fault.Conflict)
		counts(t, d, "wave:1", 20, 8, 8)
	})
}

// spentOrder reads the rows as the engine stored them, one after another.
func spentOrder(t *testing.T, d *db.DB) [][]byte {
	t.Helper()
	order := "rowid"
	if d.Engine() == db.Postgres {
		order = "ctid"
	}
	rows, err := db.All(t.Context(), d, `SELECT hash FROM token_spent ORDER BY `+order, db.Value[[]byte])
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
