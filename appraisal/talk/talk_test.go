package talk

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

var lia, yusuf = appraisaltest.As("lia"), appraisaltest.As("yusuf")

type world struct {
	*appraisaltest.City
	talks *Service
	part  appraisal.Part
}

func eachWorld(t *testing.T, fn func(t *testing.T, w world)) {
	t.Helper()
	repotest.EachDB(t, appraisaltest.Migrations(Migrations()), func(t *testing.T, d *db.DB) {
		c := appraisaltest.New(t, d)
		w := world{City: c, talks: New(Config{DB: d, Access: c.Access, Appraisal: c.Service, Books: c.Books, Now: c.Now, Agency: appraisal.Agency{Name: "Pemerintah Kota"}})}
		w.part = c.Part("lia", 2026)
		plan := &appraisal.Content{Approach: appraisal.Quantitative, Results: []appraisal.Result{{
			Kind: appraisal.Main, Text: "Pasien mendapat pelayanan yang aman",
			Indicators: []appraisal.Indicator{{Text: "Pasien yang dilayani", Target: "100", Unit: "pasien", Direction: appraisal.Up}},
		}}}
		c.Must(d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := c.TakeOver(t.Context(), tx, appraisaltest.HR(), []appraisal.Elsewhere{{Part: w.part, Plan: plan}})
			return err
		}))
		fn(t, w)
	})
}

func (w world) refused(err error, kind fault.Kind, key string) {
	w.T.Helper()
	f, is := err.(*fault.Error)
	if !is || f.Kind != kind || key != "" && f.Key != key {
		w.T.Fatalf("got %v, want %s %s", err, kind, key)
	}
}

func (w world) look(as account.Actor, id string) View {
	w.T.Helper()
	v, err := w.talks.Talk(w.T.Context(), as, id)
	w.Must(err)
	return v
}

func sourcesOf(points []Point) []Source {
	var all []Source
	for _, p := range points {
		all = append(all, p.Source)
	}
	return all
}

func (w world) feedback(text string) {
	w.T.Helper()
	_, err := w.GiveFeedback(w.T.Context(), yusuf, appraisal.Feedback{PartID: w.part.ID, About: appraisal.AboutGeneral, Text: text})
	w.Must(err)
}

func TestATalkFromItsAgendaToBothSignatures(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		ctx := t.Context()
		w.feedback("Laporan jaga bulan ini lengkap.")
		_, err := w.AskFeedback(ctx, lia, appraisal.Feedback{PartID: w.part.ID, About: appraisal.AboutGeneral, Question: "Apa yang perlu diubah?", AskedOf: "budi"})
		w.Must(err)
		begun, err := w.talks.Begin(ctx, lia, w.part.ID, "2026-03-20", "Jadwal jaga malam")
		w.Must(err)
		_, err = w.talks.Begin(ctx, yusuf, w.part.ID, "2026-03-21", "")
		w.refused(err, fault.Conflict, "talk.already")
		id := begun.ID

		v := w.look(yusuf, id)
		if got := sourcesOf(v.Record.Points); !slices.Equal(got, []Source{Behind, Said, Requested, Added}) {
			t.Fatalf("agenda %v", got)
		}
		w.refused(w.talks.Sign(ctx, yusuf, id, v.Hash), fault.Conflict, "talk.nothing_said")
		w.Must(w.talks.Note(ctx, yusuf, id, v.Talk.Version, map[string]string{v.Record.Points[0].Key: "Menunggu alat."}, ""))
		w.refused(w.talks.Note(ctx, lia, id, v.Talk.Version, nil, "lain"), fault.Conflict, "talk.changed")
		w.Must(w.talks.Agree(ctx, yusuf, id, Agreed{Text: "Menyusun jadwal jaga", Owner: Person, Due: "2026-04-01"}))
		w.refused(w.talks.Agree(ctx, yusuf, id, Agreed{Text: "x", Owner: "siapa", Due: "2026-01-01"}), fault.Invalid, "")

		v = w.look(yusuf, id)
		w.feedback("Satu lagi.")
		w.refused(w.talks.Sign(ctx, yusuf, id, v.Hash), fault.Conflict, "talk.changed")
		w.Must(w.talks.Sign(ctx, yusuf, id, w.look(yusuf, id).Hash))
		w.refused(w.talks.Raise(ctx, lia, id, "Lagi"), fault.Conflict, "talk.not_now.menunggu")

		frozen := w.look(lia, id)
		w.feedback("Sesudah dibekukan.")
		if again := w.look(lia, id); again.Hash != frozen.Hash || !bytes.Equal(again.Talk.Wording, frozen.Talk.Wording) {
			t.Fatal("the wording changed after the first signature")
		}
		w.Must(w.talks.Sign(ctx, lia, id, frozen.Hash))
		v = w.look(appraisaltest.HR(), id)
		if v.Talk.State != Signed || !v.Talk.Verify() || len(v.Actions) != 1 || !v.Actions[0].Open() {
			t.Fatalf("%+v", v.Talk)
		}
		body, err := w.talks.PDF(ctx, lia, id)
		if err != nil || !bytes.HasPrefix(body, []byte("%PDF")) {
			t.Fatalf("PDF: %v", err)
		}
		w.waits("lia", kindAction, 1)
		w.nextAgenda(id, v.Actions[0].ID)
	})
}

// nextAgenda holds the next talk: the agreed action is on it until its owner
// says that it is done, and what was talked about is not.
func (w world) nextAgenda(before, action string) {
	w.T.Helper()
	ctx := w.T.Context()
	w.On("2026-04-02")
	next, err := w.talks.Begin(ctx, yusuf, w.part.ID, "2026-04-10", "")
	w.Must(err)
	w.feedback("Baru.")
	v := w.look(yusuf, next.ID)
	if got := sourcesOf(v.Record.Points); !slices.Equal(got, []Source{OpenAction, Behind, Said, Requested}) || v.Last != "2026-03-16" {
		w.T.Fatalf("agenda %v, last %s", got, v.Last)
	}
	_, err = w.talks.Done(ctx, yusuf, action, "sudah")
	w.refused(err, fault.Forbidden, "talk.action_not_yours")
	_, err = w.talks.Done(ctx, lia, action, "Jadwal sudah ditempel.")
	w.Must(err)
	_, err = w.talks.Done(ctx, lia, action, "lagi")
	w.refused(err, fault.Conflict, "talk.action_done")
	w.waits("lia", kindAction, 0)
	if got := w.look(yusuf, next.ID).Record.Points; got[0].Source == OpenAction {
		w.T.Fatal("a done action is still on the agenda")
	}
	w.Must(w.talks.Cancel(ctx, lia, next.ID))
	w.waits("yusuf", kindHold, 0)
}

func (w world) waits(person, kind string, want int) {
	w.T.Helper()
	n, err := db.One(w.T.Context(), w.DB, `SELECT count(*) FROM task WHERE for_person = $1 AND kind = $2 AND done_at IS NULL`, db.Value[int], person, kind)
	w.Must(err)
	if n != want {
		w.T.Fatalf("%d tasks %s wait for %s, want %d", n, kind, person, want)
	}
}

func TestATalkIsBetweenTwoUntilItIsSigned(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		ctx := t.Context()
		_, err := w.talks.Begin(ctx, appraisaltest.As("budi"), w.part.ID, "2026-03-20", "")
		w.refused(err, fault.Forbidden, "")
		_, err = w.talks.Begin(ctx, lia, w.part.ID, "2026-03-01", "")
		w.refused(err, fault.Invalid, "")
		begun, err := w.talks.Begin(ctx, lia, w.part.ID, "2026-03-20", "")
		w.Must(err)
		_, err = w.talks.Talk(ctx, appraisaltest.HR(), begun.ID)
		w.refused(err, fault.Forbidden, "talk.between_two")
		w.refused(w.talks.Raise(ctx, appraisaltest.HR(), begun.ID, "x"), fault.Forbidden, "")
		_, all, _, err := w.talks.History(ctx, appraisaltest.HR(), w.part.ID)
		w.Must(err)
		if len(all) != 0 {
			t.Fatal("HR sees a talk that is not signed")
		}
		w.Must(w.talks.Note(ctx, lia, begun.ID, 1, nil, "Sudah dibicarakan."))
		w.Must(w.talks.Sign(ctx, lia, begun.ID, w.look(lia, begun.ID).Hash))
		w.waits("yusuf", kindSign, 1)
		w.Must(w.talks.Reopen(ctx, yusuf, begun.ID))
		w.waits("yusuf", kindSign, 0)
		w.waits("yusuf", kindHold, 1)
		if v := w.look(lia, begun.ID); v.Talk.State != Prepared || !v.Talk.PersonSignedAt.IsZero() || v.Record.Notes == "" {
			t.Fatalf("%+v", v.Talk)
		}
		o, err := w.talks.Overview(ctx, yusuf, Query{Filter: Running, Text: "lia"})
		w.Must(err)
		if o.Total != 2 || len(o.Team) != 1 || o.Team[0].Part.ID != w.part.ID || o.Counts[NoTalkYet] != 2 {
			t.Fatalf("%+v", o)
		}
	})
}

func TestTheAgendaIsMadeFromTheEvidence(t *testing.T) {
	rule := Rule{BehindPercent: 10, RemindMonths: 3}
	indicator := func(id string, d appraisal.Direction) appraisal.Indicator {
		return appraisal.Indicator{ID: id, Text: id, Target: "100", Unit: "x", Direction: d}
	}
	view := appraisal.ProgressView{
		Part: appraisal.Part{From: "2026-01-01", To: "2026-12-31"},
		Plan: appraisal.Content{Results: []appraisal.Result{{Kind: appraisal.Main, Indicators: []appraisal.Indicator{
			indicator("far", appraisal.Up), indicator("near", appraisal.Up), indicator("silent", appraisal.Up),
			indicator("less", appraisal.Down), indicator("less-silent", appraisal.Down),
			{ID: "words", Text: "tanpa target"},
		}}}},
		Reached: map[string]appraisal.Reach{
			"far": {Value: "20", Percent: 20}, "near": {Value: "41", Percent: 41}, "less": {Value: "130", Percent: 76},
		},
	}
	// 2 July is the 183rd of 365 days: half of the year is gone.
	got := rule.Agenda(Evidence{Progress: view, Today: "2026-07-02", InZone: func(t time.Time) Day { return Day(t.Format(time.DateOnly)) }})
	var texts []string
	for _, p := range got {
		texts = append(texts, p.Text)
	}
	if want := []string{"silent", "far", "less"}; !slices.Equal(texts, want) {
		t.Fatalf("behind: %v, want %v", texts, want)
	}
	if got[0].Expected != 50 {
		t.Fatalf("half of the year gone is %d per cent", got[0].Expected)
	}
	if early := rule.Agenda(Evidence{Progress: view, Today: "2025-12-31"}); len(early) != 1 {
		t.Fatalf("before the year: %v", early)
	}
}
