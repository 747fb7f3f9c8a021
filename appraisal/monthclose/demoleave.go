package monthclose

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/org"
)

// leaveOut leaves one person out for each reason of the sample, and reads who
// is left out already.
func (d *demo) leaveOut(ctx context.Context, s *Service, hr account.Actor) error {
	var err error
	if d.out, err = exclusionsOn(ctx, s.DB, d.w.dates.AttendanceTo); err != nil {
		return err
	}
	var rows [][]any
	var entries []ledger.Entry
	people := d.mayLeave()
	for i, reason := range d.x.LeftOut[:min(len(d.x.LeftOut), len(people))] {
		p := people[i]
		d.out[p.ID] = reason
		from, decree := d.w.dates.AttendanceFrom, fmt.Sprintf("SK 850/%d/BKPSDM/%s", 200+lot(p.ID, "decree", 700), d.x.Month[:4])
		rows = append(rows, []any{db.NewID(), p.ID, reason, string(from), "", decree, 1, db.Time(s.Now()), hr.ID})
		entries = append(entries, ledger.Entry{
			Kind: "monthclose.excluded", Subject: "person:" + p.ID, Actor: hr.ID, At: s.Now(),
			Payload: map[string]any{"month": string(d.x.Month), "reason": reason, "from": string(from), "to": "", "decree": decree},
		})
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		columns := []string{"id", "person_id", "reason", "from_day", "to_day", "decree", "version", "created_at", "created_by"}
		if err := db.Insert(ctx, tx, "monthclose_exclusion", columns, rows); err != nil {
			return err
		}
		return ledger.AppendAll(ctx, tx, entries)
	})
}

// mayLeave are the people a reason fits, in the order of their lots: permanent
// staff who lead nothing.
func (d *demo) mayLeave() []*staff {
	var can []*staff
	for i := range d.w.staff {
		p := &d.w.staff[i]
		if p.Employment == org.PNS && p.part != nil && p.part.HeadOf == "" && d.out[p.ID] == "" && p.status == "" && !d.known(p.ID) {
			can = append(can, p)
		}
	}
	slices.SortFunc(can, func(a, b *staff) int {
		return cmp.Or(cmp.Compare(lot(a.ID, "leave", 1<<30), lot(b.ID, "leave", 1<<30)), cmp.Compare(a.ID, b.ID))
	})
	return can
}
