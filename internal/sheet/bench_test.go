package sheet

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// childFile names the file that a child process of the benchmarks reads or
// writes; what it does stands in childTask.
const (
	childFile = "GURINDAM_SHEET_CHILD_FILE"
	childTask = "GURINDAM_SHEET_CHILD_TASK"
)

// TestMain lets the test binary be its own child, so that a benchmark can
// measure the peak memory of one task alone.
func TestMain(m *testing.M) {
	task := os.Getenv(childTask)
	if task == "" {
		os.Exit(m.Run())
	}
	rows, err := runChild(task, os.Getenv(childFile))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(rows, peakKiB())
}

// peakKiB is the most memory this process has held, 0 where the system does not
// say. The parent cannot ask for it: its own peak counts as the child's.
func peakKiB() int {
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(after)
	if len(fields) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(fields[0])
	return n
}

func runChild(task, path string) (rows int, err error) {
	if task == "read" {
		t, err := Open(path, Options{})
		if err != nil {
			return 0, err
		}
		defer func() { _ = t.Close() }()
		err = t.Rows(func(int, []string) error { rows++; return nil })
		return rows, err
	}
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	return benchRows, Write(f, task, benchDoc())
}

const (
	benchRows    = 100_000
	benchColumns = 67
)

// benchCell is a cell of a roster: identifiers, names and dates of which a
// third differ in every row.
func benchCell(row, col int) string {
	switch col % 9 {
	case 0:
		return fmt.Sprintf("A5EB03E2%08X-%04d", row, col)
	case 1:
		return fmt.Sprintf("198609262015%02d%04d", col, row%10000)
	case 2:
		return "PEMERINTAH KOTA TANJUNGPINANG"
	case 3:
		return fmt.Sprintf("Nama Pegawai %d-%d", row, col)
	case 4:
		return fmt.Sprintf("%02d-%02d-20%02d", row%28+1, col%12+1, row%20)
	case 5:
		return ""
	case 6:
		return "Islam"
	case 7:
		return fmt.Sprintf("08%010d", row*37+col)
	}
	return strconv.Itoa(row * col % 997)
}

func benchLabel(col int) string { return "KOLOM " + columnName(col) }

func benchDoc() Doc {
	doc := Doc{Title: "Data ASN"}
	for c := range benchColumns {
		doc.Columns = append(doc.Columns, Column{Label: benchLabel(c)})
	}
	doc.Rows = func(yield func([]string, error) bool) {
		cells := make([]string, benchColumns)
		for r := range benchRows {
			for c := range cells {
				cells[c] = benchCell(r, c)
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
	return doc
}

// BenchmarkRead reads 100,000 rows of 67 columns in a child process and reports
// its time and peak memory.
func BenchmarkRead(b *testing.B) {
	b.Run("csv", func(b *testing.B) { benchChild(b, "read", benchFile(b, "csv", writeFile(CSV))) })
	b.Run("xlsx-inline", func(b *testing.B) { benchChild(b, "read", benchFile(b, "inline.xlsx", writeFile(XLSX))) })
	b.Run("xlsx-shared", func(b *testing.B) { benchChild(b, "read", benchFile(b, "shared.xlsx", writeShared)) })
}

// BenchmarkWrite writes the same table.
func BenchmarkWrite(b *testing.B) {
	b.Run("csv", func(b *testing.B) { benchChild(b, CSV, filepath.Join(b.TempDir(), "out.csv")) })
	b.Run("xlsx", func(b *testing.B) { benchChild(b, XLSX, filepath.Join(b.TempDir(), "out.xlsx")) })
}

func writeFile(format string) func(io.Writer) error {
	return func(w io.Writer) error { return Write(w, format, benchDoc()) }
}

func benchFile(b *testing.B, name string, write func(io.Writer) error) string {
	path := filepath.Join(b.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := write(f); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

func benchChild(b *testing.B, task, path string) {
	peak, cpu := 0, time.Duration(0)
	for b.Loop() {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childTask+"="+task, childFile+"="+path)
		out, err := cmd.CombinedOutput()
		if err != nil {
			b.Fatal(err, string(out))
		}
		var rows, kib int
		if _, err := fmt.Sscan(string(out), &rows, &kib); err != nil || rows != benchRows {
			b.Fatalf("the child said %q", out)
		}
		peak = max(peak, kib)
		cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	b.ReportMetric(float64(peak)/1024, "peak-MiB")
	b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(benchRows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// writeShared writes the benchmark's table as Excel does, with its texts in a
// part of their own.
func writeShared(w io.Writer) error {
	z := zip.NewWriter(w)
	for name, text := range minimalParts("Data ASN", true) {
		if err := writePart(z, name, func(b *bufio.Writer) { b.WriteString(text) }); err != nil {
			return err
		}
	}
	index := map[string]int{}
	var texts []string
	err := writePart(z, "xl/worksheets/sheet1.xml", func(b *bufio.Writer) {
		b.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
		for r := range benchRows + 1 {
			fmt.Fprintf(b, `<row r="%d" spans="1:%d">`, r+1, benchColumns)
			for c := range benchColumns {
				text := benchLabel(c)
				if r > 0 {
					text = benchCell(r, c)
				}
				if text == "" {
					continue
				}
				i, known := index[text]
				if !known {
					i = len(texts)
					index[text] = i
					texts = append(texts, text)
				}
				fmt.Fprintf(b, `<c r="%s%d" t="s"><v>%d</v></c>`, columnName(c), r+1, i)
			}
			b.WriteString(`</row>`)
		}
		b.WriteString(`</sheetData></worksheet>`)
	})
	if err != nil {
		return err
	}
	err = writePart(z, "xl/sharedStrings.xml", func(b *bufio.Writer) {
		fmt.Fprintf(b, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">`, len(texts))
		for _, t := range texts {
			fmt.Fprintf(b, `<si><t>%s</t></si>`, t)
		}
		b.WriteString(`</sst>`)
	})
	if err != nil {
		return err
	}
	return z.Close()
}
