package participation

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/sheet"
)

// importFields are the columns an import looks for besides the elements.
func importFields() []sheet.Field {
	return []sheet.Field{
		{Name: "year", Aliases: []string{"tahun"}},
		{Name: "quarter", Aliases: []string{"triwulan", "tw"}},
		{Name: "semester"},
		{Name: "month", Aliases: []string{"bulan"}},
		{Name: "date", Aliases: []string{"tanggal", "tgl", "tanggal survei"}},
		{Name: "sex", Aliases: []string{"gender", "jenis kelamin", "jk", "l/p"}},
		{Name: "age", Aliases: []string{"umur", "usia"}},
		{Name: "education", Aliases: []string{"pendidikan"}},
		{Name: "work", Aliases: []string{"pekerjaan", "occupation"}},
		{Name: "disability", Aliases: []string{"disabilitas"}},
		{Name: "words", Aliases: []string{"saran", "kritik dan saran", "komentar", "masukan"}},
	}
}

// elementFields are the nine under the names offices give them. Numbers (U8,
// U9) are left out on purpose: sources swap them.
func elementFields() []sheet.Field {
	return []sheet.Field{
		{Name: "requirements", Aliases: []string{"persyaratan"}},
		{Name: "procedure", Aliases: []string{"prosedur", "sistem mekanisme dan prosedur"}},
		{Name: "time", Aliases: []string{"waktu", "waktu penyelesaian", "waktu pelayanan"}},
		{Name: "cost", Aliases: []string{"biaya", "biaya/tarif", "tarif"}},
		{Name: "product", Aliases: []string{"produk", "produk layanan", "produk spesifikasi jenis pelayanan"}},
		{Name: "competence", Aliases: []string{"kompetensi", "kompetensi pelaksana"}},
		{Name: "behaviour", Aliases: []string{"perilaku", "perilaku pelaksana"}},
		{Name: "complaints", Aliases: []string{"pengaduan", "penanganan pengaduan", "penanganan pengaduan saran dan masukan"}},
		{Name: "facilities", Aliases: []string{"sarana", "sarana dan prasarana"}},
		{Name: "charter", Aliases: []string{"maklumat", "maklumat pelayanan"}},
	}
}

// span is a period an imported row belongs to.
type span struct{ from, to string }

// quarterOf returns the quarter a date lies in.
func quarterOf(t time.Time) span { return months(t.Year(), int(t.Month()-1)/3*3+1, 3) }

// months returns the span of n months from a month of a year.
func months(year, first, n int) span {
	from := time.Date(year, time.Month(first), 1, 0, 0, 0, 0, time.UTC)
	return span{from.Format(time.DateOnly), from.AddDate(0, n, -1).Format(time.DateOnly)}
}

// readSpan reads the period of a row from whichever columns there are. cell
// gives a column's cell, empty when the column is missing.
func readSpan(cell func(string) string) (s span, day string, column string) {
	if d := cell("date"); d != "" {
		iso, err := sheet.Date(d, sheet.DayFirst)
		t, parse := time.Parse(time.DateOnly, iso)
		if err != nil || parse != nil {
			return s, "", "date"
		}
		return quarterOf(t), iso, ""
	}
	year, err := strconv.Atoi(cell("year"))
	if err != nil || year < 2000 || year > 2100 {
		return s, "", "year"
	}
	for _, part := range []struct {
		column string
		length int
	}{{"month", 1}, {"quarter", 3}, {"semester", 6}} {
		text := cell(part.column)
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 12/part.length {
			return s, "", part.column
		}
		s = months(year, (n-1)*part.length+1, part.length)
		return s, s.to, ""
	}
	s = months(year, 1, 12)
	return s, s.to, ""
}

// readImported reads the profile as offices write it. What is not understood is
// left out: it says nothing about the answer. doubtful names the columns.
func readImported(cell func(string) string) (p Profile, doubtful []string) {
	note := func(column, value, code string) string {
		if value != "" && code == "" {
			doubtful = append(doubtful, column)
		}
		return code
	}
	p.Sex = note("sex", cell("sex"), sexCode(cell("sex")))
	p.Age = note("age", cell("age"), ageCode(cell("age")))
	p.Education = note("education", cell("education"), educationCode(cell("education")))
	p.Work = workCode(cell("work"))
	p.Disability = disabilityCode(cell("disability"))
	return p, doubtful
}

func sexCode(s string) string {
	switch strings.ToLower(s) {
	case "l", "m", "laki-laki", "laki laki", "pria", "male":
		return "m"
	case "p", "f", "perempuan", "wanita", "female":
		return "f"
	}
	return ""
}

// ageCode turns years into a band; what nobody can be is left out. A band comes
// back as it is.
func ageCode(s string) string {
	for _, f := range Fields() {
		for _, code := range f.Codes {
			if f.Name == "age" && code == s {
				return code
			}
		}
	}
	n, err := strconv.Atoi(s)
	switch {
	case err != nil || n < 5 || n > 120:
		return ""
	case n < 18:
		return "u18"
	case n < 30:
		return "18-29"
	case n < 45:
		return "30-44"
	case n < 60:
		return "45-59"
	}
	return "60+"
}

func educationCode(s string) string {
	s = strings.ToLower(strings.NewReplacer("-", "", " ", "", ".", "").Replace(s))
	switch {
	case s == "":
		return ""
	case strings.HasPrefix(s, "sd"):
		return "sd"
	case strings.HasPrefix(s, "smp"), strings.HasPrefix(s, "sltp"):
		return "smp"
	case strings.HasPrefix(s, "sma"), strings.HasPrefix(s, "smk"), strings.HasPrefix(s, "slta"):
		return "sma"
	case strings.HasPrefix(s, "s1"):
		return "s1"
	case strings.HasPrefix(s, "s2"), strings.HasPrefix(s, "s3"):
		return "s2"
	case len(s) >= 2 && s[0] == 'd' && (s[1] >= '1' && s[1] <= '4' || s[1] == 'i'), s == "d":
		return "d"
	}
	return ""
}

func workCode(s string) string {
	s = strings.ToLower(s)
	for _, pair := range [][2]string{
		{"pns", "asn"},
		{"asn", "asn"},
		{"pppk", "asn"},
		{"tni", "tni_polri"},
		{"polri", "tni_polri"},
		{"wira", "business"}, // before "swasta": wiraswasta is its own master
		{"swasta", "private"},
		{"pedagang", "business"},
		{"petani", "farmer_fisher"},
		{"nelayan", "farmer_fisher"},
		{"lepas", "daily"},
		{"buruh", "daily"},
		{"pelajar", "student"},
		{"mahasiswa", "student"},
		{"rumah tangga", "home"},
		{"irt", "home"},
		{"pensiun", "retired"},
	} {
		if strings.Contains(s, pair[0]) {
			return pair[1]
		}
	}
	if s == "" {
		return ""
	}
	return "other"
}

func disabilityCode(s string) string {
	switch s = strings.ToLower(s); {
	case s == "":
		return ""
	case strings.Contains(s, "fisik"), s == "physical":
		return "physical"
	case strings.Contains(s, "intelektual"), s == "intellectual":
		return "intellectual"
	case strings.Contains(s, "mental"):
		return "mental"
	case strings.Contains(s, "sensor"):
		return "sensory"
	case strings.Contains(s, "non"), strings.Contains(s, "tidak"), s == "none":
		return "none"
	}
	return ""
}

// importID is the id of an imported answer: made of what the row says and which
// of several equal rows it is, so that loading a file again finds them all.
func importID(wave string, a Answer, occurrence int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "gurindam import\x00%s\x00%s\x00%s\x00%s\x00%s\x00%s\x00%d",
		wave, a.Stratum, a.Day, a.Marks, a.Profile, a.Words, occurrence))
	return hex.EncodeToString(sum[:16])
}
