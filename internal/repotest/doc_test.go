package repotest_test

import (
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestEachPackageSaysWhatItIsFor(t *testing.T) {
	said := map[string]string{}
	names := map[string]string{}
	for _, s := range sources(t) {
		if s.test || s.generated {
			continue
		}
		if _, seen := said[s.dir]; !seen {
			said[s.dir] = ""
		}
		names[s.dir] = s.ast.Name.Name
		file := path.Base(s.path)
		if s.ast.Doc != nil && (file == "doc.go" || s.ast.Name.Name == "main") {
			said[s.dir] = s.ast.Doc.Text()
		}
	}
	for dir, text := range said {
		begin := "Package " + names[dir] + " "
		if names[dir] == "main" {
			begin = "Command " + path.Base(dir) + " "
		}
		switch {
		case !strings.HasPrefix(text, begin):
			t.Errorf("%s: doc.go must begin with a comment %q…", dir, begin)
		case len(strings.Fields(text)) < 8:
			t.Errorf("%s: the package comment says too little: %q", dir, text)
		}
	}
}

// The names that say nothing of what is inside.
func TestNoPackageIsADrawer(t *testing.T) {
	drawer := regexp.MustCompile(`^(utils?|commons?|helpers?|types?|models?|misc|base)$`)
	for _, s := range sources(t) {
		if drawer.MatchString(s.ast.Name.Name) {
			t.Errorf("%s: package %s is named after nothing", s.path, s.ast.Name.Name)
		}
	}
}

// What belongs to the machine on which a file was written does not belong into
// the repository.
func TestNoPathsOfAMachine(t *testing.T) {
	machine := regexp.MustCompile(`(^|[\s"'` + "`" + `(=:])/(work|root|home/\w+|Users/\w+)/`)
	walk(t, func(file, text string) {
		if strings.HasSuffix(file, "doc_test.go") {
			return
		}
		for i, line := range strings.Split(text, "\n") {
			if machine.MatchString(line) {
				t.Errorf("%s:%d names a path of one machine: %s", file, i+1, strings.TrimSpace(line))
			}
		}
	})
}
