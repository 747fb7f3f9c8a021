package main

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/demo"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/mail"
)

// DemoCmd fills a fresh database with the sample city and serves it.
type DemoCmd struct {
	Listen     string `help:"Loopback address to listen on." default:"127.0.0.1:8080"`
	Data       string `help:"Directory for the sample city; a temporary one without it." type:"path"`
	Database   string `help:"postgres:// URL of an empty database; SQLite under --data without it."`
	Today      string `help:"The sample city's date, YYYY-MM-DD; today without it."`
	SurveyRate string `help:"Limit how thick survey answers may come." enum:"on,off" default:"on"`
	FillOnly   bool   `help:"Fill the database and stop."`
}

// Run fills and serves. It refuses any address but loopback, because its
// passwords are known to everybody.
func (c *DemoCmd) Run(env *Env) error {
	if !loopback(c.Listen) {
		return fault.Wrong("cmd.demo_loopback", c.Listen)
	}
	if c.Data == "" {
		dir, err := os.MkdirTemp("", "gurindam-demo-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }() // a temporary city; nothing to report
		c.Data = dir
	}
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		return err
	}
	if c.Today == "" {
		c.Today = time.Now().In(zone).Format(time.DateOnly)
	}
	clock, err := app.ClockAt(c.Today, zone)
	if err != nil {
		return fault.Wrong("cmd.bad_day", c.Today)
	}
	sys, err := app.Open(env.Ctx, app.Config{
		Data: c.Data, Database: c.Database, Demo: true, DemoUsers: append(demo.Accounts(), demo.Others()...), DemoPass: demo.Password, Now: clock, Zone: zone, SurveyRate: c.SurveyRate == "on",
		Site: "http://" + c.Listen, Forum: "Sembang", Mail: mail.Config{Dir: filepath.Join(c.Data, "mail")},
	})
	if err != nil {
		return err
	}
	began := time.Now()
	fresh, err := demo.Fill(env.Ctx, sys, c.Today)
	if err != nil {
		return errors.Join(err, sys.Close())
	}
	if fresh {
		env.Say("cmd.demo_filled", time.Since(began).Round(10*time.Millisecond).String())
	}
	if c.FillOnly {
		return sys.Close()
	}
	return errors.Join(listener{Listen: c.Listen}.serve(env, sys), sys.Close())
}

// loopback reports whether an address can only be reached from this machine.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
