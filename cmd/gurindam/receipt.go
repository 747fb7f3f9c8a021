package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// ReceiptCmd holds the commands about receipts.
type ReceiptCmd struct {
	Export ReceiptExportCmd `cmd:"" help:"Write one signed receipt for every evaluation of a period."`
	Verify ReceiptVerifyCmd `cmd:"" help:"Compute a receipt again offline; fails when a single byte was changed."`
}

// ReceiptExportCmd is `gurindam receipt export`.
type ReceiptExportCmd struct {
	Store
	Period string `required:"" help:"Year, quarter or month: 2026, 2026-Q1 or 2026-03." placeholder:"P"`
	Agency string `help:"Name of the agency, as the receipts state it." default:"Pemerintah Kota Tanjungpinang"`
	Dir    string `arg:"" help:"Directory to write to; made when it is missing." type:"path"`
	JSON   bool   `name:"json" help:"Print one JSON document."`
}

// Run writes the receipts, each under the code of its document.
func (c *ReceiptExportCmd) Run(env *Env) error {
	w, err := appraisal.ParseWindow(c.Period)
	if err != nil {
		return err
	}
	if c.Data == "" {
		return fault.New(fault.Unavailable, "appraisal.receipt.no_key")
	}
	signer, err := ledger.OpenSigner(c.Keys())
	if err != nil {
		return err
	}
	d, svc, err := c.appraisal(env.Ctx, "", c.Agency, signer)
	if err != nil {
		return err
	}
	n, err := c.export(env, svc, w)
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(map[string]any{"period": w.Code(), "receipts": n, "directory": c.Dir, "key": signer.String()})
	}
	fmt.Fprintln(env.Out, env.P.T("appraisal.cli.exported", n, c.Dir))
	return nil
}

func (c *ReceiptExportCmd) export(env *Env, svc *appraisal.Service, w appraisal.Window) (int, error) {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return 0, fault.Wrong("appraisal.cli.directory", c.Dir).Because(err)
	}
	return svc.ExportReceipts(env.Ctx, w, func(name string, file []byte) error {
		if err := os.WriteFile(filepath.Join(c.Dir, name), file, 0o600); err != nil {
			return fault.Wrong("appraisal.cli.directory", c.Dir).Because(err)
		}
		return nil
	})
}

// ReceiptVerifyCmd is `gurindam receipt verify`.
type ReceiptVerifyCmd struct {
	File string `arg:"" help:"The receipt." type:"path"`
	Data string `help:"Data directory of the agency, for its public key." type:"path" placeholder:"DIR"`
	Key  string `help:"The agency's public key, or a file that holds it." placeholder:"KEY"`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

// mostReceipt is the largest file read as a receipt.
const mostReceipt = 4 << 20

// Run verifies the receipt without a database or a network.
func (c *ReceiptVerifyCmd) Run(env *Env) error {
	keys, err := c.keys()
	if err != nil {
		return err
	}
	file, err := c.read()
	if err != nil {
		return err
	}
	checked, err := appraisal.VerifyReceipt(file, keys...)
	if err != nil {
		return err
	}
	if c.JSON {
		r := checked.Receipt
		return env.JSON(map[string]any{
			"ok": true, "code": r.Code, "agency": r.Agency, "decided": r.Decided, "period": r.Inputs.Window, "person": r.Inputs.Person.Name,
			"predicate": checked.Explained.Predicate, "results": checked.Explained.Results, "conduct": checked.Explained.Conduct,
			"because": checked.Explained.Because.Lines(env.P), "would_change": checked.Explained.Changes, "rulebook": r.Rulebook.Hash, "key": r.Key,
		})
	}
	printReceipt(env, checked)
	return nil
}

// keys returns the public keys to verify with.
func (c *ReceiptVerifyCmd) keys() ([]ledger.Verifier, error) {
	if c.Key == "" {
		if c.Data == "" {
			return nil, fault.Wrong("appraisal.cli.key")
		}
		return ledger.ReadVerifiers(ledger.KeysIn(c.Data))
	}
	text := c.Key
	if raw, err := os.ReadFile(c.Key); err == nil {
		text = string(raw)
	}
	v, err := ledger.ParseVerifier(text)
	return []ledger.Verifier{v}, err
}

func (c *ReceiptVerifyCmd) read() ([]byte, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return nil, fault.Missing("appraisal.cli.file", c.File).Because(err)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, mostReceipt+1))
	if err != nil {
		return nil, fault.Missing("appraisal.cli.file", c.File).Because(err)
	}
	if len(body) > mostReceipt {
		return nil, fault.Wrong("appraisal.receipt.broken")
	}
	return body, nil
}

func printReceipt(env *Env, c appraisal.Checked) {
	r := c.Receipt
	fmt.Fprintln(env.Out, env.P.T("appraisal.cli.genuine", r.Code))
	fmt.Fprintln(env.Out, env.P.T("appraisal.cli.about", r.Inputs.Person.Name, r.Inputs.Window, r.Agency, r.Decided))
	for i, s := range c.Explained.Because {
		fmt.Fprintf(env.Out, "%d. %s: %s (%s)\n", i+1, s.Label(env.P), rulebook.Show(env.P, s.Value), s.Source)
	}
	for _, ch := range c.Explained.Changes {
		key, rating := "appraisal.doc.change_results", ch.Results
		if ch.Conduct != "" {
			key, rating = "appraisal.doc.change_conduct", ch.Conduct
		}
		fmt.Fprintln(env.Out, "  ", env.P.T(key, env.P.T("appraisal.doc.short."+string(rating)), env.P.T("appraisal.predicate."+string(ch.Predicate))))
	}
}
