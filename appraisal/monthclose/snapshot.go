package monthclose

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/gurindam/gurindam/internal/db"
)

// snapshot is the rows of a month in memory, in order of name, without their
// inputs: what lists and counts are made of. It is immutable.
type snapshot struct {
	head      Head
	unmatched int
	rows      []Row
	at        map[string]int
}

// person returns somebody's row; has is false for who is not on the list.
func (s *snapshot) person(id string) (r Row, has bool) {
	i, has := s.at[id]
	if has {
		r = s.rows[i]
	}
	return r, has
}

func (s *snapshot) rowOf(id string) Row {
	r, _ := s.person(id)
	return r
}

// mostKept is how many months are kept in memory.
const mostKept = 4

// shelf keeps the snapshots used last. The zero value is ready.
type shelf struct {
	mu   sync.Mutex
	list []*snapshot // used last at the end
}

func (s *shelf) get(m Month, version int64) *snapshot {
	for i, x := range s.list {
		if x.head.Month == m && x.head.Version == version {
			s.list = append(slices.Delete(s.list, i, i+1), x)
			return x
		}
	}
	return nil
}

func (s *shelf) put(x *snapshot) {
	s.list = slices.DeleteFunc(s.list, func(o *snapshot) bool { return o.head.Month == x.head.Month })
	if len(s.list) >= mostKept {
		s.list = slices.Delete(s.list, 0, 1)
	}
	s.list = append(s.list, x)
}

// snapshot returns a month's rows as they are now: one short query tells
// whether what is kept in memory still holds.
func (s *Service) snapshot(ctx context.Context, m Month) (*snapshot, error) {
	h, err := headOf(ctx, s.DB, m)
	if err != nil {
		return nil, err
	}
	s.shelf.mu.Lock()
	defer s.shelf.mu.Unlock()
	if x := s.shelf.get(m, h.Version); x != nil {
		return x, nil
	}
	x, err := s.readSnapshot(context.WithoutCancel(ctx), m)
	if err == nil {
		s.shelf.put(x)
	}
	return x, err
}

func (s *Service) readSnapshot(ctx context.Context, m Month) (*snapshot, error) {
	x := &snapshot{}
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		if x.head, err = s.head(ctx, tx, m); err != nil {
			return err
		}
		x.unmatched, err = db.One(ctx, tx, `SELECT count(*) FROM monthclose_loose WHERE month = $1 AND state = 'terbuka'`, db.Value[int], string(m))
		if err != nil {
			return err
		}
		x.rows, err = db.All(ctx, tx, `SELECT `+listColumns+` FROM monthclose_row WHERE month = $1`, scanRow, string(m))
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(x.rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.sort, b.sort), cmp.Compare(a.PersonID, b.PersonID))
	})
	x.at = make(map[string]int, len(x.rows))
	for i := range x.rows {
		x.at[x.rows[i].PersonID] = i
	}
	return x, nil
}
