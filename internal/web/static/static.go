package static

import (
	"bytes"
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// Prefix is the path under which Handler is mounted; URL's answers begin with it.
const Prefix = "/static/"

// NotBuilt is what a program says that was compiled without its assets.
const NotBuilt = "The stylesheet and scripts are not built yet. Run `make build`, then start this program again.\n" +
	"Lembar gaya dan skrip belum dibangun. Jalankan `make build`, lalu mulai lagi program ini.\n"

//go:embed all:dist
var dist embed.FS

// built is the assets compiled into this program.
var built = open(dist)

// Assets are the built files and the names they were built from.
type Assets struct {
	files fs.FS
	names map[string]string
}

// open reads the manifest of an asset tree; without one, nothing was built.
func open(tree fs.FS) *Assets {
	a := &Assets{names: map[string]string{}}
	a.files, _ = fs.Sub(tree, "dist")
	if raw, err := fs.ReadFile(a.files, "manifest.json"); err == nil {
		_ = json.Unmarshal(raw, &a.names) // a broken manifest means: nothing built
	}
	return a
}

// Built reports whether this program carries its stylesheet and scripts.
func Built() bool { return len(built.names) > 0 }

// URL returns the address of an asset by its plain name, for example
// "app.css" or "icons.svg". When nothing is built it is the plain name
// under Prefix, which answers 404 with a sentence that says what to run.
func URL(name string) string { return built.url(name) }

// Handler serves the assets under Prefix.
func Handler() http.Handler { return built }

func (a *Assets) url(name string) string {
	if hashed, ok := a.names[name]; ok {
		return Prefix + hashed
	}
	return Prefix + name
}

// ServeHTTP answers with the file, compressed when the browser takes it and a
// compressed copy exists.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	if len(a.names) == 0 {
		http.Error(w, NotBuilt, http.StatusNotFound)
		return
	}
	if !a.public(name) {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(name))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	if strings.HasPrefix(name, "kiosk-worker-") {
		h.Set("Service-Worker-Allowed", "/s/") // it looks after the survey's pages
	}
	for _, c := range [...]struct{ encoding, ext string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !accepts(r, c.encoding) {
			continue
		}
		if raw, err := fs.ReadFile(a.files, name+c.ext); err == nil {
			h.Set("Content-Encoding", c.encoding)
			send(w, r, raw)
			return
		}
	}
	raw, err := fs.ReadFile(a.files, name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	send(w, r, raw)
}

// public reports whether name is a built file that a page may ask for: not the
// manifest, not a dot file, not a compressed copy by its own name.
func (a *Assets) public(name string) bool {
	return !strings.HasPrefix(name, ".") && name != "manifest.json" && contentType(name) != ""
}

func send(w http.ResponseWriter, r *http.Request, raw []byte) {
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(raw))
}

// contentType returns the type of a file pages may ask for, or "".
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	}
	return ""
}

// accepts reports whether the request's Accept-Encoding names the encoding and
// does not refuse it with q=0.
func accepts(r *http.Request, encoding string) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		token, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(token) == encoding {
			return strings.ReplaceAll(q, " ", "") != "q=0"
		}
	}
	return false
}
