package file

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

func zipWith(t *testing.T, name string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create(name); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAFileIsKnownByItsBytes(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"picture":             {png, "image/png"},
		"pdf":                 {"%PDF-1.7\n", "application/pdf"},
		"text":                {"Rekap perekaman KTP-el, 212 warga.", "text/plain"},
		"docx":                {zipWith(t, "word/document.xml"), word},
		"xlsx":                {zipWith(t, "xl/workbook.xml"), excel},
		"archive":             {zipWith(t, "virus.exe"), ""},
		"page":                {"<html><script>alert(1)</script>", ""},
		"drawing with script": {"  <svg onload=alert(1)>", ""},
		"page in disguise":    {"Halo\n<script>alert(1)</script>", ""},
		"program":             {"MZ\x90\x00\x03\x00\x00\x00", ""},
	} {
		file := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(file, []byte(c.body), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := mediaOf([]byte(c.body), file); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestANameIsMadeSafe(t *testing.T) {
	for in, want := range map[string]string{
		"../../etc/passwd":        "passwd.png",
		`C:\Foto\bukti "1".jpg`:   "bukti 1.png",
		"rekap.php\x00.png":       "rekap.php.png",
		"":                        "berkas.png",
		strings.Repeat("é", 200):  strings.Repeat("é", 80) + ".png",
		"\xff\xfe":                "berkas.png",
		"nota\r\nSet-Cookie: a=b": "notaSet-Cookie ab.png",
	} {
		if got := safeName(in, "image/png"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestFilesAreKeptOnceAndHandedOutSafely(t *testing.T) {
	repotest.EachDB(t, []db.Migrations{Migrations()}, func(t *testing.T, d *db.DB) {
		dir := t.TempDir()
		s := New(d, dir, nil)
		one, err := s.Put(t.Context(), "acc-1", "foto.exe", strings.NewReader(png))
		if err != nil {
			t.Fatal(err)
		}
		two, err := s.Put(t.Context(), "acc-2", "sama.png", strings.NewReader(png))
		if err != nil {
			t.Fatal(err)
		}
		if one.Hash != two.Hash || one.ID == two.ID || one.Name != "foto.png" {
			t.Fatalf("%+v %+v", one, two)
		}
		got, err := s.Get(t.Context(), one.ID)
		if err != nil || got.Owner != "acc-1" {
			t.Fatalf("%+v %v", got, err)
		}
		w := httptest.NewRecorder()
		if err := s.Serve(w, httptest.NewRequest("GET", "/", nil), got); err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(w.Result().Body)
		if string(body) != png || w.Header().Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox") {
			t.Fatalf("%q %v", body, w.Header())
		}
		if _, err := s.Get(t.Context(), "none"); !fault.Is(err, fault.NotFound) {
			t.Fatalf("unknown id: %v", err)
		}
		if err := os.RemoveAll(filepath.Join(dir, one.Hash[:2])); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Open(got); !fault.Is(err, fault.Unavailable) {
			t.Fatalf("a file gone from the disk: %v", err)
		}
	})
}

func TestWhatCannotBeKeptLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := New(repotest.OpenSQLite(t, []db.Migrations{Migrations()}), dir, nil)
	for name, r := range map[string]io.Reader{
		"empty":    strings.NewReader(""),
		"page":     strings.NewReader("<html>"),
		"too long": io.LimitReader(endless{}, MostBytes+5),
		"broken":   io.MultiReader(strings.NewReader(png), broken{}),
	} {
		if _, err := s.Put(t.Context(), "acc", "x.png", r); err == nil {
			t.Errorf("%s was kept", name)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Fatalf("left behind: %v %v", left, err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return copy(p, png), nil }

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
