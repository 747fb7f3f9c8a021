package participation

import "context"

// Discarding returns an office that takes answers like any other and forgets
// them: what the survey's load benchmark measures its storing against.
func (o *Office) Discarding() *Office {
	other := *o
	other.writer = nothing{}
	return &other
}

// storer keeps answers that carry no token.
type storer interface {
	Do(ctx context.Context, s Submission) error
}

// nothing keeps none.
type nothing struct{}

func (nothing) Do(context.Context, Submission) error { return nil }
