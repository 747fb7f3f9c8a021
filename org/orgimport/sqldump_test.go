package orgimport

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// dumpRows reads a table of a dump: each row as its line and its cells.
func dumpRows(t *testing.T, dump, name string) []string {
	t.Helper()
	table, err := openSQL(strings.NewReader(dump), name, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	err = table.rows(func(row int, cells []string) error {
		out = append(out, fmt.Sprintf("%d %s", row, strings.Join(cells, "|")))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDumpsOfEveryFormAreRead(t *testing.T) {
	const made = "CREATE TABLE `respondens` (\n  `id` bigint(20) UNSIGNED NOT NULL,\n  `name` varchar(255) DEFAULT 'anonim',\n  `keterangan` text,\n  PRIMARY KEY (`id`),\n  KEY `x` (`name`)\n) ENGINE=InnoDB;\n"
	for name, c := range map[string]struct {
		dump string
		want []string
	}{
		"mysqldump": {
			"-- MySQL dump 10.13\n/*!40101 SET NAMES utf8mb4 */;\nDROP TABLE IF EXISTS `respondens`;\n/*!40101 SET character_set_client = utf8 */;\n" + made +
				"LOCK TABLES `respondens` WRITE;\n/*!40000 ALTER TABLE `respondens` DISABLE KEYS */;\nINSERT INTO `respondens` VALUES (1,'anonim',NULL),(2,'anonim','Bagus; cepat');\nUNLOCK TABLES;\n",
			[]string{"14 1|anonim|", "15 2|anonim|Bagus; cepat"},
		},
		"one row a line": {
			made + "INSERT INTO `respondens` (`id`, `name`, `keterangan`) VALUES\n(1, 'anonim', 'satu'),\n(2, 'anonim', NULL),\n(3, 'anonim', 'ti\\'ga');\n",
			[]string{"9 1|anonim|satu", "10 2|anonim|", "11 3|anonim|ti'ga"},
		},
		"one statement a row": {
			made + "INSERT INTO `respondens` VALUES (1, 'a', 'x');\nINSERT INTO `respondens` VALUES (2, 'b', 'y');\n",
			[]string{"8 1|a|x", "9 2|b|y"},
		},
		"columns in another order": {
			made + "INSERT INTO `respondens` (`keterangan`, `id`) VALUES ('x', 7);\n", []string{"8 7||x"},
		},
		"a text over several lines, with brackets and a semicolon": {
			made + "INSERT INTO respondens VALUES (1, 'a', 'satu\ndua); INSERT INTO `respondens` VALUES (9,''x'',''y'')\n-- tiga'), (2, \"b\", 'it''s');\n",
			[]string{"8 1|a|satu\ndua); INSERT INTO `respondens` VALUES (9,'x','y')\n-- tiga", "10 2|b|it's"},
		},
		"no CREATE TABLE, with the name of the base": {
			"INSERT IGNORE INTO `skm`.`respondens` (id, name) VALUES (1, _utf8mb4'a') , ( -2 , b'1' ) ON DUPLICATE KEY UPDATE name = VALUES(name);\nREPLACE INTO skm.respondens (id,name) VALUE (3,'c');",
			[]string{"1 1|a", "2 -2|1", "3 3|c"},
		},
		"a trigger": {
			made + "DELIMITER ;;\nCREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN\nINSERT INTO `respondens` VALUES (NEW.id, now(), 'x');\nEND;;\nDELIMITER ;\nINSERT INTO `respondens` VALUES (1,'a','b');\n",
			[]string{"13 1|a|b"},
		},
		"Windows line ends and a mark": {
			"\xEF\xBB\xBF" + strings.ReplaceAll(made+"INSERT INTO `respondens` VALUES\n(1,'a','b');\n", "\n", "\r\n"), []string{"9 1|a|b"},
		},
		"Latin 1": {made + "INSERT INTO `respondens` VALUES (1,'caf\xe9','b');\n", []string{"8 1|café|b"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := dumpRows(t, c.dump, "respondens"); !slices.Equal(got, c.want) {
				t.Errorf("read\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestADamagedDumpIsToldWithItsLine(t *testing.T) {
	for name, rows := range map[string]string{
		"too few values":   "(1, 'a');",
		"too many values":  "(1, 'a', 'b', 'c');",
		"a call":           "(1, now(), 'b');",
		"an open text":     "(1, 'a, 'b');",
		"an open bracket":  "(1, 'a', 'b'",
		"the end":          "",
		"a comma too many": "(1, 'a', 'b'),;",
		"an unknown name":  "",
	} {
		dump := "CREATE TABLE `r` (`id` int, `a` text, `b` text);\nINSERT INTO `r` VALUES\n" + rows
		if name == "an unknown name" {
			dump += "(1,'a','b');INSERT INTO `r` (`id`, `z`) VALUES (1, 2);"
		}
		table, err := openSQL(strings.NewReader(dump), "r", nil)
		if err == nil {
			err = table.rows(func(int, []string) error { return nil })
		}
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s gives %v", name, err)
		}
	}
}

// quoteSQL writes a text as one of the ways a dump does.
func quoteSQL(t *rapid.T, s string) string {
	if rapid.Bool().Draw(t, "doubled") {
		return "'" + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), "'", "''") + "'"
	}
	return "'" + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), "'", `\'`) + "'"
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.String(), 2, 2), 1, 8).Draw(rt, "rows")
		dump, want := &strings.Builder{}, []string{}
		dump.WriteString("CREATE TABLE `t` (\n  `a` text,\n  `b` text\n);\n")
		open := false
		for _, r := range rows {
			if !open {
				dump.WriteString("INSERT INTO `t` VALUES" + rapid.SampledFrom([]string{" ", "\n"}).Draw(rt, "gap"))
			}
			dump.WriteString("(" + quoteSQL(rt, r[0]) + "," + quoteSQL(rt, r[1]) + ")")
			open = rapid.Bool().Draw(rt, "more")
			dump.WriteString(map[bool]string{true: ",\n", false: ";\n"}[open])
			want = append(want, sheet.Clean(r[0])+"|"+sheet.Clean(r[1]))
		}
		if open {
			dump.WriteString("('','');")
			want = append(want, "|")
		}
		table, err := openSQL(strings.NewReader(dump.String()), "", nil)
		if err != nil {
			rt.Fatal(err)
		}
		var got []string
		err = table.rows(func(_ int, cells []string) error { got = append(got, strings.Join(cells, "|")); return nil })
		if err != nil || !slices.Equal(got, want) {
			rt.Fatalf("%v: read %q, written %q in\n%s", err, got, want, dump)
		}
	})
}

// FuzzDump throws bytes at the reader of dumps: it never panics, ends, tells
// what is wrong as a fault, and gives rows as wide as the table.
func FuzzDump(f *testing.F) {
	f.Add([]byte("CREATE TABLE `t` (`a` int, `b` text);\nINSERT INTO `t` VALUES (1,'x'),\n(2,NULL);"))
	f.Add([]byte("INSERT INTO t (a,b) VALUES (1,\"x\\\"y\") ON DUPLICATE KEY UPDATE a=1;"))
	f.Add([]byte("/*!40000 x */; -- y\n# z\nDELIMITER ;;\nCREATE TRIGGER\nDELIMITER ;\nREPLACE INTO `b`.`t` VALUE (_utf8'x')"))
	f.Add([]byte("CREATE TABLE IF NOT EXISTS \"t\" (a enum('x,y',')'), KEY (a), b decimal(1,2)) COMMENT='(;'"))
	f.Fuzz(func(t *testing.T, dump []byte) {
		table, err := openSQL(bytes.NewReader(dump), "", nil)
		if err == nil {
			err = table.rows(func(row int, cells []string) error {
				if len(cells) != len(table.columns) || row < 1 {
					t.Fatalf("row %d has %d cells of %d", row, len(cells), len(table.columns))
				}
				for _, c := range cells {
					if !utf8.ValidString(c) {
						t.Fatalf("a cell that is no text: %q", c)
					}
				}
				return nil
			})
		}
		if err != nil && !fault.Is(err, fault.Invalid) || errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("told as %v", err)
		}
	})
}
