package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
)

// decided fills a store with a small office in which one predicate of 2025 is
// set, one waits for the organisation's words, and one has no plan.
func decided(t *testing.T, s Store) {
	t.Helper()
	opened, err := s.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	d, svc, err := s.appraisal(t.Context(), "", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	store := org.NewStore(d, time.Now, time.UTC)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(d.Tx(t.Context(), func(tx *db.Tx) error { return smallOffice(t, store, tx) }))
	hr := account.Actor{ID: "hr", Name: "Siti", Grants: []account.Grant{{Role: account.HR}}}
	_, err = svc.OpenPeriod(t.Context(), hr, appraisal.NewPeriod{Year: 2025})
	must(err)
	parts, err := svc.Parts(t.Context(), d, 2025)
	must(err)
	w, at := appraisal.AnnualOf(2025), time.Date(2026, 1, 12, 9, 0, 0, 0, time.UTC)
	var records []appraisal.Record
	for _, p := range parts {
		if p.Who.Name != "Dewi Rahmawati" {
			continue
		}
		by := appraisal.Signer{PersonID: p.Evaluator.PersonID, Name: p.Evaluator.Name, Post: p.Evaluator.Post}
		plan := appraisal.Plan{State: appraisal.Approved, Revision: 1, DecidedAt: at, DecidedBy: by, UpdatedAt: at, Content: appraisal.Content{
			Approach: appraisal.Quantitative,
			Results:  []appraisal.Result{{ID: "r", Kind: appraisal.Main, Text: "Data bersih", Indicators: []appraisal.Indicator{{ID: "i", Text: "Anomali yang dibersihkan", Target: "10", Unit: "data", Direction: appraisal.Up, Face: "kuantitas"}}}},
		}}
		records = append(records, appraisal.Record{Part: p, Plan: &plan, Evaluations: []appraisal.LoadEvaluation{{DecidedAt: "2026-01-19", Evaluation: appraisal.Evaluation{
			Window: w, State: appraisal.Decided, Self: appraisal.Side{SentAt: at}, Superior: appraisal.Side{SentAt: at},
			Ratings: appraisal.Ratings{Results: appraisal.Above, ResultsReason: "Melampaui", Conduct: appraisal.Above, ConductReason: "Teladan"}, RatedAt: at, RatedBy: by,
		}}}})
	}
	if len(records) != 1 {
		t.Fatalf("%d parts, %d of Dewi", len(parts), len(records))
	}
	set := []appraisal.Organisation{{UnitID: records[0].Part.OrgUnit, Unit: "Dinas", Window: w, Predicate: appraisal.OrganisationGood, At: at}}
	must(d.Tx(t.Context(), func(tx *db.Tx) error { return svc.Load(t.Context(), tx, hr, set, records) }))
}

func smallOffice(t *testing.T, store *org.Store, tx *db.Tx) error {
	const from = "2024-01-01"
	if err := store.AddUnits(t.Context(), tx, []org.Unit{
		{ID: "kota", Name: "Pemerintah Kota", Kind: org.City, From: from},
		{ID: "dinas", Name: "Dinas Kependudukan", Kind: org.Office, Parent: "kota", From: from},
	}); err != nil {
		return err
	}
	post := func(id, unit, title string, kind org.PositionKind, head bool) org.Position {
		return org.Position{ID: id, Unit: unit, Title: title, Kind: kind, Head: head, Need: "1", Group: "umum", From: from}
	}
	if err := store.AddPositions(t.Context(), tx, []org.Position{
		post("walikota", "kota", "Wali Kota", org.Political, true), post("kadis", "dinas", "Kepala Dinas", org.JPTPratama, true), post("analis", "dinas", "Analis", org.Pelaksana, false),
	}); err != nil {
		return err
	}
	person := func(id, name string, e org.Employment) org.Person {
		return org.Person{ID: id, Name: name, Employment: e, From: from}
	}
	if err := store.AddPeople(t.Context(), tx, []org.Person{
		person("raja", "Lis Hartati", org.Politician), person("hendri", "Hendri Saputra", org.PNS), person("dewi", "Dewi Rahmawati", org.PNS),
	}); err != nil {
		return err
	}
	tenure := func(person, post string) org.Tenure {
		return org.Tenure{ID: person + post, Person: person, Position: post, Kind: org.Definitive, From: from}
	}
	return store.AddTenures(t.Context(), tx, []org.Tenure{tenure("raja", "walikota"), tenure("hendri", "kadis"), tenure("dewi", "analis")})
}

func TestEvaluateComputesAndReceiptsVerify(t *testing.T) {
	eachStore(t, func(t *testing.T, flags []string) {
		s := storeOf(flags)
		decided(t, s)
		out, errs, status := gurindam(t, append([]string{"evaluate", "--period", "2025", "--json"}, flags...)...)
		var batch appraisal.Batch
		if err := json.Unmarshal([]byte(out), &batch); err != nil || status != 0 || errs != "" {
			t.Fatalf("%d %v %s", status, err, errs)
		}
		if batch.Counts.Parts != 2 || len(batch.Computed) != 1 || batch.Computed[0].Predicate != appraisal.VeryGood || len(batch.Missing) != 1 || batch.Missing[0].Name != "Hendri Saputra" {
			t.Fatalf("batch: %s", out)
		}
		out, _, status = gurindam(t, append([]string{"evaluate", "--period", "2025"}, flags...)...)
		if status != 0 || !strings.Contains(out, "Dewi Rahmawati") || !strings.Contains(out, "The SKP is not approved") {
			t.Fatalf("%d: %s", status, out)
		}
		for _, wrong := range []string{"2025-13", "2031", "x"} {
			out, errs, status = gurindam(t, append([]string{"evaluate", "--period", wrong, "--json"}, flags...)...)
			if status != 1 || out != "" || errs == "" {
				t.Errorf("period %s: %d %q %q", wrong, status, out, errs)
			}
		}

		dir := filepath.Join(t.TempDir(), "receipts")
		out, errs, status = gurindam(t, append([]string{"receipt", "export", "--period", "2025", dir}, flags...)...)
		if status != 0 || !strings.HasPrefix(out, "1 receipt written") {
			t.Fatalf("%d %q %q", status, out, errs)
		}
		files, err := os.ReadDir(dir)
		if err != nil || len(files) != 1 {
			t.Fatalf("%v %v", files, err)
		}
		file := filepath.Join(dir, files[0].Name())
		out, errs, status = gurindam(t, "receipt", "verify", file, "--data", s.Data)
		if status != 0 || !strings.Contains(out, "genuine") || !strings.Contains(out, "Dewi Rahmawati") {
			t.Fatalf("%d %q %q", status, out, errs)
		}
		out, _, status = gurindam(t, "receipt", "verify", file, "--key", filepath.Join(s.Keys(), "ledger.pub"), "--json")
		if status != 0 || !strings.Contains(out, `"predicate": "sangat_baik"`) || !strings.Contains(out, `"label": "Rating of results: 0 of 1 targets reached"`) {
			t.Fatalf("%d %q", status, out)
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		raw[len(raw)/2] ^= 1
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		out, errs, status = gurindam(t, "receipt", "verify", file, "--data", s.Data, "--json")
		if status != 1 || out != "" || errs == "" {
			t.Fatalf("changed: %d %q %q", status, out, errs)
		}
		if _, errs, status = gurindam(t, "receipt", "verify", file); status != 1 || !strings.Contains(errs, "--key") {
			t.Fatalf("without a key: %d %q", status, errs)
		}
	})
}
