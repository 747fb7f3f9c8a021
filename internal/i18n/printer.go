package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Printer speaks one language. It is immutable and safe for concurrent use.
type Printer struct {
	lang  Lang
	texts map[string]text
}

// Lang returns the printer's language.
func (p *Printer) Lang() Lang { return p.lang }

// Has reports whether the key has a text.
func (p *Printer) Has(key string) bool {
	_, ok := p.texts[key]
	return ok
}

// T returns the sentence of key with its placeholders filled. Integers are
// grouped; a Dater, a time.Time and a Period are written out; strings stay as
// they are. A key without a text comes back in brackets, so that it is seen.
func (p *Printer) T(key string, args ...any) string {
	t, ok := p.texts[key]
	if !ok {
		return "[" + key + "]"
	}
	s := t.other
	if t.one != "" && len(args) > 0 && isOne(args[0]) {
		s = t.one
	}
	if len(args) == 0 || !strings.Contains(s, "{") {
		return s
	}
	return p.fill(s, args)
}

func (p *Printer) fill(s string, args []any) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 {
			break
		}
		b.WriteString(s[:open])
		n, err := strconv.Atoi(s[open+1 : open+end])
		if err != nil || n < 0 || n >= len(args) {
			b.WriteString(s[open : open+end+1])
		} else {
			b.WriteString(p.arg(args[n]))
		}
		s = s[open+end+1:]
	}
	b.WriteString(s)
	return b.String()
}

// Key is an argument that is itself a translation key: it is shown as its text.
type Key string

func (p *Printer) arg(a any) string {
	switch a := a.(type) {
	case Key:
		return p.T(string(a))
	case string:
		return a
	case Period:
		return p.Period(string(a))
	case Dater:
		return p.Date(a.ISO())
	case time.Time:
		return p.Date(a.Format(time.DateOnly))
	case int, int32, int64, uint, uint64, float64:
		return p.Num(a)
	default:
		return fmt.Sprint(a)
	}
}

func isOne(a any) bool {
	switch a := a.(type) {
	case int:
		return a == 1
	case int64:
		return a == 1
	case string:
		return a == "1"
	}
	return false
}

// Num writes a number the language's way: 1.234,5 or 1,234.5. It takes
// integers, floats and decimal strings ("1234.50"). With decimals given the
// number is shown with that many places; floats are rounded, decimal strings
// are padded or cut (an exact value is rounded where it is computed, not here).
// What is no number comes back unchanged.
func (p *Printer) Num(x any, decimals ...int) string {
	var s string
	switch x := x.(type) {
	case float64:
		places := -1
		if len(decimals) > 0 {
			places = decimals[0]
		}
		s = strconv.FormatFloat(x, 'f', places, 64)
	case string:
		s = x
	default:
		s = fmt.Sprint(x)
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, frac, _ := strings.Cut(s, ".")
	if !digits(whole) || !digits(frac) || whole == "" {
		return fmt.Sprint(x)
	}
	if len(decimals) > 0 {
		n := decimals[0]
		for len(frac) < n {
			frac += "0"
		}
		frac = frac[:n]
	}
	return sign + p.join(whole, frac)
}

func (p *Printer) join(whole, frac string) string {
	group, point := ".", ","
	if p.lang == English {
		group, point = ",", "."
	}
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(r)
	}
	if frac != "" {
		b.WriteString(point)
		b.WriteString(frac)
	}
	return b.String()
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// Rupiah writes whole rupiah: Rp1.250.000.
func (p *Printer) Rupiah(amount int64) string {
	if amount < 0 {
		return "−" + p.Rupiah(-amount)
	}
	return "Rp" + p.Num(amount)
}

// Percent writes a percentage given as decimal text or number: 81,48 %.
func (p *Printer) Percent(x any, decimals ...int) string {
	if p.lang == English {
		return p.Num(x, decimals...) + "%"
	}
	return p.Num(x, decimals...) + " %"
}
