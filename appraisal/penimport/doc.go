// Package penimport takes over what is written where the pen is elsewhere: in
// BKN's e-Kinerja and in Ruang GTK. What it brings is shown read-only and never
// asked for again.
//
//	daftar hasil   a table with nama, nip, jabatan, hasil kerja, perilaku, hasil akhir (BELUM BUAT: nothing yet)
//	tabel SKP      a table with RHK, aspek or perspektif, IKI, target
//	teks SKP       the text of the printed SKP or evaluation, as pdftotext -layout writes it, or the PDF itself
//
// SIASN's JSON is read by package bkn.
//
//	berkas ──Keep──► pratinjau ──Load──► dimuat
//	                     rows nobody can be found for ──► usulan (a person, with how sure) ──accept──► loaded, and remembered
//	                     another superior than the map's ──► usulan (the superior) ──accept──► named for the part
//
// A file is loaded in one transaction; loading it twice changes nothing the
// second time. An accepted person is remembered by how the file calls them, so
// that next month's file finds them by itself.
package penimport
