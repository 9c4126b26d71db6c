package protocol

import (
	"crypto"
	"fmt"
	"maps"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Sender is who sends operations to a node.
type Sender struct {
	Signer  crypto.Signer // a transport key that the ledger's configuration approves of, never an issuer's
	Creator string        // the targetNode of the node that the operation goes to
	Now     func() time.Time
}

// NewCreate makes and signs the operation that creates a record. It does not change the record.
func NewCreate(record ld.Object, from Sender) (*Operation, error) {
	return from.sign(ld.Object{"type": TypeCreate, "record": record})
}

// NewUpdate makes and signs the operation that turns record, as it stands at sequence, into another.
func NewUpdate(record, into ld.Object, sequence uint64, from Sender) (*Operation, error) {
	steps, err := Diff(record, into)
	if err != nil {
		return nil, err
	}
	patch := make([]any, len(steps))
	for i, step := range steps {
		patch[i] = step.object()
	}
	return from.sign(ld.Object{"type": TypeUpdate, "recordPatch": ld.Object{
		"@context": patchContext(into), "target": record["id"], "sequence": float64(sequence), "patch": patch,
	}})
}

// patchContext is the patch's own context and those in which the record's members have their meaning.
func patchContext(record ld.Object) []any {
	all := []any{PatchContextV1}
	for _, c := range contextList(record["@context"]) {
		all = append(all, c)
	}
	if len(all) == 1 {
		all = append(all, ContextV1)
	}
	return all
}

func (from Sender) sign(obj ld.Object) (*Operation, error) {
	obj = maps.Clone(obj)
	obj["@context"] = []any{ContextV1, IntegrityContext}
	obj["creator"] = from.Creator
	signed, err := proof.Sign(obj, from.Signer, proof.Options{Suite: proof.JCS2022, Created: from.now()})
	if err != nil {
		return nil, fmt.Errorf("sign operation: %w", err)
	}
	return operationOf(signed)
}

func (from Sender) now() time.Time {
	if from.Now == nil {
		return time.Now()
	}
	return from.Now()
}
