package token

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/cloudflare/circl/blindsign/blindrsa"
	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
)

// seeded is a random source for tests of what is typed, not of secrecy.
type seeded struct{ b byte }

func (s *seeded) Read(p []byte) (int, error) {
	for i := range p {
		s.b = s.b*167 + 13
		p[i] = s.b
	}
	return len(p), nil
}

func TestCodesAreReadAsPeopleTypeThem(t *testing.T) {
	c, err := NewCode(&seeded{7})
	if err != nil {
		t.Fatal(err)
	}
	typed := []string{
		string(c), strings.ToLower(string(c)), strings.ReplaceAll(string(c), "-", ""), " " + strings.ReplaceAll(string(c), "-", " ") + " ",
		strings.NewReplacer("0", "O", "1", "l").Replace(string(c)),
	}
	for _, s := range typed {
		if got, err := ParseCode(s); err != nil || got != c {
			t.Errorf("%q is read as %q, %v; want %q", s, got, err, c)
		}
	}
	for _, s := range []string{"", "ABC", string(c) + "0", "????-????-????", strings.Repeat("x", 200)} {
		if _, err := ParseCode(s); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q gives %v", s, err)
		}
	}
}

func TestEverySlipOfThePenIsNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := NewCode(&seeded{rapid.Byte().Draw(t, "seed")})
		if err != nil {
			t.Fatal(err)
		}
		plain := []byte(strings.ReplaceAll(string(c), "-", ""))
		i := rapid.IntRange(0, len(plain)-1).Draw(t, "place")
		other := alphabet[rapid.IntRange(0, 31).Draw(t, "digit")]
		wrong := bytes.Clone(plain)
		wrong[i] = other
		if _, err := ParseCode(string(wrong)); (err == nil) != (other == plain[i]) {
			t.Fatalf("%s for %s: %v", wrong, plain, err)
		}
		j := rapid.IntRange(0, len(plain)-1).Draw(t, "other place")
		swapped := bytes.Clone(plain)
		swapped[i], swapped[j] = swapped[j], swapped[i]
		if _, err := ParseCode(string(swapped)); j < len(plain)-1 && i < len(plain)-1 && (err == nil) != (plain[i] == plain[j]) {
			t.Fatalf("%s for %s: %v", swapped, plain, err)
		}
	})
}

func FuzzParseCode(f *testing.F) {
	f.Add("ABCD-EFGH-JKMN")
	f.Add("0o1iLl")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCode(s)
		if err != nil {
			return
		}
		if again, err := ParseCode(string(c)); err != nil || again != c {
			t.Fatalf("%q became %q became %q, %v", s, c, again, err)
		}
	})
}

// The vector of the RFC: our signer gives its blind signature and our verifier
// takes its signature.
func TestVectorOfRFC9474(t *testing.T) {
	raw, err := os.ReadFile("testdata/rfc9474.json")
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	num := func(name string) *big.Int { return new(big.Int).SetBytes(unhex(t, v, name)) }
	key := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: num("n"), E: int(num("e").Int64())},
		D:         num("d"), Primes: []*big.Int{num("p"), num("q")},
	}
	got, err := Key{key}.Sign(unhex(t, v, "blinded_msg"))
	if err != nil || !bytes.Equal(got, unhex(t, v, "blind_sig")) {
		t.Fatalf("blind signature differs: %v", err)
	}
	public, err := Key{key}.Public()
	if err != nil {
		t.Fatal(err)
	}
	good := Blind{append(unhex(t, v, "msg_prefix"), unhex(t, v, "msg")...), unhex(t, v, "sig")}
	if err := good.Verify(public); err != nil {
		t.Fatal(err)
	}
	if variant != blindrsa.SHA384PSSRandomized {
		t.Fatal("the vector is of another variant")
	}
	good.Signature[100] ^= 1
	if err := good.Verify(public); !fault.Is(err, fault.Forbidden) {
		t.Fatalf("a changed signature gives %v", err)
	}
}

func unhex(t *testing.T, v map[string]any, name string) []byte {
	t.Helper()
	s, ok := v[name].(string)
	if !ok {
		t.Fatalf("the vector has no %s", name)
	}
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBlindTokenTravelsAsText(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	public, _ := key.Public()
	tok := draw(t, key, public)
	back, err := ParseBlind(tok.Text())
	if err != nil {
		t.Fatal(err)
	}
	if err := back.Verify(public); err != nil {
		t.Fatal(err)
	}
	other, _ := NewKey()
	otherPublic, _ := other.Public()
	if err := back.Verify(otherPublic); !fault.Is(err, fault.Forbidden) {
		t.Fatalf("another batch's key gives %v", err)
	}
	for _, s := range []string{"", "!", tok.Text()[:100], tok.Text() + "AAAA"} {
		if _, err := ParseBlind(s); !fault.Is(err, fault.Invalid) {
			t.Errorf("%.20q gives %v", s, err)
		}
	}
	if Fingerprint(public) == Fingerprint(otherPublic) || len(Fingerprint(public)) != 32 {
		t.Error("fingerprints must tell keys apart")
	}
}

func draw(t *testing.T, key Key, public []byte) Blind {
	t.Helper()
	w, err := NewWallet(rand.Reader, public)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := key.Sign(w.Blinded)
	if err != nil {
		t.Fatal(err)
	}
	tok, err := w.Finish(sig)
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

// What the signer saw has nothing in common with what is presented.
func TestSignerSeesNothingOfTheToken(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	public, _ := key.Public()
	w, err := NewWallet(rand.Reader, public)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := key.Sign(w.Blinded)
	if err != nil {
		t.Fatal(err)
	}
	tok, err := w.Finish(sig)
	if err != nil {
		t.Fatal(err)
	}
	seen := append(bytes.Clone(w.Blinded), sig...)
	shown := append(bytes.Clone(tok.Prepared), tok.Signature...)
	for i := 0; i+8 <= len(shown); i++ {
		if bytes.Contains(seen, shown[i:i+8]) {
			t.Fatalf("bytes %d to %d of the token were seen at signing", i, i+8)
		}
	}
	if _, err := key.Sign([]byte("short")); !fault.Is(err, fault.Invalid) {
		t.Fatalf("a short message gives %v", err)
	}
	if _, err := key.Sign(bytes.Repeat([]byte{255}, keyBytes)); !fault.Is(err, fault.Invalid) {
		t.Fatalf("a number above the modulus gives %v", err)
	}
	if _, err := w.Finish(bytes.Repeat([]byte{1}, keyBytes)); !fault.Is(err, fault.Forbidden) {
		t.Fatalf("a wrong blind signature gives %v", err)
	}
}
