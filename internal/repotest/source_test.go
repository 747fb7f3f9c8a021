package repotest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/gurindam/gurindam/"

// source is one Go file of the repository.
type source struct {
	path      string // from the root, with slashes
	dir       string
	text      string
	test      bool
	generated bool
	ast       *ast.File
	fset      *token.FileSet
}

// line returns "file:line" of a node.
func (s source) line(n ast.Node) string {
	p := s.fset.Position(n.Pos())
	return s.path + ":" + itoa(p.Line)
}

// root returns the directory of go.mod.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// walk calls fn with every file of the repository that people write.
func walk(t *testing.T, fn func(file, text string)) {
	t.Helper()
	base := root(t)
	err := filepath.WalkDir(base, func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := e.Name()
		if e.IsDir() {
			if file != base && (strings.HasPrefix(name, ".") && name != ".ci" || slices.Contains([]string{"node_modules", "dist", "testdata", "bin"}, name)) {
				return filepath.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".go", ".sql", ".toml", ".templ", ".md", ".sh", ".mjs", ".js", ".css", ".yml", ""}, filepath.Ext(name)) {
			return nil
		}
		body, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(base, file)
		fn(filepath.ToSlash(rel), string(body))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sources parses every Go file of the repository.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	walk(t, func(file, text string) {
		if path.Ext(file) != ".go" {
			return
		}
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, file, text, parser.ParseComments)
		if err != nil {
			t.Error(err)
			return
		}
		all = append(all, source{
			path: file, dir: path.Dir(file), text: text, ast: tree, fset: fset,
			test: strings.HasSuffix(file, "_test.go"), generated: ast.IsGenerated(tree),
		})
	})
	if len(all) < 20 {
		t.Fatalf("found only %d Go files", len(all))
	}
	return all
}
