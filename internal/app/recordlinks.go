package app

import (
	"context"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/ledger/ledgerweb"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/org"
)

// recordPages returns the pages of the record.
func (s *System) recordPages() []web.Route {
	return ledgerweb.Routes(ledger.Reader{DB: s.DB, Dir: ledger.KeysIn(s.cfg.Data)}, recordNames{s})
}

// recordNames tells the pages of the record what its ids stand for.
type recordNames struct{ s *System }

// mostNamed is the most accounts and things a search by name leads to.
const mostNamed = 200

// Accounts returns the names of accounts by id.
func (n recordNames) Accounts(ctx context.Context, ids []string) (map[string]string, error) {
	return n.s.Areas.Accounts.Names(ctx, ids)
}

// Describe tells what subjects of the record are.
func (n recordNames) Describe(ctx context.Context, subjects []string) (map[string]ledgerweb.Subject, error) {
	all := map[string]ledgerweb.Subject{}
	if err := n.parts(ctx, subjects, all); err != nil {
		return nil, err
	}
	if err := n.people(ctx, subjects, all); err != nil {
		return nil, err
	}
	m, err := n.s.Areas.Map.Map(ctx, n.s.DB, n.s.Areas.Map.Today())
	if err != nil {
		return nil, err
	}
	for _, subject := range subjects {
		kind, id, _ := strings.Cut(subject, ":")
		switch kind {
		case "unit":
			if name := m.Tree().Name(id); name != "" {
				all[subject] = ledgerweb.Subject{Name: name, To: "/unit/" + id}
			}
		case "position":
			if p, ok := m.Was(id); ok {
				all[subject] = ledgerweb.Subject{Name: p.Title, To: "/jabatan/" + id, Thing: account.Thing{Unit: p.Unit}}
			}
		}
	}
	return all, nil
}

// parts describes the SKP and evaluations among the subjects.
func (n recordNames) parts(ctx context.Context, subjects []string, all map[string]ledgerweb.Subject) error {
	found, err := n.s.Areas.Appraisal.Subjects(ctx, subjects)
	for subject, f := range found {
		to := "/skp/" + f.Part.ID
		if strings.HasPrefix(subject, "evaluation:") {
			to = "/evaluasi/" + f.Part.ID
		}
		all[subject] = ledgerweb.Subject{Name: f.Part.Who.Name, To: to, Thing: f.Thing}
	}
	return err
}

// people describes the people and accounts among the subjects.
func (n recordNames) people(ctx context.Context, subjects []string, all map[string]ledgerweb.Subject) error {
	var people, accounts []string
	for _, subject := range subjects {
		if id, ok := strings.CutPrefix(subject, "person:"); ok {
			people = append(people, id)
		}
		if id, ok := strings.CutPrefix(subject, "account:"); ok {
			accounts = append(accounts, id)
		}
	}
	names, err := n.s.Areas.Map.Names(ctx, n.s.DB, people...)
	if err != nil {
		return err
	}
	for id, name := range names {
		all["person:"+id] = ledgerweb.Subject{Name: name, To: "/pegawai/" + id, Thing: account.Thing{Owner: id}}
	}
	names, err = n.s.Areas.Accounts.Names(ctx, accounts)
	for id, name := range names {
		all["account:"+id] = ledgerweb.Subject{Name: name}
	}
	return err
}

// Find returns the accounts and subjects in whose names the words occur.
func (n recordNames) Find(ctx context.Context, words string) (accounts, subjects []string, err error) {
	if accounts, err = n.s.Areas.Accounts.Named(ctx, words, mostNamed); err != nil {
		return nil, nil, err
	}
	if subjects, err = n.s.Areas.Appraisal.SubjectsNamed(ctx, words, mostNamed); err != nil {
		return nil, nil, err
	}
	for _, id := range accounts {
		subjects = append(subjects, "account:"+id)
	}
	store := n.s.Areas.Map
	people, err := store.People(ctx, n.s.DB, org.Filter{Query: words, Size: mostNamed, Page: 1}, store.Today())
	if err != nil {
		return nil, nil, err
	}
	for _, p := range people.Rows {
		subjects = append(subjects, "person:"+p.ID)
	}
	tree, err := store.Units(ctx, n.s.DB, store.Today())
	if err != nil {
		return nil, nil, err
	}
	terms, units := search.Terms(words), 0
	for _, u := range tree.All() {
		if units < mostNamed && len(terms) > 0 && search.Match(search.Column(u.Name, u.Short), terms) {
			subjects, units = append(subjects, "unit:"+u.ID), units+1
		}
	}
	return accounts, subjects, nil
}

// Trace notes that the actor has read about a person, where the person sees
// who did.
func (n recordNames) Trace(ctx context.Context, actor account.Actor, subject string) error {
	kind, id, _ := strings.Cut(subject, ":")
	switch kind {
	case "part", "evaluation":
		found, err := n.s.Areas.Appraisal.Subjects(ctx, []string{subject})
		if err != nil || found[subject].Part.ID == "" {
			return err
		}
		_, err = n.s.Areas.Appraisal.Part(ctx, actor, found[subject].Part.ID)
		return err
	case "person":
		return n.s.Areas.Org.Trace(ctx, actor, id)
	}
	return nil
}
