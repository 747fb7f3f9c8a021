// Package exchangeweb is the pages of HR about what comes from other
// applications and goes to BKN: results from elsewhere with the questions they
// raise, and the files for SIASN.
package exchangeweb
