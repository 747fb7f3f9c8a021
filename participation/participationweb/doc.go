// Package participationweb holds the pages of participation: the citizen's
// survey form, the public pages of services, the office's side of surveys and
// follow-up, complaints, forums and consultations, and the JSON operations.
//
// The survey form is the one page that must work everywhere: it is a plain
// form, loads no font and hardly any script, and every answer is either thanked
// for, once it is on disk, or shown again with what is wrong.
package participationweb
