// Package ui is the stock of parts that pages are made of: buttons, panels,
// tables with their tools, form fields, tags, the desk of waiting tasks, the
// year's ribbon, the 3 × 3 matrix and the steps of a "why".
//
// A part is a templ component that takes typed values and, where it has words
// of its own, the printer of the reader's language. Parts hold no style
// attributes and no scripts (the content policy forbids both); how they look
// stands in internal/web/static/css under the same class names.
//
// Everything works without JavaScript. What the script adds is switched on by
// attributes that the parts write: data-pane (open beside the page),
// data-confirm (ask first), data-guard (warn of unsaved changes), data-auto
// (a filter applies at once), data-copy.
package ui
