package repotest_test

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// forbidden is what one engine does not understand, or understands otherwise
// than the other.
type forbidden struct {
	pattern *regexp.Regexp
	instead string
}

func forbiddenSQL() []forbidden {
	return compile([][2]string{
		{`::\s*\w`, "write CAST($1 AS text)"},
		{`=\s*ANY\s*\(`, "expand the list with db.In"},
		{`\b(now|current_date|current_time|current_timestamp|localtimestamp|datetime|strftime|julianday|unixepoch)\s*\(`, "bind the time from the clock with db.Time"},
		{`\bcurrent_(date|time|timestamp)\b`, "bind the time from the clock with db.Time"},
		{`\binterval\s*'`, "reckon with times in Go"},
		{`\b(extract|date_part|date_trunc|to_char|to_date|age)\s*\(`, "reckon with dates in Go"},
		{`\bILIKE\b`, "search a column made in Go"},
		{`\bLIKE\b`, "search a column made in Go (internal/search)"},
		{`\b(lower|upper|initcap)\s*\(`, "SQLite changes only ASCII letters: make the column in Go"},
		{`\bDISTINCT\s+ON\b`, "use row_number() OVER"},
		{`\bLATERAL\b`, "use a window function or a join"},
		{`\bFOR\s+(UPDATE|SHARE)\b`, "change the row first, or use a version column"},
		{`\bAS\s*\(\s*(INSERT|UPDATE|DELETE)\b`, "no data-modifying CTE: use two statements"},
		{`\bround\s*\([^()]*,`, "round in Go"},
		{`\b(max|min)\s*\([^()]*,`, "SQLite only: use CASE"},
		{`\b(greatest|least)\s*\(`, "PostgreSQL only: use CASE"},
		{`\b(smallserial|serial|bigserial|autoincrement)\b|\bAS\s+IDENTITY\b`, "ids are UUIDv7 made with db.NewID"},
		{`\b(numeric|decimal|real|float|money)\b`, "scores are bigint in hundredths or text"},
		{`\b(array_agg|unnest|generate_series|jsonb?_\w+|row_to_json|group_concat|ifnull|nvl|iif|instr|printf|format|split_part|regexp_\w+|left|right|lpad|rpad)\s*\(`, "only one engine has it"},
		{`\b(rowid|oid|ctid|xmin)\b`, "the two engines have no such column in common"},
		{`\bINSERT\s+OR\b|\bREPLACE\s+INTO\b|\bON\s+DUPLICATE\b`, "use ON CONFLICT"},
		{`\bLIMIT\s+\S+\s*,\s*\S`, "use LIMIT … OFFSET …"},
		{`[=(,]\s*\?`, "placeholders are $1, $2 …"},
		{`\bSIMILAR\s+TO\b|\bGLOB\b|\bREGEXP\b|\s!?~\*?\s`, "search a column made in Go"},
		{`\bTRUNCATE\b|\bCREATE\s+(TYPE|DOMAIN|FUNCTION|TRIGGER|EXTENSION)\b`, "only one engine has it"},
		{`"`, "names need no quotes: choose another name"},
	})
}

// forbiddenTypes are looked for where tables are made.
func forbiddenTypes() []forbidden {
	return compile([][2]string{
		{`\b(varchar|char|datetime|timestamp|date|time|integer|int|smallint|blob|json)\b\s*(\(\d+\)\s*)?(NOT NULL|NULL|PRIMARY|DEFAULT|REFERENCES|CHECK|UNIQUE|,|\))`, "types are text, bigint, double precision, boolean, bytea"},
	})
}

func compile(list [][2]string) []forbidden {
	all := make([]forbidden, len(list))
	for i, f := range list {
		all[i] = forbidden{regexp.MustCompile(`(?i)` + f[0]), f[1]}
	}
	return all
}

// sqlRules are the patterns, compiled once for a test.
type sqlRules struct {
	words, types []forbidden
	flags        *regexp.Regexp // a boolean column compared with a number
}

var (
	beginsSQL  = regexp.MustCompile(`(?is)^\s*(SELECT|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|WITH\s+(RECURSIVE\s+)?\w+\s*(\(|AS)|CREATE\s|ALTER\s|FROM\s+\w|WHERE\s+\w|AND\s+\w+\s*[=<>(]|ORDER\s+BY\s|GROUP\s+BY\s|(LEFT\s+)?JOIN\s+\w|ON\s+CONFLICT|UNION\s)`)
	definition = regexp.MustCompile(`(?i)^\s*(CREATE|ALTER)\s+TABLE\b`)
	comment    = regexp.MustCompile(`--[^\n]*`)
	literal    = regexp.MustCompile(`'[^']*'`)
	holder     = regexp.MustCompile(`\$(\d+)`)
	boolean    = regexp.MustCompile(`(?im)^\s*(\w+)\s+boolean\b`)
	copies     = regexp.MustCompile(`(?is)\bINSERT\s+INTO\b[^;]*\bSELECT\b(.*?)\bON\s+CONFLICT\b`)
)

// exempt packages speak to one engine on purpose.
func exempt(dir string) bool {
	return dir == "internal/db" || within(dir, []string{"internal/repotest"})
}

func TestSQLIsForBothEngines(t *testing.T) {
	pieces := statements(t)
	if len(pieces) < 20 {
		t.Fatalf("found only %d pieces of SQL", len(pieces))
	}
	rules := sqlRules{forbiddenSQL(), forbiddenTypes(), booleans(pieces)}
	for _, p := range pieces {
		for _, problem := range rules.problems(p.text) {
			t.Errorf("%s: %s", p.where, problem)
		}
	}
}

// piece is a statement or a part of one.
type piece struct{ where, text string }

// statements finds the SQL in migrations and in the strings of Go code.
func statements(t *testing.T) []piece {
	t.Helper()
	var all []piece
	walk(t, func(file, text string) {
		if path.Ext(file) == ".sql" {
			for part := range strings.SplitSeq(comment.ReplaceAllString(text, ""), ";") {
				all = append(all, piece{file, part})
			}
		}
	})
	for _, s := range sources(t) {
		if s.test || s.generated || exempt(s.dir) {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err == nil && beginsSQL.MatchString(text) && strings.ToLower(text) != text {
				all = append(all, piece{s.line(lit), comment.ReplaceAllString(text, "")})
			}
			return true
		})
	}
	return all
}

// booleans returns the columns that are boolean, as a pattern, unless a column
// of the same name is something else in another table.
func booleans(pieces []piece) *regexp.Regexp {
	names := map[string]bool{}
	for _, p := range pieces {
		for _, m := range boolean.FindAllStringSubmatch(p.text, -1) {
			names[m[1]] = true
		}
	}
	for _, p := range pieces {
		for name := range names {
			if regexp.MustCompile(`(?im)^\s*` + name + `\s+(text|bigint)\b`).MatchString(p.text) {
				delete(names, name)
			}
		}
	}
	list := "\x00"
	for name := range names {
		list += "|" + name
	}
	return regexp.MustCompile(`(?i)\b(` + list + `)\s*(=|<>|!=)\s*[01]\b`)
}

func (r sqlRules) problems(text string) []string {
	var found []string
	bare := literal.ReplaceAllString(text, "''")
	words := r.words
	if definition.MatchString(bare) {
		words = slices.Concat(words, r.types)
	}
	for _, f := range words {
		if m := f.pattern.FindString(bare); m != "" {
			found = append(found, strconv.Quote(m)+": "+f.instead)
		}
	}
	if m := r.flags.FindString(bare); m != "" {
		found = append(found, strconv.Quote(m)+": a boolean is compared with true or false")
	}
	for _, m := range copies.FindAllStringSubmatch(bare, -1) {
		if !strings.Contains(strings.ToUpper(m[1]), "WHERE") {
			found = append(found, "INSERT … SELECT … ON CONFLICT needs WHERE true on SQLite")
		}
	}
	last := 0
	for _, m := range holder.FindAllStringSubmatch(bare, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil || last > 0 && n > last+1 {
			found = append(found, "$"+m[1]+" comes after $"+itoa(last)+": number placeholders in the order of their first use")
		}
		last = max(last, n)
	}
	return found
}

func TestForbiddenSQLIsFound(t *testing.T) {
	flags := booleans([]piece{{"", "CREATE TABLE a (\n open boolean NOT NULL,\n done boolean)"}, {"", "CREATE TABLE b (\n done bigint)"}})
	rules := sqlRules{forbiddenSQL(), forbiddenTypes(), flags}
	for text, want := range map[string]int{
		`SELECT a FROM b WHERE c = $1 AND d = $2 AND e = $1`:              0,
		`SELECT a FROM b WHERE c = 'now() :: "x"' AND open AND done = 1`:  0,
		`SELECT count(*) FILTER (WHERE open) FROM a WHERE update_at > $1`: 0,
		`SELECT $1::text`:                                                     1,
		`SELECT a FROM b WHERE c = ANY($1)`:                                   1,
		`SELECT now()`:                                                        1,
		`SELECT a FROM b WHERE name LIKE $1`:                                  1,
		`SELECT a FROM b WHERE open = 1`:                                      1,
		`SELECT a FROM b WHERE c = $2 AND d = $1`:                             0, // may be the end of a longer statement
		`SELECT a FROM b WHERE c = $1 AND d = $3`:                             1,
		`INSERT INTO a (b) SELECT c FROM d ON CONFLICT DO NOTHING`:            1,
		`INSERT INTO a (b) SELECT c FROM d WHERE true ON CONFLICT DO NOTHING`: 0,
		`CREATE TABLE a (b integer NOT NULL)`:                                 1,
		`CREATE TABLE a (b numeric, at text)`:                                 1,
		`SELECT round(x, 2) FROM a`:                                           1,
		`SELECT time, date FROM position (a)`:                                 0,
		`SELECT lower(name) FROM a`:                                           1,
	} {
		if got := rules.problems(text); len(got) != want {
			t.Errorf("%s: found %q, want %d", text, got, want)
		}
	}
}
