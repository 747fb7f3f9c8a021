package bkn

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/fault"
)

// Read is one record of a file, with its number in it, or why it is none.
type Read struct {
	Row    int
	NIP    string // where the file tells it beside the PNS ID
	Record Record
	Wrong  *intake.Rejected
}

// ReadJSON reads bodies as they are sent to SIASN, and what SIASN answers: one
// object, an array, or either under "data". Names differ a little between the
// two; both are known. What is no JSON is an Invalid fault.
func ReadJSON(body []byte) ([]Read, error) {
	objects, err := objectsOf(bytes.TrimPrefix(body, []byte("\uFEFF")))
	if err != nil {
		return nil, err
	}
	if len(objects) == 0 {
		return nil, fault.WrongField("file", "intake.no_records")
	}
	all := make([]Read, len(objects))
	for i, o := range objects {
		f := fields{row: i + 1, of: map[string]json.RawMessage{}}
		for name, v := range o {
			f.of[strings.ToLower(name)] = v
		}
		all[i] = f.read()
	}
	return all, nil
}

// objectsOf finds the records in whatever surrounds them.
func objectsOf(body []byte) ([]map[string]json.RawMessage, error) {
	body = bytes.TrimSpace(body)
	if len(body) > 0 && body[0] == '[' {
		var all []map[string]json.RawMessage
		return all, broken(json.Unmarshal(body, &all))
	}
	var one map[string]json.RawMessage
	if err := broken(json.Unmarshal(body, &one)); err != nil {
		return nil, err
	}
	for _, name := range []string{"data", "Data", "records"} {
		inner := bytes.TrimSpace(one[name])
		if len(inner) > 0 && (inner[0] == '[' || inner[0] == '{') {
			return objectsOf(inner)
		}
	}
	return []map[string]json.RawMessage{one}, nil
}

func broken(err error) error {
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	at := int64(0)
	switch {
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &kind):
		at = kind.Offset
	}
	return fault.WrongField("file", "intake.broken_json", strconv.FormatInt(at, 10)).Because(err)
}

// fields are the members of one object by lower-case name.
type fields struct {
	row   int
	of    map[string]json.RawMessage
	wrong *intake.Rejected
}

func (f *fields) has(names ...string) bool {
	for _, n := range names {
		if _, has := f.of[strings.ToLower(n)]; has {
			return true
		}
	}
	return false
}

// text returns the first member of a name that is there, numbers as digits.
func (f *fields) text(names ...string) string {
	for _, n := range names {
		raw, has := f.of[strings.ToLower(n)]
		if !has || string(raw) == "null" {
			continue
		}
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return s
		}
		var num json.Number
		if json.Unmarshal(raw, &num) == nil {
			return num.String()
		}
		f.reject(n, string(raw), "bkn.wrong.text")
		return ""
	}
	return ""
}

// number returns a whole number, also written as a text or with a zero
// fraction; 0 where there is none.
func (f *fields) number(names ...string) int {
	text := strings.TrimSpace(f.text(names...))
	if text == "" {
		return 0
	}
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || strings.Trim(fraction, "0") != "" {
		f.reject(names[0], text, "bkn.wrong.number")
	}
	return n
}

func (f *fields) documents() []Document {
	raw, has := f.of["path"]
	if !has || string(raw) == "null" || string(raw) == `""` {
		return nil
	}
	var all []Document
	if json.Unmarshal(raw, &all) == nil {
		return all
	}
	var by map[string]Document // SIASN answers with documents by their kind
	if json.Unmarshal(raw, &by) == nil {
		for _, d := range by {
			all = append(all, d)
		}
		sortDocuments(all)
		return all
	}
	f.reject("path", string(raw), "bkn.wrong.path")
	return nil
}

func (f *fields) reject(column, value, key string, args ...any) {
	if f.wrong == nil {
		f.wrong = &intake.Rejected{Row: f.row, Column: column, Value: excerpt(value), Key: key, Args: args}
	}
}

// excerpt keeps a report readable.
func excerpt(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func (f *fields) read() Read {
	r := Record{
		Kind: Annual, ID: f.text("id"), Person: f.text("pnsDinilaiOrang", "pnsDinilaiId"), Year: f.number("tahun"),
		Results: f.number("hasilKinerjaNilai"), Conduct: f.number("perilakuKerjaNilai"), Quadrant: f.number("kuadranKinerjaNilai"),
		Documents: f.documents(),
		Rater: Rater{
			Name: f.text("penilaiNama", "namaPenilai"), NIP: f.text("penilaiNipNrp", "nipNrpPenilai"), Rank: f.text("penilaiGolongan", "penilaiGolonganId"),
			Post: f.text("penilaiJabatan", "penilaiJabatanNama", "penilaiJabatanNm"), Unit: f.text("penilaiUnorNama", "penilaiUnorNm"), Status: f.text("statusPenilai"),
		},
	}
	if f.has("periodikId", "bulanMulaiPenilaian", "periodikNama") {
		r.Kind, r.Periodic = Periodic, f.text("periodikId")
		r.StartMonth, r.EndMonth = f.number("bulanMulaiPenilaian"), f.number("bulanSelesaiPenilaian")
		r.StartYear, r.EndYear = f.number("tahunMulaiPenilaian"), f.number("tahunSelesaiPenilaian")
		r.Coefficient = f.text("koefisienId", "koefisenId")
	}
	return Read{Row: f.row, NIP: f.text("nip", "nipBaru"), Record: r, Wrong: f.wrong}
}
