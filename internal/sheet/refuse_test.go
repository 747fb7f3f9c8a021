package sheet

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/i18n"
)

// compound is the beginning of an OLE file whose directory names a stream.
func compound(stream string) []byte {
	out := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 5000)...)
	return append(append(out, utf16le(stream+"\x00")...), make([]byte, 3000)...)
}

func zipOf(t *testing.T, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func gzipped(t *testing.T, s string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRefusesWhatIsNoTable(t *testing.T) {
	whole := workbookOf(t, sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row>`, ""), nil)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":              {nil, "sheet.empty"},
		"blanks":               {[]byte(" \n\r\n ,, \n"), "sheet.empty"},
		"only a mark":          {[]byte("\xEF\xBB\xBF"), "sheet.empty"},
		"encrypted":            {compound("EncryptedPackage"), "sheet.encrypted"},
		"old workbook":         {compound("Workbook"), "sheet.old_xls"},
		"older workbook":       {compound("Book"), "sheet.old_xls"},
		"other compound":       {compound("WordDocument"), "sheet.binary"},
		"HTML as XLS":          {[]byte("\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>NIP"), "sheet.html"},
		"table fragment":       {[]byte("\xEF\xBB\xBF<TABLE border=1><tr><td>NIP</td>"), "sheet.html"},
		"HTML in UTF-16":       {encodeUTF16("\uFEFF<html><body><table>", false), "sheet.html"},
		"XML spreadsheet 2003": {[]byte("<?xml version=\"1.0\"?><Workbook/>"), "sheet.xml"},
		"JSON":                 {[]byte("[{\"Id\":\"1\",\"NamaUnor\":\"Dinas\"},{\"Id\":"), "sheet.json"},
		"PDF":                  {[]byte("%PDF-1.7\n"), "sheet.pdf"},
		"PNG":                  {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), "sheet.picture"},
		"JPEG":                 {[]byte("\xFF\xD8\xFF\xE0\x00\x10JFIF"), "sheet.picture"},
		"gzip":                 {gzipped(t, "a,b\n"), "sheet.zip"},
		"zip":                  {zipOf(t, "data.csv", "a,b\n1,2\n"), "sheet.zip"},
		"empty zip":            {zipOf(t), "sheet.zip"},
		"ODS":                  {zipOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>"), "sheet.ods"},
		"ODT":                  {zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<x/>"), "sheet.document"},
		"DOCX":                 {zipOf(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<x/>"), "sheet.document"},
		"XLSB":                 {zipOf(t, "[Content_Types].xml", "<Types/>", "xl/workbook.bin", "x"), "sheet.xlsb"},
		"no sheets":            {zipOf(t, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<workbook/>", "xl/_rels/workbook.xml.rels", "<Relationships/>"), "sheet.no_sheet"},
		"no workbook":          {zipOf(t, "[Content_Types].xml", "<Types/>"), "sheet.no_sheet"},
		"cut off":              {whole[:len(whole)-30], "sheet.truncated"},
		"half":                 {whole[:len(whole)/2], "sheet.truncated"},
		"zeros":                {make([]byte, 1<<20), "sheet.zeros"},
		"NUL in text":          {[]byte("a,b\n1,\x002\n"), "sheet.binary"},
		"NUL late":             {[]byte("a,b\n" + strings.Repeat("1,2\n", 50_000) + "1,\x002\n"), "sheet.binary"},
		"NUL in UTF-16":        {encodeUTF16("\uFEFFa,b\n1,2\n\x00\n3,4\n", false), "sheet.binary"},
		"machine code":         {[]byte("\x7FELF\x02\x01\x01"), "sheet.binary"},
		"control characters":   {[]byte(strings.Repeat("\x01\x02\x03abc", 100)), "sheet.binary"},
		"UTF-32":               {[]byte("\xFF\xFE\x00\x00a\x00\x00\x00"), "sheet.encoding"},
		"Korean EUC":           {bytes.Repeat([]byte("\xb4\xba\xbd\xc3\xc1\xa4,\xc0\xcc\xb8\xa7\xc0\xbb\n"), 30), "sheet.encoding"},
		"open quote":           {[]byte("a,b\n1,2\n3,\"four\n5,6\n"), "sheet.quote_open"},
		"open quote, no end":   {[]byte("a,b\n\"1,2"), "sheet.quote_open"},
	} {
		if _, err := tryRead(c.data, Options{}); codeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestAnOpenQuoteNamesItsRow(t *testing.T) {
	_, err := tryRead([]byte("a,b\n\n1,2\n3,\"four\n5,6\n"), Options{})
	if err == nil || !strings.Contains(err.Error(), "sheet.quote_open 4") {
		t.Errorf("%v, want row 4", err)
	}
}

// endless yields the same text for as long as size says, without holding it.
type endless struct {
	text string
	size int64
}

func (e endless) ReadAt(p []byte, off int64) (int, error) {
	n := int(min(int64(len(p)), e.size-off))
	for i := range n {
		p[i] = e.text[(off+int64(i))%int64(len(e.text))]
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func TestRefusesTextWithoutMeasure(t *testing.T) {
	const mib = 1 << 20
	for name, c := range map[string]struct {
		r    endless
		want string
	}{
		"50 MB of nothing":  {endless{"\x00", 50 * mib}, "sheet.zeros"},
		"a line of 50 MB":   {endless{"x", 50 * mib}, "sheet.row_too_long"},
		"a million columns": {endless{"a,", 2 * mib}, "sheet.row_too_long"},
		"too large a file":  {endless{"a,b\n", 300 * mib}, "sheet.too_large"},
	} {
		if _, err := OpenReader(c.r, c.r.size, Options{}); codeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	wide := "a" + strings.Repeat(",b", 5000) + "\n1,2\n"
	if _, err := tryRead([]byte(wide), Options{}); codeOf(err) != "sheet.too_many_columns" {
		t.Errorf("5,001 columns: %v", err)
	}
	swallowed := "a,b\n1,\"" + strings.Repeat("x,y\n", 1<<20)
	if _, err := tryRead([]byte(swallowed), Options{}); codeOf(err) != "sheet.row_too_long" {
		t.Errorf("4 MB behind an open quote: %v", err)
	}
}

func TestRefusesZipBombs(t *testing.T) {
	zeros := strings.Repeat("\x00", 40<<20)
	cells := sheetOf(strings.Repeat(`<row><c><v>1</v></c></row>`, 700_000), "")
	small := Limits{PartBytes: 1 << 20, Ratio: 1 << 40}
	for name, c := range map[string]struct {
		data   []byte
		limits Limits
	}{
		"zeros for a sheet":     {workbookOf(t, zeros, nil), Limits{}},
		"zeros beside":          {workbookOf(t, sheetOf("", ""), map[string]string{"xl/media/image1.png": zeros}), Limits{}},
		"zeros for the strings": {workbookOf(t, sheetOf("", ""), map[string]string{"xl/sharedStrings.xml": zeros}), Limits{}},
		"too much of a sheet":   {workbookOf(t, cells, nil), small},
		"a lie about the size":  {understated(t, workbookOf(t, cells, nil)), Limits{PartBytes: 1 << 20}},
	} {
		_, err := tryRead(c.data, Options{Limits: c.limits})
		if code := codeOf(err); code != "sheet.bomb" && (name != "a lie about the size" || code != "sheet.damaged") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// understated rewrites the directory of a zip so that every part claims to
// unpack to one byte.
func understated(t *testing.T, data []byte) []byte {
	t.Helper()
	out := bytes.Clone(data)
	for i := 0; i+46 < len(out); i++ {
		if string(out[i:i+4]) == "PK\x01\x02" {
			copy(out[i+24:i+28], []byte{1, 0, 0, 0})
		}
	}
	return out
}

func TestRefusesDamageInsideAWorkbook(t *testing.T) {
	row := func(cells string) string { return sheetOf(`<row r="1">`+cells+`</row>`, "") }
	strs := map[string]string{"xl/sharedStrings.xml": `<sst ` + mainNS + `><si><t>a</t></si></sst>`}
	for name, c := range map[string]struct {
		sheet string
		parts map[string]string
		want  string
	}{
		"ends early":           {`<worksheet ` + mainNS + `><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`, nil, "sheet.damaged"},
		"no markup":            {"just text", nil, "sheet.damaged"},
		"broken tag":           {row(`<c r="A1"><v>1</v></c><c r="B1"`), nil, "sheet.damaged"},
		"rows run backwards":   {sheetOf(`<row r="2"><c r="A2"><v>1</v></c></row><row r="1"/>`, ""), nil, "sheet.damaged"},
		"row beyond the last":  {sheetOf(`<row r="2000000"><c><v>1</v></c></row>`, ""), nil, "sheet.damaged"},
		"bad cell name":        {row(`<c r="1A"><v>1</v></c>`), nil, "sheet.damaged"},
		"no such string":       {row(`<c r="A1" t="s"><v>7</v></c>`), strs, "sheet.damaged"},
		"negative string":      {row(`<c r="A1" t="s"><v>-1</v></c>`), strs, "sheet.damaged"},
		"no strings at all":    {row(`<c r="A1" t="s"><v>0</v></c>`), nil, "sheet.damaged"},
		"strings broken":       {row(`<c r="A1" t="s"><v>0</v></c>`), map[string]string{"xl/sharedStrings.xml": `<sst><si><t>a</t`}, "sheet.damaged"},
		"styles broken":        {row(`<c r="A1"><v>1</v></c>`), map[string]string{"xl/styles.xml": `<styleSheet>`}, "sheet.damaged"},
		"workbook broken":      {row(`<c r="A1"><v>1</v></c>`), map[string]string{"xl/workbook.xml": `<workbook`}, "sheet.damaged"},
		"column XFE":           {row(`<c r="XFE1"><v>1</v></c>`), nil, "sheet.damaged"},
		"column ZZZ9999":       {row(`<c r="ZZZZZZZZZZZZ1"><v>1</v></c>`), nil, "sheet.damaged"},
		"column beyond limit":  {row(`<c r="XFD1"><v>1</v></c>`), nil, "sheet.too_many_columns"},
		"empty":                {sheetOf("", ""), nil, "sheet.empty_sheet"},
		"only blanks":          {row(`<c r="A1" t="str"><v> </v></c>`), nil, "sheet.empty_sheet"},
		"a cell of 2 MiB":      {row(`<c r="A1" t="str"><v>` + strings.Repeat("abc ", 1<<19) + `</v></c>`), nil, "sheet.cell_too_long"},
		"a comment of 2 MiB":   {row(`<!--` + strings.Repeat("<a> ", 1<<19) + `-->`), nil, "sheet.cell_too_long"},
		"overlapping mergings": {sheetOf(`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>`, "<mergeCells>"+strings.Repeat(`<mergeCell ref="A1:B9"/>`, 5000)+"</mergeCells>"), nil, "sheet.damaged"},
		"foreign encoding":     {`<?xml version="1.0" encoding="x-unknown"?>` + row(`<c r="A1"><v>1</v></c>`), nil, "sheet.damaged"},
	} {
		if _, err := tryRead(workbookOf(t, c.sheet, c.parts), Options{}); codeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// A single changed byte in a sheet's data must not pass: the checksum is
// verified before the first row is handed out.
func TestRefusesAWorkbookWithAChangedByte(t *testing.T) {
	data := workbookOf(t, sheetOf(strings.Repeat(`<row><c t="str"><v>teks</v></c></row>`, 3000), ""), nil)
	at := bytes.Index(data, []byte("xl/worksheets/sheet1.xml")) + 60
	data[at] ^= 0x10
	if g, err := tryRead(data, Options{}); codeOf(err) != "sheet.damaged" || len(g.rows) > 0 {
		t.Errorf("%d rows, %v", len(g.rows), err)
	}
}

// Every key that the code uses has a sentence in both languages, and no
// sentence is left over.
func TestEveryFaultHasItsSentence(t *testing.T) {
	bundle, err := i18n.NewBundle(Locale)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	key := regexp.MustCompile(`"(sheet\.[a-z_]+)"`)
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(source), -1) {
			used[m[1]] = true
		}
	}
	if len(used) < 25 {
		t.Fatalf("found only %d keys in the source", len(used))
	}
	for _, lang := range i18n.Langs() {
		p := bundle.Printer(lang)
		for k := range used {
			if !p.Has(k) {
				t.Errorf("%s has no sentence for %s", lang, k)
			}
		}
		for _, k := range bundle.Keys(lang) {
			if !used[k] && !strings.HasPrefix(k, "sheet.peek.") {
				t.Errorf("%s: %s is not used", lang, k)
			}
		}
	}
}
