package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
)

// Sessions finds who a session token belongs to.
type Sessions interface {
	Actor(ctx context.Context, token string, now time.Time) (account.Actor, error)
}

// Config is everything an API needs.
type Config struct {
	Version  string
	Cookie   string // name of the session cookie
	Bundle   *i18n.Bundle
	Access   *account.Access
	Sessions Sessions
	Now      func() time.Time
	Zone     *time.Location
	Log      *slog.Logger
}

// API is the set of operations. Make it with New, fill it with Add.
type API struct {
	cfg  Config
	mux  *http.ServeMux
	huma huma.API
	ops  []Op
}

// Op names one operation.
type Op struct {
	Method, Path, ID, Summary, Tag string
	Action                         account.Action
	Status                         int // of success; 0 means 200, or 204 without a body
}

// Caller is who calls, in which language and when.
type Caller struct {
	Actor account.Actor
	P     *i18n.Printer
	Now   time.Time // in the agency's zone
}

// Today returns the agency's date as YYYY-MM-DD.
func (c Caller) Today() string { return c.Now.Format(time.DateOnly) }

// New returns an API without operations.
func New(cfg Config) *API {
	hc := huma.DefaultConfig("Gurindam", cfg.Version)
	hc.OpenAPIPath, hc.DocsPath, hc.SchemasPath = "/api/openapi", "", ""
	hc.CreateHooks = nil // no $schema links in answers
	mux := http.NewServeMux()
	return &API{cfg: cfg, mux: mux, huma: humago.New(mux, hc)}
}

// Handler serves the operations and their description.
func (a *API) Handler() http.Handler { return a.mux }

// Operations lists what was added, for the test that walks them all.
func (a *API) Operations() []Op { return a.ops }

type callerKey struct{}

// Add registers an operation. Who may not do op.Action is refused before fn
// runs; fn asks for the thing itself. It panics when the operation names no
// action.
func Add[I, O any](a *API, op Op, fn func(ctx context.Context, c Caller, in *I) (*O, error)) {
	if op.Action == "" {
		panic("operation " + op.ID + " names no action")
	}
	a.ops = append(a.ops, op)
	huma.Register(a.huma, huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.Path, Summary: op.Summary,
		Tags: []string{op.Tag}, DefaultStatus: op.Status, Middlewares: huma.Middlewares{a.admit(op.Action)},
	}, func(ctx context.Context, in *I) (*O, error) {
		c, _ := ctx.Value(callerKey{}).(Caller)
		out, err := fn(ctx, c, in)
		if err != nil {
			return nil, a.problem(c.P, err)
		}
		return out, nil
	})
}

// admit finds the caller and refuses who may not come here at all.
func (a *API) admit(act account.Action) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		c, err := a.caller(hc)
		if err == nil && !a.cfg.Access.May(c.Actor, act) {
			err = fault.Denied("account.denied")
			if !c.Actor.SignedIn() {
				err = fault.New(fault.Unauthenticated, "account.sign_in_first")
			}
		}
		if err != nil {
			p := a.problem(c.P, err)
			if writeErr := huma.WriteErr(a.huma, hc, p.GetStatus(), p.Error()); writeErr != nil {
				a.cfg.Log.Error("write problem", "error", writeErr)
			}
			return
		}
		next(huma.WithValue(hc, callerKey{}, c))
	}
}

func (a *API) caller(hc huma.Context) (Caller, error) {
	c := Caller{Now: a.cfg.Now().In(a.cfg.Zone)}
	r, _ := humago.Unwrap(hc)
	var err error
	if cookie, cookieErr := r.Cookie(a.cfg.Cookie); cookieErr == nil && cookie.Value != "" {
		c.Actor, err = a.cfg.Sessions.Actor(r.Context(), cookie.Value, c.Now)
	}
	lang := c.Actor.Lang
	if l := r.Header.Get("Accept-Language"); l != "" {
		lang = i18n.ParseLang(l)
	}
	c.P = a.cfg.Bundle.Printer(lang)
	return c, err
}

// problem turns a fault into a problem document; causes of internal errors are
// logged and not told.
func (a *API) problem(p *i18n.Printer, err error) huma.StatusError {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal || !p.Has(f.Key) {
		a.cfg.Log.Error("operation failed", "error", err)
		return huma.NewError(http.StatusInternalServerError, p.T("api.internal"))
	}
	var details []error
	for _, fd := range f.Fields {
		details = append(details, &huma.ErrorDetail{Location: fd.Name, Message: p.T(fd.Key, fd.Args...)})
	}
	return huma.NewError(f.Kind.Status(), p.T(f.Key, f.Args...), details...)
}
