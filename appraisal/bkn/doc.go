// Package bkn exchanges results with BKN's SIASN in its own field names and
// code lists: the yearly result (skp22) and the periodic one (kinerjaperiodik).
//
//	hasilKinerjaNilai    1 di atas ekspektasi, 2 sesuai, 3 di bawah
//	perilakuKerjaNilai   the same
//	kuadranKinerjaNilai  1 sangat baik … 5 sangat kurang
//	periodikId           1 bulanan, 2 triwulan
//	pnsDinilaiOrang      PNS ID of the person (pnsDinilaiId in kinerjaperiodik)
//	id                   SIASN's own number of the record, empty before the first upload
//
// Export gives exactly the bodies of POST /skp22/save and
// /kinerjaperiodik/save, and lists beside them who is missing and what to do.
// Import takes the same bodies back, what SIASN answers (rw-skp22,
// rw-kinerjaperiodik), and the workbook made of either. What was imported is
// kept whole, so that a round trip loses nothing: SIASN's numbers and documents
// come out again with the next export. Import never changes a result that was
// set here; of people whose pen is elsewhere it takes the result over.
package bkn
