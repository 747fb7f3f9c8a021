// Package voicesweb holds the pages of feedback from subordinates and peers:
// asking for a round, drawing a token, the form that is filled in with it, and
// what was released.
//
// The form stands under /t/, where the shell looks up no session and writes no
// log line. Its pages carry everything in their address and set no cookie.
package voicesweb
