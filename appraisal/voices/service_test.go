package voices_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/questionnaire"
	"github.com/gurindam/gurindam/internal/task"
)

func TestARoundFromTheWishToTheRelease(t *testing.T) {
	eachWorld(t, circle{7, 8}, func(w world) {
		r := w.open(voices.Subordinates, voices.Peers)
		coupons := map[string]string{}
		for i := range 6 {
			coupons[fmt.Sprintf("b%d", i)] = w.draw(r, fmt.Sprintf("b%d", i))
			coupons[fmt.Sprintf("r%d", i)] = w.draw(r, fmt.Sprintf("r%d", i))
		}
		w.refused(w.Answer(w.ctx, r.ID, coupons["b0"], mark(3, "x")), fault.Conflict, "answered while tokens are drawn")
		w.on("2026-11-08")
		_, err := w.Draw(w.ctx, actor("b6"), r.ID, make([]byte, 256))
		w.refused(err, fault.Conflict, "drawn while answers come in")
		n := 0
		for _, c := range coupons {
			w.must(w.Answer(w.ctx, r.ID, c, mark(1+n%4, fmt.Sprintf("kata %d", n))))
			w.refused(w.Answer(w.ctx, r.ID, c, mark(1, "lagi")), fault.Invalid, "a coupon spent twice")
			n++
		}
		v, err := w.View(w.ctx, rina, r.ID)
		w.must(err)
		if v.Round.Release != nil {
			t.Fatal("released before the end")
		}
		w.on("2026-11-18")
		v, err = w.View(w.ctx, rina, r.ID)
		w.must(err)
		rel := v.Round.Release
		if v.Round.State != voices.Released || rel == nil || rel.Answers != 12 || len(rel.Parts) != 3 || rel.Parts[1].Answers != 6 || rel.Parts[0].Items[0].Answers != 12 {
			t.Fatalf("%+v", v.Round)
		}
		if len(rel.Words) != 2 || len(rel.Words[0].Words) != 12 {
			t.Fatalf("words: %+v", rel.Words)
		}
		w.nothingLeft(r)
		w.ledgerOnly(r, "appraisal.voices.opened", "appraisal.voices.released")
		w.refused(w.Answer(w.ctx, r.ID, coupons["b1"], mark(1, "x")), fault.Conflict, "answered after the end")
		_, err = w.Open(w.ctx, rina, voices.Ask{Person: "rina", Purpose: "Lagi.", Groups: []voices.GroupCode{voices.Peers}})
		w.refused(err, fault.Conflict, "a second round without a rest")
	})
}

// nothingLeft looks for what only a running round needs.
func (w world) nothingLeft(r voices.Round) {
	w.t.Helper()
	for _, text := range []string{
		`SELECT 1 FROM voice_key`, `SELECT 1 FROM voice_box`, `SELECT 1 FROM voice_invited WHERE drawn OR blinded IS NOT NULL`,
		`SELECT 1 FROM token_batch WHERE private_key IS NOT NULL`, `SELECT 1 FROM token_code`,
		`SELECT 1 FROM task WHERE done_at IS NULL AND kind <> 'appraisal.voices.read'`,
	} {
		found, err := db.Exists(w.ctx, w.db, text)
		w.must(err)
		if found {
			w.t.Errorf("still there: %s", text)
		}
	}
}

// ledgerOnly makes sure that the record of a round has exactly these entries:
// none for an answer, none for a token.
func (w world) ledgerOnly(r voices.Round, kinds ...string) {
	w.t.Helper()
	entries, err := ledger.Of(w.ctx, w.db, "voices:"+r.ID)
	w.must(err)
	var got []string
	for _, e := range entries {
		got = append(got, e.Kind)
	}
	slices.Sort(got)
	if !slices.Equal(got, kinds) {
		w.t.Errorf("ledger: %v", got)
	}
}

func TestFourAnswersAreNotReleased(t *testing.T) {
	eachWorld(t, circle{6, 0}, func(w world) {
		r := w.open(voices.Subordinates)
		var coupons []string
		for i := range 6 {
			coupons = append(coupons, w.draw(r, fmt.Sprintf("b%d", i)))
		}
		w.on("2026-11-08")
		for i, c := range coupons[:4] {
			w.must(w.Answer(w.ctx, r.ID, c, mark(2, fmt.Sprintf("rahasia %d", i))))
		}
		w.on("2026-11-18")
		v, err := w.View(w.ctx, rina, r.ID)
		w.must(err)
		if v.Round.State != voices.TooFew || v.Round.Release != nil || v.Round.Drawn() != 0 {
			t.Fatalf("%+v", v.Round)
		}
		w.nothingLeft(r)
		w.ledgerOnly(r, "appraisal.voices.opened", "appraisal.voices.too_few")
	})
}

func TestWhereFewDrewNothingIsAsked(t *testing.T) {
	eachWorld(t, circle{6, 0}, func(w world) {
		r := w.open(voices.Subordinates)
		c := w.draw(r, "b0")
		w.on("2026-11-08")
		v, err := w.View(w.ctx, rina, r.ID)
		w.must(err)
		if v.Round.State != voices.TooFew {
			t.Fatalf("state %s", v.Round.State)
		}
		w.refused(w.Answer(w.ctx, r.ID, c, mark(2, "x")), fault.Conflict, "the only one who drew answers")
		w.nothingLeft(r)
	})
}

func TestWhoMayAskDrawAndRead(t *testing.T) {
	eachWorld(t, circle{6, 6}, func(w world) {
		ask := voices.Ask{Person: "rina", Purpose: "Bahan dialog.", Groups: []voices.GroupCode{voices.Peers}}
		_, err := w.Open(w.ctx, anyone, ask)
		w.refused(err, fault.Forbidden, "somebody else asks")
		_, err = w.Open(w.ctx, admin, ask)
		w.refused(err, fault.Forbidden, "the administrator asks")
		r, err := w.Open(w.ctx, hr, ask)
		w.must(err)
		for name, as := range map[string]string{"the person": "rina", "a subordinate in a round of peers": "b0", "somebody else": "orang-lain"} {
			_, err := w.Draw(w.ctx, actor(as), r.ID, make([]byte, 256))
			w.refused(err, fault.Forbidden, name+" draws")
		}
		_, err = w.View(w.ctx, anyone, r.ID)
		w.refused(err, fault.Forbidden, "somebody else looks")
		_, err = w.View(w.ctx, admin, r.ID)
		w.refused(err, fault.Forbidden, "the administrator looks")
		for i := range 5 {
			w.draw(r, fmt.Sprintf("r%d", i))
		}
		w.on("2026-11-08")
	})
}

func TestWordsAreForThePersonAndTheSuperior(t *testing.T) {
	eachWorld(t, circle{6, 0}, func(w world) {
		r := w.open(voices.Subordinates)
		var coupons []string
		for i := range 5 {
			coupons = append(coupons, w.draw(r, fmt.Sprintf("b%d", i)))
		}
		w.on("2026-11-08")
		for _, c := range coupons {
			w.must(w.Answer(w.ctx, r.ID, c, mark(4, "Jelas.")))
		}
		w.on("2026-11-18")
		for _, c := range []struct {
			who   string
			as    voices.View
			words bool
		}{
			{"the person", w.view(rina.PersonID, r.ID), true},
			{"the superior", w.view(boss.PersonID, r.ID), true},
		} {
			if c.as.Round.Release == nil || (c.as.Round.Release.Words != nil) != c.words {
				t.Errorf("%s: %+v", c.who, c.as.Round.Release)
			}
		}
		for who, a := range map[string]func() (voices.View, error){
			"HR":      func() (voices.View, error) { return w.View(w.ctx, hr, r.ID) },
			"auditor": func() (voices.View, error) { return w.View(w.ctx, audit, r.ID) },
		} {
			v, err := a()
			w.must(err)
			if v.Round.Release == nil || v.Round.Release.Words != nil {
				t.Errorf("%s: %+v", who, v.Round.Release)
			}
		}
		v := w.view("b0", r.ID)
		if v.Round.Release != nil {
			t.Error("a subordinate sees the results")
		}
		v = w.view(rina.PersonID, r.ID)
		w.must(w.Read(w.ctx, rina, v))
		open, err := db.Exists(w.ctx, w.db, `SELECT 1 FROM task WHERE done_at IS NULL`)
		w.must(err)
		if open {
			t.Error("a task is left")
		}
	})
}

func (w world) view(person, round string) voices.View {
	w.t.Helper()
	v, err := w.View(w.ctx, actor(person), round)
	w.must(err)
	return v
}

func TestWrongCouponsAndAnswersSpendNothing(t *testing.T) {
	eachWorld(t, circle{6, 6}, func(w world) {
		r := w.open(voices.Subordinates, voices.Peers)
		var b, p []string
		for i := range 5 {
			b = append(b, w.draw(r, fmt.Sprintf("b%d", i)))
			p = append(p, w.draw(r, fmt.Sprintf("r%d", i)))
		}
		w.on("2026-11-08")
		for name, c := range map[string]string{
			"nothing": "", "no group": strings.TrimPrefix(b[0], "bawahan."), "another group": "rekan." + strings.TrimPrefix(b[0], "bawahan."),
			"cut off": b[0][:len(b[0])-4], "changed": b[0][:20] + "A" + b[0][21:], "a code": "bawahan.ABCD-EFGH-JKMN",
		} {
			w.refused(w.Answer(w.ctx, r.ID, c, mark(3, "x")), fault.Invalid, name)
		}
		w.refused(w.Answer(w.ctx, r.ID, p[0], questionnaire.Answers{Marks: map[string]int{"adil": 3}}), fault.Invalid, "a peer answers what only subordinates are asked")
		w.refused(w.Answer(w.ctx, r.ID, p[0], questionnaire.Answers{}), fault.Invalid, "nothing said")
		w.refused(w.Answer(w.ctx, r.ID, p[0], mark(9, "x")), fault.Invalid, "a mark beyond the scale")
		w.must(w.Answer(w.ctx, r.ID, "  "+p[0][:30]+"\n"+p[0][30:]+" ", mark(3, "x")))
		w.must(w.Answer(w.ctx, r.ID, b[0], questionnaire.Answers{Marks: map[string]int{"adil": 3}}))
	})
}

func TestATokenForBrowsersThatCannotBlind(t *testing.T) {
	eachWorld(t, circle{6, 0}, func(w world) {
		r := w.open(voices.Subordinates)
		coupon, err := w.DrawUnlinked(w.ctx, actor("b0"), r.ID)
		w.must(err)
		_, err = w.DrawUnlinked(w.ctx, actor("b0"), r.ID)
		w.refused(err, fault.Conflict, "a second token")
		for i := range 4 {
			w.draw(r, fmt.Sprintf("b%d", i+1))
		}
		w.on("2026-11-08")
		w.must(w.Answer(w.ctx, r.ID, coupon, mark(4, "Terima kasih.")))
	})
}

func TestARoundThatProtectsNobodyIsNotOpened(t *testing.T) {
	eachWorld(t, circle{3, 9}, func(w world) {
		for name, a := range map[string]voices.Ask{
			"too few":           {Person: "rina", Purpose: "x", Groups: []voices.GroupCode{voices.Subordinates}},
			"no purpose":        {Person: "rina", Groups: []voices.GroupCode{voices.Peers}},
			"no groups":         {Person: "rina", Purpose: "x"},
			"an unknown group":  {Person: "rina", Purpose: "x", Groups: []voices.GroupCode{"warga", voices.Peers}},
			"a group twice":     {Person: "rina", Purpose: "x", Groups: []voices.GroupCode{voices.Peers, voices.Peers}},
			"drawing over":      {Person: "rina", Purpose: "x", Groups: []voices.GroupCode{voices.Peers}, DrawUntil: "2026-11-01"},
			"answers too early": {Person: "rina", Purpose: "x", Groups: []voices.GroupCode{voices.Peers}, DrawUntil: "2026-11-07", AnswerUntil: "2026-11-07"},
			"too long":          {Person: "rina", Purpose: "x", Groups: []voices.GroupCode{voices.Peers}, AnswerUntil: "2027-11-07"},
		} {
			_, err := w.Open(w.ctx, rina, a)
			w.refused(err, fault.Invalid, name)
		}
		r := w.open(voices.Subordinates, voices.Peers)
		for i := range 3 {
			w.draw(r, fmt.Sprintf("b%d", i))
		}
		for i := range 9 {
			w.draw(r, fmt.Sprintf("r%d", i))
		}
		w.on("2026-11-08")
		v := w.view("rina", r.ID)
		for _, g := range v.Round.Groups {
			if g.Bucket != voices.Merged {
				t.Errorf("%s counts for %s", g.Code, g.Bucket)
			}
		}
	})
}

func TestTasksOfAnswersDoNotTellWhoAnswered(t *testing.T) {
	eachWorld(t, circle{6, 0}, func(w world) {
		r := w.open(voices.Subordinates)
		var coupons []string
		for i := range 5 {
			coupons = append(coupons, w.draw(r, fmt.Sprintf("b%d", i)))
		}
		w.on("2026-11-08")
		before := w.tasks()
		for _, c := range coupons[:3] {
			w.must(w.Answer(w.ctx, r.ID, c, mark(4, "x")))
		}
		if after := w.tasks(); len(before) != 5 || !slices.Equal(before, after) {
			t.Errorf("tasks %v became %v", before, after)
		}
	})
}

func (w world) tasks() []string {
	w.t.Helper()
	all, err := db.All(w.ctx, w.db, `SELECT for_person FROM task WHERE done_at IS NULL ORDER BY for_person, id`, db.Value[string])
	w.must(err)
	return all
}

// The key of the box is what could open old bytes of it. After the release it
// is in no file of the database.
func TestTheKeyOfABoxLeavesTheFiles(t *testing.T) {
	eachWorld(t, circle{6, 0}, func(w world) {
		r := w.open(voices.Subordinates)
		var coupons []string
		for i := range 6 {
			coupons = append(coupons, w.draw(r, fmt.Sprintf("b%d", i)))
		}
		w.on("2026-11-08")
		key, err := db.One(w.ctx, w.db, `SELECT box_key FROM voice_key`, db.Value[[]byte])
		w.must(err)
		for i, c := range coupons {
			w.must(w.Answer(w.ctx, r.ID, c, mark(2, fmt.Sprintf("katanya-%d", i))))
		}
		w.must(w.db.Scrub(w.ctx, "voice_key")) // bring it to the main file
		if !inFiles(t, w.db, key) {
			t.Fatal("the test does not find the key where it is")
		}
		for i := range coupons {
			if inFiles(t, w.db, []byte(fmt.Sprintf("katanya-%d", i))) {
				t.Error("an answer lies open in a file")
			}
		}
		w.on("2026-11-18")
		if inFiles(t, w.db, key) {
			t.Error("the key is still in a file")
		}
	})
}

// inFiles reports whether bytes stand in the files of the database: of SQLite
// in all, of PostgreSQL in those of the tables of this package.
func inFiles(t *testing.T, d *db.DB, want []byte) bool {
	t.Helper()
	for _, f := range files(t, d) {
		raw, err := os.ReadFile(f)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if bytes.Contains(raw, want) {
			return true
		}
	}
	return false
}

func files(t testing.TB, d *db.DB) []string {
	t.Helper()
	if d.Engine() == db.SQLite {
		return []string{d.Path(), d.Path() + "-wal"}
	}
	dir, err := db.One(t.Context(), d, `SHOW data_directory`, db.Value[string])
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Tx(t.Context(), func(tx *db.Tx) error { _, err := db.Exec(t.Context(), tx, `CHECKPOINT`); return err }); err != nil {
		t.Fatal(err)
	}
	paths, err := db.All(t.Context(), d, `SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 't')
		AND (relname IN ('voice_key', 'voice_box', 'voice_round', 'ledger_entry') OR oid IN (SELECT reltoastrelid FROM pg_class WHERE relname IN ('voice_key', 'voice_box', 'voice_round', 'ledger_entry')))`, db.Value[string])
	if err != nil {
		t.Fatal(err)
	}
	for i := range paths {
		paths[i] = filepath.Join(dir, paths[i])
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the server's files are elsewhere")
	}
	return paths
}

func TestDrawTasksLeaveTheDeskOneByOne(t *testing.T) {
	eachWorld(t, circle{6, 0}, func(w world) {
		r := w.open(voices.Subordinates)
		if n := len(w.tasks()); n != 6 {
			t.Fatalf("%d tasks", n)
		}
		w.draw(r, "b2")
		if got := w.tasks(); slices.Contains(got, "b2") || len(got) != 5 {
			t.Errorf("tasks %v", got)
		}
		inbox := task.NewInbox(w.db, circle{}, nil)
		mine, err := inbox.Waiting(w.ctx, actor("b3"), task.Filter{})
		w.must(err)
		if len(mine) != 1 || mine[0].Link != "/suara/"+r.ID || mine[0].Due != "2026-11-07" {
			t.Errorf("%+v", mine)
		}
	})
}
