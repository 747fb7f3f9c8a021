// Package qr is the door to QR codes: for a page as SVG, for a file as PNG, for
// a printed form as squares. It holds addresses that lead to the verification
// page of a document, or to a survey.
package qr
