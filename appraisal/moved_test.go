package appraisal

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/pdf/pdftext"
	"github.com/gurindam/gurindam/rulebook"
)

// drawYear draws stretches of one person that follow each other over 2025.
func drawYear(t *rapid.T) []Posting {
	titles := []string{"Dokter Ahli Muda", "Dokter Ahli Madya", "Analis Data"}
	var all []Posting
	for day := Day("2025-01-01"); day <= "2025-12-31"; {
		to := min(addDays(day, rapid.IntRange(0, 200).Draw(t, "days")), "2025-12-31")
		n := len(all)
		who := person("p-03", "Dewi", rapid.SampledFrom(titles).Draw(t, "title"), "bidang")
		all = append(all, Posting{Who: who, TenureID: "t-" + string(rune('a'+n%20)), Tenure: definitive, Group: "pns", From: day, To: to, Evaluator: boss, Above: head})
		day = addDays(to, 1)
	}
	return all
}

func arranged(postings []Posting) []Part {
	p := Period{ID: "y", Year: 2025, From: "2025-01-01", To: "2025-12-31"}
	return arrange(p, postings, tree{}, partRules{}, nil)
}

// cut splits one stretch in two at any day; what it holds is equal in both.
func cut(t *rapid.T, all []Posting) []Posting {
	i := rapid.IntRange(0, len(all)-1).Draw(t, "which")
	length := daysBetween(all[i].From, all[i].To)
	if length == 0 {
		return all
	}
	at := addDays(all[i].From, rapid.IntRange(1, length).Draw(t, "at"))
	first, second := all[i], all[i]
	first.To, second.From = addDays(at, -1), at
	return slices.Concat(all[:i], []Posting{first, second}, all[i+1:])
}

// Splitting at any date with equal content loses and changes nothing: not a
// day, not the deciding post, not the suggestion, not a credit point.
func TestSplittingAtAnyDateLosesAndChangesNothing(t *testing.T) {
	moved, credit := mustRule[MovedRule](t), mustRule[CreditRule](t)
	w := AnnualOf(2025)
	rapid.Check(t, func(t *rapid.T) {
		whole := drawYear(t)
		ratings := map[string]Rating{}
		for _, o := range whole {
			ratings[o.TenureID] = rapid.SampledFrom(AllRatings()).Draw(t, "rating")
		}
		predicate := rapid.SampledFrom(AllPredicates()).Draw(t, "predicate")
		sum := func(postings []Posting) (days int, r Rating, points rulebook.Num, post string) {
			parts := arranged(postings)
			var all []Weighed
			for _, p := range parts {
				days += p.daysIn(w)
				all = append(all, Weighed{p.daysIn(w), ratings[p.TenureID]})
				if p.Last {
					post = p.TenureID
				}
			}
			r, _ = moved.Weigh(all)
			if c := credit.credit(parts, w, predicate, true); c != nil {
				points = c.Points
			}
			return days, r, points, post
		}
		split := cut(t, cut(t, whole))
		d1, r1, k1, p1 := sum(whole)
		d2, r2, k2, p2 := sum(split)
		if d1 != 365 || d1 != d2 || r1 != r2 || !k1.Equal(k2) || p1 != p2 {
			t.Fatalf("whole: %d days, %s, %s points, %s; split: %d, %s, %s, %s", d1, r1, k1, p1, d2, r2, k2, p2)
		}
	})
}

// Whatever the map said before, once it is right the parts are those that the
// right map gives at once.
func TestALateCorrectionOfTheMapGivesTheSameParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wrong, right := arranged(drawYear(t)), arranged(drawYear(t))
		for i := range wrong {
			wrong[i].ID = "old-" + string(rune('a'+i%26)) + string(wrong[i].From)
		}
		created, changed, orphans := match(wrong, right)
		kept := slices.DeleteFunc(slices.Clone(wrong), func(p Part) bool {
			gone := func(o Part) bool { return o.ID == p.ID }
			return slices.ContainsFunc(orphans, gone) || slices.ContainsFunc(changed, gone)
		})
		late := slices.Concat(kept, changed, created)
		for i := range late {
			late[i].ID, late[i].Version = "", 1
		}
		for i := range right {
			right[i].ID, right[i].Version = "", 1
		}
		byDay := func(a, b Part) int { return strings.Compare(string(a.From), string(b.From)) }
		slices.SortFunc(late, byDay)
		slices.SortFunc(right, byDay)
		if !slices.Equal(late, right) {
			t.Fatalf("late  %+v\nright %+v", late, right)
		}
	})
}

func TestTheSuggestionIsWeighedByDaysAndOff(t *testing.T) {
	r := mustRule[MovedRule](t)
	if r.Suggest {
		t.Fatal("an unverified suggestion must be off")
	}
	for _, c := range []struct {
		all  []Weighed
		want Rating
	}{
		{nil, ""},
		{[]Weighed{{151, Above}, {214, Meets}}, Meets}, // 2.41
		{[]Weighed{{183, Above}, {182, Meets}}, Above}, // just over the half
		{[]Weighed{{182, Above}, {183, Meets}}, Meets},
		{[]Weighed{{300, Below}, {65, Above}}, Below},
		{[]Weighed{{300, ""}, {65, Above}}, Above}, // who has not rated is not weighed
	} {
		if got, _ := r.Weigh(c.all); got != c.want {
			t.Errorf("%v gives %s, want %s", c.all, got, c.want)
		}
	}
}

func TestCreditPointsFollowThePost(t *testing.T) {
	r := mustRule[CreditRule](t)
	for title, want := range map[string]string{
		"Administrator Database Kependudukan Ahli Muda": "ahli_muda", "Perawat Terampil": "terampil", "Guru  Ahli Pertama": "ahli_pertama",
		"Arsiparis Penyelia": "penyelia", "Kepala Bidang": "", "Pengawas Muda": "",
	} {
		if got, _ := r.LevelOf(title); got != want {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
	post := func(title string, from, to Day) Part {
		return Part{Who: Identity{Post: title}, TenureID: title, Tenure: definitive, From: from, To: to}
	}
	parts := []Part{post("Dokter Ahli Muda", "2025-01-01", "2025-05-31"), post("Dokter Ahli Madya", "2025-06-01", "2025-12-31")}
	c := r.credit(parts, AnnualOf(2025), Good, true)
	// 5/12 of 25 and 7/12 of 37.5
	if len(c.Lines) != 2 || c.Lines[0].Points.String() != "10.42" || c.Lines[1].Points.String() != "21.88" || c.Points.String() != "32.3" {
		t.Fatalf("%+v", c)
	}
	if r.credit([]Part{post("Kepala Bidang", "2025-01-01", "2025-12-31")}, AnnualOf(2025), Good, true) != nil {
		t.Fatal("a post without a level earns no points")
	}
}

// Who moves has one part per post and superior: the superior left behind hands
// over, the last evaluator sees it and decides.
func TestTheLastEvaluatorDecidesWithTheHandOverInView(t *testing.T) {
	eachWorld(t, func(w world) {
		first := w.part(dewi)
		w.agreed(asDewi, asBoss, first)
		w.on("2025-07-02")
		moved := dewi
		moved.PostID, moved.Post = "post-new", "Analis Kependudukan Ahli Muda"
		for i, o := range w.office.postings {
			if o.Who.PersonID == dewi.PersonID {
				w.office.postings[i].To = "2025-06-30"
			}
		}
		w.office.postings = append(w.office.postings, Posting{
			Who: moved, TenureID: "t-new", Tenure: definitive, Group: "pns", Kind: "fungsional", From: "2025-07-01", To: "2025-12-31",
			Evaluator: head, EvalHow: HowDefinitive, Above: mayor, AboveHow: HowDefinitive,
		})
		w.must(w.FileDue(w.ctx)) // the night after the move makes the parts and asks
		if n := w.tasks(boss.PersonID, taskHandOver); n != 1 {
			t.Fatalf("%d hand-over ratings are asked of the superior left behind", n)
		}
		year := AnnualOf(2025)
		r := Ratings{Results: Above, ResultsReason: "Melampaui", Conduct: Meets}
		w.must(w.SaveSuperior(w.ctx, asBoss, first.ID, year, 0, Words{}, r, true))
		if n := w.tasks(boss.PersonID, taskHandOver); n != 0 {
			t.Fatal("the hand-over rating still waits")
		}
		w.must(w.SaveSelf(w.ctx, asDewi, first.ID, year, 0, Words{}, true))
		_, err := w.Decide(w.ctx, asBoss, first.ID, year, 1)
		w.refused(err, fault.Conflict, "deciding a part that does not decide the year")

		last := w.part(dewi)
		if last.ID == first.ID || last.Evaluator.PersonID != head.PersonID {
			t.Fatalf("%+v", last)
		}
		v, err := w.Evaluation(w.ctx, asHead, last.ID, year)
		w.must(err)
		if len(v.Besides) != 2 || v.Besides[0].Ratings.Results != Above || v.Besides[0].Days != 181 || !v.Besides[1].Here || v.Suggestion != nil {
			t.Fatalf("%+v", v.Besides)
		}
		if _, err := w.Evaluation(w.ctx, asHead, first.ID, year); err != nil {
			t.Fatalf("the last evaluator reads the earlier part: %v", err)
		}
		_, err = w.Evaluation(w.ctx, asAndi, first.ID, year)
		w.refused(err, fault.Forbidden, "a colleague reads a part")
		w.movedToTheEnd(last)
	})
}

// movedToTheEnd has the last evaluator decide, and wants both posts and the
// rating that was handed over on what is printed.
func (w world) movedToTheEnd(last Part) {
	w.t.Helper()
	w.agreed(asDewi, asHead, last)
	_, err := w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: last.OrgUnit, Window: year2025, Predicate: OrganisationGood, Reason: "Capaian."})
	w.must(err)
	w.must(w.SaveSelf(w.ctx, asDewi, last.ID, year2025, 0, Words{}, true))
	w.must(w.SaveSuperior(w.ctx, asHead, last.ID, year2025, 0, Words{}, good(), true))
	_, err = w.Decide(w.ctx, asHead, last.ID, year2025, w.version(last))
	w.must(err)
	w.must(w.Receive(w.ctx, asDewi, last.ID, year2025, w.version(last)))
	for name, printed := range map[string]func(context.Context, account.Actor, string, Window) ([]byte, error){"form": w.EvaluationPDF, "document": w.DocumentPDF} {
		raw, err := printed(w.ctx, asDewi, last.ID, year2025)
		w.must(err)
		text, err := pdftext.Read(raw)
		w.must(err)
		for _, want := range []string{dewi.Post, "Analis Kependudukan Ahli Muda", boss.Name, "181 hari", "Di atas"} {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
				w.t.Errorf("%s lacks %q:\n%s", name, want, text)
			}
		}
	}
}

func (w world) tasks(person, kind string) int {
	w.t.Helper()
	n, err := db.One(w.ctx, w.db, `SELECT count(*) FROM task WHERE for_person = $1 AND kind = $2 AND done_at IS NULL`, db.Value[int], person, kind)
	w.must(err)
	return n
}
