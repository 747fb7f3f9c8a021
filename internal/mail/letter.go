package mail

import (
	"bytes"
	"html/template"
	"net/mail"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// Letter is what is sent. Paragraphs are plain text; links stand below them.
type Letter struct {
	To          string   `json:"to"`
	Subject     string   `json:"subject"`
	Lang        string   `json:"lang"` // of the words: id, en
	Paragraphs  []string `json:"paragraphs"`
	Links       []Link   `json:"links"`
	Foot        string   `json:"foot"`        // why it was sent
	Unsubscribe string   `json:"unsubscribe"` // address that ends such letters, also for the mail program; may be empty
	Stop        string   `json:"stop"`        // the words of that link
	OneClick    bool     `json:"one_click"`   // a POST to that address ends them at once (RFC 8058)
}

// Link leads to one thing on one page.
type Link struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// Address reports whether a text is one mail address and nothing else.
func Address(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 200 && strings.Contains(s, ".")
}

func (l Letter) check() error {
	var wrong fault.Fields
	wrong.Check(Address(l.To), "email", "mail.address")
	wrong.Check(l.Subject != "" && !strings.ContainsAny(l.Subject, "\r\n"), "subject", "form.required")
	return wrong.Err()
}

// Text returns the letter as plain text.
func (l Letter) Text() string {
	var b strings.Builder
	for _, p := range l.Paragraphs {
		b.WriteString(p + "\n\n")
	}
	for _, link := range l.Links {
		b.WriteString(link.Text + "\n" + link.URL + "\n\n")
	}
	b.WriteString("-- \n" + l.Foot + "\n")
	if l.Unsubscribe != "" {
		b.WriteString(l.Stop + ": " + l.Unsubscribe + "\n")
	}
	return b.String()
}

// page is the same letter as a page a mail program shows: no pictures, nothing
// loaded from anywhere.
const page = `<!doctype html><html lang="{{.Lang}}"><head><meta charset="utf-8"><title>{{.Subject}}</title></head><body>
{{range .Paragraphs}}<p>{{.}}</p>
{{end}}{{if .Links}}<ul>{{range .Links}}<li><a href="{{.URL}}">{{.Text}}</a></li>{{end}}</ul>
{{end}}<hr><p><small>{{.Foot}}{{if .Unsubscribe}}<br><a href="{{.Unsubscribe}}">{{.Stop}}</a>{{end}}</small></p>
</body></html>
`

// HTML returns the letter as a page.
func (l Letter) HTML() (string, error) {
	t, err := template.New("letter").Parse(page)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = t.Execute(&b, l)
	return b.String(), err
}
