package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/gurindam/gurindam/internal/fault"
)

// HashCost says how dear a password hash is. The zero value means 19 MiB, two
// passes, one lane: the least the password guidance of OWASP recommends for
// argon2id, about 25 ms of one core.
type HashCost struct {
	MemoryKiB uint32
	Passes    uint32
}

const (
	saltLen = 16
	keyLen  = 32
	// maxQueue is how many sign-ins may wait for a core; one more is told to
	// come again, so that a flood cannot pile up memory.
	maxQueue = 256
)

// hasher makes and checks password hashes, never more at once than there are
// cores: each takes MemoryKiB of memory.
type hasher struct {
	cost  HashCost
	slots chan struct{}
	queue chan struct{}
	blind string // checked where there is no password, so that it takes as long
}

func newHasher(c HashCost) *hasher {
	if c.MemoryKiB == 0 {
		c.MemoryKiB = 19 * 1024
	}
	if c.Passes == 0 {
		c.Passes = 2
	}
	h := &hasher{cost: c, slots: make(chan struct{}, runtime.NumCPU()), queue: make(chan struct{}, maxQueue)}
	h.blind = h.write(random(saltLen), random(keyLen))
	return h
}

// random returns n random bytes; crypto/rand never fails.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

// hash returns the PHC string of a password.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := random(saltLen)
	key, err := h.key(ctx, password, salt, h.cost)
	if err != nil {
		return "", err
	}
	return h.write(salt, key), nil
}

// verify reports whether the password is the one of the PHC string, and whether
// the string should be made anew because it is cheaper than today's. An empty
// PHC string costs the same and never matches.
func (h *hasher) verify(ctx context.Context, phc, password string) (ok, stale bool, err error) {
	none := phc == ""
	if none {
		phc = h.blind
	}
	cost, salt, want, err := readPHC(phc)
	if err != nil {
		return false, false, err
	}
	got, err := h.key(ctx, password, salt, cost)
	if err != nil {
		return false, false, err
	}
	same := subtle.ConstantTimeCompare(got, want) == 1
	return same && !none, cost != h.cost, nil
}

// key waits for a core and computes.
func (h *hasher) key(ctx context.Context, password string, salt []byte, c HashCost) ([]byte, error) {
	select {
	case h.queue <- struct{}{}:
	default:
		return nil, fault.New(fault.TooMany, "account.busy")
	}
	defer func() { <-h.queue }()
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.Passes, c.MemoryKiB, 1, keyLen), nil
}

func (h *hasher) write(salt, key []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, h.cost.MemoryKiB, h.cost.Passes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

var errPHC = errors.New("stored password is no argon2id string of ours")

func readPHC(s string) (c HashCost, salt, key []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errPHC
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &c.MemoryKiB, &c.Passes); err != nil {
		return c, nil, nil, errPHC
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(key) != keyLen || c.MemoryKiB == 0 || c.MemoryKiB > 1<<20 || c.Passes == 0 || c.Passes > 100 {
		return c, nil, nil, errPHC
	}
	return c, salt, key, nil
}
