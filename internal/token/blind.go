package token

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/cloudflare/circl/blindsign/blindrsa"

	"github.com/gurindam/gurindam/internal/fault"
)

// variant is the one RFC 9474 recommends: a random prefix and a full salt.
const variant = blindrsa.SHA384PSSRandomized

const (
	keyBits     = 2048
	keyBytes    = keyBits / 8
	preparedLen = 32 + 32 // random prefix of the variant, random message
)

// Key signs the tokens of one batch.
type Key struct{ private *rsa.PrivateKey }

// NewKey makes a signing key. It takes about a tenth of a second.
func NewKey() (Key, error) {
	k, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return Key{}, fmt.Errorf("make token key: %w", err)
	}
	return Key{k}, nil
}

// Public returns the key that checks tokens, as DER (SubjectPublicKeyInfo).
func (k Key) Public() ([]byte, error) { return x509.MarshalPKIXPublicKey(&k.private.PublicKey) }

// der returns the key as DER (PKCS #8), for storage while a batch is open.
func (k Key) der() ([]byte, error) { return x509.MarshalPKCS8PrivateKey(k.private) }

func parseKey(der []byte) (Key, error) {
	k, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return Key{}, fmt.Errorf("read token key: %w", err)
	}
	r, ok := k.(*rsa.PrivateKey)
	if !ok {
		return Key{}, fmt.Errorf("token key is a %T", k)
	}
	return Key{r}, nil
}

// Fingerprint returns what is published of a public key: the first 16 bytes of
// the SHA-256 of its DER, as lower-case hexadecimal.
func Fingerprint(public []byte) string {
	sum := sha256.Sum256(public)
	return hex.EncodeToString(sum[:16])
}

// Sign signs a blinded message without learning what it is. A message that is
// no number below the modulus is a fault.
func (k Key) Sign(blinded []byte) ([]byte, error) {
	sig, err := blindrsa.NewSigner(k.private).BlindSign(blinded)
	if err != nil {
		return nil, fault.Wrong("token.blinded").Because(err)
	}
	return sig, nil
}

// Blind is a finished blind token: the prepared message and its signature.
type Blind struct{ Prepared, Signature []byte }

// Text returns the token as it travels in a form: base64url.
func (b Blind) Text() string {
	return base64.RawURLEncoding.EncodeToString(append(bytes.Clone(b.Prepared), b.Signature...))
}

// ParseBlind reads Text.
func ParseBlind(s string) (Blind, error) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(raw) != preparedLen+keyBytes {
		return Blind{}, fault.Wrong("token.malformed")
	}
	return Blind{raw[:preparedLen], raw[preparedLen:]}, nil
}

// Verify returns a fault unless the token was signed with the private half of
// public.
func (b Blind) Verify(public []byte) error {
	pub, err := parsePublic(public)
	if err != nil {
		return err
	}
	v, err := blindrsa.NewVerifier(variant, pub)
	if err != nil {
		return fmt.Errorf("verify token: %w", err)
	}
	if err := v.Verify(b.Prepared, b.Signature); err != nil {
		return fault.Denied("token.forged").Because(err)
	}
	return nil
}

func parsePublic(der []byte) (*rsa.PublicKey, error) {
	k, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, fmt.Errorf("read token public key: %w", err)
	}
	pub, ok := k.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("token public key is a %T", k)
	}
	return pub, nil
}

// hash is what is stored of a spent token. The signature is left out: it can be
// written in one way only, but the rule should not depend on it.
func (b Blind) hash(subject string) []byte {
	sum := sha256.Sum256(append([]byte("gurindam blind\x00"+subject+"\x00"), b.Prepared...))
	return sum[:]
}

// Wallet is the visitor's side in Go: it draws a message, blinds it and
// finishes the signature into a token. Browsers do the same in JavaScript; the
// program uses this for feedback rounds that are answered from the command line
// and for tests.
type Wallet struct {
	client   blindrsa.Client
	state    blindrsa.State
	prepared []byte
	Blinded  []byte // goes to the signer
}

// NewWallet blinds a fresh random message for the holder of the public key.
func NewWallet(random io.Reader, public []byte) (*Wallet, error) {
	pub, err := parsePublic(public)
	if err != nil {
		return nil, err
	}
	w := &Wallet{}
	if w.client, err = blindrsa.NewClient(variant, pub); err != nil {
		return nil, fmt.Errorf("blind token: %w", err)
	}
	message := make([]byte, 32)
	if _, err := io.ReadFull(random, message); err != nil {
		return nil, fmt.Errorf("blind token: %w", err)
	}
	if w.prepared, err = w.client.Prepare(random, message); err != nil {
		return nil, fmt.Errorf("blind token: %w", err)
	}
	if w.Blinded, w.state, err = w.client.Blind(random, w.prepared); err != nil {
		return nil, fmt.Errorf("blind token: %w", err)
	}
	return w, nil
}

// Finish makes the token of the blind signature.
func (w *Wallet) Finish(signature []byte) (Blind, error) {
	sig, err := w.client.Finalize(w.state, signature)
	if err != nil {
		return Blind{}, fault.Denied("token.forged").Because(err)
	}
	return Blind{w.prepared, sig}, nil
}
