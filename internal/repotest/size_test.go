package repotest_test

import (
	"go/ast"
	"strings"
	"testing"
)

// Beyond the first number a function or file is listed, beyond the second the
// test fails.
const (
	longFile, tooLongFile         = 400, 600
	longFunction, tooLongFunction = 60, 120
)

func TestFilesAndFunctionsAreShort(t *testing.T) {
	for _, s := range sources(t) {
		if s.generated {
			continue
		}
		switch n := strings.Count(s.text, "\n"); {
		case n > tooLongFile:
			t.Errorf("%s has %d lines, more than %d: split it by what it is about", s.path, n, tooLongFile)
		case n > longFile:
			t.Logf("%s has %d lines", s.path, n)
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			fn, ok := n.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				return true
			}
			lines := s.fset.Position(fn.End()).Line - s.fset.Position(fn.Pos()).Line + 1
			switch {
			case lines > tooLongFunction:
				t.Errorf("%s: %s has %d lines, more than %d", s.line(fn), fn.Name.Name, lines, tooLongFunction)
			case lines > longFunction && !s.test:
				t.Logf("%s: %s has %d lines", s.line(fn), fn.Name.Name, lines)
			}
			return true
		})
	}
}
