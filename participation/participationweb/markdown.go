package participationweb

import (
	"bytes"

	"github.com/a-h/templ"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
)

// markdown turns what members write into safe HTML: paragraphs, emphasis,
// lists, quotations and links that lead away without vouching. Headings,
// pictures and everything else are shown as the text they are.
func markdown(source string) templ.Component {
	var b bytes.Buffer
	if err := goldmark.Convert([]byte(source), &b); err != nil {
		return templ.Raw(bluemonday.StrictPolicy().Sanitize(source))
	}
	return templ.Raw(string(policy().SanitizeBytes(b.Bytes())))
}

func policy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code")
	p.AllowStandardURLs()
	p.AllowURLSchemes("https", "http")
	p.AllowAttrs("href").OnElements("a")
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(false)
	return p
}
