package static

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func sample() *Assets {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return open(fstest.MapFS{
		"dist/.gitkeep":            file(""),
		"dist/manifest.json":       file(`{"app.css":"app-AAAAAAAA.css","a.woff2":"a-BBBBBBBB.woff2"}`),
		"dist/app-AAAAAAAA.css":    file("body{}"),
		"dist/app-AAAAAAAA.css.br": file("as brotli"),
		"dist/app-AAAAAAAA.css.gz": file("as gzip"),
		"dist/a-BBBBBBBB.woff2":    file("font"),
	})
}

func get(h http.Handler, target, accept string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestServesWhatTheBrowserTakes(t *testing.T) {
	for _, c := range []struct{ name, accept, encoding, body, kind string }{
		{"app-AAAAAAAA.css", "gzip, deflate, br", "br", "as brotli", "text/css; charset=utf-8"},
		{"app-AAAAAAAA.css", "gzip", "gzip", "as gzip", "text/css; charset=utf-8"},
		{"app-AAAAAAAA.css", "br;q=0, gzip;q=0.5", "gzip", "as gzip", "text/css; charset=utf-8"},
		{"app-AAAAAAAA.css", "", "", "body{}", "text/css; charset=utf-8"},
		{"a-BBBBBBBB.woff2", "gzip, br", "", "font", "font/woff2"},
	} {
		res := get(sample(), Prefix+c.name, c.accept)
		body, _ := io.ReadAll(res.Body)
		if res.StatusCode != http.StatusOK || string(body) != c.body {
			t.Errorf("%s for %q: %d %q, want %q", c.name, c.accept, res.StatusCode, body, c.body)
		}
		if got := res.Header.Get("Content-Encoding"); got != c.encoding {
			t.Errorf("%s for %q: encoding %q, want %q", c.name, c.accept, got, c.encoding)
		}
		if got := res.Header.Get("Content-Type"); got != c.kind {
			t.Errorf("%s: type %q, want %q", c.name, got, c.kind)
		}
		if got := res.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: may be kept %q, want immutable", c.name, got)
		}
	}
}

func TestHidesWhatIsNotForPages(t *testing.T) {
	for _, name := range []string{"manifest.json", ".gitkeep", "app-AAAAAAAA.css.gz", "none.css", ""} {
		if res := get(sample(), Prefix+name, "gzip"); res.StatusCode != http.StatusNotFound {
			t.Errorf("%q answered %d, want 404", name, res.StatusCode)
		}
	}
}

func TestNamesComeFromTheManifest(t *testing.T) {
	a := sample()
	if got := a.url("app.css"); got != "/static/app-AAAAAAAA.css" {
		t.Errorf("url of the stylesheet is %q", got)
	}
	if got := a.url("other.js"); got != "/static/other.js" {
		t.Errorf("url of an unknown name is %q", got)
	}
}

func TestWithoutAssetsSaysWhatToRun(t *testing.T) {
	empty := open(fstest.MapFS{"dist/.gitkeep": &fstest.MapFile{}})
	res := get(empty, Prefix+"app.css", "")
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusNotFound || !strings.Contains(string(body), "make build") {
		t.Errorf("an empty dist answers %d %q", res.StatusCode, body)
	}
}

func TestTheBuiltFilesAreSmall(t *testing.T) {
	if !Built() {
		t.Skip("assets are not built")
	}
	for _, c := range []struct {
		name  string
		limit int
	}{{"app.css", 18 << 10}, {"app.js", 25 << 10}, {"icons.svg", 4 << 10}} {
		res := get(Handler(), URL(c.name), "gzip")
		body, _ := io.ReadAll(res.Body)
		if res.StatusCode != http.StatusOK || len(body) > c.limit {
			t.Errorf("%s: %d, %d bytes compressed, want at most %d", c.name, res.StatusCode, len(body), c.limit)
		}
	}
}
