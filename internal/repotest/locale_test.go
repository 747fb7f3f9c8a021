package repotest_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// sentence is one translation: its singular, if it has one, and its text.
type sentence struct{ file, one, other string }

// sentences reads the texts of one language of the whole repository.
func sentences(t *testing.T, lang string) map[string]sentence {
	t.Helper()
	all := map[string]sentence{}
	walk(t, func(file, text string) {
		if path.Base(file) != lang+".toml" || path.Base(path.Dir(file)) != "locale" {
			return
		}
		var tree map[string]any
		if _, err := toml.Decode(text, &tree); err != nil {
			t.Errorf("%s: %v", file, err)
			return
		}
		flatten(t, all, file, "", tree)
	})
	if len(all) == 0 {
		t.Fatalf("no translations for %s", lang)
	}
	return all
}

func flatten(t *testing.T, all map[string]sentence, file, prefix string, tree map[string]any) {
	t.Helper()
	for name, v := range tree {
		key := prefix + name
		s := sentence{file: file}
		switch v := v.(type) {
		case string:
			s.other = v
		case map[string]any:
			one, hasOne := v["one"].(string)
			other, hasOther := v["other"].(string)
			if !hasOne || !hasOther {
				flatten(t, all, file, key+".", v)
				continue
			}
			s.one, s.other = one, other
		default:
			t.Errorf("%s: %s is neither a text nor a plural", file, key)
			continue
		}
		if twin, twice := all[key]; twice {
			t.Errorf("%s: %s is in %s too", file, key, twin.file)
		}
		all[key] = s
	}
}

var blank = regexp.MustCompile(`\{(\d+)\}`)

func blanks(s sentence) []string {
	set := map[string]bool{}
	for _, m := range blank.FindAllStringSubmatch(s.one+" "+s.other, -1) {
		set[m[1]] = true
	}
	return slices.Sorted(maps.Keys(set))
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	id, en := sentences(t, "id"), sentences(t, "en")
	for key, s := range id {
		e, there := en[key]
		switch {
		case !there:
			t.Errorf("%s: %s has no English", s.file, key)
			continue
		case path.Dir(s.file) != path.Dir(e.file):
			t.Errorf("%s is in %s and in %s", key, s.file, e.file)
		case !slices.Equal(blanks(s), blanks(e)):
			t.Errorf("%s: %s has the blanks %v, its English %v", s.file, key, blanks(s), blanks(e))
		}
		for _, text := range []string{s.other, e.other} {
			if strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text {
				t.Errorf("%s: %s is empty or has spaces at its ends: %q", s.file, key, text)
			}
		}
		if strings.Contains(s.other, "!") {
			t.Errorf("%s: %s shouts: %s", s.file, key, s.other)
		}
	}
	for key, e := range en {
		if _, there := id[key]; !there {
			t.Errorf("%s: %s has no Indonesian", e.file, key)
		}
	}
}

var keyLike = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+\.?$`)

// speaking are the functions that take a key among their arguments.
func speaking(name string) bool {
	return slices.Contains([]string{"T", "Say", "New", "Missing", "Wrong", "Clash", "Denied", "WrongField", "Add", "Check", "Progress", "Redirect", "complain"}, name)
}

// usedKeys finds the keys written in Go code, templ's included; one that ends
// with a dot is the beginning of keys put together.
func usedKeys(t *testing.T) map[string]string {
	t.Helper()
	used := map[string]string{}
	for _, s := range sources(t) {
		if s.test || s.dir == "internal/i18n" {
			continue
		}
		note := func(e ast.Expr) {
			if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
				e = sum.X
			}
			lit, ok := e.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return
			}
			if key, err := strconv.Unquote(lit.Value); err == nil && keyLike.MatchString(key) {
				used[key] = s.line(lit)
			}
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := ""
			switch fn := call.Fun.(type) {
			case *ast.SelectorExpr:
				name = fn.Sel.Name
			case *ast.Ident:
				name = fn.Name
			}
			if speaking(name) {
				for _, a := range call.Args {
					note(a)
				}
			}
			return true
		})
	}
	return used
}

func TestEveryKeyThatIsUsedHasASentence(t *testing.T) {
	id := sentences(t, "id")
	areas := map[string]bool{}
	for key := range id {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
	}
	used := usedKeys(t)
	for _, key := range slices.Sorted(maps.Keys(used)) {
		area, _, _ := strings.Cut(key, ".")
		_, there := id[key]
		if strings.HasSuffix(key, ".") {
			there = slices.ContainsFunc(slices.Collect(maps.Keys(id)), func(k string) bool { return strings.HasPrefix(k, key) })
		}
		if !there {
			t.Errorf("%s: the key %s has no sentence%s", used[key], key, hint(areas[area], area))
		}
	}
	t.Log(unused(id, used))
}

func hint(known bool, area string) string {
	if known {
		return ""
	}
	return fmt.Sprintf(" (no locale has an area %q)", area)
}

// unused counts the sentences no literal asks for; keys put together at run
// time are among them, so it only informs.
func unused(id map[string]sentence, used map[string]string) string {
	n := 0
	for key := range id {
		if _, asked := used[key]; !asked {
			n++
		}
	}
	return fmt.Sprintf("%d of %d sentences are asked for by keys put together at run time, or by nobody", n, len(id))
}
