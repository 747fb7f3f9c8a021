package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
)

// peek runs the command on a file of that content.
func peek(t *testing.T, content string, lang i18n.Lang, asJSON bool) (out string, env *Env, err error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	bundle, err := i18n.NewBundle(sheet.Locale)
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	env = &Env{Ctx: t.Context(), Out: &stdout, Err: &stderr, P: bundle.Printer(lang)}
	err = (&ImportPeekCmd{File: path, JSON: asJSON}).Run(env)
	return stdout.String(), env, err
}

func TestPeekTellsWhatTheImporterSees(t *testing.T) {
	content := "DATA ASN\n\nNIP BARU;NAMA\n'198609262015051001;Budi\n2;Susi\n"
	out, _, err := peek(t, content, i18n.Indonesian, true)
	if err != nil {
		t.Fatal(err)
	}
	var got peeked
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err, out)
	}
	if !got.Readable || got.Format != "csv" || got.Encoding != "utf-8" || got.Delimiter != ";" || got.HeaderRow != 3 || got.Rows != 2 {
		t.Errorf("%+v", got)
	}
	if len(got.Sample) != 2 || got.Sample[0].Row != 4 || got.Sample[0].Cells[0] != "198609262015051001" {
		t.Errorf("sample %+v", got.Sample)
	}
	text, _, err := peek(t, content, i18n.Indonesian, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Baris judul kolom: 3\n", "Pemisah: ;\n", "Baris data: 2\n", "  1  NIP BARU\n", "Baris 4: 198609262015051001 | Budi\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if strings.Contains(text, "[sheet.") {
		t.Errorf("a text is missing:\n%s", text)
	}
}

func TestPeekSaysWhyAFileCannotBeRead(t *testing.T) {
	out, _, err := peek(t, "%PDF-1.7", i18n.English, true)
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("error %v", err)
	}
	var got unreadable
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err, out)
	}
	if got.Readable || got.Code != "sheet.pdf" || got.Reason != "This file is a PDF. Ask for the table as XLSX or CSV." {
		t.Errorf("%+v", got)
	}
	out, env, err := peek(t, "a,b\n1,2\n3,\"open\n", i18n.English, false)
	var f *fault.Error
	if out != "" || !errors.As(err, &f) {
		t.Fatalf("printed %q, error %v", out, err)
	}
	env.complain(err)
	if got := env.Err.(*bytes.Buffer).String(); !strings.HasPrefix(got, "A quotation mark opened in row 3 is never closed.") {
		t.Errorf("standard error %q", got)
	}
}
