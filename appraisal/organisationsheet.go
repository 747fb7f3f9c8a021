package appraisal

import (
	"bytes"
	"strconv"

	"github.com/gurindam/gurindam/internal/sheet"
)

// OrganisationsXLSX exports units with their predicates, in the language of p.
// The rows are those a service method returned: it checks no permission.
func OrganisationsXLSX(rows []OrganisationRow, p Teller) ([]byte, error) {
	var columns []sheet.Column
	for _, key := range []string{"unit", "organisation", "set_on", "set_by", "reason", "evidence", "head", "rater"} {
		columns = append(columns, sheet.Column{Key: key, Label: p.T("appraisal.list." + key), Kind: sheet.Text})
	}
	columns = append(columns,
		sheet.Column{Key: "people", Label: p.T("appraisal.list.people"), Kind: sheet.Whole},
		sheet.Column{Key: "decided", Label: p.T("appraisal.list.decided"), Kind: sheet.Whole})
	var b bytes.Buffer
	err := sheet.Write(&b, sheet.XLSX, sheet.Doc{
		Title: p.T("appraisal.list.organisations"), Columns: columns,
		Rows: func(yield func([]string, error) bool) {
			for _, o := range rows {
				if !yield(o.cells(p), nil) {
					return
				}
			}
		},
	})
	return b.Bytes(), err
}

func (r OrganisationRow) cells(p Teller) []string {
	predicate, day := "", ""
	if r.Version > 0 {
		predicate, day = p.T("appraisal.organisation."+string(r.Predicate)), r.At.Format("2006-01-02")
	}
	return []string{r.Unit, predicate, day, r.By.Name, r.Reason, r.Evidence, r.Head.Name, r.Rater.Name, strconv.Itoa(r.People), strconv.Itoa(r.Decided)}
}
