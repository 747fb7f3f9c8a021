package file

import (
	"archive/zip"
	"bytes"
	"mime"
	"net/http"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// extensions lists the types that are kept, with the ending their names get.
func extensions() map[string]string {
	return map[string]string{
		"application/pdf": ".pdf",
		"image/png":       ".png",
		"image/jpeg":      ".jpg",
		"image/webp":      ".webp",
		"image/gif":       ".gif",
		"text/plain":      ".txt",
		word:              ".docx",
		excel:             ".xlsx",
		powerpoint:        ".pptx",
	}
}

const (
	word       = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	excel      = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	powerpoint = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
)

// mediaOf returns the type of a file by its bytes, empty when it is not one
// that is kept. HTML, SVG, scripts and archives are not.
func mediaOf(head []byte, file string) string {
	media, _, err := mime.ParseMediaType(http.DetectContentType(head))
	if err != nil {
		return ""
	}
	switch media {
	case "application/zip":
		return officeOf(file)
	case "text/plain":
		return plainOf(head)
	}
	if _, kept := extensions()[media]; !kept {
		return ""
	}
	return media
}

// officeOf tells the office documents among zip files by the part each of them
// must have.
func officeOf(file string) string {
	z, err := zip.OpenReader(file)
	if err != nil {
		return ""
	}
	defer z.Close()
	for _, e := range z.File {
		switch e.Name {
		case "word/document.xml":
			return word
		case "xl/workbook.xml":
			return excel
		case "ppt/presentation.xml":
			return powerpoint
		}
	}
	return ""
}

// plainOf keeps text that is nothing else: drawings and pages that a browser
// would run look like text when they begin oddly.
func plainOf(head []byte) string {
	lower := bytes.ToLower(head)
	for _, tag := range []string{"<svg", "<html", "<script", "<?xml", "<!doctype", "<body", "<iframe"} {
		if bytes.Contains(lower, []byte(tag)) {
			return ""
		}
	}
	return "text/plain"
}

// safeName keeps letters, digits and a few signs of a name and gives it the
// ending of its type.
func safeName(name, media string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune(" ._-()", r):
			return r
		}
		return -1
	}, strings.ToValidUTF8(name, ""))
	name = strings.Trim(name, " .")
	for utf8.RuneCountInString(name) > 80 {
		_, last := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-last]
	}
	if name == "" {
		name = "berkas"
	}
	return name + extensions()[media]
}
