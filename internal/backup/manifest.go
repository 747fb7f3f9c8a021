package backup

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gurindam/gurindam/internal/db"
)

// format is the first thing a reader asks for; it changes when an older reader
// could not restore what a newer writer wrote.
const format = "gurindam-backup-1"

// Names inside the archive.
const (
	manifestName = "manifest.json"
	tablePrefix  = "table/"
	tableSuffix  = ".jsonl"
	dataPrefix   = "data/"
)

// Manifest says what a backup holds.
type Manifest struct {
	Format     string      `json:"format"`
	Made       time.Time   `json:"made"`
	Engine     string      `json:"engine"`
	Migrations []string    `json:"migrations"`
	Tables     []TableInfo `json:"tables"`
	Files      int         `json:"files"`
}

// TableInfo is one table of a backup.
type TableInfo struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
}

// Rows returns the number of rows of all tables.
func (m Manifest) Rows() int64 {
	var n int64
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// encodeRow writes a row as a line of JSON.
func encodeRow(values []any) ([]byte, error) {
	line, err := json.Marshal(values) // bytes become base64
	return append(line, '\n'), err
}

// decodeRow reads a row into values as the columns hold them.
func decodeRow(raw []json.RawMessage, columns []db.Column) ([]any, error) {
	if len(raw) != len(columns) {
		return nil, fmt.Errorf("%d values for %d columns", len(raw), len(columns))
	}
	row := make([]any, len(raw))
	for i, c := range columns {
		v, err := decodeValue(raw[i], c.Kind)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		row[i] = v
	}
	return row, nil
}

func decodeValue(raw json.RawMessage, kind db.Kind) (any, error) {
	if string(raw) == "null" {
		return nil, nil
	}
	switch kind {
	case db.Int:
		return decode[int64](raw)
	case db.Float:
		return decode[float64](raw)
	case db.Bool:
		return decode[bool](raw)
	case db.Bytes:
		text, err := decode[string](raw)
		if err != nil {
			return nil, err
		}
		return base64.StdEncoding.DecodeString(text)
	}
	return decode[string](raw)
}

func decode[T any](raw json.RawMessage) (T, error) {
	var v T
	err := json.Unmarshal(raw, &v)
	return v, err
}
