package listed

import "testing"

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Hj. Ratna Wulandari, S.Sos.", "RATNA WULANDARI", true},
		{"Wulandari Ratna", "Ratna Wulandari", true},
		{"Budi Santosa", "Budi Santoso", true},
		{"Budi Santoso", "Dewi Rahmawati", false},
		{"", "Dewi", false},
	} {
		if got := Alike(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: alike %v", c.a, c.b, got)
		}
	}
}

func people() *Roll {
	return NewRoll([]Person{
		{"ratna", "198001012005012001", "Ratna Wulandari", "Dinas Kesehatan"},
		{"budi", "198502022010011002", "Budi Santoso", "Dinas Pendidikan"},
		{"budi2", "198602022011011003", "Budi Santoso", "Dinas Perhubungan"},
	})
}

func TestFind(t *testing.T) {
	r := people()
	for _, c := range []struct {
		who  Who
		want string
	}{
		{Who{NIP: "198001012005012001", Name: "whoever"}, "ratna"},
		{Who{NIP: "198001012005012009", Name: "Ratna Wulandari", Unit: "Dinas Kesehatan"}, ""},
		{Who{Name: "Hj. RATNA WULANDARI, M.Kes", Unit: "dinas kesehatan"}, "ratna"},
		{Who{Name: "Ratna Wulandari", Unit: "Dinas Pendidikan"}, ""},
		{Who{Name: "Budi Santoso", Unit: "Dinas Pendidikan"}, ""}, // two bear the name
	} {
		if got, _ := r.Find(c.who); got != c.want {
			t.Errorf("%+v: %q, not %q", c.who, got, c.want)
		}
	}
}

func TestPropose(t *testing.T) {
	r := people()
	for _, c := range []struct {
		who   Who
		taken map[string]bool
		want  Match
	}{
		{Who{NIP: "198001012005012009", Name: "Ratna Wulandri"}, nil, Match{"ratna", "nip", 100}},
		{Who{Name: "Budi Santoso"}, nil, Match{}}, // neither is ahead of the other
		{Who{Name: "Budi Santoso", Unit: "Dinas Perhubungan"}, nil, Match{"budi2", "unit", 100}},
		{Who{Name: "Budi Santoso"}, map[string]bool{"budi": true}, Match{"budi2", "name", 100}},
		{Who{NIP: "198001012005012001", Name: "Somebody Else"}, nil, Match{}}, // a number alone proposes nobody
	} {
		if got, _ := r.Propose(c.who, c.taken); got != c.want {
			t.Errorf("%+v: %+v, not %+v", c.who, got, c.want)
		}
	}
}

func TestNIP(t *testing.T) {
	for cell, want := range map[string]string{
		"198001012005012001":    "198001012005012001",
		"'198001012005012001":   "198001012005012001",
		"19800101 200501 2 001": "198001012005012001",
		"1.98001012005012E+17":  "",
		"12345":                 "",
		"":                      "",
	} {
		if got := NIP(cell); got != want {
			t.Errorf("%q: %q, not %q", cell, got, want)
		}
	}
}
