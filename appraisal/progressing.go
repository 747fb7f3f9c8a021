package appraisal

import (
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// contentOf returns what a part is measured by: the SKP in force, else the draft
// as it stands; approved says which.
func contentOf(ctx context.Context, q db.Queryer, p Part) (c Content, approved bool, err error) {
	v, err := revisionInForce(ctx, q, p.ID)
	if err != nil {
		return c, false, err
	}
	if v != nil {
		return v.Content, true, nil
	}
	plan, err := planOf(ctx, q, p)
	return plan.Content, false, err
}

// Progress returns the progress of a part with everything its page shows.
func (s *Service) Progress(ctx context.Context, actor account.Actor, part string) (ProgressView, error) {
	p, year, err := s.view(ctx, actor, part)
	if err != nil {
		return ProgressView{}, err
	}
	v := ProgressView{Period: year, Part: p, Months: monthsOf(p, s.today())}
	if v.Plan, v.Approved, err = contentOf(ctx, s.db, p); err != nil {
		return v, err
	}
	if v.Entries, err = progressOf(ctx, s.db, p.ID); err != nil {
		return v, err
	}
	if v.Feedback, err = s.feedbackFor(ctx, actor, p); err != nil {
		return v, err
	}
	v.Latest, v.Done = latestOf(v.Entries)
	v.Reached = reached(v.Plan, v.Latest)
	v.Write = readOnly(p, year) == "" && len(v.Plan.Results) > 0 && s.can(ctx, actor, account.ActAppraisalOwn, p)
	return v, nil
}

// monthsOf returns the months of a part that have begun, latest first.
func monthsOf(p Part, today Day) []string {
	last := min(p.To, today)
	if last < p.From {
		return nil
	}
	at, err := time.Parse("2006-01", string(p.From[:7]))
	if err != nil {
		return nil
	}
	var months []string
	for m := at.Format("2006-01"); m <= string(last[:7]); m = at.Format("2006-01") {
		months = append(months, m)
		at = at.AddDate(0, 1, 0)
	}
	slices.Reverse(months)
	return months
}

// SaveProgress adds (empty ID) or changes one entry with its evidence. Version
// must be the entry's when it has an ID. Files come from Attach.
func (s *Service) SaveProgress(ctx context.Context, actor account.Actor, e Progress) (Progress, error) {
	p, _, err := s.write(ctx, actor, e.PartID, account.ActAppraisalOwn)
	if err != nil {
		return e, err
	}
	if err := checkProgress(&e); err != nil {
		return e, err
	}
	if !slices.Contains(monthsOf(p, s.today()), e.Month) {
		return e, fault.WrongField("month", "appraisal.progress.month")
	}
	if err := s.checkFiles(ctx, actor, &e); err != nil {
		return e, err
	}
	err = s.tx(ctx, func(tx *db.Tx) error {
		if err := placeProgress(ctx, tx, p, &e, s.now()); err != nil {
			return err
		}
		if err := storeProgress(ctx, tx, e); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.progress.saved", "part:"+p.ID, e)
	})
	return e, err
}

// placeProgress ties an entry to the result its indicator or step belongs to,
// and gives it its id, version and times.
func placeProgress(ctx context.Context, tx *db.Tx, p Part, e *Progress, now time.Time) error {
	c, _, err := contentOf(ctx, tx, p)
	if err != nil {
		return err
	}
	if e.ResultID = c.owner(e.IndicatorID, e.StepID); e.ResultID == "" {
		return fault.WrongField("indicator", "appraisal.indicator.absent")
	}
	e.UpdatedAt = now
	if e.ID == "" {
		e.ID, e.Version, e.CreatedAt = db.NewID(), 1, e.UpdatedAt
	} else {
		have, err := entryOf(ctx, tx, p.ID, e.ID)
		if err != nil {
			return err
		}
		if have.Version != e.Version {
			return fault.Clash("appraisal.progress.changed")
		}
		if err := ownFigure(ctx, tx, e.ID); err != nil {
			return err
		}
		e.Version, e.CreatedAt = have.Version+1, have.CreatedAt
	}
	for i := range e.Evidence {
		e.Evidence[i].ID = db.NewID()
	}
	return nil
}

// owner returns the id of the result an indicator or a step belongs to.
func (c Content) owner(indicator, step string) string {
	for _, r := range c.Results {
		if in, _ := r.Find(indicator); indicator != "" && in != nil {
			return r.ID
		}
		if step != "" && slices.ContainsFunc(r.Steps, func(st Step) bool { return st.ID == step }) {
			return r.ID
		}
	}
	return ""
}

// RemoveProgress removes an entry with its evidence.
func (s *Service) RemoveProgress(ctx context.Context, actor account.Actor, part, id string, version int64) error {
	p, _, err := s.write(ctx, actor, part, account.ActAppraisalOwn)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		if _, err := entryOf(ctx, tx, p.ID, id); err != nil {
			return err
		}
		if err := ownFigure(ctx, tx, id); err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, `DELETE FROM appraisal_progress WHERE id = $1 AND part_id = $2 AND version = $3`, id, p.ID, version)
		if err := changedOne(n, err, "appraisal.progress.changed"); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.progress.removed", "part:"+p.ID, map[string]string{"entry": id})
	})
}

// RemoveEvidence takes one piece of evidence out of an entry. The last one of
// an entry that says nothing else is a Conflict: then the entry is removed. A
// file stays stored, since the record names it.
func (s *Service) RemoveEvidence(ctx context.Context, actor account.Actor, part, entry, evidence string, version int64) error {
	p, _, err := s.write(ctx, actor, part, account.ActAppraisalOwn)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		e, err := entryOf(ctx, tx, p.ID, entry)
		if err != nil {
			return err
		}
		if e.Version != version {
			return fault.Clash("appraisal.progress.changed")
		}
		n, err := db.Exec(ctx, tx, `DELETE FROM appraisal_evidence WHERE id = $1 AND progress_id = $2`, evidence, e.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing("appraisal.evidence.absent")
		}
		left, err := db.Exists(ctx, tx, `SELECT 1 FROM appraisal_evidence WHERE progress_id = $1 LIMIT 1`, e.ID)
		if err != nil {
			return err
		}
		if !left && e.Value == "" && e.Note == "" {
			return fault.Clash("appraisal.evidence.last")
		}
		n, err = db.Exec(ctx, tx, `UPDATE appraisal_progress SET updated_at = $1, version = $2 WHERE id = $3 AND version = $4`,
			db.Time(s.now()), version+1, e.ID, version)
		if err := changedOne(n, err, "appraisal.progress.changed"); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.evidence.removed", "part:"+p.ID, map[string]string{"entry": e.ID, "evidence": evidence})
	})
}
