package worklog

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Evidence is what is behind a lasting address: a result, a month, and what
// was done and reached for it by then.
type Evidence struct {
	Code     string
	Part     appraisal.Part
	Result   string // its words
	Month    appraisal.Window
	Entries  []Entry
	Progress []appraisal.Progress // of the month, with their evidence
}

// newCode returns a random code, 50 bits without letters that are misread.
func newCode() string {
	raw := make([]byte, 7)
	rand.Read(raw) // never fails
	text := base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding).EncodeToString(raw)
	return text[:5] + "-" + text[5:10]
}

// Addresses returns the lasting address of each result of a part in a month,
// by result id, making those that are missing.
func (s *Service) Addresses(ctx context.Context, actor account.Actor, part string, month appraisal.Window) (map[string]string, error) {
	_, plan, err := s.own(ctx, actor, part)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	read := func(q db.Queryer) error {
		return db.Each(ctx, q, `SELECT result_id, code FROM worklog_evidence WHERE part_id = $1 AND month = $2`, func(r db.Row) error {
			var result, code string
			err := r.Scan(&result, &code)
			out[result] = s.Site + "/bukti/" + code
			return err
		}, part, month.Code())
	}
	if err := read(s.DB); err != nil {
		return nil, err
	}
	var rows [][]any
	for _, r := range plan.Results {
		if out[r.ID] == "" {
			rows = append(rows, []any{newCode(), part, r.ID, month.Code(), s.Now()})
		}
	}
	if len(rows) == 0 {
		return out, nil
	}
	return out, s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := db.InsertNew(ctx, tx, "worklog_evidence", "(part_id, result_id, month)", []string{"code", "part_id", "result_id", "month", "created_at"}, rows); err != nil {
			return err
		}
		return read(tx)
	})
}

// Behind returns what is behind an address for who may read the appraisal;
// NotFound when nobody issued it.
func (s *Service) Behind(ctx context.Context, actor account.Actor, code string) (Evidence, error) {
	e := Evidence{Code: strings.ToUpper(code)}
	var part, result, month string
	_, err := db.One(ctx, s.DB, `SELECT part_id, result_id, month FROM worklog_evidence WHERE code = $1`, func(r db.Row) (struct{}, error) {
		return struct{}{}, r.Scan(&part, &result, &month)
	}, e.Code)
	if fault.Is(err, fault.NotFound) {
		return e, fault.Missing("worklog.evidence_absent")
	}
	if err != nil {
		return e, err
	}
	v, err := s.Appraisal.Progress(ctx, actor, part)
	if err != nil {
		return e, err
	}
	if e.Month, err = appraisal.ParseWindow(month); err != nil {
		return e, err
	}
	e.Part = v.Part
	if r, _ := v.Plan.Find(result); r != nil {
		e.Result = r.Text
	}
	for _, p := range v.Entries {
		if p.ResultID == result && p.Month == month {
			e.Progress = append(e.Progress, p)
		}
	}
	e.Entries, err = db.All(ctx, s.DB, selectEntry+`WHERE part_id = $1 AND day >= $2 AND day <= $3 AND result_id = $4 ORDER BY day, starts, id`,
		scanEntry, part, string(e.Month.From()), string(e.Month.To()), result)
	return e, err
}
