package participation

import (
	"context"
	"net/netip"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Network is the network of a service's counter. Answers from it are a stratum
// of their own: honest visitors use its Wi-Fi, and so could the officers.
type Network struct {
	Prefix netip.Prefix
	Name   string
}

func networks(ctx context.Context, q db.Queryer, serviceID string) ([]netip.Prefix, error) {
	texts, err := db.All(ctx, q, `SELECT prefix FROM survey_network WHERE service_id = $1 ORDER BY prefix`, db.Value[string], serviceID)
	var all []netip.Prefix
	for _, t := range texts {
		if p, err := netip.ParsePrefix(t); err == nil {
			all = append(all, p)
		}
	}
	return all, err
}

// Networks returns the registered networks of a service.
func (o *Office) Networks(ctx context.Context, serviceID string) ([]Network, error) {
	return db.All(ctx, o.db, `SELECT prefix, name FROM survey_network WHERE service_id = $1 ORDER BY prefix`, func(r db.Row) (Network, error) {
		var n Network
		var text string
		if err := r.Scan(&text, &n.Name); err != nil {
			return n, err
		}
		var err error
		n.Prefix, err = netip.ParsePrefix(text)
		return n, err
	}, serviceID)
}

// AddNetwork registers the network of a service's counter, written as an
// address or a prefix. A prefix wider than an office (/16, or /32 of IPv6) is
// refused: it would make strangers into visitors of the counter.
func (o *Office) AddNetwork(ctx context.Context, actor account.Actor, s Service, prefix, name string) error {
	p, ok := readPrefix(prefix)
	if !ok {
		return fault.WrongField("prefix", "survey.network.prefix")
	}
	if name == "" {
		return fault.WrongField("name", "form.required")
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
		return err
	}
	defer o.open.forget()
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `INSERT INTO survey_network (prefix, service_id, name) VALUES ($1, $2, $3) ON CONFLICT (prefix) DO NOTHING`,
			p.String(), s.ID, name)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.WrongField("prefix", "survey.network.taken")
		}
		return o.record(ctx, tx, actor, "network_added", "service:"+s.ID, map[string]string{"prefix": p.String(), "name": name})
	})
}

func readPrefix(s string) (netip.Prefix, bool) {
	if a, err := netip.ParseAddr(s); err == nil {
		a = a.Unmap()
		return netip.PrefixFrom(a, a.BitLen()), true
	}
	p, err := netip.ParsePrefix(s)
	if err != nil {
		return p, false
	}
	widest := 16
	if p.Addr().Is6() {
		widest = 32
	}
	return p.Masked(), p.Bits() >= widest
}
