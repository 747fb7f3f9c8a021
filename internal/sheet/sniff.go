package sheet

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/gurindam/gurindam/internal/fault"
)

// headBytes is how much of a file is looked at to tell what it is.
const headBytes = 64 << 10

// sniff tells a workbook ("xlsx") from text ("csv"), and refuses what is
// neither with a fault that names it.
func sniff(r io.ReaderAt, size int64, limits Limits) (format string, err error) {
	if size == 0 {
		return "", fault.Wrong("sheet.empty")
	}
	if size > limits.FileBytes {
		return "", tooLarge(limits.FileBytes >> 20)
	}
	head := make([]byte, min(size, headBytes))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "xlsx", nil
	case bytes.HasPrefix(head, []byte("PK\x05\x06")), bytes.HasPrefix(head, []byte("PK\x07\x08")):
		return "", fault.Wrong("sheet.zip")
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return "", refuseCompound(io.NewSectionReader(r, 0, size))
	}
	if key := foreign(head); key != "" {
		return "", fault.Wrong(key)
	}
	return "csv", nil
}

// foreign returns the key of the sentence for a kind of file that is no table,
// or "".
func foreign(head []byte) string {
	for _, m := range []struct{ magic, key string }{
		{"%PDF-", "sheet.pdf"},
		{"\x89PNG\r\n", "sheet.picture"},
		{"\xFF\xD8\xFF", "sheet.picture"},
		{"GIF87a", "sheet.picture"},
		{"GIF89a", "sheet.picture"},
		{"II*\x00", "sheet.picture"},
		{"MM\x00*", "sheet.picture"},
		{"\x1F\x8B", "sheet.zip"},
		{"Rar!\x1A\x07", "sheet.zip"},
		{"7z\xBC\xAF\x27\x1C", "sheet.zip"},
		{"BZh9", "sheet.zip"},
		{"\xFD7zXZ\x00", "sheet.zip"},
		{"{\\rtf", "sheet.binary"},
		{"SQLite format 3\x00", "sheet.binary"},
		{"\x7FELF", "sheet.binary"},
		{"MZ\x90", "sheet.binary"},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.key
		}
	}
	if len(bytes.TrimLeft(head, "\x00")) == 0 {
		return "sheet.zeros"
	}
	return foreignText(head)
}

// foreignText recognises markup and JSON, which would pass as text with one
// column.
func foreignText(head []byte) string {
	text := bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))
	text = bytes.TrimLeft(text, " \t\r\n")
	if bytes.HasPrefix(text, []byte("<")) {
		lower := strings.ToLower(string(text[:min(len(text), 8<<10)]))
		switch {
		case strings.Contains(lower, "<html"), strings.Contains(lower, "<!doctype html"),
			strings.Contains(lower, "<table"), strings.Contains(lower, "<body"):
			return "sheet.html"
		case strings.HasPrefix(lower, "<?xml"):
			return "sheet.xml"
		}
	}
	if bytes.HasPrefix(text, []byte("{")) || bytes.HasPrefix(text, []byte("[")) {
		if looksLikeJSON(text) {
			return "sheet.json"
		}
	}
	return ""
}

func looksLikeJSON(text []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(text))
	for tokens := 0; ; tokens++ {
		_, err := dec.Token()
		if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
			return tokens >= 4
		}
		if err != nil {
			return false
		}
	}
}

// refuseCompound says whether an OLE compound file is an encrypted workbook, an
// old XLS or something else, by the UTF-16 stream names in its directory.
func refuseCompound(r io.Reader) error {
	encrypted, old, older := utf16le("EncryptedPackage"), utf16le("Workbook\x00"), utf16le("Book\x00")
	isOld := false
	buf := make([]byte, 0, 1<<16)
	const overlap = 64
	for {
		n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if bytes.Contains(buf, encrypted) {
			return fault.Wrong("sheet.encrypted")
		}
		isOld = isOld || bytes.Contains(buf, old) || bytes.Contains(buf, older)
		if err != nil {
			break
		}
		buf = buf[:copy(buf, buf[len(buf)-overlap:])]
	}
	if isOld {
		return fault.Wrong("sheet.old_xls")
	}
	return fault.Wrong("sheet.binary")
}

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}
