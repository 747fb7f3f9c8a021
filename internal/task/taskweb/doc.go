// Package taskweb holds the home page and the list of tasks.
//
// Home is what I must do now: a greeting with the year's ribbon, Menunggu Anda
// mirrored by Anda menunggu, then what the areas contribute through Section.
// Everything that waits, with search and filters, is at /tugas.
package taskweb
