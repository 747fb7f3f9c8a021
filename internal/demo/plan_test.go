package demo

import (
	"reflect"
	"testing"
)

func TestPlanIsTheSameEveryTime(t *testing.T) {
	a, err := Plan("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Plan("2026-11-23")
	if !reflect.DeepEqual(a, b) {
		t.Fatal("two plans of one day differ")
	}
	if _, err := Plan("23/11/2026"); err == nil {
		t.Fatal("a date that is none must be refused")
	}
}

// The city has what the rest of the system is shown on.
func TestPlanHasItsSpread(t *testing.T) {
	for _, today := range []string{"2026-11-23", "2027-02-10", "2026-07-01"} {
		c, err := Plan(today)
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[string]int{}
		for _, p := range c.People {
			kinds[p.Employment]++
		}
		t.Logf("%s: %d units, %d posts, %d people %v, %d tenures, merger %s", today, len(c.Units), len(c.Posts), len(c.People), kinds, len(c.Tenures), c.Merger)
		if n := len(c.People); n < 4300 || n > 4700 {
			t.Errorf("%d people", n)
		}
		if n := kinds["pppk_paruh_waktu"]; n < 1150 || n > 1250 {
			t.Errorf("%d part-time contracts", n)
		}
		if len(c.Actors) != len(Accounts())-1+len(Others()) {
			t.Errorf("actors %v", c.Actors)
		}
		checkWhole(t, c)
	}
}

// checkWhole follows every reference and looks for doubled numbers.
func checkWhole(t *testing.T, c *City) {
	units, posts, people, nips := map[string]bool{}, map[string]Post{}, map[string]bool{}, map[string]bool{}
	for _, u := range c.Units {
		if units[u.ID] {
			t.Errorf("unit %s twice", u.Name)
		}
		units[u.ID] = true
	}
	for _, u := range c.Units {
		if u.Parent != "" && !units[u.Parent] {
			t.Errorf("unit %s hangs from nothing", u.Name)
		}
	}
	for _, p := range c.Posts {
		posts[p.ID] = p
	}
	for _, p := range c.Posts {
		if !units[p.Unit] || p.Superior != "" && posts[p.Superior].ID == "" {
			t.Errorf("post %s refers to nothing", p.Title)
		}
	}
	for _, p := range c.People {
		if people[p.ID] || p.NIP != "" && (nips[p.NIP] || len(p.NIP) != 18) {
			t.Errorf("person %s: id or NIP %q twice or wrong", p.Name, p.NIP)
		}
		people[p.ID], nips[p.NIP] = true, true
	}
	definitive := map[string]int{}
	for _, h := range c.Tenures {
		if !people[h.Person] || posts[h.Post].ID == "" {
			t.Errorf("tenure of nobody or nothing: %+v", h)
		}
		if h.To != "" && h.To <= h.From {
			t.Errorf("tenure ends before it begins: %+v", h)
		}
		if h.Kind == "definitive" && h.To == "" {
			definitive[h.Person]++
		}
	}
	for person, n := range definitive {
		if n > 1 {
			t.Errorf("%s holds %d definitive posts", person, n)
		}
	}
}
