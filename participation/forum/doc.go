// Package forum is where citizens and offices talk in public: topics of a unit
// or a service, posts, support, official answers on a clock, and moderation
// that gives its reasons and can be appealed.
//
// Words: sembang or forum (the agency names it), topik (topic), tahap (phase:
// rencana, isi, hasil, jawaban), tanggapan (post), dukungan (vote), jawaban
// resmi (official answer), warga (member).
//
// A member is a citizen under a name of their choice, with a code that only
// they have. What a member writes is looked at before it is shown until they
// are confirmed (by mail or at a desk) and have been shown once; only confirmed
// members' support and flags count. Accounts of the city write for their unit
// and never under their own name.
//
//	post: waiting ─► shown ─► hidden (with a reason) ─appeal─► shown, or hidden
//	         └──────────────────┘            by another moderator
package forum
