package orgimport

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/gurindam/gurindam/internal/fault"
)

// sqlKind says what a token of a dump is.
type sqlKind byte

const (
	sqlEnd   sqlKind = iota // the end of the file
	sqlWord                 // a bare word or a number
	sqlText                 // 'quoted'
	sqlName                 // `quoted`
	sqlOther                // "quoted": a text, or a name where names stand
	sqlMark                 // one character: ( ) , ; = .
)

// sqlToken is one token and the line it begins on.
type sqlToken struct {
	kind sqlKind
	text string
	line int
}

func (t sqlToken) is(mark string) bool { return t.kind == sqlMark && t.text == mark }

func (t sqlToken) word(words ...string) bool {
	for _, w := range words {
		if t.kind == sqlWord && strings.EqualFold(t.text, w) {
			return true
		}
	}
	return false
}

// named reports whether the token can be a name.
func (t sqlToken) named() bool { return t.kind == sqlName || t.kind == sqlOther || t.kind == sqlWord }

// maxSQLText bounds one text of a dump, as mysqldump's longest packet does.
const maxSQLText = 16 << 20

// sqlScanner reads a dump token by token, however its lines are broken.
// Comments are left out, those that MySQL would run among them: what a copy of
// rows needs does not stand there.
type sqlScanner struct {
	r    *bufio.Reader
	line int
	held *sqlToken // put back
}

func newSQLScanner(r io.Reader) *sqlScanner {
	s := &sqlScanner{r: bufio.NewReaderSize(r, 256<<10), line: 1}
	if s.peek("\xEF\xBB\xBF") {
		_, _ = s.r.Discard(3)
	}
	return s
}

func (s *sqlScanner) back(t sqlToken) { s.held = &t }

// byte returns the next byte; ok is false at the end.
func (s *sqlScanner) byte() (c byte, ok bool, err error) {
	c, err = s.r.ReadByte()
	if errors.Is(err, io.EOF) {
		return 0, false, nil
	}
	if c == '\n' {
		s.line++
	}
	return c, err == nil, err
}

func (s *sqlScanner) peek(text string) bool {
	b, _ := s.r.Peek(len(text))
	return string(b) == text
}

// next returns the next token.
func (s *sqlScanner) next() (sqlToken, error) {
	if s.held != nil {
		t := *s.held
		s.held = nil
		return t, nil
	}
	for {
		c, ok, err := s.byte()
		if err != nil || !ok {
			return sqlToken{line: s.line}, err
		}
		switch {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			continue
		case c == '#', c == '-' && s.peek("- "), c == '-' && s.peek("-\n"), c == '-' && s.peek("-\r"), c == '-' && s.peek("-\t"):
			err = s.until("\n")
		case c == '/' && s.peek("*"):
			err = s.until("*/")
		case c == '\'':
			return s.quoted(sqlText, c)
		case c == '"':
			return s.quoted(sqlOther, c)
		case c == '`':
			return s.quoted(sqlName, c)
		case strings.IndexByte("(),;=", c) >= 0:
			return sqlToken{sqlMark, string(c), s.line}, nil
		default:
			return s.bare(c)
		}
		if err != nil {
			return sqlToken{}, err
		}
	}
}

// until reads on behind an end; a file may end before it.
func (s *sqlScanner) until(end string) error {
	for at := 0; at < len(end); {
		c, ok, err := s.byte()
		if err != nil || !ok {
			return err
		}
		switch {
		case c == end[at]:
			at++
		case c == end[0]:
			at = 1
		default:
			at = 0
		}
	}
	return nil
}

// bare reads a word or a number that begins with c.
func (s *sqlScanner) bare(c byte) (sqlToken, error) {
	t := sqlToken{kind: sqlWord, line: s.line}
	word := []byte{c}
	for len(word) < maxSQLText {
		b, err := s.r.Peek(1)
		if len(b) == 0 || strings.IndexByte(" \t\r\n(),;='\"`", b[0]) >= 0 {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			t.text = string(word)
			return t, err
		}
		if _, _, err := s.byte(); err != nil {
			return t, err
		}
		word = append(word, b[0])
	}
	return t, fault.Wrong("import.sql.line")
}

// quoted reads a text whose opening mark was read. A backslash escapes in texts
// but not in names; a doubled mark is one.
func (s *sqlScanner) quoted(kind sqlKind, mark byte) (sqlToken, error) {
	t := sqlToken{kind: kind, line: s.line}
	var b strings.Builder
	for b.Len() < maxSQLText {
		c, ok, err := s.byte()
		if err != nil {
			return t, err
		}
		if !ok {
			return t, fault.Wrong("import.sql.damaged", t.line)
		}
		switch {
		case c == '\\' && kind != sqlName:
			if c, ok, err = s.byte(); err != nil || !ok {
				return t, errors.Join(err, fault.Wrong("import.sql.damaged", t.line))
			}
			b.WriteByte(unescape(c))
		case c == mark && s.peek(string(mark)):
			if _, _, err := s.byte(); err != nil {
				return t, err
			}
			b.WriteByte(mark)
		case c == mark:
			t.text = valid(b.String())
			return t, nil
		default:
			b.WriteByte(c)
		}
	}
	return t, fault.Wrong("import.sql.line")
}

// skip reads to the end of the statement without keeping anything of it.
func (s *sqlScanner) skip() error {
	for {
		t, err := s.next()
		if err != nil || t.kind == sqlEnd || t.is(";") {
			return err
		}
	}
}

// body leaves out what stands between two DELIMITER lines: triggers and
// procedures.
func (s *sqlScanner) body() error {
	mark, err := s.r.ReadString('\n')
	s.line++
	if err != nil || strings.TrimSpace(mark) == ";" {
		return ignoreEOF(err)
	}
	for {
		line, err := s.r.ReadString('\n')
		s.line++
		if err != nil || strings.EqualFold(strings.Join(strings.Fields(line), " "), "DELIMITER ;") {
			return ignoreEOF(err)
		}
	}
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func unescape(c byte) byte {
	switch c {
	case 'n', 'r', 't', '0', 'Z':
		return ' '
	}
	return c
}

// valid reads a text that is not UTF-8 as Latin 1.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}
