// Package accountweb holds the pages about accounts: signing in and out, one's
// own password and devices, opening an account with a slip, and what
// administrators do: the list of accounts, bulk invitations, resets at a desk,
// roles that need two people, and the table of who may do what, in words.
package accountweb
