package orgimport

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// jsonTable is a list of flat objects, as SIASN's reference service answers:
// [{…}, …], or an object with such a list anywhere at its top ("data").
// A row's number is its place in the list, from 1.
type jsonTable struct {
	file    *os.File
	fields  []sheet.Field
	columns []string
}

func openJSON(f *os.File, fields []sheet.Field) (*jsonTable, error) {
	t := &jsonTable{file: f, fields: fields}
	seen := map[string]bool{}
	err := t.objects(func(_ int, o map[string]any) error {
		for _, name := range slices.Sorted(maps.Keys(o)) {
			if !seen[name] {
				seen[name] = true
				t.columns = append(t.columns, name)
			}
		}
		if len(t.columns) > maxColumns {
			return fault.Wrong("import.json.columns", maxColumns)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(t.columns) == 0 {
		return nil, fault.Wrong("import.json.no_list")
	}
	return t, nil
}

// maxColumns bounds the columns of a file that is no spreadsheet.
const maxColumns = 1000

func (t *jsonTable) names() []string        { return t.columns }
func (t *jsonTable) index(field string) int { return findField(t.columns, t.fields, field) }
func (t *jsonTable) close() error           { return t.file.Close() }

func (t *jsonTable) rows(fn func(int, []string) error) error {
	cells := make([]string, len(t.columns))
	return t.objects(func(row int, o map[string]any) error {
		for i, name := range t.columns {
			cells[i] = sheet.Clean(jsonText(o[name]))
		}
		return fn(row, cells)
	})
}

// jsonText writes a value as a cell. Lists and objects say nothing.
func jsonText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// objects calls fn with every object of the first list.
func (t *jsonTable) objects(fn func(row int, o map[string]any) error) error {
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	d := json.NewDecoder(skipMark(t.file))
	d.UseNumber()
	if err := toList(d); err != nil {
		return asJSONFault(err)
	}
	for row := 1; d.More(); row++ {
		var o map[string]any
		if err := d.Decode(&o); err != nil {
			return asJSONFault(fmt.Errorf("element %d: %w", row, err))
		}
		if err := fn(row, o); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return asJSONFault(err)
}

// toList reads up to and including the "[" of the list.
func toList(d *json.Decoder) error {
	first, err := d.Token()
	if err != nil || first == json.Delim('[') {
		return err
	}
	for d.More() {
		if _, err := d.Token(); err != nil { // the key
			return err
		}
		value, err := d.Token()
		switch {
		case err != nil:
			return err
		case value == json.Delim('['):
			return nil
		case value == json.Delim('{'):
			if err := skipObject(d); err != nil {
				return err
			}
		}
	}
	return fault.Wrong("import.json.no_list")
}

// skipObject reads to the end of the object that has begun.
func skipObject(d *json.Decoder) error {
	for depth := 1; depth > 0; {
		switch t, err := d.Token(); {
		case err != nil:
			return err
		case t == json.Delim('{') || t == json.Delim('['):
			depth++
		case t == json.Delim('}') || t == json.Delim(']'):
			depth--
		}
	}
	return nil
}

// asJSONFault turns an error of reading JSON into a sentence.
func asJSONFault(err error) error {
	var f *fault.Error
	var other *json.UnmarshalTypeError
	switch {
	case err == nil || errors.As(err, &f):
		return err
	case errors.As(err, &other): // a list of something else than objects
		return fault.Wrong("import.json.no_list").Because(err)
	}
	return fault.Wrong("import.json.damaged").Because(err)
}

// skipMark leaves out a byte-order mark.
func skipMark(r io.Reader) io.Reader {
	var head [3]byte
	n, _ := io.ReadFull(r, head[:])
	if n == 3 && string(head[:]) == "\xEF\xBB\xBF" {
		return r
	}
	return io.MultiReader(bytes.NewReader(head[:n]), r)
}
