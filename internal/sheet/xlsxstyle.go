package sheet

import (
	"strconv"
	"strings"
)

// cellStyle is what a cell's number format says about its number.
type cellStyle struct {
	kind  styleKind
	width int // digits of a padded number
}

type styleKind uint8

const (
	styleNumber styleKind = iota
	styleDate
	styleDateTime
	styleTime
	stylePercent
	stylePadded // 00000: an identifier kept as a number
)

// styleSheet is what is kept of xl/styles.xml.
type styleSheet struct {
	Formats []struct {
		ID   string `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format string `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// readStyles returns the meaning of each cell style; a workbook may have none.
func (w *workbook) readStyles(name string) ([]cellStyle, error) {
	if w.parts[name] == nil {
		return nil, nil
	}
	var s styleSheet
	if err := w.decode(name, &s); err != nil {
		return nil, err
	}
	custom := map[string]cellStyle{}
	for _, f := range s.Formats {
		custom[f.ID] = parseFormat(f.Code)
	}
	styles := make([]cellStyle, len(s.Cells))
	for i, c := range s.Cells {
		style, ok := custom[c.Format]
		if !ok {
			style = builtinFormat(c.Format)
		}
		styles[i] = style
	}
	return styles, nil
}

// builtinFormat knows the formats that have a number and no code
// (ECMA-376 part 1, 18.8.30), those of East Asian locales included.
func builtinFormat(id string) cellStyle {
	n, _ := strconv.Atoi(id)
	switch {
	case n == 9 || n == 10:
		return cellStyle{kind: stylePercent}
	case n == 22:
		return cellStyle{kind: styleDateTime}
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return cellStyle{kind: styleDate}
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47, n == 55, n == 56:
		return cellStyle{kind: styleTime}
	}
	return cellStyle{}
}

// parseFormat reads the first section of a number format code.
func parseFormat(code string) cellStyle {
	letters, elapsed := formatLetters(code)
	if strings.Contains(letters, "%") {
		return cellStyle{kind: stylePercent}
	}
	if n := len(letters); n > 1 && strings.Count(letters, "0") == n {
		return cellStyle{kind: stylePadded, width: n}
	}
	day := strings.ContainsAny(letters, "yd")
	clock := elapsed || strings.ContainsAny(letters, "hs")
	digits := strings.ContainsAny(letters, "#?0")
	switch {
	case letters == "general", digits && !clock, strings.ContainsAny(letters, "#?"):
		return cellStyle{}
	case day && clock:
		return cellStyle{kind: styleDateTime}
	case clock:
		return cellStyle{kind: styleTime}
	case day, strings.Contains(letters, "m"):
		return cellStyle{kind: styleDate}
	}
	return cellStyle{}
}

// formatLetters drops what a format code only prints: quoted and escaped text,
// padding, colours and locales in brackets, and every section but the first.
// elapsed says that a bracket held hours, minutes or seconds.
func formatLetters(code string) (letters string, elapsed bool) {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return b.String(), elapsed
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := byte('"')
			if c == '[' {
				end = ']'
			}
			n := strings.IndexByte(code[i+1:], end)
			if n < 0 {
				return b.String(), elapsed
			}
			inside := strings.ToLower(code[i+1 : i+1+n])
			elapsed = elapsed || (c == '[' && inside != "" && strings.Trim(inside, string(inside[0])) == "" && strings.Contains("hms", inside[:1]))
			i += n + 1
		default:
			b.WriteString(strings.ToLower(string(c)))
		}
	}
	return b.String(), elapsed
}
