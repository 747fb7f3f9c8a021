package web

import (
	"mime"
	"net/http"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"
)

// compressFrom is the size in bytes from which an answer is compressed: below
// it everything fits into one network packet anyway.
const compressFrom = 1400

// jitter is the most bytes of padding added to a compressed answer.
const jitter = 32

// compressed sends pages gzip-compressed to browsers that take it. Only HTML:
// assets lie compressed already, downloads are mostly containers that are
// compressed themselves, and streams must not wait for a full block.
//
// Compression beside reflected input can leak what else stands on the page by
// its length (BREACH). Three things stand against it here: pages hold no
// secret such as a form token (cross-origin requests are refused by their
// headers), the session cookie is SameSite=Lax and so absent from requests
// another site's page makes in the background, and every answer carries up to
// 32 bytes of padding whose length follows from a digest of the whole page.
func compressed(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(compressFrom),
		gzhttp.CompressionLevel(gzip.BestSpeed),
		gzhttp.ContentTypeFilter(isPage),
		gzhttp.RandomJitter(jitter, 0, true),
		gzhttp.EnableZstd(false),
	)
	if err != nil {
		panic(err) // the options above contradict each other
	}
	return wrap(next)
}

func isPage(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && kind == "text/html"
}
