package taskweb

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

func TestFirstSteps(t *testing.T) {
	bundle, err := i18n.NewBundle(Locale, web.Locale, ui.Locale)
	if err != nil {
		t.Fatal(err)
	}
	done := map[string]bool{}
	step := func(code string) Step {
		return Step{Code: code, To: "/" + code, Done: func(context.Context) (bool, error) { return done[code], nil }}
	}
	steps := FirstSteps{Access: account.NewAccess(flat{}), Steps: []Step{step("units"), step("people"), step("year"), step("accounts")}}
	shown := func(role account.Role) string {
		q := &web.Request{
			R: httptest.NewRequest("GET", "/", nil), P: bundle.Printer(i18n.English),
			Actor: account.Actor{ID: "a", Grants: []account.Grant{{Role: role}}},
		}
		part, err := steps.Home(q)
		if err != nil || part == nil {
			return ""
		}
		var b strings.Builder
		if err := part.Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if got := shown(account.Staff); got != "" {
		t.Errorf("staff see the steps of HR: %s", got)
	}
	if got := shown(account.HR); !strings.Contains(got, "0 of 4 done") || strings.Count(got, `class="btn go"`) != 1 || !strings.Contains(got, `href="/units"`) {
		t.Errorf("an empty agency: %s", got)
	}
	done["units"], done["people"] = true, true
	if got := shown(account.HR); !strings.Contains(got, "2 of 4 done") || strings.Contains(got, `href="/units"`) || !strings.Contains(got, `href="/year"`) {
		t.Errorf("half way: %s", got)
	}
	done["year"], done["accounts"] = true, true
	if got := shown(account.HR); got != "" {
		t.Errorf("all is done, yet: %s", got)
	}
}
