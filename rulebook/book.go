package rulebook

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
)

// Book is the rules in force on one day as known at one time. It is immutable
// and safe for concurrent use.
type Book struct {
	id, version string
	rules       map[string]version
	bytes       []byte
	hash        string
}

func newBook(id, edition string, rules map[string]version) *Book {
	b := &Book{id: id, version: edition, rules: rules}
	b.bytes = b.tree().bytes()
	sum := sha256.Sum256(b.bytes)
	b.hash = hex.EncodeToString(sum[:])
	return b
}

// ID returns the book's identifier: "nasional", or "nasional+kota" with an
// agency's overlay.
func (b *Book) ID() string { return b.id }

// Version returns the edition of the rules.
func (b *Book) Version() string { return b.version }

// Hash returns the SHA-256 of the book's canonical bytes in hexadecimal.
func (b *Book) Hash() string { return b.hash }

// String names the book by id and version.
func (b *Book) String() string { return b.id + " " + b.version }

// Bytes returns the canonical bytes of the whole book, texts included. Keep
// them beside a result: ReadBook gives the same book back.
func (b *Book) Bytes() []byte { return slices.Clone(b.bytes) }

// RuleIDs returns the identifiers of the rules in the book, in order.
func (b *Book) RuleIDs() []string { return slices.Sorted(maps.Keys(b.rules)) }

// Head returns what the book says about a rule besides its values.
func (b *Book) Head(rule string) (Head, error) {
	v, has := b.rules[rule]
	if !has {
		return Head{}, fault.Missing("rulebook.rule.absent", rule)
	}
	return v.head, nil
}

// Values returns a copy of a rule's values, or nil when the book does not have
// the rule.
func (b *Book) Values(rule string) *Value {
	v, has := b.rules[rule]
	if !has {
		return nil
	}
	return v.values.clone()
}

// ReadBook reads the bytes of a book that was kept. It returns an Invalid
// fault when they are not what Bytes once wrote.
func ReadBook(data []byte) (*Book, error) {
	root, err := ParseJSON(data)
	if err != nil {
		return nil, err
	}
	b, err := bookFrom(root)
	if err != nil {
		return nil, fault.Wrong("rulebook.book.broken").Because(err)
	}
	if !bytes.Equal(b.bytes, data) {
		return nil, fault.Wrong("rulebook.book.broken")
	}
	return b, nil
}

func (v *Value) bytes() []byte {
	var b bytes.Buffer
	v.canonical(&b)
	return b.Bytes()
}

// storedRule is the shape of one rule in a book's bytes.
type storedRule struct {
	Title      Text            `json:"title"`
	Words      Text            `json:"words"`
	Regulation string          `json:"regulation"`
	Article    string          `json:"article"`
	Note       Text            `json:"note"`
	From       Day             `json:"from"`
	Known      Day             `json:"known"`
	Certainty  Certainty       `json:"certainty"`
	Changes    []storedChange  `json:"changes"`
	Values     json.RawMessage `json:"values"`
}

type storedChange struct {
	Path     string          `json:"path"`
	Was      json.RawMessage `json:"was"`
	Now      json.RawMessage `json:"now"`
	Decision string          `json:"decision"`
	Decided  Day             `json:"decided"`
	From     Day             `json:"from"`
}

type storedBook struct {
	ID      string                `json:"id"`
	Version string                `json:"version"`
	Rules   map[string]storedRule `json:"rules"`
}

// tree returns the book as one value, whose canonical bytes are hashed.
func (b *Book) tree() *Value {
	s := storedBook{ID: b.id, Version: b.version, Rules: map[string]storedRule{}}
	for id, v := range b.rules {
		h := v.head
		r := storedRule{
			Title: h.Title, Words: h.Words, Regulation: h.Source.Regulation, Article: h.Source.Article,
			Note: h.Source.Note, From: h.From, Known: h.Known, Certainty: h.Certainty,
			Changes: []storedChange{}, Values: v.values.bytes(),
		}
		for _, c := range h.Changes {
			r.Changes = append(r.Changes, storedChange{c.Path, c.Was.orNull(), c.Now.bytes(), c.Decision, c.Decided, c.From})
		}
		s.Rules[id] = r
	}
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err) // texts and values that were read cannot fail to be written
	}
	v, err := ParseJSON(raw)
	if err != nil {
		panic(err)
	}
	return v
}

func (v *Value) orNull() []byte {
	if v == nil {
		return []byte("null")
	}
	return v.bytes()
}

func bookFrom(root *Value) (*Book, error) {
	var s storedBook
	d := json.NewDecoder(bytes.NewReader(root.bytes()))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return nil, err
	}
	rules := map[string]version{}
	for id, r := range s.Rules {
		values, err := ParseJSON(r.Values)
		if err != nil {
			return nil, err
		}
		if values.Kind != TableKind {
			return nil, errors.New("values are no table")
		}
		h := Head{
			ID: id, Title: r.Title, Words: r.Words, From: r.From, Known: r.Known, Certainty: r.Certainty,
			Source: Source{Regulation: r.Regulation, Article: r.Article, Note: r.Note},
		}
		for _, c := range r.Changes {
			now, err := ParseJSON(c.Now)
			if err != nil {
				return nil, err
			}
			was, err := ParseJSON(c.Was)
			if err != nil {
				return nil, err
			}
			if was.Kind == NullKind {
				was = nil
			}
			h.Changes = append(h.Changes, Change{c.Path, was, now, c.Decision, c.Decided, c.From})
		}
		rules[id] = version{head: h, values: values}
	}
	return newBook(s.ID, s.Version, rules), nil
}
