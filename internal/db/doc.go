// Package db is the one door to the database: a SQLite file or a PostgreSQL
// schema, spoken to in one SQL text.
//
// A query is a string that can be pasted into sqlite3 or psql, with $1, $2 …
// numbered in the order of their first use, written beside the function that
// scans its rows:
//
//	units, err := db.All(ctx, q, `SELECT id, name FROM unit WHERE parent_id = $1 ORDER BY sort_key`, scanUnit, id)
//
// # Transactions
//
// [DB.Tx] is the write transaction. On SQLite there is one writer, so writers
// stand in line; on PostgreSQL the transaction is serializable. Where the
// engine reports that two transactions got in each other's way, the function
// is run again from the beginning: it must not have effects outside the
// transaction, except through [Tx.AfterCommit]. [DB.View] reads one consistent
// snapshot. Inside a transaction use its Tx for every query, never the DB: on
// SQLite a second write transaction would wait for the first.
//
// # Values
//
// Ids are UUIDv7 text from [NewID]. Times are text of fixed width in UTC
// ([Time], [ParseTime], [TimeTo]), so they sort as text; dates are text
// YYYY-MM-DD. Booleans are boolean columns bound and scanned as bool. Text must
// be valid UTF-8 without NUL on both engines, and a text that is not is refused
// as wrong input before it reaches the engine. What is hashed or signed is
// stored as exact bytes (bytea).
//
// # SQLite
//
// Write-ahead log, synchronous=FULL, foreign keys enforced, one writer
// connection that takes its lock at BEGIN, and a pool of readers that cannot
// write.
package db
