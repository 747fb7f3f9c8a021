package repotest_test

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The content policy is default-src 'self': what a page writes inline is not
// run and not shown.
func TestPagesHaveNothingInline(t *testing.T) {
	inline := map[string]*regexp.Regexp{
		"an inline style":         regexp.MustCompile(`\sstyle=`),
		"an inline event handler": regexp.MustCompile(`\s(on[a-z]+|hx-on[:a-z-]*)=`),
		"an inline script":        regexp.MustCompile(`<script(\s+[^>]*)?>\s*\S`),
		"a style element":         regexp.MustCompile(`<style[\s>]`),
		"a javascript: address":   regexp.MustCompile(`(?i)"javascript:`),
	}
	withSource := regexp.MustCompile(`<script[^>]*\ssrc=[^>]*>\s*</script>`)
	walk(t, func(file, text string) {
		if path.Ext(file) != ".templ" {
			return
		}
		for i, line := range strings.Split(text, "\n") {
			line = withSource.ReplaceAllString(line, "")
			for what, pattern := range inline {
				if pattern.MatchString(line) {
					t.Errorf("%s:%d has %s: %s", file, i+1, what, strings.TrimSpace(line))
				}
			}
		}
	})
}

// Areas are told what time it is, so that a test and a rule of last year can
// stand on another day.
func TestAreasTakeTheTimeFromTheirClock(t *testing.T) {
	told := slices.Concat(areas, []string{"rulebook", "org", "talent", "monitoring"}, services)
	for _, s := range sources(t) {
		if s.test || !within(s.dir, told) {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
				t.Errorf("%s asks the machine for the time; take it from the clock the constructor was given", s.line(call))
			}
			return true
		})
	}
}
