// Package cascadeweb is the pages of the cascade: the Perjanjian Kinerja of the
// offices, the role-result matrix of each leader, and what is proposed to a
// person.
package cascadeweb
