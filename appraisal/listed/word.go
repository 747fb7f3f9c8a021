package listed

import (
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/search"
)

// RatingWord returns the word of a rating without "ekspektasi", folded: "di
// atas", "sesuai", "di bawah", whichever way it was spelt.
func RatingWord(text string) string {
	word := strings.ReplaceAll(search.Fold(text), "espektasi", "ekspektasi")
	return strings.TrimSpace(strings.TrimSuffix(word, "ekspektasi"))
}

// Rating reads a rating as the applications write it; empty when the text is
// none.
func Rating(text string) appraisal.Rating {
	switch RatingWord(text) {
	case "di atas", "diatas":
		return appraisal.Above
	case "sesuai":
		return appraisal.Meets
	case "di bawah", "dibawah":
		return appraisal.Below
	}
	return ""
}

// Predicate reads a predicate as the applications write it, empty when the
// text is none; "cukup" is the older word for butuh perbaikan.
func Predicate(text string) appraisal.Predicate {
	switch search.Fold(text) {
	case "sangat baik":
		return appraisal.VeryGood
	case "baik":
		return appraisal.Good
	case "butuh perbaikan", "cukup", "cukup butuh perbaikan", "butuh perbaikan cukup":
		return appraisal.NeedsImprovement
	case "kurang", "kurang misconduct", "misconduct":
		return appraisal.Poor
	case "sangat kurang":
		return appraisal.VeryPoor
	}
	return ""
}

// NotMade reports whether a cell says in words that nothing is there yet. An
// empty cell says nothing.
func NotMade(text string) bool {
	switch search.Fold(text) {
	case "belum", "belum buat", "belum dibuat", "belum ada", "belum dinilai", "belum skp", "null":
		return true
	}
	return false
}
