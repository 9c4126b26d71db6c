package gateway

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"github.com/ftagateway/ftagateway/trust"
)

// AppendJSON appends the answer as encoding/json would write it, without escaping HTML. Record, Document and Derived,
// which are most of an answer, must be compact JSON: they are copied as they are, where encoding/json would read every
// byte of them twice. What the gateway answers is so.
func (a Answer) AppendJSON(b []byte) ([]byte, error) {
	if a.written != nil {
		return a.written.append(b, a.Verdict.AsOf)
	}
	b = member(b, '{', "id", a.ID)
	b = optional(b, "type", a.Type)
	b = optional(b, "event", a.Event)
	b = strconv.AppendUint(append(b, `,"version":`...), a.Version, 10)
	b = member(b, ',', "ledger", a.Ledger)
	b = member(b, ',', "ledgerUri", a.URI)
	if a.Copy {
		b = append(b, `,"copy":true`...)
	}
	b = member(b, ',', "state", string(a.State))
	b = raw(b, "record", a.Record)
	b = raw(b, "document", a.Document)
	b = raw(b, "derived", a.Derived)
	b, err := appendVerdict(append(b, `,"verdict":`...), a.Verdict)
	if err == nil && len(a.Findings) > 0 {
		b, err = appendPlain(append(b, `,"findings":`...), a.Findings)
	}
	return append(b, '}'), err
}

func appendVerdict(b []byte, v trust.Verdict) (_ []byte, err error) {
	b = member(b, '{', "outcome", string(v.Outcome))
	b = member(b, ',', "assurance", string(v.Assurance))
	if b = append(b, `,"checks":`...); v.Checks == nil {
		b = append(b, "null"...)
	} else {
		b = append(b, '[')
		for i, c := range v.Checks {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendCheck(b, c)
		}
		b = append(b, ']')
	}
	b = optional(b, "mapping", v.Mapping)
	if v.AsOf != (trust.AsOf{}) {
		b, err = appendAsOf(append(b, `,"asOf":`...), v.AsOf)
	}
	return append(b, '}'), err
}

func appendCheck(b []byte, c trust.Check) []byte {
	b = member(b, '{', "name", c.Name)
	b = member(b, ',', "outcome", string(c.Outcome))
	b = optional(b, "method", c.Method)
	return append(optional(b, "reason", c.Reason), '}')
}

func appendAsOf(b []byte, at trust.AsOf) (_ []byte, err error) {
	b = member(b, '{', "ledger", at.Ledger)
	b = strconv.AppendUint(append(b, `,"height":`...), at.Height, 10)
	if !at.ChainTime.IsZero() {
		b, err = appendTime(append(b, `,"chainTime":`...), at.ChainTime)
	}
	b = strconv.AppendBool(append(b, `,"final":`...), at.Final)
	if at.Age != nil {
		b = strconv.AppendInt(append(b, `,"age":`...), *at.Age, 10)
	}
	return append(b, '}'), err
}

// appendTime refuses what RFC 3339 cannot write, as encoding/json does.
func appendTime(b []byte, t time.Time) ([]byte, error) {
	b, err := t.AppendText(append(b, '"'))
	return append(b, '"'), err
}

func member(b []byte, before byte, name, value string) []byte {
	b = append(append(append(b, before, '"'), name...), '"', ':')
	return appendString(b, value)
}

func optional(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return member(b, ',', name, value)
}

func raw(b []byte, name string, value json.RawMessage) []byte {
	if len(value) == 0 {
		return b
	}
	return append(append(append(append(b, ',', '"'), name...), '"', ':'), value...)
}

// appendString leaves to encoding/json what it would escape.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			escaped, _ := appendPlain(b, s) // strings always encode
			return escaped
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// appendPlain appends what encoding/json makes of a value.
func appendPlain(b []byte, v any) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return b, err
	}
	return append(b, bytes.TrimSuffix(buf.Bytes(), []byte("\n"))...), nil
}
