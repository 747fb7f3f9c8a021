package penimport

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/listed"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// run is one import under way: what the rows say about whom.
type run struct {
	s    *Service
	file string // id of the file, for what is taken over to say where it came from
	rep  Report
	roll roll
	take []appraisal.Elsewhere
	from []Row // of each of take
	ask  []question
}

// run matches the rows of a file; it writes nothing.
func (s *Service) run(ctx context.Context, q db.Queryer, actor account.Actor, f *Sent) (*run, error) {
	parts, err := s.Appraisal.Parts(ctx, q, f.Window.Year)
	if err != nil {
		return nil, err
	}
	parts = slices.DeleteFunc(parts, func(p appraisal.Part) bool {
		return !f.Window.Meets(p.From, p.To) || !slices.Contains(p.Windows(), f.Window)
	})
	r := &run{s: s, file: f.ID, roll: rollOf(parts)}
	r.rep.Rows = f.Body.Lines
	r.rep.Rejected = slices.Clone(f.Body.Rejected)
	known, err := aliases(ctx, q)
	if err != nil {
		return nil, err
	}
	r.match(f, known)
	return r, nil
}

func aliases(ctx context.Context, q db.Queryer) (map[string]string, error) {
	known := map[string]string{}
	err := db.Each(ctx, q, `SELECT key, person_id FROM pen_alias`, func(r db.Row) error {
		var key, person string
		err := r.Scan(&key, &person)
		known[key] = person
		return err
	})
	return known, err
}

func (r *run) match(f *Sent, known map[string]string) {
	taken := map[string]bool{}
	var lost []Row
	for _, row := range f.Body.Rows {
		part, ok := r.roll.find(row)
		if !ok {
			part, ok = r.roll.part[known[row.who().Key()]]
		}
		switch {
		case !ok:
			lost = append(lost, row)
		case taken[part.Who.PersonID]:
			r.reject(row, "penimport.wrong.twice")
		default:
			taken[part.Who.PersonID] = true
			r.meet(row, part, f.Window)
		}
	}
	for _, row := range lost {
		r.lost(row, taken, f.Window)
	}
}

func (r *run) reject(row Row, key string, args ...any) {
	name := row.Name
	if name == "" {
		name = row.NIP
	}
	for _, n := range row.Numbers {
		r.rep.Reject(n, "nama", name, key, args...)
	}
}

// meet notes what a row says about a part.
func (r *run) meet(row Row, p appraisal.Part, w appraisal.Window) {
	if p.Pen == appraisal.PenGurindam {
		r.reject(row, "penimport.wrong.here")
		return
	}
	r.rep.People++
	if otherRater(row, p) {
		r.rep.Raters++
		q := question{Kind: RaterQuestion, Row: row, PartID: p.ID, Window: w, Who: p.Who.Name}
		if id, has := r.roll.ByNIP(row.RaterNIP); has {
			q.Person, q.PersonName, q.Sure = id, r.roll.part[id].Who.Name, 100
		} else if best, ok := r.roll.Propose(listed.Who{Name: row.RaterName}, nil); ok {
			q.Person, q.PersonName, q.Sure = best.PersonID, r.roll.part[best.PersonID].Who.Name, best.Sure
		}
		r.ask = append(r.ask, q)
	}
	if row.NotMade {
		r.rep.NotMade++
		r.rep.Unchanged += len(row.Numbers)
		return
	}
	e := appraisal.Elsewhere{Part: p, Plan: row.Plan}
	if row.Predicate != "" {
		r.rep.Outcomes++
		by := appraisal.Signer{PersonID: p.Evaluator.PersonID, Name: p.Evaluator.Name, Post: p.Evaluator.Post}
		if row.RaterName != "" {
			by = appraisal.Signer{Name: row.RaterName}
		}
		e.Results = []appraisal.ElsewhereResult{{Window: w, Results: row.Results, Conduct: row.Conduct, Predicate: row.Predicate, By: by, On: r.s.today()}}
	}
	if row.Plan != nil {
		r.rep.Plans++
	}
	r.take, r.from = append(r.take, e), append(r.from, row)
}

// lost asks who is meant by a row nobody was found for.
func (r *run) lost(row Row, taken map[string]bool, w appraisal.Window) {
	r.rep.Unmatched++
	q := question{Kind: PersonQuestion, Row: row, Window: w, Who: row.Name}
	if best, ok := r.roll.Propose(row.who(), taken); ok {
		p := r.roll.part[best.PersonID]
		q.Person, q.PersonName, q.Sure, q.PartID = best.PersonID, p.Who.Name, best.Sure, p.ID
		taken[best.PersonID] = true
		r.reject(row, "penimport.wrong.proposed", p.Who.Name)
	} else {
		r.reject(row, "penimport.wrong.unmatched")
	}
	r.ask = append(r.ask, q)
}

// write takes everything over and counts what became of it.
func (r *run) write(ctx context.Context, tx *db.Tx, actor account.Actor) error {
	took, err := r.s.Appraisal.TakeOver(ctx, tx, actor, r.take)
	if err != nil {
		return err
	}
	for i, t := range took {
		n := len(r.from[i].Numbers)
		all := append([]appraisal.Took{t.Plan}, t.Results...)
		switch {
		case slices.Contains(all, appraisal.TookCreated):
			r.rep.Created += n
		case slices.Contains(all, appraisal.TookUpdated):
			r.rep.Updated += n
		default:
			r.rep.Unchanged += n
		}
		if slices.Contains(all, appraisal.TookHeld) {
			r.rep.Held++
			r.rep.Warn(r.from[i].first(), "hasil akhir", r.take[i].Part.Who.Name, "penimport.held")
		}
	}
	return r.keepSources(ctx, tx, took)
}

// Load loads a file that was kept, in one transaction. A file that is loaded
// already stays as it is.
func (s *Service) Load(ctx context.Context, actor account.Actor, id string) (Sent, error) {
	f, err := s.Sent(ctx, actor, id)
	if err != nil || f.Loaded {
		return f, err
	}
	return f, s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, err := s.run(ctx, tx, actor, &f)
		if err != nil {
			return err
		}
		if err := r.write(ctx, tx, actor); err != nil {
			return err
		}
		if err := keepQuestions(ctx, tx, f.ID, r.ask); err != nil {
			return err
		}
		f.Report, f.Loaded = r.rep, true
		report, err := json.Marshal(r.rep)
		if err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, `UPDATE pen_file SET state = 'dimuat', body = '', report = $1 WHERE id = $2 AND state = 'pratinjau'`, string(report), f.ID)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.Clash("penimport.file.changed")
		}
		return ledger.Append(ctx, tx, ledger.Entry{
			Kind: "appraisal.elsewhere.imported", Subject: "file:" + f.ID, Actor: actor.ID, At: s.Now(),
			Payload: map[string]any{"window": f.Window.Code(), "rows": r.rep.Rows, "created": r.rep.Created, "updated": r.rep.Updated, "rejected": len(r.rep.Rejected)},
		})
	})
}
