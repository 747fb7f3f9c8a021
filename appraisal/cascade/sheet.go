package cascade

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// Doc returns a board as a table: a row a person, a column a result of the
// leader, several results of one cell on lines of their own. It can be loaded
// back.
func (b Board) Doc(p *i18n.Printer) sheet.Doc {
	d := sheet.Doc{Title: p.T("cascade.matrix"), Columns: []sheet.Column{
		{Key: "nip", Label: "NIP"}, {Key: "nama", Label: "Nama"}, {Key: "jabatan", Label: "Jabatan"}, {Key: "tim", Label: "Tim"},
	}}
	for _, c := range b.Columns {
		d.Columns = append(d.Columns, sheet.Column{Key: c.ID, Label: strconv.Itoa(c.Number) + ". " + oneLine(c.Text)})
	}
	d.Rows = func(yield func([]string, error) bool) {
		for _, m := range b.People {
			row := []string{m.Part.Who.NIP, m.Part.Who.Name, m.Part.Who.Post, m.Team}
			for _, c := range b.Columns {
				var texts []string
				for _, cell := range m.Cells[c.ID] {
					texts = append(texts, oneLine(cell.Text))
				}
				row = append(row, strings.Join(texts, "\n"))
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return d
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// personFields are the columns that say whose row it is.
func personFields() []sheet.Field {
	return []sheet.Field{
		{Name: "nip", Aliases: []string{"nip baru", "nip pegawai"}},
		{Name: "nama", Aliases: []string{"nama pegawai", "pegawai", "nama lengkap"}},
		{Name: "jabatan", Aliases: []string{"nama jabatan"}},
		{Name: "tim", Aliases: []string{"tim kerja"}},
	}
}

// ReadGrid reads a board's table as Doc writes it, or one like it: XLSX or CSV.
// Rejected rows are those whose person is not on the board; columns whose head
// is no result of the leader are left out and told in the warnings.
func (b Board) ReadGrid(body []byte) ([]Wish, intake.Report, error) {
	t, err := intake.Read(body, personFields())
	if err != nil {
		return nil, intake.Report{}, err
	}
	rows := make([]gridRow, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = gridRow{r.Number, r.Cells()}
	}
	return b.grid(t.Columns, rows)
}

// gridRow is one row of a table with its number.
type gridRow struct {
	number int
	cells  []string
}

func (r gridRow) at(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return r.cells[column]
}

// grid reads a table with heads.
func (b Board) grid(heads []string, rows []gridRow) ([]Wish, intake.Report, error) {
	var rep intake.Report
	place := map[string]int{"nip": -1, "nama": -1}
	goals := map[int]string{}
	for i, head := range heads {
		if field := personField(head); field != "" {
			place[field] = i
		} else if id := b.columnNamed(head); id != "" {
			goals[i] = id
		} else {
			rep.Warn(0, head, "", "cascade.wrong.column")
		}
	}
	switch {
	case place["nip"] < 0 && place["nama"] < 0:
		return nil, rep, fault.WrongField("file", "cascade.no_person_column")
	case len(goals) == 0:
		return nil, rep, fault.WrongField("file", "cascade.no_goal_column")
	}
	rep.Rows = len(rows)
	var all []Wish
	for _, row := range rows {
		nip, name := row.at(place["nip"]), row.at(place["nama"])
		m := b.personNamed(nip, name)
		if m == nil {
			rep.Reject(row.number, "nama", strings.TrimSpace(nip+" "+name), "cascade.wrong.person")
			continue
		}
		for i, cell := range row.cells {
			if goals[i] != "" {
				all = append(all, wishesIn(m.Part.ID, goals[i], cell)...)
			}
		}
	}
	return all, rep, nil
}

// personField returns which column about the person a head names, or nothing.
func personField(head string) string {
	for _, f := range personFields() {
		if slices.ContainsFunc(append([]string{f.Name}, f.Aliases...), func(name string) bool { return like(name, head) }) {
			return f.Name
		}
	}
	return ""
}

// wishesIn reads the results of one cell, each on its own line; a dash or a
// cross means none.
func wishesIn(part, goal, cell string) []Wish {
	var all []Wish
	for line := range strings.Lines(cell) {
		if words := oneLine(line); words != "" && !slices.Contains([]string{"-", "–", "x", "X", "0"}, words) {
			all = append(all, Wish{part, goal, words})
		}
	}
	return all
}

var leadingNumber = regexp.MustCompile(`^(?i:rhk\s*|hasil\s*)?([0-9]{1,3})(?:\s*[.)\-:]\s*|\s+|$)(.*)$`)

// columnNamed finds the column a head means: its words, its words after a
// number, or the number alone.
func (b Board) columnNamed(name string) string {
	name = oneLine(name)
	for _, c := range b.Columns {
		if like(c.Text, name) || like(strconv.Itoa(c.Number)+". "+c.Text, name) {
			return c.ID
		}
	}
	found := leadingNumber.FindStringSubmatch(name)
	if found == nil {
		return ""
	}
	for _, c := range b.Columns {
		if strconv.Itoa(c.Number) == strings.TrimLeft(found[1], "0") && (found[2] == "" || strings.HasPrefix(search.Fold(c.Text), search.Fold(found[2]))) {
			return c.ID
		}
	}
	return ""
}

// personNamed finds a person by NIP, else by a name only one of the board has.
func (b Board) personNamed(nip, name string) *Member {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, nip)
	var found *Member
	for i := range b.People {
		m := &b.People[i]
		if digits != "" && m.Part.Who.NIP == digits {
			return m
		}
		if name != "" && bareName(m.Part.Who.Name) == bareName(name) {
			if found != nil {
				return nil
			}
			found = m
		}
	}
	if digits != "" && found != nil && found.Part.Who.NIP != "" {
		return nil // another NIP: somebody else of that name
	}
	return found
}

// bareName is a name without the titles after it.
func bareName(name string) string {
	name, _, _ = strings.Cut(name, ",")
	return search.Fold(name)
}

// ReadPaste reads what was copied out of a spreadsheet. With a row of heads it
// is read as ReadGrid does; without one the first cell is the NIP or the name
// and the others follow the columns of the board.
func (b Board) ReadPaste(text string) ([]Wish, intake.Report, error) {
	rows, err := pastedRows(text)
	if err != nil || len(rows) == 0 {
		return nil, intake.Report{}, fault.WrongField("text", "cascade.paste_bad").Because(err)
	}
	if b.personNamed(rows[0][0], rows[0][0]) == nil {
		var numbered []gridRow
		for i, row := range rows[1:] {
			numbered = append(numbered, gridRow{i + 2, row})
		}
		return b.grid(rows[0], numbered)
	}
	rep := intake.Report{Rows: len(rows)}
	var all []Wish
	for i, row := range rows {
		m := b.personNamed(row[0], row[0])
		if m == nil {
			rep.Reject(i+1, "nama", row[0], "cascade.wrong.person")
			continue
		}
		for k, cell := range row[1:] {
			if k < len(b.Columns) {
				all = append(all, wishesIn(m.Part.ID, b.Columns[k].ID, cell)...)
			}
		}
	}
	return all, rep, nil
}

// pastedRows splits what a spreadsheet puts into the clipboard: cells by tabs,
// those with line ends in quotes.
func pastedRows(text string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(strings.ReplaceAll(text, "\r\n", "\n")))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	all, err := r.ReadAll()
	return slices.DeleteFunc(all, func(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }), err
}
