// Package complaint keeps what citizens reported and by when they must hear.
//
// Words: laporan (report), SP4N-LAPOR! (the national door for reports), nomor
// pelacakan (tracking number), klasifikasi (class): permintaan informasi,
// pengaduan tidak berkadar pengawasan (ordinary), pengaduan berkadar pengawasan
// (oversight), aspirasi.
//
// SP4N-LAPOR! stays the door; what came there is kept here by its number with
// the deadline in working days that its class gives it. Where an agency wants
// an intake of its own, a report gets a number and the citizen a code.
//
//	received ─► working ─► answered ─► closed (the citizen is content, or silent)
//	    └──────────┴─► archived           └─► working again (reopened)
package complaint
