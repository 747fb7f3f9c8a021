package penimport

import (
	"regexp"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// planFields are the columns of a table of plans, a row an indicator.
func planFields() []sheet.Field {
	return []sheet.Field{
		{Name: "nip", Aliases: []string{"nip baru", "nip pegawai"}},
		{Name: "nama", Aliases: []string{"nama pegawai", "nama lengkap"}},
		{Name: "jabatan", Aliases: []string{"nama jabatan"}},
		{Name: "unit", Aliases: []string{"unit kerja", "unor", "satuan kerja"}},
		{Name: "jenis", Aliases: []string{"jenis hasil kerja", "utama/tambahan", "kategori"}},
		{Name: "rhk atasan", Aliases: []string{"rhk pimpinan yang diintervensi", "rencana hasil kerja pimpinan yang diintervensi", "rencana hasil kerja atasan yang diintervensi", "rhk yang diintervensi"}},
		{Name: "rhk", Aliases: []string{"rencana hasil kerja", "hasil kerja"}},
		{Name: "aspek", Aliases: []string{"perspektif", "aspek/perspektif"}},
		{Name: "iki", Aliases: []string{"indikator kinerja individu", "indikator", "ukuran keberhasilan"}},
		{Name: "target", Aliases: []string{"target tahunan"}},
		{Name: "satuan", Aliases: []string{"satuan target"}},
		{Name: "rencana aksi", Aliases: []string{"aksi"}},
		{Name: "nip penilai", Aliases: []string{"nip atasan", "nip pejabat penilai"}},
		{Name: "nama penilai", Aliases: []string{"penilai", "atasan", "pejabat penilai"}},
	}
}

// readPlans reads a table of plans. A row without a person goes on with the
// person above, one without an RHK with the RHK above.
func readPlans(body []byte) (File, error) {
	t, err := intake.Read(body, planFields())
	if err != nil {
		return File{}, err
	}
	if !t.Has("rhk") || !t.Has("iki") || !t.Has("nip") && !t.Has("nama") {
		return File{}, fault.WrongField("file", "penimport.no_columns")
	}
	f := File{Kind: Plans, Lines: len(t.Rows)}
	at := map[string]int{}
	current := -1
	for _, row := range t.Rows {
		if row.Get("nip") != "" || row.Get("nama") != "" {
			r, bad := personOf(row)
			if bad != nil {
				f.Rejected = append(f.Rejected, *bad)
				current = -1
				continue
			}
			i, known := at[r.who().Key()]
			if !known {
				r.Numbers, r.Plan = nil, &appraisal.Content{Approach: appraisal.Quantitative}
				i = len(f.Rows)
				f.Rows, at[r.who().Key()] = append(f.Rows, r), i
			}
			current = i
		}
		if current < 0 {
			f.Rejected = append(f.Rejected, intake.Rejected{Row: row.Number, Column: "nip", Key: "penimport.wrong.nobody"})
			continue
		}
		p := &f.Rows[current]
		if !addPlanRow(p.Plan, row) {
			f.Rejected = append(f.Rejected, intake.Rejected{Row: row.Number, Column: "rhk", Key: "penimport.wrong.rhk"})
			continue
		}
		p.Numbers = append(p.Numbers, row.Number)
	}
	return f, nil
}

// addPlanRow adds one row of a plan; false when there is no result to add to.
func addPlanRow(c *appraisal.Content, row intake.Row) bool {
	kind := appraisal.Main
	if strings.Contains(search.Fold(row.Get("jenis")), "tambahan") {
		kind = appraisal.Additional
	}
	r := resultOf(c, kind, row.Get("rhk"), row.Get("rhk atasan"))
	if r == nil {
		return false
	}
	if text := row.Get("iki"); text != "" {
		r.Indicators = append(r.Indicators, indicator(text, row.Get("aspek"), row.Get("target"), row.Get("satuan")))
	}
	if step := row.Get("rencana aksi"); step != "" && !hasStep(*r, step) {
		r.Steps = append(r.Steps, appraisal.Step{Text: step})
	}
	return true
}

func hasStep(r appraisal.Result, text string) bool {
	for _, s := range r.Steps {
		if search.Fold(s.Text) == search.Fold(text) {
			return true
		}
	}
	return false
}

// resultOf returns the result of a wording, the last one for an empty wording,
// nil when there is none yet.
func resultOf(c *appraisal.Content, kind appraisal.ResultKind, text, supports string) *appraisal.Result {
	if text == "" {
		if len(c.Results) == 0 {
			return nil
		}
		return &c.Results[len(c.Results)-1]
	}
	for i := range c.Results {
		if search.Fold(c.Results[i].Text) == search.Fold(text) {
			return &c.Results[i]
		}
	}
	c.Results = append(c.Results, appraisal.Result{Kind: kind, Text: text, Supports: appraisal.Support{Text: supports}})
	return &c.Results[len(c.Results)-1]
}

// grouped is a number as Indonesians write thousands: 2.400.
var grouped = regexp.MustCompile(`^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$`)

// indicator makes an indicator of its cells. A target that is one number, with
// or without a unit behind it, becomes a number; anything else stays words.
func indicator(text, face, target, unit string) appraisal.Indicator {
	in := appraisal.Indicator{Text: text, Face: faceOf(face), Unit: unit}
	number, rest := target, ""
	if i := strings.IndexFunc(target, func(r rune) bool { return r == ' ' || r == '%' }); i > 0 {
		number, rest = target[:i], strings.TrimSpace(target[i:])
	}
	if grouped.MatchString(number) {
		number = strings.ReplaceAll(number, ".", "")
	}
	if n, err := sheet.Decimal(number); err == nil && !strings.ContainsAny(rest, "0123456789") {
		in.Target, in.Direction = n, appraisal.Up
		if rest != "" {
			in.Unit = rest
		}
		return in
	}
	in.TargetText = strings.TrimSpace(target + " " + unit)
	in.Unit = ""
	return in
}

// faceOf returns the code of an aspect or a perspective.
func faceOf(text string) string {
	word := strings.ReplaceAll(search.Fold(text), " ", "_")
	for _, known := range append(appraisal.Aspects(), appraisal.Perspectives()...) {
		if word != "" && (word == known || strings.HasPrefix(word, known)) {
			return known
		}
	}
	return ""
}
