package orgimport

import (
	"cmp"
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/search"
)

// absent reports everybody who holds a position on the day and whom the file
// does not name. Nothing about them changes.
func (m *muster) absent(ctx context.Context) error {
	var ids []string
	for person := range m.holds {
		if !m.named[person] && !m.present[person] {
			ids = append(ids, person)
		}
	}
	slices.Sort(ids)
	for list := range slices.Chunk(ids, chunk) {
		people, err := m.Store.PeopleOn(ctx, m.tx, m.order.At, list)
		if err != nil {
			return err
		}
		for _, id := range list {
			p := people[id]
			m.report.Absent = append(m.report.Absent, Absentee{id, p.NIP, p.FullName(), m.units.name(m.posts.unit[m.holds[id]])})
		}
	}
	slices.SortFunc(m.report.Absent, func(a, b Absentee) int {
		return cmp.Or(cmp.Compare(search.Key(a.Name), search.Key(b.Name)), cmp.Compare(a.PersonID, b.PersonID))
	})
	return nil
}
