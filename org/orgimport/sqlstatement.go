package orgimport

import "strings"

// notColumns begin lines of a CREATE TABLE that make no column.
func notColumns() []string {
	return []string{"PRIMARY", "KEY", "UNIQUE", "INDEX", "CONSTRAINT", "FOREIGN", "FULLTEXT", "SPATIAL", "CHECK"}
}

// createdTable reads "TABLE [IF NOT EXISTS] name (column …, …)" behind CREATE;
// the zero one when something else is made.
func createdTable(s *sqlScanner) (d dumped, err error) {
	t, err := s.next()
	for err == nil && t.word("TEMPORARY") {
		t, err = s.next()
	}
	if err != nil || !t.word("TABLE") {
		s.back(t)
		return d, err
	}
	if t, err = s.next(); err == nil && t.word("IF") {
		for range 3 { // NOT EXISTS and the name
			if t, err = s.next(); err != nil {
				return d, err
			}
		}
	}
	if err != nil || !t.named() {
		s.back(t)
		return d, err
	}
	name := lastName(t, s)
	if t, err = s.next(); err != nil || !t.is("(") {
		s.back(t)
		return d, err
	}
	columns, err := createdColumns(s)
	return dumped{name, columns}, err
}

// createdColumns reads the columns of a CREATE TABLE to its closing bracket.
func createdColumns(s *sqlScanner) (columns []string, err error) {
	depth, begins := 1, true
	for depth > 0 {
		t, err := s.next()
		if err != nil || t.kind == sqlEnd {
			return columns, err
		}
		switch {
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		case t.is(";"):
			s.back(t)
			return columns, nil
		case begins && depth == 1 && t.named() && !t.word(notColumns()...) && len(columns) < maxColumns:
			columns = append(columns, t.text)
		}
		begins = depth == 1 && t.is(",")
	}
	return columns, nil
}

// lastName returns the table of "table", "`table`" and "`base`.`table`".
func lastName(t sqlToken, s *sqlScanner) string {
	name := t.text
	if t.kind == sqlWord {
		return name[strings.LastIndexByte(name, '.')+1:]
	}
	for s.peek(".") {
		after, err := s.next() // ".", or ".table"
		if err != nil || after.text != "." {
			return strings.TrimPrefix(after.text, ".")
		}
		if t, err = s.next(); err != nil {
			return name
		}
		name = t.text
	}
	return name
}

// insertInto reads "INTO name [(columns)] VALUES" behind INSERT or REPLACE; no
// name when it is another kind of INSERT.
func insertInto(s *sqlScanner) (name string, columns []string, err error) {
	t, err := s.next()
	for err == nil && t.word("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO") {
		t, err = s.next()
	}
	if err != nil || !t.named() {
		s.back(t)
		return "", nil, err
	}
	name = lastName(t, s)
	if t, err = s.next(); err != nil {
		return "", nil, err
	}
	for t.is("(") || t.is(",") {
		if t, err = s.next(); err != nil {
			return "", nil, err
		}
		if t.named() && len(columns) < maxColumns {
			columns = append(columns, t.text)
		}
		if t, err = s.next(); err != nil {
			return "", nil, err
		}
	}
	if t.is(")") {
		if t, err = s.next(); err != nil {
			return "", nil, err
		}
	}
	if !t.word("VALUES", "VALUE") {
		s.back(t)
		return "", nil, nil
	}
	return name, columns, nil
}

// tuple reads literals to the closing bracket, at most one more than wanted.
func tuple(s *sqlScanner, wanted int) (values []string, ok bool, err error) {
	for len(values) <= wanted {
		v, ok, err := literal(s)
		if err != nil || !ok {
			return nil, false, err
		}
		values = append(values, v)
		t, err := s.next()
		if err != nil || t.is(")") {
			return values, true, err
		}
		if !t.is(",") {
			return nil, false, nil
		}
	}
	return values, true, nil
}

// literal reads a quoted text, a number or NULL, which is an empty cell. Texts
// may name their character set before them: _utf8mb4'…'; b'1' is a bit.
func literal(s *sqlScanner) (value string, ok bool, err error) {
	t, err := s.next()
	if err != nil {
		return "", false, err
	}
	if t.kind == sqlWord && (strings.HasPrefix(t.text, "_") || t.word("b", "x", "n")) && (s.peek("'") || s.peek(" '")) {
		if t, err = s.next(); err != nil {
			return "", false, err
		}
	}
	switch t.kind {
	case sqlText, sqlOther:
		return t.text, true, nil
	case sqlWord:
		if t.word("NULL") {
			return "", true, nil
		}
		return t.text, true, nil
	}
	return "", false, nil
}
