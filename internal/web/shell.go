package web

import (
	"embed"
	"net/http"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
)

// Locale holds the shell's sentences.
//
//go:embed locale/*.toml
var Locale embed.FS

// ShellRoutes returns the addresses of the shell itself: language, theme and
// the menu page.
func ShellRoutes() []Route {
	return []Route{
		{Pattern: "GET /bahasa/{lang}", Action: account.ActPublic, Handle: setLang},
		{Pattern: "POST /tema", Action: account.ActPublic, Handle: setTheme},
		{Pattern: "GET /menu", Action: account.ActSelf, Handle: showMenu},
	}
}

func setLang(q *Request) error {
	l := i18n.Lang(q.Path("lang"))
	if l != i18n.Indonesian && l != i18n.English {
		return errNoPage
	}
	q.SetLang(l)
	http.Redirect(q.W, q.R, q.Next(), http.StatusSeeOther)
	return nil
}

func setTheme(q *Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	theme := f.Text("theme")
	if theme != "dark" && theme != "light" {
		theme = ""
	}
	q.SetTheme(theme)
	http.Redirect(q.W, q.R, q.Next(), http.StatusSeeOther)
	return nil
}

func showMenu(q *Request) error {
	p := Page{Title: q.P.T("web.more"), Nav: "menu"}
	f, err := q.frame(p)
	if err != nil {
		return err
	}
	p.Body = menu(f)
	return q.Render(p)
}
