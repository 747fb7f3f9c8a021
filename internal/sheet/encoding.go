package sheet

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/gurindam/gurindam/internal/fault"
)

// The encodings that are read, by the names peek shows.
const (
	utf8Plain   = "utf-8"
	utf8BOM     = "utf-8-bom"
	utf16Little = "utf-16le"
	utf16Big    = "utf-16be"
	windows1252 = "windows-1252"
)

// detectEncoding names a text file's encoding and the length of its byte-order
// mark. It reads the whole file once: a single é may stand in the last row.
// mended is the number of bytes that are not UTF-8 in a file that otherwise is;
// they are read as Windows-1252.
func detectEncoding(r io.ReaderAt, size int64) (name string, mark int64, mended int, err error) {
	head := make([]byte, min(size, headBytes))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", 0, 0, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xFE\xFF")):
		return "", 0, 0, fault.Wrong("sheet.encoding")
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return utf16Little, 2, 0, nil
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return utf16Big, 2, 0, nil
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		name, mark = utf8BOM, 3
	case bytes.IndexByte(head, 0) >= 0:
		name, err = unmarkedUTF16(head)
		return name, 0, 0, err
	}
	var c census
	if _, err := io.Copy(&c, io.NewSectionReader(r, mark, size-mark)); err != nil {
		return "", 0, 0, err
	}
	c.finish()
	if mark > 0 {
		return name, mark, c.invalid, c.refuse()
	}
	name, err = c.verdict()
	if name == windows1252 {
		return name, 0, 0, err
	}
	return name, 0, c.invalid, err
}

// unmarkedUTF16 decides the byte order of UTF-16 without a mark: in a table
// nearly every second byte is zero.
func unmarkedUTF16(head []byte) (string, error) {
	var even, odd int
	for i, b := range head {
		if b == 0 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	half := len(head) / 2
	switch {
	case odd > half/2 && even < half/20:
		return utf16Little, nil
	case even > half/2 && odd < half/20:
		return utf16Big, nil
	}
	return "", fault.Wrong("sheet.binary")
}

// census counts what a stream of bytes holds, to tell UTF-8 from Windows-1252
// from neither.
type census struct {
	tail      []byte // an unfinished UTF-8 sequence at the end of the last write
	total     int
	zeros     int
	controls  int
	multi     int // valid sequences of more than one byte
	invalid   int // bytes that belong to no valid sequence
	undefined int // bytes that Windows-1252 does not define
	run       int // length of the present run of bytes above 127
	inRuns    int // such bytes in runs of four or more
	high      int // all such bytes
}

// Write counts p; it never fails.
func (c *census) Write(p []byte) (int, error) {
	c.total += len(p)
	data := p
	if len(c.tail) > 0 {
		data = append(c.tail, p...)
		c.tail = nil
	}
	c.count(data, false)
	return len(p), nil
}

func (c *census) finish() {
	tail := c.tail
	c.tail = nil
	c.count(tail, true)
	c.endRun()
}

func (c *census) count(data []byte, last bool) {
	for len(data) > 0 {
		b := data[0]
		if b < utf8.RuneSelf {
			c.ascii(b)
			data = data[1:]
			continue
		}
		if !last && !utf8.FullRune(data) {
			c.tail = bytes.Clone(data)
			return
		}
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			c.invalid++
		} else {
			c.multi++
		}
		for _, h := range data[:n] {
			c.highByte(h)
		}
		data = data[n:]
	}
}

func (c *census) ascii(b byte) {
	if c.run > 0 {
		c.endRun()
	}
	if b == 0 {
		c.zeros++
	}
	if b < ' ' && b != '\t' && b != '\n' && b != '\r' {
		c.controls++
	}
}

func (c *census) highByte(b byte) {
	c.high++
	c.run++
	switch b {
	case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
		c.undefined++
	}
}

func (c *census) endRun() {
	if c.run >= 4 {
		c.inRuns += c.run
	}
	c.run = 0
}

// refuse returns a fault when the bytes are no text at all.
func (c *census) refuse() error {
	if c.zeros > 0 || (c.controls > 16 && c.controls > c.total/100) {
		return fault.Wrong("sheet.binary")
	}
	return nil
}

// verdict names the encoding. Letters outside ASCII stand alone or in pairs in
// western text; long runs of them are a script Windows-1252 cannot write, and
// reading it as such would load nonsense.
func (c *census) verdict() (string, error) {
	if err := c.refuse(); err != nil {
		return "", err
	}
	if c.invalid == 0 || c.multi > 4*c.invalid {
		return utf8Plain, nil
	}
	if c.undefined > 0 || c.inRuns > c.high/4 {
		return "", fault.Wrong("sheet.encoding")
	}
	return windows1252, nil
}

// decode returns r as UTF-8.
func decode(r io.Reader, encoding string) io.Reader {
	switch encoding {
	case utf16Little:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case utf16Big:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	case windows1252:
		return transform.NewReader(r, charmap.Windows1252.NewDecoder())
	}
	return transform.NewReader(r, mender{})
}

// mender passes UTF-8 through and reads every other byte as Windows-1252.
type mender struct{ transform.NopResetter }

func (mender) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		b := src[nSrc]
		if b < utf8.RuneSelf {
			if nDst == len(dst) {
				return nDst, nSrc, transform.ErrShortDst
			}
			dst[nDst] = b
			nDst, nSrc = nDst+1, nSrc+1
			continue
		}
		if !atEOF && !utf8.FullRune(src[nSrc:]) {
			return nDst, nSrc, transform.ErrShortSrc
		}
		r, n := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(b)
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += n
	}
	return nDst, nSrc, nil
}
