package protocol_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

// FuzzOperation: what is taken is taken again from its canonical form, with the same hash.
func FuzzOperation(f *testing.F) {
	for _, v := range loadVectors(f).Operations {
		f.Add([]byte(v.Document))
	}
	for _, test := range refusedOperations {
		if len(test.text) < 10_000 {
			f.Add([]byte(test.text))
		}
	}
	c := configuration(f, key(1))
	f.Fuzz(func(t *testing.T, data []byte) {
		op, err := protocol.ParseOperation(data)
		if err != nil {
			return
		}
		again, err := protocol.ParseOperation(op.Bytes)
		if err != nil || again.Hash != op.Hash || again.RecordID() != op.RecordID() {
			t.Errorf("%s: %v", op.Bytes, err)
		}
		if _, err := c.Permits(op); err == nil && !op.Signed {
			t.Errorf("permitted without a proof: %s", op.Bytes)
		}
	})
}

// FuzzBlock: what is taken is taken again from its canonical form, with the same hash.
func FuzzBlock(f *testing.F) {
	v := loadVectors(f)
	f.Add([]byte(v.Genesis.Document))
	f.Add([]byte(v.Block.Document))
	f.Add([]byte(`{"event":[{"operation":[{}],"ledgerConfiguration":{}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := protocol.ParseBlock(data)
		if err != nil {
			return
		}
		text, err := ld.JCS(b.Object)
		if err != nil {
			t.Fatal(err)
		}
		again, err := protocol.ParseBlock(text)
		if err != nil || again.Hash != b.Hash || len(again.Operations()) != len(b.Operations()) {
			t.Errorf("%s: %v", text, err)
		}
		_ = again.Follows(ledger, b)
	})
}

// FuzzPatch: whatever a patch does, the record afterwards is one in canonical form with the same id, or the same one.
func FuzzPatch(f *testing.F) {
	f.Add(old, `[{"op":"add","path":"/a/-","value":3},{"op":"test","path":"/b","value":{"c":null}}]`)
	f.Add(old, `[{"op":"replace","path":"/id","value":"urn:uuid:2"}]`)
	f.Add(old, `[{"op":"add","path":"/b/c/d","value":[]},{"op":"remove","path":"/a/01"}]`)
	f.Add(old, `[{"op":"test","path":"/a/0/0","value":null},{"op":"remove","path":"//~1~0"}]`)
	f.Add(`{"id":"urn:uuid:1","":{"":[null]}}`, `[{"op":"test","path":"///0","value":null},{"op":"add","path":"///0/x","value":1}]`)
	f.Fuzz(func(t *testing.T, record, patch string) {
		obj, err := ld.Parse([]byte(record), ld.Limits{})
		if err != nil || obj["id"] != "urn:uuid:1" {
			return
		}
		before, err := ld.JCS(obj)
		if err != nil {
			return
		}
		op, err := protocol.ParseOperation([]byte(updateHead + `,"patch":` + patch + `}}`))
		if err != nil {
			return
		}
		holds(t, standing(string(before), 0), op)
	})
}

func holds(t *testing.T, now *protocol.Standing, op *protocol.Operation) {
	before := string(now.Record)
	after, reason := protocol.Apply(now, op)
	if string(now.Record) != before {
		t.Fatal("Apply changed what it was given")
	}
	if reason != protocol.ReasonNone {
		if after != now {
			t.Errorf("%s: %s", reason, after.Record)
		}
		return
	}
	obj, err := ld.Parse(after.Record, ld.Limits{})
	if err != nil {
		t.Fatalf("%s: %v", after.Record, err)
	}
	if again, err := ld.JCS(obj); err != nil || string(again) != string(after.Record) || obj["id"] != "urn:uuid:1" || after.Sequence != 1 {
		t.Errorf("%s at %d: %v", after.Record, after.Sequence, err)
	}
}
