package sheet

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// corpus returns a folder of files nobody here made, or skips the test.
func corpus(t testing.TB) string {
	root := os.Getenv("GURINDAM_DATA")
	if root == "" {
		t.Skip("GURINDAM_DATA does not point to the corpora")
	}
	return root
}

// corpusFiles lists every file of the corpora that is offered to the importer.
func corpusFiles(t testing.TB, root string) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{"corpora/messytables/*", "corpora/csv-spectrum/csvs/*", "corpora/excelize/test/*", "survey/*.csv", "survey/*.xlsx", "people/*.csv", "organograms/*.csv", "area/*.csv"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(found), err)
		}
		for _, f := range found {
			rel, err := filepath.Rel(root, f)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, filepath.ToSlash(rel))
		}
	}
	return files
}

// expected is what a person finds who opens each file: why it is no table, or
// its encoding and delimiter (its sheet), where its header is and how much it
// holds.
var expected = map[string]string{
	"corpora/messytables/badcolspan.html":                                               "sheet.html",
	"corpora/messytables/begrotingsanalyse-2011.csv":                                    "utf-8 , header 6 of 20 columns, 37 rows",
	"corpora/messytables/bian-anal-mca-2005-dols-eng-1011-0312-tab3.xlsm":               "Definitions, header 10 of 4 columns, 40 rows", // prose in cells
	"corpora/messytables/blank_line.ods":                                                "sheet.ods",
	"corpora/messytables/characters.csv":                                                "sheet.encoding", // Korean, EUC-KR
	"corpora/messytables/complex.csv":                                                   "utf-8 , header 1 of 6 columns, 3 rows",
	"corpora/messytables/complex.html":                                                  "sheet.html",
	"corpora/messytables/encrypted_no_password.xls":                                     "sheet.old_xls",
	"corpora/messytables/example.tsv":                                                   "utf-8 \t header 1 of 17 columns, 140 rows",
	"corpora/messytables/excel_pasting.csv":                                             "utf-8 , header 4 of 9 columns, 16 rows",
	"corpora/messytables/excel_properties.xls":                                          "sheet.old_xls",
	"corpora/messytables/html.html":                                                     "sheet.html",
	"corpora/messytables/invisible_text.html":                                           "sheet.html",
	"corpora/messytables/large.xlsx":                                                    "Report, header 5 of 11 columns, 29 rows", // two more sheets are hidden
	"corpora/messytables/libreoffice.xlsx":                                              "sheet.empty_sheet",
	"corpora/messytables/loffice-4.4.1.2.ods":                                           "sheet.ods",
	"corpora/messytables/long.csv":                                                      "utf-8 , header 1 of 1 columns, 3999 rows",
	"corpora/messytables/mixedGLB.csv":                                                  "utf-8 , header 4 of 19 columns, 133 rows",
	"corpora/messytables/multilineods.ods":                                              "sheet.ods",
	"corpora/messytables/null.csv":                                                      "utf-8 , header 0 of 4 columns, 10 rows",
	"corpora/messytables/ods_formats.ods":                                               "sheet.ods",
	"corpora/messytables/rowcolspan.html":                                               "sheet.html",
	"corpora/messytables/simple.csv":                                                    "utf-8 , header 1 of 3 columns, 6 rows",
	"corpora/messytables/simple.ods":                                                    "sheet.ods",
	"corpora/messytables/simple.psv":                                                    "utf-8 | header 1 of 6 columns, 28 rows",
	"corpora/messytables/simple.ssv":                                                    "utf-8 ; header 1 of 3 columns, 6 rows",
	"corpora/messytables/simple.unknown":                                                "sheet.empty",
	"corpora/messytables/simple.xls":                                                    "sheet.old_xls",
	"corpora/messytables/simple.xlsx":                                                   "simple.csv, header 1 of 3 columns, 6 rows",
	"corpora/messytables/simple.zip":                                                    "sheet.zip",
	"corpora/messytables/skip_initials.csv":                                             "utf-8 , header 1 of 2 columns, 2 rows",
	"corpora/messytables/small.csv":                                                     "utf-8 , header 1 of 1 columns, 0 rows",
	"corpora/messytables/span_rich.xls":                                                 "sheet.old_xls",
	"corpora/messytables/spanish_chars.csv":                                             "windows-1252 , header 1 of 8 columns, 115 rows",
	"corpora/messytables/sparse_with_column_errors.csv":                                 "windows-1252 , header 1 of 3 columns, 2200 rows",
	"corpora/messytables/sw_gen.xlsx":                                                   "tweets, header 1 of 17 columns, 15 rows",
	"corpora/messytables/unicode_sheet_name.xls":                                        "sheet.old_xls",
	"corpora/messytables/utf-16le_encoded.csv":                                          "utf-16le , header 1 of 19 columns, 327 rows",
	"corpora/messytables/utf8bom.csv":                                                   "utf-8-bom , header 1 of 2 columns, 0 rows",
	"corpora/messytables/weird_head_padding.csv":                                        "utf-8 ; header 12 of 10 columns, 76 rows",
	"corpora/excelize/test/BadWorkbook.xlsx":                                            "sheet.no_sheet", // its list of sheets is empty
	"corpora/excelize/test/Book1.xlsx":                                                  "Sheet2, header 1 of 9 columns, 10 rows",
	"corpora/excelize/test/CalcChain.xlsx":                                              "Sheet1, header 0 of 2 columns, 1 rows",
	"corpora/excelize/test/MergeCell.xlsx":                                              "Sheet1, header 1 of 4 columns, 11 rows",
	"corpora/excelize/test/OverflowNumericCell.xlsx":                                    "Sheet1, header 0 of 1 columns, 1 rows",
	"corpora/excelize/test/SharedStrings.xlsx":                                          "Sheet1, header 1 of 1 columns, 0 rows",
	"corpora/excelize/test/encryptAES.xlsx":                                             "sheet.encrypted",
	"corpora/excelize/test/encryptSHA1.xlsx":                                            "sheet.encrypted",
	"corpora/excelize/test/encryptSHA512.xlsx":                                          "sheet.encrypted",
	"survey/Civil-Service-People-Survey-2019-All-Organisation-Scores-CSV-format.csv":    "utf-8-bom , header 1 of 95 columns, 111 rows",
	"survey/Civil-Service-People-Survey-2019-All-Organisation-Scores-Excel.xlsx":        "Table 2 - Question scores, header 5 of 98 columns, 132 rows",
	"survey/skm-pulang-pisau-2018-2021.csv":                                             "utf-8 , header 1 of 11 columns, 953 rows",
	"people/montgomery-county-md-2016-employee_salaries.csv":                            "utf-8 , header 1 of 9 columns, 9228 rows",
	"organograms/cabinet_office-2012-03-31-senior.csv":                                  "utf-8 , header 1 of 20 columns, 228 rows",
	"organograms/department_for_communities_and_local_government-2011-09-30-junior.csv": "utf-8 , header 1 of 12 columns, 609 rows",
	"organograms/department_for_communities_and_local_government-2011-09-30-senior.csv": "utf-8 , header 1 of 22 columns, 103 rows",
	"organograms/ministry_of_defence-2016-03-31-junior.csv":                             "utf-8 , header 1 of 12 columns, 6350 rows",
	"organograms/ministry_of_defence-2016-03-31-senior.csv":                             "utf-8 , header 1 of 22 columns, 705 rows",
	"area/tanjungpinang.csv":                                                            "utf-8 , header 1 of 3 columns, 23 rows",
}

func TestEveryFileOfTheCorporaIsReadOrRefused(t *testing.T) {
	root := corpus(t)
	for _, name := range corpusFiles(t, root) {
		want, known := expected[name]
		if !known && !strings.HasPrefix(name, "corpora/csv-spectrum/") {
			t.Errorf("%s: nobody has judged this file", name)
			continue
		}
		if got := describe(filepath.Join(root, name)); known && got != want {
			t.Errorf("%s\n  seen     %s\n  expected %s", name, got, want)
		}
	}
}

// describe says in a line what is seen in a file.
func describe(path string) string {
	table, err := Open(path, Options{})
	if err != nil {
		return codeOrText(err)
	}
	defer func() { _ = table.Close() }()
	rows := 0
	if err := table.Rows(func(int, []string) error { rows++; return nil }); err != nil {
		return codeOrText(err)
	}
	place := table.Encoding + " " + table.Delimiter
	if table.Format == "xlsx" {
		place = table.Sheet + ","
	}
	return fmt.Sprintf("%s header %d of %d columns, %d rows", place, table.HeaderRow, len(table.Columns), rows)
}

func codeOrText(err error) string {
	if code := codeOf(err); code != "" {
		return code
	}
	return err.Error()
}

func TestCSVSpectrumReadsAsItsJSONSays(t *testing.T) {
	root := filepath.Join(corpus(t), "corpora", "csv-spectrum")
	files, err := filepath.Glob(filepath.Join(root, "csvs", "*.csv"))
	if err != nil || len(files) < 11 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".csv")
		raw, err := os.ReadFile(filepath.Join(root, "json", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var want []map[string]string
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		g := readBytes(t, data, Options{})
		if len(g.rows) != len(want) {
			t.Errorf("%s: %d rows, want %d", name, len(g.rows), len(want))
			continue
		}
		for i, row := range g.rows {
			for c, column := range g.Columns {
				if text := trim(strings.ReplaceAll(want[i][column], "\r\n", "\n")); row[c] != text {
					t.Errorf("%s row %d %s: %q, want %q", name, i, column, row[c], text)
				}
			}
		}
	}
}

// The Civil Service published one table twice: as CSV, and as a workbook whose
// two sheets have merged headers, spacer columns and percentages as numbers.
// Every value must be the same in both.
func TestCivilServiceSurveyReadsAlikeAsCSVAndXLSX(t *testing.T) {
	root := filepath.Join(corpus(t), "survey")
	csv := keyed(t, filepath.Join(root, "Civil-Service-People-Survey-2019-All-Organisation-Scores-CSV-format.csv"), Options{})
	book := filepath.Join(root, "Civil-Service-People-Survey-2019-All-Organisation-Scores-Excel.xlsx")
	compared := 0
	for _, sheet := range []string{"Table 1 - EEI and theme scores", "Table 2 - Question scores"} {
		for organisation, values := range keyed(t, book, Options{Sheet: sheet}) {
			published, ok := csv[strings.TrimSuffix(organisation, " 1")] // the workbook's footnote marks
			for column, value := range values {
				if value == "" || column == "organisation" {
					continue
				}
				if !ok {
					t.Errorf("%s is not in the CSV", organisation)
					break
				}
				compared++
				if want := published[column]; value != want {
					t.Errorf("%s: %s of %q is %q in the workbook and %q in the CSV", sheet, column, organisation, value, want)
				}
			}
		}
	}
	if want := 111 * 92; compared != want {
		t.Errorf("compared %d values, want %d", compared, want)
	}
}

// keyed returns a table's values by organisation and last part of the column's
// name.
func keyed(t *testing.T, path string, opts Options) map[string]map[string]string {
	t.Helper()
	table, err := Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = table.Close() }()
	key := table.Index("Organisation")
	out := map[string]map[string]string{}
	err = table.Rows(func(_ int, cells []string) error {
		row := map[string]string{}
		for i, name := range table.Columns {
			if cells[i] != "" && name != unnamed(i) {
				row[lastPart(name)] = cells[i]
			}
		}
		out[fold(cells[key])] = row
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func lastPart(name string) string {
	parts := strings.Split(name, groupSeparator)
	return fold(parts[len(parts)-1])
}

// The library that writes our workbooks reads the same cells as we do, where a
// cell is a text or a plain number.
func TestReadsTheCellsThatExcelizeReads(t *testing.T) {
	root := corpus(t)
	compared := 0
	for _, name := range corpusFiles(t, root) {
		if strings.HasSuffix(name, ".xlsx") || strings.HasSuffix(name, ".xlsm") {
			compared += compareWithExcelize(t, filepath.Join(root, name))
		}
	}
	if compared < 20_000 {
		t.Errorf("only %d cells were compared", compared)
	}
}

func compareWithExcelize(t *testing.T, path string) (compared int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	w, err := openWorkbook(f, info.Size(), Limits{}.withDefaults())
	if err != nil {
		return 0 // refused, and judged in the table of the corpora
	}
	defer w.texts.close()
	theirs, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = theirs.Close() }()
	for _, s := range w.sheets {
		rows, err := theirs.GetRows(s.name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		err = w.scanPart(s, func(row int, cells []string) error {
			if row > len(rows) {
				return nil
			}
			for col, cell := range cells {
				if strings.HasPrefix(cell, "=") || strings.HasSuffix(cell, "%") || strings.Contains(cell, "-") {
					continue // a formula never computed, a percentage, a date
				}
				compared++
				if raw := at(rows[row-1], col); cell != raw && !sameValue(cell, plain(raw)) {
					t.Errorf("%s %s %s%d: %q, excelize %q", filepath.Base(path), s.name, columnName(col), row, cell, raw)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return compared
}

func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

// plain gives a raw number the fifteen digits a spreadsheet shows.
func plain(raw string) string {
	w := workbook{styles: slices.Clone([]cellStyle{{}})}
	return w.number(raw, 0)
}
