package ui

import (
	"strings"

	"github.com/gurindam/gurindam/internal/i18n"
)

// Column is one column of a table. A column with a Key can be sorted by.
type Column struct {
	Key   string
	Label string
	Num   bool // numbers stand at the right
	Off   bool // the label is only for screen readers
}

// Table describes a table page's head.
type Table struct {
	Caption string // says what the table holds, for screen readers
	Columns []Column
	At      Address
	Sort    string // the sort in force: "name" or "-name"
	Wide    bool   // stays a table on a phone and scrolls, instead of cards
	Class   string
}

func (t Table) class() string {
	c := "tbl"
	if !t.Wide {
		c += " cards"
	}
	if t.Class != "" {
		c += " " + t.Class
	}
	return c
}

// sortLink is where a click on the column's head leads: ascending first, then
// descending.
func (t Table) sortLink(c Column) string {
	if t.Sort == c.Key {
		return t.At.With(SortParam, "-"+c.Key)
	}
	return t.At.With(SortParam, c.Key)
}

// sortOptions lists every way to sort, each column both ways.
func (t Table) sortOptions(p *i18n.Printer) []Option {
	var out []Option
	for _, c := range t.Columns {
		if c.Key != "" {
			out = append(out, Option{Value: c.Key, Text: p.T("ui.sort_up", c.Label)}, Option{Value: "-" + c.Key, Text: p.T("ui.sort_down", c.Label)})
		}
	}
	return out
}

func (t Table) sorted(c Column) string {
	switch {
	case c.Key == "" || strings.TrimPrefix(t.Sort, "-") != c.Key:
		return ""
	case strings.HasPrefix(t.Sort, "-"):
		return "descending"
	default:
		return "ascending"
	}
}

func sortIcon(order string) string {
	switch order {
	case "ascending":
		return "arrow-up"
	case "descending":
		return "arrow-down"
	}
	return "sort"
}

func numClass(num bool) string {
	if num {
		return "n"
	}
	return ""
}

// Pages says which part of a list is shown. Prev and Next are addresses, empty
// at the ends.
type Pages struct {
	From, To, Total int // 1-based; Total below zero when it was not counted
	Prev, Next      string
}

// PagesOf returns the pages of a numbered list: page counts from 1.
func PagesOf(at Address, page, size, total int) Pages {
	page = max(page, 1)
	p := Pages{From: (page-1)*size + 1, To: min(page*size, total), Total: total}
	if total == 0 {
		p.From = 0
	}
	if page > 1 {
		p.Prev = at.With(PageParam, pageNumber(page-1))
	}
	if page*size < total {
		p.Next = at.With(PageParam, pageNumber(page+1))
	}
	return p
}
