package monthcloseweb

import (
	"strconv"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// base is what every page of a month has.
type base struct {
	P     *i18n.Printer
	At    ui.Address
	Month monthclose.Month
	Today monthclose.Day
	zone  *time.Location
}

func (h *pages) base(q *web.Request, m monthclose.Month) base {
	return base{P: q.P, At: ui.At(q.R.URL), Month: m, Today: monthclose.Day(q.Today()), zone: q.Now.Location()}
}

// to returns an address below the month's.
func (b base) to(path string) string { return "/tutup-bulan/" + string(b.Month) + path }

func (b base) monthName() string { return b.P.Month(string(b.Month)) }

func (b base) moment(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return b.P.Moment(t.In(b.zone))
}

// windowName is how a window of evaluation is called.
func (b base) windowName(code string) string {
	w, err := appraisal.ParseWindow(code)
	if err != nil {
		return code
	}
	switch w.Kind {
	case appraisal.Month:
		return b.P.Month(string(w.From()))
	case appraisal.Quarter:
		return b.P.T("monthcloseweb.quarter", [...]string{"I", "II", "III", "IV"}[w.N-1], strconv.Itoa(w.Year))
	}
	return b.P.T("monthcloseweb.year", strconv.Itoa(w.Year))
}

// predicate names a predicate with a capital letter.
func (b base) predicate(p appraisal.Predicate) string {
	if p == "" {
		return "–"
	}
	return b.P.T("monthcloseweb.predicate." + string(p))
}

// word is a code word of the rulebook; one nobody has translated is shown as it
// is.
func (b base) word(code string) string {
	if key := "rulebook.word." + code; b.P.Has(key) {
		return b.P.T(key)
	}
	return code
}

func (b base) percent(hundredths int64) string {
	whole, rest := hundredths/100, hundredths%100
	text := strconv.FormatInt(whole, 10)
	if rest != 0 {
		text += "." + strconv.FormatInt(100+rest, 10)[1:]
		if text[len(text)-1] == '0' {
			text = text[:len(text)-1]
		}
	}
	return b.P.Num(text) + " %"
}

// taken writes what was taken off: with a minus, but nothing as 0.
func (b base) taken(amount int64) string {
	if amount == 0 {
		return "0"
	}
	return "−" + b.P.Num(max(amount, -amount))
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// where says where somebody stands, in words.
func (b base) where(r monthclose.Row) string {
	switch r.State {
	case monthclose.Ready:
		if r.Withdrawn > 0 {
			return b.P.T("monthcloseweb.withdrawn", r.Withdrawn)
		}
		if r.Objections > 0 {
			return b.P.T("monthcloseweb.objecting", r.Objections)
		}
		return b.predicate(r.Predicate)
	case monthclose.Excluded:
		return b.word(r.Excluded)
	case monthclose.Late:
		lack := b.P.T("monthclose.lack." + string(r.Lack))
		switch {
		case r.Desk == monthclose.SuperiorDesk && r.DeskName != "":
			return b.P.T("monthcloseweb.at_superior", r.DeskName, lack)
		case r.Desk == monthclose.PersonDesk:
			return b.P.T("monthcloseweb.at_person", lack)
		}
		return b.P.T("monthcloseweb.at_data", lack)
	}
	return ""
}

func stateTone(s monthclose.State) ui.Tone {
	switch s {
	case monthclose.Ready:
		return ui.Good
	case monthclose.Late:
		return ui.Late
	case monthclose.Excluded:
		return ui.Info
	}
	return ui.Neutral
}

func monthTone(s monthclose.MonthState) ui.Tone {
	switch s {
	case monthclose.Checked:
		return ui.Waiting
	case monthclose.Closed:
		return ui.Fixed
	}
	return ui.Neutral
}

// overdue says how late something is, empty when it is not.
func (b base) overdue(r monthclose.Row) string {
	if n := r.LateDays(b.Today); n > 0 {
		return b.P.T("monthcloseweb.days_late", n)
	}
	return ""
}
