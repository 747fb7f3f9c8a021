// Package mend is how a wrong superior or unit is put right while work goes on:
// the person of a part proposes the correction, and HR or the right superior
// accepts it. What waited for the wrong superior then waits for the right one.
//
//	usul perbaikan   Proposal   one open at a time for each part
//
//	diajukan ──accept──► diterima
//	    ├──────refuse──► ditolak   (with words)
//	    └────withdraw──► ditarik
//
// A wrong superior is mended by naming the right one for the part; a wrong unit
// is mended in the map by HR, who then accepts. Nothing about the plan,
// progress or feedback changes, so a late correction gives what an early one
// would have given.
package mend
