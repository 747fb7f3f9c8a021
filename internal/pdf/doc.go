// Package pdf is the door to printed documents: official forms and letters on
// A4 or A3 with the agency's letterhead (kop), a gold rule, tables that run over
// pages, matrices, curves, signatures, and a foot with a QR code that leads to
// the verification page.
//
// A Doc is written from the top down; what does not fit goes to the next page,
// tables repeat their head there, long rows are split. The same content and
// date give the same bytes, every time. Files (a receipt, the data behind a
// table) can be attached, so that a reader finds them inside the PDF.
package pdf
