package orgimport

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

var (
	hr    = account.Actor{ID: "hr", Name: "Rina", Grants: []account.Grant{{Role: account.HR}}}
	desk  = account.Actor{ID: "desk", Name: "Amir", Grants: []account.Grant{{Role: account.HR, Unit: "somewhere"}}}
	staff = account.Actor{ID: "staff", Name: "Budi"}
)

// office is a service with its jobs and a clock that can be moved.
type office struct {
	*Service
	jobs *job.Runner
	now  time.Time
}

func eachOffice(t *testing.T, fn func(t *testing.T, o *office)) {
	all := append(tables(), job.Migrations(), Migrations())
	repotest.EachDB(t, all, func(t *testing.T, d *db.DB) {
		lib, err := rulebook.National()
		if err != nil {
			t.Fatal(err)
		}
		o := &office{now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
		clock := func() time.Time { return o.now }
		store := org.NewStore(d, clock, time.UTC)
		o.Service, err = New(Config{Store: store, Books: national{lib}, Access: account.NewAccess(store), Dir: filepath.Join(t.TempDir(), "import"), Now: clock})
		if err != nil {
			t.Fatal(err)
		}
		o.jobs = job.NewRunner(d, job.Config{Now: clock})
		o.Handle(o.jobs)
		fn(t, o)
	})
}

func (o *office) send(t *testing.T, k Kind, name, content string) Run {
	t.Helper()
	r, err := o.Upload(t.Context(), hr, Upload{Kind: k, Name: name, File: strings.NewReader(content), At: day, Since: "2026-01-01"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// work runs what is due and returns the run as it stands then.
func (o *office) work(t *testing.T, id string) Run {
	t.Helper()
	if _, err := o.jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, err := o.Run(t.Context(), hr, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (o *office) files(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir(o.Dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return len(entries)
}

func TestAFileIsSeenThenConfirmedThenLoaded(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		r := o.send(t, Units, `C:\data\unit.csv`, units)
		if r.State != Checking || r.File != "unit.csv" {
			t.Fatalf("%+v", r)
		}
		r = o.work(t, r.ID)
		if r.State != Checked || r.Report.Created != 7 || len(r.Report.Changes) != 7 || count(t, o.Store.DB(), "unit") != 0 {
			t.Fatalf("checked: %+v, %d units", r.Report, count(t, o.Store.DB(), "unit"))
		}
		if err := o.Confirm(t.Context(), hr, r.ID); err != nil {
			t.Fatal(err)
		}
		if err := o.Confirm(t.Context(), hr, r.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("confirmed twice: %v", err)
		}
		r = o.work(t, r.ID)
		if r.State != Loaded || r.Ended.IsZero() || count(t, o.Store.DB(), "unit") != 7 || o.files(t) != 0 {
			t.Errorf("%+v, %d files", r, o.files(t))
		}
		by, err := db.One(t.Context(), o.Store.DB(), `SELECT actor FROM ledger_entry`, db.Value[string])
		if err != nil || by != "hr" {
			t.Errorf("entered by %q, %v", by, err)
		}
	})
}

func TestRejectedRowsCanBeMendedAndLoadedAgain(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		loadUnits(t, o.Service)
		r := o.work(t, o.send(t, Roster, "r.csv", roster+budi+"\n1.98609E+17;RUSAK;D;;Pengelola Umum;4;;\n").ID)
		if r.Report.Refused() != 1 || !r.HasRejected {
			t.Fatalf("%+v", r)
		}
		bundle, err := i18n.NewBundle(Locale, sheet.Locale, rulebook.Locale)
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{sheet.CSV, sheet.XLSX} {
			var b bytes.Buffer
			if err := o.Rejected(t.Context(), hr, r.ID, format, &b, bundle.Printer(i18n.Indonesian)); err != nil {
				t.Fatal(err)
			}
			table, err := sheet.OpenReader(bytes.NewReader(b.Bytes()), int64(b.Len()), sheet.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if n := len(table.Columns); n != 10 || table.Columns[8] != "BARIS BERKAS ASAL" {
				t.Errorf("%s: %v", format, table.Columns)
			}
			_ = table.Close()
			if format == sheet.CSV {
				mended := strings.Replace(b.String(), "1.98609E+17", "198609262015051009", 1)
				if again := o.work(t, o.send(t, Roster, "mended.csv", mended).ID); again.Report.Created != 1 || again.Report.Refused() != 0 {
					t.Errorf("mended: %+v", again.Report)
				}
			}
		}
	})
}

func TestWhatCannotBeReadIsRefusedAndRemoved(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		r := o.work(t, o.send(t, Roster, "x.pdf", "%PDF-1.7").ID)
		if r.State != Refused || r.Problem == nil || r.Problem.Key != "sheet.pdf" || o.files(t) != 0 {
			t.Errorf("%+v", r)
		}
		if err := o.Confirm(t.Context(), hr, r.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("confirmed: %v", err)
		}
	})
}

func TestDiscardedAndForgottenFilesAreRemoved(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		gone := o.send(t, Units, "a.csv", units)
		if err := o.Discard(t.Context(), hr, gone.ID); err != nil || o.files(t) != 0 {
			t.Fatalf("%v, %d files", err, o.files(t))
		}
		if r := o.work(t, gone.ID); r.State != Discarded || r.Report != nil {
			t.Errorf("%+v", r)
		}
		waits := o.work(t, o.send(t, Units, "b.csv", units).ID)
		o.now = o.now.Add(49 * time.Hour)
		if err := o.sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if r := o.work(t, waits.ID); r.State != Discarded || o.files(t) > 1 {
			t.Errorf("%+v, %d files", r, o.files(t))
		}
	})
}

func TestRowsThatNamePeopleAreForgotten(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		loadUnits(t, o.Service)
		r := o.work(t, o.send(t, Roster, "r.csv", roster+budi+"\n;TANPA NIP;D;;X;4;;\n").ID)
		if err := o.Confirm(t.Context(), hr, r.ID); err != nil {
			t.Fatal(err)
		}
		if r = o.work(t, r.ID); len(r.Report.Rejected) != 1 || !r.HasRejected {
			t.Fatalf("%+v", r.Report)
		}
		o.now = o.now.Add(31 * 24 * time.Hour)
		if err := o.sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		r, err := o.Run(t.Context(), hr, r.ID)
		if err != nil || r.HasRejected || len(r.Report.Rejected)+len(r.Report.Changes) != 0 || r.Report.Refused() != 1 || r.Report.Created != 1 {
			t.Errorf("%+v, %v", r.Report, err)
		}
	})
}

func TestOnlyHRForTheWholeAgencyLoadsFiles(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		r := o.work(t, o.send(t, Units, "a.csv", units).ID)
		for _, who := range []account.Actor{desk, staff, {}} {
			errs := map[string]error{"confirm": o.Confirm(t.Context(), who, r.ID), "discard": o.Discard(t.Context(), who, r.ID)}
			_, errs["run"] = o.Run(t.Context(), who, r.ID)
			_, errs["runs"] = o.Runs(t.Context(), who, 5)
			_, errs["upload"] = o.Upload(t.Context(), who, Upload{Kind: Units, Name: "a", File: strings.NewReader(units), At: day})
			_, errs["import"] = o.Import(t.Context(), who, Order{Kind: Units, Path: "a", At: day})
			for what, err := range errs {
				if !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Unauthenticated) {
					t.Errorf("%s may %s: %v", who.Name, what, err)
				}
			}
		}
	})
}

func TestUploadsAreBounded(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		for name, u := range map[string]Upload{
			"empty":   {Kind: Units, Name: "a", File: strings.NewReader(""), At: day},
			"no kind": {Kind: "x", Name: "a", File: strings.NewReader(units), At: day},
			"no day":  {Kind: Units, Name: "a", File: strings.NewReader(units), At: "x"},
			"endless": {Kind: Units, Name: "a", File: endless{}, At: day},
		} {
			if _, err := o.Upload(t.Context(), hr, u); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if o.files(t) != 0 {
			t.Errorf("%d files stayed", o.files(t))
		}
	})
}

// endless is a file that never stops.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
