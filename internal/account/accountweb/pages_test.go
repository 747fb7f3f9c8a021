package accountweb

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
)

func TestSignInAsTheContractSays(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		v := s.visitor()
		v.get("/akun").want(t, "a page that needs an account", http.StatusSeeOther)
		if to := v.get("/akun?a=1&b=2").to; to != "/login?next="+url.QueryEscape("/akun?a=1&b=2") {
			t.Errorf("led to %s", to)
		}
		v.get("/login?next=/akun").want(t, "the form", http.StatusOK, `name="username"`, `name="password"`, `name="next" value="/akun"`, "Kota contoh", `value="pegawai"`)
		v.post("/login", "username", "pegawai", "password", "salah").want(t, "wrong password", http.StatusUnauthorized, "tidak cocok", `value="pegawai"`, `name="password"`)
		v.post("/login", "username", `"><script>`, "password", "x").want(t, "naughty name", http.StatusUnauthorized, `value="&#34;&gt;&lt;script&gt;"`)
		a := v.post("/login", "username", "pegawai", "password", secret, "next", "/akun").want(t, "right", http.StatusSeeOther)
		cookie := a.header.Get("Set-Cookie")
		if a.to != "/akun" || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
			t.Errorf("to %s with %s", a.to, cookie)
		}
		v.get("/akun").want(t, "own account", http.StatusOK, "Dewi &lt;i&gt;Rahmawati", "Perangkat ini")
		v.get("/akun/semua").want(t, "not for an employee", http.StatusForbidden)
		v.post("/logout").want(t, "sign out", http.StatusSeeOther)
		v.get("/akun").want(t, "after signing out", http.StatusSeeOther)
	})
}

func TestNextStaysOnThisSite(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		for _, next := range []string{"//example.org", "https://example.org/", `/\example.org`, "javascript:alert(1)", "\x00", ""} {
			if a := s.visitor().post("/login", "username", "pegawai", "password", secret, "next", next); a.to != "/" {
				t.Errorf("%q led to %q", next, a.to)
			}
		}
	})
}

func TestSignInIsThrottledWithASentence(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		v := s.visitor()
		var last answer
		for range 6 {
			last = v.post("/login?lang=en", "username", "pegawai", "password", "salah")
		}
		last.want(t, "the sixth", http.StatusTooManyRequests, "Tried too often", `name="username"`)
		if last.header.Get("Retry-After") == "" {
			t.Error("programs are not told how long to wait")
		}
	})
}

func TestAPasswordOfSomebodyElseIsChangedFirst(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		v := s.as("baru")
		if to := v.get("/akun").to; to != "/akun/sandi" {
			t.Errorf("led to %q", to)
		}
		v.get("/akun/sandi").want(t, "the form", http.StatusOK, "ditetapkan orang lain")
		v.post("/akun/sandi", "old", "bukan", "password", "empat layang-layang", "again", "empat layang-layang").want(t, "wrong old one", http.StatusUnprocessableEntity, "Sandi lama tidak cocok")
		v.post("/akun/sandi", "old", secret, "password", "empat layang-layang", "again", "x").want(t, "not repeated", http.StatusUnprocessableEntity, "belum sama")
		v.post("/akun/sandi", "old", secret, "password", "empat layang-layang", "again", "empat layang-layang").want(t, "changed", http.StatusSeeOther)
		v.get("/akun").want(t, "goes on", http.StatusOK, "sudah diganti")
	})
}

func TestSlipsFromInvitationToFirstSignIn(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		hr := s.as("bkpsdm")
		hr.get("/akun/undangan?scheme=nip&unit=dinas").want(t, "preview", http.StatusOK, "Buat 2 akun", "Tanpa NIP", "Belum mempunyai NIP")
		hr.get("/akun/undangan?scheme=ramalan").want(t, "no such scheme", http.StatusUnprocessableEntity)
		batch := hr.post("/akun/undangan", "scheme", "nip", "unit", "dinas").want(t, "made", http.StatusSeeOther).to
		hr.post("/akun/undangan", "scheme", "nip", "unit", "dinas").want(t, "again", http.StatusConflict, "Tidak ada pegawai baru")
		hr.get(batch).want(t, "batch", http.StatusOK, "Dinas &lt;Contoh&gt;", "0 dari 2 orang")
		pdf := hr.post(batch+"/slip.pdf", "unit", "").want(t, "slips", http.StatusOK, "%PDF-")
		if !strings.HasPrefix(pdf.header.Get("Content-Disposition"), "attachment") {
			t.Error("the slips are not a download")
		}
		slips, err := s.svc.Slips(t.Context(), actorOf(t, s, "bkpsdm"), strings.TrimPrefix(batch, "/akun/undangan/"), "")
		if err != nil {
			t.Fatal(err)
		}
		v := s.visitor()
		v.get("/undangan").want(t, "where a code is typed", http.StatusOK, `name="code"`)
		v.post("/undangan", "username", slips[0].Username, "code", "AAAA").want(t, "malformed", http.StatusUnprocessableEntity, "dua belas huruf", slips[0].Username)
		to := v.post("/undangan", "username", slips[0].Username, "code", strings.ToLower(string(slips[0].Code))).want(t, "typed", http.StatusSeeOther).to
		v.get(to).want(t, "choose a password", http.StatusOK, "Arif &lt;b&gt;Hidayat", `name="again"`)
		path, _, _ := strings.Cut(to, "?")
		code := []string{codeParam, string(slips[0].Code)}
		v.post(path, append(code, "password", "pendek", "again", "pendek")...).want(t, "weak", http.StatusUnprocessableEntity, "paling sedikit 10 huruf")
		if a := v.post(path, append(code, "password", "tujuh sampan kecil", "again", "tujuh sampan kecil")...); a.code != http.StatusSeeOther || a.to != "/" {
			t.Fatalf("accepted: %d to %s", a.code, a.to)
		}
		v.get("/akun").want(t, "signed in", http.StatusOK, slips[0].Username)
		s.visitor().get(to).want(t, "the link again", http.StatusUnprocessableEntity, "tidak berlaku")
	})
}

func TestResetAtTheDesk(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		hr, admin := s.as("bkpsdm"), s.as("admin")
		path := "/akun/semua/" + s.id("pegawai")
		a := hr.post(path+"/sandi-baru").want(t, "issued at once", http.StatusOK, "hanya tampil sekali")
		code := a.find(t, `class="slipcode" id="kode-nilai">([0-9A-Z-]{14})<`)
		hr.get(path).want(t, "afterwards", http.StatusOK, "Ada kode yang berlaku")
		if strings.Contains(hr.get(path).body, code) {
			t.Error("the code is shown twice")
		}
		s.visitor().post("/undangan", "username", "pegawai", "code", code).want(t, "typed", http.StatusSeeOther)

		s.as("pegawai").get("/akun").want(t, "the holder sees it", http.StatusOK, "Diterbitkan Hendri, tidak dipakai")
		strong := "/akun/semua/" + s.id("bkpsdm")
		admin.post(strong+"/sandi-baru").want(t, "asked", http.StatusSeeOther)
		admin.post(strong+"/sandi-baru/terbitkan").want(t, "by the same", http.StatusForbidden)
		hr.post(strong+"/sandi-baru").want(t, "one's own", http.StatusForbidden)
		hr.get(strong).want(t, "own account", http.StatusOK, "akun Anda sendiri")
	})
}

func TestRolesOnPages(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		hr, admin := s.as("bkpsdm"), s.as("admin")
		hr.post("/akun/peran", "username", "tidak-ada", "role", "auditor", "reason", "SK 1").want(t, "no account", http.StatusNotFound, "Akun ini tidak ada", `value="tidak-ada"`)
		hr.post("/akun/peran", "username", "pegawai", "role", "raja", "reason", "SK 1").want(t, "no role", http.StatusUnprocessableEntity, "Pilih salah satu")
		hr.post("/akun/peran", "username", "pegawai", "role", "auditor").want(t, "no reason", http.StatusUnprocessableEntity, "perlu diisi")
		hr.post("/akun/peran", "username", "pegawai", "role", "auditor", "unit", "mars", "reason", "SK 1").want(t, "no unit", http.StatusUnprocessableEntity)
		hr.post("/akun/peran", "username", "pegawai", "role", "auditor", "from", "kapan", "reason", "SK 1").want(t, "no date", http.StatusUnprocessableEntity, "Tulis tanggal")
		hr.post("/akun/peran", "username", "bkpsdm", "role", "leader", "reason", "SK 1").want(t, "for oneself", http.StatusForbidden)
		hr.post("/akun/peran", "username", "pegawai", "role", "auditor", "unit", "dinas", "reason", "SK <1>").want(t, "proposed", http.StatusSeeOther)
		own := hr.get("/akun/peran").want(t, "the list", http.StatusOK, "SK &lt;1&gt;", "Tarik usulan", "Dinas &lt;Contoh&gt;")
		if strings.Contains(own.body, "/setujui") {
			t.Error("whoever proposed it is offered to confirm it")
		}
		id := admin.get("/akun/peran").find(t, `/akun/peran/([0-9a-f-]+)/setujui`)
		hr.post("/akun/peran/"+id+"/setujui").want(t, "by the same", http.StatusForbidden, "pengelola lain")
		admin.post("/akun/peran/"+id+"/setujui").want(t, "confirmed", http.StatusSeeOther)
		admin.post("/akun/peran/"+id+"/tolak").want(t, "settled already", http.StatusConflict, "sudah diputus")
		admin.get("/akun/peran?q=dewi").want(t, "holds", http.StatusOK, "disetujui admin")
		s.as("pegawai").get("/akun").want(t, "own roles", http.StatusOK, "Auditor")
		admin.post("/akun/peran/"+id+"/akhiri").want(t, "ended", http.StatusSeeOther)
		admin.get("/akun/peran?state=ended").want(t, "the ended", http.StatusOK, "Dewi")
	})
}

func TestListsAndExports(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		admin := s.as("admin")
		admin.get("/akun/semua?q=dewi&state=active&sort=-seen").want(t, "list", http.StatusOK, "Dewi &lt;i&gt;", "1 sampai 1 dari 1")
		admin.get("/akun/semua?q=%00%27%25zzz&page=-3&sort=drop&role=raja").want(t, "nothing fits", http.StatusOK, "Tidak ada akun yang cocok")
		csv := admin.get("/akun/semua?format=csv").want(t, "csv", http.StatusOK, "pegawai", "Administrator sistem")
		if n := strings.Count(csv.body, "\r\n"); n != 5 {
			t.Errorf("%d lines, want a head and four accounts", n)
		}
		admin.get("/akun/semua?format=xlsx").want(t, "xlsx", http.StatusOK, "PK")
		admin.get("/akun/semua?format=exe").want(t, "no such format", http.StatusUnprocessableEntity)
		admin.get("/akun/peran?format=csv").want(t, "roles as csv", http.StatusOK, "Kepegawaian")
		admin.get("/peran?lang=en").want(t, "who may do what", http.StatusOK, "Who may do what", "System administrator")
		admin.get("/akun/undangan").want(t, "no invitation yet", http.StatusOK, "Belum ada undangan")
	})
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		admin := s.as("admin")
		for _, id := range []string{"tidak-ada", "%27%20OR%201=1", "%ff%fe", "%00", strings.Repeat("a", 3000)} {
			for _, get := range []string{"/akun/semua/" + id, "/akun/undangan/" + id} {
				if a := admin.get(get); a.code != http.StatusNotFound && a.code != http.StatusUnprocessableEntity {
					t.Errorf("GET %.60s: %d", get, a.code)
				}
			}
			for _, post := range []string{
				"/akun/semua/" + id + "/tutup", "/akun/semua/" + id + "/buka", "/akun/semua/" + id + "/sandi-baru", "/akun/semua/" + id + "/sesi/akhiri",
				"/akun/undangan/" + id + "/slip.pdf", "/akun/peran/" + id + "/setujui", "/akun/peran/" + id + "/akhiri", "/akun/semua/" + id + "/sandi-baru/terbitkan",
			} {
				if a := admin.post(post); a.code != http.StatusNotFound && a.code != http.StatusUnprocessableEntity && a.code != http.StatusConflict {
					t.Errorf("POST %.60s: %d", post, a.code)
				}
			}
			if a := s.visitor().get("/undangan/" + id + "?kode=x"); a.code != http.StatusUnprocessableEntity && a.code != http.StatusTooManyRequests {
				t.Errorf("invitation %.20s: %d", id, a.code)
			}
		}
	})
}

func TestOwnDevices(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		here, there := s.as("pegawai"), s.as("pegawai")
		id := here.get("/akun").find(t, `/akun/sesi/([0-9a-f-]+)/akhiri`)
		here.post("/akun/sesi/"+id+"/akhiri").want(t, "end one", http.StatusSeeOther)
		there.get("/akun").want(t, "the other device", http.StatusSeeOther)
		here.get("/akun").want(t, "this one", http.StatusOK, "sudah keluar")
		third := s.as("pegawai")
		here.post("/akun/sesi/lain/akhiri").want(t, "end all others", http.StatusSeeOther)
		third.get("/akun").want(t, "the third", http.StatusSeeOther)
		here.post("/akun/bahasa", "lang", "en").want(t, "language", http.StatusSeeOther)
		here.get("/akun").want(t, "in English", http.StatusOK, "My account")
		if a := s.as("pegawai").get("/akun"); !strings.Contains(a.body, "My account") {
			t.Error("another device does not know the language")
		}
	})
}

func TestOfficesAddUpTheirUnits(t *testing.T) {
	of := map[string]UnitChoice{"umum": {ID: "dinas", Name: "Dinas"}, "seksi": {ID: "dinas", Name: "Dinas"}}
	units := []account.UnitCount{{UnitID: "umum", Unit: "Umum", Made: 3, Accepted: 1}, {UnitID: "kota", Unit: "Kota", Made: 1}, {UnitID: "dinas", Unit: "Dinas", Made: 1}, {UnitID: "seksi", Unit: "Seksi", Made: 5, Accepted: 5}}
	got := byOffice(units, of)
	want := []account.UnitCount{{UnitID: "dinas", Unit: "Dinas", Made: 9, Accepted: 6}, {UnitID: "kota", Unit: "Kota", Made: 1}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestNetworkOfARequest(t *testing.T) {
	h := &pages{Config{Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"203.0.113.9:4000", "", "203.0.113.9"},
		{"203.0.113.9:4000", "198.51.100.1", "203.0.113.9"},
		{"10.0.0.1:4000", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.1:4000", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"},
		{"10.0.0.1:4000", "unsinn", "10.0.0.1"},
		{"[2001:db8:1:2:3:4:5:6]:4000", "", "2001:db8:1:2::/64"},
		{"[::ffff:203.0.113.9]:4000", "", "203.0.113.9"},
		{"[fe80::1%eth0]:4000", "", "fe80::/64"},
		{"[::1]:4000", "", "::1"},
		{"@", "", "?"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := h.network(r); got != c.want {
			t.Errorf("%s (%s): %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func TestMachineNames(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0": "Edge · Windows",
		"Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36":                     "Chrome · Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1":      "Safari · iPhone",
		"curl/8": "", "": "",
	} {
		if got := machine(agent); got != want {
			t.Errorf("%q: %q, want %q", agent, got, want)
		}
	}
}
