// Package orgimportweb is the pages on which files are loaded into the map:
// choose what to load, see what it would change, confirm, and take home the
// rows that were rejected.
package orgimportweb
