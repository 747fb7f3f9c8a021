package app

import (
	"log/slog"
	"net/netip"
	"time"

	"github.com/gurindam/gurindam/internal/mail"
)

// Config says how a System runs. The zero value of every field but Data works.
type Config struct {
	Data      string           // directory of the SQLite file, keys and attachments
	Database  string           // postgres://… or empty for SQLite under Data
	Agency    string           // shown in the header
	City      string           // place of signing on documents
	Site      string           // address of the site without a slash at the end, for QR codes and mails
	Rulebook  string           // file with the agency's own values, may be empty
	Zone      *time.Location   // Asia/Jakarta if nil
	Now       func() time.Time // time.Now if nil
	Secure    bool             // served over HTTPS
	Demo      bool             // the sample city: pages say so
	DemoUsers []string         // accounts the sign-in page offers with one button each
	DemoPass  string           // their password
	Forum     string           // what the agency calls its forum, may be empty
	// OwnComplaints takes citizens' reports on the city's own page as well;
	// otherwise only SP4N-LAPOR! is offered.
	OwnComplaints bool
	Mail          mail.Config    // how letters leave; the zero value sends none
	SurveyRate    bool           // limit how thick survey answers may come
	Trusted       []netip.Prefix // proxies whose X-Forwarded-For is believed
	Log           *slog.Logger   // slog.Default() if nil
}

// zoneName is the agency's time zone unless configured otherwise.
const zoneName = "Asia/Jakarta"

func (c Config) withDefaults() (Config, error) {
	if c.Zone == nil {
		zone, err := time.LoadLocation(zoneName)
		if err != nil {
			return c, err
		}
		c.Zone = zone
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Agency == "" {
		c.Agency = "Pemerintah Kota Tanjungpinang"
	}
	if c.City == "" {
		c.City = "Tanjungpinang"
	}
	if c.Site == "" {
		c.Site = "http://127.0.0.1:8080"
	}
	return c, nil
}

// ClockAt returns a clock that stands on the given day and runs on from the
// present time of day: the sample city's --today.
func ClockAt(day string, zone *time.Location) (func() time.Time, error) {
	d, err := time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		return nil, err
	}
	now := time.Now().In(zone)
	start := time.Date(d.Year(), d.Month(), d.Day(), now.Hour(), now.Minute(), now.Second(), now.Nanosecond(), zone)
	shift := start.Sub(now)
	return func() time.Time { return time.Now().Add(shift) }, nil
}
