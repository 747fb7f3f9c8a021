// Package backup writes a consistent copy of an agency's record into one file
// while the server runs, and brings it back.
//
// The file is a ZIP archive that does not know the engine: what was copied from
// SQLite can be restored to PostgreSQL and the other way round.
//
//	manifest.json         format, time, migrations, tables with their number of rows
//	table/<name>.jsonl    one JSON array a row, in the order of the primary key
//	data/<path>           the other files of the data directory: keys, attachments
//
// In a row, text, numbers, booleans and null are themselves and bytes are
// base64. All tables are read from one snapshot; files are copied after it, and
// as files are only added, none that a row refers to is missing. The SQLite
// files themselves are not among them, nor is the checkpoint kept beside the
// key, which may be newer than the rows.
//
// A backup holds everything the agency knows, the signing key included: the
// file is readable by its owner only, and should be encrypted before it leaves
// the machine.
//
// A restore fills an empty database, first with the schema of the backup, then
// brings it up to date, all in one transaction: it happens whole or not at all.
package backup
