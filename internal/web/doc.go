// Package web is the shell of the pages: it turns a list of routes into an
// http.Handler, knows who asks and in which language, renders the frame around
// a page, and is the only place where a fault becomes a status and a sentence.
//
// Each area's web package returns its routes; a Route without an action cannot
// be registered, so nothing is open by oversight. A handler receives a Request,
// reads its form with Form, and returns an error or renders a page. Every page
// works as a plain form; htmx only saves reloads.
package web
