// Package rulebookweb shows the rulebook: every rule in words with its table
// and source, open to everybody, and the agency's own values, which HR
// proposes and a second person puts in force.
package rulebookweb
