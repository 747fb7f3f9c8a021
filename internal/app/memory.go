package app

import (
	"os"
	"runtime/debug"
)

// A server's heap is small (45 MB with a city of 4,600), so that by Go's own
// measure it is collected several times a second under load, and whoever asks
// meanwhile waits: with these the slowest of a hundred SQLite pages takes half
// the time.
const (
	collectAt = 400       // per cent the heap may grow before it is collected
	heapLimit = 512 << 20 // bytes from which it is collected as often as it takes
)

// CollectLess lets the memory of a server grow further before it is collected.
// GOGC and GOMEMLIMIT have the last word where they are set.
func CollectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapLimit)
	}
}
