// Package voices asks a person's subordinates and peers what it is like to work
// with that person, without anybody learning who said what.
//
// # Words
//
//	putaran umpan balik  Round     one round about one person
//	kelompok             Group     bawahan (subordinates), rekan (peers)
//	kupon                token     the right to answer once
//	kotak suara          box       the answers of a running round, sealed
//	hasil                Release   what is shown, once and for all
//
// # A round
//
//	kupon ──after the last day of drawing──► isi ──after the last day──► dirilis
//	   └── fewer drew than a release needs ──► kurang ◄── fewer answered ──┘
//
// While tokens are drawn nothing can be answered, and while answers come in no
// token can be drawn: the order and the times of drawing say nothing about
// answers. Each group has a signing key of its own, so a token proves the group
// and nothing else. A token is drawn signed in, by a blind signature
// (RFC 9474); it is spent on a page that knows no session and leaves no line in
// a log.
//
// # How it is kept
//
// There is no row for an answer. All answers of a running round are one piece
// of fixed size, sealed with a key of the round. Every answer opens it, puts
// itself into a random place, shuffles all, and seals it anew, so that neither
// the last state nor old bytes in the file tell an order, a time or a number.
// On the day after the last one the results are computed and stored, the box
// and its key are overwritten, and the ledger gets one entry with the hash of
// what was released.
//
// # What is released
//
// Nothing below the least number of answers of the rulebook (five), for the
// whole, for each group and for each item; and groups are hidden in pairs so
// that none can be worked out from the total. Words are listed per question in
// random order, apart from marks and groups. A release is never changed, and a
// second round about the same person must wait, so that two releases cannot be
// subtracted.
//
// What this does not hide is in docs/security.md.
package voices
