// Package mail sends letters: text and a simple page of the same words, in the
// reader's language, through the agency's SMTP server.
//
// A letter is stored in the transaction of the change that made it necessary
// and sent by a job that tries again while the server is away. Once it is sent,
// or cannot ever be, its row with the address is erased. Without a server
// configured nothing is stored or sent. For trying out, letters go to a
// directory instead, one .eml file each.
//
// A letter says that something waits and where; it never holds what an
// appraisal says about a person.
package mail
