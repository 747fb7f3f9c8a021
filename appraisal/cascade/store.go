package cascade

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const selectAgreement = `SELECT id, year, unit_id, state, revision, source, body, version, updated_at, updated_by FROM cascade_agreement `

func scanAgreement(r db.Row) (Agreement, error) {
	var a Agreement
	var body string
	if err := r.Scan(&a.ID, &a.Year, &a.UnitID, &a.State, &a.Revision, &a.Source, &body, &a.Version, db.TimeTo(&a.UpdatedAt), &a.UpdatedBy); err != nil {
		return a, err
	}
	if err := json.Unmarshal([]byte(body), &a.Terms); err != nil {
		return a, fmt.Errorf("stored agreement %s: %w", a.ID, err)
	}
	return a, nil
}

// agreementOf returns the agreement of a unit, or one in state None with
// version 0.
func agreementOf(ctx context.Context, q db.Queryer, year int, unit string) (Agreement, error) {
	a, err := db.One(ctx, q, selectAgreement+`WHERE year = $1 AND unit_id = $2`, scanAgreement, year, unit)
	if fault.Is(err, fault.NotFound) {
		return Agreement{Year: year, UnitID: unit, State: None}, nil
	}
	return a, err
}

func agreementsOf(ctx context.Context, q db.Queryer, year int) (map[string]Agreement, error) {
	all, err := db.All(ctx, q, selectAgreement+`WHERE year = $1`, scanAgreement, year)
	byUnit := make(map[string]Agreement, len(all))
	for _, a := range all {
		byUnit[a.UnitID] = a
	}
	return byUnit, err
}

var agreementColumns = []string{"id", "year", "unit_id", "state", "revision", "source", "body", "version", "updated_at", "updated_by"}

func (a Agreement) row() ([]any, error) {
	body, err := a.Terms.bytes()
	if err != nil {
		return nil, err
	}
	return []any{a.ID, a.Year, a.UnitID, string(a.State), a.Revision, string(a.Source), string(body), a.Version, db.Time(a.UpdatedAt), a.UpdatedBy}, nil
}

// bytes returns the terms as they are stored, hashed and signed.
func (t Terms) bytes() ([]byte, error) {
	b, err := json.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("write agreement: %w", err)
	}
	return b, nil
}

// storeAgreements writes agreements whole; the caller has read them in the
// same transaction.
func storeAgreements(ctx context.Context, tx *db.Tx, all ...Agreement) error {
	rows := make([][]any, len(all))
	for i, a := range all {
		row, err := a.row()
		if err != nil {
			return err
		}
		rows[i] = row
	}
	return db.Upsert(ctx, tx, "cascade_agreement", []string{"id"}, agreementColumns, rows)
}

// keepSigned keeps an agreement exactly as it was signed and returns its hash.
func keepSigned(ctx context.Context, tx *db.Tx, all ...Agreement) (hashes []string, err error) {
	rows := make([][]any, len(all))
	for i, a := range all {
		body, err := a.Terms.bytes()
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(body)
		hashes = append(hashes, hex.EncodeToString(sum[:]))
		rows[i] = []any{a.ID, a.Revision, body, hashes[i], string(a.SignedOn)}
	}
	return hashes, db.Insert(ctx, tx, "cascade_signed", []string{"agreement_id", "revision", "body", "hash", "signed_on"}, rows)
}
