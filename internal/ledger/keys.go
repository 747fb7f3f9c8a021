package ledger

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/gurindam/gurindam/internal/fault"
)

// The files of a key directory. The private key is readable by its owner only.
const (
	keyFile        = "ledger.key"
	verifierFile   = "ledger.pub"
	checkpointFile = "ledger.checkpoint"
)

// KeysIn returns the key directory under a data directory.
func KeysIn(data string) string { return filepath.Join(data, "keys") }

// Signer signs with the agency's key.
type Signer struct {
	Verifier
	dir    string
	signer note.Signer
}

// Verifier checks what the agency's key signed. Its String is the public key,
// one line of text that can be published.
type Verifier struct {
	text     string
	verifier note.Verifier
}

// String returns the public key as text: name+hash+key.
func (v Verifier) String() string { return v.text }

// OpenSigner reads the agency's key from dir, and makes one the first time.
func OpenSigner(dir string) (*Signer, error) {
	path := filepath.Join(dir, keyFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKey(dir); err != nil {
			return nil, fmt.Errorf("make the agency's key: %w", err)
		}
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the agency's key: %w", err)
	}
	s, err := parseSigner(string(text))
	if err != nil {
		return nil, fault.Wrong("ledger.badkey", path).Because(err)
	}
	s.dir = dir
	if _, err := os.Stat(filepath.Join(dir, verifierFile)); err == nil {
		return s, nil
	}
	return s, writeFile(filepath.Join(dir, verifierFile), []byte(s.text+"\n"), 0o644)
}

// parseSigner reads a private key and works out the public one, which is what
// the last part of its text holds behind one byte for the algorithm.
func parseSigner(text string) (*Signer, error) {
	text = strings.TrimSpace(text)
	signer, err := note.NewSigner(text)
	if err != nil {
		return nil, err
	}
	parts := strings.SplitN(text, "+", 5)
	key, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
	if err != nil || len(key) != 1+ed25519.SeedSize {
		return nil, errors.New("not an Ed25519 key")
	}
	public := ed25519.NewKeyFromSeed(key[1:]).Public().(ed25519.PublicKey)
	verifier, err := note.NewEd25519VerifierKey(signer.Name(), public)
	if err != nil {
		return nil, err
	}
	v, err := ParseVerifier(verifier)
	return &Signer{Verifier: v, signer: signer}, err
}

// makeKey writes a new private key. It is linked into place whole and never
// over an older one, so that two programs that start together agree.
func makeKey(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	name := make([]byte, 4)
	rand.Read(name) // never fails
	private, _, err := note.GenerateKey(rand.Reader, "gurindam-"+hex.EncodeToString(name))
	if err != nil {
		return err
	}
	fresh := filepath.Join(dir, keyFile+"-"+hex.EncodeToString(name))
	defer os.Remove(fresh)
	if err := writeFile(fresh, []byte(private+"\n"), 0o600); err != nil {
		return err
	}
	if err := os.Link(fresh, filepath.Join(dir, keyFile)); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// writeFile puts the file in place whole and flushed.
func writeFile(path string, body []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(body)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// ReadVerifiers reads the agency's public keys from its key directory, the
// present one first, then those it replaced. It returns a NotFound fault when
// there is none.
func ReadVerifiers(dir string) ([]Verifier, error) {
	text, err := os.ReadFile(filepath.Join(dir, verifierFile))
	if err != nil {
		return nil, fault.Missing("ledger.nokey", dir).Because(err)
	}
	var all []Verifier
	for line := range strings.Lines(string(text)) {
		v, err := ParseVerifier(line)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	if len(all) == 0 {
		return nil, fault.Missing("ledger.nokey", dir)
	}
	return all, nil
}

// ParseVerifier reads a public key as [Verifier.String] writes it.
func ParseVerifier(text string) (Verifier, error) {
	text = strings.TrimSpace(text)
	v, err := note.NewVerifier(text)
	if err != nil {
		return Verifier{}, fault.Wrong("ledger.badkey", text).Because(err)
	}
	return Verifier{text, v}, nil
}

// SignBytes signs the exact bytes of a document. The purpose, such as
// "receipt", is signed with them, so that a signature for one purpose is none
// for another. The result is one word of text.
func (s *Signer) SignBytes(purpose string, body []byte) (string, error) {
	sig, err := s.signer.Sign(purposed(purpose, body))
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	return base64.StdEncoding.EncodeToString(sig), nil
}

// VerifyBytes reports whether signature is this key's for exactly these bytes
// and this purpose.
func (v Verifier) VerifyBytes(purpose string, body []byte, signature string) bool {
	sig, err := base64.StdEncoding.Strict().DecodeString(signature)
	return err == nil && v.verifier != nil && v.verifier.Verify(purposed(purpose, body), sig)
}

// purposed begins with a line no checkpoint begins with: a key's name has no
// space.
func purposed(purpose string, body []byte) []byte {
	return append([]byte("gurindam document "+purpose+"\n"), body...)
}
