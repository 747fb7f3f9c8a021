// Package competency is about what a position demands of its holder and what
// the holder brings: the dictionary of competencies (kamus kompetensi),
// assessments, gaps, and what is done to close them.
//
// Its rule compares an assessment with the standard of a position: the job
// person match (JPM), in per cent, with a category for selection and another
// for mapping.
package competency
