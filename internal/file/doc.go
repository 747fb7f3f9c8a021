// Package file keeps what people attach (berkas): evidence of what was
// achieved, mostly pictures and PDF.
//
// A file is stored once under the SHA-256 of its bytes in the data directory
// and named by rows that say who uploaded it under which name. Its type is
// found in its bytes, never taken from its name or from the browser; only types
// on the list are kept. A file is handed out as a download that no browser
// runs or shows as a page.
//
// Who may read a file is not decided here: it is what it is attached to that
// is asked, by the area that knows.
package file
