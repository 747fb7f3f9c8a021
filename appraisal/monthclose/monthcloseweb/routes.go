package monthcloseweb

import (
	"embed"

	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// pages holds what the handlers need.
type pages struct{ svc *monthclose.Service }

// mostUpload is the largest file that is taken.
const mostUpload = 33 << 20

// Routes returns the addresses of the pages.
func Routes(svc *monthclose.Service) []web.Route {
	h := &pages{svc}
	close, see, self := account.ActMonthClose, account.ActMonthView, account.ActSelf
	return []web.Route{
		{Pattern: "GET /tutup-bulan", Action: see, Handle: h.latest},
		{Pattern: "GET /tutup-bulan/{month}", Action: see, Handle: h.overview},
		{Pattern: "POST /tutup-bulan/{month}/hitung", Action: close, Handle: h.refresh},
		{Pattern: "POST /tutup-bulan/{month}/keadaan", Action: close, Handle: h.move},
		{Pattern: "POST /tutup-bulan/{month}/ingatkan", Action: close, Handle: h.remind},
		{Pattern: "GET /tutup-bulan/{month}/riwayat", Action: see, Handle: h.history},
		{Pattern: "GET /tutup-bulan/{month}/daftar.pdf", Action: see, Handle: h.listPDF},
		{Pattern: "GET /tutup-bulan/{month}/pegawai", Action: see, Handle: h.people},
		{Pattern: "GET /tutup-bulan/{month}/pegawai/{person}", Action: see, Handle: h.person},
		{Pattern: "GET /tutup-bulan/{month}/pegawai/{person}/hitungan.pdf", Action: see, Handle: h.personPDF},
		{Pattern: "GET /tutup-bulan/{month}/pegawai/{person}/kecualikan", Action: close, Handle: h.excludeForm},
		{Pattern: "POST /tutup-bulan/{month}/pegawai/{person}/kecualikan", Action: close, Handle: h.exclude},
		{Pattern: "GET /tutup-bulan/{month}/muat", Action: close, Handle: h.loadForm},
		{Pattern: "POST /tutup-bulan/{month}/muat", Action: close, Handle: h.try, MaxBody: mostUpload, Raw: true},
		{Pattern: "GET /tutup-bulan/{month}/muat/{file}", Action: close, Handle: h.upload},
		{Pattern: "POST /tutup-bulan/{month}/muat/{file}", Action: close, Handle: h.act},
		{Pattern: "GET /tutup-bulan/{month}/muat/{file}/ditolak.xlsx", Action: see, Handle: h.rejected},
		{Pattern: "GET /tutup-bulan/{month}/tidak-cocok", Action: close, Handle: h.unmatched},
		{Pattern: "POST /tutup-bulan/{month}/tidak-cocok/{id}", Action: close, Handle: h.mend},
		{Pattern: "GET /tutup-bulan/{month}/keberatan", Action: see, Handle: h.objections},
		{Pattern: "POST /tutup-bulan/{month}/keberatan/{id}", Action: close, Handle: h.decide},
		{Pattern: "GET /tpp", Action: self, Handle: h.own},
		{Pattern: "GET /tpp/{month}", Action: self, Handle: h.ownMonth},
		{Pattern: "POST /tpp/{month}/keberatan", Action: self, Handle: h.object},
		{Pattern: "GET /tpp/{month}/hitungan.pdf", Action: self, Handle: h.ownPDF},
	}
}

// month reads the month of the path; what is none is not found.
func month(q *web.Request) (monthclose.Month, error) {
	m, err := monthclose.ParseMonth(q.Path("month"))
	if err != nil {
		return m, fault.Missing("monthclose.month.none")
	}
	return m, nil
}

// refused reports whether a form comes back with the reason.
func refused(err error) bool { return fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) }

// monthForm reads the month of the path and the form that was sent.
func monthForm(q *web.Request) (monthclose.Month, *web.Form, error) {
	m, err := month(q)
	if err != nil {
		return m, nil, err
	}
	f, err := q.Form()
	return m, f, err
}
