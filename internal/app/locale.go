package app

import (
	"io/fs"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/rulebook"
)

// locales lists the translations of every package that speaks.
func locales() []fs.FS {
	return []fs.FS{
		db.Locale, web.Locale, rulebook.Locale, sheet.Locale,
	}
}

// Bundle returns the translations of the whole program.
func Bundle() (*i18n.Bundle, error) { return i18n.NewBundle(locales()...) }
