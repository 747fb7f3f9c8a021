package sheet

import (
	"io"

	"github.com/gurindam/gurindam/internal/fault"
)

// Limits bound what a file may cost before it is refused. A zero field means
// its default.
type Limits struct {
	// FileBytes is the largest file, default 256 MiB.
	FileBytes int64
	// PartBytes is the largest part of a workbook when unpacked, default 1 GiB;
	// all parts together may have twice that.
	PartBytes int64
	// Ratio is how many times its packed size a part of more than 8 MiB may
	// unpack to, default 250. Real sheets stay below 150.
	Ratio int64
	// RecordBytes is the longest row of text and the longest cell, default 1 MiB.
	RecordBytes int
	// Columns is the largest number of columns, default 1000.
	Columns int
}

func (l Limits) withDefaults() Limits {
	if l.FileBytes <= 0 {
		l.FileBytes = 256 << 20
	}
	if l.PartBytes <= 0 {
		l.PartBytes = 1 << 30
	}
	if l.Ratio <= 0 {
		l.Ratio = 250
	}
	if l.RecordBytes <= 0 {
		l.RecordBytes = 1 << 20
	}
	if l.Columns <= 0 {
		l.Columns = 1000
	}
	return l
}

// guard hands a reader's bytes on and fails when the whole is longer than left
// or when more than stride bytes pass without the consumer calling step. So a
// single endless line, text or comment cannot fill the memory.
type guard struct {
	r      io.Reader
	left   int64
	stride int
	since  int
	whole  error // returned when left is used up
	long   error // returned when stride is exceeded
}

// readAhead is the buffer between a guard and its consumer; the stride is
// counted beyond it.
const readAhead = 64 << 10

func (g *guard) Read(p []byte) (int, error) {
	if g.since > g.stride+readAhead {
		return 0, g.long
	}
	n, err := g.r.Read(p)
	g.left -= int64(n)
	g.since += n
	if g.left < 0 {
		return 0, g.whole
	}
	return n, err
}

func (g *guard) step() { g.since = 0 }

func tooLarge(mib int64) error { return fault.Wrong("sheet.too_large", mib) }
