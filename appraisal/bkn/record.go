package bkn

import (
	"bytes"
	"encoding/json"
	"io"
)

// Kind is which of SIASN's records.
type Kind string

// The kinds, named as the service names them.
const (
	Annual   Kind = "skp22"
	Periodic Kind = "kinerjaperiodik"
)

// Document is a file SIASN keeps with a record.
type Document struct {
	ID     string `json:"dok_id"`
	Name   string `json:"dok_nama"`
	URI    string `json:"dok_uri"`
	Object string `json:"object"`
	Slug   string `json:"slug"`
}

// Record is one result as SIASN keeps it. The months, the coefficient and the
// kind of period are of periodic records only.
type Record struct {
	Kind                 Kind
	ID                   string // SIASN's own, empty before the first upload
	Person               string // PNS ID
	Year                 int
	Results, Conduct     int
	Quadrant             int
	Rater                Rater
	Documents            []Document
	Periodic             string // 1 monthly, 2 quarterly
	StartMonth, EndMonth int
	StartYear, EndYear   int
	Coefficient          string
}

// Rater is the evaluator as a record names them.
type Rater struct {
	Name, NIP, Rank, Post, Unit, Status string
}

// annual is the body of POST /skp22/save.
type annual struct {
	HasilKinerjaNilai   int        `json:"hasilKinerjaNilai"`
	ID                  string     `json:"id"`
	KuadranKinerjaNilai int        `json:"kuadranKinerjaNilai"`
	Path                []Document `json:"path"`
	PenilaiGolongan     string     `json:"penilaiGolongan"`
	PenilaiJabatan      string     `json:"penilaiJabatan"`
	PenilaiNama         string     `json:"penilaiNama"`
	PenilaiNipNrp       string     `json:"penilaiNipNrp"`
	PenilaiUnorNama     string     `json:"penilaiUnorNama"`
	PerilakuKerjaNilai  int        `json:"perilakuKerjaNilai"`
	PnsDinilaiOrang     string     `json:"pnsDinilaiOrang"`
	StatusPenilai       string     `json:"statusPenilai"`
	Tahun               int        `json:"tahun"`
}

// periodic is the body of POST /kinerjaperiodik/save.
type periodic struct {
	BulanMulaiPenilaian   int        `json:"bulanMulaiPenilaian"`
	BulanSelesaiPenilaian int        `json:"bulanSelesaiPenilaian"`
	HasilKinerjaNilai     int        `json:"hasilKinerjaNilai"`
	ID                    string     `json:"id"`
	KoefisienID           string     `json:"koefisienId"`
	KuadranKinerjaNilai   int        `json:"kuadranKinerjaNilai"`
	Path                  []Document `json:"path"`
	PenilaiGolongan       string     `json:"penilaiGolongan"`
	PenilaiJabatanNama    string     `json:"penilaiJabatanNama"`
	PenilaiNama           string     `json:"penilaiNama"`
	PenilaiNipNrp         string     `json:"penilaiNipNrp"`
	PenilaiUnorNama       string     `json:"penilaiUnorNama"`
	PerilakuKerjaNilai    int        `json:"perilakuKerjaNilai"`
	PeriodikID            string     `json:"periodikId"`
	PnsDinilaiID          string     `json:"pnsDinilaiId"`
	StatusPenilai         string     `json:"statusPenilai"`
	Tahun                 int        `json:"tahun"`
	TahunMulaiPenilaian   int        `json:"tahunMulaiPenilaian"`
	TahunSelesaiPenilaian int        `json:"tahunSelesaiPenilaian"`
}

// MarshalJSON writes the body the service takes.
func (r Record) MarshalJSON() ([]byte, error) {
	documents := r.Documents
	if documents == nil {
		documents = []Document{}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r.body(documents)); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

func (r Record) body(documents []Document) any {
	e := r.Rater
	if r.Kind == Annual {
		return annual{
			HasilKinerjaNilai: r.Results, ID: r.ID, KuadranKinerjaNilai: r.Quadrant, Path: documents,
			PenilaiGolongan: e.Rank, PenilaiJabatan: e.Post, PenilaiNama: e.Name, PenilaiNipNrp: e.NIP, PenilaiUnorNama: e.Unit,
			PerilakuKerjaNilai: r.Conduct, PnsDinilaiOrang: r.Person, StatusPenilai: e.Status, Tahun: r.Year,
		}
	}
	return periodic{
		BulanMulaiPenilaian: r.StartMonth, BulanSelesaiPenilaian: r.EndMonth, HasilKinerjaNilai: r.Results, ID: r.ID, KoefisienID: r.Coefficient,
		KuadranKinerjaNilai: r.Quadrant, Path: documents, PenilaiGolongan: e.Rank, PenilaiJabatanNama: e.Post, PenilaiNama: e.Name,
		PenilaiNipNrp: e.NIP, PenilaiUnorNama: e.Unit, PerilakuKerjaNilai: r.Conduct, PeriodikID: r.Periodic, PnsDinilaiID: r.Person,
		StatusPenilai: e.Status, Tahun: r.Year, TahunMulaiPenilaian: r.StartYear, TahunSelesaiPenilaian: r.EndYear,
	}
}

// WriteJSON writes records as one array of bodies, indented.
func WriteJSON(w io.Writer, records []Record) error {
	if records == nil {
		records = []Record{}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(records)
}
