// Package questionnaire is the engine of forms that many people answer about
// one thing: feedback on a person, a course, the mood of a unit. A Sheet has
// items answered by a mark from 1 to its Scale, or left out, and questions
// answered in free words. A Tally counts marks without knowing who gave them.
//
// It stores nothing and shows nothing; who may answer and who may see what came
// back is the business of its users.
package questionnaire
