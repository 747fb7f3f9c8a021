// Package intake is what every import of appraisal has in common: the report
// that loses no row, and the opening of a file that was sent, whatever its
// kind.
//
//	baris ditolak  Rejected  a row that was not loaded, with its number in the file and why
//	laporan        Report    rows = created + updated + unchanged + rejected
package intake
