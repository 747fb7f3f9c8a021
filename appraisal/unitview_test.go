package appraisal

import (
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
)

// handed brings the first quarter to ratings that were handed over, before the
// organisation's predicate.
func (w world) handed(d, a Ratings) (dewis, andis Part) {
	w.t.Helper()
	dewis, andis = w.quarter()
	_, err := w.Confirm(w.ctx, asBoss, firstQuarter, []Confirmation{{PartID: dewis.ID, Ratings: d}, {PartID: andis.ID, Ratings: a}})
	w.must(err)
	return dewis, andis
}

func TestTheUnitsPageShowsThePatternAsAdvice(t *testing.T) {
	eachWorld(t, func(w world) {
		d, _ := w.handed(good(), good())
		v, err := w.Organisation(w.ctx, asMayor, "dinas", firstQuarter)
		w.must(err)
		if v.Spread != nil || !v.May || v.Explain || v.Lead == nil || v.Lead.Who.Name != head.Name {
			t.Fatalf("before the organisation's predicate: %+v", v)
		}
		w.refused(w.ReasonSpread(w.ctx, asMayor, "dinas", firstQuarter, "x"), fault.Conflict, "a reason before the predicate")
		_, err = w.SetOrganisation(w.ctx, asMayor, Organisation{UnitID: "dinas", Window: firstQuarter, Predicate: OrganisationGood})
		w.must(err)
		v, err = w.Organisation(w.ctx, asMayor, "dinas", firstQuarter)
		w.must(err)
		a := v.Spread
		// boss, dewi and andi are counted; the head is not. The boss has no ratings.
		if a == nil || a.Total != 2 || a.Open != 1 || a.Set != 0 || a.Counts[Good] != 2 || a.Impossible() || !a.Tried {
			t.Fatalf("%+v", a)
		}
		if len(a.Cuts) != 2 || a.Cuts[0].Code != AboveMax || len(a.Cuts[0].On) == 0 || !v.Explain {
			t.Fatalf("who stands at the line: %+v", a.Cuts)
		}
		for _, one := range []struct {
			who   account.Actor
			names bool
		}{{asHead, true}, {asBoss, false}, {asAudit, false}, {asOfficer, false}} {
			v, err := w.Organisation(w.ctx, one.who, "dinas", firstQuarter)
			w.must(err)
			if v.Spread.Names != one.names || v.May {
				t.Errorf("%s: %+v", one.who.Name, v.Spread)
			}
			if named := len(v.Spread.Cuts[0].On) > 0; named != (one.names || one.who.ID == asBoss.ID) {
				t.Errorf("%s sees %+v", one.who.Name, v.Spread.Cuts[0].On)
			}
		}
		for _, who := range []account.Actor{asDewi, asAdmin} {
			_, err := w.Organisation(w.ctx, who, "dinas", firstQuarter)
			w.refused(err, fault.Forbidden, who.Name)
		}
		w.must(w.ReasonSpread(w.ctx, asHead, "dinas", firstQuarter, "Dua orang, keduanya memenuhi target."))
		w.refused(w.ReasonSpread(w.ctx, asBoss, "dinas", firstQuarter, "x"), fault.Forbidden, "by a superior within")
		w.refused(w.ReasonSpread(w.ctx, asHead, "dinas", firstQuarter, " "), fault.Invalid, "without words")
		v, err = w.Organisation(w.ctx, asHead, "dinas", firstQuarter)
		w.must(err)
		if len(v.Reasons) != 1 || v.Reasons[0].By.Post != head.Post || v.Reasons[0].Text == "" {
			t.Fatalf("reasons: %+v", v.Reasons)
		}
		raw, err := w.OrganisationPDF(w.ctx, asMayor, "dinas", firstQuarter)
		w.must(err)
		text := strings.Join(strings.Fields(pdfText(t, raw, "penetapan.pdf")), " ")
		for _, want := range []string{"Penetapan Predikat Kinerja Organisasi", "Dua orang, keduanya memenuhi target.", mayor.Name} {
			if !strings.Contains(text, want) {
				t.Errorf("the form lacks %q", want)
			}
		}
		if strings.Contains(text, d.Who.Name) {
			t.Error("the form names somebody of the staff")
		}
		_, err = w.Organisation(w.ctx, asMayor, "nowhere", firstQuarter)
		w.refused(err, fault.NotFound, "a unit that is none")
	})
}
