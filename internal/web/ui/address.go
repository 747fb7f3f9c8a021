package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Address is a page's path and its query: what is searched, filtered, sorted
// and where in the pages one is. Parts make links from it, so that everything
// a reader has set stays in the address and can be shared.
type Address struct {
	Path  string
	Query url.Values
}

// At returns the address of a request's URL.
func At(u *url.URL) Address { return Address{Path: u.Path, Query: u.Query()} }

// Get returns a parameter.
func (a Address) Get(name string) string { return a.Query.Get(name) }

// mostPages keeps a page number small enough to reckon with.
const mostPages = 1_000_000

// Page returns the number of the page asked for, 1 to 1,000,000; what is no
// such number asks for the first.
func (a Address) Page() int {
	n, err := strconv.Atoi(a.Get(PageParam))
	if err != nil || n < 1 || n > mostPages {
		return 1
	}
	return n
}

// With returns the address with name-value pairs set; an empty value removes
// the parameter. Changing anything but the page returns to the first page.
func (a Address) With(pairs ...string) string {
	q := url.Values{}
	for name, values := range a.Query {
		if name != "lang" {
			q[name] = slices.Clone(values)
		}
	}
	if len(pairs) < 2 || pairs[0] != PageParam {
		q.Del(PageParam)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return a.Path
	}
	return a.Path + "?" + q.Encode()
}

// Names of the query parameters that all table pages share.
const (
	SearchParam = "q"
	SortParam   = "sort"   // column key, "-key" for descending
	PageParam   = "page"   // page number or cursor
	FormatParam = "format" // csv or xlsx
)

// hidden returns the parameters a search form must carry along, in order.
func (a Address) hidden(except ...string) [][2]string {
	names := make([]string, 0, len(a.Query))
	for name := range a.Query {
		if !slices.Contains(except, name) && name != PageParam && name != "lang" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out [][2]string
	for _, name := range names {
		for _, v := range a.Query[name] {
			out = append(out, [2]string{name, v})
		}
	}
	return out
}

// Sort returns the column sorted by and whether descending. A key that is not
// among the columns gives the fallback ("name" or "-name").
func (a Address) Sort(fallback string, keys ...string) (key string, descending bool) {
	s := a.Get(SortParam)
	if !slices.Contains(keys, strings.TrimPrefix(s, "-")) {
		s = fallback
	}
	key, descending = strings.CutPrefix(s, "-")
	return key, descending
}
