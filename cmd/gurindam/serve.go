package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/mail"
)

// ServeCmd runs the server.
type ServeCmd struct {
	Data         string   `help:"Directory of the database, keys and attachments." required:"" type:"path"`
	Database     string   `help:"postgres:// URL; a SQLite file under --data without it."`
	Listen       string   `help:"Address to listen on." default:"127.0.0.1:8080"`
	TLSCert      string   `name:"tls-cert" help:"Certificate file." type:"path"`
	TLSKey       string   `name:"tls-key" help:"Key file of the certificate." type:"path"`
	TrustedProxy []string `help:"Network of a proxy whose X-Forwarded-For is believed; repeat for several." placeholder:"CIDR"`
	Rulebook     string   `help:"File with the agency's own rule values." type:"path"`
	Agency       string   `help:"Name of the agency."`
	Site         string   `help:"Address of the site without a slash at the end, for QR codes and letters." env:"GURINDAM_SITE" placeholder:"https://…"`
	Forum        string   `help:"What the agency calls its forum." env:"GURINDAM_FORUM"`
	Mail         MailArgs `embed:"" prefix:"mail-"`
	SurveyRate   string   `help:"Limit how thick survey answers may come." enum:"on,off" default:"on"`
	Behind       bool     `name:"https" help:"The site is reached over HTTPS through a proxy: cookies are marked secure."`
}

// MailArgs say how letters leave; without a server none is sent.
type MailArgs struct {
	Server   string `help:"SMTP server for letters, host:port." env:"GURINDAM_MAIL_SERVER" placeholder:"HOST:PORT"`
	From     string `help:"Sender of letters." env:"GURINDAM_MAIL_FROM" placeholder:"NAME <ADDRESS>"`
	User     string `help:"Account on the SMTP server." env:"GURINDAM_MAIL_USER"`
	Password string `help:"Its password; better given by the environment." env:"GURINDAM_MAIL_PASSWORD"`
	TLS      string `name:"tls" help:"How the connection is protected." enum:"starttls,implicit,none" default:"starttls" env:"GURINDAM_MAIL_TLS"`
	Dir      string `help:"Write letters into this directory instead of sending them." type:"path" env:"GURINDAM_MAIL_DIR"`
}

func (m MailArgs) config() mail.Config {
	return mail.Config{Server: m.Server, From: m.From, User: m.User, Password: m.Password, TLS: m.TLS, Dir: m.Dir}
}

// Run serves until told to stop.
func (c *ServeCmd) Run(env *Env) error {
	trusted, err := prefixes(c.TrustedProxy)
	if err != nil {
		return err
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return fault.Wrong("cmd.tls_both")
	}
	sys, err := app.Open(env.Ctx, app.Config{
		Data: c.Data, Database: c.Database, Agency: c.Agency, Rulebook: c.Rulebook, Trusted: trusted,
		Secure: c.TLSCert != "" || c.Behind, SurveyRate: c.SurveyRate == "on",
		Site: c.Site, Forum: c.Forum, Mail: c.Mail.config(),
	})
	if err != nil {
		return err
	}
	l := listener{Listen: c.Listen, cert: c.TLSCert, key: c.TLSKey}
	return errors.Join(l.serve(env, sys), sys.Close())
}

func prefixes(texts []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, t := range texts {
		p, err := netip.ParsePrefix(t)
		if err != nil {
			return nil, fault.Wrong("cmd.bad_network", t)
		}
		out = append(out, p)
	}
	return out, nil
}

// listener is where a System is served.
type listener struct {
	Listen    string
	cert, key string
}

// serve answers requests and does the background work until the environment
// ends, then lets what is under way finish for ten seconds.
func (l listener) serve(env *Env, sys *app.System) error {
	conn, err := new(net.ListenConfig).Listen(env.Ctx, "tcp", l.Listen)
	if err != nil {
		return fault.Wrong("cmd.listen", l.Listen).Because(err)
	}
	app.CollectLess()
	server := &http.Server{
		Handler: sys.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12},
	}
	ctx, stop := context.WithCancel(env.Ctx)
	defer stop()
	var wg sync.WaitGroup
	wg.Go(func() { sys.Run(ctx) })
	wg.Go(func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		_ = server.Shutdown(grace) // what did not finish in time is cut off
	})
	scheme := "http"
	if l.cert != "" {
		scheme = "https"
	}
	fmt.Fprintf(env.Err, "%s %s://%s\n", env.P.T("cmd.serving"), scheme, conn.Addr())
	if l.cert != "" {
		err = server.ServeTLS(conn, l.cert, l.key)
	} else {
		err = server.Serve(conn)
	}
	stop()
	wg.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
