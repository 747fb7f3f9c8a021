// Package org is the map everything else stands on: units, positions, people,
// and who holds which position when.
//
// Its rules read a NIP (the 18-digit number of an employee), say when somebody
// retires (batas usia pensiun), classify a position (kelas jabatan) by its job
// evaluation, and compute the people a position needs from its workload
// (analisis beban kerja). Their values are in the rulebook.
package org
