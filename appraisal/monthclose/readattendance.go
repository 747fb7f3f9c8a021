package monthclose

import (
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// sums are the columns of a list that only tells how often: the name of each,
// and the event or deduction it counts.
var sums = []struct {
	code    string
	aliases []string
}{
	{"terlambat_1", []string{"tl1", "tl 1", "kmk1", "kmk 1", "terlambat 1-30", "terlambat 1 30 menit", "terlambat 1"}},
	{"terlambat_2", []string{"tl2", "tl 2", "kmk2", "kmk 2", "terlambat 31-60", "terlambat 31 60 menit", "terlambat 2"}},
	{"terlambat_3", []string{"tl3", "tl 3", "kmk3", "kmk 3", "terlambat 61-90", "terlambat 61 90 menit", "terlambat 3"}},
	{"terlambat_4", []string{"tl4", "tl 4", "kmk4", "kmk 4", "terlambat >90", "terlambat lebih 90", "terlambat 4"}},
	{"pulang_cepat_1", []string{"psw1", "psw 1", "cpk1", "cpk 1", "pulang cepat 1"}},
	{"pulang_cepat_2", []string{"psw2", "psw 2", "cpk2", "cpk 2", "pulang cepat 2"}},
	{"pulang_cepat_3", []string{"psw3", "psw 3", "cpk3", "cpk 3", "pulang cepat 3"}},
	{"pulang_cepat_4", []string{"psw4", "psw 4", "cpk4", "cpk 4", "pulang cepat 4"}},
	{"alpa", []string{"tk", "tanpa keterangan", "alpha", "mangkir"}},
	{"tidak_apel", []string{"tidak apel", "alpa apel", "tidak ikut apel"}},
	{"tanpa_masuk", []string{"tidak absen masuk", "tanpa absen masuk", "tam"}},
	{"tanpa_pulang", []string{"tidak absen pulang", "tanpa absen pulang", "tap"}},
	{"sakit", []string{"s"}},
	{"izin", []string{"ijin", "i"}},
	{"cuti", []string{"c"}},
}

func attendanceFields() []sheet.Field {
	fields := []sheet.Field{
		{Name: "nip", Aliases: []string{"nip baru", "nip pegawai", "nip/nik"}},
		{Name: "nama", Aliases: []string{"nama pegawai", "nama lengkap"}},
		{Name: "jabatan", Aliases: []string{"nama jabatan"}},
		{Name: "unit", Aliases: []string{"unit kerja", "unor", "nama unor", "satuan kerja"}},
		{Name: "tanggal", Aliases: []string{"tgl", "hari tanggal", "tanggal presensi"}},
		{Name: "terlambat", Aliases: []string{"menit terlambat", "terlambat (menit)", "telat", "tl"}},
		{Name: "pulang cepat", Aliases: []string{"menit pulang cepat", "pulang cepat (menit)", "psw"}},
		{Name: "keterangan", Aliases: []string{"status", "status kehadiran", "kehadiran", "ket"}},
		{Name: "hadir apel", Aliases: []string{"apel", "apel pagi"}},
	}
	for _, s := range sums {
		fields = append(fields, sheet.Field{Name: "jumlah " + s.code, Aliases: append([]string{s.code}, s.aliases...)})
	}
	return fields
}

// attendanceRow is one row: what somebody's day held, or with an empty day what
// the whole month did.
type attendanceRow struct {
	number int
	who
	day    Day
	events []Event
}

// readAttendance reads a list of attendance: a row a person and day, or a row a
// person with sums. Days outside the dates of the month are noted as rejected.
func readAttendance(body []byte, d Dates, rep *intake.Report) (rows []attendanceRow, daily bool, err error) {
	t, err := intake.Read(body, attendanceFields())
	if err != nil {
		return nil, false, err
	}
	daily = t.Has("tanggal")
	if !t.Has("nip") && !t.Has("nama") || !daily && !hasSum(t) {
		return nil, false, fault.WrongField("file", "monthclose.import.no_attendance_columns")
	}
	rep.Rows = len(t.Rows)
	for _, row := range t.Rows {
		r := attendanceRow{number: row.Number}
		var bad badCell
		if r.who, bad = whoOf(row); bad.key == "" {
			if daily {
				bad = r.readDay(row, d)
			} else {
				bad = r.readSums(row)
			}
		}
		if bad.key != "" {
			rep.Reject(row.Number, bad.column, bad.value, bad.key)
			continue
		}
		tidyEvents(r.events)
		rows = append(rows, r)
	}
	return rows, daily, nil
}

func hasSum(t intake.Table) bool {
	for _, s := range sums {
		if t.Has("jumlah " + s.code) {
			return true
		}
	}
	return false
}

func (r *attendanceRow) add(e Event) { r.events = append(r.events, e) }

func (r *attendanceRow) readDay(row intake.Row, d Dates) badCell {
	cell := row.Get("tanggal")
	iso, err := sheet.Date(cell, sheet.DayFirst)
	if err != nil {
		return badCell{"tanggal", cell, "monthclose.wrong.day"}
	}
	r.day = Day(iso)
	if r.day < d.AttendanceFrom || r.day > d.AttendanceTo {
		return badCell{"tanggal", cell, "monthclose.wrong.outside"}
	}
	for _, c := range []struct{ column, code string }{{"terlambat", "terlambat"}, {"pulang cepat", "pulang_cepat"}} {
		minutes, ok := minutesOf(row.Get(c.column))
		if !ok {
			return badCell{c.column, row.Get(c.column), "monthclose.wrong.minutes"}
		}
		if minutes > 0 {
			r.add(Event{Day: iso, Code: c.code, Minutes: minutes})
		}
	}
	code, ok := presenceOf(row.Get("keterangan"))
	if !ok {
		return badCell{"keterangan", row.Get("keterangan"), "monthclose.wrong.word"}
	}
	if code != "" {
		r.add(Event{Day: iso, Code: code})
	}
	missed, ok := missedOf(row.Get("hadir apel"))
	if !ok {
		return badCell{"hadir apel", row.Get("hadir apel"), "monthclose.wrong.word"}
	}
	if missed {
		r.add(Event{Day: iso, Code: "apel"})
	}
	return badCell{}
}

func (r *attendanceRow) readSums(row intake.Row) badCell {
	for _, s := range sums {
		cell := row.Get("jumlah " + s.code)
		if cell == "" || cell == "-" {
			continue
		}
		n, err := sheet.Int(cell)
		if err != nil || n < 0 || n > mostCount {
			return badCell{s.code, cell, "monthclose.wrong.times"}
		}
		if n > 0 {
			r.add(Event{Code: s.code, Count: n})
		}
	}
	return badCell{}
}

// minutesOf reads minutes: a number, or hours and minutes.
func minutesOf(cell string) (int64, bool) {
	if cell == "" || cell == "-" {
		return 0, true
	}
	if hours, rest, has := strings.Cut(cell, ":"); has {
		part, _, _ := strings.Cut(rest, ":")
		h, err := strconv.Atoi(hours)
		m, err2 := strconv.Atoi(part)
		return int64(h*60 + m), err == nil && err2 == nil && h >= 0 && h < 24 && m >= 0 && m < 60
	}
	n, err := sheet.Int(strings.TrimSuffix(strings.TrimSpace(strings.ToLower(cell)), "menit"))
	return n, err == nil && n >= 0 && n <= 24*60
}

// presenceOf reads what a day is marked as; empty for a day that was worked.
func presenceOf(text string) (code string, ok bool) {
	switch search.Fold(text) {
	case "", "h", "hadir", "masuk", "dl", "dinas luar", "dinas", "tugas", "libur", "off", "wfh", "wfa", "ok":
		return "", true
	case "a", "alpa", "alpha", "tk", "tanpa keterangan", "mangkir", "tidak hadir", "tidak masuk":
		return "alpa", true
	case "s", "sakit":
		return "sakit", true
	case "i", "izin", "ijin":
		return "izin", true
	case "c", "cuti", "cuti tahunan", "cuti sakit", "cuti melahirkan", "cuti alasan penting":
		return "cuti", true
	case "tam", "tidak absen masuk", "tanpa absen masuk", "tidak rekam masuk":
		return "tanpa_masuk", true
	case "tap", "tidak absen pulang", "tanpa absen pulang", "tidak rekam pulang":
		return "tanpa_pulang", true
	}
	return "", false
}

// missedOf reads whether an assembly was missed.
func missedOf(text string) (missed, ok bool) {
	switch search.Fold(text) {
	case "", "ya", "y", "hadir", "h", "1", "ikut", "tidak ada", "libur":
		return false, true
	case "tidak", "t", "0", "tidak hadir", "tidak ikut", "tidak apel", "alpa", "a":
		return true, true
	}
	return false, false
}
