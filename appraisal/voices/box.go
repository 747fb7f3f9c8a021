package voices

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/gurindam/gurindam/internal/fault"
)

// slotBytes is the room of one answer in the box. Every slot is as large,
// whether somebody has answered or not, so the box tells no number and no
// length.
const slotBytes = 6144

const keyBytes = 32 // AES-256

// newKey draws the key of a round's box.
func newKey() []byte {
	key := make([]byte, keyBytes)
	rand.Read(key) // never fails
	return key
}

// shuffle is Fisher and Yates with the system's randomness: a guessable
// generator would let somebody undo it.
func shuffle(n int, swap func(i, j int)) error {
	for i := n - 1; i > 0; i-- {
		j, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err != nil {
			return fmt.Errorf("shuffle answers: %w", err)
		}
		swap(i, int(j.Int64()))
	}
	return nil
}

// slots is the opened box: one entry a slot, nil where nobody has answered.
type slots []*Answer

// put places an answer into a free slot and shuffles all of them.
func (s slots) put(a Answer, shuffle shuffler) error {
	for i := range s {
		if s[i] == nil {
			s[i] = &a
			return shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
		}
	}
	return fault.Clash("voices.box_full")
}

// answers returns those that were given.
func (s slots) answers() []Answer {
	var all []Answer
	for _, a := range s {
		if a != nil {
			all = append(all, *a)
		}
	}
	return all
}

// plain writes the slots: each has its length and its JSON, filled up with
// zeros.
func (s slots) plain() ([]byte, error) {
	out := make([]byte, len(s)*slotBytes)
	for i, a := range s {
		if a == nil {
			continue
		}
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false) // it would make text six times as long
		if err := enc.Encode(a); err != nil {
			return nil, err
		}
		raw := b.Bytes()
		if len(raw) > slotBytes-2 {
			return nil, fault.Wrong("voices.too_long")
		}
		slot := out[i*slotBytes:]
		binary.BigEndian.PutUint16(slot, uint16(len(raw)))
		copy(slot[2:], raw)
	}
	return out, nil
}

func parseSlots(plain []byte) (slots, error) {
	s := make(slots, len(plain)/slotBytes)
	for i := range s {
		slot := plain[i*slotBytes : (i+1)*slotBytes]
		n := int(binary.BigEndian.Uint16(slot))
		if n == 0 {
			continue
		}
		if n > slotBytes-2 {
			return nil, fmt.Errorf("answer of %d bytes in the box", n)
		}
		s[i] = new(Answer)
		if err := json.Unmarshal(slot[2:2+n], s[i]); err != nil {
			return nil, fmt.Errorf("read box: %w", err)
		}
	}
	return s, nil
}

// seal closes the slots with the round's key. The round is bound in, so that a
// box cannot be put in the place of another.
func seal(key []byte, round string, s slots) ([]byte, error) {
	plain, err := s.plain()
	if err != nil {
		return nil, err
	}
	aead, err := sealer(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce) // never fails
	return aead.Seal(nonce, nonce, plain, []byte(round)), nil
}

func unseal(key []byte, round string, box []byte) (slots, error) {
	aead, err := sealer(key)
	if err != nil {
		return nil, err
	}
	n := aead.NonceSize()
	if len(box) < n {
		return nil, fmt.Errorf("box of %d bytes", len(box))
	}
	plain, err := aead.Open(nil, box[:n], box[n:], []byte(round))
	if err != nil {
		return nil, fmt.Errorf("open box: %w", err)
	}
	return parseSlots(plain)
}

func sealer(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("box key: %w", err)
	}
	return cipher.NewGCM(block)
}
