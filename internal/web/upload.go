package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// uploadMemory is how much of a form with files is held in memory; more waits
// in a temporary file.
const uploadMemory = 8 << 20

// Upload returns the name and the bytes of a file field, neither when nothing
// was chosen. The route's MaxBody bounds it.
func (q *Request) Upload(field string) (name string, body []byte, err error) {
	if kind, _, err := mime.ParseMediaType(q.R.Header.Get("Content-Type")); err != nil || kind != "multipart/form-data" {
		return "", nil, nil
	}
	if err := q.R.ParseMultipartForm(uploadMemory); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return "", nil, err
		}
		return "", nil, fault.Wrong("web.bad_form").Because(err)
	}
	defer func() { _ = q.R.MultipartForm.RemoveAll() }()
	f, head, err := q.R.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, fault.Wrong("web.bad_form").Because(err)
	}
	defer func() { _ = f.Close() }()
	if body, err = io.ReadAll(f); err != nil {
		return "", nil, err
	}
	return strings.ToValidUTF8(clean(head.Filename), ""), body, nil
}
