package fault

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestKindOfLooksThroughWrapping(t *testing.T) {
	err := fmt.Errorf("save rating: %w", Clash("appraisal.changed", "Rina"))
	if !Is(err, Conflict) {
		t.Fatalf("kind of %v is %v", err, KindOf(err))
	}
	if KindOf(errors.New("disk")) != Internal {
		t.Fatal("an unclassified error must be internal")
	}
	if Is(nil, Internal) {
		t.Fatal("nil is no fault")
	}
}

func TestFieldsErrIsNilWhenNothingIsWrong(t *testing.T) {
	var f Fields
	f.Check(true, "name", "form.required")
	if err := f.Err(); err != nil {
		t.Fatal(err)
	}
	f.Check(false, "name", "form.required")
	f.Add("nip", "form.nip", 17)
	err := f.Err()
	if !Is(err, Invalid) || !strings.Contains(err.Error(), "nip: form.nip 17") {
		t.Fatalf("got %v", err)
	}
}
