// Package reference holds BKN's lists for the pickers: functional positions
// (jabatan fungsional), titles of executors (jabatan pelaksana), ranks
// (golongan ruang) and courses of study (pendidikan).
//
// The lists come from the SIASN reference service as published under the MIT
// licence (see data/LICENSE); pack makes the files of data/ from it. They are
// offered, never required: a title that is not on a list can be typed.
//
// Known defects of the source, and what became of them: 30 titles of executors
// stand there twice and two more differ in spaces only (kept once); 186
// functional positions name a group that is not in the list of groups (their
// group is empty), two have the retirement age 0 (unknown) and two no level;
// 994 courses stand there twice at the same level (kept once).
//
// A Lists unpacks each list when it is first asked for.
package reference
