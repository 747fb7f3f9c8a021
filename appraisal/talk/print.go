package talk

import (
	"context"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/pdf"
)

// PDF prints the notes of a talk as they were signed; before both have signed
// it says so.
func (s *Service) PDF(ctx context.Context, actor account.Actor, id string) ([]byte, error) {
	v, err := s.Talk(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if v.Talk.Wording != nil && !v.Talk.Verify() {
		return nil, fault.Clash("talk.broken")
	}
	d := pdf.New(pdf.Config{
		Title: s.t("title") + " " + v.Record.Person.Name, Author: s.Agency.Name, Lang: "id", Date: s.Now().UTC(),
		Running: s.t("title") + " · " + v.Record.Person.Name + " · " + s.Words.Date(string(v.Record.Day)), PageLine: s.t("page"),
	})
	d.Letterhead(strings.ToUpper(s.Agency.Name), strings.ToUpper(v.Record.Person.Unit), s.Agency.Address)
	d.Title(s.t("heading"), s.t("sub", strconv.Itoa(v.Record.Year), s.Words.Date(string(v.Record.Day))))
	if v.Talk.State != Signed {
		d.Note(s.t("unsigned"))
	}
	d.Pairs([2]string{s.t("person"), v.Record.Person.Name}, [2]string{"NIP", v.Record.Person.NIP}, [2]string{s.t("post"), v.Record.Person.Post},
		[2]string{s.t("superior"), v.Record.Superior.Name}, [2]string{s.t("post"), v.Record.Superior.Post})
	s.agenda(d, v.Record)
	if v.Record.Notes != "" {
		d.Heading(s.t("notes"))
		d.Text(v.Record.Notes)
	}
	s.agreed(d, v.Record)
	d.Signatures(s.signature(v, Person), s.signature(v, Superior))
	if v.Talk.Hash != "" {
		d.Note(s.t("hash", v.Talk.Hash))
	}
	return d.Bytes()
}

func (s *Service) t(key string, args ...any) string { return s.Words.T("talk.doc."+key, args...) }

func (s *Service) agenda(d *pdf.Doc, r Record) {
	d.Heading(s.t("agenda"))
	t := pdf.Table{Widths: []float64{8, 92, 70}, Head: [][]pdf.Cell{pdf.HeadCells(s.t("no"), s.t("point"), s.t("said"))}}
	for i, p := range r.Points {
		t.Rows = append(t.Rows, []pdf.Cell{{Text: strconv.Itoa(i + 1), Align: "R"}, {Text: p.Text + "\n" + s.about(p)}, {Text: p.Note}})
	}
	if len(t.Rows) == 0 {
		d.Text(s.t("no_agenda"))
		return
	}
	d.Table(t)
}

// about says where a point comes from.
func (s *Service) about(p Point) string { return Tell(s.Words, p) }

func (s *Service) agreed(d *pdf.Doc, r Record) {
	d.Heading(s.t("agreed"))
	if len(r.Actions) == 0 {
		d.Text(s.t("nothing_agreed"))
		return
	}
	t := pdf.Table{Widths: []float64{8, 92, 40, 30}, Head: [][]pdf.Cell{pdf.HeadCells(s.t("no"), s.t("action"), s.t("owner"), s.t("due"))}}
	for i, a := range r.Actions {
		owner := r.Person.Name
		if a.Owner == Superior {
			owner = r.Superior.Name
		}
		t.Rows = append(t.Rows, []pdf.Cell{{Text: strconv.Itoa(i + 1), Align: "R"}, {Text: a.Text}, {Text: owner}, {Text: s.Words.Date(string(a.Due))}})
	}
	d.Table(t)
}

func (s *Service) signature(v View, side Side) pdf.Signature {
	face, role := v.Record.Person, s.t("signs_person")
	if side == Superior {
		face, role = v.Record.Superior, s.t("signs_superior")
	}
	x := pdf.Signature{Role: role, Name: face.Name, NIP: face.NIP}
	if at := v.Talk.signedBy(side); !at.IsZero() {
		x.How = s.t("signed", s.Words.Moment(at.In(s.Zone)))
	}
	return x
}
