package account

import (
	"context"
	"errors"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// UnitCount is how far the people of one unit are.
type UnitCount struct {
	UnitID   string
	Unit     string
	Made     int
	Accepted int
}

// Batch returns a bulk invitation and how far each unit is.
func (s *Service) Batch(ctx context.Context, actor Actor, id string) (Batch, []UnitCount, error) {
	b, err := s.batchFor(ctx, actor, id)
	if err != nil {
		return b, nil, err
	}
	units, err := db.All(ctx, s.db, `SELECT unit_id, unit_name, count(*), count(used_at) FROM account_invitation
		WHERE batch_id = $1 GROUP BY unit_id, unit_name ORDER BY unit_name, unit_id`, func(r db.Row) (UnitCount, error) {
		var u UnitCount
		err := r.Scan(&u.UnitID, &u.Unit, &u.Made, &u.Accepted)
		return u, err
	}, id)
	return b, units, err
}

// batchFor returns a bulk invitation to who may see it. Whether one exists is
// told to nobody else.
func (s *Service) batchFor(ctx context.Context, actor Actor, id string) (Batch, error) {
	b, err := batchByID(ctx, s.db, id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return b, err
	}
	if denied := s.can(ctx, actor, ActAccounts, Thing{Unit: b.UnitID}, "batch:"+id); denied != nil {
		return Batch{}, denied
	}
	return b, err
}

func batchByID(ctx context.Context, q db.Queryer, id string) (Batch, error) {
	b, err := db.One(ctx, q, selectBatch+`WHERE b.id = $1`, scanBatch, id)
	if errors.Is(err, db.ErrNone) {
		return b, fault.Missing("account.batch_unknown")
	}
	return b, err
}

// Slip is what is printed for one person and handed over: the only place where
// the code exists.
type Slip struct {
	InvitationID string
	Name         string
	Username     string
	UnitID       string
	Unit         string
	Code         Code
	Until        string // last day
}

// Slips draws new codes for everybody of a bulk invitation who has not chosen a
// password yet, in a unit and below it or (unit empty) everywhere, and returns
// them for printing. Slips printed before are void from then on.
func (s *Service) Slips(ctx context.Context, actor Actor, batchID, unit string) ([]Slip, error) {
	if _, err := s.batchFor(ctx, actor, batchID); err != nil {
		return nil, err
	}
	var slips []Slip
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		open, err := s.openIn(ctx, tx, batchID, unit)
		if err != nil {
			return err
		}
		if len(open) == 0 {
			return fault.Clash("account.invite.all_accepted")
		}
		if slips, err = s.issue(ctx, tx, actor, open); err != nil {
			return err
		}
		return s.record(ctx, tx, "account.slips_printed", "batch:"+batchID, actor.ID, map[string]any{"unit": unit, "slips": len(slips)})
	})
	return slips, err
}

// openIn returns who of a bulk invitation has not chosen a password yet, in a
// unit and below it, by unit and name.
func (s *Service) openIn(ctx context.Context, q db.Queryer, batchID, unit string) ([]Invitation, error) {
	all, err := db.All(ctx, q, selectInvitation+`WHERE i.batch_id = $1 AND `+stillOpen+` AND a.state = 'invited'
		ORDER BY i.unit_name, i.unit_id, a.sort_key, i.id`, scanInvitation, batchID)
	if err != nil || unit == "" {
		return all, err
	}
	within := map[string]bool{}
	var in []Invitation
	for _, v := range all {
		below, asked := within[v.UnitID]
		if !asked {
			if below, err = s.access.tree.Within(ctx, v.UnitID, unit); err != nil {
				return nil, err
			}
			within[v.UnitID] = below
		}
		if below {
			in = append(in, v)
		}
	}
	return in, nil
}

// issue draws a code for each invitation and stores its hash.
func (s *Service) issue(ctx context.Context, tx *db.Tx, actor Actor, open []Invitation) ([]Slip, error) {
	slips := make([]Slip, len(open))
	rows := make([][]any, len(open))
	for i, v := range open {
		code, err := newCode()
		if err != nil {
			return nil, err
		}
		until := s.now().Add(v.age())
		slips[i] = Slip{InvitationID: v.ID, Name: v.Name, Username: v.Username, UnitID: v.UnitID, Unit: v.Unit, Code: code, Until: until.In(s.zone).Format("2006-01-02")}
		rows[i] = []any{v.ID, v.AccountID, string(v.Purpose), v.CreatedAt, hashCode(v.ID, code), until, actor.ID}
	}
	columns := []string{"id", "account_id", "purpose", "created_at", "code_hash", "expires_at", "issued_by"}
	return slips, db.Upsert(ctx, tx, "account_invitation", []string{"id"}, columns, rows)
}
