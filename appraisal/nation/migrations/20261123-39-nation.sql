-- A unit's year in one row: one packed record for each person.
CREATE TABLE nation_unit (
	unit text PRIMARY KEY,
	organisation text NOT NULL,
	people bigint NOT NULL,
	block bytea NOT NULL
);

-- What came of it: a predicate and a place for each person, in the same order.
CREATE TABLE nation_result (
	unit text PRIMARY KEY,
	fits boolean NOT NULL,
	counts text NOT NULL,
	block bytea NOT NULL
);
