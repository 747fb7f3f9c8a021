package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func gz(t *testing.T, file, text string) {
	t.Helper()
	if err := write(file, text); err != nil {
		t.Fatal(err)
	}
}

func unpacked(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPack(t *testing.T) {
	dir, target := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"kelasJabatan":      `[{"id":"g1","nama":"Arsiparis"}]`,
		"jabatanFungsional": `[{"nama":"Arsiparis Ahli Muda","jenjang":"MU","usiaBup":"58","kelompokJabatanId":"g1"},{"nama":"Baru  Ahli","jenjang":"XX","usiaBup":"0","kelompokJabatanId":"gone"}]`,
		"jabatanPelaksana":  `[{"nama":"SOPIR"},{"nama":" SOPIR"},{"nama":"ANALIS"}]`,
		"pendidikan":        `[{"nama":"S-1 HUKUM","tingkatPendidikanId":"40"}]`,
		"golonganPns":       `[{"nama":"I/a","namaPangkat":"Juru Muda"}]`,
	} {
		gz(t, filepath.Join(dir, name+".json.gz"), text)
	}
	if err := pack(dir, target); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"jabatanFungsional": "Arsiparis Ahli Muda\tMU\t58\tArsiparis\nBaru Ahli\tXX\t0\t",
		"jabatanPelaksana":  "ANALIS\nSOPIR",
		"pendidikan":        "40\tS-1 HUKUM",
		"golonganPns":       "I/a\tJuru Muda",
	} {
		if got := unpacked(t, filepath.Join(target, name+".tsv.gz")); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// Where the source is at hand, the files of the repository are what it gives.
func TestTheFilesAreTheSource(t *testing.T) {
	data := os.Getenv("GURINDAM_DATA")
	if data == "" {
		t.Skip("GURINDAM_DATA is not set")
	}
	target := t.TempDir()
	if err := pack(filepath.Join(data, "siasn"), target); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../data/*.tsv.gz")
	if err != nil || len(files) != 4 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		if unpacked(t, f) != unpacked(t, filepath.Join(target, filepath.Base(f))) {
			t.Errorf("%s is not what the source gives", filepath.Base(f))
		}
	}
}
