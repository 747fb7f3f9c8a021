package ui

// Bullet is an indicator's progress as a thin bar: how far it is, where it
// should be today, and the target. Positions are hundredths of a per cent of
// the target (10000 is the target itself); the bar is drawn to a fifth beyond.
type Bullet struct {
	Name     string
	Value    string // as written: "2.118", "0,31 %"
	Target   string // as written: "dari 2.400 data"
	Reached  int
	Expected int // 0 when nothing is expected by today
	Behind   bool
	To       string // where the name leads, if anywhere
}

// bulletScale is the share of the bar's width at which the target stands: 5/6.
func bulletScale(hundredths int) string {
	return percent(min(max(hundredths, 0), 12000) * 5 / 6)
}
