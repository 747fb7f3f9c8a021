package reference

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gurindam/gurindam/internal/search"
)

//go:embed data
var files embed.FS

// Job is a functional position at one level.
type Job struct {
	Title string
	Level string // code word: ahli_utama … pemula; empty when the source has none
	Age   int    // retirement age by the list; 0 when it is not known
	Group string // the position without its level; empty when the source names none
}

// Rank is a rank of PNS: "III/d", "Penata Tingkat I".
type Rank struct{ Code, Name string }

// Study is a course of study and its level: "s1", "S-1 KOMUNIKASI".
type Study struct{ Level, Name string }

// Lists are BKN's lists. Make it with New; it is safe for concurrent use.
type Lists struct {
	titles  func() (list[string], error)
	jobs    func() (list[Job], error)
	ranks   func() (list[Rank], error)
	studies func() (list[Study], error)
}

// list is the rows of one file and the column each is found by.
type list[T any] struct {
	rows    []T
	columns []string
}

// New returns the lists; nothing is unpacked yet.
func New() *Lists {
	return &Lists{
		titles:  lazy("jabatanPelaksana", func(f []string) (string, string, error) { return f[0], f[0], nil }),
		jobs:    lazy("jabatanFungsional", readJob),
		ranks:   lazy("golonganPns", func(f []string) (Rank, string, error) { return Rank{f[0], f[1]}, f[1], nil }),
		studies: lazy("pendidikan", func(f []string) (Study, string, error) { return Study{stageOf(f[0]), f[1]}, f[1], nil }),
	}
}

// levelOf maps BKN's codes of levels of functional positions to our words.
func levelOf(code string) string {
	switch code {
	case "UT":
		return "ahli_utama"
	case "MA":
		return "ahli_madya"
	case "MU":
		return "ahli_muda"
	case "PT":
		return "ahli_pertama"
	case "PY":
		return "penyelia"
	case "MH":
		return "mahir"
	case "TR":
		return "terampil"
	case "PM":
		return "pemula"
	}
	return ""
}

// stageOf maps BKN's codes of levels of education to our words.
func stageOf(code string) string {
	switch code {
	case "05":
		return "sd"
	case "10", "12":
		return "sltp"
	case "15", "17", "18":
		return "slta"
	case "20":
		return "d1"
	case "25":
		return "d2"
	case "30":
		return "d3"
	case "35":
		return "d4"
	case "40":
		return "s1"
	case "42", "47", "49": // professions, specialists, sub-specialists
		return "profesi"
	case "45":
		return "s2"
	case "50":
		return "s3"
	}
	return ""
}

func readJob(f []string) (Job, string, error) {
	age, err := strconv.Atoi(f[2])
	return Job{Title: f[0], Level: levelOf(f[1]), Age: age, Group: f[3]}, f[0], err
}

// lazy returns a function that unpacks a file once and gives its rows. read
// makes a row of a line's fields and says by which text it is found.
func lazy[T any](name string, read func(fields []string) (T, string, error)) func() (list[T], error) {
	return sync.OnceValues(func() (list[T], error) {
		var l list[T]
		text, err := unpack(name)
		if err != nil {
			return l, fmt.Errorf("list %s: %w", name, err)
		}
		lines := strings.Split(text, "\n")
		l.rows, l.columns = make([]T, len(lines)), make([]string, len(lines))
		for i, line := range lines {
			row, named, err := read(strings.Split(line, "\t"))
			if err != nil {
				return l, fmt.Errorf("list %s, line %d: %w", name, i+1, err)
			}
			l.rows[i], l.columns[i] = row, search.Column(named)
		}
		return l, nil
	})
}

func unpack(name string) (string, error) {
	packed, err := files.ReadFile("data/" + name + ".tsv.gz")
	if err != nil {
		return "", err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(z)
	return string(text), err
}

// find returns at most so many rows that hold words beginning like the words
// of query: first those that begin with the query itself.
func (l list[T]) find(query string, most int) []T {
	terms := search.Terms(query)
	if len(terms) == 0 {
		return nil
	}
	whole := " " + strings.Join(terms, " ")
	var first, rest []T
	for i, column := range l.columns {
		if !search.Match(column, terms) {
			continue
		}
		if strings.HasPrefix(column, whole) {
			first = append(first, l.rows[i])
		} else if len(rest) < most {
			rest = append(rest, l.rows[i])
		}
		if len(first) == most {
			break
		}
	}
	all := append(first, rest...)
	return all[:min(len(all), most)]
}

// Titles returns at most so many titles of executors that match what was
// typed; an empty query matches nothing.
func (l *Lists) Titles(query string, most int) ([]string, error) {
	all, err := l.titles()
	return all.find(query, most), err
}

// Jobs returns at most so many functional positions that match what was typed.
func (l *Lists) Jobs(query string, most int) ([]Job, error) {
	all, err := l.jobs()
	return all.find(query, most), err
}

// Ranks returns the ranks of PNS, lowest first.
func (l *Lists) Ranks() ([]Rank, error) {
	all, err := l.ranks()
	return slices.Clone(all.rows), err
}

// Studies returns at most so many courses of study that match what was typed.
func (l *Lists) Studies(query string, most int) ([]Study, error) {
	all, err := l.studies()
	return all.find(query, most), err
}
