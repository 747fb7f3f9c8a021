// Package demo makes the sample city: Tanjungpinang's offices, districts,
// schools and health centres with people who do not exist.
//
// The city is made in two steps. Plan draws it from a fixed seed and a date, in
// memory and without a database, so that the same date always gives the same
// city; the load step writes it through the areas' own bulk functions. The
// names of offices and places are real, every person is invented: names are
// combined from lists, numbers from dates nobody checked.
//
// The spread is deliberate. There are vacancies, a Plt in the seventh month,
// moves in June, a merger of two offices in the middle of the year, part-time
// contracts that end, plans that are missing, poor and excellent results, last
// year complete and this year under way.
package demo
