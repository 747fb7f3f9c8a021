// Package app wires the system: it opens the database, brings it up to date,
// makes every area with what it needs, and hands out the http.Handler and the
// background work. It is the only package that sees everything; areas meet
// nowhere but in links.go.
package app
