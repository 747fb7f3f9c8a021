package monthclose

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/appraisal/listed"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// Kind says what a file holds.
type Kind string

// The kinds of files.
const (
	Results    Kind = "hasil"
	Attendance Kind = "presensi"
)

// Kinds lists the kinds of files.
func Kinds() []Kind { return []Kind{Results, Attendance} }

// Report is what loading a file did or would do.
type Report struct {
	intake.Report
	Kind      Kind
	Unmatched int // rows nobody was found for: rejected, and kept to be mended
	Proposed  int // of them those with a proposed mend
	NotMade   int // people of whom a list of results says BELUM BUAT
	Held      int // results that are disputed in Gurindam and stay as they are
}

// Loaded is a file that was loaded.
type Loaded struct {
	ID     string
	Kind   Kind
	Name   string
	At     time.Time
	By     string
	Report Report
}

// tellEvery is after how many rows it is told how far the work is.
const tellEvery = 250

// errTrial ends a transaction that only tried what loading would do.
var errTrial = errors.New("only tried")

// Load loads a file of a month in one transaction and refreshes the month; it
// opens one nobody has opened. Loading a file twice changes nothing the second
// time. With trial nothing is written at all. Needs the whole agency; a month
// that is closed gives a Conflict fault, a file that cannot be read an Invalid
// one.
func (s *Service) Load(ctx context.Context, actor account.Actor, m Month, kind Kind, name string, body []byte, trial bool) (Report, error) {
	rep := Report{Kind: kind}
	if err := s.may(ctx, actor); err != nil {
		return rep, err
	}
	w, err := s.world(ctx, m)
	if err != nil {
		return rep, err
	}
	return s.loadInto(ctx, actor, w, kind, name, body, trial)
}

// loadInto loads a file into a world that was read before.
func (s *Service) loadInto(ctx context.Context, actor account.Actor, w *world, kind Kind, name string, body []byte, trial bool) (Report, error) {
	l, err := s.begun(actor, w, kind, name, body, nil)
	if err != nil {
		return Report{Kind: kind}, err
	}
	if trial {
		return l.try(ctx)
	}
	var rep Report
	return rep, s.tx(ctx, func(tx *db.Tx) error {
		rep, err = l.load(ctx, tx)
		return err
	})
}

// begun reads a file that is to be loaded into a world. tell hears how far it
// is, if anybody asks.
func (s *Service) begun(actor account.Actor, w *world, kind Kind, name string, body []byte, tell func(Progress)) (*loading, error) {
	if tell == nil {
		tell = func(Progress) {}
	}
	l := &loading{s: s, w: w, actor: actor, kind: kind, body: body, name: name, roll: rollOf(w.staff), tell: tell}
	l.rep = &l.said
	l.said.Kind = kind
	return l, l.read(kind, body)
}

// try does what load does and undoes it, but for the sums.
func (l *loading) try(ctx context.Context) (rep Report, err error) {
	err = l.s.tx(ctx, func(tx *db.Tx) error {
		if rep, err = l.put(ctx, tx); err != nil {
			return err
		}
		return errTrial
	})
	if errors.Is(err, errTrial) {
		err = nil
	}
	return rep, err
}

// load stores what the file says and makes the month's sums anew. It may be run
// again after its transaction was undone.
func (l *loading) load(ctx context.Context, tx *db.Tx) (Report, error) {
	rep, err := l.put(ctx, tx)
	if err != nil {
		return rep, err
	}
	return rep, l.s.refreshTelling(ctx, tx, l.w, l.tell)
}

func (l *loading) put(ctx context.Context, tx *db.Tx) (Report, error) {
	rep := l.said
	rep.Rejected, rep.Warnings = slices.Clone(rep.Rejected), slices.Clone(rep.Warnings)
	l.rep = &rep
	err := l.write(ctx, tx, l.kind, l.body)
	return rep, err
}

// loading is one file under way.
type loading struct {
	s          *Service
	w          *world
	actor      account.Actor
	kind       Kind
	body       []byte
	tell       func(Progress)
	said       Report  // what reading has found
	rep        *Report // what is being made
	name       string
	roll       *listed.Roll
	results    []resultRow
	attendance []attendanceRow
	daily      bool
	aliases    map[string]string
	loose      []looseRow
	found      map[string]bool // how the file calls people who were found
}

func (l *loading) read(kind Kind, body []byte) (err error) {
	switch kind {
	case Results:
		l.results, err = readResults(body, &l.rep.Report)
	case Attendance:
		l.attendance, l.daily, err = readAttendance(body, l.w.dates, &l.rep.Report)
	default:
		err = fault.WrongField("kind", "form.choose")
	}
	return err
}

func (l *loading) write(ctx context.Context, tx *db.Tx, kind Kind, body []byte) error {
	l.tell(Progress{Stage: StageMatch, Total: l.rep.Rows})
	m := l.w.month
	if err := l.s.begin(ctx, tx, l.actor, m); err != nil {
		return err
	}
	if _, err := writable(ctx, tx, m); err != nil {
		return err
	}
	var err error
	if l.aliases, err = aliasesOf(ctx, tx); err != nil {
		return err
	}
	l.loose, l.found = nil, map[string]bool{}
	if kind == Results {
		err = l.writeResults(ctx, tx)
	} else {
		err = l.writeAttendance(ctx, tx)
	}
	if err != nil {
		return err
	}
	if err := l.keepLoose(ctx, tx, kind); err != nil {
		return err
	}
	return l.record(ctx, tx, kind, body)
}

// record notes the file, and when the month's list of its kind last came.
func (l *loading) record(ctx context.Context, tx *db.Tx, kind Kind, body []byte) error {
	sum := sha256.Sum256(body)
	report, err := json.Marshal(l.rep)
	if err != nil {
		return err
	}
	now := l.s.Now()
	id := db.NewID()
	err = db.Insert(ctx, tx, "monthclose_import", []string{"id", "month", "kind", "name", "sum", "report", "loaded_at", "loaded_by", "by_name"},
		[][]any{{id, string(l.w.month), string(kind), l.name, hex.EncodeToString(sum[:]), string(report), db.Time(now), l.actor.ID, l.actor.Name}})
	if err != nil {
		return err
	}
	text := `UPDATE monthclose_month SET results_at = $1 WHERE month = $2`
	if kind == Attendance {
		text = `UPDATE monthclose_month SET attendance_at = $1 WHERE month = $2`
	}
	if _, err := db.Exec(ctx, tx, text, db.Time(now), string(l.w.month)); err != nil {
		return err
	}
	return ledger.Append(ctx, tx, ledger.Entry{Kind: "monthclose.loaded", Subject: "month:" + string(l.w.month), Actor: l.actor.ID, At: now, Payload: map[string]any{
		"file": id, "kind": string(kind), "sum": hex.EncodeToString(sum[:]), "rows": l.rep.Rows, "created": l.rep.Created, "updated": l.rep.Updated,
		"unchanged": l.rep.Unchanged, "rejected": len(l.rep.Rejected),
	}})
}

func aliasesOf(ctx context.Context, q db.Queryer) (map[string]string, error) {
	known := map[string]string{}
	err := db.Each(ctx, q, `SELECT ask, person_id FROM monthclose_alias`, func(r db.Row) error {
		var ask, person string
		err := r.Scan(&ask, &person)
		known[ask] = person
		return err
	})
	return known, err
}

// find returns whom a row is surely about.
func (l *loading) find(w who) (person string, ok bool) {
	ask := w.listed().Key()
	if person, ok = l.roll.ByNIP(w.NIP); !ok {
		person, ok = l.aliases[ask]
	}
	if ok {
		l.found[ask] = true
	}
	return person, ok
}

// lost keeps rows nobody was found for, with whom each most likely means.
func (l *loading) lost(kind Kind, number int, w who, taken map[string]bool, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	row := looseRow{id: db.NewID(), kind: kind, ask: w.listed().Key(), body: string(raw)}
	key := "monthclose.wrong.unmatched"
	l.rep.Unmatched++
	if best, ok := l.roll.Propose(w.listed(), taken); ok {
		row.Match = best
		taken[best.PersonID] = true
		key = "monthclose.wrong.proposed"
		l.rep.Proposed++
	}
	value := w.NIP
	if value == "" {
		value = w.Told
	}
	if value == "" {
		value = w.Name
	}
	l.rep.Reject(number, "nip", value, key)
	l.loose = append(l.loose, row)
	return nil
}

// writeResults stores what a list of results says about each person.
func (l *loading) writeResults(ctx context.Context, tx *db.Tx) error {
	stored, err := resultsOf(ctx, tx, l.w.month)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	var lost []resultRow
	var rows [][]any
	seen := map[string]result{}
	for i, r := range l.results {
		if i%tellEvery == 0 {
			l.tell(Progress{StageMatch, i, len(l.results)})
		}
		person, ok := l.find(r.who)
		if !ok {
			lost = append(lost, r)
			continue
		}
		if first, twice := seen[person]; twice {
			if same(first, r.result) {
				l.rep.Unchanged++
			} else {
				l.rep.Reject(r.number, "nip", r.NIP, "monthclose.wrong.twice")
			}
			continue
		}
		seen[person], taken[person] = r.result, true
		if r.predicate == "" {
			l.rep.NotMade++
		}
		before, had := stored[person]
		switch {
		case had && same(before, r.result):
			l.rep.Unchanged++
			continue
		case had:
			l.rep.Updated++
		default:
			l.rep.Created++
		}
		rows = append(rows, r.row(l.w.month, person))
	}
	for _, r := range lost {
		if err := l.lost(Results, r.number, r.who, taken, r.kept()); err != nil {
			return err
		}
	}
	if err := db.Upsert(ctx, tx, "monthclose_result", []string{"month", "person_id"}, resultColumns, rows); err != nil {
		return err
	}
	return l.takeOver(ctx, tx, seen)
}

var resultColumns = []string{"month", "person_id", "results", "conduct", "predicate", "desk", "lack", "minutes", "rated_by", "rated_on"}

func (x result) row(m Month, person string) []any {
	var minutes any
	if x.minutes != nil {
		minutes = *x.minutes
	}
	return []any{string(m), person, string(x.results), string(x.conduct), string(x.predicate), string(x.desk), string(x.lack), minutes, x.by, string(x.on)}
}

// same reports whether two lists say the same about somebody.
func same(a, b result) bool {
	equal := a.minutes == nil && b.minutes == nil || a.minutes != nil && b.minutes != nil && *a.minutes == *b.minutes
	a.minutes, b.minutes = nil, nil
	return equal && a == b
}

// takeOver hands the predicates of people whose pen is elsewhere to the
// evaluations, so that their pages show them and nothing is asked again.
func (l *loading) takeOver(ctx context.Context, tx *db.Tx, said map[string]result) error {
	var all []appraisal.Elsewhere
	for i := range l.w.staff {
		p := &l.w.staff[i]
		r, has := said[p.ID]
		if !has || r.predicate == "" || p.part == nil || p.pen == appraisal.PenGurindam || !slices.Contains(p.part.Windows(), p.window) {
			continue
		}
		by := appraisal.Signer{PersonID: p.part.Evaluator.PersonID, Name: p.part.Evaluator.Name, Post: p.part.Evaluator.Post}
		if r.by != "" {
			by = appraisal.Signer{Name: r.by}
		}
		on := r.on
		if on == "" {
			on = l.s.Today()
		}
		all = append(all, appraisal.Elsewhere{Part: *p.part, Results: []appraisal.ElsewhereResult{
			{Window: p.window, Results: r.results, Conduct: r.conduct, Predicate: r.predicate, By: by, On: on},
		}})
	}
	took, err := l.s.Appraisals.TakeOver(ctx, tx, l.actor, all)
	if err != nil {
		return err
	}
	for _, t := range took {
		if slices.Contains(t.Results, appraisal.TookHeld) {
			l.rep.Held++
		}
	}
	return nil
}

const selectFile = `SELECT id, kind, name, loaded_at, by_name, report FROM monthclose_import `

// Files returns the files that were loaded for a month, the latest first.
func (s *Service) Files(ctx context.Context, actor account.Actor, m Month) ([]Loaded, error) {
	if err := s.sees(ctx, actor); err != nil {
		return nil, err
	}
	return db.All(ctx, s.DB, selectFile+`WHERE month = $1 ORDER BY loaded_at DESC, id DESC`, scanLoaded, string(m))
}
