package protocol

import "github.com/ftagateway/ftagateway/ld"

// Standing is what a ledger holds under an id: the record in canonical form (JCS), and how often it was updated.
type Standing struct {
	ID       string
	Record   []byte
	Sequence uint64
}

// Reason says why an operation that stands in a block has no effect. The empty Reason is the reason of an effect.
type Reason string

// The reasons.
const (
	ReasonNone     Reason = ""
	ReasonExists   Reason = "a record with this id exists"
	ReasonAbsent   Reason = "there is no record with this id"
	ReasonSequence Reason = "the record stands at another sequence"
	ReasonPatch    Reason = "the patch cannot be applied to the record"
	ReasonID       Reason = "the patch would change the record's id"
	ReasonSize     Reason = "the record would become larger than a record may be"
)

// Apply says what an operation does to the record with its RecordID: now is what stands there, nil for nothing. The
// answer is what stands there afterwards, or the same now and the reason why the operation has no effect. It changes
// neither argument, and answers the same everywhere and at any time: whoever folds the operations of all blocks in their
// order has the ledger's records.
func Apply(now *Standing, op *Operation) (*Standing, Reason) {
	if op.Patch == nil {
		return create(now, op)
	}
	if now == nil {
		return nil, ReasonAbsent
	}
	if now.Sequence != op.Patch.Sequence {
		return now, ReasonSequence
	}
	return update(now, op)
}

func create(now *Standing, op *Operation) (*Standing, Reason) {
	if now != nil {
		return now, ReasonExists
	}
	record, err := ld.JCS(op.Record)
	if err != nil || len(record) > MaxRecord {
		return nil, ReasonSize
	}
	return &Standing{op.RecordID(), record, 0}, ReasonNone
}

func update(now *Standing, op *Operation) (*Standing, Reason) {
	record, obj, err := patched(now.Record, op.Patch.Steps)
	if err != nil {
		return now, ReasonPatch
	}
	if obj["id"] != now.ID {
		return now, ReasonID
	}
	if len(record) > MaxRecord {
		return now, ReasonSize
	}
	return &Standing{now.ID, record, now.Sequence + 1}, ReasonNone
}
