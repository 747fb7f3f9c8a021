package db

import (
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/gurindam/gurindam/internal/fault"
)

// openPostgres opens one pool for reading and writing. A commit that was
// answered is on disk: synchronous_commit is asked for unless the URL says
// otherwise.
func (d *DB) openPostgres(c Config) error {
	u, err := url.Parse(c.URL)
	if err != nil {
		// The parser's error repeats the URL with its password.
		return fault.Wrong("db.url")
	}
	q := u.Query()
	if s := q.Get("schema"); s != "" {
		q.Set("search_path", s)
		q.Del("schema")
	}
	u.RawQuery = q.Encode()
	cfg, err := pgx.ParseConfig(u.String())
	if err != nil {
		return fault.Wrong("db.url").Because(err)
	}
	params := cfg.RuntimeParams
	for k, v := range map[string]string{"synchronous_commit": "on", "timezone": "UTC", "application_name": "gurindam"} {
		if params[k] == "" {
			params[k] = v
		}
	}
	if c.Unsafe {
		params["synchronous_commit"] = "off"
	}
	d.engine = Postgres
	d.schema, _, _ = strings.Cut(params["search_path"], ",")
	d.schema = strings.Trim(d.schema, ` "`)
	d.writer = stdlib.OpenDB(*cfg)
	d.reader = d.writer
	conns := c.Conns
	if conns == 0 {
		conns = 32
	}
	d.writer.SetMaxOpenConns(conns)
	d.writer.SetMaxIdleConns(conns)
	d.writer.SetConnMaxIdleTime(5 * time.Minute)
	return nil
}
