package worklog

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// Line is a line of a log that was pasted or loaded, with its number there.
type Line struct {
	Row   int
	Entry Entry
	Wrong *intake.Rejected
}

// fields are the columns of a log.
func fields() []sheet.Field {
	return []sheet.Field{
		{Name: "tanggal", Aliases: []string{"tgl", "hari/tanggal", "hari, tanggal", "date"}},
		{Name: "mulai", Aliases: []string{"jam mulai", "pukul mulai", "waktu mulai", "dari", "start"}},
		{Name: "selesai", Aliases: []string{"jam selesai", "pukul selesai", "waktu selesai", "sampai", "end"}},
		{Name: "jam", Aliases: []string{"waktu", "pukul"}},
		{Name: "kegiatan", Aliases: []string{"uraian", "uraian kegiatan", "aktivitas", "pekerjaan", "kegiatan harian", "uraian pekerjaan", "deskripsi", "activity"}},
		{Name: "output", Aliases: []string{"hasil", "keluaran", "volume", "capaian", "realisasi"}},
		{Name: "bukti", Aliases: []string{"bukti dukung", "tautan", "link", "url"}},
	}
}

// ReadFile reads a log from CSV or XLSX.
func ReadFile(body []byte, year int) ([]Line, error) {
	t, err := intake.Read(body, fields())
	if err != nil {
		return nil, err
	}
	if !t.Has("tanggal") || !t.Has("kegiatan") {
		return nil, fault.WrongField("file", "worklog.no_columns")
	}
	return linesOf(t, year), nil
}

func linesOf(t intake.Table, year int) []Line {
	var all []Line
	var day appraisal.Day
	for _, r := range t.Rows {
		l := Line{Row: r.Number, Entry: Entry{
			Starts: clockText(r.Get("mulai")), Ends: clockText(r.Get("selesai")), Text: r.Get("kegiatan"), Output: r.Get("output"), URL: r.Get("bukti"),
		}}
		if cell := r.Get("jam"); cell != "" && l.Entry.Starts == "" {
			l.Entry.Starts, l.Entry.Ends = span(cell)
		}
		if cell := r.Get("tanggal"); cell != "" {
			d, ok := dayOf(cell, year)
			if !ok {
				l.Wrong = &intake.Rejected{Row: r.Number, Column: "tanggal", Value: cell, Key: "worklog.wrong.day"}
			}
			day = d
		}
		l.Entry.Day = day // an empty cell goes on with the day above
		if l.Wrong == nil && day == "" {
			l.Wrong = &intake.Rejected{Row: r.Number, Column: "tanggal", Key: "worklog.wrong.day"}
		}
		if l.Wrong == nil && l.Entry.Text == "" {
			l.Wrong = &intake.Rejected{Row: r.Number, Column: "kegiatan", Key: "worklog.wrong.empty"}
		}
		all = append(all, l)
	}
	return all
}

// ReadText reads what was pasted: cells of a spreadsheet with a header, or
// lines with the day before them or above them. Lines before any day are of
// the day given.
func ReadText(text string, day appraisal.Day) []Line {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	year, _ := strconv.Atoi(string(day[:min(4, len(day))]))
	if strings.Contains(text, "\t") {
		if t, err := intake.Read([]byte(text), fields()); err == nil && t.Has("tanggal") && t.Has("kegiatan") {
			return linesOf(t, year)
		}
	}
	var all []Line
	for i, raw := range strings.Split(text, "\n") {
		line := strings.TrimSpace(strings.ReplaceAll(raw, "\t", " "))
		if line == "" {
			continue
		}
		if d, rest, ok := leadingDay(line, year); ok {
			day, line = d, rest
			if line == "" {
				continue
			}
		}
		e := Entry{Day: day}
		e.Starts, e.Ends, line = leadingSpan(line)
		e.Text = strings.TrimSpace(bullet.ReplaceAllString(line, ""))
		e.Text, e.URL = trailingURL(e.Text)
		e.Text, e.Output = trailingOutput(e.Text)
		if e.Text == "" {
			continue
		}
		all = append(all, Line{Row: i + 1, Entry: e})
	}
	return all
}

var (
	bullet  = regexp.MustCompile(`^(?:[-*•–]|\d{1,2}[.)])\s+`)
	weekday = regexp.MustCompile(`(?i)^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\s*,?\s*`)
	numeric = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2,4}))?(?:\s*[:,–-]\s+|\s+|:|$)`)
	iso     = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:\s*[:,–]?\s*|$)`)
	named   = regexp.MustCompile(`(?i)^(\d{1,2})\s+(jan\w*|feb\w*|peb\w*|mar\w*|apr\w*|mei|may|jun\w*|jul\w*|agu\w*|aug\w*|sep\w*|okt\w*|oct\w*|nov\w*|nop\w*|des\w*|dec\w*)(?:\s+(\d{4}))?(?:\s*[:,–-]\s*|\s+|$)`)
	hours   = regexp.MustCompile(`^(?:pukul\s+|jam\s+)?(\d{1,2})[.:](\d{2})\s*(?:-|–|—|s\.?\s?/?d\.?|sampai|to)\s*(\d{1,2})[.:](\d{2})(?:\s*WIB|\s*WITA|\s*WIT)?\s*[:,–-]?\s*`)
	oneHour = regexp.MustCompile(`^(?:pukul\s+|jam\s+)(\d{1,2})[.:](\d{2})(?:\s*WIB|\s*WITA|\s*WIT)?\s*[:,–-]?\s*`)
	address = regexp.MustCompile(`\s*\(?(https?://[^\s)]+)\)?\s*$`)
	amount  = regexp.MustCompile(`^(.*?)[\s,:;(–-]+(\d[\d.]*\s+(?:berkas|dokumen|orang|pasien|data|laporan|surat|kegiatan|unit|kali|lembar|warga|siswa|modul|rapat|jam))\)?\.?$`)
)

// leadingDay takes a day from the beginning of a line.
func leadingDay(line string, year int) (appraisal.Day, string, bool) {
	line = weekday.ReplaceAllString(line, "")
	if m := iso.FindStringSubmatch(line); m != nil {
		d, ok := dayOf(m[1], year)
		return d, line[len(m[0]):], ok
	}
	if m := named.FindStringSubmatch(line); m != nil {
		y := m[3]
		if y == "" {
			y = strconv.Itoa(year)
		}
		d, ok := dayOf(m[1]+" "+m[2]+" "+y, year)
		return d, line[len(m[0]):], ok
	}
	if hours.MatchString(line) {
		return "", line, false
	}
	if m := numeric.FindStringSubmatch(line); m != nil {
		d, ok := dayOf(strings.Join([]string{m[1], m[2], m[3]}, "/"), year)
		return d, line[len(m[0]):], ok
	}
	return "", line, false
}

// dayOf reads a day; the year may be missing or have two digits.
func dayOf(text string, year int) (appraisal.Day, bool) {
	text = weekday.ReplaceAllString(strings.TrimSpace(text), "")
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	if len(parts) == 2 {
		text = parts[0] + "/" + parts[1] + "/" + strconv.Itoa(year)
	} else if len(parts) == 3 && len(parts[2]) == 2 && len(parts[0]) <= 2 {
		text = parts[0] + "/" + parts[1] + "/20" + parts[2]
	}
	d, err := sheet.Date(text, sheet.DayFirst)
	return appraisal.Day(d), err == nil
}

// leadingSpan takes hours from the beginning of a line.
func leadingSpan(line string) (from, to, rest string) {
	if m := hours.FindStringSubmatch(line); m != nil {
		from, to = hour(m[1], m[2]), hour(m[3], m[4])
		if from != "" && to != "" {
			return from, to, line[len(m[0]):]
		}
	}
	if m := oneHour.FindStringSubmatch(line); m != nil {
		return hour(m[1], m[2]), "", line[len(m[0]):]
	}
	return "", "", line
}

func hour(h, m string) string {
	t, err := time.Parse("15:04", h+":"+m)
	if err != nil {
		return ""
	}
	return t.Format("15:04")
}

// span reads a cell with hours: "08.00-10.00".
func span(cell string) (from, to string) {
	from, to, _ = leadingSpan(strings.TrimSpace(cell))
	if from == "" {
		from = clockText(cell)
	}
	return from, to
}

// clockText reads a clock as people and spreadsheets write it.
func clockText(cell string) string {
	cell = strings.TrimSpace(strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(cell)), "WIB"))
	for _, layout := range []string{"15:04", "15.04", "15:04:05"} {
		if t, err := time.Parse(layout, cell); err == nil {
			return t.Format("15:04")
		}
	}
	return ""
}

func trailingURL(text string) (rest, url string) {
	m := address.FindStringSubmatchIndex(text)
	if m == nil {
		return text, ""
	}
	return strings.TrimSpace(text[:m[0]]), text[m[2]:m[3]]
}

func trailingOutput(text string) (rest, output string) {
	m := amount.FindStringSubmatch(text)
	if m == nil || strings.TrimSpace(m[1]) == "" {
		return text, ""
	}
	return strings.TrimSpace(m[1]), m[2]
}
