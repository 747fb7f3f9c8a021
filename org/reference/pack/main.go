// Command pack makes the files of org/reference/data from BKN's lists.
//
//	go run ./org/reference/pack DIR
//
// DIR holds jabatanPelaksana.json.gz, jabatanFungsional.json.gz,
// kelasJabatan.json.gz, pendidikan.json.gz and golonganPns.json.gz.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// entry is a row of any of the lists.
type entry struct {
	ID    string `json:"id"`
	Name  string `json:"nama"`
	Rank  string `json:"namaPangkat"`
	Level string `json:"jenjang"`
	Age   string `json:"usiaBup"`
	Group string `json:"kelompokJabatanId"`
	Stage string `json:"tingkatPendidikanId"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pack DIR")
		os.Exit(2)
	}
	if err := pack(os.Args[1], "org/reference/data"); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func pack(dir, target string) error {
	groups := map[string]string{}
	for _, list := range []struct {
		name string
		line func(entry) string
	}{
		{"kelasJabatan", func(e entry) string { groups[e.ID] = clean(e.Name); return "" }},
		{"jabatanFungsional", func(e entry) string {
			return strings.Join([]string{clean(e.Name), e.Level, e.Age, groups[e.Group]}, "\t")
		}},
		{"jabatanPelaksana", func(e entry) string { return clean(e.Name) }},
		{"pendidikan", func(e entry) string { return e.Stage + "\t" + clean(e.Name) }},
		{"golonganPns", func(e entry) string { return e.Name + "\t" + clean(e.Rank) }},
	} {
		if err := convert(dir, target, list.name, list.line); err != nil {
			return err
		}
	}
	return nil
}

// convert writes one list as sorted, distinct lines.
func convert(dir, target, name string, line func(entry) string) error {
	raw, err := os.ReadFile(filepath.Join(dir, name+".json.gz"))
	if err != nil {
		return err
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var list []entry
	if err := json.NewDecoder(unpacked).Decode(&list); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var lines []string
	for _, e := range list {
		if l := line(e); l != "" {
			lines = append(lines, l)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	fmt.Printf("%-18s %6d rows, %6d lines\n", name, len(list), len(lines))
	return write(filepath.Join(target, name+".tsv.gz"), strings.Join(lines, "\n"))
}

func write(file, text string) error {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write([]byte(text)); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

// clean makes every run of white space one space.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }
