package worklog

import (
	_ "embed"
	"fmt"
	"slices"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/gurindam/gurindam/appraisal"
)

//go:embed ekinerja.toml
var ekinerjaText string

// Field is one field of another application's form, with what goes into it.
type Field struct {
	Key   string // tanggal, rencana_hasil_kerja, …
	Value string
}

// CopyEntry is an entry as another application asks for it, its fields in that
// application's order; empty ones are left out.
type CopyEntry struct {
	Entry  Entry
	Fields []Field
}

// Copy puts entries into e-Kinerja's order. addresses are the lasting ones of
// the results; an entry's own evidence goes before.
func Copy(l Log, addresses map[string]string) ([]CopyEntry, error) {
	var order struct{ Order []string }
	if _, err := toml.Decode(ekinerjaText, &order); err != nil {
		return nil, fmt.Errorf("e-Kinerja's order of fields: %w", err)
	}
	var all []CopyEntry
	for _, e := range l.Entries {
		values := valuesOf(e, l.Targets, addresses)
		c := CopyEntry{Entry: e}
		for _, key := range order.Order {
			if v := values[key]; v != "" {
				c.Fields = append(c.Fields, Field{key, v})
			}
		}
		all = append(all, c)
	}
	return all, nil
}

func valuesOf(e Entry, targets []Target, addresses map[string]string) map[string]string {
	v := map[string]string{"kegiatan": e.Text, "mulai": e.Starts, "selesai": e.Ends, "output": e.Output, "bukti": e.URL}
	if t, err := time.Parse(time.DateOnly, string(e.Day)); err == nil {
		v["tanggal"] = t.Format("02-01-2006")
	}
	if i := slices.IndexFunc(targets, func(t Target) bool { return t.Link == e.Link }); i >= 0 {
		v["rencana_hasil_kerja"], v["rencana_aksi"] = targets[i].Result, targets[i].Step
	}
	if v["bukti"] == "" {
		v["bukti"] = addresses[e.Link.Result]
	}
	return v
}

// Recap is a stretch counted by result and by day.
type Recap struct {
	Entries, Minutes, Days int
	Results                []RecapResult
}

// RecapResult is what was done for one result; the last one, without a number,
// is what is tied to none.
type RecapResult struct {
	Number           int
	Text             string
	Entries, Minutes int
	Days             int
}

// Recount counts a log.
func Recount(l Log) Recap {
	var r Recap
	at, days := map[string]int{}, map[string]map[appraisal.Day]bool{}
	all := map[appraisal.Day]bool{}
	for _, t := range l.Targets {
		if t.Step == "" && t.Link.Step == "" {
			at[t.Link.Result] = len(r.Results)
			r.Results = append(r.Results, RecapResult{Number: t.Number, Text: t.Result})
		}
	}
	loose := RecapResult{}
	for _, e := range l.Entries {
		r.Entries++
		r.Minutes += e.Minutes()
		all[e.Day] = true
		into, key := &loose, ""
		if i, has := at[e.Link.Result]; has {
			into, key = &r.Results[i], e.Link.Result
		}
		into.Entries++
		into.Minutes += e.Minutes()
		if days[key] == nil {
			days[key] = map[appraisal.Day]bool{}
		}
		days[key][e.Day] = true
		into.Days = len(days[key])
	}
	r.Days = len(all)
	if loose.Entries > 0 {
		r.Results = append(r.Results, loose)
	}
	return r
}
