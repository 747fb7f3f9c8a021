package sheet

import (
	"strconv"
	"strings"
	"time"

	"github.com/cockroachdb/apd/v3"

	"github.com/gurindam/gurindam/internal/fault"
)

// DateOrder says how a date of three numbers is written when its year stands
// last.
type DateOrder uint8

// The orders. DayFirst is how Indonesian offices write.
const (
	DayFirst DateOrder = iota
	MonthFirst
)

// Date reads a day and returns it as YYYY-MM-DD. It takes 2015-03-01, 20150301,
// 1/3/2015 (also with - and .), 1 Maret 2015, 01-Mar-2015, each also with a
// time, which is dropped, and the serial number of a spreadsheet between 1927
// and 2173. It returns a fault when the text is none of these or the day does
// not exist.
func Date(cell string, order DateOrder) (string, error) {
	text := Clean(cell)
	wrong := fault.Wrong("sheet.cell_date", excerpt(text))
	if serial, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64); err == nil && len(text) != 8 {
		return serialDate(serial, wrong)
	}
	if len(text) > 10 && text[10] == 'T' {
		text = text[:10] + " " + text[11:]
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-/. ,", r) })
	if len(parts) == 1 && len(text) == 8 {
		parts = []string{text[:4], text[4:6], text[6:]}
	}
	if len(parts) < 3 || (len(parts) > 3 && !isClock(parts[3:])) {
		return "", wrong
	}
	year, month, day := parts[2], parts[1], parts[0]
	switch {
	case len(parts[0]) == 4:
		year, day = parts[0], parts[2]
	case order == MonthFirst:
		month, day = parts[0], parts[1]
	}
	return civil(year, month, day, wrong)
}

// serialDate reads a spreadsheet's day number. Those of fewer or more than five
// digits are refused: 2015 is a year, not a day of 1905.
func serialDate(serial float64, wrong error) (string, error) {
	if serial < 10000 || serial >= 100000 {
		return "", wrong
	}
	text, _ := epoch1900.moment(serial, styleDate)
	return text, nil
}

// isClock reports whether what follows a day is a time.
func isClock(parts []string) bool {
	return strings.Trim(strings.Join(parts, ""), "0123456789:+Zz") == "" || strings.Contains(parts[0], ":")
}

func civil(year, month, day string, wrong error) (string, error) {
	m, ok := monthNumber(month)
	if !ok || len(year) != 4 || len(day) > 2 || !allDigits(year) || !allDigits(day) {
		return "", wrong
	}
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	if y < 1800 {
		return "", wrong
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || int(t.Month()) != m {
		return "", wrong
	}
	return t.Format(time.DateOnly), nil
}

// monthNumber reads a month as a number or by the first letters of its
// Indonesian or English name.
func monthNumber(text string) (int, bool) {
	if allDigits(text) {
		n, err := strconv.Atoi(text)
		return n, err == nil && len(text) <= 2 && n >= 1 && n <= 12
	}
	text = strings.ToLower(text)
	if len(text) < 3 || strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") != "" {
		return 0, false
	}
	for i, names := range [...]string{"jan", "feb peb", "mar", "apr", "mei may", "jun", "jul", "agu ags aug", "sep", "okt oct", "nov nop", "des dec"} {
		if strings.Contains(names, text[:3]) {
			return i + 1, true
		}
	}
	return 0, false
}

// ID reads an identifier such as a NIP: digits and letters as they stand, with
// blanks inside a number of digits removed. It refuses what a spreadsheet has
// turned into a number of more than fifteen digits, because the last ones are
// lost for good.
func ID(cell string) (string, error) {
	text := Clean(cell)
	if Scientific(text) {
		return "", fault.Wrong("sheet.cell_scientific", excerpt(text))
	}
	if joined := strings.Join(strings.FieldsFunc(text, isBlank), ""); allDigits(joined) {
		return joined, nil
	}
	if whole, ok := strings.CutSuffix(text, ".0"); ok && allDigits(whole) {
		if len(whole) > spreadsheetDigits {
			return "", fault.Wrong("sheet.cell_scientific", excerpt(text))
		}
		return whole, nil
	}
	return text, nil
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// Scientific reports whether the text is a number in scientific notation as
// spreadsheets write it, such as 1.98609E+17 or 1,98609E+17. 12E3 may be a code
// and is not.
func Scientific(text string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(text), "E")
	whole, fraction, pointed := strings.Cut(strings.Replace(strings.TrimPrefix(mantissa, "-"), ",", ".", 1), ".")
	size := strings.TrimLeft(exponent, "+-")
	signed := len(exponent) == len(size)+1
	return ok && allDigits(whole) && (!pointed || allDigits(fraction)) && allDigits(size) &&
		len(exponent) <= len(size)+1 && (signed || pointed)
}

// Int reads a whole number, such as an amount in rupiah: 1234567, 1.234.567,
// 1,234,567, Rp 1.234.567,00, 1.5E+6. It returns a fault when the text is no
// number or has a fraction.
func Int(cell string) (int64, error) {
	text := Clean(cell)
	if len(text) > longestNumber {
		return 0, fault.Wrong("sheet.cell_number", excerpt(text))
	}
	number := strings.TrimSuffix(strings.TrimSuffix(bareNumber(text), ",00"), ".00")
	grouped := ungroup(ungroup(number, "."), ",")
	d, _, err := apd.NewFromString(strings.Replace(grouped, ",", ".", 1))
	if err != nil {
		return 0, fault.Wrong("sheet.cell_number", excerpt(text))
	}
	n, err := d.Int64()
	if err != nil {
		return 0, fault.Wrong("sheet.cell_whole", excerpt(text))
	}
	return n, nil
}

// Decimal reads a number and returns it in plain digits with a point: 1234.5,
// 1234,5, 1.234,5, 1,234.5, 80% (as 0.8), 1.5E-3. A single point is always the
// decimal point, as programs write it. A single comma before exactly three
// digits (6,000) may be either and is refused, unless a zero stands before it.
func Decimal(cell string) (string, error) {
	text := Clean(cell)
	if len(text) > longestNumber {
		return "", fault.Wrong("sheet.cell_number", excerpt(text))
	}
	number := bareNumber(text)
	percent := strings.HasSuffix(number, "%")
	number = strings.TrimSuffix(number, "%")
	number, ok := onePoint(number)
	if !ok {
		return "", fault.Wrong("sheet.cell_ambiguous", excerpt(text))
	}
	d, _, err := apd.NewFromString(number)
	if err != nil || d.Form != apd.Finite || d.Exponent > 40 || d.Exponent < -40 {
		return "", fault.Wrong("sheet.cell_number", excerpt(text))
	}
	if percent {
		d.Exponent -= 2
		d.Reduce(d)
	}
	return d.Text('f'), nil
}

// longestNumber is the longest text taken for a number; the work of reading one
// grows with the square of its length.
const longestNumber = 100

// excerpt is a cell as a sentence quotes it.
func excerpt(text string) string {
	if runes := []rune(text[:min(len(text), 400)]); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}

// bareNumber drops the currency and every blank.
func bareNumber(text string) string {
	text = strings.Join(strings.FieldsFunc(text, isBlank), "")
	if rest, ok := strings.CutPrefix(strings.ToLower(text), "rp"); ok {
		text = strings.TrimPrefix(rest, ".")
	}
	return text
}

// onePoint leaves at most one separator, a point. False means that the text
// can be read in two ways.
func onePoint(number string) (string, bool) {
	point, comma := strings.LastIndexByte(number, '.'), strings.LastIndexByte(number, ',')
	switch {
	case point >= 0 && comma > point:
		return strings.Replace(ungroup(number, "."), ",", ".", 1), true
	case comma >= 0 && point > comma:
		return ungroup(number, ","), true
	case strings.Count(number, ",") > 1:
		return ungroup(number, ","), true
	case strings.Count(number, ".") > 1:
		return ungroup(number, "."), true
	case comma >= 0:
		whole := strings.TrimLeft(number[:comma], "+-")
		if len(number)-comma-1 == 3 && whole != "0" && whole != "" && len(whole) <= 3 {
			return "", false
		}
		return strings.Replace(number, ",", ".", 1), true
	}
	return number, true
}

// ungroup removes the separator where it groups thousands: before every three
// digits. Otherwise the number stays as it is.
func ungroup(number, separator string) string {
	whole, fraction := number, ""
	if i := strings.IndexAny(number, ".,"); i >= 0 {
		other := strings.Trim(".,", separator)
		if j := strings.LastIndex(number, other); j >= 0 {
			whole, fraction = number[:j], number[j:]
		}
	}
	groups := strings.Split(whole, separator)
	first := strings.TrimLeft(groups[0], "+-")
	if len(groups) < 2 || len(first) == 0 || len(first) > 3 {
		return number
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return number
		}
	}
	return strings.Join(groups, "") + fraction
}
