package worklog

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// Shift is a shift of a unit: its code in the roster, its hours, and the entry
// it makes. A shift without hours is a day off.
type Shift struct {
	Code, Name   string
	Starts, Ends string
	Text         string
}

// Off reports whether nobody works in the shift.
func (s Shift) Off() bool { return s.Starts == "" }

//go:embed shifts.toml
var shiftsText string

// usual are the shifts of a ward, to begin with; each unit keeps its own.
func usual() ([]Shift, error) {
	var file struct{ Shift []Shift }
	if _, err := toml.Decode(shiftsText, &file); err != nil {
		return nil, fmt.Errorf("shifts to begin with: %w", err)
	}
	return file.Shift, nil
}

// Shifts returns the shifts of a unit, the usual ones while it has none.
func (s *Service) Shifts(ctx context.Context, unit string) ([]Shift, error) {
	all, err := db.All(ctx, s.DB, `SELECT code, name, starts, ends, text FROM worklog_shift WHERE unit_id = $1 ORDER BY starts, code`, func(r db.Row) (Shift, error) {
		var x Shift
		err := r.Scan(&x.Code, &x.Name, &x.Starts, &x.Ends, &x.Text)
		return x, err
	}, unit)
	if err != nil || len(all) > 0 {
		return all, err
	}
	return usual()
}

// mayRoster is the permission to keep a unit's shifts and roster: who closes
// its months.
func (s *Service) mayRoster(ctx context.Context, actor account.Actor, unit string) error {
	return s.Access.Can(ctx, actor, account.ActMonthClose, account.Thing{Unit: unit})
}

// SaveShifts replaces the shifts of a unit.
func (s *Service) SaveShifts(ctx context.Context, actor account.Actor, unit string, all []Shift) error {
	if err := s.mayRoster(ctx, actor, unit); err != nil {
		return err
	}
	var rows [][]any
	var wrong fault.Fields
	for i, x := range all {
		x.Code, x.Name, x.Text = strings.ToUpper(strings.TrimSpace(x.Code)), strings.TrimSpace(x.Name), strings.TrimSpace(x.Text)
		if x.Code == "" {
			continue
		}
		at := strconv.Itoa(i)
		_, okFrom := clock(x.Starts)
		_, okTo := clock(x.Ends)
		wrong.Check(len(x.Code) <= 6, "code."+at, "form.too_long", 6)
		wrong.Check(x.Starts == "" && x.Ends == "" || okFrom && okTo, "starts."+at, "worklog.wrong.clock")
		wrong.Check(x.Starts == "" || x.Text != "", "text."+at, "form.required")
		rows = append(rows, []any{unit, x.Code, x.Name, x.Starts, x.Ends, x.Text})
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM worklog_shift WHERE unit_id = $1`, unit); err != nil {
			return err
		}
		return db.Insert(ctx, tx, "worklog_shift", []string{"unit_id", "code", "name", "starts", "ends", "text"}, rows)
	})
}

// rosterOf returns somebody's shifts of a stretch.
func (s *Service) rosterOf(ctx context.Context, p appraisal.Part, from, to appraisal.Day) (map[appraisal.Day]Shift, error) {
	type duty struct{ day, code string }
	all, err := db.All(ctx, s.DB, `SELECT day, code FROM worklog_roster WHERE person_id = $1 AND day >= $2 AND day <= $3`, func(r db.Row) (duty, error) {
		var d duty
		err := r.Scan(&d.day, &d.code)
		return d, err
	}, p.Who.PersonID, string(from), string(to))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	shifts, err := s.Shifts(ctx, p.Who.UnitID)
	out := map[appraisal.Day]Shift{}
	for _, d := range all {
		if i := slices.IndexFunc(shifts, func(x Shift) bool { return x.Code == d.code }); i >= 0 {
			out[appraisal.Day(d.day)] = shifts[i]
		}
	}
	return out, err
}

// Fill makes entries of the shifts of some days: codes by day. A day that has
// the shift's entry already stays as it is. It returns what became of each.
func (s *Service) Fill(ctx context.Context, actor account.Actor, part string, codes map[appraisal.Day]string) (intake.Report, error) {
	p, _, err := s.own(ctx, actor, part)
	if err != nil {
		return intake.Report{}, err
	}
	shifts, err := s.Shifts(ctx, p.Who.UnitID)
	if err != nil {
		return intake.Report{}, err
	}
	var lines []Line
	for day, code := range codes {
		i := slices.IndexFunc(shifts, func(x Shift) bool { return x.Code == code })
		if i >= 0 && !shifts[i].Off() {
			x := shifts[i]
			lines = append(lines, Line{Entry: Entry{Day: day, Starts: x.Starts, Ends: x.Ends, Text: x.Text}})
		}
	}
	slices.SortFunc(lines, func(a, b Line) int { return strings.Compare(string(a.Entry.Day), string(b.Entry.Day)) })
	for i := range lines {
		lines[i].Row = i + 1
	}
	return s.Import(ctx, actor, part, lines)
}

// rosterFields are the columns of a ward's roster besides its days.
func rosterFields() []sheet.Field {
	return []sheet.Field{{Name: "nip", Aliases: []string{"nip pegawai"}}, {Name: "nama", Aliases: []string{"nama pegawai", "nama perawat"}}}
}

// ImportRoster loads a ward's roster of a month: a row a person, a column a day
// of the month headed by its number, a shift's code in each cell. People are
// found by NIP, else by a name only one of the unit has. It replaces what the
// roster said about these people in this month.
func (s *Service) ImportRoster(ctx context.Context, actor account.Actor, unit string, month appraisal.Window, body []byte) (intake.Report, error) {
	var rep intake.Report
	if err := s.mayRoster(ctx, actor, unit); err != nil {
		return rep, err
	}
	t, err := intake.Read(body, rosterFields())
	if err != nil {
		return rep, err
	}
	days := dayColumns(t.Columns, month)
	if len(days) == 0 || !t.Has("nip") && !t.Has("nama") {
		return rep, fault.WrongField("file", "worklog.no_roster")
	}
	shifts, err := s.Shifts(ctx, unit)
	if err != nil {
		return rep, err
	}
	return rep, s.DB.Tx(ctx, func(tx *db.Tx) error {
		find, err := s.colleagues(ctx, tx, unit, month)
		if err != nil {
			return err
		}
		var rows [][]any
		var people []any
		for _, r := range t.Rows {
			rep.Rows++
			person := find(r.Get("nip"), r.Get("nama"))
			if person == "" {
				rep.Reject(r.Number, "nip", r.Get("nip")+" "+r.Get("nama"), "worklog.wrong.person")
				continue
			}
			duties, bad := dutiesOf(r, days, shifts)
			if bad != nil {
				rep.Rejected = append(rep.Rejected, *bad)
				continue
			}
			rep.Created++
			people = append(people, person)
			for day, code := range duties {
				rows = append(rows, []any{person, string(day), unit, code})
			}
		}
		if len(people) == 0 {
			return nil
		}
		args := append([]any{string(month.From()), string(month.To())}, people...)
		if _, err := db.Exec(ctx, tx, `DELETE FROM worklog_roster WHERE day >= $1 AND day <= $2 AND person_id IN (`+db.In(3, len(people))+`)`, args...); err != nil {
			return err
		}
		return db.Upsert(ctx, tx, "worklog_roster", []string{"person_id", "day"}, []string{"person_id", "day", "unit_id", "code"}, rows)
	})
}

// colleagues returns a finder of the people of a unit.
func (s *Service) colleagues(ctx context.Context, tx *db.Tx, unit string, month appraisal.Window) (func(nip, name string) string, error) {
	parts, err := s.Appraisal.Parts(ctx, tx, month.Year)
	if err != nil {
		return nil, err
	}
	byNIP, byName := map[string]string{}, map[string]string{}
	for _, p := range parts {
		if p.Who.UnitID != unit || !month.Meets(p.From, p.To) {
			continue
		}
		byNIP[p.Who.NIP] = p.Who.PersonID
		name, _, _ := strings.Cut(p.Who.Name, ",")
		key := search.Fold(name)
		if other, twice := byName[key]; twice && other != p.Who.PersonID {
			byName[key] = ""
			continue
		}
		byName[key] = p.Who.PersonID
	}
	return func(nip, name string) string {
		id, err := sheet.ID(nip)
		if err == nil && id != "" {
			return byNIP[id]
		}
		name, _, _ = strings.Cut(name, ",")
		return byName[search.Fold(name)]
	}, nil
}

// dayColumns finds the columns headed by a day of the month.
func dayColumns(columns []string, month appraisal.Window) map[int]appraisal.Day {
	out := map[int]appraisal.Day{}
	last, _ := strconv.Atoi(string(month.To()[8:]))
	for i, c := range columns {
		words := strings.Fields(search.Fold(c))
		if len(words) == 0 {
			continue
		}
		n, err := strconv.Atoi(words[len(words)-1])
		if err == nil && n >= 1 && n <= last {
			out[i] = month.From()[:8] + appraisal.Day(twoDigits(n))
		}
	}
	return out
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func dutiesOf(r intake.Row, days map[int]appraisal.Day, shifts []Shift) (map[appraisal.Day]string, *intake.Rejected) {
	out := map[appraisal.Day]string{}
	for i, cell := range r.Cells() {
		day, is := days[i]
		code := strings.ToUpper(strings.TrimSpace(cell))
		if !is || code == "" || code == "-" {
			continue
		}
		if !slices.ContainsFunc(shifts, func(x Shift) bool { return x.Code == code }) {
			return nil, &intake.Rejected{Row: r.Number, Column: string(day), Value: cell, Key: "worklog.wrong.shift"}
		}
		out[day] = code
	}
	return out, nil
}

// Unit is a unit with its name.
type Unit struct{ ID, Name string }

// Units returns the units of a year whose shifts the actor may keep, by name.
func (s *Service) Units(ctx context.Context, actor account.Actor, year int) ([]Unit, error) {
	all, err := s.Appraisal.WorkUnits(ctx, s.DB, year)
	if err != nil {
		return nil, err
	}
	access, err := s.Access.Many(ctx)
	if err != nil {
		return nil, err
	}
	var own []Unit
	keys := map[string]string{}
	for id, name := range all {
		err := access.Can(ctx, actor, account.ActMonthClose, account.Thing{Unit: id})
		if err != nil && !fault.Is(err, fault.Forbidden) {
			return nil, err
		}
		if err == nil {
			own, keys[id] = append(own, Unit{id, name}), search.Key(name)
		}
	}
	slices.SortFunc(own, func(a, b Unit) int {
		return cmp.Or(strings.Compare(keys[a.ID], keys[b.ID]), strings.Compare(a.ID, b.ID))
	})
	return own, nil
}
