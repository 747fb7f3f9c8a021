package bkn

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"slices"

	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/sheet"
)

// sortDocuments puts documents in an order that does not depend on a map's.
func sortDocuments(all []Document) {
	slices.SortFunc(all, func(a, b Document) int { return cmp.Or(cmp.Compare(a.Slug, b.Slug), cmp.Compare(a.ID, b.ID)) })
}

// columns are the fields of a kind in the order of the service, led by the two
// by which people find a row.
func columns(k Kind) []string {
	if k == Annual {
		return []string{
			"nip", "nama", "id", "pnsDinilaiOrang", "tahun", "hasilKinerjaNilai", "perilakuKerjaNilai", "kuadranKinerjaNilai",
			"penilaiNama", "penilaiNipNrp", "penilaiGolongan", "penilaiJabatan", "penilaiUnorNama", "statusPenilai", "path",
		}
	}
	return []string{
		"nip", "nama", "id", "pnsDinilaiId", "tahun", "periodikId", "bulanMulaiPenilaian", "tahunMulaiPenilaian", "bulanSelesaiPenilaian", "tahunSelesaiPenilaian",
		"hasilKinerjaNilai", "perilakuKerjaNilai", "kuadranKinerjaNilai", "koefisienId",
		"penilaiNama", "penilaiNipNrp", "penilaiGolongan", "penilaiJabatanNama", "penilaiUnorNama", "statusPenilai", "path",
	}
}

// WriteSheet writes records as a table in the format of internal/sheet. Every
// cell is text, so that no program changes a number; documents stand in one
// cell as JSON.
func WriteSheet(w io.Writer, format string, k Kind, rows []Row) error {
	doc := sheet.Doc{Title: string(k)}
	for _, c := range columns(k) {
		doc.Columns = append(doc.Columns, sheet.Column{Key: c, Label: c})
	}
	doc.Rows = func(yield func([]string, error) bool) {
		for _, r := range rows {
			cells, err := r.cells(k)
			if !yield(cells, err) || err != nil {
				return
			}
		}
	}
	return sheet.Write(w, format, doc)
}

func (r Row) cells(k Kind) ([]string, error) {
	body, err := json.Marshal(r.Record)
	if err != nil {
		return nil, err
	}
	var of map[string]json.RawMessage
	if err := json.Unmarshal(body, &of); err != nil {
		return nil, err
	}
	f := fields{of: of}
	for name, v := range of {
		f.of[lower(name)] = v
	}
	var cells []string
	for _, c := range columns(k) {
		switch c {
		case "nip":
			cells = append(cells, r.NIP)
		case "nama":
			cells = append(cells, r.Name)
		case "path":
			cells = append(cells, documentsText(r.Record.Documents))
		default:
			cells = append(cells, f.text(c))
		}
	}
	return cells, nil
}

func documentsText(all []Document) string {
	if len(all) == 0 {
		return ""
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(all) // five texts cannot fail
	return string(bytes.TrimSpace(b.Bytes()))
}

// ReadSheet reads the table that WriteSheet writes, its columns in any order.
func ReadSheet(body []byte) ([]Read, error) {
	var wanted []sheet.Field
	for _, k := range []Kind{Periodic, Annual} {
		for _, c := range columns(k) {
			if !slices.ContainsFunc(wanted, func(f sheet.Field) bool { return f.Name == c }) {
				wanted = append(wanted, sheet.Field{Name: c})
			}
		}
	}
	t, err := intake.Read(body, wanted)
	if err != nil {
		return nil, err
	}
	var all []Read
	for _, row := range t.Rows {
		f := fields{row: row.Number, of: map[string]json.RawMessage{}}
		for _, w := range wanted {
			cell := row.Get(w.Name)
			switch {
			case !t.Has(w.Name):
			case w.Name == "path" && cell != "":
				f.of["path"] = json.RawMessage(cell)
			case w.Name != "path":
				f.of[lower(w.Name)] = json.RawMessage(quoted(cell))
			}
		}
		all = append(all, f.read())
	}
	return all, nil
}

func quoted(s string) []byte {
	b, _ := json.Marshal(s) // a text cannot fail
	return b
}

func lower(s string) string { return string(bytes.ToLower([]byte(s))) }
