package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"

	gomail "github.com/wneessen/go-mail"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Config says how letters leave. The zero Config sends none.
type Config struct {
	Server   string // host:port
	User     string // empty: no sign-in
	Password string
	From     string // "Gurindam <gurindam@kota.go.id>"
	TLS      string // starttls (default), implicit, or none on a trusted network
	Dir      string // write .eml files here instead of sending
}

// Ways to protect the connection.
const (
	startTLS    = "starttls"
	implicitTLS = "implicit"
	noTLS       = "none"
)

func (c Config) carrier() (carrier, error) {
	if c.Dir != "" {
		return folder{c.Dir, c.sender()}, os.MkdirAll(c.Dir, 0o700)
	}
	if c.Server == "" {
		return nil, nil
	}
	host, text, err := net.SplitHostPort(c.Server)
	port, err2 := strconv.Atoi(text)
	if err != nil || err2 != nil || c.From == "" {
		return nil, fault.Wrong("mail.config", c.Server)
	}
	options := []gomail.Option{gomail.WithPort(port)}
	switch c.TLS {
	case "", startTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case implicitTLS:
		options = append(options, gomail.WithSSL())
	case noTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, fault.Wrong("mail.config", c.TLS)
	}
	if c.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(c.User), gomail.WithPassword(c.Password))
	}
	client, err := gomail.NewClient(host, options...)
	if err != nil {
		return nil, fault.Wrong("mail.config", c.Server).Because(err)
	}
	return server{client, c.From}, nil
}

func (c Config) sender() string {
	if c.From == "" {
		return "Gurindam <gurindam@localhost.localdomain>"
	}
	return c.From
}

// message makes the letter what goes over the wire.
func message(from string, l Letter) (*gomail.Msg, error) {
	m := gomail.NewMsg()
	if err := errors.Join(m.From(from), m.To(l.To)); err != nil {
		return nil, fault.Wrong("mail.address").Because(err)
	}
	m.Subject(l.Subject)
	m.SetMessageID()
	m.SetDate()
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	if l.Unsubscribe != "" {
		m.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+l.Unsubscribe+">")
		if l.OneClick {
			m.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
		}
	}
	m.SetBodyString(gomail.TypeTextPlain, l.Text())
	html, err := l.HTML()
	if err != nil {
		return nil, fmt.Errorf("page of a letter: %w", err)
	}
	m.AddAlternativeString(gomail.TypeTextHTML, html)
	return m, nil
}

// server sends by SMTP.
type server struct {
	client *gomail.Client
	from   string
}

func (s server) carry(ctx context.Context, l Letter) error {
	m, err := message(s.from, l)
	if err != nil {
		return err
	}
	err = s.client.DialAndSendWithContext(ctx, m)
	var refused *gomail.SendError
	if errors.As(err, &refused) && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return fault.Wrong("mail.address").Because(err) // for good: trying again changes nothing
	}
	if err != nil {
		return fmt.Errorf("send letter: %w", err)
	}
	return nil
}

// folder writes letters into a directory.
type folder struct{ dir, from string }

func (f folder) carry(_ context.Context, l Letter) error {
	m, err := message(f.from, l)
	if err != nil {
		return err
	}
	if err := m.WriteToFile(filepath.Join(f.dir, db.NewID()+".eml")); err != nil {
		return fmt.Errorf("write letter: %w", err)
	}
	return nil
}
