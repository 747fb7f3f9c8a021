// Package worklogweb is the pages of the daily record: a week on a phone, a log
// that is pasted or loaded, the copying into e-Kinerja, the recap, the shifts
// of a ward, and what is behind an address of evidence.
package worklogweb
