package mailsink

import (
	"bufio"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"
)

// Sink is a running server.
type Sink struct {
	Addr string

	mu      sync.Mutex
	bodies  []string
	away    int
	refused string
}

// Start runs a server on a free port of this machine until the test ends.
func Start(t testing.TB) *Sink {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Sink{Addr: l.Addr().String()}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s
}

// Away makes the next n letters meet a server that cannot take them now.
func (s *Sink) Away(n int) { s.mu.Lock(); s.away = n; s.mu.Unlock() }

// Refuse makes the server refuse a reader for good.
func (s *Sink) Refuse(reader string) { s.mu.Lock(); s.refused = reader; s.mu.Unlock() }

// Letters returns the raw texts taken so far.
func (s *Sink) Letters() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.bodies...)
}

func (s *Sink) talk(conn net.Conn) {
	defer conn.Close()
	text := textproto.NewConn(conn)
	say := func(line string) bool { return text.PrintfLine("%s", line) == nil }
	if !say("220 sink") {
		return
	}
	for {
		line, err := text.ReadLine()
		if err != nil || !say(s.answer(line)) {
			return
		}
		if strings.EqualFold(line, "DATA") {
			body, err := readAll(text)
			if err != nil {
				return
			}
			s.mu.Lock()
			s.bodies = append(s.bodies, body)
			s.mu.Unlock()
			say("250 taken")
		}
	}
}

func readAll(text *textproto.Conn) (string, error) {
	var b strings.Builder
	r := bufio.NewScanner(text.DotReader())
	r.Buffer(nil, 1<<20)
	for r.Scan() {
		b.WriteString(r.Text() + "\n")
	}
	return b.String(), r.Err()
}

// answer is what the server says to a line.
func (s *Sink) answer(line string) string {
	verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
	s.mu.Lock()
	defer s.mu.Unlock()
	switch verb {
	case "DATA":
		return "354 go on"
	case "QUIT":
		return "221 bye"
	case "MAIL":
		if s.away > 0 {
			s.away--
			return "451 not now"
		}
	case "RCPT":
		if s.refused != "" && strings.Contains(line, s.refused) {
			return "550 nobody of that name"
		}
	}
	return "250 ok"
}
