package monthclose

import "testing"

func TestTheSampleMonth(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		x := Sample{Month: march, Persons: 1, Superiors: 1, Data: 2, Unmatched: 1, Objecting: 0, Hero: "dewi"}
		for range 2 { // the second time changes nothing
			o.Must(Demo(t.Context(), o.svc, hr, x))
		}
		ov, err := o.svc.Overview(t.Context(), hr, march)
		o.Must(err)
		if ov.Late != 4 || ov.Desks[PersonDesk] != 1 || ov.Desks[SuperiorDesk] != 1 || ov.Desks[DataDesk] != 2 || ov.Unmatched != 1 {
			t.Errorf("%+v, %d not matched", ov.Tally, ov.Unmatched)
		}
		p, err := o.svc.Person(t.Context(), hr, march, "dewi")
		o.Must(err)
		if p.State != Ready || p.Withdrawn != 1 || p.Cuts != 66_600 || p.Objections[0].State != Undone {
			t.Errorf("%+v", p.Row)
		}
	})
}
