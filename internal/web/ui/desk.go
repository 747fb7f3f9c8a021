package ui

// DeskItem is one thing on a desk: when, what, why, and the one act.
type DeskItem struct {
	Big, Small string // "26" "November", or "3" "hari"
	Late       bool
	Title      string
	TitleTo    string
	Why        string
	Act        *Act
}
