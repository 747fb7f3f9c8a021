package orgimport

import (
	"embed"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// Mapping says which columns of a file mean what. It is written in TOML; every
// file of mappings/ is an example:
//
//	kind = "positions"            # units, roster or positions
//	title.en = "…"                # what it is for, id and en
//	sheet = ""                    # of a workbook; the one that fits best if left out
//	dates = "day_first"           # or month_first: how 3/4/2016 is read
//	empty = ["N/D"]               # cells that say nothing, besides -, NULL and #N/A
//
//	[columns]                     # field = its column, or several joined
//	id = ["Department", "Post"]
//
//	[values.kind]                 # what a cell of the field means
//	SCS1 = "administrator"
//
//	[defaults]                    # for empty cells of the field
//	kind = "pelaksana"
//
// With a mapping only the columns it names are read. The other settings belong
// to one kind of file and stand with the fields below.
type Mapping struct {
	Name    string `toml:"-"` // of a shipped one: its file without .toml
	Source  string `toml:"-"` // as it was written
	Kind    Kind   `toml:"kind"`
	Title   Text   `toml:"title"`
	Sheet   string `toml:"sheet"`
	Dates   string `toml:"dates"`
	Empty   []string
	Columns map[string]Names
	Values  map[string]map[string]string

	Defaults map[string]string

	// NoID are cells of the id column that name nothing, such as "0".
	NoID []string `toml:"no_id"`
	// Top are ids of units that stand at the top. With it a unit without a
	// parent hangs from nothing instead of being a top itself.
	Top []string
	// MakeUnits makes the units that the columns of "unit" name, each column a
	// level below the one before. Without it people and positions of unknown
	// units are put under Belum terpetakan.
	MakeUnits bool `toml:"make_units"`
	// Vacant and Gone are cells of "holder": nobody holds the post; the post is
	// no more and is not loaded.
	Vacant, Gone []string
}

// Text is a text in both languages.
type Text struct {
	ID string `toml:"id"`
	EN string `toml:"en"`
}

// In returns the text in a language, "id" or "en".
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.ID
}

// Names is one column or several.
type Names []string

// UnmarshalTOML reads a text or a list of texts.
func (n *Names) UnmarshalTOML(v any) error {
	switch v := v.(type) {
	case string:
		*n = Names{v}
		return nil
	case []any:
		for _, x := range v {
			s, ok := x.(string)
			if !ok {
				return errNames
			}
			*n = append(*n, s)
		}
		if len(*n) > 0 {
			return nil
		}
	}
	return errNames
}

var errNames = errors.New("a column's name or a list of them")

// maxMapping bounds a mapping's size in bytes.
const maxMapping = 256 << 10

// ParseMapping reads a mapping. What it does not understand gives an Invalid
// fault that names the line, the setting or the field.
func ParseMapping(source string) (*Mapping, error) {
	if len(source) > maxMapping {
		return nil, fault.Wrong("import.map.large", maxMapping>>10)
	}
	m := &Mapping{Source: source}
	meta, err := toml.Decode(source, m)
	if err != nil {
		return nil, asMappingFault(err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fault.Wrong("import.map.setting", unknown[0].String())
	}
	return m, m.check()
}

func asMappingFault(err error) error {
	var where toml.ParseError
	if errors.As(err, &where) {
		return fault.Wrong("import.map.line", where.Position.Line, where.Message).Because(err)
	}
	return fault.Wrong("import.map.line", 0, err.Error()).Because(err)
}

func (m *Mapping) check() error {
	fields := fieldsOf(m.Kind)
	switch {
	case fields == nil:
		return fault.Wrong("import.map.kind", string(m.Kind))
	case len(m.Columns) == 0:
		return fault.Wrong("import.map.no_columns")
	case m.Dates != "" && m.Dates != "day_first" && m.Dates != "month_first":
		return fault.Wrong("import.map.dates", m.Dates)
	}
	var named []string
	for f := range m.Columns {
		named = append(named, f)
	}
	for f := range m.Values {
		named = append(named, f)
	}
	for f := range m.Defaults {
		named = append(named, f)
	}
	slices.Sort(named)
	for _, f := range named {
		if !slices.ContainsFunc(fields, func(x sheet.Field) bool { return x.Name == f }) {
			return fault.Wrong("import.map.field", f, strings.Join(fieldNames(fields), ", "))
		}
	}
	return nil
}

func fieldNames(fields []sheet.Field) []string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.Name
	}
	return all
}

// dateOrder is how dates of three numbers are read.
func (m *Mapping) dateOrder() sheet.DateOrder {
	if m != nil && m.Dates == "month_first" {
		return sheet.MonthFirst
	}
	return sheet.DayFirst
}

//go:embed mappings/*.toml
var shipped embed.FS

// Shipped returns the mappings that come with the program, by name.
func Shipped() ([]*Mapping, error) {
	entries, err := shipped.ReadDir("mappings")
	if err != nil {
		return nil, err
	}
	var all []*Mapping
	for _, e := range entries {
		m, err := ShippedMapping(strings.TrimSuffix(e.Name(), ".toml"))
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// ShippedMapping returns the mapping of that name, or a NotFound fault.
func ShippedMapping(name string) (*Mapping, error) {
	raw, err := shipped.ReadFile(path.Join("mappings", path.Base(name)+".toml"))
	if err != nil {
		return nil, fault.Missing("import.map.unknown", name)
	}
	m, err := ParseMapping(string(raw))
	if err != nil {
		return nil, err
	}
	m.Name = name
	return m, nil
}
