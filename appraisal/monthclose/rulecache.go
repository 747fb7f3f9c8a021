package monthclose

import (
	"sync"

	"github.com/gurindam/gurindam/rulebook"
)

// bookRules are this package's rules of one book, made ready.
type bookRules struct {
	formula  Formula
	calendar CalendarRule
}

// mostBooks is how many books' rules are kept ready.
const mostBooks = 8

// ruleCache keeps rules made ready by the hash of their book: decoding a rule
// strictly costs more than a thousand sums. The zero value is ready; it is safe
// for concurrent use.
type ruleCache struct {
	mu  sync.Mutex
	all map[string]bookRules
}

// of returns the rules of a book.
func (c *ruleCache) of(book *rulebook.Book) (bookRules, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r, has := c.all[book.Hash()]; has {
		return r, nil
	}
	tpp, err := rulebook.Load[Rule](book)
	if err != nil {
		return bookRules{}, err
	}
	days, err := rulebook.Load[CalendarRule](book)
	if err != nil {
		return bookRules{}, err
	}
	if c.all == nil || len(c.all) >= mostBooks {
		c.all = map[string]bookRules{}
	}
	r := bookRules{NewFormula(tpp), days}
	c.all[book.Hash()] = r
	return r, nil
}
