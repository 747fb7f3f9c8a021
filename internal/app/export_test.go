package app

// DiscardAnswers makes the system take survey answers like any other and
// forget them: what the load benchmark measures storing against.
func (s *System) DiscardAnswers() {
	s.Areas.Participation = s.Areas.Participation.Discarding()
	s.serve()
}
