// Package sheet is the one door to tables in files: it reads CSV and XLSX as
// offices really send them, and writes both so that they can be loaded back.
//
// # Reading
//
// Open looks at a file's content, never at its name. It reads
//
//   - delimited text: comma, semicolon, tab or pipe; UTF-8 with or without a
//     byte-order mark, UTF-16 of either order, Windows-1252; CR, LF or CRLF;
//   - workbooks (XLSX, XLSM): several sheets, merged cells, date cells of the
//     1900 and 1904 systems;
//
// and refuses everything else with a fault that says what the file is and how
// to mend it: encrypted and old workbooks, OpenDocument, HTML dressed as XLS,
// PDF, pictures, archives, zip bombs, damaged files, empty ones.
//
// A Table has a header row, found among the first twenty rows, and its columns.
// Table.Rows calls back once for each row that holds something. Rows are
// numbered as a spreadsheet program numbers them: from 1, titles and blank
// lines included, a record that runs over several lines counted once.
//
// Cells are texts, cleaned of blanks and of the apostrophe that marks text in
// a spreadsheet. Of a workbook a cell comes out as the value a person means:
// dates as YYYY-MM-DD, times as hh:mm:ss, percentages as 63%, truth values as
// TRUE and FALSE, errors as #N/A. Numbers carry the fifteen digits a
// spreadsheet can hold: a longer one has lost its last digits and comes out in
// scientific notation, so that ID can refuse it. A merged cell's value is
// repeated over its range; header rows joined by merged cells give one name,
// "Group › Column".
//
// # Why workbooks are not read by the library that writes them
//
// Every row is read as a stream of XML tokens, and only the distinct texts of
// a workbook are kept. excelize needed 27 s and 223 MB for 100,000 rows of 67
// columns with 1.8 million distinct texts, returns either raw or formatted
// values but never which cells are dates, and ends a damaged sheet silently,
// as if it were complete. It writes our workbooks, and tests compare what it
// reads with what we read.
//
// # Writing
//
// Write streams a Doc as CSV or XLSX. Texts that a spreadsheet would run as a
// formula, or would cut to fifteen digits, are marked as text by an apostrophe,
// which reading takes away again.
package sheet
