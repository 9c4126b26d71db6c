package witness

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// ErrExport is the cause when an export is not what its signer exported.
var ErrExport = errors.New("not an intact export")

// VerifyExport reads an export to its end and checks that every line is hashed into the next, that nothing is missing
// between the first and the last, and that key (a did:key) signed the statement about them, which it answers. It takes
// memory for two lines, whatever the length. Errors name the line; they wrap ErrExport unless r itself failed.
func VerifyExport(r io.Reader, key string) (*Statement, error) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, maxLine)
	v := verifier{}
	for in.Scan() {
		if err := v.next(in.Bytes()); err != nil {
			return nil, fmt.Errorf("verify export: line %d: %w: %w", v.count, ErrExport, err)
		}
	}
	if errors.Is(in.Err(), bufio.ErrTooLong) {
		return nil, fmt.Errorf("verify export: after entry %d: %w: a line longer than %d bytes", v.at.Seq, ErrExport, maxLine)
	}
	if in.Err() != nil {
		return nil, fmt.Errorf("verify export: %w", in.Err())
	}
	s, err := v.statement(key)
	if err != nil {
		return nil, fmt.Errorf("verify export: line %d, the statement: %w: %w", v.count+1, ErrExport, err)
	}
	return s, nil
}

// verifier follows the chain. It is one line behind, because the last line is no entry.
type verifier struct {
	last  []byte
	count int  // entries so far
	from  head // before the first of them
	at    head
}

// next takes the line before this one for an entry, and keeps this one.
func (v *verifier) next(line []byte) error {
	if v.last != nil {
		v.count++
		if err := v.entry(v.last); err != nil {
			return err
		}
	}
	v.last = append(v.last[:0], line...)
	if v.last == nil { // an empty line is a line too
		v.last = []byte{}
	}
	return nil
}

func (v *verifier) entry(line []byte) error {
	var e Entry
	if err := decode(line, &e); err != nil {
		return err
	}
	before := head{Seq: e.Seq - 1}
	if e.Previous != nil {
		before.Digest = *e.Previous
	}
	if e.Seq == 0 || (e.Seq == 1) != (e.Previous == nil) {
		return fmt.Errorf("seq %d and previous do not go together", e.Seq)
	}
	if v.count == 1 {
		v.from, v.at = before, before
	}
	if v.at != before {
		return fmt.Errorf("entry %d does not follow entry %d", e.Seq, v.at.Seq)
	}
	v.at = head{e.Seq, ld.Sum(line)}
	return nil
}

// statement holds the last line to the lines before it and to its signer.
func (v *verifier) statement(key string) (*Statement, error) {
	doc, err := canonical(v.last)
	if err != nil {
		return nil, err
	}
	var s Statement
	if err := decode(v.last, &s); err != nil {
		return nil, err
	}
	if s.Type != statementType || s.Issuer != key {
		return nil, fmt.Errorf("must be a %s of %s", statementType, key)
	}
	signature, err := proof.Verify(doc, proof.AssertionMethod)
	if err != nil {
		return nil, err
	}
	if signature.Key != key || signature.Suite != proof.JCS2022 {
		return nil, fmt.Errorf("must be signed by %s with %s", key, proof.JCS2022)
	}
	return &s, v.covered(&s)
}

// canonical reads an object that is spelled as it is hashed, so that an export has one spelling.
func canonical(line []byte) (ld.Object, error) {
	doc, err := ld.Parse(line, ld.Limits{})
	if err != nil {
		return nil, err
	}
	want, err := ld.JCS(doc)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(line, want) {
		return nil, errors.New("must be in canonical form (RFC 8785)")
	}
	return doc, nil
}

// covered checks that the statement is about exactly the entries that were read. Without any it is about its own place.
func (v *verifier) covered(s *Statement) error {
	from, to := place(s.First-1, s.Previous), place(s.Last, s.Head)
	if v.count == 0 {
		v.from, v.at = from, from
	}
	if s.First == 0 || v.from != from || v.at != to {
		return fmt.Errorf("is about entries %d to %d, the lines are %d to %d or have other digests",
			s.First, s.Last, v.from.Seq+1, v.at.Seq)
	}
	return nil
}

func place(seq uint64, digest *ld.Digest) head {
	h := head{Seq: seq}
	if digest != nil {
		h.Digest = *digest
	}
	return h
}

// decode reads one JSON value with no member that is not known.
func decode(line []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}
