package file

import (
	"mime"
	"net/http"
)

// Serve answers with a file as a download. Pictures may be shown in place;
// nothing is ever run: the type is the one found in the bytes, the browser must
// not guess another, and whatever it is it gets an empty sandbox.
func (s *Store) Serve(w http.ResponseWriter, r *http.Request, f File) error {
	in, err := s.Open(f)
	if err != nil {
		return err
	}
	defer in.Close()
	disposition := "attachment"
	switch f.Media {
	case "image/png", "image/jpeg", "image/webp", "image/gif":
		disposition = "inline"
	}
	media := f.Media
	if media == "text/plain" {
		media += "; charset=utf-8"
	}
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, no-store")
	http.ServeContent(w, r, "", f.At, in)
	return nil
}
