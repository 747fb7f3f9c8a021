// Package monthclose closes a month (tutup bulan): who has no predicate yet and
// on whose desk it lies, and the allowance (TPP) that follows from predicate and
// attendance, with every rupiah explained.
//
//	daftar hasil      e-Kinerja's list: nama, nip, jabatan, hasil kerja, perilaku, hasil akhir, or BELUM BUAT
//	presensi          attendance from the 21st to the 20th: events of days, or sums a person
//	tidak cocok       Loose      a row nobody was found for, with whom it most likely means
//	dikecualikan      Exclusion  leave, study, suspended, retired, moved, deceased
//	keberatan         Objection  against one cut; HR withdraws the cut or lets it stand
//	meja              Desk       where it lies: the person's, the superior's, or data that HR has to mend
//	daftar TPP        the signed list
//
// # A month
//
//	terbuka ──check──► diperiksa ──close──► ditutup
//	   ▲                  │  ▲                 │
//	   └──────back────────┘  └──reopen, with a reason; the list that was closed is kept
//
// # How a sum comes about
//
// The rule tpp holds every value; Formula is its pure function from an Input to
// a Pay in whole rupiah whose lines add up. Each person has one stored row a
// month with the packed Input, so that the explanation is made when somebody
// looks, and a closed list, with its rulebook, can be computed again for ever
// (Recompute).
package monthclose
