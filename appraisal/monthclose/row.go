package monthclose

import (
	"context"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/search"
)

// Row is one person in a month: what lists show. The sums of somebody who is
// not Ready are what would be paid as things stand.
type Row struct {
	PersonID, Name, NIP string
	Post                string
	UnitID, Unit        string
	OfficeID, Office    string // the perangkat daerah the person is paid by
	Class               int
	Rank                string
	State               State
	Desk                Desk
	Lack                Lack
	DeskPerson          string
	DeskName            string
	Due                 Day // of what is missing
	Predicate           appraisal.Predicate
	Excluded            string // why left out
	Ceiling, Cuts       int64
	Gross, Insurance    int64
	Tax, Net, Employer  int64
	Withdrawn           int // cuts that were withdrawn
	Objections          int // that wait for a decision
	sort, search        string
	input               []byte
}

var rowColumns = []string{
	"month", "person_id", "name", "nip", "post", "unit_id", "unit", "office_id", "office", "class", "rank", "state", "desk", "lack",
	"desk_person", "desk_name", "due", "predicate", "excluded", "ceiling", "cuts", "gross", "insurance", "tax", "net", "employer",
	"withdrawn", "objections", "sort_name", "search", "input",
}

// listColumns are those of lists: all but the month and the input.
var listColumns = strings.Join(rowColumns[1:len(rowColumns)-1], ", ")

func (r Row) values(m Month) []any {
	return []any{
		string(m), r.PersonID, r.Name, r.NIP, r.Post, r.UnitID, r.Unit, r.OfficeID, r.Office, r.Class, r.Rank, string(r.State), string(r.Desk), string(r.Lack),
		r.DeskPerson, r.DeskName, string(r.Due), string(r.Predicate), r.Excluded, r.Ceiling, r.Cuts, r.Gross, r.Insurance, r.Tax, r.Net, r.Employer,
		r.Withdrawn, r.Objections, r.sort, r.search, r.input,
	}
}

func (r *Row) targets() []any {
	return []any{
		&r.PersonID, &r.Name, &r.NIP, &r.Post, &r.UnitID, &r.Unit, &r.OfficeID, &r.Office, &r.Class, &r.Rank, &r.State, &r.Desk, &r.Lack,
		&r.DeskPerson, &r.DeskName, &r.Due, &r.Predicate, &r.Excluded, &r.Ceiling, &r.Cuts, &r.Gross, &r.Insurance, &r.Tax, &r.Net, &r.Employer,
		&r.Withdrawn, &r.Objections, &r.sort, &r.search,
	}
}

func scanRow(r db.Row) (Row, error) {
	var v Row
	return v, r.Scan(v.targets()...)
}

func scanWhole(r db.Row) (Row, error) {
	var v Row
	return v, r.Scan(append(v.targets(), &v.input)...)
}

// rowsOf returns every row of a month with its input, by person.
func rowsOf(ctx context.Context, q db.Queryer, m Month) (map[string]Row, error) {
	all := map[string]Row{}
	err := db.Each(ctx, q, `SELECT `+listColumns+`, input FROM monthclose_row WHERE month = $1`, func(r db.Row) error {
		v, err := scanWhole(r)
		all[v.PersonID] = v
		return err
	}, string(m))
	return all, err
}

// names fills the columns by which a row is sorted and found.
func (r *Row) names() {
	r.sort = search.Key(r.Name)
	r.search = search.Column(r.Name, r.NIP, r.Post, r.Unit, r.Office)
}

// takeSums fills the sums from what was reckoned.
func (r *Row) takeSums(p Pay) {
	r.Ceiling, r.Cuts, r.Gross, r.Insurance, r.Tax, r.Net, r.Employer = p.Ceiling, p.Cuts(), p.Gross, p.Insurance, p.Tax, p.Net, p.Employer
	r.Withdrawn = 0
	for _, l := range p.Lines {
		if l.Gone != nil {
			r.Withdrawn++
		}
	}
}
