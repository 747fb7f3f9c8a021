package main

import (
	"flag"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web/static"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/rulebook"
)

const policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func main() {
	listen := flag.String("listen", "127.0.0.1:8090", "address to serve on")
	flag.Parse()
	if err := serve(*listen); err != nil {
		log.Print(err)
		os.Exit(1)
	}
}

func serve(listen string) error {
	bundle, err := i18n.NewBundle(ui.Locale, rulebook.Locale)
	if err != nil {
		return err
	}
	server := &http.Server{Addr: listen, Handler: handler(bundle), ReadHeaderTimeout: 5 * time.Second}
	return server.ListenAndServe()
}

// page is one page of the gallery.
type page struct {
	path  string
	title string
	bare  bool // without rail: a citizen's page
	body  func(*i18n.Printer, ui.Address) templ.Component
}

func handler(bundle *i18n.Bundle) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+static.Prefix, static.Handler())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("POST /sent", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/?sent=1", http.StatusSeeOther) })
	for _, pg := range pages() {
		mux.HandleFunc("GET "+pg.path, func(w http.ResponseWriter, r *http.Request) {
			p := bundle.Printer(i18n.ParseLang(r.URL.Query().Get("lang")))
			w.Header().Set("Content-Security-Policy", policy)
			body := pg.body(p, ui.At(r.URL))
			if r.Header.Get("HX-Request") == "" {
				body = frame(p, pg, body)
			}
			templ.Handler(body).ServeHTTP(w, r)
		})
	}
	return mux
}

func pages() []page {
	return []page{
		{"/{$}", "Beranda", false, home},
		{"/skp", "SKP", false, func(p *i18n.Printer, at ui.Address) templ.Component { return skp(p, at.Get("i") != "") }},
		{"/evaluation", "Evaluasi", false, func(p *i18n.Printer, _ ui.Address) templ.Component { return evaluation(p) }},
		{"/map", "Peta jabatan", false, func(p *i18n.Printer, _ ui.Address) templ.Component { return positions(p) }},
		{"/table", "Tabel", false, table},
		{"/person", "Pegawai", false, func(p *i18n.Printer, _ ui.Address) templ.Component { return person(p) }},
		{"/form", "Formulir", false, func(p *i18n.Printer, at ui.Address) templ.Component { return form(p, draft(at.Get("wrong") != "")) }},
		{"/charts", "Grafik", false, func(p *i18n.Printer, _ ui.Address) templ.Component { return charts(p) }},
		{"/paper", "Formulir resmi", false, func(p *i18n.Printer, _ ui.Address) templ.Component { return paper(p) }},
		{"/service", "Layanan", true, func(p *i18n.Printer, _ ui.Address) templ.Component { return service(p) }},
		{"/survey", "Survei", true, func(p *i18n.Printer, _ ui.Address) templ.Component { return survey(p) }},
	}
}
