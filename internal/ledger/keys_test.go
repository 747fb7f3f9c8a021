package ledger_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

func TestSignatureIsForExactlyTheseBytes(t *testing.T) {
	s, err := ledger.OpenSigner(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	body := []byte(`{"predicate":"baik"}`)
	sig, err := s.SignBytes("receipt", body)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ledger.ParseVerifier(s.String() + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if !key.VerifyBytes("receipt", body, sig) {
		t.Error("its own signature does not hold")
	}
	for i := range body {
		changed := append([]byte{}, body...)
		changed[i] ^= 1
		if key.VerifyBytes("receipt", changed, sig) {
			t.Errorf("byte %d changed and the signature holds", i)
		}
	}
	other, err := ledger.OpenSigner(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case key.VerifyBytes("letter", body, sig):
		t.Error("a receipt's signature holds for a letter")
	case other.VerifyBytes("receipt", body, sig):
		t.Error("it holds for another agency")
	case key.VerifyBytes("receipt", body, ""), key.VerifyBytes("receipt", body, "?"), key.VerifyBytes("receipt", body, sig[:len(sig)-4]):
		t.Error("half a signature holds")
	case ledger.Verifier{}.VerifyBytes("receipt", body, sig):
		t.Error("it holds for no key at all")
	}
}

func TestKeyIsMadeOnceAndIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "keys")
	keys := make([]string, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			s, err := ledger.OpenSigner(dir)
			if err != nil {
				t.Error(err)
				return
			}
			keys[i] = s.String()
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k != keys[0] {
			t.Errorf("programs that started together have keys %s and %s", keys[0], k)
		}
	}
	info, err := os.Stat(filepath.Join(dir, "ledger.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	all, err := ledger.ReadVerifiers(dir)
	if err != nil || all[0].String() != keys[0] {
		t.Errorf("%v, %v", all, err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) != 2 {
		t.Errorf("the directory holds %v", left)
	}
}

func TestKeysThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	if _, err := ledger.ReadVerifiers(dir); !fault.Is(err, fault.NotFound) {
		t.Errorf("no key: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ledger.key"), []byte("PRIVATE+KEY+secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := ledger.OpenSigner(dir)
	if !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "secret") {
		t.Errorf("half a key: %v", err)
	}
	if _, err := ledger.ParseVerifier("nonsense"); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}
