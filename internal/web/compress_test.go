package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestPagesGoOutCompressed(t *testing.T) {
	long := strings.Repeat("<p>Gurindam dua belas</p>", 400)
	answers := func(contentType, body string) http.Handler {
		return compressed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.Header().Set("ETag", `"dua-belas"`)
			http.ServeContent(w, r, "", time.Time{}, strings.NewReader(body))
		}))
	}
	for _, c := range []struct {
		name, contentType, body, accept, want string
	}{
		{"a page", "text/html; charset=utf-8", long, "gzip, deflate, br", "gzip"},
		{"a page for who does not ask", "text/html; charset=utf-8", long, "", ""},
		{"a page for who refuses", "text/html; charset=utf-8", long, "gzip;q=0", ""},
		{"a small page", "text/html; charset=utf-8", "<p>Gurindam</p>", "gzip", ""},
		{"a stream of events", "text/event-stream", long, "gzip", ""},
		{"a download", "text/csv; charset=utf-8", long, "gzip", ""},
		{"a document", "application/pdf", long, "gzip", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := get(answers(c.contentType, c.body), c.accept, "")
			if got := w.Header().Get("Content-Encoding"); got != c.want {
				t.Fatalf("Content-Encoding %q, want %q", got, c.want)
			}
			if got := unpacked(t, w); got != c.body {
				t.Errorf("the body of %d bytes came back as %d", len(c.body), len(got))
			}
			if c.want == "gzip" && !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding") {
				t.Error("a cache in between is not told that the answer depends on Accept-Encoding")
			}
		})
	}
	if w := get(answers("text/html", long), "gzip", `"dua-belas"`); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("what the browser has is answered %d with %d bytes, want 304 and none", w.Code, w.Body.Len())
	}
}

// The length of a compressed page does not follow the length of its content:
// padding depends on all of it.
func TestCompressedPagesArePadded(t *testing.T) {
	lengths := map[int]bool{}
	for i := range 16 {
		body := strings.Repeat("<p>Raja Ali Haji</p>", 200) + string(rune('a'+i))
		h := compressed(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, body)
		}))
		lengths[get(h, "gzip", "").Body.Len()] = true
	}
	if len(lengths) < 6 {
		t.Errorf("sixteen pages that differ in one letter have only %d lengths", len(lengths))
	}
}

func get(h http.Handler, accept, have string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if accept != "" {
		r.Header.Set("Accept-Encoding", accept)
	}
	if have != "" {
		r.Header.Set("If-None-Match", have)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func unpacked(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	if w.Header().Get("Content-Encoding") == "" {
		return w.Body.String()
	}
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
