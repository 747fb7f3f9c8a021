package participation

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/org/orgimport"
)

// written returns the portal as a dump: with every row of a table on a line of
// its own, all on one line, or each in a statement of its own.
func (d tablesOf) written(style string) string {
	var b strings.Builder
	b.WriteString("-- phpMyAdmin SQL Dump\n/*!40101 SET NAMES utf8mb4 */;\n\n")
	names := make([]string, 0, len(d))
	for name := range d {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		rows := d[name]
		b.WriteString("CREATE TABLE `" + name + "` (\n")
		for _, column := range rows[0] {
			b.WriteString("  `" + column + "` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,\n")
		}
		b.WriteString("  PRIMARY KEY (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n\n")
		into := "INSERT INTO `" + name + "` (`" + strings.Join(rows[0], "`, `") + "`) VALUES"
		if style == "mysqldump" {
			into = "INSERT INTO `" + name + "` VALUES "
		}
		for i, row := range rows[1:] {
			if i == 0 || style == "single" {
				b.WriteString(into)
			}
			if style == "lines" {
				b.WriteString("\n")
			}
			b.WriteString("(" + strings.Join(quotedCells(row), ", ") + ")")
			if style == "single" || i == len(rows)-2 {
				b.WriteString(";\n")
			} else {
				b.WriteString(",")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func quotedCells(row []string) []string {
	out := make([]string, len(row))
	for i, cell := range row {
		switch _, err := strconv.Atoi(cell); {
		case cell == "":
			out[i] = "NULL"
		case err == nil:
			out[i] = cell
		default:
			out[i] = "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", `\n`).Replace(cell) + "'"
		}
	}
	return out
}

func TestAPortalsDumpIsReadHoweverItIsWritten(t *testing.T) {
	for _, style := range []string{"mysqldump", "lines", "single"} {
		t.Run(style, func(t *testing.T) {
			eachHouse(t, func(t *testing.T, h *house) {
				d := cityPortal()
				d["layanan_opd"][1][2] = "Akta 'Kelahiran'"
				for i := range 12 {
					d.person(strconv.Itoa(100+i), "21", "2025-03-04", "", 3, 3, 4, 4, 3, 3, 3, 3, 3)
				}
				d.person("200", "22", "2025-05-06", "It's \\slow; (3 jam),\nkata 'dia'", 1, 2, 3, 4, 1, 2, 3, 4, 1)
				path := filepath.Join(t.TempDir(), "skm.sql")
				if err := os.WriteFile(path, []byte(d.written(style)), 0o600); err != nil {
					t.Fatal(err)
				}
				report, err := h.ImportPortal(t.Context(), officer, PortalImport{Dump: orgimport.Dump{Path: path}})
				if err != nil || report.Created != 13 || report.Services != 1 || len(report.Rejected) != 0 {
					t.Fatalf("%+v, %v", report, err)
				}
				list, err := answers(t.Context(), h.db, report.Waves[0].ID)
				if err != nil {
					t.Fatal(err)
				}
				if got := list[indexOfMarks(list, "123412314")].Words; got != `It's \slow; (3 jam), kata 'dia'` {
					t.Errorf("the words are %q", got)
				}
				s, err := h.OldAddress(t.Context(), "", "22")
				if err != nil || s.Name != "Akta 'Kelahiran'" {
					t.Errorf("the survey's old address leads to %q, %v", s.Name, err)
				}
			})
		})
	}
}
