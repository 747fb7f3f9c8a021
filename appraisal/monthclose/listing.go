package monthclose

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// byOffice sorts rows as lists are printed: by office, then name.
func byOffice(rows []Row) {
	keys := map[string]string{}
	for _, r := range rows {
		if _, has := keys[r.OfficeID]; !has {
			keys[r.OfficeID] = search.Key(r.Office)
		}
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(keys[a.OfficeID], keys[b.OfficeID]), cmp.Compare(a.OfficeID, b.OfficeID), cmp.Compare(a.sort, b.sort), cmp.Compare(a.PersonID, b.PersonID))
	})
}

// sheetColumns are the headings of the list as a file. They are what the import
// of results looks for, in whatever language the page is, so that the file can
// be mended and loaded back.
func sheetColumns() []sheet.Column {
	text := func(label string) sheet.Column { return sheet.Column{Key: label, Label: label} }
	sum := func(label string) sheet.Column { return sheet.Column{Key: label, Label: label, Kind: sheet.Whole} }
	return []sheet.Column{
		text("NIP"), text("Nama"), text("Golongan"), text("Jabatan"), text("Unit kerja"), text("Perangkat daerah"), sum("Kelas"),
		text("Hasil akhir"), text("Keadaan"), text("Meja"), text("Keterangan"),
		sum("Pagu"), sum("Potongan"), sum("TPP bruto"), sum("Iuran pegawai"), sum("PPh 21"), sum("TPP diterima"), sum("Iuran pemberi kerja"),
	}
}

// Sheet returns the people a query chooses as a table, every page of it. words
// turns code words into the reader's language.
func (s *Service) Sheet(ctx context.Context, actor account.Actor, m Month, q Query, words func(key string) string) (sheet.Doc, error) {
	q.Size = -1
	l, err := s.People(ctx, actor, m, q)
	if err != nil {
		return sheet.Doc{}, err
	}
	if q.Sort == "" {
		byOffice(l.Rows)
	}
	return sheet.Doc{Title: "TPP " + string(m), Columns: sheetColumns(), Rows: func(yield func([]string, error) bool) {
		for _, r := range l.Rows {
			if !yield(sheetRow(r, words), nil) {
				return
			}
		}
	}}, nil
}

func sheetRow(r Row, words func(string) string) []string {
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	predicate, desk := "BELUM BUAT", ""
	if r.Predicate != "" {
		predicate = strings.ToUpper(strings.ReplaceAll(string(r.Predicate), "_", " "))
	}
	if r.Desk != "" {
		desk = words("monthclose.desk." + string(r.Desk))
	}
	return []string{
		r.NIP, r.Name, r.Rank, r.Post, r.Unit, r.Office, strconv.Itoa(r.Class), predicate, words("monthclose.state." + string(r.State)), desk, remark(r, words),
		n(r.Ceiling), n(r.Cuts), n(r.Gross), n(r.Insurance), n(r.Tax), n(r.Net), n(r.Employer),
	}
}

// remark says in words what stands against a row.
func remark(r Row, words func(string) string) string {
	switch {
	case r.Excluded != "":
		return words("rulebook.word." + r.Excluded)
	case r.Lack != "":
		return words("monthclose.lack." + string(r.Lack))
	}
	return ""
}

// inZone writes a day of the agency's zone.
func (s *Service) inZone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.Zone).Format(time.DateOnly)
}
