package appraisal

import (
	"bytes"
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

func TestAReceiptVerifiesOfflineAndFailsOnOneChangedByte(t *testing.T) {
	eachWorld(t, func(w world) {
		signer, err := ledger.OpenSigner(t.TempDir())
		w.must(err)
		p, _ := w.set(Ratings{Results: Meets, Conduct: Above, ConductReason: "Kolaboratif <sekali> & tuntas."}, OrganisationGood)
		_, err = w.Receipt(w.ctx, asDewi, p.ID, year2025)
		w.refused(err, fault.Unavailable, "without a key")
		w.signer = signer
		_, err = w.Receipt(w.ctx, asAndi, p.ID, year2025)
		w.refused(err, fault.Forbidden, "a colleague's receipt")
		file, err := w.Receipt(w.ctx, asDewi, p.ID, year2025)
		w.must(err)
		c, err := VerifyReceipt(file, signer.Verifier)
		w.must(err)
		if c.Explained.Predicate != Good || c.Receipt.Inputs.Person.Name != dewi.Name || len(c.Explained.Changes) != 3 {
			t.Fatalf("checked: %+v", c)
		}
		for i := range file {
			changed := bytes.Clone(file)
			changed[i] ^= 1
			if _, err := VerifyReceipt(changed, signer.Verifier); err == nil {
				t.Fatalf("byte %d of %d changed unnoticed: %q", i, len(file), file[max(0, i-20):min(len(file), i+20)])
			}
		}
		for name, f := range map[string][]byte{"cut": file[:len(file)-1], "longer": append(bytes.Clone(file), '\n'), "empty": nil, "other": []byte(`{"a":1,"signature":"x"}` + "\n")} {
			_, err := VerifyReceipt(f, signer.Verifier)
			w.refused(err, fault.Invalid, name)
		}
		other, err := ledger.OpenSigner(t.TempDir())
		w.must(err)
		_, err = VerifyReceipt(file, other.Verifier)
		w.refused(err, fault.Invalid, "another agency's key")
	})
}

func TestAReceiptSignedOverAWrongResultIsNotTrue(t *testing.T) {
	signer, err := ledger.OpenSigner(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	eachWorld(t, func(w world) {
		w.signer = signer
		p, _ := w.set(good(), OrganisationGood)
		file, err := w.Receipt(w.ctx, asDewi, p.ID, year2025)
		w.must(err)
		c, err := VerifyReceipt(file, signer.Verifier)
		w.must(err)
		c.Receipt.Result.Predicate = VeryGood
		forged, err := sealReceipt(c.Receipt, signer)
		w.must(err)
		_, err = VerifyReceipt(forged, signer.Verifier)
		w.refused(err, fault.Invalid, "signed, but not what the inputs lead to")
	})
}

func TestReceiptsOfAPeriodAreExported(t *testing.T) {
	eachWorld(t, func(w world) {
		signer, err := ledger.OpenSigner(t.TempDir())
		w.must(err)
		w.signer = signer
		_, o := w.set(good(), OrganisationGood)
		var names []string
		n, err := w.ExportReceipts(w.ctx, year2025, func(name string, file []byte) error {
			names = append(names, name)
			_, err := VerifyReceipt(file, signer.Verifier)
			return err
		})
		w.must(err)
		if n != 1 || len(names) != 1 || names[0] != o.Code+".json" {
			t.Fatalf("%d: %v", n, names)
		}
	})
}

func FuzzVerifyReceipt(f *testing.F) {
	signer, err := ledger.OpenSigner(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`{"format":"gurindam-receipt-1","signature":"AAAA"}` + "\n"))
	f.Add([]byte(`{"format":"gurindam-receipt-1","rulebook":{"rules":{}},"signature":"x"}` + "\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if _, err := VerifyReceipt(file, signer.Verifier); fault.KindOf(err) != fault.Invalid {
			t.Fatalf("what the key did not sign must be refused as wrong input: %v", err)
		}
	})
}
