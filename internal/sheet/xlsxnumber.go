package sheet

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// epoch is the day a workbook counts its dates from.
type epoch uint8

const (
	epoch1900 epoch = iota
	epoch1904
)

// number returns a number cell as its format means it.
func (w *workbook) number(value string, style int) string {
	value = strings.TrimSpace(value)
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return value
	}
	var s cellStyle
	if style >= 0 && style < len(w.styles) {
		s = w.styles[style]
	}
	switch s.kind {
	case styleDate, styleDateTime, styleTime:
		if text, ok := w.epoch.moment(f, s.kind); ok {
			return text
		}
	case stylePercent:
		return strconv.FormatFloat(f*100, 'G', spreadsheetDigits, 64) + "%"
	case stylePadded:
		if f >= 0 && f < 1e15 && f == math.Trunc(f) {
			return fmt.Sprintf("%0*d", s.width, int64(f))
		}
	}
	return plainNumber(value, f)
}

// spreadsheetDigits is how many digits of a number a spreadsheet keeps.
const spreadsheetDigits = 15

// plainNumber returns the number in at most fifteen digits, as a spreadsheet
// shows it: 0.55000000000000004 is 0.55, and an integer of sixteen digits or
// more comes out as 1.98609262015051E+17. Only when the file itself spells
// more digits than arithmetic could have made up are they kept.
func plainNumber(value string, f float64) string {
	digits := strings.TrimPrefix(value, "-")
	if strings.Trim(digits, "0123456789") == "" && len(digits) > spreadsheetDigits && !madeUp(digits, math.Abs(f)) {
		return value
	}
	text := strconv.FormatFloat(f, 'G', spreadsheetDigits, 64)
	if strings.Contains(text, "E-") && math.Abs(f) > 1e-15 {
		short, _ := strconv.ParseFloat(text, 64)
		text = strconv.FormatFloat(short, 'f', -1, 64)
	}
	return text
}

// madeUp reports whether digits are what some program prints for the binary
// number f, so that the last of them say nothing.
func madeUp(digits string, f float64) bool {
	if strconv.FormatFloat(f, 'f', 0, 64) == digits {
		return true
	}
	for _, precision := range []int{-1, 14, 15, 16} {
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', precision, 64), "e+")
		n, _ := strconv.Atoi(exponent)
		printed := strings.Replace(mantissa, ".", "", 1)
		if printed+strings.Repeat("0", max(0, n+1-len(printed))) == digits {
			return true
		}
	}
	return false
}

// moment turns a serial number into YYYY-MM-DD, into that with hh:mm:ss, or
// into hh:mm:ss with the hours running beyond 24. False means that no such day
// exists, such as 29 February 1900, which spreadsheets believe in.
func (e epoch) moment(serial float64, kind styleKind) (string, bool) {
	const lastSerial = 2958465 // 9999-12-31
	if serial < 0 || serial >= lastSerial+1 {
		return "", false
	}
	days := int(serial)
	seconds := int(math.Round((serial - float64(days)) * 86400))
	if seconds == 86400 {
		days, seconds = days+1, 0
	}
	clock := fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	if kind == styleTime {
		return fmt.Sprintf("%02d%s", days*24+seconds/3600, clock[2:]), true
	}
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case e == epoch1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 0 || days == 60:
		return "", false
	case days < 60:
		days++
	}
	date := base.AddDate(0, 0, days).Format(time.DateOnly)
	if kind == styleDateTime && seconds > 0 {
		date += " " + clock
	}
	return date, true
}
