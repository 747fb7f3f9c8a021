package participation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// SurveyFile is what a file of survey answers holds: sums by element, and
// which other columns there are.
type SurveyFile struct {
	SurveyGroup
	Profile []string      // names of the columns that are no elements
	Groups  []SurveyGroup // by the values of the column asked for, in order
}

// SurveyGroup is the answers of all respondents, or of those with one value of
// a profile column.
type SurveyGroup struct {
	Name        string
	Respondents int64
	Sums        []ElementSum
}

// Bounds of what reading a file of answers costs and says.
const (
	maxSurveyBytes  = 4 << 30
	maxSurveyGroups = 1000
	maxCellFaults   = 10
)

// ReadSurvey reads a table with one respondent a row. Columns named like one of
// the elements (those of the rule when none are given) hold answers, an empty
// cell is an unanswered element; other columns are the respondents' profile. by
// names the profile column to
// group by, or is empty. Wrong cells give an Invalid fault that names their
// row and column.
func (r SKMRule) ReadSurvey(path, by string, elements ...string) (SurveyFile, error) {
	keys := elements
	if len(keys) == 0 {
		keys = slices.Concat(r.Elements, r.OlderElements)
	}
	var fields []sheet.Field
	for _, key := range keys {
		fields = append(fields, sheet.Field{Name: key})
	}
	table, err := sheet.Open(path, sheet.Options{Fields: fields, Limits: sheet.Limits{FileBytes: maxSurveyBytes}})
	if err != nil {
		return SurveyFile{}, err
	}
	defer table.Close()
	read, err := r.surveyReader(table.Columns, by, keys, len(elements) > 0)
	if err != nil {
		return SurveyFile{}, err
	}
	if err := table.Rows(read.row); err != nil {
		return SurveyFile{}, err
	}
	return read.file()
}

// surveyReader adds up the rows of one file.
type surveyReader struct {
	rule    SKMRule
	columns []string // those with a heading, and unnamed ones between them
	element []int    // column of each element
	by      int      // column to group by, or -1
	all     SurveyGroup
	profile []string
	groups  map[string]*SurveyGroup
	order   []*SurveyGroup
	wrong   fault.Fields
	more    int // wrong cells beyond those listed
}

func (r SKMRule) surveyReader(columns []string, by string, keys []string, all bool) (*surveyReader, error) {
	for len(columns) > 0 && unnamed(columns[len(columns)-1]) {
		columns = columns[:len(columns)-1]
	}
	s := &surveyReader{rule: r, columns: columns, by: -1, groups: map[string]*SurveyGroup{}}
	found := map[int]bool{}
	for _, key := range keys {
		at, err := elementColumn(columns, key)
		if err != nil {
			return nil, err
		}
		if at < 0 && all {
			return nil, fault.WrongField("file", "survey.import.missing_element", key)
		}
		if at >= 0 {
			found[at] = true
			s.element = append(s.element, at)
			s.all.Sums = append(s.all.Sums, ElementSum{Key: key})
		}
	}
	if len(s.element) == 0 {
		return nil, fault.WrongField("file", "rulebook.fault.skm.no_elements", strings.Join(r.Elements, ", "))
	}
	for i, name := range columns {
		if found[i] {
			continue
		}
		s.profile = append(s.profile, name)
		if by != "" && strings.EqualFold(name, by) {
			s.by = i
		}
	}
	if by != "" && s.by < 0 {
		return nil, fault.WrongField("by", "rulebook.fault.skm.by", by)
	}
	return s, nil
}

// unnamed reports whether the reader of tables made the name up: "[C]".
func unnamed(column string) bool {
	return strings.HasPrefix(column, "[") && strings.HasSuffix(column, "]")
}

// elementColumn returns the column named key, or -1. The reader of tables tells
// columns of one name apart as "time" and "time (2)".
func elementColumn(columns []string, key string) (int, error) {
	at := -1
	for i, name := range columns {
		name = strings.ToLower(name)
		if strings.HasPrefix(name, key+" (") {
			return -1, fault.WrongField("file", "rulebook.fault.skm.column_twice", key)
		}
		if name == key {
			if at >= 0 {
				return -1, fault.WrongField("file", "rulebook.fault.skm.column_twice", key)
			}
			at = i
		}
	}
	return at, nil
}

// row adds one respondent.
func (s *surveyReader) row(row int, cells []string) error {
	for len(cells) > len(s.columns) && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) > len(s.columns) {
		s.complain(row, "rulebook.fault.skm.columns", row, len(cells), len(s.columns))
		return nil
	}
	group, err := s.group(cells)
	if err != nil {
		return err
	}
	s.all.Respondents++
	if group != nil {
		group.Respondents++
	}
	for i, column := range s.element {
		cell := cells[column]
		if cell == "" {
			continue
		}
		answer, ok := s.rule.Scale.answer(cell)
		if !ok {
			s.complain(row, "rulebook.fault.skm.cell", row, s.columns[column], short(cell), s.rule.Scale.Least, s.rule.Scale.Most)
			continue
		}
		s.all.Sums[i].add(answer)
		if group != nil {
			group.Sums[i].add(answer)
		}
	}
	return nil
}

func (e *ElementSum) add(answer int64) {
	e.Sum += answer
	e.Answers++
}

// answer reads one cell.
func (s SKMScale) answer(cell string) (int64, bool) {
	if len(cell) == 1 { // by far the most, and no need to ask strconv
		n := int64(cell[0]) - '0'
		return n, n >= s.Least && n <= s.Most && n <= 9
	}
	n, err := strconv.ParseInt(cell, 10, 64)
	return n, err == nil && n >= s.Least && n <= s.Most
}

// group returns the group of a row, or nil when nobody asked for groups.
func (s *surveyReader) group(cells []string) (*SurveyGroup, error) {
	if s.by < 0 {
		return nil, nil
	}
	name := cells[s.by]
	if g := s.groups[name]; g != nil {
		return g, nil
	}
	if len(s.groups) == maxSurveyGroups {
		return nil, fault.WrongField("by", "rulebook.fault.skm.by_many", s.columns[s.by], maxSurveyGroups)
	}
	g := &SurveyGroup{Name: strings.Clone(name)}
	for _, e := range s.all.Sums {
		g.Sums = append(g.Sums, ElementSum{Key: e.Key})
	}
	s.groups[g.Name], s.order = g, append(s.order, g)
	return g, nil
}

func (s *surveyReader) complain(row int, key string, args ...any) {
	if len(s.wrong) == maxCellFaults {
		s.more++
		return
	}
	args[0] = strconv.Itoa(row) // a row number is looked up, not counted: no grouping
	s.wrong.Add("file", key, args...)
}

// file returns what was read, or what was wrong with it.
func (s *surveyReader) file() (SurveyFile, error) {
	if s.more > 0 {
		s.wrong.Add("file", "rulebook.fault.skm.more", s.more)
	}
	if err := s.wrong.Err(); err != nil {
		return SurveyFile{}, err
	}
	if s.all.Respondents == 0 {
		return SurveyFile{}, fault.WrongField("file", "rulebook.fault.skm.empty")
	}
	f := SurveyFile{SurveyGroup: s.all, Profile: s.profile}
	for _, g := range s.order {
		f.Groups = append(f.Groups, *g)
	}
	slices.SortFunc(f.Groups, func(a, b SurveyGroup) int { return strings.Compare(a.Name, b.Name) })
	return f, nil
}

// short cuts a cell for a message.
func short(cell string) string {
	if r := []rune(cell); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return cell
}
