package penimport

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/listed"
	"github.com/gurindam/gurindam/internal/fault"
)

var (
	nipInText    = regexp.MustCompile(`(?:^|\D)(\d{8}\s?\d{6}\s?\d\s?\d{3})(?:\D|$)`)
	nameLabel    = regexp.MustCompile(`(?i)(?:^|\s)(?:\d\s+)?NAMA\s*:?\s+`)
	unitLabel    = regexp.MustCompile(`(?i)(?:^|\s)(?:\d\s+)?UNIT KERJA\s*:?\s+`)
	postLabel    = regexp.MustCompile(`(?i)(?:^|\s)(?:\d\s+)?JABATAN\s*:?\s+`)
	yearInText   = regexp.MustCompile(`(?i)PERIODE[^\n]*?((?:19|20)\d{2})\s*$`)
	yearAnywhere = regexp.MustCompile(`(?i)TAHUN\s+((?:19|20)\d{2})`)
	ratingLine   = regexp.MustCompile(`(?i)RATING HASIL KERJA[\s:*]*(DI ATAS|DIATAS|SESUAI|DI BAWAH|DIBAWAH|ISTIMEWA|BAIK|BUTUH PERBAIKAN|SANGAT KURANG|KURANG)`)
	conductLine  = regexp.MustCompile(`(?i)RATING PERILAKU(?: KERJA)?[\s:*]*(DI ATAS|DIATAS|SESUAI|DI BAWAH|DIBAWAH)`)
	finalLine    = regexp.MustCompile(`(?i)PREDIKAT KINERJA PEGAWAI[\s:*]*(SANGAT BAIK|BAIK|BUTUH PERBAIKAN|CUKUP|SANGAT KURANG|KURANG)`)
)

// readText reads one or more printed SKP or evaluation documents. Each begins
// where its title stands; what has no NIP and no name is rejected.
func readText(text string, leader map[appraisal.OrganisationPredicate]appraisal.Rating) (File, error) {
	f := File{Kind: Text}
	for i, doc := range documentsOf(text) {
		r, year, ok := document(doc, leader)
		if !ok {
			continue
		}
		r.Numbers = []int{i + 1}
		if f.Year == 0 {
			f.Year = year
		}
		f.Lines++
		f.Rows = append(f.Rows, r)
	}
	if len(f.Rows) == 0 {
		return f, fault.WrongField("file", "penimport.no_document")
	}
	return f, nil
}

var title = regexp.MustCompile(`(?m)^\s*(?i:SASARAN KINERJA PEGAWAI|EVALUASI KINERJA PEGAWAI|DOKUMEN EVALUASI KINERJA PEGAWAI)\s*$`)

// documentsOf cuts a text where a title stands.
func documentsOf(text string) []string {
	text = strings.NewReplacer("\r\n", "\n", "\f", "\n", "\u00a0", " ", "\t", "    ").Replace(text)
	starts := title.FindAllStringIndex(text, -1)
	if len(starts) == 0 {
		return []string{text}
	}
	var all []string
	for i, s := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		all = append(all, text[s[0]:end])
	}
	return all
}

// document reads one printed document: the person on the left, the evaluator
// on the right, the table of results, and the three outcomes.
func document(text string, leader map[appraisal.OrganisationPredicate]appraisal.Rating) (Row, int, bool) {
	var r Row
	names, posts, units := labelled(text, nameLabel), labelled(text, postLabel), labelled(text, unitLabel)
	r.Name, r.RaterName = names[0], names[1]
	r.Post, r.Unit = posts[0], units[0]
	for i, m := range nipInText.FindAllStringSubmatch(text, 2) {
		id := strings.ReplaceAll(m[1], " ", "")
		if i == 0 {
			r.NIP = id
		} else {
			r.RaterNIP = id
		}
	}
	if r.NIP == "" && r.Name == "" {
		return r, 0, false
	}
	if plan := tableOf(text); len(plan.Results) > 0 {
		r.Plan = &plan
	}
	if m := finalLine.FindStringSubmatch(text); m != nil {
		r.Predicate = listed.Predicate(m[1])
	}
	if m := ratingLine.FindStringSubmatch(text); m != nil {
		r.Results = rating(m[1], leader)
	}
	if m := conductLine.FindStringSubmatch(text); m != nil {
		r.Conduct = rating(m[1], leader)
	}
	return r, yearOf(text), true
}

func yearOf(text string) int {
	for _, line := range strings.Split(text, "\n") {
		if m := yearInText.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
	}
	if m := yearAnywhere.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

// labelled returns what stands behind a label: the employee's and, beside it
// or below, the evaluator's.
func labelled(text string, label *regexp.Regexp) [2]string {
	var found [2]string
	n := 0
	for _, line := range strings.Split(text, "\n") {
		for _, at := range label.FindAllStringIndex(line, -1) {
			if n == 2 {
				return found
			}
			rest := line[at[1]:]
			if i := strings.Index(strings.TrimLeft(rest, " :"), "  "); i >= 0 {
				rest = strings.TrimLeft(rest, " :")[:i]
			}
			found[n] = strings.Trim(rest, " :")
			n++
		}
	}
	return found
}
