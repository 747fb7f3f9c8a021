package sheet

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "",
		"  a b  ":               "a b",
		"\u00A0NIP\u00A0":       "NIP",
		"\uFEFFNIP\u200B":       "NIP",
		"'198609262015051001":   "198609262015051001",
		"' 198609262015051001":  "' 198609262015051001",
		"'":                     "'",
		"''":                    "'",
		"'Aisyiyah":             "'Aisyiyah",
		"''Aisyiyah":            "'Aisyiyah",
		"'=1+1":                 "=1+1",
		"'-":                    "'-",
		"'-5":                   "-5",
		"'+62812":               "+62812",
		`="198609262015051001"`: "198609262015051001",
		`="a ""b"" c"`:          `a "b" c`,
		`="a"&"b"`:              `="a"&"b"`,
		`=""`:                   "",
		"O'Brien":               "O'Brien",
		"a\nb ":                 "a\nb",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	for in, want := range map[string]string{
		"2015-03-01":                "2015-03-01",
		"2015-3-1":                  "2015-03-01",
		"2015/03/01":                "2015-03-01",
		"01/03/2015":                "2015-03-01",
		"1-3-2015":                  "2015-03-01",
		"01.03.2015":                "2015-03-01",
		"'01-03-2015":               "2015-03-01",
		"31/12/1999":                "1999-12-31",
		"29/02/2024":                "2024-02-29",
		"1 Maret 2015":              "2015-03-01",
		"1 MARET 2015":              "2015-03-01",
		"17 Agustus 1945":           "1945-08-17",
		"5 OKTOBER 2020":            "2020-10-05",
		"5 Nopember 2020":           "2020-11-05",
		"5 Peb 2020":                "2020-02-05",
		"01-Mar-2015":               "2015-03-01",
		"20150301":                  "2015-03-01",
		"2015-03-01 00:00:00":       "2015-03-01",
		"2015-03-01T07:30:00+07:00": "2015-03-01",
		"01/03/2015 7:30":           "2015-03-01",
		"42064":                     "2015-03-01",
		"42064.5":                   "2015-03-01",
		"42064,5":                   "2015-03-01",
	} {
		if got, err := Date(in, DayFirst); got != want || err != nil {
			t.Errorf("Date(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, bad := range []string{"", "x", "2015", "31/02/2015", "00/01/2015", "13/13/2015", "1/3/15", "2015-03", "March 2015", "1 Foo 2015", "1.98609E+17", "99999999", "20151301", "+1/3/2015", "1/3/2015 x", "01/03/0015", "150301", "３１/12/2015", "-42064"} {
		if got, err := Date(bad, DayFirst); codeOf(err) != "sheet.cell_date" {
			t.Errorf("Date(%q) = %q, %v", bad, got, err)
		}
	}
	if got, err := Date("09/22/1986", MonthFirst); got != "1986-09-22" || err != nil {
		t.Errorf("month first: %q, %v", got, err)
	}
}

// Whatever way a day is written, it is read as that day.
func TestDateReadsEveryDayInEveryForm(t *testing.T) {
	months := strings.Fields("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 70_000).Draw(t, "days"))
		want := day.Format(time.DateOnly)
		named := day.Format("2 ") + months[day.Month()-1] + day.Format(" 2006")
		for _, text := range []string{want, day.Format("02/01/2006"), day.Format("2-1-2006"), day.Format("20060102"), named, day.Format("02 Jan 2006"), day.Format("2006-01-02 15:04:05")} {
			if got, err := Date(text, DayFirst); got != want || err != nil {
				t.Fatalf("Date(%q) = %q, %v", text, got, err)
			}
		}
		if serial := int(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24); serial >= 10_000 && serial < 100_000 {
			if got, err := Date(strconv.Itoa(serial), DayFirst); got != want || err != nil {
				t.Fatalf("Date(%d) = %q, %v; want %q", serial, got, err, want)
			}
		}
	})
}

func TestID(t *testing.T) {
	for in, want := range map[string]string{
		"198609262015051001":       "198609262015051001",
		"'19860926 201505 1 001":   "198609262015051001",
		"00155792":                 "00155792",
		"12345.0":                  "12345",
		"CLG170":                   "CLG170",
		"12E3":                     "12E3",
		"8AE4E2B6-1E05":            "8AE4E2B6-1E05",
		"":                         "",
		"v1.0":                     "v1.0",
		`="198609262015051001"`:    "198609262015051001",
		"1986\u00A00926\u00A02015": "198609262015",
	} {
		if got, err := ID(in); got != want || err != nil {
			t.Errorf("ID(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, bad := range []string{"1.98609E+17", "1,98609E+17", "1.98609262015051E+17", "1e+17", "198609262015051008.0", "'1.98609E+17"} {
		if got, err := ID(bad); codeOf(err) != "sheet.cell_scientific" {
			t.Errorf("ID(%q) = %q, %v", bad, got, err)
		}
	}
}

func TestInt(t *testing.T) {
	for in, want := range map[string]int64{
		"0": 0, "-5": -5, "1234567": 1234567, "1.234.567": 1234567, "1,234,567": 1234567, "1.234": 1234, "6,000": 6000,
		"Rp 1.234.567,00": 1234567, "Rp. 1.000.000": 1000000, "RP1000": 1000, "1234.00": 1234, "1.5E+6": 1500000, "2E+17": 200000000000000000,
		"6,000,000": 6000000,
	} {
		if got, err := Int(in); got != want || err != nil {
			t.Errorf("Int(%q) = %d, %v; want %d", in, got, err, want)
		}
	}
	for in, want := range map[string]string{"": "sheet.cell_number", "x": "sheet.cell_number", "(5": "sheet.cell_number", "1.5": "sheet.cell_whole", "69222.18": "sheet.cell_whole", "1e99": "sheet.cell_whole", "NaN": "sheet.cell_whole", "12,34,56": "sheet.cell_number", "1.234,50": "sheet.cell_whole"} {
		if got, err := Int(in); codeOf(err) != want {
			t.Errorf("Int(%q) = %d, %v; want %s", in, got, err, want)
		}
	}
}

func TestDecimal(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-5": "-5", "1234.5": "1234.5", "1234,5": "1234.5", "1.234,5": "1234.5", "1,234.5": "1234.5", "1.234.567": "1234567",
		"6,000,000": "6000000", "1.234": "1.234", "0,125": "0.125", "3,14": "3.14", "80%": "0.80", "79,5 %": "0.795", "1.5E-3": "0.0015",
		"Rp 1.234,50": "1234.50", "+7": "7", "1234,567": "1234.567", ".5": "0.5", "100%": "1.00",
	} {
		if got, err := Decimal(in); err != nil || !sameNumber(got, want) {
			t.Errorf("Decimal(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]string{"": "sheet.cell_number", "x": "sheet.cell_number", "6,000": "sheet.cell_ambiguous", "12,345": "sheet.cell_ambiguous", "NaN": "sheet.cell_number", "Infinity": "sheet.cell_number", "1e9999": "sheet.cell_number", "1..2": "sheet.cell_number", "1,2,3": "sheet.cell_number", "%": "sheet.cell_number"} {
		if got, err := Decimal(in); codeOf(err) != want {
			t.Errorf("Decimal(%q) = %q, %v; want %s", in, got, err, want)
		}
	}
}

func sameNumber(a, b string) bool {
	trimZeros := func(s string) string {
		if strings.Contains(s, ".") {
			s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		}
		return s
	}
	return trimZeros(a) == trimZeros(b)
}

func TestALongCellIsQuotedInPart(t *testing.T) {
	long := strings.Repeat("9", 1<<20)
	_, err1 := Decimal(long)
	_, err2 := Int(long)
	_, err3 := Date(long, DayFirst)
	for _, err := range []error{err1, err2, err3} {
		if err == nil || len(err.Error()) > 200 {
			t.Errorf("%.300v", err)
		}
	}
}

// A number printed the Indonesian or the English way is read as that number.
func TestIntReadsGroupedNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1e15, 1e15).Draw(t, "n")
		for _, separator := range []string{"", ".", ","} {
			text := grouped(n, separator)
			if got, err := Int(text); got != n || err != nil {
				t.Fatalf("Int(%q) = %d, %v", text, got, err)
			}
		}
	})
}

func grouped(n int64, separator string) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return sign + digits
}
