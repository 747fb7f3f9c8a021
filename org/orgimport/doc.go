// Package orgimport loads files into the map: units, the roster of employees,
// and positions.
//
// A file (berkas) is a snapshot of a day (potret satu hari): what it says holds
// from that day on, whom it does not name is reported and stays. It is read
// once, row by row, then loaded in one transaction with its entry in the
// ledger, so that a file that cannot be read changes nothing, and a file loaded
// twice changes nothing the second time. An empty cell says nothing: what the
// map knows stays.
//
//	file ──read, map, check──► rows ──one transaction──► map
//	            │                        │
//	            └──► rejected (ditolak)  └──► created, updated, unchanged (baru, berubah, tetap)
//
// Every row ends in exactly one of the four, and a rejected one says which cell
// is wrong and how to mend it. Rows of the same identity and the same content
// count once, the others as unchanged; of the same identity and different
// content all are rejected, because nobody can know which is right. Rows
// without an identity of their own are told apart by their mapped fields and an
// occurrence number. The order of rows does not matter.
//
// Columns are found by their names (SIASN's, and those offices give them) or by
// a Mapping, a small TOML file that says which column means what. mappings/ has
// some, and each is an example with a comment on every line.
//
// On pages a file waits as a Run until somebody has seen what it would change:
//
//	checking ──► checked ──confirm──► loading ──► loaded
//	    └────────────┴──discard──► discarded        │
//	    └─────────── refused ◄──────────────────────┘
package orgimport
