package appraisal

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// receiptFormat names the shape of a receipt, and the purpose it is signed for.
const (
	receiptFormat  = "gurindam-receipt-1"
	receiptPurpose = "receipt"
)

// Receipt is a result one can take home: complete inputs, the rules that were
// applied, the result and what would have changed it. The file is the JSON of
// this struct, signed over its exact bytes, with the signature as last member.
type Receipt struct {
	Format   string          `json:"format"`
	Agency   string          `json:"agency"`
	Code     string          `json:"code"` // of the verification page
	Number   int             `json:"number"`
	Decided  Day             `json:"decided"`
	By       Signer          `json:"by"`
	Inputs   Inputs          `json:"inputs"`
	Result   ReceiptResult   `json:"result"`
	Rulebook ReceiptRulebook `json:"rulebook"`
	Key      string          `json:"key"` // public key of the agency
}

// ReceiptResult is what the inputs led to.
type ReceiptResult struct {
	Predicate Predicate        `json:"predicate"`
	Results   Rating           `json:"results"`
	Conduct   Rating           `json:"conduct"`
	Because   rulebook.Because `json:"because"`
	Changes   []Change         `json:"would_change"`
}

// ReceiptRulebook is the rules applied, whole, and the hash of the book they
// stood in.
type ReceiptRulebook struct {
	Hash  string          `json:"hash"`
	Rules json.RawMessage `json:"rules"` // a rulebook.Book of these rules only, canonical bytes
}

// Receipt returns the signed receipt of the result in force.
func (s *Service) Receipt(ctx context.Context, actor account.Actor, part string, w Window) ([]byte, error) {
	p, _, err := s.view(ctx, actor, part)
	if err != nil {
		return nil, err
	}
	e, err := evaluationOf(ctx, s.db, p.ID, w)
	if err != nil {
		return nil, err
	}
	if e.Outcome == nil {
		return nil, fault.Missing("appraisal.receipt.absent")
	}
	book, err := s.books.Kept(ctx, e.Outcome.BookHash)
	if err != nil {
		return nil, err
	}
	return s.receipt(*e.Outcome, book)
}

// receipt makes and signs the receipt of a result.
func (s *Service) receipt(o Outcome, book *rulebook.Book) ([]byte, error) {
	if s.signer == nil {
		return nil, fault.New(fault.Unavailable, "appraisal.receipt.no_key")
	}
	in, err := ReadInputs(o.Inputs)
	if err != nil {
		return nil, err
	}
	explained, err := Recompute(book, in)
	if err != nil {
		return nil, err
	}
	rules, err := only(book, evaluationRuleIDs())
	if err != nil {
		return nil, err
	}
	return sealReceipt(Receipt{
		Format: receiptFormat, Agency: s.agency.Name, Code: o.Code, Number: o.Number, Decided: Day(s.inZone(o.At)), By: o.By, Inputs: in,
		Result:   ReceiptResult{explained.Predicate, explained.Results, explained.Conduct, explained.Because, explained.Changes},
		Rulebook: ReceiptRulebook{Hash: book.Hash(), Rules: rules}, Key: s.signer.String(),
	}, s.signer)
}

// only returns the canonical bytes of a book with some of a book's rules.
func only(book *rulebook.Book, ids []string) ([]byte, error) {
	var whole struct {
		ID      string                     `json:"id"`
		Rules   map[string]json.RawMessage `json:"rules"`
		Version string                     `json:"version"`
	}
	if err := json.Unmarshal(book.Bytes(), &whole); err != nil {
		return nil, fmt.Errorf("read rulebook: %w", err)
	}
	for id := range whole.Rules {
		if !slices.Contains(ids, id) {
			delete(whole.Rules, id)
		}
	}
	return plainJSON(whole)
}

// plainJSON writes compact JSON with sorted map keys and no HTML escapes, as
// the rulebook's canonical bytes are.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// A receipt file is the signed bytes up to and including the last member of
// the receipt, then this, the signature and the end.
const (
	signatureMark = `,"signature":"`
	receiptEnd    = "\"}\n"
)

// sealReceipt writes a receipt and signs what it wrote.
func sealReceipt(r Receipt, signer *ledger.Signer) ([]byte, error) {
	body, err := plainJSON(r)
	if err != nil {
		return nil, err
	}
	body = body[:len(body)-1] // the closing brace comes after the signature
	signature, err := signer.SignBytes(receiptPurpose, body)
	if err != nil {
		return nil, err
	}
	return slices.Concat(body, []byte(signatureMark), []byte(signature), []byte(receiptEnd)), nil
}

// Checked is a receipt that was verified.
type Checked struct {
	Receipt   Receipt
	Explained Explained // as computed again
}

// VerifyReceipt checks a receipt file without any database: that one of the
// agency's keys signed exactly these bytes, and that the inputs and rules in it lead to the result
// it states. Every fault is Invalid and says what is wrong.
func VerifyReceipt(file []byte, keys ...ledger.Verifier) (Checked, error) {
	body, signature, ok := splitReceipt(file)
	if !ok {
		return Checked{}, fault.Wrong("appraisal.receipt.broken")
	}
	var r Receipt
	d := json.NewDecoder(bytes.NewReader(append(slices.Clone(body), '}')))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil || r.Format != receiptFormat {
		return Checked{}, fault.Wrong("appraisal.receipt.broken").Because(err)
	}
	at := slices.IndexFunc(keys, func(k ledger.Verifier) bool { return k.String() == r.Key })
	if at < 0 {
		return Checked{}, fault.Wrong("appraisal.receipt.key")
	}
	if !keys[at].VerifyBytes(receiptPurpose, body, signature) {
		return Checked{}, fault.Wrong("appraisal.receipt.signature")
	}
	return recheck(r, body)
}

// recheck computes the result of a receipt again and compares all of it.
func recheck(r Receipt, body []byte) (Checked, error) {
	var said struct {
		Result json.RawMessage `json:"result"`
	}
	if err := json.Unmarshal(append(slices.Clone(body), '}'), &said); err != nil {
		return Checked{}, fault.Wrong("appraisal.receipt.broken").Because(err)
	}
	book, err := rulebook.ReadBook(r.Rulebook.Rules)
	if err != nil {
		return Checked{}, err
	}
	e, err := Recompute(book, r.Inputs)
	if err != nil {
		return Checked{}, err
	}
	again, err := plainJSON(ReceiptResult{e.Predicate, e.Results, e.Conduct, e.Because, e.Changes})
	if err != nil {
		return Checked{}, err
	}
	if !bytes.Equal(again, said.Result) {
		return Checked{}, fault.Wrong("appraisal.receipt.differs")
	}
	return Checked{r, e}, nil
}

// splitReceipt parts the signed bytes from the signature; ok is false for a
// file that does not end exactly as a receipt does.
func splitReceipt(file []byte) (body []byte, signature string, ok bool) {
	at := bytes.LastIndex(file, []byte(signatureMark))
	if at < 0 || !bytes.HasSuffix(file, []byte(receiptEnd)) {
		return nil, "", false
	}
	from, to := at+len(signatureMark), len(file)-len(receiptEnd)
	if to <= from {
		return nil, "", false
	}
	return file[:at], string(file[from:to]), true
}
