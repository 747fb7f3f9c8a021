package monthclose

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// Closing is a list as it was closed.
type Closing struct {
	Month        Month
	Number       int
	Book         string
	People       int // who are paid
	Gross, Net   int64
	Hash         string // SHA-256 of the list's exact bytes
	ClosedAt     time.Time
	ClosedName   string
	ReopenedAt   time.Time // zero while it stands
	ReopenedName string
	Reason       string // why it was opened again
}

const selectClosing = `SELECT month, number, book, people, gross, net, hash, closed_at, closed_name, reopened_at, reopened_name, reason FROM monthclose_closing `

func scanClosing(r db.Row) (Closing, error) {
	var c Closing
	err := r.Scan(&c.Month, &c.Number, &c.Book, &c.People, &c.Gross, &c.Net, &c.Hash, db.TimeTo(&c.ClosedAt), &c.ClosedName, db.TimeTo(&c.ReopenedAt), &c.ReopenedName, &c.Reason)
	return c, err
}

// Closings returns every list a month was closed with, the latest first.
func (s *Service) Closings(ctx context.Context, actor account.Actor, m Month) ([]Closing, error) {
	if _, err := s.reachOf(ctx, actor); err != nil {
		return nil, err
	}
	return db.All(ctx, s.DB, selectClosing+`WHERE month = $1 ORDER BY number DESC`, scanClosing, string(m))
}

// closedList is a list as it is stored: packed JSON.
type closedList struct {
	Format string      `json:"format"`
	Month  Month       `json:"month"`
	Number int         `json:"number"`
	Book   string      `json:"rulebook"`
	Rows   []closedRow `json:"rows"`
}

type closedRow struct {
	Person   string          `json:"person"`
	Name     string          `json:"name"`
	NIP      string          `json:"nip,omitempty"`
	Post     string          `json:"post"`
	Unit     string          `json:"unit"`
	OfficeID string          `json:"office"`
	Office   string          `json:"office_name"`
	Rank     string          `json:"rank,omitempty"`
	Class    int             `json:"class"`
	State    State           `json:"state"`
	Desk     Desk            `json:"desk,omitempty"`
	Lack     Lack            `json:"lack,omitempty"`
	Input    json.RawMessage `json:"input"`
	Sum      Sum             `json:"sum"`
}

const listFormat = "tpp-list-1"

// Move moves a month: to check it, back, to close it, and with a reason to open
// a closed one again. version is the shown one's. A month is not closed while an
// objection waits. Needs the whole agency.
func (s *Service) Move(ctx context.Context, actor account.Actor, m Month, version int64, to MonthState, reason string) error {
	if err := s.may(ctx, actor); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	return s.tx(ctx, func(tx *db.Tx) error {
		h, err := headOf(ctx, tx, m)
		if err != nil {
			return err
		}
		if h.Version != version {
			return fault.Clash("monthclose.changed")
		}
		switch [2]MonthState{h.State, to} {
		case [2]MonthState{Open, Checked}, [2]MonthState{Checked, Open}:
			return s.move(ctx, tx, actor, h, to, "")
		case [2]MonthState{Checked, Closed}:
			return s.close(ctx, tx, actor, h)
		case [2]MonthState{Closed, Checked}:
			if reason == "" {
				return fault.WrongField("reason", "form.required")
			}
			if len([]rune(reason)) > mostWords {
				return fault.WrongField("reason", "form.too_long", mostWords)
			}
			return s.reopen(ctx, tx, actor, h, reason)
		}
		return fault.Clash("monthclose.month.step")
	})
}

func (s *Service) move(ctx context.Context, tx *db.Tx, actor account.Actor, h Head, to MonthState, reason string) error {
	closings := h.Closings
	if to == Closed {
		closings++
	}
	_, err := db.Exec(ctx, tx, `UPDATE monthclose_month SET state = $1, version = version + 1, closings = $2, moved_at = $3, moved_by = $4, reason = $5 WHERE month = $6`,
		string(to), closings, db.Time(s.Now()), actor.Name, reason, string(h.Month))
	if err != nil || to == Closed || reason != "" {
		return err
	}
	return ledger.Append(ctx, tx, ledger.Entry{
		Kind: "monthclose.moved", Subject: "month:" + string(h.Month), Actor: actor.ID, At: s.Now(),
		Payload: map[string]any{"from": string(h.State), "to": string(to)},
	})
}

// close keeps the list as it stands, with its rulebook, and the hash of its
// bytes in the record.
func (s *Service) close(ctx context.Context, tx *db.Tx, actor account.Actor, h Head) error {
	waiting, err := db.One(ctx, tx, `SELECT count(*) FROM monthclose_objection WHERE month = $1 AND state = 'diajukan'`, db.Value[int], string(h.Month))
	if err != nil {
		return err
	}
	if waiting > 0 {
		return fault.Clash("monthclose.month.objections", waiting)
	}
	book, err := s.bookFor(ctx, h)
	if err != nil {
		return err
	}
	rules, err := s.rules.of(book)
	if err != nil {
		return err
	}
	list, err := s.listOf(ctx, tx, h, rules.formula, book.Hash())
	if err != nil {
		return err
	}
	c, body, err := list.pack()
	if err != nil {
		return err
	}
	if err := s.Books.Keep(ctx, tx, book); err != nil {
		return err
	}
	now := s.Now()
	err = db.Insert(ctx, tx, "monthclose_closing",
		[]string{"month", "number", "book", "people", "gross", "net", "hash", "body", "closed_at", "closed_by", "closed_name", "reopened_by", "reopened_name", "reason"},
		[][]any{{string(h.Month), list.Number, list.Book, c.People, c.Gross, c.Net, c.Hash, body, db.Time(now), actor.ID, actor.Name, "", "", ""}})
	if err != nil {
		return err
	}
	if err := s.move(ctx, tx, actor, h, Closed, ""); err != nil {
		return err
	}
	return ledger.Append(ctx, tx, ledger.Entry{Kind: "monthclose.closed", Subject: "month:" + string(h.Month), Actor: actor.ID, At: now, Payload: map[string]any{
		"number": list.Number, "people": c.People, "gross": c.Gross, "net": c.Net, "hash": c.Hash, "rulebook": list.Book,
	}})
}

// bookFor returns the rulebook the rows of a month were last made with, so that
// what is closed is what was shown.
func (s *Service) bookFor(ctx context.Context, h Head) (*rulebook.Book, error) {
	book, err := s.book(ctx, h.Month)
	if err == nil && book.Hash() != h.Book {
		err = fault.Clash("monthclose.month.rules")
	}
	return book, err
}

// listOf makes the list of a month out of its rows, in order of office and name.
// Every sum is reckoned again on the way: what is closed can be reckoned later.
func (s *Service) listOf(ctx context.Context, tx *db.Tx, h Head, f Formula, book string) (closedList, error) {
	rows, err := db.All(ctx, tx, `SELECT `+listColumns+`, input FROM monthclose_row WHERE month = $1`, scanWhole, string(h.Month))
	list := closedList{Format: listFormat, Month: h.Month, Number: h.Closings + 1, Book: book, Rows: make([]closedRow, 0, len(rows))}
	if err != nil {
		return list, err
	}
	byOffice(rows)
	for _, r := range rows {
		in, err := ReadInput(r.input)
		if err != nil {
			return list, err
		}
		p := f.Pay(in)
		if p.Gross != r.Gross || p.Net != r.Net || p.Ceiling != r.Ceiling {
			return list, fault.Clash("monthclose.month.rules")
		}
		list.Rows = append(list.Rows, closedRow{
			Person: r.PersonID, Name: r.Name, NIP: r.NIP, Post: r.Post, Unit: r.Unit, Office: r.Office, OfficeID: r.OfficeID, Rank: r.Rank, Class: r.Class,
			State: r.State, Desk: r.Desk, Lack: r.Lack, Input: r.input, Sum: sumOf(p),
		})
	}
	return list, nil
}

// pack returns the list's bytes, packed, with its totals and its hash.
func (l closedList) pack() (Closing, []byte, error) {
	var c Closing
	for _, r := range l.Rows {
		if r.State == Ready {
			c.People++
			c.Gross += r.Sum.Gross
			c.Net += r.Sum.Net
		}
	}
	raw, err := json.Marshal(l)
	if err != nil {
		return c, nil, err
	}
	sum := sha256.Sum256(raw)
	c.Hash = hex.EncodeToString(sum[:])
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(raw); err != nil {
		return c, nil, err
	}
	if err := z.Close(); err != nil {
		return c, nil, err
	}
	return c, packed.Bytes(), nil
}

// reopen opens a closed month again. The list that was closed stays in the
// record.
func (s *Service) reopen(ctx context.Context, tx *db.Tx, actor account.Actor, h Head, reason string) error {
	now := s.Now()
	_, err := db.Exec(ctx, tx, `UPDATE monthclose_closing SET reopened_at = $1, reopened_by = $2, reopened_name = $3, reason = $4 WHERE month = $5 AND number = $6`,
		db.Time(now), actor.ID, actor.Name, reason, string(h.Month), h.Closings)
	if err != nil {
		return err
	}
	if err := s.move(ctx, tx, actor, h, Checked, reason); err != nil {
		return err
	}
	return ledger.Append(ctx, tx, ledger.Entry{
		Kind: "monthclose.reopened", Subject: "month:" + string(h.Month), Actor: actor.ID, At: now,
		Payload: map[string]any{"number": h.Closings, "reason": reason},
	})
}

// closed returns a list that was closed, and whether its bytes are still those
// whose hash was recorded.
func (s *Service) closed(ctx context.Context, q db.Queryer, m Month, number int) (closedList, Closing, error) {
	c, err := db.One(ctx, q, selectClosing+`WHERE month = $1 AND number = $2`, scanClosing, string(m), number)
	if fault.Is(err, fault.NotFound) {
		return closedList{}, c, fault.Missing("monthclose.closing.none")
	}
	if err != nil {
		return closedList{}, c, err
	}
	body, err := db.One(ctx, q, `SELECT body FROM monthclose_closing WHERE month = $1 AND number = $2`, db.Value[[]byte], string(m), number)
	if err != nil {
		return closedList{}, c, err
	}
	list, err := unpack(body, c.Hash)
	return list, c, err
}

func unpack(body []byte, hash string) (closedList, error) {
	var l closedList
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return l, fmt.Errorf("closed list: %w", err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return l, fmt.Errorf("closed list: %w", err)
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != hash {
		return l, fault.Clash("monthclose.closing.changed")
	}
	if err := json.Unmarshal(raw, &l); err != nil {
		return l, fmt.Errorf("closed list: %w", err)
	}
	return l, nil
}

// Recheck is what reckoning a closed list again gave.
type Recheck struct {
	Closing
	Rows      int
	Different []string // names of people whose sum came out otherwise
}

// Recompute reckons the latest closed list of a month again, with the rulebook
// it was made with, and tells where it differs. Needs the whole agency.
func (s *Service) Recompute(ctx context.Context, actor account.Actor, m Month) (Recheck, error) {
	if err := s.sees(ctx, actor); err != nil {
		return Recheck{}, err
	}
	h, err := headOf(ctx, s.DB, m)
	if err != nil {
		return Recheck{}, err
	}
	list, c, err := s.closed(ctx, s.DB, m, h.Closings)
	if err != nil {
		return Recheck{}, err
	}
	out := Recheck{Closing: c, Rows: len(list.Rows)}
	book, err := s.Books.Kept(ctx, list.Book)
	if err != nil {
		return out, err
	}
	rules, err := s.rules.of(book)
	if err != nil {
		return out, err
	}
	out.Different, err = list.recompute(rules.formula)
	return out, err
}

// recompute reckons every row again and returns who comes out otherwise.
func (l closedList) recompute(f Formula) ([]string, error) {
	var different []string
	for _, r := range l.Rows {
		in, err := ReadInput(r.Input)
		if err != nil {
			return nil, err
		}
		if sumOf(f.Pay(in)) != r.Sum {
			different = append(different, r.Name)
		}
	}
	return different, nil
}
